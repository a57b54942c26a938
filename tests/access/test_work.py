"""Which refusal a unit of work tells, if the database would refuse several of its changes."""

from uuid import UUID

import pytest

from integration_api.access.work import Work
from integration_api.resources.care.courses import operations
from integration_api.resources.care.courses import statements as sql
from integration_api.resources.care.courses.service import load_course
from integration_api.resources.care.courses.tables import CourseRow
from integration_api.storage.statements import STATEMENTS, Change
from integration_api.web.errors import ApiError, IdTaken, NotFound, StaleVersion
from tests.factories.reflections import work_of
from tests.support import Person, World


async def begun(world: World) -> tuple[Work, CourseRow]:
    """A Work of a therapist, and a course in a chart of theirs."""
    therapist: Person = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await therapist.post("/courses", {"patient_id": world.chart_id(patient)})
    work = work_of(therapist, operations.UPDATE_COURSE)
    return work, await load_course(work, UUID(made["id"]))


@pytest.mark.parametrize("is_first", [True, False])
async def test_a_stale_version_is_told_before_what_collides(world: World, *, is_first: bool) -> None:
    work, row = await begun(world)
    if is_first:
        work.change(sql.UPDATE_COURSE, row, expected_version=99)
    work.create(sql.INSERT_COURSE, row)  # there is one with this id
    if not is_first:
        work.change(sql.UPDATE_COURSE, row, expected_version=99)
    work.record(row.id, row.patient_id)
    with pytest.raises(StaleVersion):
        await work.apply()


async def test_of_others_the_first_that_was_collected_is_told(world: World) -> None:
    for missed in ((NotFound, IdTaken), (IdTaken, NotFound)):
        work, row = await begun(world)
        for refusal in missed:
            elsewhere = row.model_copy(update={"patient_id": row.id, "id": row.created_by_id})  # there is no such chart
            work.change(sql.INSERT_COURSE, elsewhere, missed=refusal)
        work.record(row.id, row.patient_id)
        with pytest.raises(ApiError) as told:
            await work.apply()
        assert type(told.value) is missed[0]


def test_updates_go_first_and_nothing_else_does() -> None:
    first = {s.name for s in STATEMENTS.values() if isinstance(s, Change) and s.precedes}
    assert {"update_course", "update_session", "amend_note", "update_plan"} <= first
    assert not first & {"insert_course", "delete_reflection"}
