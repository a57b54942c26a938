"""Doing the items of a batch: in order, within a bounded time and size."""

import json
from datetime import timedelta

from starlette.responses import Response

from integration_api.access.conflicts import Gone, KeptBoth
from integration_api.access.work import Work
from integration_api.resources.delivery.sync import dispatch
from integration_api.resources.delivery.sync.rules import batch_problems
from integration_api.resources.delivery.sync.schemas import (
    NotAttempted,
    SyncBatch,
    SyncItem,
    SyncResult,
    SyncResults,
)
from integration_api.web.errors import Invalid, NotFound, StaleVersion

MAX_BATCH = timedelta(seconds=10)
"""No item begins later than this after its batch: a phone gives up after 30 seconds, and a proxy too."""
MAX_RESULT_BYTES = 4 * 1024 * 1024
"""No item begins after the results have this size: a refusal for a stale version shows the whole present one."""
_CHANGED_ELSEWHERE = frozenset({StaleVersion.code, KeptBoth.code})
_NOT_THERE = frozenset({NotFound.code, Gone.code})
_MAX_ERRORS, _MIN_ERROR = 50, 400


class _Done:
    """The results so far, and what they mean for the items that follow."""

    def __init__(self) -> None:
        self.results: dict[str, SyncResult] = {}
        self.size = 0
        self._unproven: dict[str, str | None] = {}

    def add(self, item: SyncItem, response: Response) -> None:
        """Keep the response to an item."""
        result = self.results[item.key] = _result(item, response)
        self.size += len(response.body)
        if result.problem is not None and result.problem["code"] not in _NOT_THERE:  # then nothing is overwritten
            self._doubt(item, changed_elsewhere=result.problem["code"] in _CHANGED_ELSEWHERE)

    def leave_out(self, item: SyncItem, reason: NotAttempted) -> None:
        """Keep that an item was not attempted."""
        self.results[item.key] = SyncResult(
            key=item.key, status=None, etag=None, body=None, problem=None, not_attempted=reason
        )
        self._doubt(item, changed_elsewhere=False)

    def _doubt(self, item: SyncItem, *, changed_elsewhere: bool) -> None:
        """Keep that the versions which this item would have made are nobody's, or another's.

        The version that it named may still be the present one, unless the thing has changed elsewhere.
        """
        thing = dispatch.thing_of(item)
        if thing is not None and item.if_match is not None:
            named = None if changed_elsewhere else item.if_match
            self._unproven[thing] = named if self._unproven.get(thing, named) == named else None

    def blocks(self, item: SyncItem) -> bool:
        """Return whether an item must not begin after these.

        A version that was foreseen may be another's, if an earlier item did not make it: the item would overwrite that.
        """
        if any(not _is_done(self.results[key]) for key in item.after):
            return True
        thing = dispatch.thing_of(item)
        if item.if_match is None or thing not in self._unproven:
            return False
        return self._unproven[thing] != item.if_match


async def send_batch(work: Work, body: SyncBatch) -> SyncResults:
    """Do each item as the request that it stands for, and return what became of them. Raises Invalid, ActorChanged.

    An item that fails stops only those that name it in `after`, or whose version it proves wrong.
    """
    if problems := batch_problems(body.items):
        raise Invalid(errors=problems[:_MAX_ERRORS])
    await work.confirm()
    done = _Done()
    for item in body.items:
        reason = _obstacle(work, item, done)
        if reason is None:
            done.add(item, await dispatch.answer(work, item))
        else:
            done.leave_out(item, reason)
    return SyncResults(results=list(done.results.values()))


def _obstacle(work: Work, item: SyncItem, done: _Done) -> NotAttempted | None:
    """Return why an item cannot begin now."""
    if done.blocks(item):
        return NotAttempted.BLOCKED
    if work.runtime.clock() - work.now >= MAX_BATCH:
        return NotAttempted.OUT_OF_TIME
    return NotAttempted.OUT_OF_ROOM if done.size >= MAX_RESULT_BYTES else None


def _is_done(result: SyncResult) -> bool:
    return result.status is not None and result.problem is None


def _result(item: SyncItem, response: Response) -> SyncResult:
    value = json.loads(bytes(response.body)) if response.body else None
    is_problem = response.status_code >= _MIN_ERROR
    return SyncResult(
        key=item.key,
        status=response.status_code,
        etag=response.headers.get("etag"),
        body=None if is_problem else value,
        problem=value if is_problem else None,
        not_attempted=None,
    )
