"""Doing the items of a batch: in order, within a bounded time and size."""

import json
from collections.abc import Mapping
from datetime import timedelta

from starlette.responses import Response

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
from integration_api.web.errors import Invalid

MAX_BATCH = timedelta(seconds=10)
"""No item begins later than this after its batch: a phone gives up after 30 seconds, and a proxy too."""
MAX_RESULT_BYTES = 4 * 1024 * 1024
"""No item begins after the results have this size: a refusal for a stale version shows the whole present one."""
_MAX_ERRORS, _MIN_ERROR = 50, 400


async def send_batch(work: Work, body: SyncBatch) -> SyncResults:
    """Do each item as the request that it stands for, and return what became of them. Raises Invalid, ActorChanged.

    An item that fails stops only those that name it in `after`.
    """
    if problems := batch_problems(body.items):
        raise Invalid(errors=problems[:_MAX_ERRORS])
    await work.confirm()
    results: dict[str, SyncResult] = {}
    size = 0
    for item in body.items:
        reason = _obstacle(work, item, results, size)
        if reason is not None:
            results[item.key] = _left_out(item, reason)
            continue
        response = await dispatch.answer(work, item)  # in order: an item may build on the one before
        size += len(response.body)
        results[item.key] = _result(item, response)
    return SyncResults(results=list(results.values()))


def _obstacle(work: Work, item: SyncItem, results: Mapping[str, SyncResult], size: int) -> NotAttempted | None:
    """Return why an item cannot begin now."""
    if any(not _is_done(results[key]) for key in item.after):
        return NotAttempted.BLOCKED
    if work.runtime.clock() - work.now >= MAX_BATCH:
        return NotAttempted.OUT_OF_TIME
    return NotAttempted.OUT_OF_ROOM if size >= MAX_RESULT_BYTES else None


def _is_done(result: SyncResult) -> bool:
    return result.status is not None and result.problem is None


def _left_out(item: SyncItem, reason: NotAttempted) -> SyncResult:
    return SyncResult(key=item.key, status=None, etag=None, body=None, problem=None, not_attempted=reason)


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
