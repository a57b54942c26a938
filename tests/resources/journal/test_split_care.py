"""Split care: a therapist of another clinic sees dose plan, visit notes and remaining doses, and nothing else."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.app import action_routes
from integration_api.settings import Settings
from tests.factories import notes
from tests.factories.care_teams import join
from tests.factories.consents import published, signed, withdrawn
from tests.factories.emergencies import WHY
from tests.factories.orders import order, prescriber_of
from tests.factories.split_care import DECIDES, PARTS, agreement_body, consent_to_sharing, outside_therapist
from tests.resources.oversight.test_access_log import entries
from tests.storage.hand import Hand
from tests.support import Api, Json, Person, World, enter_again


class Care:
    """A chart with a therapist, a prescriber, an order, a patient who permits sharing, and somebody outside."""

    world: World
    therapist: Person
    patient: Person
    prescriber: Person
    outside: Person
    chart: str
    consent: Json
    order: Json

    @classmethod
    async def of(cls, world: World) -> "Care":
        made = cls()
        made.world, made.therapist = world, await world.therapist()
        made.patient = await world.patient_of(made.therapist)
        made.chart = world.chart_id(made.patient)
        made.prescriber = await prescriber_of(world, made.therapist, made.chart)
        made.order = await order(world, made.prescriber, made.chart)
        made.consent = await consent_to_sharing(world, made.patient)
        made.outside = await outside_therapist(world)
        return made

    async def agree(self, expect: int = 201, **facts: object) -> Json:
        body = agreement_body(self.world, self.chart, self.outside, self.consent, **facts)
        found: Json = await self.prescriber.post("/split-care-agreements", body, expect=expect)
        return found

    async def end(self, made: Json, who: Person) -> Json:
        path = f"/split-care-agreements/{made['id']}/end"
        found: Json = await who.post(path, {"reason": "The therapy is over."}, match=made["version"], expect=200)
        return found


async def test_nobody_without_a_token(api: Api) -> None:
    one = uuid4()
    for method, path in [
        ("GET", "/split-care-agreements"),
        ("POST", f"/split-care-agreements/{one}/end"),
        ("GET", "/shared-care"),
        ("GET", f"/shared-care/{one}"),
    ]:
        assert (await api.send(method, path)).status_code == 401


async def test_outside_they_see_the_three_parts_and_nothing_of_who_it_is(world: World) -> None:
    care = await Care.of(world)
    made = await care.agree()
    visit = await notes.signed_note(care.prescriber, care.chart, sections=notes.sections(plan="The same range."))
    await notes.signed_note(care.therapist, care.chart, sections=notes.sections(plan="A therapist's words."))
    await notes.draft(care.prescriber, care.chart, sections=notes.sections(plan="A draft."))
    [item] = (await care.outside.get("/shared-care"))["items"]
    assert item == {
        "id": made["id"],
        "reference": "HP-1042",
        "decides": DECIDES,
        "shares": PARTS,
        "valid_until": made["valid_until"],
    }
    found = await care.outside.get(f"/shared-care/{made['id']}")
    assert {name: found[name] for name in item} == item
    [planned], [remains], [note] = found["dose_plan"], found["remaining_doses"], found["visit_notes"]
    assert (planned["order_id"], planned["route"], planned["amount_max"]) == (care.order["id"], "im", 80)
    assert (remains["sessions_authorised"], remains["sessions_remaining"]) == (6, 6)
    assert (note["id"], note["sections"]["plan"]) == (visit["id"], "The same range.")
    assert care.chart not in str(found)
    assert "Rowan" not in str(found)


async def test_no_other_operation_about_patients_names_their_role() -> None:
    theirs = {one.name for one in action_routes() if not one.operation.is_public and _may(one.operation.who)}
    assert {name for name in theirs if "care" in name} == {"list_shared_care", "read_shared_care"}
    of_account: tuple[str, ...] = ("factor", "factors", "totp", "passkey", "sign_in", "sign_ins", "sign_out", "step_up")
    of_account += ("password", "codes", "me")
    assert [name for name in theirs if "shared_care" not in name and not name.endswith(of_account)] == []


def _may(who: object) -> bool:
    return isinstance(who, dict) and Role.OUTSIDE_THERAPIST in who


async def test_what_the_chart_holds_is_refused_to_them(world: World) -> None:
    care = await Care.of(world)
    await care.agree()
    for path in ("/patients", f"/patients/{care.chart}", "/orders", "/notes", "/sessions", "/changes", "/worklist"):
        await care.outside.get(path, expect=403)
    await care.outside.post(f"/patients/{care.chart}/emergency-access", WHY, expect=403)
    member = {"account_id": care.outside.id, "role": "therapist"}
    await care.therapist.post(f"/patients/{care.chart}/care-team", member, expect=422)


@pytest.mark.parametrize("part", PARTS)
async def test_a_part_that_is_not_shared_is_null(world: World, part: str) -> None:
    care = await Care.of(world)
    made = await care.agree(shares=[part])
    found = await care.outside.get(f"/shared-care/{made['id']}")
    assert {name for name in PARTS if found[name] is not None} == {part}


async def test_another_outside_therapist_sees_nothing_of_it(world: World) -> None:
    care = await Care.of(world)
    made = await care.agree()
    other = await outside_therapist(world)
    assert (await other.get("/shared-care"))["items"] == []
    await other.get(f"/shared-care/{made['id']}", expect=404)


_OF_PRESCRIBER = ("the prescriber is off the team", "the prescriber's account is disabled")


async def _off_the_team(care: Care) -> None:
    path = f"/patients/{care.chart}/care-team"
    team = (await care.therapist.get(path))["items"]
    [theirs] = [one for one in team if one["account_id"] == care.prescriber.id]
    await care.therapist.delete(f"{path}/{theirs['id']}", match=theirs["version"])


@pytest.mark.parametrize(
    "how",
    [
        "ended",
        "ended by the patient",
        "expired",
        "consent",
        "signed anew",
        "later consent",
        "upcoming",
        *_OF_PRESCRIBER,
    ],
)
async def test_nothing_is_shown_once_it_does_not_stand(world: World, how: str) -> None:
    care = await Care.of(world)
    begins_at = (world.api.clock() + timedelta(days=1)).isoformat() if how == "upcoming" else care.consent["signed_at"]
    made = await care.agree(valid_from=begins_at)
    if how == "ended":
        ended = await care.end(made, care.therapist)
        assert (ended["state"], ended["ended_by_id"]) == ("ended", care.therapist.id)
    elif how == "ended by the patient":
        await care.end(made, care.patient)
    elif how == "expired":
        world.api.clock.advance(days=31)
        for person in (care.outside, care.therapist):
            await enter_again(person)
    elif how == "consent":
        await withdrawn(care.patient, care.consent)
    elif how == "signed anew":
        await withdrawn(care.patient, care.consent)
        await signed(care.patient, await published(world.admin, "sharing", "Other words."))
    elif how == "the prescriber is off the team":
        await _off_the_team(care)
    elif how == "the prescriber's account is disabled":
        account = await world.admin.get(f"/accounts/{care.prescriber.id}")
        await world.admin.patch(f"/accounts/{account['id']}", {"state": "disabled"}, account["version"])
    elif how == "later consent":
        newer = await signed(care.patient, await published(world.admin, "sharing", "Other words."))
        await care.outside.get(f"/shared-care/{made['id']}")
        await withdrawn(care.patient, newer)
    assert (await care.outside.get("/shared-care"))["items"] == []
    await care.outside.get(f"/shared-care/{made['id']}", expect=404)
    shown = await care.therapist.get(f"/split-care-agreements/{made['id']}")
    assert shown["state"] in {"ended", "expired", "active", "upcoming"}


async def test_what_is_withheld_from_the_patient_or_older_goes_to_nobody_outside(world: World) -> None:
    care = await Care.of(world)
    old = await notes.signed_note(care.prescriber, care.chart)
    world.api.clock.advance(minutes=2)
    made = await care.agree(valid_from=world.api.clock().isoformat())
    found = await care.outside.get(f"/shared-care/{made['id']}")
    assert (old["happened_at"] < made["valid_from"], found["visit_notes"]) == (True, [])
    made = await care.agree()
    assert [one["id"] for one in (await care.outside.get(f"/shared-care/{made['id']}"))["visit_notes"]] == [old["id"]]
    until = (world.api.clock() + timedelta(hours=2)).isoformat()
    body = {"state": "withheld", "reason_code": "danger_to_another", "until": until}
    await care.prescriber.put(f"/notes/{old['id']}/sharing", body, old["version"])
    assert (await care.outside.get(f"/shared-care/{made['id']}"))["visit_notes"] == []


async def test_a_visit_note_goes_with_its_addenda_and_what_the_patient_says_against_it(world: World) -> None:
    care = await Care.of(world)
    made = await care.agree()
    visits = [await notes.signed_note(care.prescriber, care.chart) for _ in range(2)]
    theirs = await notes.signed_note(care.therapist, care.chart)
    for who, note, text in (
        (care.prescriber, visits[0], "The range holds."),
        (care.therapist, visits[0], "They slept well."),
        (care.therapist, theirs, "Of another note."),
    ):
        await who.post(f"/notes/{note['id']}/addenda", {"text": text})
    said = {"text": "I did not say that."}
    await care.patient.post(f"/notes/{visits[1]['id']}/disagreement", said, match=visits[1]["version"], expect=200)
    shown = {one["id"]: one for one in (await care.outside.get(f"/shared-care/{made['id']}"))["visit_notes"]}
    first, second = (shown.pop(visit["id"]) for visit in visits)
    assert shown == {}
    assert [one["text"] for one in first["addenda"]] == ["The range holds.", "They slept well."]
    assert (first["disagreements"], second["addenda"]) == ([], [])
    assert [one["text"] for one in second["disagreements"]] == ["I did not say that."]


@pytest.mark.parametrize("column", ["shares", "consent_id"])
async def test_one_that_was_edited_by_hand_opens_nothing(world: World, settings: Settings, column: str) -> None:
    care = await Care.of(world)
    made = await care.agree(shares=["dose_plan"])
    again = await signed(care.patient, await published(world.admin, "sharing", "Other words."))
    value = {"shares": '["dose_plan","visit_notes"]', "consent_id": UUID(again["id"])}[column]
    await Hand(settings).put("split_care", made["id"], column, value)
    for path in (f"/shared-care/{made['id']}", "/shared-care"):
        answer = await care.outside.send("GET", path)
        assert (answer.status_code, answer.json()["code"]) == (500, "internal")


async def test_an_order_that_was_withdrawn_is_in_no_plan(world: World) -> None:
    care = await Care.of(world)
    made = await care.agree()
    path = f"/orders/{care.order['id']}/withdraw"
    await care.prescriber.post(path, {"reason": "Blood pressure."}, match=care.order["version"], expect=200)
    found = await care.outside.get(f"/shared-care/{made['id']}")
    assert (found["dose_plan"], found["remaining_doses"]) == ([], [])


async def test_the_patient_sees_the_agreement_and_who_looked(world: World) -> None:
    care = await Care.of(world)
    made = await care.agree()
    assert await care.patient.get(f"/split-care-agreements/{made['id']}") == made
    await care.outside.get(f"/shared-care/{made['id']}")
    read = next(one for one in await entries(care.patient) if one["event"] == "shared_care.read")
    assert (read["actor"]["name"], read["purpose"]) == ("Noor Harbour", "treatment")


async def test_only_a_prescriber_of_the_team_agrees(world: World) -> None:
    care = await Care.of(world)
    body = agreement_body(world, care.chart, care.outside, care.consent)
    for who in (care.therapist, care.patient, care.outside, world.admin):
        await who.post("/split-care-agreements", body, expect=403)
    stranger = await world.staff(Role.PRESCRIBER)
    await stranger.post("/split-care-agreements", body, expect=404)
    await stranger.post(f"/patients/{care.chart}/emergency-access", WHY)
    refused = await stranger.post("/split-care-agreements", body, expect=403)
    assert refused["code"] == "emergency-only"


async def test_it_needs_a_consent_to_sharing_an_outside_account_and_a_period(world: World) -> None:
    care = await Care.of(world)
    now = world.api.clock()
    treatment = await signed(care.patient, await published(world.admin, "treatment"))
    assert (await care.agree(expect=409, consent_id=treatment["id"]))["code"] == "not-consented"
    other = await world.patient_of(care.therapist)
    await join(care.therapist, world.chart_id(other), care.prescriber)
    of_another = await signed(other, await published(world.admin, "sharing", "Newer."))
    await care.agree(expect=404, consent_id=of_another["id"])
    refused = await care.agree(expect=422, outside_account_id=care.therapist.id)
    assert refused["errors"][0]["code"] == "not_outside"
    for nobody in (care.patient.id, (await world.program()).id, str(uuid4())):
        refused = await care.agree(expect=404, outside_account_id=nobody)
        assert [one["field"] for one in refused["errors"]] == ["body.outside_account_id"]
    before = datetime.fromisoformat(care.consent["signed_at"]) - timedelta(seconds=1)
    refused = await care.agree(expect=422, valid_from=before.isoformat())
    assert [(one["field"], one["code"]) for one in refused["errors"]] == [("body.valid_from", "before_consent")]
    for until in (now - timedelta(hours=1), now + timedelta(days=400)):
        refused = await care.agree(expect=422, valid_until=until.isoformat())
        assert refused["errors"][0]["field"] == "body.valid_until"
    await care.agree(expect=422, shares=["flags"])
    await care.agree(expect=422, decides={**DECIDES, "dose": "patient"})
    await withdrawn(care.patient, care.consent)
    assert (await care.agree(expect=409))["code"] == "not-consented"


async def test_it_ends_once_and_stays(world: World) -> None:
    care = await Care.of(world)
    made = await care.agree()
    path = f"/split-care-agreements/{made['id']}/end"
    await care.therapist.post(path, {"reason": "x"}, match=7, expect=412)
    ended = await care.end(made, care.prescriber)
    again = await care.therapist.post(path, {"reason": "x"}, match=ended["version"], expect=409)
    assert again["code"] == "superseded"
    assert (await care.patient.get("/split-care-agreements"))["items"] == [ended]
    other = await world.therapist()
    await other.get(f"/split-care-agreements/{made['id']}", expect=404)
    assert (await other.get("/split-care-agreements"))["items"] == []


async def test_the_role_goes_with_no_other(world: World) -> None:
    facts = {"name": "Noor Harbour", "email": "noor@example.org"}
    body = {**facts, "roles": ["outside_therapist", "therapist"]}
    await world.admin.post("/accounts", body, expect=422)
    made = await world.admin.post("/accounts", {**facts, "roles": ["outside_therapist"]})
    await world.admin.patch(f"/accounts/{made['id']}", {"roles": ["outside_therapist", "prescriber"]}, 1, expect=422)
