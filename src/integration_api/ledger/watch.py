"""Watching ledgers: who listens to a clinic is woken when something that may concern them has got its place.

A clinic whose feed was asked for lately is sealed as often as one that is listened to.

A process looks at the last seal of each clinic once a second, for all of its listeners. That is the same on SQLite
and on PostgreSQL with many processes. If the seal is another one, its rows are read once, and those listeners are woken
whose keys the rows name. A wake is a hint: what a listener is told is decided by its own guarded Statement.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from integration_api.core import logs
from integration_api.core.tasks import in_background
from integration_api.ledger import statements as sql
from integration_api.ledger.changes import channel_of, from_text
from integration_api.ledger.sealer import LOOK_BACK, Sealer
from integration_api.ledger.tables import SealRow
from integration_api.storage.database import Database, DatabaseDown

LOOK_SECONDS = 1.0
ASKED_FOR_SECONDS = 60.0
"""After it nobody asks for a clinic's feed, until the next question."""
MAX_ROWS = 1000
"""Of one look at one clinic. If more rows got their places, everybody who listens there is woken."""
_TOGETHER = 16
"""Clinics that are looked at at the same time; their reads share round trips."""
MAX_READING = 64
"""Listeners of one process that read at the same time, so that many who are woken at once leave room for requests."""
_QUIET = timedelta(seconds=LOOK_SECONDS / 2)
"""A clinic is not sealed for its listeners if somebody has just sealed it."""
_END_SECONDS = 5.0


class NoRoom(Exception):
    """This process has as many listeners as it may have, or the sign-in has."""


class Listener:
    """One who listens to a clinic: `keys` are the ids whose changes may concern it."""

    def __init__(self, clinic_id: UUID, sign_in_id: UUID, keys: Collection[UUID]) -> None:
        """Listen for these; due at once, for what came before."""
        self.clinic_id, self.sign_in_id, self.keys = clinic_id, sign_in_id, frozenset(keys)
        self.is_due = True
        self.is_stopped = False
        """Whether the server stops."""
        self.is_gone = False
        """Whether the client has gone."""
        self._woken: asyncio.Future[None] | None = None

    def wake(self) -> None:
        """Let it read."""
        self.is_due = True
        self._rouse()

    def stop(self) -> None:
        """Let it end, as the server stops."""
        self.is_stopped = True
        self._rouse()

    def leave(self) -> None:
        """Let it end: nobody reads any more."""
        self.is_gone = True
        self._rouse()

    @property
    def is_over(self) -> bool:
        """Return whether it is to end."""
        return self.is_stopped or self.is_gone

    @property
    def is_waiting(self) -> bool:
        """Return whether it has told all that it knows of."""
        return self._woken is not None and not self._woken.done() and not self.is_due

    async def wait(self, seconds: float) -> None:
        """Wait until it is due or over, but no longer than so many seconds."""
        if self.is_due or self.is_over:
            return
        loop = asyncio.get_running_loop()
        self._woken = loop.create_future()
        timer = loop.call_later(seconds, self._rouse)
        try:
            await self._woken
        finally:
            timer.cancel()
            self._woken = None

    def _rouse(self) -> None:
        if self._woken is not None and not self._woken.done():
            self._woken.set_result(None)


@dataclass(slots=True)
class _Clinic:
    """A clinic that is listened to, and how far it was looked at."""

    last: SealRow | None = None
    position: int = 0
    listeners: dict[UUID, set[Listener]] = field(default_factory=dict)
    """By key."""


