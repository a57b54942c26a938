"""The rate limit of charts shown: somebody who walks through many is stopped, and privacy officers are told.

Source: docs/adr/0018. What a process remembers (`shown.py`) says when the ledger has to be asked.
"""

from datetime import timedelta
from typing import NoReturn

from integration_api.access.actor import Role
from integration_api.access.limits import chart_statements as sql
from integration_api.access.limits.buckets import Bucket, Limit, give_back
from integration_api.access.limits.shown import DEFAULT_CHARTS_PER_TEN_MINUTES, WINDOW, seconds_until
from integration_api.access.notices import tell_role
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.ledger.events import CHART_LIMIT_EXCEEDED, Outcome
from integration_api.web.errors import TooManyRequests

SIGNAL = Limit(1, timedelta(hours=1))


async def check(work: Work) -> None:
    """Check that the actor may be shown this Work's charts, in addition to those of the last ten minutes.

    The count is of the ledger's rows and of the charts that this process let through since, which the ledger may lack.
    Nothing is awaited between counting and letting through. Charts shown within the window stay open, so that treatment
    can go on. Raises TooManyRequests; then the privacy officers are told, once an hour.
    """
    memory, actor_id = work.runtime.shown_charts, work.actor.id
    if seconds := memory.seconds_full(actor_id, work.now):
        await _refuse(work, seconds)
    policies = (await work.get(sql.CLINIC_POLICIES)).policies
    limit = policies.get("charts_per_ten_minutes", DEFAULT_CHARTS_PER_TEN_MINUTES)
    rows = await work.all(sql.CHARTS_SHOWN, since=work.now - WINDOW)
    shown = memory.let_through(actor_id, work.now) | {row.patient_id: row.at for row in rows}
    after = shown | dict.fromkeys(work.charts, work.now)
    if limit and len(after) > limit and len(after) > len(shown):
        memory.learn(actor_id, shown, limit - len(shown), work.now)
        earliest = sorted(shown.values())[: len(after) - limit]
        await _refuse(work, seconds_until(max(earliest, default=work.now) + WINDOW, work.now))
    memory.learn(actor_id, after, limit - len(after) if limit else len(after), work.now)


async def _refuse(work: Work, seconds: int) -> NoReturn:
    await _signal(work)
    raise TooManyRequests(seconds)


async def _signal(work: Work) -> None:
    """Record and tell that the limit was exceeded: one ledger row and one notice for each account and hour."""
    bucket = Bucket.of(work, SIGNAL, "volume signal", work.actor.id.bytes)
    if await bucket.take(work):
        return
    logs.event("volume_exceeded", logs.WARNING, request_id=work.request_id)
    signal = work.anew()
    signal.record(work.actor.id, outcome=Outcome.DENIED, event=CHART_LIMIT_EXCEEDED)
    tell_role(signal, Role.PRIVACY_OFFICER, CHART_LIMIT_EXCEEDED, work.actor.id)
    try:
        await signal.apply()
    except Exception:
        await give_back(work, [bucket])
        raise
