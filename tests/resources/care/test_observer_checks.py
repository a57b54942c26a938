"""Observer checks over HTTP: by the support token alone, late and together, with what to do now."""

from datetime import timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.resources.care.remote_sessions.observer_batches import BATCHES
from integration_api.resources.care.remote_sessions.schemas import MAX_TOKEN_MINUTES
from tests.factories.care_teams import join
from tests.factories.discharges import discharge, overridden
from tests.factories.doses import dose
from tests.factories.orders import prescriber_of
from tests.factories.readiness import holds_of
from tests.factories.remote_sessions import CALM, RECORD, home_session, link, look, observe, support_token
from tests.factories.sessions import move
from tests.support import Api, Json, Person, World, enter_again

ALARMS = [
    ("responds", "to_touch"),
    ("responds", "no"),
    ("breathing", "slow"),
    ("breathing", "none"),
    ("colour", "blue"),
]


async def at_home(world: World) -> tuple[Person, Json, str]:
    """A therapist, a session at home with a dose of now, and the token of its observer."""
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await dose(therapist, made)
    return therapist, made, await support_token(therapist, made)


async def watch(person: Person, made: Json) -> Json:
    found: Json = await person.get(f"/sessions/{made['id']}/observer-watch")
    return found


async def tasks(person: Person, kind: str) -> list[Json]:
    found = (await person.get("/worklist", params={"limit": 100}))["items"]
    return [one for one in found if one["kind"] == kind]


async def test_a_check_is_answered_with_when_to_look_again_and_nothing_else(world: World) -> None:
    therapist, made, token = await at_home(world)
    first_dose_at = world.api.clock()
    world.api.clock.advance(minutes=15)
    seen = look(world.api.clock(), pulse=82, spo2=97, systolic=128, diastolic=82)
    told = await observe(world.api, token, seen)
    assert {*told} == {"next_check_at", "is_alarming", "card", "crisis_resources", "checks", "link_events"}
    assert [(one["id"], one["outcome"], one["ignored"]) for one in told["checks"]] == [(seen["id"], "stored", [])]
    assert (told["is_alarming"], told["card"]) == (False, None)
    assert told["crisis_resources"][0]["kind"] == "emergency"
    assert told["next_check_at"][:16] == (first_dose_at + timedelta(minutes=30)).isoformat()[:16]
    for secret in RECORD["emergency_address"], RECORD["observer"]["name"], made["patient_id"], made["id"]:
        assert secret not in str(told)
    found = await watch(therapist, made)
    [check] = found["checks"]
    assert (check["id"], check["minute"], check["findings"], check["clock_skewed"]) == (seen["id"], 15, [], False)
    assert {name: check[name] for name in CALM} == CALM
    assert found["next_check_at"] == told["next_check_at"]


@pytest.mark.parametrize(("field", "word"), ALARMS)
async def test_an_alarming_check_is_answered_with_the_card(world: World, field: str, word: str) -> None:
    """R10 by the words of a check: a critical task for the whole team, and no further dose."""
    therapist, made, token = await at_home(world)
    prescriber = await prescriber_of(world, therapist, made["patient_id"])
    told = await observe(world.api, token, look(world.api.clock(), **{field: word}))
    assert told["is_alarming"]
    assert told["card"] == {
        "text": "Call 911 now, and say where you are. Then call Ines Orr: +1 555 0144. Stay with them.",
        "local_emergency_number": "911",
        "emergency_address": RECORD["emergency_address"],
        "medical_on_call": RECORD["medical_on_call"],
    }
    [check] = (await watch(therapist, made))["checks"]
    assert [(one["rule"], one["severity"]) for one in check["findings"]] == [("R10", "critical")]
    for person in (therapist, prescriber):
        [task] = await tasks(person, "observer_alarm")
        assert (task["subject_id"], task["urgency"]) == (made["id"], "critical")
    held = await dose(therapist, made, 409, kind="booster")
    assert [(one["item"], one["rule"]) for one in held["holds"]] == [("observer_check", "R10")]
    path = f"/sessions/{made['id']}/holds/{held['holds'][0]['hold_id']}/release"
    await therapist.post(path, {"reason": "Awake again."}, match=1, expect=403)
    await prescriber.post(path, {"reason": "Awake again, seen on video."}, match=1, expect=200)
    await dose(therapist, made, kind="booster")


@pytest.mark.parametrize("numbers", [{"spo2": 89}, {"pulse": 141}, {"pulse": 39}, {"systolic": 181, "diastolic": 90}])
async def test_numbers_are_alarming_too(world: World, numbers: Json) -> None:
    _, _, token = await at_home(world)
    assert (await observe(world.api, token, look(world.api.clock(), **numbers)))["is_alarming"]


