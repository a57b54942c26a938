"""Disclosures over HTTP: staff record them, the patient reads who was told what."""

from datetime import timedelta

import pytest

from integration_api.core.ids import new_id
from tests.factories.notes import supervisor_of
from tests.support import Api, Json, Person, World

DISCLOSURE: Json = {
    "recipient": "County court",
    "content": "The notes of November.",
    "purpose": "An order of the court.",
    "basis": "court",
    "disclosed_at": "2026-11-20T15:40:00Z",
}


async def disclosure(who: Person, chart: str, expect: int = 201, **facts: object) -> Json:
    made: Json = await who.post("/disclosures", {"patient_id": chart, **DISCLOSURE, **facts}, expect=expect)
    return made


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/disclosures/{new_id()}"
    for method, where in (
        ("GET", "/disclosures"),
        ("POST", "/disclosures"),
        ("GET", path),
        ("POST", f"{path}/withdraw"),
    ):
        assert (await api.send(method, where, json={} if method == "POST" else None)).status_code == 401


async def test_the_patient_reads_who_was_told_and_records_nothing(world: World) -> None:
    therapist = await world.therapist()
    patient, other = await world.patient_of(therapist), await world.patient_of(therapist)
    chart = world.chart_id(patient)
    made = await disclosure(therapist, chart, address="1 Lake Road")
    assert (made["created_by_id"], made["address"], made["withdrawn_at"]) == (therapist.id, "1 Lake Road", None)
    assert (await patient.get("/disclosures"))["items"] == [made]
    assert await patient.get(f"/disclosures/{made['id']}") == made
    assert (await other.get("/disclosures"))["items"] == []
    await other.get(f"/disclosures/{made['id']}", expect=404)
    await disclosure(patient, chart, expect=403)
    await patient.post(f"/disclosures/{made['id']}/withdraw", {"reason": "Not so."}, match=1, expect=403)


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, other = await world.therapist(), await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await disclosure(therapist, chart)
    await disclosure(other, chart, expect=404)
    await other.get(f"/disclosures/{made['id']}", expect=404)
    await other.post(f"/disclosures/{made['id']}/withdraw", {"reason": "x"}, match=1, expect=404)
    assert (await other.get("/disclosures"))["items"] == []


async def test_a_supervisor_records_too(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    supervisor = await supervisor_of(world, therapist, chart)
    assert (await disclosure(supervisor, chart))["created_by_id"] == supervisor.id


async def test_one_that_was_recorded_in_error_is_kept(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await disclosure(therapist, world.chart_id(patient))
    path = f"/disclosures/{made['id']}/withdraw"
    await therapist.post(path, {"reason": "Another chart."}, match=2, expect=412)
    gone = await therapist.post(path, {"reason": "Another chart."}, match=1, expect=200)
    assert (gone["withdrawn_by_id"], gone["withdrawn_reason"]) == (therapist.id, "Another chart.")
    refused = await therapist.post(path, {"reason": "Again."}, match=2, expect=409)
    assert refused["code"] == "superseded"
    assert (await patient.get("/disclosures"))["items"] == []
    assert (await patient.get("/disclosures?withdrawn=true"))["items"] == [gone]


async def test_an_accounting_reaches_back_years_and_takes_a_period(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart, now = world.chart_id(patient), world.api.clock()
    old = await disclosure(therapist, chart, disclosed_at=(now - timedelta(days=6 * 365)).isoformat())
    new = await disclosure(therapist, chart, disclosed_at=now.isoformat())
    assert (await patient.get("/disclosures"))["items"] == [new, old]
    since = {"disclosed_after": (now - timedelta(days=30)).isoformat()}
    assert (await patient.get("/disclosures", params=since))["items"] == [new]
    before = {"disclosed_before": (now - timedelta(days=30)).isoformat()}
    assert (await patient.get("/disclosures", params=before))["items"] == [old]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"recipient": " "}, "recipient"),
        ({"basis": "curiosity"}, "basis"),
        ({"disclosed_at": "2199-01-01T00:00:00Z"}, "disclosed_at"),
        ({"content": ""}, "content"),
    ],
)
async def test_what_cannot_be_is_refused(world: World, facts: Json, field: str) -> None:
    therapist = await world.therapist()
    refused = await disclosure(therapist, world.chart_id(await world.patient_of(therapist)), expect=422, **facts)
    assert [one["field"] for one in refused["errors"]] == [f"body.{field}"]
