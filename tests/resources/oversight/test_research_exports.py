"""Research exports: of who has signed alone, under pseudonyms, with shifted dates, and never of few."""

import hashlib
import json
import zipfile
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from integration_api.access.actor import FRESH, Role
from integration_api.core.ids import new_id
from tests.factories import arcs, consents, exports, research
from tests.factories.adverse_events import adverse_event
from tests.factories.cohorts import score_of
from tests.factories.doses import dose, dosed_session
from tests.factories.exports import everything, things
from tests.factories.feeds import seal
from tests.factories.measure_responses import answered
from tests.factories.monitoring import upload
from tests.factories.research import FLOOR
from tests.scene import Scene
from tests.support import Api, Json, Person, World


class Cohort:
    """A clinic whose patients have signed for research."""

    def __init__(self, world: World, officer: Person, therapist: Person, document: Json, charts: list[str]) -> None:
        self.world, self.officer, self.therapist = world, officer, therapist
        self.document, self.charts = document, charts


@pytest.fixture
async def cohort(world: World) -> Cohort:
    therapist, document = await world.therapist(), await research.document_of(world)
    charts = await research.consented(world, therapist, document)
    return Cohort(world, await research.officer_of(world), therapist, document, charts)


PATH = "/research-studies/{}/exports"


def instants(archive: zipfile.ZipFile) -> dict[str, list[datetime]]:
    """The times of the scores of each patient."""
    found: dict[str, list[datetime]] = {}
    for line in things(archive, "scores"):
        found.setdefault(line["patient"], []).append(datetime.fromisoformat(line["happened_at"]))
    return found


async def test_nobody_without_a_token(api: Api) -> None:
    for path in ("/research-studies", f"/research-studies/{new_id()}", f"/research-exports/{new_id()}"):
        assert (await api.send("GET", path)).status_code == 401
    assert (await api.send("GET", f"/research-exports/{new_id()}/content")).status_code == 401
    for path in ("/research-studies", f"/research-studies/{new_id()}/close", f"/research-studies/{new_id()}/exports"):
        assert (await api.send("POST", path, json={})).status_code == 401


@pytest.mark.parametrize("role", [Role.CLINIC_ADMIN, Role.THERAPIST, Role.SUPERVISOR, Role.AUDITOR])
async def test_privacy_officers_alone(cohort: Cohort, role: Role) -> None:
    study = await research.study_of(cohort.officer)
    made = await research.ready(cohort.officer, study)
    who = await cohort.world.staff(role)
    await who.post("/research-studies", {"name": "Mine"}, expect=403)
    await who.get("/research-studies", expect=403)
    await who.get(f"/research-studies/{study['id']}", expect=403)
    await who.post(f"/research-studies/{study['id']}/close", match=study["version"], expect=403)
    await research.asked(who, study, expect=403)
    await who.get(f"/research-studies/{study['id']}/exports", expect=403)
    await who.get(f"/research-exports/{made['id']}", expect=403)
    await research.downloaded(who, made, expect=403)


async def test_those_of_another_clinic_are_not_there(cohort: Cohort) -> None:
    study = await research.study_of(cohort.officer)
    made = await research.ready(cohort.officer, study)
    elsewhere = await research.officer_of(await World.build(cohort.world.api))
    await elsewhere.get(f"/research-studies/{study['id']}", expect=404)
    await research.asked(elsewhere, study, expect=404)
    await elsewhere.get(f"/research-exports/{made['id']}", expect=404)
    await research.downloaded(elsewhere, made, expect=404)


async def test_asking_downloading_and_closing_need_a_fresh_proof(cohort: Cohort) -> None:
    officer = cohort.officer
    study = await research.study_of(officer)
    made = await research.ready(officer, study)
    exports.prove(officer, ago=FRESH + timedelta(seconds=1))
    assert (await research.asked(officer, study, expect=403))["code"] == "step-up-required"
    assert json.loads(await research.downloaded(officer, made, expect=403))["code"] == "step-up-required"
    told = await officer.post(f"/research-studies/{study['id']}/close", match=study["version"], expect=403)
    assert told["code"] == "step-up-required"
    exports.prove(officer)
    await research.downloaded(officer, made)


async def test_it_has_who_has_signed_and_nobody_else(cohort: Cohort) -> None:
    """Not who never signed, who withdrew, or whose signature counts for something else."""
    world, therapist = cohort.world, cohort.therapist
    never = (await therapist.post("/patients", {"name": "Never Sample"}))["id"]
    await answered(therapist, never, answers=score_of(27))
    other = await consents.published(world.admin, "sharing")
    await research.on_paper(therapist, never, other)
    patient, consent = await research.patient_who_signed(world, therapist, cohort.document)
    await answered(therapist, world.chart_id(patient), answers=score_of(26))
    await consents.withdrawn(patient, consent)
    study = await research.study_of(cohort.officer)
    archive = await research.opened(cohort.officer, study)
    assert len(research.pseudonyms(archive)) == FLOOR
    assert sorted(one["value"] for one in things(archive, "scores") if one["score"] == "total") == [10, 11, 12, 13, 14]
    assert (await cohort.officer.get(f"/research-studies/{study['id']}/exports"))["items"][0]["chart_count"] == FLOOR