@pytest.mark.parametrize(("field", "word"), [("responds", "to_voice"), ("breathing", "noisy"), ("colour", "pale")])
async def test_what_is_unusual_is_not_alarming(world: World, field: str, word: str) -> None:
    therapist, made, token = await at_home(world)
    assert (await observe(world.api, token, look(world.api.clock(), **{field: word})))["card"] is None
    assert await holds_of(therapist, made) == []


async def test_an_alarm_holds_the_next_session_too(world: World) -> None:
    therapist, made, token = await at_home(world)
    await observe(world.api, token, look(world.api.clock(), responds="no"))
    later = await home_session(therapist, made["patient_id"])
    held = await dose(therapist, later, 409)
    assert ("observer_check", "R10") in [(one["item"], one["rule"]) for one in held["holds"]]


async def test_a_second_alarm_opens_nothing_twice_and_holds_again_after_a_release(world: World) -> None:
    therapist, made, token = await at_home(world)
    prescriber = await prescriber_of(world, therapist, made["patient_id"])
    for _ in range(2):
        await observe(world.api, token, look(world.api.clock(), responds="no"))
    assert len(await tasks(therapist, "observer_alarm")) == 1
    [hold] = await holds_of(therapist, made)
    path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
    await prescriber.post(path, {"reason": "Awake again."}, match=1, expect=200)
    await observe(world.api, token, look(world.api.clock(), responds="no"))
    assert len(await holds_of(therapist, made)) == 1


async def test_checks_arrive_late_and_together_once(world: World) -> None:
    therapist, made, token = await at_home(world)
    start = world.api.clock()
    world.api.clock.advance(hours=2)
    looks = [look(start + timedelta(minutes=15 * n)) for n in range(8, 0, -1)]
    for batch in (looks, looks[3:], looks):
        await observe(world.api, token, *batch, events=[link("connected", start)])
    await enter_again(therapist)
    found = await watch(therapist, made)
    assert [one["minute"] for one in found["checks"]] == [15 * n for n in range(1, 9)]
    assert [one["recorded_by_id"] for one in found["link_events"]] == [None] * 3
    assert found["findings"] == []


async def test_a_wrong_clock_loses_no_check(world: World) -> None:
    therapist, made, token = await at_home(world)
    await observe(world.api, token, look("2019-01-01T00:00:00Z"), look("2090-01-01T00:00:00Z"))
    assert [one["clock_skewed"] for one in (await watch(therapist, made))["checks"]] == [True, True]


async def test_a_check_that_is_missed_is_a_finding_and_a_task(world: World) -> None:
    """R25: every 15 minutes, missed five minutes later; until the patient has left."""
    therapist, made, token = await at_home(world)
    start = world.api.clock()
    world.api.clock.advance(minutes=19)
    assert await tasks(therapist, "observer_check_missed") == []
    world.api.clock.advance(minutes=2)
    [task] = await tasks(therapist, "observer_check_missed")
    assert (task["urgency"], task["subject_id"]) == ("high", made["id"])
    await therapist.post(f"/worklist/{task['id']}/done", expect=409)
    [gap] = (await watch(therapist, made))["findings"]
    assert (gap["rule"], gap["severity"], gap["until"]) == ("R25", "high", None)
    assert gap["since"][:16] == start.isoformat()[:16]
    await observe(world.api, token, look(world.api.clock()))
    assert await tasks(therapist, "observer_check_missed") == []
    [gap] = (await watch(therapist, made))["findings"]
    assert gap["until"][:16] == world.api.clock().isoformat()[:16]
    world.api.clock.advance(minutes=21)
    assert len(await tasks(therapist, "observer_check_missed")) == 1
    await discharge(therapist, made, discharged_at=world.api.clock().isoformat())
    assert await tasks(therapist, "observer_check_missed") == []
    assert (await watch(therapist, made))["next_check_at"] is None


async def test_an_old_check_does_not_put_the_next_one_off(world: World) -> None:
    therapist, _, token = await at_home(world)
    start = world.api.clock()
    world.api.clock.advance(minutes=30)
    await observe(world.api, token, look(start + timedelta(minutes=10)))
    assert len(await tasks(therapist, "observer_check_missed")) == 1


async def test_the_end_of_a_session_settles_what_was_missed(world: World) -> None:
    therapist, made, _ = await at_home(world)
    await overridden(therapist, made)
    now = await therapist.get(f"/sessions/{made['id']}")
    await move(therapist, now, "complete")
    world.api.clock.advance(minutes=60)
    await enter_again(therapist)
    assert await tasks(therapist, "observer_check_missed") == []


