"""The entries of the offline queue: what is kept of a write, and what it builds on."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from integration_journal.ids import new_id
from integration_journal.problems import Problem, problem_from
from integration_journal.requests import Json, Request, nothing
from integration_journal.tokens import Account


class State(StrEnum):
    """The state of an entry."""

    WAITING = "waiting"
    """It will be sent."""
    NEEDS_YOU = "needs_you"
    """The API refused it, and `problem` says why. A person decides."""
    KEPT_BOTH = "kept_both"
    """It was done, and another text stands beside it. A person looks at both, then `seen` is called."""


class Seal(Protocol):
    """Encryption of what is written, with a key that belongs to an account, such as one of the system's keychain."""

    def close(self, text: bytes, account_id: str) -> bytes:
        """Return the ciphertext."""

    def open(self, sealed: bytes, account_id: str) -> bytes:
        """Return the text."""


class Unsealed:
    """No encryption: the file is as safe as the folder that it is in."""

    def close(self, text: bytes, account_id: str) -> bytes:  # noqa: ARG002  a Seal
        """Return the text itself."""
        return text

    def open(self, sealed: bytes, account_id: str) -> bytes:  # noqa: ARG002  a Seal
        """Return the text itself."""
        return sealed


@dataclass(frozen=True, slots=True)
class Entry:
    """One write that is kept."""

    key: str
    account: Account
    operation: str
    method: str
    path: str
    base_version: str | None
    on_conflict: str | None
    body: Json | None
    thing: UUID | None
    """The id of the thing that it makes or changes."""
    state: State
    tries: int
    problem: Problem | None

    @property
    def request(self) -> Request[None]:
        """The request to send."""
        made = Request(self.operation, self.method, self.path, nothing)
        return replace(made, body=self.body, if_match=self.base_version, key=self.key, on_conflict=self.on_conflict)


COLUMNS = (
    "key, account_id, clinic_id, operation, method, path, base_version, on_conflict, body, thing, state, tries, problem"
)


def entry_of(row: sqlite3.Row, seal: Seal) -> Entry:
    """Return the entry that a row of COLUMNS holds."""
    account = Account(row["account_id"], row["clinic_id"])
    problem = _opened(row["problem"], account, seal)
    return Entry(
        key=row["key"],
        account=account,
        operation=row["operation"],
        method=row["method"],
        path=row["path"],
        base_version=row["base_version"],
        on_conflict=row["on_conflict"],
        body=_opened(row["body"], account, seal),
        thing=None if row["thing"] is None else UUID(row["thing"]),
        state=State(row["state"]),
        tries=row["tries"],
        problem=None if problem is None else problem_from(int(str(problem["status"])), problem),
    )


def closed(value: Json | None, account: Account, seal: Seal) -> bytes | None:
    """Return a JSON value as it is kept."""
    return None if value is None else seal.close(json.dumps(value).encode(), account.account_id)


def _opened(sealed: bytes | None, account: Account, seal: Seal) -> Json | None:
    if sealed is None:
        return None
    found: Json = json.loads(seal.open(sealed, account.account_id))
    return found


def with_id(request: Request[object]) -> Request[object]:
    """Return a create with the id of what it makes, so that other writes can name it before it is sent."""
    if not request.names_itself or request.body is None or request.body.get("id") is not None:
        return request
    return replace(request, body={**request.body, "id": str(new_id())})


def thing_of(request: Request[object]) -> str | None:
    """Return the id of what a request makes; else of the first thing that its path names, whose version it changes."""
    if request.names_itself and request.body is not None:
        return str(request.body["id"])
    return next(_ids_in(request.path.split("/")), None)


def names_of(request: Request[object]) -> set[str]:
    """Return every id that a request names in its path or its body: of things that must be there before it."""
    return {*_ids_in(request.path.split("/")), *_ids_in(request.body)}


def _ids_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _ids_in(inner)
    elif isinstance(value, str) and _is_id(value):
        yield value.lower()


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
