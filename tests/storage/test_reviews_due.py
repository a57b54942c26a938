"""Ends of flags that waited for a review before they had a due time get one, and the clock asks the next."""

from functools import partial

import sqlalchemy as sa

from integration_api.access.actor import Role
from integration_api.settings import Settings
from tests.applications import application
from tests.factories.care_teams import join
from tests.factories.flags import by_hand, flag_tasks, take, tick
from tests.storage.test_downgrades import at, count_of, migrate
from tests.support import World

BEFORE = "2026_12_01_98"
DUE = "flags WHERE state = 'awaiting_review' AND escalate_at = contact_due_at AND escalations = 0"


def _as_it_was(connection: sa.Connection) -> None:
    connection.exec_driver_sql("UPDATE flags SET escalate_at = NULL, escalations = 2 WHERE state = 'awaiting_review'")


async def test_what_waited_before_is_due_when_its_patient_was_to_be_reached(own: Settings) -> None:
    async with application(own) as api:
        world = await World.build(api)
        therapist, colleague = await world.therapist(), await world.staff(Role.PRESCRIBER)
        supervisor = await world.staff(Role.SUPERVISOR)
        chart = world.chart_id(await world.patient_of(therapist))
        await join(therapist, chart, colleague)
        made = await by_hand(therapist, chart, "critical")
        for step in ("acknowledge", "resolve"):
            made = await take(therapist, made, step)
    await migrate(own, BEFORE)
    assert await at(own, partial(count_of, rows=DUE)) == 1  # a downgrade keeps it
    await at(own, _as_it_was)
    await migrate(own, "head")
    assert await at(own, partial(count_of, rows=DUE)) == 1
    async with application(own) as api:
        world.api = supervisor.api = api
        api.clock.advance(minutes=61)
        assert await tick(world) == 1
        assert await flag_tasks(supervisor) == [("flag_to_review", "critical")]
