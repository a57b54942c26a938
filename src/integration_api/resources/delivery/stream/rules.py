"""The words of the live stream."""

from enum import StrEnum


class StreamEnd(StrEnum):
    """Why a stream ended."""

    TOKEN_OVER = "token_over"  # noqa: S105  a word of the API
    """The access token has expired."""
    SIGN_IN_ENDED = "sign_in_ended"
    """The sign-in has ended, or the account has changed."""
    TOO_FAR_BEHIND = "too_far_behind"
    """More has changed than a stream makes up for."""
    CURSOR_EXPIRED = "cursor_expired"
    """The feed begins anew."""
    TOO_MANY = "too_many"
    """Others began at the same time."""
    UNAVAILABLE = "unavailable"
    """The database does not answer."""
    SERVER_STOPS = "server_stops"
