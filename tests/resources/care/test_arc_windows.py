"""Windows of the integration arc: opened by a completed dose, led by it, answered or missed."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.factories.arcs import STEP, checked_in, completed, dosed, let_pass, protocol, windows
from tests.factories.doses import dose
from tests.factories.feeds import seal
from tests.factories.readiness import dosing_session, ready_session
from tests.factories.reflections import ledger_of
from tests.factories.sessions import completed_session, move
from tests.support import Api, Json, Person, World

CHECK_INS = ["t24", "t72", "w1", "w2", "m1", "m3"]
SURVEILLANCE = ["s1", "s3", "s6", "s12", "s18", "s24"]
CORRECTION: Json = {"correction_reason": "Wrong."}


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


def _at(window: Json, name: str = "due_at") -> datetime:
    return datetime.fromisoformat(window[name])


async def _missed(person: Person) -> list[tuple[str, str]]:
    found = (await person.get("/worklist"))["items"]
    return [(task["subject_id"], task["urgency"]) for task in found if task["kind"] == "check_in_missed"]


async def test_nobody_without_a_token(api: Api) -> None:
    for path in ("/arc-windows", f"/arc-windows/{uuid4()}"):
        assert (await api.send("GET", path)).status_code == 401


async def test_a_completed_dose_opens_the_protocol(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await ready_session(therapist, chart)
    given_at = datetime.fromisoformat((await dose(therapist, made))["given_at"])
    assert await windows(therapist) == {}
    await completed(therapist, made)
    found = await windows(patient)
    assert sorted(found) == sorted([*CHECK_INS, *SURVEILLANCE])
    t24 = found["t24"]
    assert (t24["session_id"], t24["state"], t24["kind"], t24["protocol_version"]) == (
        made["id"],
        "open",
        "check_in",
        0,
    )
    assert [_at(t24, name) - given_at for name in ("dose_at", "opens_at", "due_at", "closes_at")] == [
        timedelta(hours=hours) for hours in (0, 12, 24, 36)
    ]
    zone = ZoneInfo("America/New_York")
    assert _at(found["m3"]).astimezone(zone).time() == given_at.astimezone(zone).time()
    assert await windows(therapist) == found
    assert await therapist.get(f"/arc-windows/{t24['id']}") == t24


async def test_a_patient_elsewhere_is_asked_by_their_own_clock(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist, time_zone="Europe/Berlin")
    await dosed(therapist, world.chart_id(patient))
    found, zone = await windows(patient), ZoneInfo("Europe/Berlin")
    assert _at(found["s6"]).astimezone(zone).strftime("%m-%d %H:%M") == _at(found["s6"], "dose_at").astimezone(
        zone
    ).strftime("05-%d %H:%M")


async def test_without_a_dose_nothing_is_asked(world: World) -> None:
    therapist, _, chart = await _pair(world)
    await completed_session(therapist, chart)
    made = await dosing_session(therapist, chart)
    made = await therapist.patch(f"/sessions/{made['id']}", {"no_dose_reason": "Not today."}, made["version"])
    await move(therapist, made, "complete")
    assert await windows(therapist) == {}


async def test_others_see_no_window_and_lists_filter(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    found = await windows(patient)
    other = await world.therapist()
    assert await windows(other) == {}
    await other.get(f"/arc-windows/{found['t24']['id']}", expect=404)
    assert sorted(await windows(therapist, kind="surveillance")) == sorted(SURVEILLANCE)
    assert await windows(therapist, state="missed") == {}
    assert sorted(await windows(therapist, due_before=found["w1"]["due_at"])) == ["t24", "t72"]
    page = await therapist.get(f"/arc-windows?patient_id={chart}&limit=5")
    assert len(page["items"]) == 5
    assert page["next_cursor"] is not None


async def test_a_corrected_dose_moves_what_is_open(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    made = await dosed(therapist, chart)
    before = await windows(patient)
    await let_pass(api, therapist, patient, hours=20)
    await checked_in(patient)
    [first] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    earlier = (datetime.fromisoformat(first["given_at"]) - timedelta(minutes=50)).isoformat()
    await dose(therapist, made, given_at=earlier, corrects_id=first["id"], **CORRECTION)
    after = await windows(patient)
    assert (after["t24"]["state"], after["t24"]["due_at"]) == ("answered", before["t24"]["due_at"])
    assert _at(before["t72"]) - _at(after["t72"]) == timedelta(minutes=50)
    assert _at(before["m3"]) - _at(after["m3"]) == timedelta(minutes=50)
    assert after["t72"]["id"] == before["t72"]["id"]


async def test_a_dose_that_is_recorded_late_leads_if_it_is_the_first(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await dosed(therapist, chart)
    before = await windows(patient)
    later: Json = {"given_at": before["t24"]["dose_at"], "kind": "booster", "amount": 20}
    await dose(therapist, made, **later)
    assert await windows(patient) == before
    first = (_at(before["t24"], "dose_at") - timedelta(minutes=5)).isoformat()
    await dose(therapist, made, **{**later, "given_at": first})
    assert _at(before["t24"]) - _at((await windows(patient))["t24"]) == timedelta(minutes=5)


async def test_a_session_that_is_corrected_away_cancels_once_its_dose_is_withdrawn(world: World) -> None:
    """A dose that stands was given, whatever became of the session: only without it nobody is asked."""
    therapist, patient, chart = await _pair(world)
    made = await dosed(therapist, chart)
    before = await windows(patient)
    await therapist.patch(f"/sessions/{made['id']}", {"state": "cancelled", **CORRECTION}, made["version"])
    assert await windows(patient) == before
    [given] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    path = f"/sessions/{made['id']}/doses/{given['id']}/withdraw"
    await therapist.post(path, {"reason": "Never given."}, match=1, expect=200)
    assert {window["state"] for window in (await windows(patient)).values()} == {"cancelled"}
    await dose(therapist, made, given_at=given["given_at"], given_while_held=True)
    again = await windows(patient)
    names = ("id", "due_at", "state")
    assert [[one[name] for name in names] for one in again.values()] == [
        [one[name] for name in names] for one in before.values()
    ]


async def test_the_last_dose_withdrawn_cancels(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    made = await dosed(therapist, chart)
    why = {"no_dose_reason": "None was given.", **CORRECTION}
    await therapist.patch(f"/sessions/{made['id']}", why, made["version"])
    [first] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    path = f"/sessions/{made['id']}/doses/{first['id']}/withdraw"
    await therapist.post(path, {"reason": "Never given."}, match=1, expect=200)
    assert {window["state"] for window in (await windows(patient)).values()} == {"cancelled"}
    await let_pass(api, therapist, hours=40)
    assert await _missed(therapist) == []


async def test_the_next_dose_asks_anew_and_surveillance_goes_on(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    first = await dosed(therapist, chart)
    await let_pass(api, therapist, patient, days=8)
    await checked_in(patient)
    second = await dosed(therapist, chart)
    old, new = await windows(patient, session_id=first["id"]), await windows(patient, session_id=second["id"])
    states = {step: window["state"] for step, window in old.items()}
    assert [states[step] for step in CHECK_INS] == ["missed", "missed", "answered", *["superseded"] * 3]
    assert {states[step] for step in SURVEILLANCE} == {"open"}
    assert sorted(new) == sorted(CHECK_INS)


async def test_a_protocol_that_changes_fires_nothing_again(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    await protocol(world.admin, STEP)
    made = await dosed(therapist, chart)
    before = await windows(patient)
    assert list(before) == ["t24"]
    assert (before["t24"]["protocol_version"], before["t24"]["step"]) == (1, STEP)
    late = {**STEP, "closes_after": {"amount": 48, "unit": "hours"}}
    await protocol(world.admin, late, {**late, "id": "t30"}, version=1)
    earlier = (_at(before["t24"], "dose_at") - timedelta(minutes=5)).isoformat()
    [first] = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    await dose(therapist, made, given_at=earlier, corrects_id=first["id"], **CORRECTION)
    after = await windows(patient)
    assert list(after) == ["t24"]
    assert after["t24"]["step"] == STEP


async def test_after_a_first_dose_each_missed_check_in_asks_for_a_call(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    found = await windows(patient)
    assert await _missed(therapist) == []
    await let_pass(api, therapist, patient, hours=36)
    assert await _missed(therapist) == [(found["t24"]["id"], "high")]
    assert (await windows(patient, state="missed")).keys() == {"t24"}
    await let_pass(api, therapist, patient, hours=48)
    assert sorted(await _missed(therapist)) == sorted((found[step]["id"], "high") for step in ("t24", "t72"))


async def test_later_once_missed_is_low_and_twice_moderate(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await protocol(world.admin)
    await dosed(therapist, chart)
    steps = [step for step in (await _default(world)) if step["is_followed_up"]]
    await protocol(world.admin, *steps, version=1)
    await let_pass(api, therapist, patient, days=7)
    second = await dosed(therapist, chart)
    found = await windows(patient)
    await let_pass(api, therapist, patient, hours=36)
    assert await _missed(therapist) == [(found["t24"]["id"], "routine")]
    await let_pass(api, therapist, patient, hours=48)
    wanted = [(found["t24"]["id"], "routine"), (found["t72"]["id"], "routine"), (second["id"], "moderate")]
    assert sorted(await _missed(therapist)) == sorted(wanted)


async def test_who_answers_once_is_not_missed_twice(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(api, therapist, patient, days=7)
    second = await dosed(therapist, chart)
    found = await windows(patient, session_id=second["id"])
    await let_pass(api, therapist, patient, hours=24)
    assert (await checked_in(patient))["arc_window_id"] == found["t24"]["id"]
    await let_pass(api, therapist, patient, hours=61)
    assert (found["t72"]["id"], "routine") in await _missed(therapist)
    assert not {found["t24"]["id"], second["id"]} & {subject for subject, _ in await _missed(therapist)}


async def test_a_miss_is_written_down_and_told_once(world: World, api: Api) -> None:
    therapist, patient, chart = await _pair(world)
    await protocol(world.admin, STEP)
    await dosed(therapist, chart)
    window = (await windows(patient))["t24"]
    await seal(world)
    cursor = (await patient.get("/changes"))["next_cursor"]
    await let_pass(api, therapist, patient, hours=36)
    for _ in range(2):
        await seal(world)
    told = (await patient.get("/changes", params={"cursor": cursor}))["items"]
    assert [(one["id"], one["change"]) for one in told if one["kind"] == "arc_window"] == [(window["id"], "changed")]
    assert [event for event, _ in await ledger_of(api, window["id"])].count("arc_window.missed") == 1


async def test_what_was_over_when_the_session_was_completed_is_missed(world: World) -> None:
    """The patient had a dose and was asked nothing: somebody calls, as for every check-in that is missed (R16)."""
    therapist, patient, chart = await _pair(world)
    made = await ready_session(therapist, chart)
    await dose(therapist, made)
    await let_pass(world.api, therapist, patient, days=3, hours=13)
    await completed(therapist, made)
    found = await windows(patient)
    assert sorted(found) == sorted([*CHECK_INS, *SURVEILLANCE])
    assert sorted(await windows(patient, state="missed")) == ["t24", "t72"]
    assert sorted(await _missed(therapist)) == sorted((found[step]["id"], "high") for step in ("t24", "t72"))


async def test_what_is_written_down_late_asks_only_what_can_be_answered(world: World) -> None:
    """Nobody knew of the session before: what was over by then is no check-in that was missed."""
    therapist, patient, chart = await _pair(world)
    made = await ready_session(therapist, chart)
    await dose(therapist, made, given_at=(world.api.clock() - timedelta(days=3, hours=13)).isoformat())
    await completed(therapist, made)
    assert sorted(await windows(patient)) == sorted([*CHECK_INS[2:], *SURVEILLANCE])
    assert await _missed(therapist) == []


async def _default(world: World) -> list[Json]:
    fresh = await World.build(world.api)
    found: list[Json] = (await fresh.admin.get("/clinic/protocol"))["steps"]
    return found
