"""Errors of the API, as RFC 9457 problems with a stable code.

The tree (a slice adds its own classes under the status that fits; those of the message as such are in
`web/protocol_errors.py`)::

    ApiError
    ├── BadRequest 400            the message itself is broken: not JSON, not UTF-8, a key given twice
    ├── Unauthenticated 401       nobody is signed in (refused tokens: `web/token_errors.py`)
    ├── Forbidden 403             the actor may see it, but not do this
    │   ├── SecondFactorRequired  staff sign in with a second factor
    │   └── StepUpRequired        authenticate again, then repeat the request
    ├── NotFound 404              it does not exist, or the actor may not see it; the responses are alike
    ├── MethodNotAllowed 405      `Allow` lists the methods of the address
    ├── TooSlow 408               the connection was closed
    ├── Conflict 409              the state does not allow it
    │   ├── IdTaken               a create brought an id that exists
    │   ├── IllegalTransition     no such transition from the present state
    │   ├── ShownOnce             a retry of a request whose response held a secret, which is not stored
    │   └── RequestInProgress     the first request with this Idempotency-Key is still running
    ├── Gone 410                  its id was used and deleted (`access/conflicts.py`)
    ├── StaleVersion 412          it was changed since it was read
    ├── TooLarge 413
    ├── UrlTooLong 414
    ├── UnsupportedMediaType 415
    ├── Invalid 422               the shape or a value is wrong; `errors` names the fields
    │   └── KeyReused             the Idempotency-Key was used for another request
    ├── VersionRequired 428       If-Match is missing
    ├── TooManyRequests 429       a rate limit; `Retry-After` says when to try again
    ├── HeadTooLarge 431
    ├── InternalError 500
    └── Unavailable 503           try again later
        └── Overloaded            too many requests at once (load shedding); refused unread
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, Self, TypedDict


class FieldError(TypedDict):
    """One field that was refused: its path and the reason, never its value."""

    field: str
    code: str
    message: str


class Member(NamedTuple):
    """A member of a problem beside those that all problems have."""

    kind: Any
    """Its type, such as `list[SessionStep]`; the document has the schema of that."""
    description: str
    example: object


class ApiError(Exception):
    """An error with a stable `code`. `detail` is one sentence for a person, and never repeats input."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong"
    remedy: ClassVar[str] = ""
    """Advice to the developer of a front end: one or two sentences. Each code has its own."""
    leaves_trace = False
    """Whether the changes that the request collected are written, although it is refused."""
    is_outcome: ClassVar[bool] = False
    """Whether it ends a request as a success does: its changes are written, and a retry gets it again."""
    header_names: ClassVar[tuple[str, ...]] = ()
    """Headers that every response of this class has."""
    optional_header_names: ClassVar[tuple[str, ...]] = ()
    """Headers that a response of this class may have."""
    members: ClassVar[Mapping[str, Member]] = {}
    """The members that `extra` may hold, for a program to act on."""

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: Sequence[FieldError] = (),
        extra: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Make an error; `extra` adds members to the problem (such as `allowed`), `headers` to the response."""
        super().__init__(self.code)
        self.detail = detail or self.default_detail()
        self.errors = list(errors)
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})

    def leaving_trace(self) -> Self:
        """Return this error; the changes that the request collected are written before the response."""
        self.leaves_trace = True
        return self

    @classmethod
    def default_detail(cls) -> str:
        """Return the first line of the class's docstring, which the catalogue shows too."""
        return (cls.__doc__ or cls.title).strip().split("\n")[0]


class Unauthenticated(ApiError):
    """Sign in, then send the access token as a Bearer token."""

    status = 401
    code = "unauthenticated"
    title = "Not signed in"
    remedy = "Sign in, then send the access token in the header `Authorization`, after the word `Bearer`."
    header_names = ("WWW-Authenticate",)
    challenge: ClassVar[str] = "Bearer"

    def __init__(self, detail: str | None = None) -> None:
        """Add the scheme to the headers, as RFC 9110 requires of every 401."""
        super().__init__(detail, headers={"WWW-Authenticate": self.challenge})


class Forbidden(ApiError):
    """Your role does not allow this."""

    status = 403
    code = "forbidden"
    title = "Not allowed"
    remedy = "Do not offer this to the role. `docs/actions.md` says which roles may; signing in again changes nothing."


class SecondFactorRequired(Forbidden):
    """You signed in with a password alone; add a second factor to your account, or sign in with it."""

    code = "second-factor-required"
    title = "Second factor needed"
    remedy = "Lead the person to add an app or a passkey to their account. After that they sign in with it."


class StepUpRequired(Forbidden):
    """This needs a fresh proof of who you are, less than five minutes old; prove it, then repeat the request."""

    code = "step-up-required"
    title = "Fresh proof needed"
    remedy = (
        "Ask for a code or a passkey, and prove it by a step-up. Repeat the request with the access token of that "
        "response."
    )


