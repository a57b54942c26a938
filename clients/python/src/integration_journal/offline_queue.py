"""Writes that are kept on this device and sent when the API can be reached.

A write is on the disk before `add` returns. Nothing unsent is ever dropped by code: an entry leaves the queue when the
API has done it, or when a person gives it up. A refused write waits for a person, and holds back only the writes that
build on it.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from integration_journal.entries import (
    COLUMNS,
    Entry,
    Seal,
    Unsealed,
    closed,
    entry_of,
    names_of,
    thing_of,
    with_id,
)
from integration_journal.ids import new_key
from integration_journal.locks import Lock
from integration_journal.problems import JournalError, Problem
from integration_journal.queue_sql import BUILDS_ON, DUE, INSERT, INSERT_BASE, IS_FREE, LAYOUT, SCHEMA
from integration_journal.requests import FOLLOWING, Json, Request
from integration_journal.tokens import Account

MAX_PAUSE_SECONDS = 300.0
MAX_WAIT_SECONDS = 3600.0
"""The longest `Retry-After` that is heeded. A pause that ends later is of a clock that was put right since."""
_FIRST_PAUSE_SECONDS, _MAX_DOUBLINGS = 1.0, 30
_MAX_BUSY_SECONDS = 10.0
_MEMORY = ":memory:"


class OfflineQueue:
    """The queue of a device, in a SQLite file or in memory. Several threads and processes may use one file."""

    def __init__(
        self, path: Path | str = _MEMORY, *, seal: Seal | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """Open the queue, or make it. `clock` is for pauses alone; a wrong one delays nothing for long."""
        self._path, self._seal, self._clock = str(path), seal or Unsealed(), clock
        self._lock, self._sending = threading.RLock(), threading.Lock()
        if self._path != _MEMORY:
            Path(self._path).touch(mode=0o600)
        self._connection = sqlite3.connect(
            self._path, timeout=_MAX_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")  # else a power cut takes the last writes
        self._connection.execute("PRAGMA foreign_keys = ON")
        [layout] = self._connection.execute("PRAGMA user_version").fetchone()
        if layout > LAYOUT:
            msg = f"the queue was written by a newer client (layout {layout}): update this one"
            raise JournalError(msg)
        if layout < LAYOUT:
            self._connection.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def add(self, request: Request[object], account: Account) -> Entry:
        """Keep a write of this account; it is safe on the disk when the call returns.

        It waits for the unsent writes that make or change a thing that it names. If its `if_match` is FOLLOWING, it
        changes the version that the last of these makes.
        """
        if request.method == "GET" or request.is_public or request.query:
            msg = f"{request.operation} is not kept: it is no write of an account, or has a query"
            raise ValueError(msg)
        request = with_id(request)
        thing, key = thing_of(request), request.key or new_key()
        values = {
            "key": key,
            "account": account.account_id,
            "clinic": account.clinic_id,
            "operation": request.operation,
            "method": request.method,
            "path": request.path,
            "base_version": request.if_match,
            "on_conflict": request.on_conflict,
            "thing": thing,
            "body": closed(request.body, account, self._seal),
        }
        with self._step() as step:
            made = step.execute(INSERT, values).fetchone()
            if made is None:
                return self.entry(key)  # this very request is kept already
            entry = made["position"]
            for named in sorted(names_of(request)):
                step.execute(INSERT_BASE, {"entry": entry, "thing": named, "account": account.account_id})
            follows = step.execute(
                "SELECT 1 FROM bases JOIN entries b ON b.position = base WHERE entry = ? AND b.thing = ?",
                (entry, thing),
            ).fetchone()
            if request.if_match == FOLLOWING and follows is None:
                msg = "there is no unsent write to follow: name the version or the ETag that was read"
                raise ValueError(msg)
        return self.entry(key)

    def entry(self, key: str) -> Entry:
        """Return one entry. Raises KeyError if it is not in the queue: it was sent, or given up."""
        found = self._read(f"SELECT {COLUMNS} FROM entries WHERE key = :key", {"key": key})  # noqa: S608  constants
        if not found:
            raise KeyError(key)
        return found[0]

    def entries(self, account: Account | None, *states: str) -> list[Entry]:
        """Return the entries of an account, in the order in which they were written; of these states, if any.

        Nobody (None) has none: what is unsent stays hidden from a sign-out to the next sign-in.
        """
        found = self._read(
            f"SELECT {COLUMNS} FROM entries WHERE account_id = :account ORDER BY position",  # noqa: S608  constants
            {"account": account.account_id if account else None},
        )
        return [entry for entry in found if not states or entry.state in states]

    def unsent(self, account: Account | None) -> int:
        """Return how many writes of an account are not sent yet: show it at all times."""
        return self._count("account_id = ? AND state <> 'kept_both'", account.account_id if account else None)

    def count(self, account: Account | None, state: str) -> int:
        """Return how many entries of an account are in a state."""
        return self._count("account_id = ? AND state = ?", account.account_id if account else None, state)

    def unsent_of_others(self, account: Account | None) -> int:
        """Return how many unsent writes wait for other accounts to sign in on this device."""
        return self._count("account_id <> ? AND state <> 'kept_both'", account.account_id if account else "")

    def again(self, key: str, *, if_match: str | None = None, body: Json | None = None) -> Entry:
        """Send a refused write again: as it is, or with the version or the body that a person chose.

        What is changed is another request, so it gets another key. The writes that build on it still do.
        """
        present = self.entry(key)
        new = key if if_match is None and body is None else new_key()
        if present.base_version == FOLLOWING and if_match is None:
            msg = "the write that this one followed is gone: name the version that it is to change"
            raise ValueError(msg)
        written = closed(present.body if body is None else body, present.account, self._seal)
        values = {"new": new, "key": key, "version": if_match or present.base_version, "body": written}
        with self._step() as step:
            step.execute(
                "UPDATE entries SET key = :new, base_version = :version, body = :body, state = 'waiting', tries = 0,"
                " due_at = 0, problem = NULL WHERE key = :key AND state = 'needs_you'",
                values,
            )
        return self.entry(new)

    def give_up(self, key: str) -> Entry:
        """Drop a write because a person said so, and return it. Those that build on it then need a person too."""
        present = self.entry(key)
        with self._step() as step:
            self._orphan(step, present, "The write that this one builds on was given up.")
            step.execute("DELETE FROM entries WHERE key = ?", (key,))
        return present

    def seen(self, key: str) -> None:
        """Take out a `kept_both` entry: a person has looked at both texts."""
        with self._step() as step:
            step.execute("DELETE FROM entries WHERE key = ? AND state = 'kept_both'", (key,))

    @contextmanager
    def sender(self) -> Iterator[bool]:
        """Be the one sender of this queue, in all processes; False if another one is. It ends with the process."""
        if not self._sending.acquire(blocking=False):
            yield False
            return
        try:
            with self._sole_process() as is_sole:
                yield is_sole
        finally:
            self._sending.release()

    @contextmanager
    def _sole_process(self) -> Iterator[bool]:
        if self._path == _MEMORY:
            yield True
            return
        with Lock(f"{self._path}-sender").held() as is_sole:
            yield is_sole

    def due(self, account: Account, limit: int, *, is_now: bool) -> list[Entry]:
        """Return what to send next, in order: writes of this account that build on nothing unsent."""
        values = {"account": account.account_id, "clinic": account.clinic_id, "limit": limit}
        return self._read(DUE, {**values, "is_now": is_now, "now": self._clock(), "longest": MAX_WAIT_SECONDS})

    def seconds_to_next(self, account: Account) -> float | None:
        """Return the seconds until a write is due; None if none waits."""
        with self._lock:
            [due] = self._connection.execute(
                f"SELECT min(due_at) FROM entries WHERE account_id = ? AND state = 'waiting' AND {IS_FREE}",  # noqa: S608  constants
                (account.account_id,),
            ).fetchone()
        return None if due is None else min(max(0.0, due - self._clock()), MAX_WAIT_SECONDS)

    def done(self, entry: Entry, etag: str | None) -> None:
        """Take out a write that was done. Those that follow it change the version that it made."""
        with self._step() as step:
            if etag is None:
                self._orphan(step, entry, "The write that this one follows made no version to change.", FOLLOWING)
            step.execute(
                f"UPDATE entries SET base_version = :etag WHERE {BUILDS_ON} AND base_version = :following"  # noqa: S608  constants
                " AND thing = :thing",
                {"key": entry.key, "etag": etag, "following": FOLLOWING, "thing": str(entry.thing)},
            )
            step.execute("DELETE FROM entries WHERE key = ?", (entry.key,))

    def refused(self, entry: Entry, problem: Problem) -> None:
        """Leave a write to a person."""
        with self._step() as step:
            self._settle(step, entry, "needs_you", problem.as_json())

    def both_kept(self, entry: Entry, problem: Problem) -> None:
        """Keep a write in sight that was done beside another text. What builds on it needs a person: which is meant?"""
        with self._step() as step:
            self._orphan(step, entry, "The write that this one builds on was kept beside another text.")
            self._settle(step, entry, "kept_both", problem.as_json())

    def put_off(self, entry: Entry, chance: float, retry_after: float | None = None) -> float:
        """Try a write again later, and return in how many seconds. `chance`, from 0 to 1, spreads devices."""
        backoff = min(MAX_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * 2.0 ** min(entry.tries, _MAX_DOUBLINGS))
        pause = max(min(MAX_WAIT_SECONDS, retry_after or 0.0), backoff * (1 + chance) / 2)
        with self._step() as step:
            values = (self._clock() + pause, entry.key)
            step.execute("UPDATE entries SET tries = tries + 1, due_at = ? WHERE key = ?", values)
        return pause

    def _orphan(self, step: sqlite3.Connection, entry: Entry, why: str, version: str | None = None) -> None:
        """Leave the writes that build on an entry to a person; of this base version alone, if one is named."""
        asked = {"key": entry.key, "version": version, "thing": str(entry.thing)}
        is_meant = f"{BUILDS_ON} AND (:version IS NULL OR (base_version = :version AND thing = :thing))"
        keys = [row["key"] for row in step.execute(f"SELECT key FROM entries WHERE {is_meant}", asked)]  # noqa: S608  constants
        for key in keys:
            problem = {"status": 409, "code": "base-gone", "title": "Decide about this one", "detail": why}
            self._settle(step, self.entry(key), "needs_you", problem)
            step.execute(
                "DELETE FROM bases WHERE base = (SELECT position FROM entries WHERE key = ?)"
                " AND entry = (SELECT position FROM entries WHERE key = ?)",
                (entry.key, key),
            )

    def _settle(self, step: sqlite3.Connection, entry: Entry, state: str, problem: Json) -> None:
        values = (state, closed(problem, entry.account, self._seal), entry.key)
        step.execute("UPDATE entries SET state = ?, problem = ? WHERE key = ?", values)

    @contextmanager
    def _step(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is on the disk, or nothing."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _read(self, statement: str, values: Mapping[str, object]) -> list[Entry]:
        with self._lock:
            rows = self._connection.execute(statement, dict(values)).fetchall()
        return [entry_of(row, self._seal) for row in rows]

    def _count(self, where: str, *values: str | None) -> int:
        with self._lock:
            [found] = self._connection.execute(f"SELECT count(*) FROM entries WHERE {where}", values).fetchone()  # noqa: S608
        return int(found)
