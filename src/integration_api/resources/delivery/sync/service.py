"""Doing the items of a batch: in order, within a bounded time and size."""

import json
from datetime import timedelta

from starlette.responses import Response

from integration_api.access.conflicts import KeptBoth
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
from integration_api.web.errors import Invalid, StaleVersion

MAX_BATCH = timedelta(seconds=10)
"""No item begins later than this after its batch: a phone gives up after 30 seconds, and a proxy too."""
MAX_RESULT_BYTES = 4 * 1024 * 1024
"""No item begins after the results have this size: a refusal for a stale version shows the whole present one."""
_CHANGED_ELSEWHERE = frozenset({StaleVersion.code, KeptBoth.code})
_MAX_ERRORS, _MIN_ERROR = 50, 400


class _Done:
    """The results so far, and what they mean for the items that follow."""

    def __init__(self) -> None:
        self.results: dict[str, SyncResult] = {}
        self.size = 0
        self._changed_elsewhere: set[str] = set()

    def add(self, item: SyncItem, response: Response) -> None:
        """Keep the response to an item."""
        result = self.results[item.key] = _result(item, response)
        self.size += len(response.body)
        thing = dispatch.thing_of(item)
        if thing is not None and result.problem is not None and result.problem["code"] in _CHANGED_ELSEWHERE:
            self._changed_elsewhere.add(thing)

    def leave_out(self, item: SyncItem, reason: NotAttempted) -> None:
        """Keep that an item was not attempted."""
        self.results[item.key] = SyncResult(
            key=item.key, status=None, etag=None, body=None, problem=None, not_attempted=reason
        )

    def blocks(self, item: SyncItem) -> bool:
        """Return whether an item must not begin after these.

        A version that was foreseen may be another's, if the thing had changed elsewhere: the item would overwrite that.
        """
        if any(not _is_done(self.results[key]) for key in item.after):
            return True
        return item.if_match is not None and dispatch.thing_of(item) in self._changed_elsewhere


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