async def test_signatures_that_count_no_more_are_none(cohort: Cohort) -> None:
    """The document is asked for anew, or no more at all."""
    study = await research.study_of(cohort.officer)
    anew = await research.document_of(cohort.world, needs_new_signature=True)
    assert (await research.asked(cohort.officer, study, expect=409))["code"] == "too-few-consents"
    for chart in cohort.charts:
        await research.on_paper(cohort.therapist, chart, anew)
    await research.opened(cohort.officer, study)
    await cohort.world.admin.post(f"/consent-documents/{anew['id']}/retire", match=anew["version"], expect=200)
    assert (await research.asked(cohort.officer, study, expect=409))["code"] == "too-few-consents"


async def test_a_clinic_that_never_asked_has_nobody(world: World) -> None:
    """For other purposes it would serve everybody who did not withdraw."""
    therapist = await world.therapist()
    for _ in range(FLOOR):
        await therapist.post("/patients", {"name": "Rowan Sample"})
    officer = await research.officer_of(world)
    assert (await research.asked(officer, await research.study_of(officer), expect=409))["code"] == "too-few-consents"


async def test_the_floor_is_the_clinic_s_policy(cohort: Cohort) -> None:
    clinic = await cohort.world.admin.get("/clinic")
    policies = {"outcomes_minimum_patients": FLOOR + 1}
    await cohort.world.admin.patch("/clinic", {"policies": policies}, clinic["version"])
    study = await research.study_of(cohort.officer)
    told = await research.asked(cohort.officer, study, expect=409)
    assert (told["code"], told["status"]) == ("too-few-consents", 409)
    await research.consented(cohort.world, cohort.therapist, cohort.document, 1)
    assert (await research.ready(cohort.officer, study))["chart_count"] == FLOOR + 1


async def test_pseudonyms_and_dates_are_of_the_study(cohort: Cohort) -> None:
    """The same within a study, others in another one, and intervals stay in both."""
    officer = cohort.officer
    for chart in cohort.charts:
        at = (cohort.world.api.clock() - timedelta(days=9, hours=3, minutes=7)).isoformat()
        await answered(cohort.therapist, chart, answers=score_of(5), completed_at=at)
    first, second = [await research.study_of(officer, name) for name in ("One", "Two")]
    once, again, other = [await research.opened(officer, one) for one in (first, first, second)]
    assert research.pseudonyms(once) == research.pseudonyms(again) == sorted(research.pseudonyms(once))
    assert not set(research.pseudonyms(once)) & set(research.pseudonyms(other))
    assert things(once, "scores") == things(again, "scores")
    assert not {one["response"] for one in things(once, "scores")} & {
        one["response"] for one in things(other, "scores")
    }
    spans = [sorted(max(at) - min(at) for at in instants(archive).values()) for archive in (once, other)]
    whole = timedelta(days=9, hours=3, minutes=7)
    assert spans[0] == spans[1]
    minute = timedelta(minutes=1)
    for span, number in zip(spans[0], reversed(range(FLOOR)), strict=True):
        assert abs(span - (whole - timedelta(days=2 + number))) <= minute
    earliest = [sorted(min(at) for at in instants(archive).values()) for archive in (once, other)]
    assert not set(earliest[0]) & set(earliest[1])
    zone = ZoneInfo((await cohort.world.admin.get("/clinic"))["time_zone"])
    true = (cohort.world.api.clock() - whole).astimezone(zone).replace(tzinfo=None)
    shifts = {min(at) - true for at in instants(once).values()}
    assert len(shifts) == FLOOR
    assert all(timedelta(days=1) - minute <= -shift <= timedelta(days=367) for shift in shifts)


async def test_no_id_no_text_and_no_time_of_a_chart_is_in_it(cohort: Cohort) -> None:
    therapist, chart = cohort.therapist, cohort.charts[0]
    session = await dosed_session(therapist, chart, intention="Canary-77")
    await dose(therapist, session, route="im", amount=20, kind="booster", note="Canary-77")
    taken = cohort.world.api.clock().isoformat()
    await upload(
        therapist,
        session,
        {"id": str(new_id()), "taken_at": taken, "field": "heart_rate", "value": 71},
        {"id": str(new_id()), "taken_at": taken, "field": "observation", "text": "Canary-77"},
        {"id": str(new_id()), "taken_at": taken, "field": "weight", "value": 83.25},
    )
    await adverse_event(therapist, chart, session, text="Canary-77", onset_at=taken)
    await arcs.completed(therapist, session)
    study = await research.study_of(cohort.officer)
    archive = await research.opened(cohort.officer, study)
    found = everything(archive)
    named = await therapist.get(f"/patients/{chart}")
    ids = (chart, session["id"], study["id"])
    for word in ("Canary-77", "Rowan", "1988-04", *ids, named["time_zone"], "83.25", "Test House"):
        assert word.encode() not in found, word
    assert sorted(one["amount_mg"] for one in things(archive, "doses")) == [20, 60]
    assert {one["amount_mg"]: one["mg_per_kg"] for one in things(archive, "doses")}[60] == 0.86
    assert [(one["field"], one["value"]) for one in things(archive, "vitals")] == [("heart_rate", 71)]
    assert [one["kind"] for one in things(archive, "adverse_events")] == ["nausea"]
    told = {one["session"] for kind in ("doses", "vitals", "adverse_events") for one in things(archive, kind)}
    assert told == {one["session"] for one in things(archive, "sessions")}
    assert len(told) == 1
    assert cohort.world.api.clock().date().isoformat().encode() not in archive.read("data/doses.jsonl")


