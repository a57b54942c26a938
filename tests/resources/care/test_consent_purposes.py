"""Purposes are enforced where data leaves: programs, webhooks, numbers, disclosures, and the start of a dose."""

from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.resources.people.consent_documents.purposes import permitted
from integration_api.resources.people.consent_documents.tables import ConsentPurpose
from integration_api.resources.people.patients.operations import READ_PATIENT
from tests.factories.cohorts import cohort, later, of_phq9, outcomes, then
from tests.factories.consents import named, published, signed, withdrawn
from tests.factories.doses import dose
from tests.factories.hooks import Hooked
from tests.factories.readiness import clear, clearing, dosing_session, holds_of
from tests.factories.reflections import work_of
from tests.factories.sessions import session
from tests.resources.delivery.conftest import hooked as hooked  # noqa: PLC0414  a fixture
from tests.support import Json, Person, World


async def clinic(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def permits(person: Person, chart: str, purpose: str) -> bool:
    """Ask the one function as a reader of charts. Return whether the purpose is permitted."""
    return await permitted(work_of(person, READ_PATIENT), UUID(chart), ConsentPurpose(purpose))


@pytest.mark.parametrize("purpose", ["treatment", "sharing", "research"])
async def test_a_purpose_is_permitted_by_the_last_signature(world: World, purpose: str) -> None:
    therapist, patient, chart = await clinic(world)
    assert await permits(therapist, chart, purpose)  # nobody asks
    first = await published(world.admin, purpose)
    assert not await permits(therapist, chart, purpose)
    made = await signed(patient, first)
    assert await permits(therapist, chart, purpose)
    await published(world.admin, purpose)
    assert await permits(therapist, chart, purpose)  # the next version takes the signature of the one before
    third = await published(world.admin, purpose, needs_new_signature=True)
    assert not await permits(therapist, chart, purpose)
    again = await signed(patient, third)
    assert await permits(therapist, chart, purpose)
    await withdrawn(patient, again)
    assert not await permits(therapist, chart, purpose)
    await world.admin.post(f"/consent-documents/{third['id']}/retire", match=1, expect=200)
    assert not await permits(therapist, chart, purpose)  # nobody asks any more, and the withdrawal stands
    others = {"treatment", "sharing", "research"} - {purpose}
    assert all([await permits(therapist, chart, other) for other in others])
    assert made["is_last"]


async def test_a_chart_that_the_actor_may_not_see_permits_nothing(world: World) -> None:
    _, _, chart = await clinic(world)
    assert not await permits(await world.therapist(), chart, "sharing")


async def test_a_program_is_shown_those_who_permit_sharing(world: World) -> None:
    therapist, patient, chart = await clinic(world)
    other = await world.patient_of(therapist, name="Wren Sample")
    program = await world.program()
    assert {one["id"] for one in (await program.get("/patients"))["items"]} == {chart, world.chart_id(other)}
    document = await published(world.admin, "sharing")
    assert (await program.get("/patients"))["items"] == []
    await program.get(f"/patients/{chart}", expect=404)
    await program.get(f"/patients/{chart}/care-team", expect=404)
    await program.patch(f"/patients/{chart}", {"phone": "555 0100"}, 1, expect=404)
    found = await program.post("/patients/search", {"name_part": "Rowan"}, expect=200)
    assert found["items"] == []
    consent = await signed(patient, document)
    assert [one["id"] for one in (await program.get("/patients"))["items"]] == [chart]
    await program.get(f"/patients/{chart}")
    await program.get(f"/patients/{chart}/care-team")
    await withdrawn(patient, consent)
    await program.get(f"/patients/{chart}", expect=404)
    await therapist.get(f"/patients/{chart}")  # people of the clinic go on
    assert len((await therapist.get("/patients"))["items"]) == 2


async def test_a_webhook_tells_of_those_who_permit_sharing(hooked: Hooked) -> None:
    hook = await hooked.hook(["session"])
    document = await published(hooked.world.admin, "sharing")
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    assert [one["state"] for one in await hooked.log(hook)] == ["not_told"]
    consent = await signed(hooked.patient, document)
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    assert [one["state"] for one in await hooked.log(hook)] == ["delivered", "not_told"]
    await withdrawn(hooked.patient, consent)
    await session(hooked.therapist, hooked.chart_id)
    await hooked.deliver()
    assert [one["state"] for one in await hooked.log(hook)] == ["not_told", "delivered", "not_told"]
    assert len(hooked.receiver.got) == 1


@pytest.mark.thorough
async def test_numbers_count_those_who_permit_research(world: World) -> None:
    therapist, charts = await cohort(world, [20, 18, 16, 14, 12, 10])
    await later(world, therapist, hours=25)
    await then(therapist, charts, [10, 9, 12, 9, 9, 8])
    await later(world, therapist, days=50)
    document = await published(world.admin, "research")
    assert of_phq9(await outcomes(world.admin, quarter="2026-Q4"), "h24")[0] is None
    consents = [await _on_paper(therapist, chart, document) for chart in charts]
    assert of_phq9(await outcomes(world.admin, quarter="2026-Q4"), "h24")[0] == 6
    await withdrawn(therapist, consents[0])
    assert of_phq9(await outcomes(world.admin, quarter="2026-Q4"), "h24")[0] == 5


async def _on_paper(therapist: Person, chart: str, document: Json) -> Json:
    signed_at = (therapist.api.clock() - timedelta(minutes=1)).isoformat()
    made: Json = await therapist.post(f"/patients/{chart}/consents", {**named(document), "signed_at": signed_at})
    return made


async def test_a_disclosure_that_nobody_permitted_is_recorded_and_told(world: World) -> None:
    therapist, patient, chart = await clinic(world)
    officer = await world.staff(Role.PRIVACY_OFFICER)
    document = await published(world.admin, "research")
    consent = await signed(patient, document)

    async def disclose(basis: str) -> Json:
        at = (world.api.clock() - timedelta(hours=1)).isoformat()
        texts = {"recipient": "A study", "content": "Scores.", "purpose": "A study."}
        made: Json = await therapist.post(
            "/disclosures", {"patient_id": chart, "basis": basis, "disclosed_at": at, **texts}
        )
        return made

    assert (await disclose("court"))["is_permitted"] is None
    assert (await disclose("other"))["is_permitted"] is True  # the clinic does not ask for sharing
    assert (await disclose("research"))["is_permitted"] is True
    assert [one for one in (await officer.get("/notices"))["items"] if one["event"] == "disclosure.recorded"] == []
    await withdrawn(patient, consent)
    made = await disclose("research")
    assert made["is_permitted"] is False
    assert await patient.get(f"/disclosures/{made['id']}") == made
    told = [one for one in (await officer.get("/notices"))["items"] if one["event"] == "disclosure.recorded"]
    assert [(one["subject_id"], one["patient_id"]) for one in told] == [(made["id"], chart)]


async def test_a_signature_on_file_decides_whether_a_dose_starts(world: World) -> None:
    therapist, patient, chart = await clinic(world)
    document = await published(world.admin, "treatment")
    planned = await session(therapist, chart, phase="dosing")
    assert "rd.consent" in (await therapist.get(f"/sessions/{planned['id']}/readiness"))["unmet"]
    made = await dosing_session(therapist, chart)
    check = await clear(therapist, made)
    assert (check["items"]["rd.consent"]["status"], check["unmet"], check["state"]) == ("met", ["rd.consent"], "open")
    assert (await dose(therapist, made, expect=409))["code"] == "dose-held"
    consent = await signed(patient, document)
    ready = await therapist.get(f"/sessions/{made['id']}/readiness")
    assert ready["unmet"] == []
    await dose(therapist, made)
    assert "rd.consent" not in (await therapist.get(f"/sessions/{planned['id']}/readiness"))["unmet"]
    await withdrawn(patient, consent)
    assert (await therapist.get(f"/sessions/{made['id']}/readiness"))["unmet"] == ["rd.consent"]
    assert (await dose(therapist, made, expect=409))["code"] == "dose-held"


async def test_a_withdrawal_holds_a_dose_until_a_prescriber_decides_anew(world: World) -> None:
    therapist, patient, chart = await clinic(world)
    consent = await signed(patient, await published(world.admin, "treatment"))
    made = await dosing_session(therapist, chart)
    await clear(therapist, made)
    await withdrawn(patient, consent)
    assert (await dose(therapist, made, expect=409))["code"] == "dose-held"
    [hold] = await holds_of(therapist, made)
    assert (hold["item"], hold["rule"]) == ("rd.consent", "R21")
    path = f"/sessions/{made['id']}/holds/{hold['id']}/release"
    prescriber = await clearing(therapist, chart)
    await prescriber.post(path, {"reason": "The patient asked for it."}, match=1, expect=200)
    assert (await therapist.get(f"/sessions/{made['id']}/readiness"))["state"] == "released"
