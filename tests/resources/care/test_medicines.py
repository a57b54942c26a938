"""Medicines."""

from datetime import date

import pytest

from integration_api.core.ids import new_id
from integration_api.resources.care.medicines.rules import period_problems
from tests.factories.notes import supervisor_of
from tests.support import Api, Json, Person, World


async def medicine(therapist: Person, chart: str, **facts: object) -> Json:
    made: Json = await therapist.post(
        "/medicines", {"patient_id": chart, "name": "Sertraline", "kind": "prescribed", **facts}
    )
    return made


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("POST", "/medicines", json={})).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    path = f"/medicines/{(await medicine(therapist, chart))['id']}"
    await other.get(path, expect=404)
    await other.patch(path, {"dose": "x"}, 1, expect=404)
    await other.post(f"{path}/withdraw", {"reason": "x"}, match=1, expect=404)
    await other.post("/medicines", {"patient_id": chart, "name": "x", "kind": "supplement"}, expect=404)
    assert (await other.get("/medicines"))["items"] == []


async def test_a_patient_keeps_their_own_list(world: World) -> None:
    therapist = await world.therapist()
    patient, other = await world.patient_of(therapist), await world.patient_of(therapist)
    made = await medicine(patient, world.chart_id(patient), kind="substance", dose="now and then")
    assert made["monitoring"]["told"] == "team"
    assert await therapist.get(f"/medicines/{made['id']}") == {**made, "monitoring": None}
    assert made["created_by_id"] == patient.id
    await patient.patch(f"/medicines/{made['id']}", {"ended_on": "2026-11-20"}, 1)
    await other.get(f"/medicines/{made['id']}", expect=404)
    await medicine_refused(other, world.chart_id(patient), 404)


async def medicine_refused(person: Person, chart: str, expect: int, **facts: object) -> Json:
    body = {"patient_id": chart, "name": "x", "kind": "supplement", **facts}
    refused: Json = await person.post("/medicines", body, expect=expect)
    return refused


async def test_a_supervisor_reads_and_does_not_write(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    supervisor = await supervisor_of(world, therapist, chart)
    made = await medicine(therapist, chart)
    assert await supervisor.get(f"/medicines/{made['id']}") == made
    await medicine_refused(supervisor, chart, 403)


@pytest.mark.parametrize(
    ("started_on", "ended_on", "is_right"),
    [
        (None, None, True),
        (date(2026, 3, 2), None, True),
        (None, date(2026, 3, 2), True),
        (date(2026, 3, 2), date(2026, 3, 2), True),
        (date(2026, 3, 2), date(2026, 3, 1), False),
    ],
)
def test_a_medicine_ends_no_earlier_than_it_began(started_on: date, ended_on: date, is_right: bool) -> None:
    assert (period_problems(started_on, ended_on) == []) is is_right


async def test_an_end_before_the_start_is_refused_at_any_time(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    refused = await medicine_refused(therapist, chart, 422, started_on="2026-03-02", ended_on="2026-03-01")
    assert [error["field"] for error in refused["errors"]] == ["body.ended_on"]
    made = await medicine(therapist, chart, started_on="2026-03-02")
    await therapist.patch(f"/medicines/{made['id']}", {"ended_on": "2026-03-01"}, 1, expect=422)
    await therapist.patch(f"/medicines/{made['id']}", {"ended_on": "2026-03-01", "started_on": None}, 1)


async def test_a_change_needs_the_version_that_was_read(world: World) -> None:
    therapist = await world.therapist()
    made = await medicine(therapist, world.chart_id(await world.patient_of(therapist)))
    path = f"/medicines/{made['id']}"
    changed = await therapist.patch(path, {"dose": "50 mg"}, made["version"])
    assert (changed["dose"], changed["version"]) == ("50 mg", 2)
    await therapist.patch(path, {"dose": "late"}, made["version"], expect=412)
    assert await therapist.get(path) == changed


async def test_what_is_withdrawn_is_kept_and_listed_only_when_asked_for(world: World) -> None:
    therapist = await world.therapist()
    made = await medicine(therapist, world.chart_id(await world.patient_of(therapist)))
    path, body = f"/medicines/{made['id']}", {"reason": "Wrong chart."}
    await therapist.post(f"{path}/withdraw", body, match=7, expect=412)
    gone = await therapist.post(f"{path}/withdraw", body, match=1, expect=200)
    assert (gone["withdrawn_reason"], gone["withdrawn_by_id"]) == ("Wrong chart.", therapist.id)
    assert await therapist.get(path) == gone
    assert (await therapist.get("/medicines"))["items"] == []
    assert (await therapist.get("/medicines", params={"withdrawn": True}))["items"] == [gone]
    for refused in (
        await therapist.post(f"{path}/withdraw", body, match=2, expect=409),
        await therapist.patch(path, {"dose": "x"}, 2, expect=409),
    ):
        assert refused["code"] == "superseded"


async def test_lists_run_newest_first_and_keep_to_their_filters(world: World) -> None:
    therapist = await world.therapist()
    charts = [world.chart_id(await world.patient_of(therapist)) for _ in range(2)]
    first, second = [await medicine(therapist, chart) for chart in charts]
    assert (await therapist.get("/medicines"))["items"] == [second, first]
    for params, wanted in (
        ({"patient_id": charts[0]}, [first]),
        ({"created_after": second["created_at"]}, [second]),
        ({"created_before": second["created_at"]}, [first]),
        ({"kind": "supplement"}, []),
    ):
        assert (await therapist.get("/medicines", params=params))["items"] == wanted


async def test_an_id_that_was_used_is_refused(world: World) -> None:
    therapist = await world.therapist()
    chart, own = world.chart_id(await world.patient_of(therapist)), str(new_id())
    await medicine(therapist, chart, id=own)
    body = {"id": own, "patient_id": chart, "name": "x", "kind": "supplement"}
    assert (await therapist.post("/medicines", body, expect=409))["code"] == "id-taken"
