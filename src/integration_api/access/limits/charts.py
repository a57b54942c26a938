"""The rate limit of charts opened: somebody who walks through many is stopped, and privacy officers are told.

Source: docs/adr/0018. The memory of a process (`opened.py`) says when the ledger has to be asked.
"""

from datetime import timedelta

from integration_api.access.actor import Role
from integration_api.access.limits import chart_statements as sql
from integration_api.access.limits.buckets import Bucket, Limit, give_back
from integration_api.access.limits.opened import DEFAULT_CHARTS_PER_TEN_MINUTES, WINDOW, seconds_until_free
from integration_api.access.notices import tell_role
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.ledger.events import CHART_LIMIT_EXCEEDED, Outcome
from integration_api.web.errors import Invalid, TooManyRequests

SIGNAL = Limit(1, timedelta(hours=1))
_TOO_MANY = (
    "You have opened as many charts as ten minutes allow. Those that you opened stay open, and names of your own "
    "patients can be listed. Wait as long as Retry-After says, then open others."
)


async def check(work: Work) -> None:
    """Check that the actor may open this Work's charts, in addition to those of the last ten minutes.

    The count is of the ledger's rows and of the charts that this process let through since, which the ledger may lack.
    Nothing is awaited between counting and letting through. Charts opened within the window stay open, so that
    treatment can go on. Raises TooManyRequests, or Invalid for a page that no wait allows; then the privacy officers
    are told, once an hour.
    """
    memory, actor_id = work.runtime.opened_charts, work.actor.id
    if seconds := memory.seconds_full(actor_id, work.charts, work.now):
        await _signal(work)
        raise TooManyRequests(seconds, _TOO_MANY)
    policies = (await work.get(sql.CLINIC_POLICIES)).policies
    limit = policies.get("charts_per_ten_minutes", DEFAULT_CHARTS_PER_TEN_MINUTES)
    rows = await work.all(sql.CHARTS_OPENED, since=work.now - WINDOW)
    opened = {row.patient_id: row.at for row in rows}
    for chart, at in memory.let_through(actor_id, work.now).items():
        opened[chart] = max(at, opened.get(chart, at))
    if limit and len(work.charts) > limit and not opened.keys() >= work.charts:
        await _signal(work)
        message = f"would open more than {limit} charts, which ten minutes allow; ask for fewer"
        raise Invalid(errors=[{"field": "query.limit", "code": "too_many_charts", "message": message}])
    if seconds := seconds_until_free(opened, work.charts, limit, work.now):
        memory.learn(actor_id, opened, limit, work.now)
        await _signal(work)
        raise TooManyRequests(seconds, _TOO_MANY)
    memory.learn(actor_id, opened | dict.fromkeys(work.charts, work.now), limit, work.now)


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
