"""A suicide screen that staff entered in error ends no hold: once it is withdrawn, the flags hold doses again."""

import pytest

from tests.factories.doses import dose
from tests.factories.flags import events, flags
from tests.factories.measure_responses import answered
from tests.factories.readiness import ready_session
from tests.resources.care.test_flag_holds import NO_RISK, chart_of, held_by
from tests.support import Json, World

PART: Json = {**NO_RISK, "asq.1": None}


@pytest.mark.parametrize("way", ["withdrawn", "no_whole_screen", "before_the_call"])
async def test_a_screen_entered_in_error_ends_no_hold(world: World, way: str) -> None:
    therapist, _, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    before = world.api.clock().isoformat()
    world.api.clock.advance(minutes=5)
    await patient.post("/help", expect=200)
    world.api.clock.advance(minutes=1)
    screen = await answered(therapist, chart, instrument_id="asq", answers=NO_RISK)
    [flag] = await flags(therapist, rule="R06")
    assert flag["hold_ended_at"] is not None
    world.api.clock.advance(minutes=1)
    facts: Json = {"instrument_id": "asq", "corrects_id": screen["id"], "correction_reason": "The wrong chart."}
    if way == "withdrawn":
        path = f"/measure-responses/{screen['id']}/withdraw"
        await therapist.post(path, {"reason": "The wrong chart."}, match=screen["version"], expect=200)
    elif way == "no_whole_screen":
        await answered(therapist, chart, answers=PART, **facts)
    else:
        await answered(therapist, chart, answers=NO_RISK, completed_at=before, **facts)
    [flag] = await flags(therapist, rule="R06")
    assert flag["hold_ended_at"] is None
    assert [one["kind"] for one in await events(therapist, flag)][-2:] == ["hold_ended", "held_again"]
    assert "flag.R06" in await held_by(therapist, made)


async def test_a_correction_that_is_a_whole_screen_ends_the_hold_all_the_same(world: World) -> None:
    therapist, _, patient, chart = await chart_of(world)
    made = await ready_session(therapist, chart)
    await patient.post("/help", expect=200)
    world.api.clock.advance(minutes=1)
    screen = await answered(therapist, chart, instrument_id="asq", answers=NO_RISK)
    facts: Json = {"corrects_id": screen["id"], "correction_reason": "A wrong click."}
    await answered(therapist, chart, instrument_id="asq", answers=NO_RISK, **facts)
    [flag] = await flags(therapist, rule="R06")
    assert "held_again" not in [one["kind"] for one in await events(therapist, flag)]
    await dose(therapist, made)
