"""Consents: signed by the patient outside the altered-state window, withdrawn at any time."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from tests.factories.consents import named, published, signed, withdrawn
from tests.factories.doses import dosed_session
from tests.factories.emergencies import WHY
from tests.factories.factors import proved_ago
from tests.factories.feeds import client, seal
from tests.support import Api, Json, Person, World

PATH = "/consents"


async def clinic(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


def on_paper(world: World, document: Json, **ago: float) -> Json:
    return {**named(document), "signed_at": (world.api.clock() - timedelta(**ago)).isoformat()}


async def test_nobody_without_a_token(api: Api) -> None:
    one = uuid4()
    for method, path in (("GET", PATH), ("POST", PATH), ("GET", f"{PATH}/{one}"), ("POST", f"{PATH}/{one}/withdraw")):
        assert (await api.send(method, path)).status_code == 401
    assert (await api.send("POST", f"/patients/{one}/consents")).status_code == 401


async def test_a_patient_signs_and_the_team_sees_it(world: World) -> None:
    therapist, patient, chart = await clinic(world)
    document = await published(world.admin, "treatment")
    made = await signed(patient, document)
    facts = (made["patient_id"], made["purpose"], made["number"], made["ordinal"], made["mode"], made["is_last"])
    assert facts == (chart, "treatment", 1, 1, "signed_in", True)
    assert (made["created_by_id"], made["withdrawn_at"]) == (patient.id, None)
    for person in (therapist, patient):
        assert await person.get(f"{PATH}/{made['id']}") == made
        assert (await person.get(PATH))["items"] == [made]
        assert (await person.get(PATH, params={"patient_id": chart, "purpose": "sharing"}))["items"] == []
    await world.admin.get(f"{PATH}/{made['id']}", expect=403)
    await (await world.staff(Role.AUDITOR)).get(PATH, expect=403)
    await therapist.post(PATH, named(document), expect=403)


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    _, patient, chart = await clinic(world)
    document = await published(world.admin, "treatment")
    made = await signed(patient, document)
    stranger, _, _ = await clinic(world)
    for person in (stranger, await world.patient_of(stranger)):
        await person.get(f"{PATH}/{made['id']}", expect=404)
        await withdrawn(person, made, expect=404)
        assert (await person.get(PATH))["items"] == []
    await stranger.post(f"/patients/{chart}/consents", on_paper(world, document), expect=404)
    await patient.get(f"{PATH}/{new_id()}", expect=404)


async def test_the_text_that_is_signed_is_the_one_that_was_shown(world: World) -> None:
    _, patient, _ = await clinic(world)
    document = await published(world.admin, "treatment")
    for changed, code in (({"text_sha256": "0" * 64}, "other_text"), ({"language": "de"}, "not_of_document")):
        answer = await patient.post(PATH, {**named(document), **changed}, expect=422)
        assert [one["code"] for one in answer["errors"]] == [code]
    await patient.post(PATH, {**named(document), "document_id": str(new_id())}, expect=404)
    elsewhere = await published((await World.build(world.api)).admin, "treatment")
    await signed(patient, elsewhere, expect=404)
    await published(world.admin, "treatment")
    assert (await signed(patient, document, expect=409))["code"] == "document-retired"


async def test_the_last_signature_of_a_purpose_counts(world: World) -> None:
    therapist, patient, _ = await clinic(world)
    first = await signed(patient, document := await published(world.admin, "treatment"))
    assert (await signed(patient, document, expect=409))["code"] == "consent-stands"
    second = await signed(patient, await published(world.admin, "treatment"))
    assert (second["number"], second["ordinal"]) == (2, 2)
    assert [one["is_last"] for one in (await therapist.get(PATH))["items"]] == [True, False]
    assert (await withdrawn(patient, first, expect=409))["code"] == "superseded"
    gone = await withdrawn(patient, second)
    assert (gone["version"], gone["withdrawn_by_id"]) == (2, patient.id)
    assert (await withdrawn(patient, gone, expect=409))["code"] == "superseded"
    third = await patient.post(PATH, named(await world.admin.get(f"/consent-documents/{second['document_id']}")))
    assert (third["ordinal"], third["is_last"]) == (3, True)


async def test_of_two_signatures_at_once_one_counts_as_the_last(world: World) -> None:
    _, patient, _ = await clinic(world)
    document = await published(world.admin, "treatment")
    answers = await asyncio.gather(*(patient.send("POST", PATH, named(document)) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert [one["ordinal"] for one in (await patient.get(PATH))["items"]] == [1]


async def test_signing_waits_for_the_end_of_a_dose_and_withdrawing_does_not(world: World, api: Api) -> None:
    therapist, patient, chart = await clinic(world)
    document = await published(world.admin, "research")
    await signed(patient, document)
    await dosed_session(therapist, chart)
    newer = await published(world.admin, "research")
    held = await signed(patient, newer, expect=409)
    assert held["code"] == "altered-state-hold"
    paper = await therapist.post(f"/patients/{chart}/consents", on_paper(world, newer), expect=409)
    assert (paper["code"], paper["ends_at"]) == ("altered-state-hold", held["ends_at"])
    before = await therapist.post(f"/patients/{chart}/consents", on_paper(world, newer, hours=1))
    assert (before["mode"], before["created_by_id"]) == ("paper", therapist.id)
    assert (await withdrawn(patient, before))["withdrawn_by_id"] == patient.id
    api.clock.advance(hours=12)
    assert (await signed(proved_ago(patient, minutes=1), newer))["ordinal"] == 3


async def test_a_signature_needs_a_fresh_proof_of_who_signs(world: World) -> None:
    _, patient, _ = await clinic(world)
    document = await published(world.admin, "treatment")
    late = proved_ago(patient, minutes=6)
    assert (await signed(late, document, expect=403))["code"] == "step-up-required"


async def test_paper_is_recorded_by_the_care_team(world: World) -> None:
    therapist, patient, chart = await clinic(world)
    document = await published(world.admin, "treatment")
    path = f"/patients/{chart}/consents"
    await therapist.post(path, on_paper(world, document, hours=-1), expect=422)
    await patient.post(path, on_paper(world, document), expect=403)
    stranger = await world.therapist()
    await stranger.post(f"/patients/{chart}/emergency-access", WHY)
    assert (await stranger.post(path, on_paper(world, document), expect=403))["code"] == "emergency-only"
    made = await therapist.post(path, on_paper(world, document, days=1))
    assert (await withdrawn(therapist, made))["withdrawn_by_id"] == therapist.id
    older = await therapist.post(path, on_paper(world, document, hours=2), expect=422)
    assert [one["field"] for one in older["errors"]] == ["body.signed_at"], "older than the withdrawal"


async def test_the_team_is_told_that_a_consent_was_withdrawn(world: World) -> None:
    therapist, patient, chart = await clinic(world)
    made = await signed(patient, await published(world.admin, "treatment"))
    await seal(world)
    desk = await client(therapist)
    gone = await withdrawn(patient, made)
    assert gone["monitoring"]["told"] == "team"
    tasks = (await therapist.get("/worklist"))["items"]
    assert [(one["kind"], one["subject_id"]) for one in tasks] == [("consent_withdrawn", made["id"])]
    await seal(world)
    told = {(one["kind"], one["id"], one["patient_id"]) for one in await desk.poll()}
    assert ("consent", made["id"], chart) in told
