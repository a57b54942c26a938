"""Who can see a thing, by which rule, and how it is shown to them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.viewers import _team_roles
from integration_api.resources.people.patients.operations import READ_PATIENT
from tests.factories import notes
from tests.factories.care_teams import join
from tests.factories.emergencies import WHY
from tests.factories.goals import goal
from tests.factories.plans import active, draft, plan, practice, strategy
from tests.factories.reflections import draft as reflection_draft
from tests.factories.reflections import ledger_of, submitted
from tests.factories.sessions import session
from tests.support import Api, Json, Person, World, enter_again

KINDS = ("sessions", "notes", "reflections", "plans", "practices", "goals")


async def chart(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def look(person: Person, path: str, role: str | None = None, expect: int = 200) -> Json:
    params = {"preview_as": role} if role else {}
    seen: Json = await person.get(f"{path}/visibility", expect, params=params)
    return seen


async def later(world: World, *people: Person, **by: float) -> None:
    """Let time pass, and sign these people in anew."""
    world.api.clock.advance(**by)
    for person in people:
        await enter_again(person)


async def viewers(person: Person, path: str) -> dict[str, list[str]]:
    """By account, the rules by which it sees the thing."""
    return {one["account_id"]: one["rules"] for one in (await look(person, path))["viewers"]}


async def test_nobody_without_a_token(api: Api) -> None:
    for kind in KINDS:
        assert (await api.send("GET", f"/{kind}/{uuid4()}/visibility")).status_code == 401


async def test_it_is_for_those_who_see_the_thing(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    stranger = await world.patient_of(therapist)
    for person in (await world.therapist(), stranger):
        await look(person, f"/sessions/{made['id']}", expect=404)
    for person in (therapist, patient):
        for kind in KINDS:
            await look(person, f"/{kind}/{uuid4()}", expect=404)
    for person in (world.admin, await world.staff(Role.AUDITOR), await world.program()):
        await look(person, f"/sessions/{made['id']}", expect=403)
    await look(therapist, f"/sessions/{made['id']}", "auditor", expect=422)
    assert (await therapist.send("GET", f"/psychotherapy-notes/{uuid4()}/visibility")).status_code == 404


async def test_everybody_of_the_chart_is_told_with_the_rule_in_words(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    helper = await world.staff(Role.PRESCRIBER, name="Noor Helper")
    opened = await helper.post(f"/patients/{patient_id}/emergency-access", WHY)
    made = await session(therapist, patient_id)
    for person in (therapist, patient):
        seen = await look(person, f"/sessions/{made['id']}")
        assert (seen["previewed_for"], seen["preview"]) == (None, None)
        own, *staff = seen["viewers"]
        assert own == {
            "account_id": patient.id,
            "is_you": person is patient,
            "name": None,
            "roles": ["patient"],
            "basis": "own",
            "ends_at": None,
            "rules": ["chart"],
            "explanation": "It is in your own chart. You see everything of this kind in it."
            if person is patient
            else "It is in their own chart. They see everything of this kind in it.",
        }
        by_name = {one["name"]: one for one in staff}
        assert by_name.keys() == {"Imani Vale", "Noor Helper"}
        assert (by_name["Imani Vale"]["basis"], by_name["Imani Vale"]["ends_at"]) == ("team", None)
        assert (by_name["Noor Helper"]["basis"], by_name["Noor Helper"]["ends_at"]) == ("emergency", opened["ends_at"])
        assert by_name["Noor Helper"]["explanation"].startswith("They opened the chart in an emergency.")
    await later(world, therapist, days=2)
    assert {*await viewers(therapist, f"/sessions/{made['id']}")} == {patient.id, therapist.id}


async def test_who_leaves_the_team_or_the_clinic_is_no_viewer(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    made = await session(therapist, patient_id)
    path, leaver, lapsing, disabled = f"/sessions/{made['id']}", *[await world.therapist() for _ in range(3)]
    member = await join(therapist, patient_id, leaver)
    ends_at = (world.api.clock() + timedelta(hours=1)).isoformat()
    body = {"account_id": lapsing.id, "role": "therapist", "ends_at": ends_at}
    await therapist.post(f"/patients/{patient_id}/care-team", body)
    await join(therapist, patient_id, disabled)
    found = {one["account_id"]: one["ends_at"] for one in (await look(patient, path))["viewers"]}
    assert found.keys() == {patient.id, therapist.id, leaver.id, lapsing.id, disabled.id}
    assert datetime.fromisoformat(found[lapsing.id]) == datetime.fromisoformat(ends_at)
    await therapist.delete(f"/patients/{patient_id}/care-team/{member['id']}", member["version"])
    account = await world.admin.get(f"/accounts/{disabled.id}")
    await world.admin.patch(f"/accounts/{disabled.id}", {"state": "disabled"}, account["version"])
    assert {*await viewers(patient, path)} == {patient.id, therapist.id, lapsing.id}
    await later(world, patient, hours=2)
    assert {*await viewers(patient, path)} == {patient.id, therapist.id}


async def test_who_has_lost_the_role_of_a_clinician_is_no_viewer(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    colleague = await world.therapist()
    await join(therapist, patient_id, colleague)
    made = await session(therapist, patient_id)
    account = await world.admin.get(f"/accounts/{colleague.id}")
    await world.admin.patch(f"/accounts/{colleague.id}", {"roles": ["auditor"]}, account["version"])
    assert {*await viewers(patient, f"/sessions/{made['id']}")} == {patient.id, therapist.id}


async def test_a_note_goes_from_its_author_to_all(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    colleague = await notes.join(world, therapist, patient_id, Role.PRESCRIBER)
    supervisor = await notes.supervisor_of(world, therapist, patient_id)
    made = await notes.draft(therapist, patient_id, needs_cosign=True)
    path = f"/notes/{made['id']}"
    assert await viewers(therapist, path) == {therapist.id: ["author", "responsible"]}
    await look(colleague, path, expect=404)
    waiting = await notes.sign(therapist, made)
    assert await viewers(supervisor, path) == {
        therapist.id: ["author", "responsible"],
        supervisor.id: ["cosigner"],
    }
    await look(patient, path, expect=404)
    final = await supervisor.post(f"{path}/cosign", None, expect=200, match=waiting["version"])
    everybody = {
        patient.id: ["shared"],
        therapist.id: ["author", "finished", "responsible"],
        supervisor.id: ["finished"],
        colleague.id: ["finished"],
    }
    for person in (therapist, patient, supervisor, colleague):
        assert await viewers(person, path) == everybody
    until = (world.api.clock() + timedelta(hours=1)).isoformat()
    held = {"state": "withheld", "reason_code": "danger_to_another", "until": until}
    await therapist.put(f"{path}/sharing", held, final["version"])
    assert patient.id not in await viewers(colleague, path)
    await look(patient, path, expect=404)
    await later(world, colleague, hours=2)
    assert await viewers(colleague, path) == everybody


async def test_a_supervisor_of_the_account_sees_drafts_and_a_successor_those_that_are_left(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    supervisor = await notes.own_supervisor_of(world, therapist, patient_id)
    heir = await notes.join(world, therapist, patient_id, Role.PRESCRIBER)
    other = await notes.supervisor_of(world, therapist, patient_id)
    made = await notes.draft(therapist, patient_id)
    path = f"/notes/{made['id']}"
    assert await viewers(supervisor, path) == {therapist.id: ["author", "responsible"], supervisor.id: ["supervisor"]}
    account = await world.admin.get(f"/accounts/{therapist.id}")
    gone = {"state": "disabled", "successor_id": heir.id}
    await world.admin.patch(f"/accounts/{therapist.id}", gone, account["version"])
    assert await viewers(heir, path) == {
        heir.id: ["responsible"],
        supervisor.id: ["supervisor", "left"],
        other.id: ["left"],
    }


async def test_a_reflection_is_its_patients_until_it_is_released(world: World) -> None:
    therapist, patient, _ = await chart(world)
    soon = (world.api.clock() + timedelta(hours=1)).isoformat()
    private, delayed = await submitted(patient), await submitted(patient, share=True, release_at=soon)
    for one in (private, delayed):
        assert await viewers(patient, f"/reflections/{one['id']}") == {patient.id: ["author"]}
        await look(therapist, f"/reflections/{one['id']}", expect=404)
        seen = await look(patient, f"/reflections/{one['id']}", "therapist")
        assert (seen["previewed_for"], seen["preview"]) == (None, None)
    await later(world, patient, hours=2)
    path = f"/reflections/{delayed['id']}"
    assert await viewers(patient, path) == {patient.id: ["author", "shared"], therapist.id: ["shared"]}
    told = [entry for entry in await ledger_of(world.api, private["id"]) if entry[0] != "request.refused"]
    assert told == [
        *[("reflection.created", True), ("reflection.submitted", True)],
        *[("reflection.visibility_read", True)] * 2,
    ]


async def test_a_plan_is_its_authors_until_it_is_shared(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    colleague = await notes.join(world, therapist, patient_id, Role.PRESCRIBER)
    for person, others in ((therapist, (patient, colleague)), (patient, (therapist, colleague))):
        made = await plan(person, patient_id, is_shared=False)
        path = f"/plans/{made['id']}"
        assert await viewers(person, path) == {person.id: ["author"]}
        for other in others:
            await look(other, path, expect=404)
        assert ("plan.visibility_read", person is patient) in await ledger_of(world.api, made["id"])
    made = await plan(patient, patient_id)
    found = await viewers(therapist, f"/plans/{made['id']}")
    assert found == {patient.id: ["author", "shared"], therapist.id: ["shared"], colleague.id: ["shared"]}


async def test_a_preview_is_the_thing_as_that_account_reads_it(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    supervisor = await notes.supervisor_of(world, therapist, patient_id)
    made = await active(therapist, patient, patient_id)
    [one] = (await therapist.get(f"/plans/{made['id']}/strategies"))["items"]
    entry = await submitted(patient, share=True)
    await therapist.get(f"/reflections/{entry['id']}")
    paths = (
        f"/sessions/{(await session(therapist, patient_id))['id']}",
        f"/notes/{(await notes.signed_note(therapist, patient_id))['id']}",
        f"/reflections/{entry['id']}",
        f"/plans/{made['id']}",
        f"/practices/{(await practice(patient, one['id']))['id']}",
        f"/goals/{(await goal(patient, patient_id))['id']}",
    )
    people = {"patient": patient, "therapist": therapist, "supervisor": supervisor}
    for path in paths:
        read = {role: await person.get(path) for role, person in people.items()}
        for asker in people.values():
            for role, person in people.items():
                seen = await look(asker, path, role)
                assert seen["previewed_for"] == person.id
                assert seen["preview"] == read[role], (path, asker.name, role)
            assert (await look(asker, path, "prescriber"))["preview"] is None


async def test_staff_is_shown_a_thing_as_a_colleague_reads_it(world: World) -> None:
    therapist, _, patient_id = await chart(world)
    colleague = await notes.join(world, therapist, patient_id, Role.THERAPIST)
    made = await notes.signed_note(therapist, patient_id)
    for asker, other in ((therapist, colleague), (colleague, therapist)):
        seen = await look(asker, f"/notes/{made['id']}", "therapist")
        assert seen["previewed_for"] == other.id
        assert seen["preview"] == await other.get(f"/notes/{made['id']}")
        assert seen["preview"]["allowed_actions"] != (await asker.get(f"/notes/{made['id']}"))["allowed_actions"]


async def test_a_patient_is_not_shown_what_a_supervisor_remarked(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    supervisor = await notes.supervisor_of(world, therapist, patient_id)
    made = await notes.signed_note(therapist, patient_id, needs_cosign=True)
    path = f"/notes/{made['id']}"
    returned = await supervisor.post(f"{path}/return", {"reason": "Say less."}, expect=200, match=made["version"])
    again = await notes.sign(therapist, returned)
    await supervisor.post(f"{path}/cosign", None, expect=200, match=again["version"])
    assert (await look(supervisor, path, "therapist"))["preview"]["returns"][0]["reason"] == "Say less."
    assert (await look(patient, path, "therapist"))["preview"]["returns"] == []
    assert (await look(supervisor, path, "patient"))["preview"]["returns"] == []


async def test_staff_is_not_shown_that_there_is_a_private_reflection(world: World) -> None:
    """A link to one stands in what the patient reads, and in no preview of it by the staff."""
    therapist, patient, patient_id = await chart(world)
    hidden = await submitted(patient, insights=[{"text": "Stillness"}])
    insight_id = hidden["insights"][0]["id"]
    shared = await submitted(patient, share=True, elaborates_id=hidden["id"])
    wanted = await goal(patient, patient_id, insight_id=insight_id)
    made = await plan(patient, patient_id)
    await strategy(patient, made["id"], made["version"], insight_id=insight_id)
    paths: dict[str, Callable[[Json], object]] = {
        f"/reflections/{shared['id']}": lambda found: found["elaborates_id"],
        f"/goals/{wanted['id']}": lambda found: found["insight_id"],
        f"/plans/{made['id']}": lambda found: found["strategies"][0]["insight_id"],
    }
    for path, link in paths.items():
        assert link(await patient.get(path)) is not None
        assert link((await look(patient, path, "patient"))["preview"]) is not None
        assert link((await look(patient, path, "therapist"))["preview"]) is None
        assert link((await look(therapist, path, "patient"))["preview"]) is None


async def test_only_a_preview_is_a_reading(world: World) -> None:
    therapist, patient, _ = await chart(world)
    entry = await submitted(patient, share=True)
    path = f"/reflections/{entry['id']}"
    await look(therapist, path)
    await look(patient, path, "therapist")
    assert (await patient.get(path))["first_read_at"] is None
    seen = await look(therapist, path, "therapist")
    read = await patient.get(path)
    assert seen["preview"]["first_read_at"] == read["first_read_at"] is not None
    events = [event for event, _ in await ledger_of(world.api, entry["id"])]
    assert events.count("reflection.visibility_read") == 3
    assert events[-4:] == [
        "reflection.first_read",
        "reflection.visibility_read",
        "reflection.read",
        "reflection.read",
    ]


async def test_drafts_of_a_patient_are_theirs(world: World) -> None:
    therapist, patient, patient_id = await chart(world)
    begun, drafted = await reflection_draft(patient), await draft(therapist, patient_id, is_shared=False)
    assert await viewers(patient, f"/reflections/{begun['id']}") == {patient.id: ["author"]}
    await look(patient, f"/plans/{drafted['id']}", expect=404)


def test_viewers_of_what_a_whole_clinic_reads_are_not_asked_for() -> None:
    """The Statement joins the chart's owner and its care team alone, so it refuses any other grant."""
    with pytest.raises(TypeError, match="more than own chart"):
        _team_roles(READ_PATIENT)
