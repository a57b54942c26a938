"""Exports over HTTP: asked for by the patient alone, made by the job, downloaded within a week."""

import hashlib
import io
import zipfile
from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import FRESH, Role
from integration_api.core.ids import new_id
from integration_api.resources.oversight.exports.exporter import Exporter
from integration_api.resources.oversight.exports.rules import MAX_A_DAY
from tests.factories import exports, reflections
from tests.factories.feeds import seal
from tests.support import Api, Person, World, enter_again


async def a_patient(world: World) -> Person:
    return await world.patient_of(await world.therapist())


async def test_nobody_without_a_token(api: Api) -> None:
    for path in ("/me/exports", f"/me/exports/{new_id()}", f"/me/exports/{new_id()}/content"):
        assert (await api.send("GET", path)).status_code == 401
    assert (await api.send("POST", "/me/exports", json={})).status_code == 401


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.CLINIC_ADMIN, Role.PRIVACY_OFFICER, Role.AUDITOR, Role.SERVICE])
async def test_nobody_but_the_patient_may_ask(world: World, role: Role) -> None:
    patient = await a_patient(world)
    made = await exports.ready(patient)
    other = await world.staff(role)
    await other.post("/me/exports", {}, expect=403)
    await other.get("/me/exports", expect=403)
    await other.get(f"/me/exports/{made['id']}", expect=403)
    await other.get(f"/me/exports/{made['id']}/content", expect=403)


async def test_another_patient_s_is_not_there(world: World) -> None:
    made = await exports.ready(await a_patient(world))
    other = await a_patient(world)
    await other.get(f"/me/exports/{made['id']}", expect=404)
    await other.get(f"/me/exports/{made['id']}/content", expect=404)
    assert (await other.get("/me/exports"))["items"] == []


async def test_it_needs_a_fresh_proof_of_who_asks_and_of_who_downloads(world: World) -> None:
    patient = await a_patient(world)
    made = await exports.ready(patient)
    exports.prove(patient, ago=FRESH + timedelta(seconds=1))
    for method, path, body in (
        ("POST", "/me/exports", {}),
        ("GET", f"/me/exports/{made['id']}/content", None),
    ):
        answer = await patient.send(method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (403, "step-up-required")
    await patient.get(f"/me/exports/{made['id']}")


async def test_it_is_asked_for_made_and_downloaded(world: World) -> None:
    patient = await a_patient(world)
    asked = await exports.asked(patient)
    assert (asked["state"], asked["size_bytes"], asked["expires_at"]) == ("making", None, None)
    answer = await patient.send("GET", f"/me/exports/{asked['id']}/content")
    assert (answer.status_code, answer.json()["code"]) == (409, "export-not-ready")
    assert await Exporter(world.api.runtime).turn() >= 1
    made = await patient.get(f"/me/exports/{asked['id']}")
    assert (made["state"], made["failure"], made["version"]) == ("ready", None, 2)
    answer = await patient.send("GET", f"/me/exports/{asked['id']}/content")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/zip")
    assert len(answer.content) == made["size_bytes"]
    assert hashlib.sha256(answer.content).hexdigest() == made["sha256"]
    assert answer.headers["content-disposition"].endswith('.zip"')
    assert patient.name not in answer.headers["content-disposition"]
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert (await patient.get("/me/exports"))["items"] == [made]


async def test_a_download_goes_on_where_it_broke_off(world: World) -> None:
    patient = await a_patient(world)
    made = await exports.ready(patient)
    whole = await exports.downloaded(patient, made["id"])
    answer = await patient.send("GET", f"/me/exports/{made['id']}/content", headers={"Range": "bytes=100-"})
    assert (answer.status_code, answer.content) == (206, whole[100:])


async def test_a_retry_asks_once(world: World) -> None:
    patient = await a_patient(world)
    first = await patient.post("/me/exports", {}, expect=202, key="once")
    assert await patient.post("/me/exports", {}, expect=202, key="once") == first
    assert len((await patient.get("/me/exports"))["items"]) == 1


async def test_one_is_made_at_a_time(world: World) -> None:
    patient = await a_patient(world)
    await exports.asked(patient)
    answer = await patient.send("POST", "/me/exports", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "export-in-progress")
    other = await a_patient(world)
    await exports.asked(other)


async def test_five_a_day(world: World) -> None:
    patient = await a_patient(world)
    for _ in range(MAX_A_DAY):
        await exports.ready(patient)
    answer = await patient.send("POST", "/me/exports", {})
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-requests")
    assert 86_000 < int(answer.headers["retry-after"]) <= 86_400
    world.api.clock.advance(days=1)
    await enter_again(patient)
    exports.prove(patient)
    await exports.asked(patient)


async def test_a_new_one_replaces_the_one_before(world: World) -> None:
    patient = await a_patient(world)
    first = await exports.ready(patient)
    second = await exports.ready(patient)
    assert (await patient.get(f"/me/exports/{first['id']}"))["state"] == "expired"
    await patient.get(f"/me/exports/{first['id']}/content", expect=409)
    await exports.downloaded(patient, second["id"])


async def test_it_expires_as_the_clinic_says(world: World) -> None:
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {"export_days": 2}}, match=clinic["version"])
    patient = await a_patient(world)
    made = await exports.ready(patient)
    kept = await patient.get(f"/me/exports/{made['id']}")
    ready_at, expires_at = (datetime.fromisoformat(kept[name]) for name in ("ready_at", "expires_at"))
    assert expires_at - ready_at == timedelta(days=2)
    world.api.clock.advance(days=2)
    await enter_again(patient)
    gone = await patient.get(f"/me/exports/{made['id']}")
    assert gone["state"] == "expired", "also before the job has come to it"
    await Exporter(world.api.runtime).turn()
    assert (await patient.get(f"/me/exports/{made['id']}"))["version"] == made["version"] + 1
    told = [event for event, _ in await reflections.ledger_of(world.api, made["id"])]
    assert told.count("export.expired") == 1


async def test_all_of_it_is_in_the_ledger_and_the_patient_is_told(world: World) -> None:
    patient = await a_patient(world)
    made = await exports.ready(patient)
    await exports.downloaded(patient, made["id"])
    events = [event for event, _ in await reflections.ledger_of(world.api, made["id"])]
    assert [one for one in events if one != "export.read"] == ["export.asked", "export.made", "export.downloaded"]
    log = (await patient.get("/me/access-log"))["items"]
    assert {"export.asked", "export.made", "export.downloaded"} <= {one["event"] for one in log}
    assert not {one["event"] for one in log} & {"note.listed", "reflection.listed", "session.listed"}
    notices = (await patient.get("/notices"))["items"]
    assert [one["event"] for one in notices if one["subject_id"] == made["id"]] == ["export.asked"]


async def test_the_feed_tells_the_patient_alone(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await exports.ready(patient)
    await seal(world)
    told = (await patient.get("/changes"))["items"]
    assert [one["change"] for one in told if (one["kind"], one["id"]) == ("export", made["id"])] == ["changed"]
    for other in (therapist, world.admin):
        assert "export" not in {one["kind"] for one in (await other.get("/changes"))["items"]}


async def test_unknown_fields_and_orders_are_refused(world: World) -> None:
    patient = await a_patient(world)
    await patient.post("/me/exports", {"patient_id": str(new_id())}, expect=422)
    await patient.post("/me/exports", {"chart_order": "by_size"}, expect=422)
