"""Safeguarding reports: for the reporter, the lead and the deputy alone, and for nobody who is named."""

from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.settings import Settings
from tests.architecture.test_privacy import Said
from tests.architecture.test_privacy import log as log  # noqa: PLC0414  a fixture
from tests.factories.doses import dosed_session
from tests.factories.feeds import client, seal
from tests.factories.safeguarding import PATH, TEXT, designated, listed, report
from tests.resources.journal.test_psychotherapy_forgeries import alarmed
from tests.storage.hand import Hand
from tests.support import Api, Json, Person, World

CLINIC = "/clinic/safeguarding"


async def parties(world: World) -> tuple[Person, Person, Person, Person]:
    """A therapist, their patient, the lead and the deputy."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, *await designated(world)


async def test_nobody_without_a_token(api: Api) -> None:
    one = uuid4()
    for method, path in (
        ("POST", PATH),
        ("GET", PATH),
        ("GET", f"/safeguarding-reports/{one}"),
        ("PATCH", f"{PATH}/{one}"),
        ("POST", f"{PATH}/{one}/hand-over"),
        ("GET", CLINIC),
        ("PUT", CLINIC),
    ):
        assert (await api.send(method, path)).status_code == 401


async def test_a_report_is_read_by_its_reporter_the_lead_and_the_deputy(world: World) -> None:
    therapist, patient, lead, deputy = await parties(world)
    sent = await report(patient, therapist, wants_contact=True, safe_contact="My sister")
    assert (sent["state"], sent["told"], sent["outside_contact"]) == (
        "received",
        "lead_and_deputy",
        "Ombudsperson, 555 0190",
    )
    assert sent["crisis_resources"][0]["kind"] == "emergency"
    path = f"{PATH}/{sent['id']}"
    for person in (patient, lead, deputy):
        shown = await person.get(path)
        assert (shown["text"], shown["safe_contact"], shown["about"]) == (TEXT, "My sister", "touch")
        assert (shown["reporter_id"], shown["named_account_ids"]) == (patient.id, [therapist.id])
        assert shown["is_yours"] is (person is patient)
    assert [await listed(person, place) for person, place in ((patient, "reporter"), (lead, "lead"))] == [
        [sent["id"]],
        [sent["id"]],
    ]
    assert (await listed(deputy, "deputy"), await listed(deputy, "lead")) == ([sent["id"]], [])
    for person in (therapist, world.admin, await world.staff(Role.PRIVACY_OFFICER), await world.staff(Role.AUDITOR)):
        await person.get(path, expect=404)
        for place in ("reporter", "lead", "deputy"):
            assert await listed(person, place) == []


async def test_a_write_answers_without_a_word_of_the_report(world: World) -> None:
    therapist, patient, lead, _ = await parties(world)
    body = {"about": "boundary", "text": TEXT, "named_account_ids": [therapist.id]}
    for _ in range(2):
        answer = await patient.send("POST", PATH, body, key="again")
        assert answer.status_code == 201
        assert TEXT not in answer.text
        assert therapist.id not in answer.text
        assert "boundary" not in answer.text
    assert len(await listed(lead, "lead")) == 1


@pytest.mark.parametrize("named", ["lead", "deputy", "both"])
async def test_the_lead_and_the_deputy_read_none_that_names_them(world: World, named: str) -> None:
    _, patient, lead, deputy = await parties(world)
    people = {"lead": [lead], "deputy": [deputy], "both": [lead, deputy]}[named]
    sent = await report(patient, *people)
    assert sent["told"] == {"lead": "deputy", "deputy": "lead", "both": "nobody"}[named]
    for person, place in ((lead, "lead"), (deputy, "deputy")):
        is_named = person in people
        await person.get(f"{PATH}/{sent['id']}", expect=404 if is_named else 200)
        await person.patch(f"{PATH}/{sent['id']}", {"state": "triage"}, 1, expect=404 if is_named else 200)
        assert await listed(person, place) == ([] if is_named else [sent["id"]])
        notices = [one["event"] for one in (await person.get("/notices"))["items"]]
        assert ("safeguarding_report.sent" in notices) is not is_named
    assert (await patient.get(f"{PATH}/{sent['id']}"))["text"] == TEXT


async def test_an_admin_who_is_the_lead_reads_none_that_names_them(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    _, deputy = await designated(world, lead=world.admin)
    sent = await report(patient, world.admin)
    await world.admin.get(f"{PATH}/{sent['id']}", expect=404)
    assert (await deputy.get(f"{PATH}/{sent['id']}"))["text"] == TEXT


async def test_whoever_is_designated_later_reads_no_earlier_report(world: World) -> None:
    """An admin who is named could otherwise designate an account of theirs."""
    _, patient, lead, deputy = await parties(world)
    sent = await report(patient, world.admin)
    puppet, _ = await designated(world, lead=await world.therapist(), deputy=world.admin)
    for person in (puppet, world.admin):
        await person.get(f"{PATH}/{sent['id']}", expect=404)
    for person in (lead, deputy):
        await person.get(f"{PATH}/{sent['id']}")


async def test_a_report_is_handed_over_by_those_who_handle_it(world: World) -> None:
    therapist, patient, lead, deputy = await parties(world)
    sent = await report(patient, therapist)
    path = f"{PATH}/{sent['id']}"
    newer, _ = await designated(world, deputy=therapist)
    for person in (patient, newer, therapist, world.admin):
        await person.post(f"{path}/hand-over", match=1, expect=403 if person is patient else 404)
    await lead.post(f"{path}/hand-over", match=7, expect=412)
    await seal(world)
    before, after = await client(deputy), await client(newer)
    handed = await lead.post(f"{path}/hand-over", match=1, expect=200)
    assert handed["version"] == 2
    assert (await newer.get(path))["text"] == TEXT
    for person in (lead, deputy, therapist):
        await person.get(path, expect=404)
    await seal(world)
    assert [(one["kind"], one["change"]) for one in await before.poll()] == [("safeguarding_report", "gone")]
    told = {(one["kind"], one["id"]) for one in await after.poll()}
    assert ("safeguarding_report", sent["id"]) in told
    await designated(world, lead=therapist, deputy=await world.therapist())
    named = await report(patient, therapist, await world.therapist())
    assert named["told"] == "deputy"


async def test_who_has_the_report_already_is_not_told_of_it_again(world: World) -> None:
    therapist, patient, lead, deputy = await parties(world)
    sent = await report(patient, therapist)
    newer = await world.therapist()
    await designated(world, lead, newer)
    await deputy.post(f"{PATH}/{sent['id']}/hand-over", match=1, expect=200)
    for person in (lead, deputy, newer):
        told = [one for one in (await person.get("/notices"))["items"] if one["event"] == "safeguarding_report.sent"]
        assert len(told) == 1, person.name


async def test_a_report_is_not_handed_to_those_it_names(world: World) -> None:
    _, patient, lead, _ = await parties(world)
    first, second = await world.therapist(), await world.therapist()
    sent = await report(patient, first, second)
    await designated(world, first, second)
    answer = await lead.post(f"{PATH}/{sent['id']}/hand-over", match=1, expect=409)
    assert answer["code"] == "nobody-to-receive"


async def test_an_anonymous_report_does_not_say_whose_it_is(world: World) -> None:
    therapist, patient, lead, _ = await parties(world)
    sent = await report(patient, therapist, is_anonymous=True)
    shown = await lead.send("GET", f"{PATH}/{sent['id']}")
    assert shown.json()["reporter_id"] is None
    notices = await lead.send("GET", "/notices")
    told = (await lead.send("GET", PATH, params={"place": "lead"})).text
    assert patient.id not in shown.text + notices.text + told
    assert (await patient.get(f"{PATH}/{sent['id']}"))["reporter_id"] == patient.id


async def test_the_lead_moves_a_report_on_and_keeps_notes(world: World) -> None:
    therapist, patient, lead, deputy = await parties(world)
    path = f"{PATH}/{(await report(patient, therapist))['id']}"
    await patient.patch(path, {"state": "closed"}, 1, expect=403)
    assert (await lead.send("PATCH", path, {"state": "triage"})).status_code == 428
    moved = await lead.patch(path, {"state": "triage", "handling": "Called back."}, 1)
    assert (moved["state"], moved["version"], "handling" in moved) == ("triage", 2, False)
    await deputy.patch(path, {"state": "closed"}, 1, expect=412)
    refused = await deputy.patch(path, {"state": "received"}, 2, expect=409)
    assert (refused["code"], refused["allowed"]) == (
        "illegal-safeguarding-step",
        ["closed", "investigating", "referred"],
    )
    await deputy.patch(path, {"state": "closed"}, 2)
    assert (await lead.get(path))["handling"] == "Called back."
    shown = await patient.get(path)
    assert (shown["handling"], shown["state"], shown["text"]) == (None, "closed", TEXT)
    await lead.patch(path, {"handling": None}, 3)
    assert (await deputy.get(path))["handling"] is None


async def test_a_report_is_sent_in_the_window_of_a_dose(world: World) -> None:
    therapist, patient, lead, _ = await parties(world)
    await dosed_session(therapist, world.chart_id(patient))
    sent = await report(patient, therapist, immediate_danger=True)
    assert (await lead.get(f"{PATH}/{sent['id']}"))["immediate_danger"]


async def test_staff_report_too_and_without_a_lead_nobody_is_told(world: World) -> None:
    therapist, colleague = await world.therapist(), await world.therapist()
    sent = await report(therapist, colleague)
    assert (sent["told"], sent["outside_contact"]) == ("nobody", None)
    assert (await therapist.get(f"{PATH}/{sent['id']}"))["text"] == TEXT
    assert await listed(therapist, "reporter") == [sent["id"]]


async def test_a_lead_whose_account_has_ended_receives_nothing(world: World) -> None:
    therapist, patient, lead, _ = await parties(world)
    account = await world.admin.get(f"/accounts/{lead.id}")
    await world.admin.patch(f"/accounts/{lead.id}", {"state": "disabled"}, account["version"])
    assert (await report(patient, therapist))["told"] == "deputy"


@pytest.mark.parametrize(
    "facts",
    [
        {"text": " "},
        {"about": "weather"},
        {"named_account_ids": [str(uuid4())] * 21},
        {"safe_contact": ""},
        {"id": "x"},
    ],
)
async def test_a_report_that_cannot_be_is_refused(world: World, facts: Json) -> None:
    patient = await world.patient_of(await world.therapist())
    await patient.post(PATH, {"about": "touch", "text": TEXT, **facts}, expect=422)


async def test_whoever_is_named_is_not_looked_up(world: World) -> None:
    """So nobody can find out by a report which accounts there are."""
    patient = await world.patient_of(await world.therapist())
    await patient.post(PATH, {"about": "touch", "text": TEXT, "named_account_ids": [str(new_id())]})


async def test_designations_are_an_admin_s(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    assert (await patient.get(CLINIC))["version"] == 0
    lead, deputy = await designated(world)
    for person in (therapist, patient):
        shown = await person.get(CLINIC)
        assert (shown["lead_id"], shown["deputy_id"], shown["version"]) == (lead.id, deputy.id, 1)
        await person.put(CLINIC, {"lead_id": therapist.id}, match=1, expect=403)
    await world.admin.put(CLINIC, {"lead_id": lead.id}, match=0, expect=412)
    for body in ({"lead_id": lead.id, "deputy_id": lead.id}, {"lead_id": None, "introduction": " "}):
        await world.admin.put(CLINIC, body, match=1, expect=422)
    program = await world.program()
    for one in (patient.id, program.id, str(new_id()), (await (await World.build(world.api)).therapist()).id):
        await world.admin.put(CLINIC, {"deputy_id": one}, match=1, expect=404)
    account = await world.admin.get(f"/accounts/{deputy.id}")
    await world.admin.patch(f"/accounts/{deputy.id}", {"state": "disabled"}, account["version"])
    await world.admin.put(CLINIC, {"deputy_id": deputy.id}, match=1, expect=422)
    assert (await world.admin.put(CLINIC, {}, match=1))["lead_id"] is None


async def test_a_report_has_a_key_of_its_own(world: World, settings: Settings) -> None:
    therapist, patient, _, _ = await parties(world)
    hand = Hand(settings)
    ids = [(await report(patient, therapist))["id"] for _ in range(2)]
    assert all([await hand.value("SELECT count(*) FROM vault_keys WHERE id = ?", UUID(one)) == 1 for one in ids])
    await hand.run("DELETE FROM vault_keys WHERE id = ?", UUID(ids[0]))
    await patient.get(f"{PATH}/{ids[0]}", expect=404)
    assert (await patient.get(f"{PATH}/{ids[1]}"))["text"] == TEXT


@pytest.mark.parametrize("column", ["reporter_id", "lead_id", "deputy_id"])
async def test_a_report_that_was_given_to_another_in_the_database_opens_to_nobody(
    world: World, settings: Settings, log: Said, column: str
) -> None:
    therapist, patient, _, _ = await parties(world)
    sent = await report(patient, therapist)
    await Hand(settings).put("safeguarding_reports", sent["id"], column, UUID(therapist.id))
    await alarmed(log, therapist, f"{PATH}/{sent['id']}")
    await alarmed(log, therapist, f"{PATH}?place={column.removesuffix('_id')}")


async def test_a_designation_that_was_edited_in_the_database_receives_nothing(
    world: World, settings: Settings, log: Said
) -> None:
    therapist, patient, _, _ = await parties(world)
    hand = Hand(settings)
    row = await hand.value("SELECT id FROM safeguarding_designations WHERE clinic_id = ?", world.clinic_id)
    await hand.put("safeguarding_designations", str(row), "lead_id", UUID(therapist.id))
    await alarmed(log, patient, CLINIC)
    await alarmed(log, patient, PATH, "POST", {"about": "touch", "text": TEXT})
