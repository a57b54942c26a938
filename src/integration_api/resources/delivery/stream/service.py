"""Following the change feed: one stream is one client that is told as soon as it is woken."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from integration_api.access.reads import ActorChanged, Reads
from integration_api.access.tokens import expires_at
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.ledger import statements as ledger_sql
from integration_api.ledger.tables import SealRow
from integration_api.ledger.watch import LOOK_SECONDS, Listener, NoRoom
from integration_api.resources.delivery.changes import cursors
from integration_api.resources.delivery.changes.cursors import Cursor
from integration_api.resources.delivery.changes.rules import AUDIENCE, ChangeKind
from integration_api.resources.delivery.changes.service import (
    check_cursor,
    cursor_at,
    key_of,
    last_sequence,
    read_channels,
    read_feed,
    told_items,
)
from integration_api.resources.delivery.changes.statements import FeedRow
from integration_api.resources.delivery.stream.rules import StreamEnd
from integration_api.storage.database import DatabaseDown
from integration_api.web.errors import Unavailable
from integration_api.web.event_stream import PING, EventStream, Write, beginning, event

MAX_OF_SIGN_IN = 3
"""Streams of one sign-in in one process: one for all tabs, and room for those that are not yet seen to have ended."""
MAX_BEHIND = 500
"""Changes that a stream makes up for at once. Whoever has missed more reads the feed."""
PING_SECONDS = 15.0
"""Half of the time after which a proxy gives a silent connection up; and how soon an ended sign-in is noticed."""
MAX_FAILURES = 10
"""Reads in a row that fail, a second apart, before a stream ends."""
_RETRY_MS = 2000


class TooManyStreams(Unavailable):
    """As many streams are open as this server keeps, or three of this sign-in; read `/changes` meanwhile."""

    code = "too-many-streams"
    title = "Too many streams"
    remedy = "Close the streams that you do not read: one for all tabs is enough. Until there is room, poll `/changes`."
    retry_seconds = 15


async def stream_events(work: Work, last_event_id: str | None) -> EventStream:
    """Return the actor's stream from this cursor on. Raises TooManyStreams, CursorExpired, Invalid."""
    actor = work.actor
    if not work.runtime.watch.has_room(actor.sign_in_id, MAX_OF_SIGN_IN):
        raise TooManyStreams
    last = await work.one(ledger_sql.LAST_SEAL, clinic_id=actor.clinic_id)
    end = last_sequence(last)
    if last_event_id is None:
        cursor = cursor_at(work, last, sequence=end, since=end)
    else:
        cursor = cursors.read(last_event_id, key_of(work), field="header.Last-Event-ID")
        await check_cursor(work, cursor, end)
    channels = await read_channels(work)
    work.record()
    authorization = dict(work.scope["headers"])[b"authorization"].decode("latin-1")
    return EventStream(Stream(work, cursor, last, channels, expires_at(authorization)))


class _Ended(Exception):
    """The stream is to end."""

    def __init__(self, reason: StreamEnd) -> None:
        super().__init__(reason)
        self.reason = reason


