"""Liver values: kept, listed and withdrawn; and R27. Source: clinical.md sections 1.8 and 6, R27, POLICY."""

from datetime import UTC, datetime, timedelta

import pytest

from integration_api.core.ids import new_id
from integration_api.resources.care.lab_results.rules import is_high, is_test_due
from tests.factories.arcs import dosed, let_pass
from tests.factories.flags import flag_tasks, flags, raised
from tests.factories.readiness import clearing
from tests.support import Api, Json, Person, World, enter_again

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def body(world: World, chart: str, **facts: object) -> Json:
    taken_at = (world.api.clock() - timedelta(hours=1)).isoformat()
    return {"patient_id": chart, "analyte": "alt", "value": 34, "upper_limit": 40, "taken_at": taken_at, **facts}


async def lab_result(world: World, therapist: Person, chart: str, **facts: object) -> Json:
    made: Json = await therapist.post("/lab-results", body(world, chart, **facts))
    return made


async def of_chart(world: World) -> tuple[Person, Person, str]:
    """A therapist, a patient and the chart."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("POST", "/lab-results", json={})).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, _, chart = await of_chart(world)
    other = await world.therapist()
    path = f"/lab-results/{(await lab_result(world, therapist, chart))['id']}"
    await other.get(path, expect=404)
    await other.post(f"{path}/withdraw", {"reason": "Wrong."}, match=1, expect=404)
    await other.post("/lab-results", body(world, chart, value=500), expect=404)
    assert (await other.get("/lab-results"))["items"] == []
    assert await flags(therapist) == []


async def test_a_patient_reads_but_does_not_write(world: World) -> None:
    therapist, patient, chart = await of_chart(world)
    made = await lab_result(world, therapist, chart)
    path = f"/lab-results/{made['id']}"
    assert await patient.get(path) == made
    assert (await patient.get("/lab-results"))["items"] == [made]
    await patient.post("/lab-results", body(world, chart), expect=403)
    await patient.post(f"{path}/withdraw", {"reason": "Wrong."}, match=1, expect=403)


async def test_what_is_withdrawn_is_kept_and_listed_only_when_asked_for(world: World) -> None:
    therapist, _, chart = await of_chart(world)
    made = await lab_result(world, therapist, chart)
    path, reason = f"/lab-results/{made['id']}", {"reason": "Wrong chart."}
    await therapist.post(f"{path}/withdraw", reason, match=7, expect=412)
    gone = await therapist.post(f"{path}/withdraw", reason, match=1, expect=200)
    assert (gone["withdrawn_reason"], gone["withdrawn_by_id"]) == ("Wrong chart.", therapist.id)
    assert await therapist.get(path) == gone
    assert (await therapist.get("/lab-results"))["items"] == []
    assert (await therapist.get("/lab-results", params={"withdrawn": True}))["items"] == [gone]
    assert (await therapist.post(f"{path}/withdraw", reason, match=2, expect=409))["code"] == "superseded"


async def test_lists_run_by_when_the_blood_was_taken_and_keep_to_their_filters(world: World) -> None:
    therapist, _, chart = await of_chart(world)
    earlier = (world.api.clock() - timedelta(days=30)).isoformat()
    late = await lab_result(world, therapist, chart)
    early = await lab_result(world, therapist, chart, taken_at=earlier, analyte="ast")
    other = world.chart_id(await world.patient_of(therapist))
    assert (await therapist.get("/lab-results"))["items"] == [late, early]
    for params, wanted in (
        ({"patient_id": other}, []),
        ({"analyte": "ast"}, [early]),
        ({"taken_after": late["taken_at"]}, [late]),
        ({"taken_before": late["taken_at"]}, [early]),
    ):
        assert (await therapist.get("/lab-results", params=params))["items"] == wanted


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"value": -1}, "body.value"),
        ({"upper_limit": 0}, "body.upper_limit"),
        ({"analyte": "bilirubin"}, "body.analyte"),
        ({"taken_at": "2199-01-01T00:00:00Z"}, "body.taken_at"),
    ],
)
async def test_what_cannot_be_is_refused(world: World, facts: Json, field: str) -> None:
    therapist, _, chart = await of_chart(world)
    told = await therapist.post("/lab-results", body(world, chart, **facts), expect=422)
    assert [one["field"] for one in told["errors"]] == [field]


async def test_an_id_that_was_used_is_refused(world: World) -> None:
    therapist, _, chart = await of_chart(world)
    own = str(new_id())
    await lab_result(world, therapist, chart, id=own)
    assert (await therapist.post("/lab-results", body(world, chart, id=own), expect=409))["code"] == "id-taken"


# ── R27 ──


@pytest.mark.parametrize(
    ("value", "limit", "high"), [(120, 40, False), (120.1, 40, True), (90, 30, False), (91, 30, True)]
)
def test_a_value_above_three_times_the_limit_is_high(value: float, limit: float, *, high: bool) -> None:
    assert is_high(value, limit) is high


@pytest.mark.parametrize("analyte", ["alt", "ast"])
async def test_a_high_liver_value_is_told_at_once(world: World, analyte: str) -> None:
    therapist, patient, chart = await of_chart(world)
    made = await lab_result(world, therapist, chart, analyte=analyte, value=120)
    assert (made["is_high"], await flags(therapist)) == (False, [])
    made = await lab_result(world, therapist, chart, analyte=analyte, value=121)
    [flag] = await flags(therapist)
    assert (made["is_high"], flag["rule"], flag["severity"]) == (True, "R27", "high")
    assert (flag["origin"], flag["source_id"], flag["dose_hold"]) == ("lab_result", made["id"], None)
    assert await flag_tasks(therapist) == [("flag_raised", "high")]
    await patient.get("/flags", expect=403)


@pytest.mark.parametrize(
    ("before", "sessions", "due"),
    [(0, 1, False), (7, 8, False), (8, 9, True), (8, 8, False), (9, 10, False), (15, 16, False), (16, 17, True)],
)
def test_the_ninth_session_is_told_and_then_each_eighth(before: int, sessions: int, *, due: bool) -> None:
    assert is_test_due(before, sessions) is due


async def test_the_ninth_session_since_a_liver_value_is_told(world: World) -> None:
    """More than eight. A value in between begins the count anew; one that is withdrawn does not count."""
    therapist, _, chart = await of_chart(world)
    prescriber = await clearing(therapist, chart)
    await lab_result(world, therapist, chart)
    for number in range(1, 9):
        await let_pass(world.api, therapist, prescriber, days=14)
        await dosed(therapist, chart, prescriber)
        assert (number, await raised(therapist, rule="R27")) == (number, {})
    wrong = await lab_result(world, therapist, chart)
    await therapist.post(f"/lab-results/{wrong['id']}/withdraw", {"reason": "Wrong."}, match=1, expect=200)
    await let_pass(world.api, therapist, prescriber, days=14)
    await dosed(therapist, chart, prescriber)
    [flag] = await flags(therapist, rule="R27")
    assert (flag["severity"], flag["origin"]) == ("moderate", "dose")
    await enter_again(therapist)
    await lab_result(world, therapist, chart)
    await let_pass(world.api, therapist, prescriber, days=14)
    await dosed(therapist, chart, prescriber)
    assert len(await flags(therapist, rule="R27")) == 1
