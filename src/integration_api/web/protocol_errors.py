"""Refusals of a request as a message: it cannot be read, is too large or too slow, or nobody has time for it.

They are part of the tree in `web/errors.py`.
"""

from collections.abc import Iterable

from integration_api.web.errors import ApiError, Unavailable


class BadRequest(ApiError):
    """The request could not be read."""

    status = 400
    code = "malformed"
    title = "Malformed request"
    remedy = (
        "Mend what `detail` names. The request was not understood, so nothing was done and no retry of it can succeed."
    )


class MethodNotAllowed(ApiError):
    """This address does not answer that method; the header `Allow` lists those that it answers."""

    status = 405
    code = "method-not-allowed"
    title = "Method not allowed"
    remedy = "Use one of the methods in the header `Allow`."
    header_names = ("Allow",)

    def __init__(self, allowed: Iterable[str] = ("GET", "HEAD")) -> None:
        """`allowed` are the methods of the address; of a page unless said."""
        super().__init__(headers={"Allow": ", ".join(allowed)})


class TooSlow(ApiError):
    """The request did not arrive in time; send it again."""

    status = 408
    code = "too-slow"
    title = "Request timeout"
    remedy = "Send the whole request again on a new connection, with the same `Idempotency-Key`."


class TooLarge(ApiError):
    """The body is larger than 1 MiB; send less at a time."""

    status = 413
    code = "too-large"
    title = "Too large"
    remedy = "Send less. The connection is closed, as the rest of the body was not read."


class UrlTooLong(ApiError):
    """The address is longer than 8 KiB; send fewer or shorter parameters."""

    status = 414
    code = "url-too-long"
    title = "Address too long"
    remedy = "Send shorter parameters. No address of this API needs so much."


class UnsupportedMediaType(ApiError):
    """Send JSON as application/json, encoded as UTF-8."""

    status = 415
    code = "unsupported-media-type"
    title = "Unsupported media type"
    remedy = "Set `Content-Type: application/json` and encode the body as UTF-8."


class HeadTooLarge(ApiError):
    """The headers are larger than 64 KiB; send fewer or shorter ones."""

    status = 431
    code = "head-too-large"
    title = "Headers too large"
    remedy = "Send fewer or smaller headers. Often cookies of another application on the same host are the reason."


class Overloaded(Unavailable):
    """Too many requests came at once; this one was not read. Send it again in a second, with its Idempotency-Key."""

    code = "overloaded"
    title = "Too busy"
    remedy = (
        "Wait as long as `Retry-After` says, then repeat it with the same `Idempotency-Key`, each time a little later."
    )
    retry_seconds = 1
