"""Following what changes as it happens: the feed first, then the live stream from its cursor, over and over."""

import json
import random
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace

import httpx
from pydantic import ValidationError

from integration_journal import models, operations
from integration_journal.answers import checked
from integration_journal.core import Core
from integration_journal.feed import Changes, Place, next_changes
from integration_journal.problems import (
    AccountChanged,
    CursorExpired,
    Forbidden,
    JournalError,
    NotReached,
    NotSignedIn,
    Problem,
    UnreadableAnswer,
)
from integration_journal.retries import ONCE
from integration_journal.sse import EventReader, EventTooLong, ServerEvent
from integration_journal.steps import Close, Read, Steps, Stream, Wait, call, opened

MAX_CHANGES = 200
MAX_SILENCE_SECONDS = 45.0
"""A connection that is silent for so long is dead: the API sends something every 15 seconds."""
MAX_PAUSE_SECONDS = 60.0
_DEFAULT_RETRY_MS = 2000
_STEADY_SECONDS = 30.0
"""A stream that lasted so long was no failure: the next pause is a short one."""
_MEDIA_TYPE = "text/event-stream"
_RENEWS = frozenset({"token_over", "sign_in_ended"})
_PAUSES = {"unavailable": 60.0, "too_many": 15.0}


class Follower:
    """One reader of what changes. Errors of the network and of a busy API are waited out."""

    def __init__(
        self,
        core: Core,
        cursor: str | None,
        stop: threading.Event | None = None,
        *,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Begin after a cursor. `stop` ends it: it is seen when the next part comes, and in a pause at once."""
        self._core, self._stop, self._chance = core, stop, chance
        self._account = core.account
        self._place = Place.begin(cursor)
        self._stream: Stream | None = None
        self._reader, self._since = EventReader(), 0.0
        self._events: deque[ServerEvent] = deque()
        self._failures, self._retry_ms = 0, _DEFAULT_RETRY_MS

    def next(self) -> Steps[Changes | None]:
        """Return the next changes; None when the access has ended, or it was stopped."""
        while not self._is_over:
            try:
                if self._place.has_more or self._place.opened:
                    changes, self._place = yield from next_changes(self._core, self._place, MAX_CHANGES)
                    return changes
                found = yield from self._told()
                if found is not None:
                    return found
            except (NotSignedIn, Forbidden, AccountChanged):
                break
            except NotReached:
                yield from self._pause()
            except Problem as problem:
                if not problem.is_temporary:
                    raise
                yield from self._pause(problem.retry_after or 0.0)
        return None

    def close(self) -> Steps[None]:
        """Hang up."""
        stream, self._stream = self._stream, None
        self._events.clear()
        if stream is not None:
            yield Close(stream)

    @property
    def _is_over(self) -> bool:
        is_stopped = self._stop is not None and self._stop.is_set()
        account = self._core.account
        return is_stopped or account is None or self._account is None or account.account_id != self._account.account_id

    def _told(self) -> Steps[Changes | None]:
        """Return what the stream tells next; None if it must be looked at anew what to do."""
        if self._stream is None:
            try:
                yield from self._open()
            except CursorExpired:
                return self._begun_anew()
        if not self._events:
            yield from self._read()
            return None
        event = self._events.popleft()
        if event.event == "message":
            return self._changed(event)
        if event.event == "end":
            return (yield from self._ended(event))
        return None

    def _open(self) -> Steps[None]:
        response = yield from self._core.send(operations.stream_events(), ONCE, self._account, self._ask)
        self._stream, self._reader, self._since = Stream(response), EventReader(), self._core.monotonic()

    def _ask(self, message: httpx.Request) -> Steps[httpx.Response]:
        message.headers["Accept"] = f"{_MEDIA_TYPE}, application/json"
        if self._place.cursor is not None:
            message.headers["Last-Event-ID"] = self._place.cursor
        message.extensions["timeout"] = httpx.Timeout(MAX_SILENCE_SECONDS).as_dict()
        response = yield from opened(message)
        try:
            return checked(response, _MEDIA_TYPE)
        except JournalError:
            yield Close(Stream(response))
            raise

    def _read(self) -> Steps[None]:
        """Read a part. A stream that breaks off, also in the midst of an event, is opened again after a pause."""
        stream = self._stream
        assert stream is not None  # noqa: S101  it was opened above
        try:
            yield Read(stream)
            self._events.extend(self._reader.feed(stream.part or b""))
        except (httpx.HTTPError, EventTooLong):
            stream.part = None
        if self._reader.retry_ms is not None:
            self._retry_ms = self._reader.retry_ms
        if stream.part is None:
            yield from self._pause()

    def _changed(self, event: ServerEvent) -> Changes:
        try:
            item = models.ChangeItem.model_validate_json(event.data)
        except ValidationError as error:
            assert self._stream is not None  # noqa: S101  an event is of it
            raise UnreadableAnswer(self._stream.response) from error
        before, cursor = self._place.cursor, event.id or None
        self._place = Place(cursor or before, is_first=False, has_more=False)
        if item.change == "opened" and item.patient_id is not None:
            self._place = replace(self._place, cursor=before, opened=(item.patient_id,), after_charts=cursor or before)
            return Changes([item], before)
        return Changes([item], self._place.cursor)

    def _ended(self, event: ServerEvent) -> Steps[Changes | None]:
        """Do what the last event of a stream asks for."""
        reason = _reason_of(event)
        yield from self.close()
        if reason == "cursor_expired":
            return self._begun_anew()
        must_renew = reason in _RENEWS
        if must_renew:
            yield from self._core.renewed()
        if must_renew or reason == "too_far_behind":
            self._place = replace(self._place, has_more=True)
            if self._core.monotonic() - self._since > _STEADY_SECONDS:
                return None
        yield from self._pause(_PAUSES.get(reason, 0.0))
        return None

    def _begun_anew(self) -> Changes:
        self._place = Place.begin(None)
        return Changes([], None, must_forget=True)

    def _pause(self, least: float = 0.0) -> Steps[None]:
        """Hang up and wait, each time longer, then read the feed: it also serves those who get no stream."""
        yield from self.close()
        if self._since and self._core.monotonic() - self._since > _STEADY_SECONDS:
            self._failures = 0
        self._since = 0.0
        backoff = min(MAX_PAUSE_SECONDS, self._retry_ms / 1000 * 2.0 ** min(self._failures, 30))
        self._failures += 1
        seconds = max(least, backoff * (1 + self._chance()) / 2)
        stop = self._stop
        if stop is None:
            yield Wait(seconds)
        else:
            yield from call(lambda: stop.wait(seconds))
        self._place = replace(self._place, has_more=True)


def _reason_of(event: ServerEvent) -> str:
    try:
        read = json.loads(event.data)
    except ValueError:
        return ""
    return str(read.get("reason", "")) if isinstance(read, dict) else ""
