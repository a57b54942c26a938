"""Everything that can go wrong, as exceptions.

The tree::

    JournalError
    ├── NotReached                  no answer came; a write may have happened, and may be sent again
    │   └── NotThisApi              an answer came, but from something in between, such as a hotel's sign-in page
    ├── UnreadableAnswer            it was done, but the answer has a shape that this version does not know
    ├── AccountChanged              another account has signed in meanwhile
    ├── WebhookRefused              a webhook that this API did not send
    └── Problem                     the API refused; `code` says why
        ├── NotSignedIn 401         sign in again
        │   ├── SecondFactorNeeded  `factors` names the kinds
        │   └── WrongSignIn         address, password, code or passkey
        ├── Forbidden 403
        │   ├── StepUpRequired      prove again who you are, then send the same request
        │   └── SecondFactorRequired
        ├── NotFound 404
        ├── Conflict 409
        │   ├── IllegalTransition   `allowed` names the possible ones
        │   └── KeptBoth            both texts stand; a person decides
        ├── Gone 410
        │   └── CursorExpired       begin the feed anew
        ├── StaleVersion 412        `current` is the present version, `current_etag` its ETag
        ├── Invalid 422             `errors` names the fields
        ├── RateLimited 429         `retry_after` says when
        └── Unavailable 5xx, 408, 425
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import ClassVar

import httpx

from integration_journal.codes import Code

MEDIA_TYPE = "application/problem+json"
_KNOWN = frozenset({"type", "title", "status", "code", "detail", "request_id", "errors"})


class JournalError(Exception):
    """The root of the tree."""


class NotReached(JournalError):
    """No answer came. If `is_unsure`, the request may have been done; sending the same one again is safe."""

    def __init__(self, why: str, *, is_unsure: bool) -> None:
        """Say why, in words of the network."""
        super().__init__(why)
        self.is_unsure = is_unsure


class NotThisApi(NotReached):
    """An answer came that this API never gives: from a proxy, or a network that asks to sign in first."""


class UnreadableAnswer(JournalError):
    """It was done, but its answer has a shape that this version of the client does not know."""

    def __init__(self, response: httpx.Response) -> None:
        """Keep the response."""
        super().__init__(f"{response.status_code}: update the client to read this answer")
        self.response = response


class AccountChanged(JournalError):
    """Another account has signed in since; the request was not sent."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that was refused."""

    field: str
    code: str
    message: str


