"""The tasks of the team that a session opens: readiness before a dose, a note afterwards."""

from datetime import timedelta

from integration_api.access.actor import Role
from tests.factories import notes
from tests.factories.readiness import clear
from tests.factories.sessions import move, session, started_session
from tests.support import Json, Person, World, enter_again

DOSING: Json = {"phase": "dosing", "intention": "To rest"}


async def waits(person: Person, subject: Json) -> list[str]:
    """The kinds of tasks about this thing on the person's worklist."""
    found = (await person.get("/worklist", params={"limit": 100}))["items"]
    return [task["kind"] for task in found if task["subject_id"] == subject["id"]]


async def later(*people: Person, **by: float) -> None:
    """Move the clock, and sign these people in again."""
    people[0].api.clock.advance(**by)
    for person in people:
        await enter_again(person)


async def past_session(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A session of one hour that is over for two."""
    began = therapist.api.clock() - timedelta(hours=3)
    times = {"planned_start_at": began.isoformat(), "planned_end_at": (began + timedelta(hours=1)).isoformat()}
    made = await session(therapist, patient_id, **times, **facts)
    begun = await move(therapist, made, "start", started_at=began.isoformat())
    return await move(therapist, begun, "complete", ended_at=times["planned_end_at"])


async def chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient_id = world.chart_id(await world.patient_of(therapist))
    return therapist, await notes.join(world, therapist, patient_id, Role.PRESCRIBER), patient_id


async def test_a_session_that_began_waits_for_a_note_once_it_is_over(world: World) -> None:
    therapist, prescriber, patient_id = await chart(world)
    made = await started_session(therapist, patient_id)
    assert await waits(therapist, made) == []
    await later(therapist, prescriber, hours=3)
    for person in (therapist, prescriber):
        assert await waits(person, made) == ["session_to_document"]


async def test_a_draft_takes_it_off_its_authors_worklist_and_a_signature_off_all(world: World) -> None:
    therapist, prescriber, patient_id = await chart(world)
    made = await past_session(therapist, patient_id)
    begun = await notes.draft(therapist, patient_id, session_id=made["id"])
    assert await waits(therapist, made) == []
    assert await waits(prescriber, made) == ["session_to_document"]
    await notes.sign(therapist, begun)
    assert await waits(prescriber, made) == []


async def test_a_deleted_draft_brings_it_back_unless_there_is_another_note(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    made = await past_session(therapist, patient_id)
    first, second = [await notes.draft(therapist, patient_id, session_id=made["id"]) for _ in range(2)]
    await therapist.delete(f"/notes/{first['id']}", first["version"])
    assert await waits(therapist, made) == []
    await therapist.delete(f"/notes/{second['id']}", second["version"])
    assert await waits(therapist, made) == ["session_to_document"]


async def test_a_note_in_error_brings_it_back(world: World) -> None:
    therapist, prescriber, patient_id = await chart(world)
    made = await past_session(therapist, patient_id)
    signed = await notes.sign(therapist, await notes.draft(therapist, patient_id, session_id=made["id"]))
    path = f"/notes/{signed['id']}/enter-in-error"
    await therapist.post(path, {"reason": "Of another chart."}, match=signed["version"], expect=200)
    for person in (therapist, prescriber):
        assert await waits(person, made) == ["session_to_document"]


async def test_a_note_that_was_begun_before_the_session_counts_once_it_is_signed(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    began = therapist.api.clock() - timedelta(hours=3)
    planned = await session(therapist, patient_id, planned_start_at=began.isoformat())
    begun = await notes.draft(therapist, patient_id, session_id=planned["id"])
    started = await move(therapist, planned, "start", started_at=began.isoformat())
    await move(therapist, started, "complete")
    assert await waits(therapist, planned) == ["session_to_document"]
    await notes.sign(therapist, begun)
    assert await waits(therapist, planned) == []


async def test_no_note_is_waited_for_if_nobody_came(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    for step in ("no-show", "cancel"):
        made = await move(therapist, await session(therapist, patient_id), step, reason="No answer.")
        await later(therapist, hours=30)
        assert await waits(therapist, made) == []


async def test_readiness_waits_from_a_week_before_a_dose_until_the_session_begins(world: World) -> None:
    therapist, prescriber, patient_id = await chart(world)
    start = world.api.clock() + timedelta(days=9)
    made = await session(therapist, patient_id, **DOSING, planned_start_at=start.isoformat())
    assert await waits(therapist, made) == []
    await later(therapist, prescriber, days=3)
    for person in (therapist, prescriber):
        assert await waits(person, made) == ["readiness_to_check"]
    moved = await therapist.patch(
        f"/sessions/{made['id']}", {"planned_start_at": (start + timedelta(days=20)).isoformat()}, made["version"]
    )
    assert await waits(therapist, moved) == []
    await later(therapist, days=20)
    assert await waits(therapist, moved) == ["readiness_to_check"]
    await move(therapist, moved, "start")
    assert await waits(therapist, moved) == []


async def test_readiness_waits_no_more_once_all_is_met_or_the_session_is_off(world: World) -> None:
    therapist, prescriber, patient_id = await chart(world)
    soon = {**DOSING, "planned_start_at": (world.api.clock() + timedelta(days=2)).isoformat()}
    ready = await session(therapist, patient_id, **soon)
    assert await waits(therapist, ready) == ["readiness_to_check"]
    checked = await clear(therapist, ready, 0, prescriber)
    assert checked["state"] == "ready"
    assert await waits(therapist, ready) == []
    await clear(therapist, ready, checked["version"], prescriber, escort={"status": "not_met"})
    assert await waits(therapist, ready) == ["readiness_to_check"]
    off = await session(therapist, patient_id, **soon)
    assert await waits(therapist, off) == ["readiness_to_check"]
    await move(therapist, off, "cancel", reason="Ill.")
    assert await waits(therapist, off) == []
