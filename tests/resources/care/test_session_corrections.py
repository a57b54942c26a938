"""A session that is over is corrected with a reason: both versions stay, and the correction is labelled."""

from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from tests.factories import care_teams
from tests.factories.sessions import completed_session, move, session, started_session
from tests.support import Json, Person, World

WHY: Json = {"correction_reason": "Two patients were mixed up."}


async def _chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def _correct(therapist: Person, made: Json, expect: int = 200, **facts: object) -> Json:
    answer: Json = await therapist.patch(f"/sessions/{made['id']}", facts, made["version"], expect=expect)
    return answer


async def test_a_correction_is_labelled_and_both_versions_stay(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    done = await completed_session(therapist, patient_id, intention="To rest")
    assert (done["allowed_actions"], done["corrected_at"]) == (["correct"], None)
    begun = (datetime.fromisoformat(done["started_at"]) - timedelta(minutes=30)).isoformat()
    changed = await _correct(therapist, done, started_at=begun, modality="telehealth", **WHY)
    assert (changed["modality"], datetime.fromisoformat(changed["started_at"])) == (
        "telehealth",
        datetime.fromisoformat(begun),
    )
    assert (changed["correction_reason"], changed["corrected_by_id"]) == (WHY["correction_reason"], therapist.id)
    assert (changed["corrected_at"], changed["version"]) == (changed["updated_at"], done["version"] + 1)
    seen = await patient.get(f"/sessions/{done['id']}")
    assert {**seen, "allowed_actions": ["correct"]} == changed
    for person in (therapist, patient):
        kept = (await person.get(f"/sessions/{done['id']}/versions"))["items"]
        assert [item["version"] for item in kept] == [3, 2, 1]
        assert kept[0] == {**done, "allowed_actions": []}
        assert [item["state"] for item in kept] == ["completed", "in_progress", "planned"]


async def test_a_correction_has_an_event_of_its_own(world: World) -> None:
    therapist, patient, patient_id = await _chart(world)
    done = await completed_session(therapist, patient_id)
    await _correct(therapist, done, intention="To rest", **WHY)
    log = (await patient.get("/me/access-log"))["items"]
    assert next(row["event"] for row in log) == "session.corrected"


async def test_without_a_reason_what_is_over_stays(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = [
        await completed_session(therapist, patient_id),
        await move(therapist, await session(therapist, patient_id), "cancel"),
        await move(therapist, await session(therapist, patient_id), "no-show"),
    ]
    for one in made:
        assert (await _correct(therapist, one, 409, modality="telehealth"))["code"] == "session-closed"
        await _correct(therapist, one, 422, correction_reason=" \u200b")
        assert await therapist.get(f"/sessions/{one['id']}") == one
        assert (await _correct(therapist, one, intention="To rest", **WHY))["state"] == one["state"]


async def test_before_its_end_a_session_has_nothing_to_correct(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    for one in (await session(therapist, patient_id), await started_session(therapist, patient_id)):
        for facts in (WHY, {"state": "completed"}, {"started_at": one["created_at"]}, {"end_reason": "Ill"}):
            refused = await _correct(therapist, one, 422, **facts)
            assert [e["code"] for e in refused["errors"]] == ["only_in_correction"]


async def test_a_missed_session_that_took_place_after_all(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    missed = await move(therapist, await session(therapist, patient_id), "no-show", reason="No answer by phone")
    refused = await _correct(therapist, missed, 422, state="completed", **WHY)
    assert [(e["field"], e["code"]) for e in refused["errors"]] == [("body.started_at", "missing")]
    now = world.api.clock()
    began, ended = ((now - timedelta(hours=ago)).isoformat() for ago in (2, 1))
    times: Json = {"started_at": began, "ended_at": ended}
    swapped: Json = {"started_at": ended, "ended_at": began}
    ahead: Json = {**times, "ended_at": (now + timedelta(hours=1)).isoformat()}
    for wrong, code in ((swapped, "before_start"), (ahead, "in_future")):
        refused = await _correct(therapist, missed, 422, state="completed", **wrong, **WHY)
        assert [e["code"] for e in refused["errors"]] == [code]
    right = await _correct(therapist, missed, state="completed", **times, **WHY)
    assert (right["state"], right["end_reason"]) == ("completed", None)
    back = await _correct(therapist, right, state="no_show", end_reason="Never came", **WHY)
    assert (back["state"], back["started_at"], back["ended_at"]) == ("no_show", None, None)
    await _correct(therapist, back, 422, started_at=times["started_at"], **WHY)


async def test_what_completing_needs_a_correction_needs_too(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    missed = await move(therapist, await session(therapist, patient_id, phase="dosing"), "cancel")
    times: Json = dict.fromkeys(("started_at", "ended_at"), (world.api.clock() - timedelta(hours=1)).isoformat())
    refused = await _correct(therapist, missed, 409, state="completed", people=[], **times, **WHY)
    assert (refused["code"], refused["blocking"]) == (
        "not-complete",
        ["staff_person", "intention", "dosing_record"],
    )


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.PATIENT])
async def test_who_does_not_write_sessions_corrects_none(world: World, role: Role) -> None:
    therapist, patient, patient_id = await _chart(world)
    person = patient
    if role is Role.SUPERVISOR:
        person = await world.staff(role)
        await care_teams.join(therapist, patient_id, person)
    done = await completed_session(therapist, patient_id)
    await _correct(person, done, 403, **WHY)
    assert (await person.get(f"/sessions/{done['id']}"))["allowed_actions"] == []


async def test_versions_are_seen_with_the_session(world: World) -> None:
    therapist, _, patient_id = await _chart(world)
    made = await session(therapist, patient_id)
    await (await world.therapist()).get(f"/sessions/{made['id']}/versions", expect=404)
    await world.admin.get(f"/sessions/{made['id']}/versions", expect=403)
    assert (await therapist.get(f"/sessions/{made['id']}/versions"))["items"] == []
