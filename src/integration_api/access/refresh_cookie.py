"""The refresh token in a cookie, for a page that this process serves: no script can read it.

Refresh and sign-out alone read it, and only from a page of the same origin. Everything else needs the access token. No
browser sends that by itself, so no other site can act for the person. Source: OAuth 2.0 for Browser-Based Apps, 6.
"""

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

NAME = "__Secure-refresh"
_ATTRIBUTES = "Path=/v1/auth; HttpOnly; Secure; SameSite=Strict"

Headers = Iterable[tuple[bytes, bytes]]


def kept(token: str, seconds: int) -> str:
    """Return the `Set-Cookie` header that keeps a refresh token for so long."""
    return f"{NAME}={token}; Max-Age={max(seconds, 0)}; {_ATTRIBUTES}"


def dropped() -> str:
    """Return the `Set-Cookie` header that removes it."""
    return f"{NAME}=; Max-Age=0; {_ATTRIBUTES}"


def token_of(headers: Headers) -> str | None:
    """Return the refresh token of a request's cookie; None if there is none, or the page is of another origin."""
    found = {name: value.decode("latin-1") for name, value in headers}
    if not _is_same_origin(found):
        return None
    try:
        cookie = SimpleCookie(found.get(b"cookie", "")).get(NAME)
    except CookieError:
        return None
    return (cookie.value or None) if cookie is not None else None


def _is_same_origin(headers: dict[bytes, str]) -> bool:
    """Return whether the page is of this origin, as the browser says it; an old browser says its origin alone."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    _, _, host = headers.get(b"origin", "").partition("://")
    return bool(host) and host == headers.get(b"host")
