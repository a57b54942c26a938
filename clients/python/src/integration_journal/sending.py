"""Sending the offline queue: one pass over what is due."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol
from uuid import UUID

from integration_journal.core import Core
from integration_journal.entries import Entry
from integration_journal.offline_queue import OfflineQueue
from integration_journal.problems import (
    AccountChanged,
    Conflict,
    JournalError,
    KeptBoth,
    NotFound,
    NotReached,
    NotSignedIn,
    Problem,
)
from integration_journal.retries import ONCE
from integration_journal.sign_ins import telling
from integration_journal.steps import Steps, call
from integration_journal.tokens import Account


@dataclass(frozen=True, slots=True)
class Report:
    """The result of one pass."""

    sent: int = 0
    needs_you: int = 0
    """Writes that a person must decide about, of this account."""
    kept_both: int = 0
    """Writes beside which another text stands, not looked at yet."""
    unsent: int = 0
    """Writes of this account that are not sent yet, with those that need a person."""
    seconds_to_next: float | None = None
    """When a pass has something to do again; None if nothing waits for time to pass."""
    needs_sign_in: bool = False
    etags: Mapping[UUID, str] = field(default_factory=dict)
    """The versions that this pass has made, by the id of the thing: `if_match` of its next change."""
    is_elsewhere: bool = False
    """Whether another thread or process sends this queue just now."""
    not_reached: bool = False
    """Whether the API gave no answer, so that this pass ended early. Nobody needs to do anything: it is tried again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one entry: it was done, refused, or not attempted."""

    is_done: bool = False
    etag: str | None = None
    problem: Problem | None = None


class Carrier(Protocol):
    """A way to bring entries to the API. Errors that say nothing about an entry are raised."""

    @property
    def max_entries(self) -> int:
        """The number of entries that it takes at once; none builds on another."""

    def carry(self, core: Core, entries: Sequence[Entry]) -> Steps[list[Outcome]]:
        """Return what became of the first entries, in order: of one at least. The others are brought next time."""


@dataclass(frozen=True, slots=True)
class OneByOne:
    """Sends each entry as the operation that it is."""

    max_entries: int = 1

    def carry(self, core: Core, entries: Sequence[Entry]) -> Steps[list[Outcome]]:
        """Return what became of each entry, in order."""
        found: list[Outcome] = []
        for entry in entries:
            try:
                response = yield from core.send(entry.request, ONCE, entry.account)
            except NotSignedIn:
                raise
            except Problem as problem:
                found.append(Outcome(problem=problem))
            else:
                found.append(Outcome(is_done=True, etag=response.headers.get("etag")))
        return found


@dataclass
class _Pass:
    """The counts of one pass."""

    sent: int = 0
    needs_sign_in: bool = False
    must_pause: bool = False
    not_reached: bool = False
    put_off: set[str] = field(default_factory=set)
    etags: dict[UUID, str] = field(default_factory=dict)


def sending(core: Core, queue: OfflineQueue, carrier: Carrier, *, is_now: bool) -> Steps[Report]:
    """Send what is due, and report. `is_now` sends what waits for a later try too: the network has come back."""
    not_reached = not (yield from _told(core))
    account = core.account
    if account is None:
        return Report(needs_sign_in=True, not_reached=not_reached)
    with queue.sender() as is_sole:
        if not is_sole:
            return (yield from _report(queue, account, _Pass(), is_elsewhere=True))
        made = _Pass()
        while not (made.must_pause or made.needs_sign_in):
            entries = yield from call(lambda: _due(queue, account, carrier, made, is_now=is_now))
            if not entries:
                break
            yield from _carry(core, queue, carrier, entries, made)
    return (yield from _report(queue, account, made))


def _told(core: Core) -> Steps[bool]:
    """Tell the API of a sign-out that it has not heard of, and return whether it answered."""
    try:
        yield from telling(core)
    except JournalError as error:  # another time
        return not isinstance(error, NotReached)
    return True


def _due(queue: OfflineQueue, account: Account, carrier: Carrier, made: _Pass, *, is_now: bool) -> list[Entry]:
    """Return what is due, without what this pass has put off."""
    found = queue.due(account, carrier.max_entries + len(made.put_off), is_now=is_now)
    return [entry for entry in found if entry.key not in made.put_off][: carrier.max_entries]


def _carry(core: Core, queue: OfflineQueue, carrier: Carrier, entries: Sequence[Entry], made: _Pass) -> Steps[None]:
    try:
        outcomes = yield from carrier.carry(core, entries)
    except (NotSignedIn, AccountChanged):
        made.needs_sign_in = True
        return
    except JournalError as error:  # it says nothing about these entries: another time
        made.must_pause, made.not_reached = True, isinstance(error, NotReached)
        yield from call(partial(_put_off, queue, entries, error))
        return
    for entry, outcome in zip(entries, outcomes, strict=False):
        yield from call(partial(_settle, queue, entry, outcome, made))


def _put_off(queue: OfflineQueue, entries: Sequence[Entry], error: JournalError) -> None:
    for entry in entries:
        queue.put_off(entry, random.random(), getattr(error, "retry_after", None))  # noqa: S311  no secret


def _settle(queue: OfflineQueue, entry: Entry, outcome: Outcome, made: _Pass) -> None:
    problem = outcome.problem
    if outcome.is_done:
        queue.done(entry, outcome.etag)
        made.sent += 1
        if entry.thing and outcome.etag:
            made.etags[entry.thing] = outcome.etag
    elif problem is None:
        made.put_off.add(entry.key)
        queue.put_off(entry, random.random())  # noqa: S311  spreads devices, no secret
    elif problem.is_temporary:
        made.put_off.add(entry.key)
        made.must_pause = not isinstance(problem, Conflict) and problem.status != 500  # noqa: PLR2004  this request alone
        queue.put_off(entry, random.random(), problem.retry_after)  # noqa: S311  as above
    elif isinstance(problem, KeptBoth):
        queue.both_kept(entry, problem)
        made.sent += 1
    elif isinstance(problem, NotFound) and entry.method == "DELETE":
        queue.done(entry, None)
        made.sent += 1
    else:
        queue.refused(entry, problem)


def _report(queue: OfflineQueue, account: Account, made: _Pass, *, is_elsewhere: bool = False) -> Steps[Report]:
    def counted() -> Report:
        return Report(
            sent=made.sent,
            needs_you=queue.count(account, "needs_you"),
            kept_both=queue.count(account, "kept_both"),
            unsent=queue.unsent(account),
            seconds_to_next=queue.seconds_to_next(account),
            needs_sign_in=made.needs_sign_in,
            etags=made.etags,
            is_elsewhere=is_elsewhere,
            not_reached=made.not_reached,
        )

    return (yield from call(counted))
