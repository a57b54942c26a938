"""The feed tells nobody of a thing that was taken back before they came: neither its changes nor its removal."""

from datetime import timedelta
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.app import sealer_of
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.ledger.change_statements import DUE_CHANGES
from integration_api.ledger.due import ledger_row
from integration_api.storage.database import Step
from tests.factories import notes
from tests.factories.care_teams import join
from tests.factories.feeds import client, seal
from tests.factories.reflections import submitted
from tests.factories.streams import listening
from tests.support import Json, Person, World, enter


def told_of(told: list[Json], kind: str) -> list[tuple[str, str]]:
    return [(item["id"], item["change"]) for item in told if item["kind"] == kind]


def in_minutes(world: World, minutes: int) -> str:
    return (world.api.clock() + timedelta(minutes=minutes)).isoformat()


async def unshare(patient: Person, one: Json) -> Json:
    made: Json = await patient.post(f"/reflections/{one['id']}/unshare", match=one["version"], expect=200)
    return made


async def share_later(world: World, patient: Person, one: Json, minutes: int) -> Json:
    body = {"release_at": in_minutes(world, minutes)}
    made: Json = await patient.post(f"/reflections/{one['id']}/share", body, match=one["version"], expect=200)
    return made


async def withhold(world: World, therapist: Person, note: Json, minutes: int) -> Json:
    body = {"state": "withheld", "reason_code": "requested_by_patient", "until": in_minutes(world, minutes)}
    made: Json = await therapist.put(f"/notes/{note['id']}/sharing", body, note["version"])
    return made


async def test_who_joins_later_is_told_of_an_entry_at_its_release_and_never_before(world: World) -> None:
    therapist, late = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    first = await submitted(patient, share=True)
    await seal(world)
    early = await client(therapist)
    taken_back = await unshare(patient, first)
    await seal(world)
    assert told_of(await early.poll(), "reflection") == [(first["id"], "gone")]
    await join(therapist, world.chart_id(patient), late)
    await seal(world)
    staff = await client(late)
    async with listening(late) as stream:
        await share_later(world, patient, taken_back, 20)
        await seal(world)
        await stream.look()
        assert stream.words("reflection") == []
    assert told_of(await staff.poll(), "reflection") == []
    assert ("reflection", first["id"]) not in staff.ever
    assert told_of(await early.poll(), "reflection") == [], "what was hidden and stays so has no word"
    world.api.clock.advance(minutes=30)
    await seal(world)
    for one in (staff, early):
        assert told_of(await one.poll(), "reflection") == [(first["id"], "changed")]
    again = await patient.get(f"/reflections/{first['id']}")
    await unshare(patient, again)
    await seal(world)
    for one in (staff, early):
        assert told_of(await one.poll(), "reflection") == [(first["id"], "gone")]


async def test_a_patient_who_comes_later_is_not_told_of_a_note_that_stays_withheld(world: World) -> None:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    note = await notes.signed_note(therapist, chart["id"])
    await seal(world)
    withheld = await withhold(world, therapist, note, 20)
    await seal(world)
    patient = await enter(world.api, world.clinic_id, (Role.PATIENT,), "Rowan Sample", UUID(chart["id"]))
    await seal(world)
    own = await client(patient)
    async with listening(patient) as stream:
        await withhold(world, therapist, withheld, 40)
        await seal(world)
        await stream.look()
        assert stream.words("note") == []
    assert told_of(await own.poll(), "note") == []
    world.api.clock.advance(minutes=30)
    await seal(world)
    assert told_of(await own.poll(), "note") == []
    world.api.clock.advance(minutes=20)
    await seal(world)
    assert told_of(await own.poll(), "note") == [(note["id"], "changed")]


async def test_what_comes_back_in_one_batch_is_told_once_it_is_released(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await seal(world)
    staff = await client(therapist)
    taken_back = await unshare(patient, await submitted(patient, share=True))
    await share_later(world, patient, taken_back, 20)
    await seal(world)
    assert told_of(await staff.poll(), "reflection") == [(taken_back["id"], "gone")]
    world.api.clock.advance(minutes=30)
    await seal(world)
    assert told_of(await staff.poll(), "reflection") == [(taken_back["id"], "changed")]


async def test_taken_back_and_put_off_in_one_batch_it_is_gone_for_who_saw_it_alone(world: World) -> None:
    therapist, late = await world.therapist(), await world.therapist()
    patient = await world.patient_of(therapist)
    first = await submitted(patient, share=True)
    await seal(world)
    early = await client(therapist)
    put_off = await share_later(world, patient, await unshare(patient, first), 20)
    await seal(world)
    assert told_of(await early.poll(), "reflection") == [(first["id"], "gone")]
    await join(therapist, world.chart_id(patient), late)
    await seal(world)
    staff = await client(late)
    await share_later(world, patient, await unshare(patient, put_off), 40)
    await seal(world)
    assert told_of(await staff.poll(), "reflection") == []
    assert told_of(await early.poll(), "reflection") == []


async def test_what_is_put_off_when_its_time_comes_is_told_at_the_later_time(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await seal(world)
    staff = await client(therapist)
    made = await submitted(patient, share=True, release_at=in_minutes(world, 20))
    await seal(world)
    world.api.clock.advance(minutes=30)
    await share_later(world, patient, await unshare(patient, made), 20)
    await seal(world)
    told = told_of(await staff.poll(), "reflection")
    assert told in ([], [(made["id"], "gone")]), "it could be read for ten minutes"
    world.api.clock.advance(minutes=30)
    await seal(world)
    assert told_of(await staff.poll(), "reflection") == [(made["id"], "changed")]


async def test_what_time_tells_too_late_does_not_undo_what_was_put_off(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await seal(world)
    staff = await client(therapist)
    made = await submitted(patient, share=True, release_at=in_minutes(world, 20))
    await seal(world)
    world.api.clock.advance(minutes=30)
    database, now = world.api.runtime.database, world.api.clock()
    asked = {"clinic_id": world.clinic_id, "now": now, "page_rows": 500}
    due = [row for row in await database.all(DUE_CHANGES, asked) if row.kind == "reflection"]
    await share_later(world, patient, await unshare(patient, made), 20)
    await sealer_of(world.api.runtime).seal(world.clinic_id, back=None)
    await database.apply([Step(INSERT_LEDGER, ledger_row(row, now).__dict__) for row in due])
    await sealer_of(world.api.runtime).seal(world.clinic_id, back=None)
    assert [str(row.thing_id) for row in due] == [made["id"]]
    assert told_of(await staff.poll(), "reflection") == [(made["id"], "gone")], "it could be read for ten minutes"
    world.api.clock.advance(minutes=30)
    await seal(world)
    assert told_of(await staff.poll(), "reflection") == [(made["id"], "changed")]


async def test_what_was_seen_by_time_alone_is_gone_once_it_is_taken_back(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    first = await submitted(patient, share=True)
    await seal(world)
    staff = await client(therapist)
    again = await share_later(world, patient, await unshare(patient, first), 20)
    await seal(world)
    await staff.poll()
    world.api.clock.advance(minutes=30)
    await unshare(patient, again)
    await sealer_of(world.api.runtime).seal(world.clinic_id, back=None)
    assert told_of(await staff.poll(), "reflection") == [(first["id"], "gone")]