class Watch:
    """The listeners of one process."""

    def __init__(self, database: Database, seal: Callable[[UUID], Awaitable[None]] | None, max_listeners: int) -> None:
        """`seal` gives a clinic's rows their places before each look; without it, whoever seals does."""
        self._database, self._seal, self._max = database, seal, max_listeners
        self._clinics: dict[UUID, _Clinic] = {}
        self._asked: dict[UUID, float] = {}
        """Until when, by the loop's time."""
        self._all: set[Listener] = set()
        self._of_sign_in: dict[UUID, int] = {}
        self._is_wanted = asyncio.Event()
        self._is_ending = False
        self.reading = asyncio.Semaphore(MAX_READING)

    def has_room(self, sign_in_id: UUID, most_of_sign_in: int) -> bool:
        """Return whether one more may listen here, and one more of this sign-in."""
        return len(self._all) < self._max and self._of_sign_in.get(sign_in_id, 0) < most_of_sign_in

    def join(self, listener: Listener, most_of_sign_in: int) -> None:
        """Take one more. Raises NoRoom."""
        if not self.has_room(listener.sign_in_id, most_of_sign_in):
            raise NoRoom
        self._all.add(listener)
        self._of_sign_in[listener.sign_in_id] = self._of_sign_in.get(listener.sign_in_id, 0) + 1
        self._add(listener)
        self._is_wanted.set()
        if self._is_ending:
            listener.stop()

    def ask(self, clinic_id: UUID) -> None:
        """Let a clinic be sealed at each look of the next minute, since somebody asked what has changed in it."""
        if self._seal is not None:
            self._asked[clinic_id] = asyncio.get_running_loop().time() + ASKED_FOR_SECONDS
            self._is_wanted.set()

    def listen_for(self, listener: Listener, keys: Collection[UUID]) -> None:
        """Change what it listens for."""
        if listener.keys != keys:
            self._remove(listener)
            listener.keys = frozenset(keys)
            self._add(listener)

    def part(self, listener: Listener) -> None:
        """Forget one."""
        self._all.discard(listener)
        left = self._of_sign_in.pop(listener.sign_in_id) - 1
        if left:
            self._of_sign_in[listener.sign_in_id] = left
        self._remove(listener)
        self._rest_if_alone()

    def _rest_if_alone(self) -> None:
        if not self._all and not self._asked and not self._is_ending:
            self._is_wanted.clear()

    def _add(self, listener: Listener) -> None:
        clinic = self._clinics.setdefault(listener.clinic_id, _Clinic())
        for key in listener.keys:
            clinic.listeners.setdefault(key, set()).add(listener)

    def _remove(self, listener: Listener) -> None:
        clinic = self._clinics[listener.clinic_id]
        for key in listener.keys:
            clinic.listeners[key].discard(listener)
            if not clinic.listeners[key]:
                del clinic.listeners[key]
        if not clinic.listeners:
            del self._clinics[listener.clinic_id]

    def last_seal(self, clinic_id: UUID) -> SealRow | None:
        """Return the last seal of a clinic that is listened to, as of the last look."""
        clinic = self._clinics.get(clinic_id)
        return clinic.last if clinic is not None else None

    async def look(self) -> None:
        """Look once at each clinic that is listened to, and seal each that was asked for."""
        now = asyncio.get_running_loop().time()
        self._asked = {clinic_id: until for clinic_id, until in self._asked.items() if until > now}
        self._rest_if_alone()
        clinics = [*((one, _Clinic()) for one in self._asked if one not in self._clinics), *self._clinics.items()]
        for at in range(0, len(clinics), _TOGETHER):
            await asyncio.gather(*(self._look_at(*one) for one in clinics[at : at + _TOGETHER]))

    async def _look_at(self, clinic_id: UUID, clinic: _Clinic) -> None:
        try:
            if self._seal is not None:
                await self._seal(clinic_id)
            if not clinic.listeners:
                return
            last = await self._database.one(sql.LAST_SEAL, {"clinic_id": clinic_id})
            if last is None or (clinic.last is not None and last.number == clinic.last.number):
                return
            since, end = clinic.position, last.first_position + last.row_count - 1
            is_new = clinic.last is None
            rows = []
            if not is_new and end - since <= MAX_ROWS:
                where = {"clinic_id": clinic_id, "position": since, "page_rows": MAX_ROWS}
                rows = await self._database.all(sql.PLACED_CHANGES, where)
        except DatabaseDown as error:
            logs.event("look_failed", logs.WARNING, failed=error)
            return
        clinic.last, clinic.position = last, end
        if is_new or end < since or end - since > MAX_ROWS:
            woken = {one for listeners in clinic.listeners.values() for one in listeners}
        else:
            named = {key for row in rows for key in keys_of(row, clinic_id)}
            woken = {one for key in named & clinic.listeners.keys() for one in clinic.listeners[key]}
        for listener in woken:
            listener.wake()

    async def run(self, ending: asyncio.Event) -> None:
        """Look each second while anybody listens, until `ending`."""
        while not ending.is_set():
            await self._is_wanted.wait()
            with suppress(TimeoutError):
                await asyncio.wait_for(ending.wait(), LOOK_SECONDS)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001  it must go on: what failed is looked at again
                logs.event("look_failed", logs.ERROR, failed=error)

    def stop(self) -> None:
        """Let every listener end, also those that are still to come."""
        self._is_ending = True
        self._is_wanted.set()
        for listener in self._all:
            listener.stop()


def keys_of(row: sql.PlacedChange, clinic_id: UUID) -> set[UUID]:
    """Return the ids whose listeners this row may concern: its subject, and whose channels its changes are in."""
    keys = {row.subject_id} if row.subject_id is not None else set()
    if row.changed is not None:
        keys |= {channel_of(one, clinic_id) for one in from_text(row.changed, row.subject_id, row.patient_id)}
    return keys


def sealing_soon(sealer: Sealer, written: set[UUID]) -> Callable[[UUID], Awaitable[None]]:
    """Return a function that seals a clinic, for its listeners; the sealer's own passes follow, by `written`."""

    async def seal(clinic_id: UUID) -> None:
        if await sealer.seal(clinic_id, LOOK_BACK, _QUIET):
            written.add(clinic_id)

    return seal


@asynccontextmanager
async def watching(watch: Watch) -> AsyncIterator[None]:
    """Look in the background meanwhile. On leaving, every listener is told, and a look under way ends first."""
    async with in_background(watch.run, _END_SECONDS):
        try:
            yield
        finally:
            watch.stop()
