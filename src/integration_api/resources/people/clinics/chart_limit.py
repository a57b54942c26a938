"""Stopping somebody who walks through many charts, and saying so."""

from collections.abc import Collection
from datetime import timedelta
from typing import NoReturn
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.limits import chart_statements as sql
from integration_api.access.limits.buckets import Bucket, Limit, give_back
from integration_api.access.limits.charts import WINDOW, seconds_until
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.ledger.events import Event, Outcome
from integration_api.resources.attention.notices.service import tell_role
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.web.errors import TooManyRequests

SIGNAL = Limit(1, timedelta(hours=1))


async def check_volume(work: Work, charts: Collection[UUID]) -> None:
    """Whether the actor may be shown these charts on top of what the ledger says was shown in the last ten minutes.

    And on top of what this process let through meanwhile, which the ledger may not say yet: nothing is awaited between
    counting and letting through. Charts that were shown in that time stay open: whoever is being treated goes on being
    treated. Raises TooManyRequests; then the privacy officers are told, once an hour.
    """
    memory, actor_id = work.runtime.volume, work.actor.id
    if seconds := memory.seconds_full(actor_id, work.now):
        await _refuse(work, seconds)
    limit = policy((await load_clinic(work)).policies, "charts_per_ten_minutes")
    rows = await work.all(sql.CHARTS_SHOWN, since=work.now - WINDOW)
    shown = memory.let_through(actor_id, work.now) | {row.patient_id: row.at for row in rows}
    after = shown | dict.fromkeys(charts, work.now)
    if limit and len(after) > limit and len(after) > len(shown):
        memory.learn(actor_id, shown, limit - len(shown), work.now)
        earliest = sorted(shown.values())[: len(after) - limit]
        await _refuse(work, seconds_until(max(earliest, default=work.now) + WINDOW, work.now))
    memory.learn(actor_id, after, limit - len(after) if limit else len(after), work.now)


async def _refuse(work: Work, seconds: int) -> NoReturn:
    await _signal(work)
    raise TooManyRequests(seconds)


async def _signal(work: Work) -> None:
    """In place of what the request would have done: one row of the ledger and one notice an hour and account."""
    bucket = Bucket.of(work, SIGNAL, "volume signal", work.actor.id.bytes)
    work.forget()
    if await bucket.take(work):
        return
    logs.event("volume_exceeded", logs.WARNING, request_id=work.request_id)
    work.record(Event.SECURITY_VOLUME_EXCEEDED, work.actor.id, outcome=Outcome.DENIED)
    tell_role(work, Role.PRIVACY_OFFICER, Event.SECURITY_VOLUME_EXCEEDED, work.actor.id)
    try:
        await work.apply()
    except Exception:
        await give_back(work, [bucket])
        raise
    work.forget()
