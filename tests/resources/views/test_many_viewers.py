"""A care team of more people than one answer names: accounts are counted, in their order, and nobody else."""

from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.viewers import MAX_VIEWERS, ViewerRow
from integration_api.resources.views.visibility.rules import Basis, members
from tests.factories import notes
from tests.factories.care_teams import join
from tests.factories.emergencies import WHY
from tests.factories.sessions import session
from tests.support import Person, World


def row(account_id: UUID, *, is_member: bool) -> ViewerRow:
    return ViewerRow(
        patient_id=uuid4(),
        account_id=account_id,
        name=None,
        roles=["therapist"],
        own_chart_id=None,
        is_member=is_member,
        ends_at=None,
        rules=1,
    )


def test_an_account_with_two_memberships_is_one_viewer() -> None:
    accounts = [UUID(int=number) for number in range(MAX_VIEWERS + 3)]
    found = members(row(one, is_member=is_member) for one in accounts for is_member in (False, True))
    assert [one.row.account_id for one in found] == accounts[:MAX_VIEWERS]
    assert {one.basis for one in found} == {Basis.TEAM}


async def named(person: Person, path: str) -> list[str]:
    return [one["account_id"] for one in (await person.get(f"{path}/visibility"))["viewers"]]


@pytest.mark.thorough
async def test_the_patient_and_who_asks_are_named_in_any_case(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    patient_id = world.chart_id(patient)
    supervisor = await notes.own_supervisor_of(world, therapist, patient_id)
    made, draft = await session(therapist, patient_id), await notes.draft(therapist, patient_id)
    crowd = [await world.therapist() for _ in range(MAX_VIEWERS)]
    for person in crowd:
        await join(therapist, patient_id, person)
    *_, last = crowd
    late = await world.staff(Role.SUPERVISOR, Role.PRESCRIBER)
    await late.post(f"/patients/{patient_id}/emergency-access", WHY)
    await join(therapist, patient_id, late)
    path, everybody = f"/sessions/{made['id']}", sorted(one.id for one in (therapist, supervisor, *crowd))
    assert await named(patient, path) == [patient.id, *everybody[: MAX_VIEWERS - 1]]
    assert await named(last, path) == [patient.id, *everybody[: MAX_VIEWERS - 2], last.id]
    assert await named(late, path) == [patient.id, *everybody[: MAX_VIEWERS - 2], late.id]
    account = await world.admin.get(f"/accounts/{therapist.id}")
    await world.admin.patch(f"/accounts/{therapist.id}", {"supervised_by": late.id}, account["version"])
    assert {*await named(therapist, f"/notes/{draft['id']}")} == {therapist.id, late.id}
