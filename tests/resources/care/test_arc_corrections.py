"""Doses that are taken back, recorded again or moved: the windows of the last dose that stands wait, each once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration_api.resources.care.arc_windows.protocol_parts import ArcKind
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.resources.care.arc_windows.successions import WindowFacts, states_after
from tests.factories.arcs import checked_in, dosed, let_pass, windows
from tests.factories.doses import dose
from tests.factories.feeds import seal
from tests.support import Json, Person, World

CHECK_INS = ["t24", "t72", "w1", "w2", "m1", "m3"]
SURVEILLANCE = ["s1", "s3", "s6", "s12", "s18", "s24"]
CORRECTION: Json = {"correction_reason": "Wrong."}
WHY: Json = {"reason": "Never given."}


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def _given(therapist: Person, made: Json) -> Json:
    """The dose of a session that stands."""
    found = (await therapist.get(f"/doses?session_id={made['id']}"))["items"]
    [one] = [one for one in found if one["withdrawn_at"] is None]
    return dict(one)


async def _taken_back(therapist: Person, made: Json) -> Json:
    """Correct a session away, with its dose, which is returned."""
    now = await therapist.get(f"/sessions/{made['id']}")
    if now["state"] == "completed":
        await therapist.patch(f"/sessions/{made['id']}", {"state": "cancelled", **CORRECTION}, now["version"])
    one = await _given(therapist, made)
    path = f"/sessions/{made['id']}/doses/{one['id']}/withdraw"
    await therapist.post(path, WHY, match=one["version"], expect=200)
    return one


async def _states(person: Person, made: Json) -> dict[str, str]:
    return {step: one["state"] for step, one in (await windows(person, session_id=made["id"])).items()}


async def _open(person: Person) -> list[tuple[str, str]]:
    """The step and the session of each window that waits, by step."""
    found = (await person.get("/arc-windows?limit=100&state=open"))["items"]
    return sorted((one["step"]["id"], one["session_id"]) for one in found)


async def _missed(person: Person) -> list[tuple[str, str]]:
    found = (await person.get("/worklist"))["items"]
    return sorted((task["subject_id"], task["urgency"]) for task in found if task["kind"] == "check_in_missed")


async def test_windows_of_the_dose_before_wait_again(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    first = await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, days=4)
    second = await dosed(therapist, chart)
    assert (await _states(patient, first))["w1"] == "superseded"
    await _taken_back(therapist, second)
    states = await _states(patient, first)
    assert [states[step] for step in CHECK_INS] == ["missed", "missed", *["open"] * 4]
    await let_pass(world.api, therapist, patient, days=3)
    assert [one["step_id"] for one in (await patient.get("/me/next"))["now"]] == ["w1"]


async def test_a_check_in_that_was_over_behind_a_dose_that_is_taken_back_is_missed(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    first = await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, hours=30)
    second = await dosed(therapist, chart)
    found = await windows(patient, session_id=first["id"])
    await let_pass(world.api, therapist, patient, hours=7)
    assert await _missed(therapist) == []
    await _taken_back(therapist, second)
    assert await _missed(therapist) == [(found["t24"]["id"], "high")]


async def test_surveillance_goes_on_after_the_dose_that_is_left(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    first = await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, days=4)
    second = await dosed(therapist, chart)
    await _taken_back(therapist, first)
    assert await _open(patient) == sorted((step, second["id"]) for step in [*CHECK_INS, *SURVEILLANCE])
    found = await windows(patient, session_id=second["id"])
    assert {found[step]["dose_at"] for step in SURVEILLANCE} == {found["t24"]["dose_at"]}


async def test_who_is_restored_is_not_asked_beside_a_later_dose(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    first = await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, hours=4)
    gone = await _taken_back(therapist, first)
    second = await dosed(therapist, chart)
    await dose(therapist, first, given_at=gone["given_at"], given_while_held=True)
    assert await _open(patient) == sorted((step, second["id"]) for step in [*CHECK_INS, *SURVEILLANCE])
    await _taken_back(therapist, second)
    assert await _open(patient) == sorted((step, first["id"]) for step in [*CHECK_INS, *SURVEILLANCE])


async def test_a_dose_that_is_moved_behind_another_leads(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    first = await dosed(therapist, chart, given_at=(world.api.clock() - timedelta(hours=9)).isoformat())
    second = await dosed(therapist, chart, given_at=(world.api.clock() - timedelta(hours=6)).isoformat())
    assert {session for step, session in await _open(patient) if step in CHECK_INS} == {second["id"]}
    one = await _given(therapist, first)
    later = (world.api.clock() - timedelta(hours=3)).isoformat()
    await dose(therapist, first, given_at=later, corrects_id=one["id"], **CORRECTION)
    assert await _open(patient) == sorted((step, first["id"]) for step in [*CHECK_INS, *SURVEILLANCE])


async def test_a_check_in_that_is_over_by_a_correction_is_missed(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, hours=20)
    one = await _given(therapist, made)
    earlier = (datetime.fromisoformat(one["given_at"]) - timedelta(hours=20)).isoformat()
    await dose(therapist, made, given_at=earlier, corrects_id=one["id"], **CORRECTION)
    found = await windows(patient)
    assert (found["t24"]["state"], found["t24"]["settled_at"]) == ("missed", None)
    assert found["t72"]["state"] == "open"
    assert await _missed(therapist) == [(found["t24"]["id"], "high")]


async def test_twice_is_missed_twice_after_a_correction(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, days=7)
    known = await _missed(therapist)
    made = await dosed(therapist, chart)
    await let_pass(world.api, therapist, patient, hours=20)
    one = await _given(therapist, made)
    earlier = (datetime.fromisoformat(one["given_at"]) - timedelta(hours=20)).isoformat()
    await dose(therapist, made, given_at=earlier, corrects_id=one["id"], **CORRECTION)
    await let_pass(world.api, therapist, patient, hours=45)
    found = await windows(patient, session_id=made["id"])
    wanted = [(found["t24"]["id"], "routine"), (found["t72"]["id"], "routine"), (made["id"], "moderate")]
    assert await _missed(therapist) == sorted([*known, *wanted])


@pytest.mark.parametrize("seed", range(3))
async def test_in_any_order_each_step_waits_once_after_the_last_dose(world: World, seed: int) -> None:
    """Three sessions whose doses come, go, come back and move, over HTTP; what was answered stays."""
    chance, (therapist, patient, chart) = Random(seed), await _pair(world)
    made: list[Json] = []
    standing: dict[str, datetime] = {}
    answered: set[tuple[str, str]] = set()
    hours = (world.api.clock() - timedelta(minutes=11 * number + 60 * 13) for number in count())
    times = [next(hours) for _ in range(30)]
    chance.shuffle(times)
    for turn in range(9):
        at = times.pop()
        if len(made) < 2 or (len(made) < 3 and chance.random() < 0.3):
            made.append(await dosed(therapist, chart, given_at=at.isoformat(), given_while_held=True))
            standing[made[-1]["id"]] = at
        else:
            one = chance.choice(made)
            if one["id"] not in standing:
                await dose(therapist, one, given_at=at.isoformat(), given_while_held=True)
                standing[one["id"]] = at
            elif chance.random() < 0.5:
                await _taken_back(therapist, one)
                del standing[one["id"]]
            else:
                known = await _given(therapist, one)
                await dose(therapist, one, given_at=at.isoformat(), corrects_id=known["id"], **CORRECTION)
                standing[one["id"]] = at
        if turn == 5 and standing:
            last = max(standing, key=lambda session_id: standing[session_id])
            window = (await windows(patient, session_id=last))["t24"]
            assert (await checked_in(patient, arc_window_id=window["id"]))["is_off_window"] is False
            answered.add(("t24", last))
        wanted = []
        if standing:
            last = max(standing, key=lambda session_id: standing[session_id])
            wanted = [(step, last) for step in CHECK_INS if (step, last) not in answered]
        found = await _open(patient)
        assert [one for one in found if one[0] in CHECK_INS] == sorted(wanted)
        assert [step for step, _ in found if step in SURVEILLANCE] == (sorted(SURVEILLANCE) if standing else [])
        assert {session for step, session in found if step in SURVEILLANCE} <= standing.keys()
        for step, session in answered:
            assert (await _states(patient, {"id": session}))[step] == "answered"
    await seal(world)


NOW = datetime.fromisoformat("2026-11-20T15:00:00+00:00")
SESSIONS = [UUID(int=number) for number in range(4)]
CHANGES = st.lists(
    st.tuples(st.sampled_from(SESSIONS), st.one_of(st.none(), st.integers(0, 40))), min_size=1, max_size=20
)
"""Each a session, and the hours by which its dose now lies behind; None: it is taken back."""


def _facts(session_id: UUID, state: ArcState, at: datetime) -> WindowFacts:
    return WindowFacts(session_id, "w1", ArcKind.CHECK_IN, state, at + timedelta(days=9))


@settings(deadline=None)
@given(CHANGES, st.sets(st.integers(0, 19)))
def test_any_order_of_changes_leaves_the_last_dose_that_stands(
    changes: list[tuple[UUID, int | None]], answers: set[int]
) -> None:
    """The rule alone: each change is judged on what the changes before left."""
    doses: dict[UUID, datetime] = {}
    states: dict[UUID, ArcState] = {}
    answered: set[UUID] = set()
    for number, (session_id, behind) in enumerate(changes):
        _change(doses, session_id, behind)
        if session_id in doses:
            states.setdefault(session_id, ArcState.CANCELLED)
        order = list(states)
        facts = [_facts(one, states[one], doses.get(one, NOW)) for one in order]
        states = dict(zip(order, states_after(facts, doses, session_id, NOW), strict=True))
        last = max(doses, key=lambda one: (doses[one], one), default=None)
        assert [one for one in order if states[one] is ArcState.OPEN] == (
            [last] if last not in {None, *answered} else []
        )
        assert all(states[one] is ArcState.ANSWERED for one in answered)
        if number in answers and last is not None:
            states[last] = ArcState.ANSWERED
            answered.add(last)


def _change(doses: dict[UUID, datetime], session_id: UUID, behind: int | None) -> Mapping[UUID, datetime]:
    if behind is None:
        doses.pop(session_id, None)
    else:
        doses[session_id] = NOW - timedelta(hours=behind)
    return doses