class NotFound(ApiError):
    """It does not exist, or it is not yours to see."""

    status = 404
    code = "not-found"
    title = "Not found"
    remedy = (
        "Check the id, or the field that `errors` names. If it is right, the thing was deleted or this account may not "
        "see it; the API does not say which."
    )


class Conflict(ApiError):
    """The present state does not allow this."""

    status = 409
    code = "conflict"
    title = "Conflict"
    remedy = "Read the thing again and look at its state before you repeat the request."


class IdTaken(Conflict):
    """This id exists already; read it, or send the same Idempotency-Key to get the first response again."""

    code = "id-taken"
    title = "Id already used"
    remedy = "If this is a retry, send it with its `Idempotency-Key` or read the thing. Else make a new id."


class IllegalTransition(Conflict):
    """This transition is not possible from the present state; `allowed` names those that are."""

    code = "illegal-transition"
    title = "Transition not possible"
    remedy = "Read it again and offer the steps in `allowed`. Somebody else may have moved it on."


class ShownOnce(Conflict):
    """It was done, but its response held a secret that is not stored; make a new one, with another Idempotency-Key."""

    code = "shown-once"
    title = "Shown once"
    remedy = (
        "The secret cannot be shown again. Begin anew with another `Idempotency-Key`; the secret that was lost "
        "then stops working."
    )


class RequestInProgress(Conflict):
    """The first request with this Idempotency-Key is still running; try again in a moment."""

    code = "request-in-progress"
    title = "Still running"
    remedy = "Wait as long as `Retry-After` says, then send the same request with the same key. It is done once."
    header_names = ("Retry-After",)

    def __init__(self) -> None:
        """Ask for a retry in a second, in which any request ends."""
        super().__init__(headers={"Retry-After": "1"})


class StaleVersion(ApiError):
    """It was changed since you read it; keep both texts, and decide."""

    status = 412
    code = "stale-version"
    title = "Changed since you read it"
    remedy = (
        "Show the person both versions, and send the merged one with the `ETag` of this response. Without `current`, "
        "read it again. Never overwrite by yourself."
    )
    optional_header_names = ("ETag",)
    members: ClassVar[Mapping[str, Member]] = {
        "current": Member(
            dict[str, object],
            "The response to a GET of it, of the version that `ETag` names; absent if you may not read it.",
            {"id": "019ab0de-0000-7000-8000-000000000006", "version": 3},
        )
    }


class Invalid(ApiError):
    """One or more fields were refused; `errors` names them."""

    status = 422
    code = "invalid"
    title = "Invalid request"
    remedy = "Show each entry of `errors` beside its field. The same request will be refused again."


class KeyReused(Invalid):
    """This Idempotency-Key belongs to another request; use a new one."""

    code = "idempotency-key-reused"
    title = "Idempotency-Key used for something else"
    remedy = "Make a new key for each new request; keep the old one only for retries with the same body."


class VersionRequired(ApiError):
    """Name the version that you change: send the ETag that you read as If-Match."""

    status = 428
    code = "version-required"
    title = "If-Match needed"
    remedy = "Send the `ETag` of the last response as `If-Match`."


class TooManyRequests(ApiError):
    """Too many attempts; wait as long as Retry-After says."""

    status = 429
    code = "too-many-requests"
    title = "Too many requests"
    remedy = "Wait as long as `Retry-After` says, and tell the person so. Trying sooner does not help."
    header_names = ("Retry-After",)

    def __init__(self, retry_seconds: int = 1, detail: str | None = None) -> None:
        """Ask for a retry after `retry_seconds`."""
        super().__init__(detail, headers={"Retry-After": str(max(1, retry_seconds))})


class InternalError(ApiError):
    """Something went wrong on our side; nothing of this request was stored."""

    code = "internal"
    remedy = "Report the `request_id` to the operator. A retry with the same `Idempotency-Key` is safe."


class Unavailable(ApiError):
    """The service cannot answer now; try again with the same Idempotency-Key."""

    status = 503
    code = "unavailable"
    title = "Unavailable"
    remedy = (
        "Wait as long as `Retry-After` says, then repeat it with the same `Idempotency-Key`: whether it was done "
        "is then certain."
    )
    header_names = ("Retry-After",)
    retry_seconds: ClassVar[int] = 2

    def __init__(self, detail: str | None = None) -> None:
        """Ask for a retry, as every 503 does."""
        super().__init__(detail, headers={"Retry-After": str(self.retry_seconds)})


def every_class(cls: type[ApiError] = ApiError) -> list[type[ApiError]]:
    """Return the classes below one, in their order. Some give a code of their parent's another meaning of `members`."""
    return [found for child in cls.__subclasses__() for found in (child, *every_class(child))]


def catalogue() -> list[type[ApiError]]:
    """Return the class of each code of the product, by status and code."""
    classes = {cls.code: cls for cls in reversed(every_class())}
    return sorted(classes.values(), key=lambda cls: (cls.status, cls.code))
