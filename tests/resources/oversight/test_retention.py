"""Legal holds, retention, and erasure: what is left of a chart afterwards is ids, and the ledger."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.reads import StartAgain
from integration_api.app import action_routes
from integration_api.resources.journal.reflections import operations as reflections_operations
from integration_api.resources.oversight.retention import operations as retention_operations
from integration_api.resources.people.patients import operations as patients_operations
from integration_api.resources.people.patients import statements as patients_sql
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.people.sign_in import operations as sign_in_operations
from integration_api.resources.people.sign_in.service import email_index
from integration_api.resources.people.sign_in.statements import READ_ACCOUNT
from integration_api.settings import Settings
from tests.factories import exports, reflections
from tests.factories.reflections import work_of
from tests.factories.retention import erase, keep_nothing
from tests.scene import OPERATIONS, Scene, succeed
from tests.scene.record_copies import ready_copy
from tests.storage.hand import Hand
from tests.support import Person, World

HOLD = {"reason": "litigation", "reference": "Docket 26-CV-0117", "note": "Keep everything."}


def stale_proof(person: Person) -> Person:
    """The same person, who proved who they are six minutes ago."""
    actor = replace(person.actor, proved_at=person.api.clock() - timedelta(minutes=6))
    return replace(person, actor=actor, token=person.api.runtime.tokens.issue(actor, person.api.clock()))


@pytest.mark.thorough
async def test_who_may_hold_release_and_erase(world: World) -> None:
    therapist, chart = await world.therapist(), ""
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    path = f"/patients/{chart}"
    for method, end, body in (("GET", "legal-hold", None), ("PUT", "legal-hold", HOLD), ("POST", "erasure", None)):
        assert (await world.api.send(method, f"{path}/{end}", json=body)).status_code == 401
        for person in (therapist, patient, await world.staff(Role.AUDITOR), await world.staff(Role.PRIVACY_OFFICER)):
            assert (await person.send(method, f"{path}/{end}", body, match=1)).status_code == 403
        other = await World.build(world.api)
        assert (await other.admin.send(method, f"{path}/{end}", body, match=1)).status_code == 404
    assert (await world.admin.send("POST", f"{path}/erasure")).status_code == 428
    refused = await stale_proof(world.admin).send("POST", f"{path}/erasure", match=1)
    assert (refused.status_code, refused.json()["code"]) == (403, "step-up-required")


async def test_a_hold_is_set_read_replaced_and_released(world: World, settings: Settings) -> None:
    therapist, officer = await world.therapist(), await world.staff(Role.PRIVACY_OFFICER)
    patient = await world.patient_of(therapist)
    path = f"/patients/{world.chart_id(patient)}"
    await world.admin.get(f"{path}/legal-hold", expect=404)
    await world.admin.delete(f"{path}/legal-hold", match=1, expect=404)
    held = await world.admin.put(f"{path}/legal-hold", HOLD, 1)
    assert {name: held[name] for name in HOLD} == HOLD
    assert (held["version"], held["held_by_id"]) == (2, world.admin.id)
    assert await world.admin.get(f"{path}/legal-hold") == held
    await world.admin.put(f"{path}/legal-hold", HOLD, 1, expect=412)
    changed = await world.admin.put(f"{path}/legal-hold", {**HOLD, "reason": "audit", "note": None}, 2)
    assert (changed["reason"], changed["note"]) == ("audit", None)
    await therapist.patch(path, {"phone": "+1 555 0199"}, 3)
    assert (await world.admin.get(f"{path}/legal-hold"))["reference"] == HOLD["reference"]
    assert b"Docket" not in await Hand(settings).text("patients", world.chart_id(patient), "hold_reference")
    await world.admin.delete(f"{path}/legal-hold", match=4)
    await world.admin.get(f"{path}/legal-hold", expect=404)
    told = [notice["event"] for notice in (await officer.get("/notices"))["items"]]
    assert told == ["patient.released", "patient.held", "patient.held"]


async def test_a_hold_and_retention_block_an_erasure(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    path = f"/patients/{world.chart_id(patient)}"
    refused = await world.admin.post(f"{path}/erasure", match=1, expect=409)
    today = world.api.clock().date()
    assert refused["code"] == "retention"
    assert refused["keep_until"] in {f"{today.year + 7}{today.isoformat()[4:]}", f"{today.year + 7}-03-01"}
    await keep_nothing(world)
    await world.admin.put(f"{path}/legal-hold", HOLD, 1)
    assert (await world.admin.post(f"{path}/erasure", match=1, expect=412))["code"] == "stale-version"
    assert (await world.admin.post(f"{path}/erasure", match=2, expect=409))["code"] == "legal-hold"
    await world.admin.delete(f"{path}/legal-hold", match=2)
    assert (await patient.get("/reflections"))["items"] == []  # nothing has happened to the chart
    await world.admin.post(f"{path}/erasure", match=3, expect=200)


async def test_retention_counts_from_the_last_session_and_for_children_from_majority(world: World) -> None:
    therapist = await world.therapist()
    today = world.api.clock().date()
    child = await therapist.post("/patients", {"name": "Kit", "birth_on": f"{today.year - 10}-01-02"})
    refused = await world.admin.post(f"/patients/{child['id']}/erasure", match=1, expect=409)
    assert refused["keep_until"] == f"{today.year + 8 + 7}-01-02"
    await keep_nothing(world)
    adult = await therapist.post("/patients", {"name": "Wren", "birth_on": "1980-01-02"})
    ahead = world.api.clock() + timedelta(days=30)
    await therapist.post(
        "/sessions",
        {
            "patient_id": adult["id"],
            "phase": "integration",
            "modality": "telehealth",
            "planned_start_at": ahead.isoformat(),
        },
    )
    refused = await world.admin.post(f"/patients/{adult['id']}/erasure", match=1, expect=409)
    assert refused["keep_until"] == ahead.date().isoformat()


@pytest.fixture
async def scene(world: World) -> Scene:
    """A chart with one of each thing in it, that may be erased once it is released."""
    made = await Scene.build(world)
    await keep_nothing(world)
    world.api.clock.advance(days=40)  # past the sessions that were planned
    for person in made.people.values():
        person.actor = replace(person.actor, proved_at=world.api.clock())
        person.token = world.api.runtime.tokens.issue(person.actor, world.api.clock())
    made.ids["export_id"] = (await exports.ready(made.patient))["id"]  # the one of the scene has expired
    made.ids["record_copy_id"] = (
        await ready_copy(made.therapist, f"/record-requests/{made.ids['record_request_id']}")
    )["id"]
    return made


async def release_and_erase(scene: Scene) -> None:
    path = f"/patients/{scene.chart}"
    await scene.world.admin.delete(f"{path}/legal-hold", (await scene.world.admin.get(path))["version"])
    await erase(scene.world.admin, scene.chart)


READS = [r.name for r in action_routes() if "GET" in (r.methods or ()) and not r.operation.is_public]
_OF_ACCOUNTS = {
    *("account_id", "factor_id", "sign_in_id", "webhook_id", "instrument_id", "container_id"),
    *("shift_id", "note_template_id", "consent_document_id", "safeguarding_report_id"),
    *("group_session_id", "entry_id"),
}
_OF_THE_LEDGER = {"list_ledger", "list_notices"}


@pytest.mark.thorough
async def test_after_an_erasure_every_read_is_404_and_lists_pass_over_it(scene: Scene) -> None:
    world = scene.world
    other = await scene.new_chart()
    asked = {name: await OPERATIONS[name](scene) for name in READS}
    for request in asked.values():
        await succeed(world.api, request)
    await release_and_erase(scene)
    things = {thing for name, thing in scene.ids.items() if name not in _OF_ACCOUNTS}
    about = {name for name, request in asked.items() if things & {*request.path.partition("?")[0].split("/")}}
    assert len(about) > 12
    for name, request in asked.items():
        for person in (world.admin, scene.therapist, scene.supervisor):
            answer = await person.send("GET", request.path)
            if name in about:
                assert answer.status_code in (403, 404), f"{name}: {answer.status_code}"
            elif answer.status_code == 200 and '"items"' in answer.text and name not in _OF_THE_LEDGER:
                assert scene.chart not in answer.text, name
            else:
                assert answer.status_code in (200, 403, 404), name
        assert (await scene.patient.send("GET", request.path)).status_code == 401
    found = await scene.supervisor.get("/patients")
    assert found["items"] == []
    assert [item["id"] for item in (await scene.other.get("/patients"))["items"]] == [other["id"]]
    assert (await scene.therapist.post("/patients/search", {"name_part": "sample"}, expect=200))["items"] == []
    assert (await scene.therapist.get("/worklist"))["items"] == []
    events, of_chart = set(), {"patient_id": scene.chart, "limit": 100}
    page = await scene.auditor.get("/ledger", params=of_chart)
    events |= {row["event"] for row in page["items"]}
    while page["next_cursor"]:
        page = await scene.auditor.get("/ledger", params={**of_chart, "cursor": page["next_cursor"]})
        events |= {row["event"] for row in page["items"]}
    assert {"patient.created", "patient.erased"} <= events


@pytest.mark.thorough
async def test_nothing_can_be_written_to_an_erased_chart(scene: Scene) -> None:
    world, ids = scene.world, scene.ids
    await release_and_erase(scene)
    writes = [
        ("PATCH", f"/patients/{scene.chart}", {"phone": "+1 555 0100"}),
        ("POST", f"/patients/{scene.chart}/care-team", {"account_id": scene.other.id, "role": "therapist"}),
        ("PUT", f"/patients/{scene.chart}/legal-hold", HOLD),
        ("POST", f"/patients/{scene.chart}/erasure", None),
        ("POST", "/invitations", {"patient_id": scene.chart}),
        ("POST", "/courses", {"patient_id": scene.chart}),
        ("PATCH", f"/courses/{ids['course_id']}", {"state": "completed"}),
        ("POST", "/plans", {"patient_id": scene.chart, "title": "t", "aim": "a"}),
        ("POST", f"/notes/{ids['note_id']}/addenda", {"text": "t"}),
        ("POST", f"/reflections/{ids['reflection_id']}/replies", {"text": "t"}),
        ("POST", f"/sessions/{ids['session_id']}/start", None),
    ]
    for method, path, body in writes:
        for person in (world.admin, scene.therapist, scene.supervisor):
            answer = await person.send(method, path, body, match=1)
            assert answer.status_code in (403, 404), f"{method} {path}: {answer.status_code} {answer.text}"
    assert (await scene.patient.send("POST", "/reflections", {"text": "x"})).status_code == 401
    again = await scene.therapist.send("POST", "/patients", {"id": scene.chart, "name": "Again"})
    assert (again.status_code, again.json()["code"]) == (409, "id-taken")


@pytest.mark.thorough
async def test_what_an_erasure_leaves_in_the_tables(world: World, settings: Settings) -> None:
    hand, email = Hand(settings), f"{uuid4().hex}@example.org"
    therapist, officer = await world.therapist(), await world.staff(Role.PRIVACY_OFFICER)
    await keep_nothing(world)
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "email": email})
    invitation = await therapist.post("/invitations", {"patient_id": chart["id"]})
    body = {"code": invitation["code"], "password": "quiet-otter-rows-upstream"}
    assert (await world.api.send("POST", "/invitations/accept", json=body)).status_code == 204
    signing_in = {"email": email, "password": "quiet-otter-rows-upstream"}
    pair = (await world.api.send("POST", "/auth/tokens", json=signing_in)).json()
    token = {"Authorization": f"Bearer {pair['access_token']}", "Idempotency-Key": "k"}
    assert (await world.api.send("POST", "/reflections", json={"text": "x"}, headers=token)).status_code == 201
    owner = UUID(chart["id"])
    counted = {
        "vault_keys WHERE id": 1,
        "patient_name_parts WHERE patient_id": 2,
        "stored_responses WHERE owner_id": 1,
    }
    for where, rows in counted.items():
        assert await hand.value(f"SELECT count(*) FROM {where} = ?", owner) == rows  # noqa: S608  of this test
    await erase(world.admin, chart["id"])
    for where in counted:
        assert await hand.value(f"SELECT count(*) FROM {where} = ?", owner) == 0  # noqa: S608  of this test
    row = (await hand.run("SELECT name, email, phone, erased_at FROM patients WHERE id = ?", owner))[0]
    assert (bytes(row[0]), row[1], row[2]) == (b"", None, None)
    assert row[3] is not None
    index = email_index(work_of(world.admin, sign_in_operations.READ_ME), email)
    assert await hand.value("SELECT count(*) FROM accounts WHERE email_index = ?", index) == 0
    open_ = "SELECT count(*) FROM sign_ins WHERE account_id = ? AND revoked_at IS NULL"
    assert await hand.value(open_, UUID(pair["account_id"])) == 0
    refresh = {"refresh_token": pair["refresh_token"]}
    assert (await world.api.send("POST", "/auth/tokens/refresh", json=refresh)).status_code == 401
    assert (await world.api.send("POST", "/auth/tokens", json=signing_in)).status_code == 401
    assert (await world.api.send("GET", "/me", headers=token)).status_code == 401
    other = await therapist.post("/patients", {"name": "Somebody Else", "email": email})
    await therapist.post("/invitations", {"patient_id": other["id"]})  # the address is free again
    assert "patient.erased" in {notice["event"] for notice in (await officer.get("/notices"))["items"]}


async def test_an_erasure_is_done_once_and_its_retry_is_answered(world: World) -> None:
    await keep_nothing(world)
    patient = await world.patient_of(await world.therapist())
    path = f"/patients/{world.chart_id(patient)}/erasure"
    first = await world.admin.send("POST", path, match=1, key="once")
    again = await world.admin.send("POST", path, match=1, key="once")
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.content == again.content
    assert again.headers["idempotency-replayed"] == "true"
    assert (await world.admin.send("POST", path, match=1)).status_code == 404


async def test_many_at_once_erase_once(world: World) -> None:
    await keep_nothing(world)
    patient = await world.patient_of(await world.therapist())
    path = f"/patients/{world.chart_id(patient)}"
    answers = await asyncio.gather(
        *(world.admin.send("POST", f"{path}/erasure", match=1) for _ in range(4)),
        *(world.admin.send("PUT", f"{path}/legal-hold", HOLD, match=1) for _ in range(4)),
        *(world.admin.send("PATCH", path, {"phone": "+1 555 0100"}, match=1) for _ in range(2)),
    )
    assert [answer.status_code for answer in answers].count(200) == 1
    assert {answer.status_code for answer in answers} <= {200, 404, 409, 412}


async def test_a_hold_that_comes_between_is_seen(world: World) -> None:
    """The erasure has looked at the chart; the hold is set; then the erasure is applied: it must miss."""
    await keep_nothing(world)
    patient = await world.patient_of(await world.therapist())
    path = f"/patients/{world.chart_id(patient)}"
    from integration_api.resources.oversight.retention.service import erase_patient  # noqa: PLC0415  as the router calls it

    work = work_of(world.admin, retention_operations.ERASE_PATIENT)
    await erase_patient(work, UUID(world.chart_id(patient)), 1)
    await world.admin.put(f"{path}/legal-hold", HOLD, 1)
    with pytest.raises(Exception, match="stale-version"):
        await work.apply()
    assert (await world.admin.get(f"{path}/legal-hold"))["reason"] == "litigation"


async def test_an_account_that_changes_before_its_erasure_makes_that_start_over(world: World) -> None:
    """Else the account would keep a binding of what it is no more, and nobody could tell that from a forgery."""
    await keep_nothing(world)
    patient = await world.patient_of(await world.therapist())
    chart = world.chart_id(patient)
    from integration_api.resources.oversight.retention.service import erase_patient  # noqa: PLC0415  as above

    work = work_of(world.admin, retention_operations.ERASE_PATIENT)
    await erase_patient(work, UUID(chart), 1)
    await world.admin.patch(f"/accounts/{patient.id}", {"state": "disabled"}, 1)
    with pytest.raises(StartAgain):
        await work.apply()
    await erase(world.admin, chart)
    found = await world.api.runtime.database.one(READ_ACCOUNT, {**world.admin.ambient(), "id": patient.actor.id})
    assert found is not None
    assert (found.state, found.epoch, found.password_hash) == ("disabled", 3, None)
    assert world.api.runtime.bindings.holds("accounts", found)


async def test_a_change_that_was_loaded_before_comes_too_late(world: World) -> None:
    await keep_nothing(world)
    patient = await world.patient_of(await world.therapist())
    chart = UUID(world.chart_id(patient))
    work = work_of(world.admin, patients_operations.UPDATE_PATIENT)
    row = await load_patient(work, chart)
    work.change(patients_sql.UPDATE_PATIENT, row.model_copy(update={"phone": "1"}), expected_version=1)
    work.record(row.id, row.id)
    writing = work_of(patient, reflections_operations.CREATE_REFLECTION)
    await erase(world.admin, str(chart))
    with pytest.raises(Exception, match="stale-version"):
        await work.apply()
    with pytest.raises(Exception, match="not-found"):
        await load_patient(writing, chart)


@pytest.mark.thorough
async def test_erased_charts_stand_in_nobodys_way(world: World) -> None:
    """A page of a list that is full of erased charts is simply the next charts."""
    await keep_nothing(world)
    therapist = await world.therapist()
    charts = [await therapist.post("/patients", {"name": f"Sample {n}"}) for n in range(6)]
    for chart in charts[::2]:
        await erase(world.admin, chart["id"])
    kept = [chart["id"] for chart in charts[1::2]]
    for person in (therapist, world.admin):
        page = await person.get("/patients", params={"limit": 2})
        rest = await person.get("/patients", params={"limit": 2, "cursor": page["next_cursor"]})
        assert [item["id"] for item in page["items"] + rest["items"]] == kept[::-1]
    entry = await reflections.draft(await world.patient_of(therapist))
    assert datetime.fromisoformat(entry["created_at"]).tzinfo == UTC