@pytest.mark.thorough
async def test_no_canary_of_one_of_everything_is_in_it(world: World) -> None:
    """Whatever texts there are: none leaves."""
    scene = await Scene.build(world)
    study = await research.study_of(scene.officer, "Plain")
    document = await research.document_of(world)
    await research.on_paper(scene.therapist, scene.chart, document)
    await research.consented(world, scene.therapist, document, FLOOR - 1)
    for session in (await scene.therapist.get(f"/sessions?patient_id={scene.chart}&limit=100"))["items"]:
        if session["state"] == "in_progress":
            await arcs.over(scene.therapist, session)
    archive = await research.opened(scene.officer, study)
    found = everything(archive)
    assert scene.mark.encode() not in found
    assert all(things(archive, kind) for kind in ("sessions", "doses", "vitals", "scores", "adverse_events"))
    for name, thing in scene.ids.items():
        assert thing.encode() not in found or name == "instrument_id", name


async def test_the_manifest_is_signed_and_says_what_is_left_out(cohort: Cohort) -> None:
    study = await research.study_of(cohort.officer)
    made = await research.ready(cohort.officer, study)
    data = await research.downloaded(cohort.officer, made)
    assert (hashlib.sha256(data).hexdigest(), len(data)) == (made["sha256"], made["size_bytes"])
    archive = await research.opened(cohort.officer, study)
    signed = archive.read("manifest.json")
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(made["public_key"])).verify(archive.read("manifest.sig"), signed)
    manifest = json.loads(signed)
    assert manifest["made_on"] == cohort.world.api.clock().date().isoformat()
    assert {one.date_time[3:] for one in archive.infolist()} == {(0, 0, 0)}
    found = everything(archive)
    for one in (study["id"], *[made["id"] for made in (await cohort.officer.get(PATH.format(study["id"])))["items"]]):
        assert one.encode() not in found
    assert (manifest["study"], manifest["patients"], manifest["country"]) == (study["name"], FLOOR, "US")
    assert {"not_consented", "free_text", "kept_apart", "dates"} <= {one["kind"] for one in manifest["left_out"]}
    listed = {one["path"]: one for one in manifest["files"]}
    for name in set(archive.namelist()) - {"manifest.json", "manifest.sig", "signing-key.pem"}:
        assert hashlib.sha256(archive.read(name)).hexdigest() == listed[name]["sha256"], name


async def test_patients_are_told_and_so_are_the_privacy_officers(cohort: Cohort) -> None:
    patient, _ = await research.patient_who_signed(cohort.world, cohort.therapist, cohort.document)
    outsider = await cohort.world.patient_of(cohort.therapist)
    another = await research.officer_of(cohort.world)
    study = await research.study_of(cohort.officer, "Sleep 2026")
    made = await research.ready(cohort.officer, study)
    await research.downloaded(cohort.officer, made)
    await seal(cohort.world)
    rows = (await patient.get("/me/access-log"))["items"]
    assert [(one["event"], one["study"]) for one in rows if one["subject_id"] == study["id"]] == [
        ("research_export.chart_included", "Sleep 2026")
    ]
    assert {one["study"] for one in (await outsider.get("/me/access-log"))["items"]} <= {None}
    told = [one["event"] for one in (await another.get("/notices"))["items"]]
    assert {"research_study.created", "research_export.asked"} <= set(told)
    ledger = (await another.get("/ledger?limit=100"))["items"]
    of_export = [one["event"] for one in ledger if one["subject_id"] == made["id"]]
    assert {"research_export.asked", "research_export.made", "research_export.downloaded"} <= set(of_export)
    included = [one for one in ledger if one["event"] == "research_export.chart_included"]
    assert len(included) == made["chart_count"] == FLOOR + 1
    await patient.get(f"/research-studies/{study['id']}", expect=403)


async def test_a_closed_study_has_no_key_and_no_more_exports(cohort: Cohort) -> None:
    officer = cohort.officer
    study = await research.study_of(officer)
    closed = await officer.post(f"/research-studies/{study['id']}/close", match=study["version"], expect=200)
    assert closed["closed_by_id"] == officer.id
    assert (await research.asked(officer, study, expect=409))["code"] == "study-closed"
    again = await officer.post(f"/research-studies/{study['id']}/close", match=closed["version"], expect=409)
    assert again["code"] == "superseded"
    found = (await officer.get("/research-studies"))["items"]
    assert [(one["name"], one["closed_at"]) for one in found] == [(study["name"], closed["closed_at"])]
    assert not {"pseudonym_key", "key"} & found[0].keys()
