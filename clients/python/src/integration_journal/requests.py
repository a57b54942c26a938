"""Requests as values: made by `operations`, sent by a client or kept in the offline queue."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from typing import Generic, Literal, TypeVar
from urllib.parse import quote
from uuid import UUID

from pydantic import BaseModel

Json = dict[str, object]
Result_co = TypeVar("Result_co", covariant=True)
Plain = str | int | float | bool | UUID | date | Enum | None

FOLLOWING: Literal["following"] = "following"
"""The version that the request before it in the offline queue, about the same thing, will have made."""
IfMatch = str | int
"""An ETag, a version such as `reflection.version`, or in the offline queue `FOLLOWING`."""


@dataclass(frozen=True, slots=True)
class Request(Generic[Result_co]):
    """One request. It has its Idempotency-Key from the start, so the same value can be sent again: it is done once."""

    operation: str
    method: str
    path: str
    reads: Callable[[bytes], Result_co]
    """Makes the result of the body of a success."""
    query: tuple[tuple[str, str], ...] = ()
    body: Json | None = None
    if_match: str | None = None
    if_none_match: str | None = None
    key: str | None = None
    on_conflict: str | None = None
    """`keep_both`: if somebody else wrote meanwhile, both texts are kept, and the answer is KeptBoth."""
    is_public: bool = False
    """Whether it needs no access token."""
    takes_any_token: bool = False
    """Whether it is public, and answers for the clinic of a token, also of one that has ended. It refuses none."""
    is_repeatable: bool = False
    """Whether it may be sent twice although it has no key."""
    is_urgent: bool = False
    """Whether it is sent even if nobody is signed in: its refusal has help in it."""
    names_itself: bool = False
    """Whether the body may bring the id of what it makes."""

    @property
    def may_repeat(self) -> bool:
        """Whether sending it twice does the same as sending it once."""
        return self.method in ("GET", "DELETE") or self.key is not None or self.is_repeatable

    def at(self, cursor: str) -> "Request[Result_co]":
        """Return the request for the page that begins at a cursor."""
        kept = tuple(pair for pair in self.query if pair[0] != "cursor")
        return replace(self, query=(*kept, ("cursor", cursor)))

    def unless(self, etag: str) -> "Request[Result_co]":
        """Return the request that is answered by `Unchanged` if the thing still has this ETag."""
        return replace(self, if_none_match=etag)


def nothing(_: bytes) -> None:
    """Read a response without a body."""


def part(value: Plain) -> str:
    """Return a value as one segment of a path."""
    return quote(_text(value), safe="")


def queried(*pairs: tuple[str, Plain | list[Plain] | list[str]]) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a query that were given."""
    found: list[tuple[str, str]] = []
    for name, value in pairs:
        if isinstance(value, list):
            found += [(name, _text(one)) for one in value]
        elif value is not None:
            found.append((name, _text(value)))
    return tuple(found)


def _text(value: Plain) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        if value.tzinfo is None:
            msg = "a time needs its offset from UTC: use datetime.now(UTC), not datetime.now()"
            raise ValueError(msg)
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def sent(body: BaseModel | Mapping[str, object] | None) -> Json | None:
    """Return a body as JSON: fields that were never set stay absent, which is not the same as null."""
    if body is None:
        return None
    if isinstance(body, BaseModel):
        return body.model_dump(mode="json", by_alias=True, exclude_unset=True)
    found: Json = json.loads(json.dumps(body))
    return found


def version(if_match: IfMatch) -> str:
    """Return what `If-Match` says. A number is a version."""
    return f'"{if_match}"' if isinstance(if_match, int) else if_match
