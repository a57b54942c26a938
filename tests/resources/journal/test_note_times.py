"""A note is signed when its session is over, and can be drafted at any time."""

from datetime import timedelta

import pytest

from tests.factories import sessions
from tests.factories.notes import draft, sign
from tests.support import Json, Person, World


async def _chart(world: World) -> tuple[Person, str]:
    therapist = await world.therapist()
    return therapist, world.chart_id(await world.patient_of(therapist))


async def _planned(therapist: Person, patient_id: str, **hours: float) -> Json:
    """A session planned to begin, and perhaps to end, so many hours from now."""
    now = therapist.api.clock()
    times = {f"planned_{name}_at": (now + timedelta(hours=ahead)).isoformat() for name, ahead in hours.items()}
    return await sessions.session(therapist, patient_id, **times)


@pytest.mark.parametrize("hours", [{"start": 0.5}, {"start": -1, "end": 0.5}])
async def test_no_note_is_signed_before_its_session_is_over(world: World, hours: dict[str, float]) -> None:
    therapist, patient_id = await _chart(world)
    session = await _planned(therapist, patient_id, **hours)
    made = await draft(therapist, patient_id, session_id=session["id"])
    path = f"/notes/{made['id']}"
    assert (await therapist.post(f"{path}/sign", expect=409, match=1))["code"] == "session-not-over"
    assert await therapist.get(path) == made
    world.api.clock.advance(minutes=40)
    assert (await sign(therapist, made))["state"] == "signed"


async def test_a_note_of_a_session_in_progress_is_drafted_only(world: World) -> None:
    therapist, patient_id = await _chart(world)
    planned = await _planned(therapist, patient_id, start=-3, end=-2)
    session = await sessions.move(therapist, planned, "start")
    made = await draft(therapist, patient_id, session_id=session["id"])
    saved = await therapist.patch(f"/notes/{made['id']}", {"sections": {"plan": "More."}}, 1)
    assert (await therapist.post(f"/notes/{made['id']}/sign", expect=409, match=2))["code"] == "session-not-over"
    await sessions.move(therapist, session, "complete")
    assert (await sign(therapist, saved))["state"] == "signed"


@pytest.mark.parametrize("step", ["cancel", "no-show"])
async def test_a_session_that_was_called_off_or_missed_is_over(world: World, step: str) -> None:
    therapist, patient_id = await _chart(world)
    session = await sessions.move(therapist, await _planned(therapist, patient_id, start=1), step)
    assert (await sign(therapist, await draft(therapist, patient_id, session_id=session["id"])))["state"] == "signed"
