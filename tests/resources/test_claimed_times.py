"""One rule for every time that a device claims: the entry is kept, the claim too, and a wrong clock is marked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from integration_api.web.instants import MAX_CLAIM_AGE, MAX_CLOCK_SKEW, credible_time
from tests.factories import notes
from tests.factories.plans import active, practice
from tests.factories.reflections import submitted
from tests.factories.sessions import move, session, started_session
from tests.support import Json, Person, World

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WRONG: dict[str, Callable[[datetime], str]] = {
    "six minutes ahead": lambda now: (now + timedelta(minutes=6)).isoformat(),
    "next year": lambda now: (now + timedelta(days=400)).isoformat(),
    "two years late": lambda now: (now - timedelta(days=730)).isoformat(),
    "the epoch": lambda _: "1970-01-01T00:00:00Z",
    "the first year": lambda _: "0001-01-01T00:00:00+14:00",
    "the last year": lambda _: "9999-12-31T23:59:59-14:00",
}


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        (None, NOW),
        (NOW - timedelta(days=3), NOW - timedelta(days=3)),
        (NOW + MAX_CLOCK_SKEW, NOW + MAX_CLOCK_SKEW),
        (NOW + MAX_CLOCK_SKEW + SECOND, NOW),
        (NOW - MAX_CLAIM_AGE, NOW - MAX_CLAIM_AGE),
        (NOW - MAX_CLAIM_AGE - SECOND, NOW),
    ],
)
def test_a_claim_counts_if_it_can_be(claimed: datetime | None, expected: datetime) -> None:
    assert credible_time(claimed, NOW) == expected


def same(written: str, claimed: str) -> bool:
    """Whether a time came back as it was claimed; at the ends of time to the day."""
    apart = datetime.fromisoformat(written) - datetime.fromisoformat(claimed)
    return abs(apart) < (timedelta(days=3) if claimed[:4] in {"0001", "9999"} else SECOND)


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_practice_by_a_wrong_clock_is_kept_and_marked(world: World, wrong: str) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    plan = await active(therapist, patient, world.chart_id(patient))
    strategy_id, claimed = plan["strategies"][0]["id"], WRONG[wrong](world.api.clock())
    before = await practice(patient, strategy_id)
    made = await practice(patient, strategy_id, used_at=claimed)
    after = await practice(patient, strategy_id, used_at=world.api.clock().isoformat())
    assert [item["clock_skewed"] for item in (before, made, after)] == [False, True, False]
    assert same(made["used_at"], claimed)
    assert await therapist.get(f"/practices/{made['id']}") == {**made, "monitoring": None}
    for filters in ({}, {"used_after": before["used_at"]}, {"plan_id": plan["id"]}):
        found = (await patient.get("/practices", params=filters))["items"]
        assert [item["id"] for item in found] == [after["id"], made["id"], before["id"]]
    path, kind = f"/patients/{made['patient_id']}/timeline", {"kind": "practice"}
    shown = (await therapist.get(path, params=kind))["items"][1]
    assert (shown["id"], shown["at"]) == (made["id"], made["created_at"])


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_reflection_by_a_wrong_clock_is_kept_and_marked(world: World, wrong: str) -> None:
    patient = await world.patient_of(await world.therapist())
    claimed = WRONG[wrong](world.api.clock())
    made = await patient.post("/reflections", {"text": "x", "captured_at": claimed})
    assert (made["clock_skewed"], same(made["captured_at"], claimed)) == (True, True)
    assert await patient.get(f"/reflections/{made['id']}") == made
    assert made["happened_at"] == made["created_at"]
    right = (world.api.clock() - timedelta(days=3)).isoformat()
    for captured_at in (right, None):
        assert not (await patient.post("/reflections", {"captured_at": captured_at}))["clock_skewed"]


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_note_by_a_wrong_clock_is_kept_and_marked(world: World, wrong: str) -> None:
    therapist = await world.therapist()
    chart, claimed = world.chart_id(await world.patient_of(therapist)), WRONG[wrong](world.api.clock())
    meeting = await session(therapist, chart)
    made = await notes.draft(therapist, chart, session_id=meeting["id"], captured_at=claimed)
    assert (made["clock_skewed"], same(made["captured_at"], claimed)) == (True, True)
    assert made["happened_at"] == made["created_at"]
    mended = (world.api.clock() - timedelta(days=3)).isoformat()
    right = await therapist.patch(f"/notes/{made['id']}", {"captured_at": mended}, 1)
    assert (right["clock_skewed"], same(right["happened_at"], mended)) == (False, True)
    again = await therapist.patch(f"/notes/{made['id']}", {"captured_at": claimed}, 2)
    assert (again["clock_skewed"], again["happened_at"]) == (True, made["created_at"])
    assert (await therapist.patch(f"/notes/{made['id']}", {"captured_at": None}, 3))["clock_skewed"] is False


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_rehearsal_by_a_wrong_clock_is_kept_and_marked(world: World, wrong: str) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    plan = await active(therapist, patient, world.chart_id(patient))
    own, claimed = f"/plans/{plan['id']}/strategies/{plan['strategies'][0]['id']}", WRONG[wrong](world.api.clock())
    told = await patient.patch(own, {"rehearsed_at": claimed}, plan["version"])
    assert (told["clock_skewed"], same(told["rehearsed_at"], claimed)) == (True, True)
    assert told["rehearsal_happened_at"] == told["updated_at"]
    later = await patient.patch(own, {"rehearsed_at": told["rehearsed_at"]}, told["plan_version"])
    assert later["rehearsal_happened_at"] == told["rehearsal_happened_at"]
    right = (world.api.clock() - timedelta(days=3)).isoformat()
    mended = await patient.patch(own, {"rehearsed_at": right}, later["plan_version"])
    assert (mended["clock_skewed"], same(mended["rehearsal_happened_at"], right)) == (False, True)


@pytest.mark.thorough
async def test_an_entry_of_three_days_ago_stands_three_days_ago(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart, now = world.chart_id(patient), world.api.clock()
    meeting = await session(therapist, chart, planned_start_at=(now - timedelta(days=9)).isoformat())
    ago = {"captured_at": (now - timedelta(days=3)).isoformat()}
    newest = await submitted(patient, share=True)
    late = await submitted(patient, share=True, **ago)
    older = await submitted(patient, share=True, captured_at=(now - timedelta(days=4)).isoformat())
    for params in ({}, {"patient_id": chart}):
        for person in (patient, therapist):
            shown = await _pages(person, "/reflections", params)
            assert shown == [newest["id"], late["id"], older["id"]]
            since = {**params, "written_after": (now - timedelta(days=1)).isoformat()}
            assert await _pages(person, "/reflections", since) == [newest["id"]]
            until = {**params, "written_before": (now - timedelta(days=1)).isoformat()}
            assert await _pages(person, "/reflections", until) == [late["id"], older["id"]]
    new_note = await notes.draft(therapist, chart, session_id=meeting["id"])
    late_note = await notes.draft(therapist, chart, session_id=meeting["id"], **ago)
    for params in ({}, {"patient_id": chart}):
        assert await _pages(therapist, "/notes", params) == [new_note["id"], late_note["id"]]
        since = {**params, "written_after": (now - timedelta(days=1)).isoformat()}
        assert await _pages(therapist, "/notes", since) == [new_note["id"]]
    listed = await _pages(therapist, f"/patients/{chart}/timeline", {})
    assert [*listed[:2], *sorted(listed[2:4]), *listed[4:]] == [
        new_note["id"],
        newest["id"],
        *sorted((late["id"], late_note["id"])),
        older["id"],
        meeting["id"],
    ]


async def _pages(person: Person, path: str, params: Json) -> list[str]:
    """The ids of a list, read one by one, so that its cursor is seen too."""
    found: list[str] = []
    cursor: Json = {}
    while True:
        page = await person.get(path, params={**params, **cursor, "limit": 1})
        found += [item["id"] for item in page["items"]]
        assert len(found) < 20, "it goes round"
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_session_by_a_wrong_clock_goes_on(world: World, wrong: str) -> None:
    """What is computed from its times stays right: the server's stand in the place of those that cannot be."""
    therapist = await world.therapist()
    chart, claimed = world.chart_id(await world.patient_of(therapist)), WRONG[wrong](world.api.clock())
    planned = await session(therapist, chart, planned_start_at=world.api.clock().isoformat())
    begun = await move(therapist, planned, "start", started_at=claimed)
    assert (begun["clock_skewed"], same(begun["claimed_started_at"], claimed)) == (True, True)
    assert begun["started_at"] == begun["updated_at"]
    ended = await move(therapist, begun, "complete", ended_at=claimed)
    assert (ended["ended_at"], ended["started_at"]) == (ended["updated_at"], begun["started_at"])
    assert same(ended["claimed_ended_at"], claimed)
    assert not (await started_session(therapist, chart))["clock_skewed"]


async def test_a_session_of_long_ago_can_be_written_down(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await session(therapist, chart, planned_start_at="2019-03-01T09:00:00Z", planned_end_at=None)
    begun = await move(therapist, made, "start", started_at="2019-03-01T09:05:00Z")
    assert (begun["started_at"], begun["clock_skewed"]) == ("2019-03-01T09:05:00Z", False)
