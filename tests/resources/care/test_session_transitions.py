"""How a session begins and ends."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from integration_api.access.actor import Role
from integration_api.resources.care.sessions.rules import (
    POSSIBLE,
    SessionStep,
    allowed_actions,
    end_of,
    missing_items,
)
from integration_api.resources.care.sessions.tables import PersonRole, Phase, SessionState
from integration_api.web.errors import Invalid
from integration_api.web.instants import MAX_CLOCK_SKEW, check_not_in_future
from tests.factories.sessions import completed_session, move, session, started_session
from tests.support import Json, Person, World

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
STEPS = {"start": "start", "complete": "complete", "cancel": "cancel", "no-show": "no_show"}


async def chart(world: World) -> tuple[Person, str]:
    therapist = await world.therapist()
    return therapist, world.chart_id(await world.patient_of(therapist))


async def step(therapist: Person, made: Json, name: str, body: object = None, expect: int = 200) -> Json:
    answer: Json = await therapist.post(f"/sessions/{made['id']}/{name}", body, expect=expect, match=made["version"])
    return answer


def when(value: str) -> datetime:
    return datetime.fromisoformat(value)


def test_rules_of_completing() -> None:
    missing = partial(missing_items, has_dosing_record=True)
    assert missing_items(Phase.INTEGRATION, [PersonRole.THERAPIST], None, has_dosing_record=False) == []
    assert missing_items(Phase.DOSING, ["monitor"], "To rest", has_dosing_record=False) == ["dosing_record"]
    assert missing(Phase.DOSING, ["monitor"], "To rest") == []
    assert missing(Phase.DOSING, [PersonRole.PRESCRIBER], " \n") == ["intention"]
    assert missing(Phase.DOSING, ["support_person", "interpreter", "other"], None) == ["staff_person", "intention"]


def test_rules_of_time() -> None:
    check_not_in_future("body.ended_at", NOW + MAX_CLOCK_SKEW, NOW)
    check_not_in_future("body.ended_at", None, NOW)
    with pytest.raises(Invalid):
        check_not_in_future("body.ended_at", NOW + MAX_CLOCK_SKEW + timedelta(seconds=1), NOW)
    assert end_of(NOW + timedelta(minutes=2), NOW) == NOW + timedelta(minutes=2)
    assert end_of(NOW - timedelta(hours=2), NOW) == end_of(None, NOW) == NOW


def test_what_is_allowed_follows_state_and_policy() -> None:
    for state in SessionState:
        assert allowed_actions(state, [Role.THERAPIST]) == list(POSSIBLE[state])
        assert allowed_actions(state, [Role.SUPERVISOR, Role.PRESCRIBER]) == list(POSSIBLE[state])
        for role in (Role.PATIENT, Role.SUPERVISOR, Role.CLINIC_ADMIN, Role.AUDITOR):
            assert allowed_actions(state, [role]) == []
    assert allowed_actions(SessionState.IN_PROGRESS, [Role.THERAPIST]) == [
        SessionStep.UPDATE,
        SessionStep.COMPLETE,
        SessionStep.CANCEL,
    ]


async def test_from_planned_to_completed_without_a_body(world: World) -> None:
    therapist, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    begun = await step(therapist, made, "start")
    assert (begun["state"], begun["version"], begun["ended_at"]) == ("in_progress", 2, None)
    assert begun["started_at"] == begun["updated_at"]
    assert begun["allowed_actions"] == ["update", "complete", "cancel"]
    done = await step(therapist, begun, "complete")
    assert (done["state"], done["version"], done["started_at"]) == ("completed", 3, begun["started_at"])
    assert done["ended_at"] == done["updated_at"]
    assert await therapist.get(f"/sessions/{made['id']}") == done


async def test_told_times_are_kept_in_utc(world: World) -> None:
    therapist, patient_id = await chart(world)
    begun = await step(
        therapist, await session(therapist, patient_id), "start", {"started_at": "2026-05-04T12:00:00+02:00"}
    )
    done = await step(therapist, begun, "complete", {"ended_at": "2026-05-04T11:30:00.25Z"})
    assert (done["started_at"], done["ended_at"]) == ("2026-05-04T10:00:00Z", "2026-05-04T11:30:00.250000Z")
    assert (await therapist.get(f"/sessions/{done['id']}"))["ended_at"] == done["ended_at"]


async def test_an_end_before_the_start_is_refused(world: World) -> None:
    therapist, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    now = world.api.clock()
    begun = await step(therapist, made, "start", {"started_at": (now - timedelta(hours=1)).isoformat()})
    wrong = (now - timedelta(hours=2)).isoformat()
    refused = await step(therapist, begun, "complete", {"ended_at": wrong}, expect=422)
    assert [error["field"] for error in refused["errors"]] == ["body.ended_at"]
    await step(therapist, begun, "complete", {"ended_at": begun["started_at"]})


@pytest.mark.parametrize("end", ["complete", "cancel"])
async def test_a_clock_that_runs_ahead_never_makes_an_end_before_the_start(world: World, end: str) -> None:
    therapist, patient_id = await chart(world)
    ahead = (world.api.clock() + timedelta(minutes=4)).isoformat()
    begun = await step(therapist, await session(therapist, patient_id), "start", {"started_at": ahead})
    done = await step(therapist, begun, end)
    assert when(done["ended_at"]) == when(begun["started_at"]) == when(ahead)


async def test_a_session_that_is_called_off_or_missed_keeps_the_reason(world: World) -> None:
    therapist, patient_id = await chart(world)
    for name, state in (("cancel", "cancelled"), ("no-show", "no_show")):
        ended = await step(therapist, await session(therapist, patient_id), name, {"reason": "Snow on the road"})
        assert (ended["state"], ended["end_reason"], ended["ended_at"]) == (state, "Snow on the road", None)
        assert await therapist.get(f"/sessions/{ended['id']}") == ended
        assert (await step(therapist, await session(therapist, patient_id), name))["end_reason"] is None
    broken_off = await step(therapist, await started_session(therapist, patient_id), "cancel")
    assert (broken_off["state"], broken_off["ended_at"]) == ("cancelled", broken_off["updated_at"])


@pytest.mark.thorough
async def test_an_illegal_step_names_the_possible_ones(world: World) -> None:
    therapist, patient_id = await chart(world)
    planned, begun = await session(therapist, patient_id), await started_session(therapist, patient_id)
    closed = [
        await completed_session(therapist, patient_id),
        await move(therapist, await session(therapist, patient_id), "cancel"),
        await move(therapist, await session(therapist, patient_id), "no-show"),
    ]
    possible = {planned["id"]: ["start", "cancel", "no_show"], begun["id"]: ["complete", "cancel"]}
    for made in (planned, begun, *closed):
        allowed = possible.get(made["id"], [])
        for name, known_as in STEPS.items():
            if known_as not in allowed:
                refused = await step(therapist, made, name, expect=409)
                assert (refused["code"], refused["allowed"]) == ("illegal-transition", allowed)
        assert await therapist.get(f"/sessions/{made['id']}") == made


async def test_completing_names_all_that_is_missing(world: World) -> None:
    therapist, patient_id = await chart(world)
    begun = await started_session(
        therapist, patient_id, phase="dosing", people=[{"role": "support_person"}], intention=" "
    )
    refused = await step(therapist, begun, "complete", expect=409)
    assert (refused["code"], refused["blocking"]) == (
        "not-complete",
        ["staff_person", "intention", "dosing_record"],
    )
    people = [{"role": "support_person"}, {"role": "prescriber", "name": "Imani Vale"}]
    changed = await therapist.patch(f"/sessions/{begun['id']}", {"people": people}, begun["version"])
    assert (await step(therapist, changed, "complete", expect=409))["blocking"] == ["intention", "dosing_record"]
    said = {"intention": "To rest", "no_dose_reason": "Pressure too high."}
    changed = await therapist.patch(f"/sessions/{begun['id']}", said, changed["version"])
    await step(therapist, changed, "complete")
    for phase in ("screening", "preparation", "integration", "follow_up"):
        await completed_session(therapist, patient_id, phase=phase)


async def test_a_step_needs_the_version_that_was_read(world: World) -> None:
    therapist, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    address = f"/sessions/{made['id']}"
    await therapist.post(f"{address}/start", expect=428)
    await therapist.patch(address, {"intention": "x"}, made["version"])
    for name in STEPS:
        await step(therapist, made, name, expect=412)
    assert (await therapist.get(address))["state"] == "planned"


async def test_of_two_that_start_it_at_once_one_does(world: World) -> None:
    therapist, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    answers = await asyncio.gather(
        *(therapist.send("POST", f"/sessions/{made['id']}/start", match=made["version"]) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert (await therapist.get(f"/sessions/{made['id']}"))["version"] == 2


async def test_a_step_that_is_sent_again_is_answered_again(world: World) -> None:
    therapist, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    address = f"/sessions/{made['id']}/start"
    first = await therapist.send("POST", address, match=made["version"], key="start-1")
    again = await therapist.send("POST", address, match=made["version"], key="start-1")
    assert (first.status_code, again.status_code, again.content) == (200, 200, first.content)
    assert again.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("start", {"ended_at": "2026-05-04T10:00:00Z"}),
        ("start", {"started_at": "yesterday"}),
        ("complete", {"started_at": None}),
        ("cancel", {"reason": "x" * 1001}),
        ("no-show", {"reason": " "}),
    ],
)
async def test_a_body_that_does_not_fit_is_refused(world: World, name: str, wrong: Json) -> None:
    therapist, patient_id = await chart(world)
    await step(therapist, await session(therapist, patient_id), name, wrong, expect=422)
