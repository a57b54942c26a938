"""Refusals of a token, each with a code that says whether a refresh helps. Source: RFC 6750, 3.1."""

from integration_api.web.errors import Unauthenticated


class TokenInvalid(Unauthenticated):
    """This token was not issued for this API, or is damaged."""

    code = "token-invalid"
    title = "Not a token of this API"
    remedy = "Send the token exactly as it was issued. If that is so, discard it and let the person sign in again."
    challenge = 'Bearer error="invalid_token", error_description="The token is not valid"'


class TokenExpired(Unauthenticated):
    """The access token has expired; get a new one, then repeat the request."""

    code = "token-expired"
    title = "Access token expired"
    remedy = (
        "Get a new access token with the refresh token, or from the external issuer, and repeat the request. "
        "Nothing was done yet. Refresh before `expires_in` is over, and this does not happen."
    )
    challenge = 'Bearer error="invalid_token", error_description="The access token has expired"'


class SignInEnded(Unauthenticated):
    """The sign-in has ended: the person signed out, somebody ended it, or it was left alone for too long."""

    code = "sign-in-ended"
    title = "Sign-in ended"
    remedy = (
        "Discard both tokens and let the person sign in again; a refresh does not help. A program gets a token with "
        "its secret. Keep what was not sent yet for the same account."
    )
    challenge = 'Bearer error="invalid_token", error_description="The sign-in has ended"'


class RefreshTokenSpent(Unauthenticated):
    """This refresh token was used, and so was the one after it; only the newest works."""

    code = "refresh-token-spent"
    title = "Refresh token spent"
    remedy = (
        "Use the newest tokens, if another window of this sign-in has stored them. If there are none, or they are "
        "refused too, let the person sign in again."
    )
    challenge = 'Bearer error="invalid_token", error_description="The refresh token was used before"'


TOKEN_PROBLEMS = (Unauthenticated, TokenInvalid, TokenExpired, SignInEnded)
"""The refusals of every operation that needs a sign-in."""