class Stream:
    """One client's stream."""

    def __init__(
        self, work: Work, cursor: Cursor, last: SealRow | None, channels: set[UUID], token_expires_at: datetime
    ) -> None:
        """Begin after the cursor; `last` is the last seal, and `channels` are what the actor reads now."""
        self._reads, self._cursor, self._expires_at = work.later(), cursor, token_expires_at
        self._key, self._last = key_of(work), last
        self._watch = work.runtime.watch
        actor = work.actor
        self._listener = Listener(actor.clinic_id, actor.sign_in_id, channels | {actor.sign_in_id})
        self._failures = 0

    def stop(self) -> None:
        """End, as the server stops."""
        self._listener.stop()

    def leave(self) -> None:
        """End: the client has gone."""
        self._listener.leave()

    async def tell(self, write: Write) -> None:
        """Write each change as it comes, and at the end why it ends."""
        begins = beginning(self._cursor.write(self._key), _RETRY_MS)
        try:
            self._watch.join(self._listener, MAX_OF_SIGN_IN)
        except NoRoom:
            return await write(begins + self._end_event(StreamEnd.TOO_MANY))
        try:
            await write(begins)
            await self._follow(write)
        except _Ended as ended:
            if not self._listener.is_gone:
                await write(self._end_event(ended.reason))
        finally:
            self._watch.part(self._listener)
        return None

    async def _follow(self, write: Write) -> None:
        """Write until the client has gone. Raises _Ended."""
        listener, loop = self._listener, asyncio.get_running_loop()
        ping_at = loop.time() + PING_SECONDS
        while not listener.is_gone:
            if listener.is_stopped:
                raise _Ended(StreamEnd.SERVER_STOPS)
            turn = self._reads.later()
            if turn.now >= self._expires_at:
                raise _Ended(StreamEnd.TOKEN_OVER)
            is_ping = loop.time() >= ping_at
            part = await self._next(turn, is_ping=is_ping) if listener.is_due or is_ping else b""
            if is_ping:
                ping_at = loop.time() + PING_SECONDS
                part = part or PING
            if part:
                await write(part)
            left = (self._expires_at - turn.now).total_seconds()
            await listener.wait(max(0.0, min(ping_at - loop.time(), left)))

    async def _next(self, turn: Reads, *, is_ping: bool) -> bytes:
        """Return the events after the cursor, and move it. At a ping, prove that the sign-in stands. Raises _Ended."""
        try:
            async with self._watch.reading:
                found = await self._read(turn, is_ping=is_ping)
        except ActorChanged as error:
            raise _Ended(StreamEnd.SIGN_IN_ENDED) from error
        except DatabaseDown as error:
            self._failures += 1
            logs.event("stream_read_failed", logs.WARNING, failed=error)
            if self._failures == MAX_FAILURES:
                raise _Ended(StreamEnd.UNAVAILABLE) from error
            asyncio.get_running_loop().call_later(LOOK_SECONDS, self._listener.wake)
            return b""
        self._failures = 0
        return found

    async def _read(self, turn: Reads, *, is_ping: bool) -> bytes:
        listener, rows = self._listener, list[FeedRow]()
        is_due, listener.is_due = listener.is_due, False
        last = self._last_seal()
        if is_due:
            rows = await read_feed(turn, self._cursor, last_sequence(last), MAX_BEHIND, None)
            if len(rows) > MAX_BEHIND:
                raise _Ended(StreamEnd.TOO_FAR_BEHIND)
            if any(row.kind == AUDIENCE and row.change for row in rows):
                raise _Ended(StreamEnd.CURSOR_EXPIRED)
        if is_ping or any(row.kind == ChangeKind.CHART for row in rows):
            channels = await read_channels(turn)
            self._watch.listen_for(listener, channels | {turn.actor.sign_in_id})
        told = self._events(turn, rows, last)
        if is_due:
            self._cursor = cursor_at(turn, last, last_sequence(last), self._cursor.since)
        return told

    def _last_seal(self) -> SealRow | None:
        """Return the last seal that is known: all listeners of a clinic share one look at it."""
        found = self._watch.last_seal(self._listener.clinic_id)
        if found is not None and (self._last is None or found.number > self._last.number):
            self._last = found
        return self._last

    def _events(self, turn: Reads, rows: Sequence[FeedRow], last: SealRow | None) -> bytes:
        """Return each thing once, as it was told of last, with the cursor after it."""
        latest = {(row.kind, row.id): row for row in rows if row.change is not None}
        parts = []
        for row in sorted(latest.values(), key=lambda row: row.sequence):
            data = told_items([row])[0].model_dump_json()
            cursor = cursor_at(turn, last, row.sequence, self._cursor.since)
            parts.append(event(data, cursor=cursor.write(self._key)))
        return b"".join(parts)

    def _end_event(self, reason: StreamEnd) -> bytes:
        return event(json.dumps({"reason": reason}), name="end", cursor=self._cursor.write(self._key))