async def test_who_joins_the_team_is_told_of_a_missed_check(world: World) -> None:
    therapist, made, _ = await at_home(world)
    other = await world.therapist()
    await join(therapist, made["patient_id"], other)
    world.api.clock.advance(minutes=21)
    assert len(await tasks(other, "observer_check_missed")) == 1


async def ended(api: Api, token: str) -> Json:
    """A refusal, alike whatever is wrong; it stores nothing, and says whom to call."""
    await observe(api, token, expect=401)
    refused = await observe(api, token, look(api.clock()), expect=401)
    assert refused["code"] == "support-ended"
    assert refused["crisis_lines"]
    return refused


async def test_a_revoked_token_ends_at_the_next_request(world: World) -> None:
    therapist, made, token = await at_home(world)
    await observe(world.api, token)
    await therapist.delete(f"/sessions/{made['id']}/support-token")
    await ended(world.api, token)
    assert (await watch(therapist, made))["checks"] == []


async def test_a_new_token_ends_the_one_before(world: World) -> None:
    therapist, made, token = await at_home(world)
    newer = await support_token(therapist, made)
    await ended(world.api, token)
    await observe(world.api, newer)


async def test_a_token_ends_with_its_time_box(world: World) -> None:
    therapist, made, _ = await at_home(world)
    token = await support_token(therapist, made, minutes=15)
    world.api.clock.advance(minutes=14)
    await observe(world.api, token)
    world.api.clock.advance(minutes=2)
    await ended(world.api, token)
    await therapist.post(f"/sessions/{made['id']}/support-token", {"minutes": MAX_TOKEN_MINUTES + 1}, expect=422)


@pytest.mark.parametrize("step", ["complete", "cancel"])
async def test_a_token_ends_with_its_session(world: World, step: str) -> None:
    therapist, made, token = await at_home(world)
    await overridden(therapist, made)
    now = await therapist.get(f"/sessions/{made['id']}")
    await move(therapist, now, step)
    await ended(world.api, token)


async def test_a_token_works_before_the_session_starts(world: World) -> None:
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    told = await observe(world.api, await support_token(therapist, made), look(world.api.clock()))
    assert told["next_check_at"] is None
    assert [one["minute"] for one in (await watch(therapist, made))["checks"]] == [None]


async def test_what_is_no_token_is_refused_alike(world: World) -> None:
    _, _, token = await at_home(world)
    flipped = ("B" if token[60] == "A" else "A").join((token[:60], token[61:]))
    answers = [await ended(world.api, wrong) for wrong in ("x", token[:-4], flipped, "A" * len(token))]
    assert len({answer["detail"] for answer in answers}) == 1


async def test_a_support_token_opens_nothing_else(world: World) -> None:
    """It is a token of this API nowhere: see also the whole surface in tests/matrix."""
    _, made, token = await at_home(world)
    for path in ("/me", "/worklist", f"/sessions/{made['id']}", f"/sessions/{made['id']}/remote", "/me/safety-plan"):
        answer = await world.api.send("GET", path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, path


async def test_a_token_is_of_one_session(world: World) -> None:
    therapist, made, token = await at_home(world)
    other = await home_session(therapist, made["patient_id"])
    await observe(world.api, token, look(world.api.clock(), responds="no"))
    assert (await watch(therapist, other))["checks"] == []


async def test_a_device_that_asks_too_often_waits(world: World) -> None:
    _, _, token = await at_home(world)
    for _ in range(BATCHES.burst):
        await observe(world.api, token)
    await observe(world.api, token, expect=429)


async def test_each_batch_is_in_the_ledger_without_an_actor_of_staff(world: World) -> None:
    therapist, made, token = await at_home(world)
    await observe(world.api, token, look(world.api.clock()))
    patient_id = made["patient_id"]
    auditor = await world.staff(Role.AUDITOR)
    rows = (await auditor.get("/ledger", params={"patient_id": patient_id, "limit": 100}))["items"]
    [row] = [one for one in rows if one["event"] == "observer_check.recorded"]
    assert (row["subject_id"], row["actor_role"], row["actor_id"] == therapist.id) == (made["id"], None, False)


async def test_a_check_before_the_first_dose_is_no_gap(world: World) -> None:
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    token = await support_token(therapist, made)
    await observe(world.api, token, look(world.api.clock()))
    world.api.clock.advance(minutes=40)
    check = await therapist.get(f"/sessions/{made['id']}/readiness")
    assert check["state"] == "ready"
    await dose(therapist, made)
    assert (await watch(therapist, made))["findings"] == []
