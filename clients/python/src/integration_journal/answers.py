"""Responses as values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import httpx
from pydantic import ValidationError

from integration_journal.problems import (
    MEDIA_TYPE,
    JournalError,
    NotThisApi,
    Problem,
    UnreadableAnswer,
    problem_from,
)
from integration_journal.requests import Request

Result_co = TypeVar("Result_co", covariant=True)
Result = TypeVar("Result")
Item_co = TypeVar("Item_co", covariant=True)
_JSON = "application/json"
_NO_CONTENT, _NOT_MODIFIED = 204, 304


class Page(Protocol[Item_co]):
    """One page of a list."""

    @property
    def items(self) -> Sequence[Item_co]:
        """The items, in the list's order."""

    @property
    def next_cursor(self) -> str | None:
        """The cursor of the next page; None on the last one."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[Result_co]):
    """A success."""

    value: Result_co
    status: int
    etag: str | None
    """For `if_match` of the next change, and for `Request.unless`."""
    request_id: str
    is_replay: bool
    """Whether an earlier attempt had done it already."""


class Unchanged(JournalError):
    """The thing still has the ETag that `Request.unless` named."""


def checked(response: httpx.Response, wanted: str = _JSON) -> httpx.Response:
    """Return a response that is a success of this API. Raises Problem, NotThisApi, Unchanged."""
    media_type = response.headers.get("content-type", "").partition(";")[0].strip()
    is_ours = "x-request-id" in response.headers
    if response.status_code == _NOT_MODIFIED:
        raise Unchanged
    if response.is_success and is_ours and (media_type == wanted or response.status_code == _NO_CONTENT):
        return response
    if response.is_error:
        raise _refusal(response, media_type)
    raise _foreign(response)


def _refusal(response: httpx.Response, media_type: str) -> Problem | NotThisApi:
    if media_type == MEDIA_TYPE:
        try:
            body = response.json()
        except ValueError:
            return _foreign(response)
        return problem_from(response.status_code, body if isinstance(body, dict) else {}, response.headers)
    if response.is_server_error:
        return problem_from(response.status_code, {}, response.headers)
    return _foreign(response)


def _foreign(response: httpx.Response) -> NotThisApi:
    return NotThisApi(f"something in between answered {response.status_code}", is_unsure=True)


def answer_to(request: Request[Result], response: httpx.Response) -> Answer[Result]:
    """Return the result of a success. Raises UnreadableAnswer."""
    try:
        value = request.reads(response.content)
    except ValidationError as error:
        raise UnreadableAnswer(response) from error
    headers = response.headers
    return Answer(
        value,
        response.status_code,
        headers.get("etag"),
        headers.get("x-request-id", ""),
        headers.get("idempotency-replayed") == "true",
    )
