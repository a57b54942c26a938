"""The worklist: what waits, for whom, and that it costs the same in any clinic."""

import sqlite3
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg

from integration_api.access.actor import Role
from integration_api.access.audience import AUDIENCES
from integration_api.core.ids import derived_id, new_id
from integration_api.resources.attention.worklist import statements as sql
from integration_api.resources.attention.worklist.tables import TaskKind, TaskRow
from integration_api.resources.views.home.task_statements import LIST_TASKS
from integration_api.settings import Settings
from integration_api.storage.database import Step
from tests.support import Person, World


async def wait_for(world: World, person: Person, chart: str, hours: int) -> TaskRow:
    """Something waits for this person."""
    now = world.api.clock()
    row = TaskRow(
        clinic_id=world.clinic_id,
        id=new_id(),
        account_id=UUID(person.id),
        patient_id=UUID(chart),
        kind=TaskKind.REFLECTION_TO_REVIEW,
        subject_id=uuid4(),
        urgency_rank=3,
        opened_at=now,
        due_at=now + timedelta(hours=hours),
    )
    values = {**row.__dict__, **person.ambient(), "scope_team": True}
    await world.api.runtime.database.apply([Step(sql.INSERT_TASK, values)])
    return row


def test_tasks_about_things_of_one_millisecond_are_told_as_different_things() -> None:
    """Two sessions that one program made at once are two: what is told of one does not hide the other."""
    first = new_id()
    subjects = [first, derived_id(first, b"another one")]
    assert len({one.int >> 80 for one in subjects}) == 1
    now = datetime(2026, 12, 1, tzinfo=UTC)
    told = [
        changed.id
        for subject_id in subjects
        for kind in (TaskKind.REMS_FORM_REMINDER, TaskKind.REMS_FORM_OVERDUE)
        for changed in AUDIENCES["tasks"].of(
            TaskRow(
                clinic_id=new_id(),
                id=new_id(),
                account_id=None,
                patient_id=new_id(),
                kind=kind,
                subject_id=subject_id,
                urgency_rank=2,
                opened_at=now,
                due_at=now,
            ),
            None,
        )
    ]
    assert len(set(told)) == len(told) == 4


async def test_what_closes_first_comes_first_and_pages_go_on(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    rows = [await wait_for(world, therapist, chart, hours) for hours in (5, 1, 3, 2, 4)]
    wanted = [str(row.id) for row in sorted(rows, key=lambda row: row.due_at)]
    first = await therapist.get("/worklist", params={"limit": 3})
    second = await therapist.get("/worklist", params={"limit": 3, "cursor": first["next_cursor"]})
    assert [item["id"] for item in first["items"] + second["items"]] == wanted
    assert (first["waiting"], second["waiting"], second["next_cursor"]) == (5, 5, None)


async def test_it_is_each_clinician_s_own_and_follows_the_team(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    await wait_for(world, therapist, chart, 1)
    assert (await other.get("/worklist"))["waiting"] == 0
    added = await therapist.post(f"/patients/{chart}/care-team", {"account_id": other.id, "role": "therapist"})
    assert (await other.get("/worklist"))["waiting"] == 1
    mine = next(m for m in (await other.get(f"/patients/{chart}/care-team"))["items"] if m["id"] != added["id"])
    await other.delete(f"/patients/{chart}/care-team/{mine['id']}", match=mine["version"])
    assert (await therapist.get("/worklist"))["items"] == []
    assert (await therapist.get("/worklist"))["waiting"] == 0


async def test_who_has_one(world: World) -> None:
    assert (await world.admin.get("/worklist"))["items"] == []
    await (await world.staff(Role.AUDITOR)).get("/worklist", expect=403)
    await (await world.patient_of(await world.therapist())).get("/worklist", expect=403)


async def test_page_and_count_enter_one_short_index(world: World, settings: Settings) -> None:
    """Whatever the clinic holds, the plan starts at the account's own tasks."""
    therapist = await world.therapist()
    values = {
        **therapist.ambient(),
        "actor_is_supervisor": False,
        "scope_team": True,
        "cursor_rank": 0,
        "cursor_at": world.api.clock(),
        "cursor_id": new_id(),
    }
    for read in (LIST_TASKS, sql.COUNT_TASKS):
        if settings.database_url is None:
            compiled = read.compiled("sqlite")
            arguments = compiled.arguments({**values, "page_rows": 26})
            with sqlite3.connect(settings.sqlite_path) as connection:
                plan = " ".join(
                    str(row[-1]) for row in connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", arguments)
                )
            assert "ix_tasks_account" in plan
            assert "SCAN tasks" not in plan
        else:
            compiled = read.compiled("postgresql")
            connection = await asyncpg.connect(settings.database_url.get_secret_value())
            for way in ("enable_seqscan", "enable_sort"):  # the table of this test is too small to need an index
                await connection.execute(f"SET {way} = off")
            rows = await connection.fetch(f"EXPLAIN {compiled.sql}", *compiled.arguments({**values, "page_rows": 26}))
            await connection.close()
            plan = "\n".join(row[0] for row in rows)
            assert "ix_tasks_account" in plan
            assert "Sort" not in plan