class Problem(JournalError):
    """A refusal (RFC 9457). `code` is for programs, `detail` for people."""

    codes: ClassVar[tuple[str, ...]] = ()
    statuses: ClassVar[tuple[int, ...]] = ()

    def __init__(self, status: int, body: Mapping[str, object], headers: Mapping[str, str] | None = None) -> None:
        """Read the members of a problem."""
        self.status, self.code = status, str(body.get("code", f"http-{status}"))
        self.title, self.detail = str(body.get("title", "")), str(body.get("detail", ""))
        self.request_id = str(body.get("request_id", ""))
        given = body.get("errors")
        self.errors = [_field_error(one) for one in given] if isinstance(given, list) else []
        self.members = {name: value for name, value in body.items() if name not in _KNOWN}
        """The further members of this problem, such as `allowed`."""
        self.headers = dict(headers or {})
        super().__init__(f"{self.status} {self.code}: {self.detail}")

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait before another attempt; None if the API did not say."""
        return _seconds({name.lower(): value for name, value in self.headers.items()})

    @property
    def is_temporary(self) -> bool:
        """Whether the same request may succeed later, with nothing changed."""
        return isinstance(self, RateLimited | Unavailable) or self.code == Code.REQUEST_IN_PROGRESS

    def as_json(self) -> dict[str, object]:
        """Return the problem to be kept. The present version of a thing is left out: it is read again if needed."""
        errors = [{"field": one.field, "code": one.code, "message": one.message} for one in self.errors]
        kept = {name: value for name, value in self.members.items() if name != "current"}
        facts = {"status": self.status, "code": self.code, "title": self.title, "detail": self.detail}
        return {**facts, "request_id": self.request_id, "errors": errors, **kept}


class NotSignedIn(Problem):
    """Nobody is signed in, or not any more."""

    statuses = (401,)


class SecondFactorNeeded(NotSignedIn):
    """The password is right; send it again with one of `factors`."""

    codes = (Code.SECOND_FACTOR_NEEDED,)

    @property
    def factors(self) -> list[str]:
        """The kinds of factor that the account has."""
        return _words(self.members.get("factors"))


class WrongSignIn(NotSignedIn):
    """The address, the password, the code or the passkey is wrong."""

    codes = (Code.WRONG_SIGN_IN, Code.SECOND_FACTOR_WRONG, Code.WRONG_SECRET)


class Forbidden(Problem):
    """This account may not do this."""

    statuses = (403,)


class StepUpRequired(Forbidden):
    """A fresh proof is needed: call `step_up`, then send the same request again."""

    codes = (Code.STEP_UP_REQUIRED,)


class SecondFactorRequired(Forbidden):
    """The account needs a second factor before it may do anything else."""

    codes = (Code.SECOND_FACTOR_REQUIRED,)


class NotFound(Problem):
    """It does not exist, or this account may not see it."""

    statuses = (404,)


class Conflict(Problem):
    """The present state does not allow it."""

    statuses = (409,)


class IllegalTransition(Conflict):
    """This step is not possible from the present state."""

    codes = (Code.ILLEGAL_TRANSITION, Code.ILLEGAL_COURSE_STEP)

    @property
    def allowed(self) -> list[str]:
        """The steps that are possible now."""
        return _words(self.members.get("allowed"))


class KeptBoth(Conflict):
    """Somebody else wrote meanwhile; both texts stand, and a person decides."""

    codes = ("kept-both",)


class Gone(Problem):
    """It was there and is no more."""

    statuses = (410,)


class CursorExpired(Gone):
    """The cursor of the change feed is of another history, or too old: begin anew."""

    codes = ("cursor-expired",)


class StaleVersion(Problem):
    """It was changed since it was read: show both, and let the person decide."""

    statuses = (412,)

    @property
    def current(self) -> dict[str, object] | None:
        """The present version; None if this account may not read it."""
        found = self.members.get("current")
        return found if isinstance(found, dict) else None

    @property
    def current_etag(self) -> str | None:
        """The ETag of the present version, for `if_match`."""
        found = self.members.get("current_etag") or httpx.Headers(self.headers).get("etag")
        return found if isinstance(found, str) else None


class Invalid(Problem):
    """The request has a wrong shape or value."""

    statuses = (400, 405, 406, 413, 414, 415, 422, 428, 431)


class RateLimited(Problem):
    """Too many attempts: wait as long as `retry_after` says."""

    statuses = (429,)


class Unavailable(Problem):
    """The API cannot answer now."""

    statuses = (408, 425, 500, 502, 503, 504)


def _classes(cls: type[Problem]) -> list[type[Problem]]:
    return [found for child in cls.__subclasses__() for found in (child, *_classes(child))]


_BY_CODE = {code: cls for cls in _classes(Problem) for code in cls.codes}
_BY_STATUS = {status: cls for cls in Problem.__subclasses__() for status in cls.statuses}
"""The family of each status. Its subclasses are of one code each, and never of a whole status."""


def problem_from(status: int, body: Mapping[str, object], headers: Mapping[str, str] | None = None) -> Problem:
    """Return the exception of a problem. An unknown code is of the family of its status."""
    family = _BY_STATUS.get(status, Unavailable if status >= 500 else Problem)  # noqa: PLR2004  server errors
    cls = _BY_CODE.get(str(body.get("code")), family)
    return cls(status, body, headers)


def _field_error(given: object) -> FieldError:
    found = given if isinstance(given, dict) else {}
    return FieldError(*(str(found.get(name, "")) for name in ("field", "code", "message")))


def _words(given: object) -> list[str]:
    return [str(word) for word in given] if isinstance(given, list) else []


def _seconds(headers: Mapping[str, str]) -> float | None:
    """Return what `Retry-After` asks for. A date is compared with the sender's own clock, not with this device's."""
    given = headers.get("retry-after", "").strip()
    if given.isdigit():
        return float(given)
    try:
        until = parsedate_to_datetime(given)
        return max(0.0, (until - parsedate_to_datetime(headers["date"])).total_seconds())
    except (KeyError, TypeError, ValueError):
        return None
