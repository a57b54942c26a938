"""A row of the worklist, or of the inbox, says whose it is and what it is about, as far as its reader may see that."""

from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.attention.inbox.statements import INSERT_ITEM
from integration_api.resources.attention.inbox.tables import InboxKind, InboxRow
from integration_api.resources.attention.worklist.statements import INSERT_TASK
from integration_api.resources.attention.worklist.tables import TaskKind, TaskRow
from integration_api.storage.database import Step
from tests.costs.counting import counted
from tests.factories import notes, plans, reflections
from tests.factories.care_teams import join
from tests.support import Api, Json, Person, World


async def pair(world: World, **facts: object) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist, **facts)
    return therapist, patient, world.chart_id(patient)


async def rows(person: Person) -> dict[str, Json]:
    """The tasks by kind."""
    return {item["kind"]: item for item in (await person.get("/worklist", params={"limit": 100}))["items"]}


def shown(task: Json) -> tuple[str | None, str | None, str | None]:
    return task["patient_name"], task["title"], task["detail"]


async def leave(world: World, person: Person, chart: str) -> None:
    members = (await world.admin.get(f"/patients/{chart}/care-team"))["items"]
    member = next(one for one in members if one["account_id"] == person.id)
    await world.admin.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", "/worklist")).status_code == 401
    assert (await api.send("GET", "/me/inbox")).status_code == 401


async def test_a_task_shows_the_patient_and_what_it_is_about(world: World) -> None:
    therapist, patient, chart = await pair(world, preferred_name="Ro")
    await plans.proposed(patient, chart, title="The back step")
    made = await reflections.submitted(patient, share=True)
    draft = await notes.draft(therapist, chart, sections=notes.sections(data="Came \n in late, and calm."))
    found = await rows(therapist)
    assert shown(found["plan_to_answer"]) == ("Ro", "The back step", "proposed")
    assert shown(found["reflection_to_review"]) == ("Ro", None, "text")
    assert shown(found["note_to_sign"]) == ("Ro", "Came in late, and calm.", "dap")
    assert draft["state"] == "draft"
    assert (await patient.get(f"/reflections/{made['id']}"))["first_read_at"] is None
    await patient.post(f"/reflections/{made['id']}/unshare", expect=200, match=made["version"])


async def test_the_full_name_is_shown_if_none_is_preferred(world: World) -> None:
    therapist, patient, _ = await pair(world)
    await patient.post("/help", expect=200)
    assert shown((await rows(therapist))["flag_raised"]) == ("Rowan Sample", None, None)


async def test_what_fell_to_somebody_beyond_the_team_shows_nothing_of_the_chart(world: World) -> None:
    therapist, patient, chart = await pair(world, preferred_name="Ro")
    supervisor = await world.staff(Role.SUPERVISOR)
    await leave(world, therapist, chart)
    await plans.proposed(patient, chart, title="The back step")
    task = (await rows(supervisor))["plan_to_answer"]
    assert shown(task) == (None, None, None)
    assert task["patient_id"] == chart
    log = (await patient.get("/me/access-log"))["items"]
    assert [row for row in log if row["event"] == "worklist.read"] == []
    other = await world.therapist()
    await world.admin.post(f"/patients/{chart}/care-team", {"account_id": other.id, "role": "therapist"})
    await join(other, chart, supervisor)
    assert shown((await rows(supervisor))["plan_to_answer"]) == ("Ro", "The back step", "proposed")


async def test_a_note_that_waits_for_a_cosignature_shows_its_first_words(world: World) -> None:
    therapist, _, chart = await pair(world)
    supervisor = await notes.own_supervisor_of(world, therapist, chart)
    await notes.sign(therapist, await notes.draft(therapist, chart))
    assert shown((await rows(supervisor))["note_to_cosign"]) == ("Rowan Sample", "What was seen of data.", "dap")


@pytest.mark.thorough
async def test_a_thing_that_its_reader_may_not_read_shows_nothing_of_it(world: World) -> None:
    """Whatever a task or an item is about, the rule of the thing's own list holds for its row."""
    therapist, patient, chart = await pair(world)
    other = await notes.join(world, therapist, chart, Role.PRESCRIBER)
    plan = await plans.draft(therapist, chart, is_shared=False)
    note = await notes.draft(therapist, chart)
    later = (world.api.clock() + timedelta(days=1)).isoformat()
    await reflections.submitted(patient, share=True, ratings={"distress": 10}, release_at=later)
    await wait_for(other, chart, TaskKind.PLAN_TO_READ, plan["id"])
    await wait_for(other, chart, TaskKind.WITHHOLDING_TO_REVIEW, note["id"])
    found = await rows(other)
    assert [shown(found[kind]) for kind in ("plan_to_read", "withholding_to_review", "reflection_to_review")] == [
        ("Rowan Sample", None, None)
    ] * 3
    item = InboxRow(
        clinic_id=world.clinic_id,
        id=new_id(),
        patient_id=UUID(chart),
        kind=InboxKind.PLAN_SHARED,
        subject_id=UUID(plan["id"]),
        opened_at=world.api.clock(),
    )
    values = {**item.__dict__, **therapist.ambient(), "scope_team": True}
    await world.api.runtime.database.apply([Step(INSERT_ITEM, values)])
    assert [item["title"] for item in (await patient.get("/me/inbox"))["items"]] == [None]


async def wait_for(person: Person, chart: str, kind: TaskKind, subject_id: str) -> None:
    """Something waits for this person."""
    now = person.api.clock()
    row = TaskRow(
        clinic_id=person.actor.clinic_id,
        id=new_id(),
        account_id=UUID(person.id),
        patient_id=UUID(chart),
        kind=kind,
        subject_id=UUID(subject_id),
        urgency_rank=3,
        opened_at=now,
        due_at=now,
    )
    values = {**row.__dict__, **person.ambient(), "scope_team": True}
    await person.api.runtime.database.apply([Step(INSERT_TASK, values)])


async def test_the_patient_sees_who_read_words_of_their_chart_in_a_list(world: World) -> None:
    """A name alone, in the list of somebody of their team, is no row of their access log."""
    therapist, patient, chart = await pair(world)

    async def readers() -> list[str]:
        await therapist.get("/worklist")
        log = (await patient.get("/me/access-log"))["items"]
        return [row["actor"]["account_id"] for row in log if row["event"] == "worklist.read"]

    await patient.post("/help", expect=200)
    assert await readers() == []
    await plans.proposed(patient, chart)
    assert await readers() == [therapist.id]


@pytest.mark.thorough
@pytest.mark.parametrize("count", [1, 6])
async def test_a_page_is_one_statement_however_long(world: World, count: int) -> None:
    therapist, patient, chart = await pair(world)
    for _ in range(count):
        await plans.proposed(patient, chart)
        await reflections.submitted(patient, share=True)
        await notes.draft(therapist, chart)
    with counted(world.api.runtime.database) as asked:
        assert len((await therapist.get("/worklist"))["items"]) == 3 * count
    assert asked.calls == 2  # the page, and its ledger rows


async def test_an_item_of_the_inbox_shows_the_plan_and_who_replied(world: World) -> None:
    therapist, patient, chart = await pair(world)
    other = await world.staff(Role.PRESCRIBER, name="Noor Hale")
    await join(therapist, chart, other)
    await plans.proposed(therapist, chart, title="The back step")
    made = await reflections.submitted(patient, share=True, text="The lake was still.")
    for person in (other, therapist):
        await person.post(f"/reflections/{made['id']}/replies", {"text": "Thank you."})
    await patient.post(f"/reflections/{made['id']}/replies", {"text": "Good night."})
    reply, plan = (await patient.get("/me/inbox"))["items"]
    assert (reply["kind"], reply["title"], reply["from_name"]) == (
        "reply_to_read",
        "The lake was still.",
        "Imani Vale",
    )
    assert (plan["kind"], plan["title"], plan["from_name"]) == ("plan_to_answer", "The back step", None)
    page = await patient.get("/me/inbox", params={"limit": 1})
    assert page["items"] == [reply]
    assert (await patient.get("/me/inbox", params={"limit": 1, "cursor": page["next_cursor"]}))["items"] == [plan]


@pytest.mark.thorough
async def test_an_admin_sees_what_somebody_has_open_and_how_much(world: World) -> None:
    therapist, patient, chart = await pair(world)
    for _ in range(3):
        await plans.proposed(patient, chart)
    path = f"/accounts/{therapist.id}/worklist"
    await name_successor(world, therapist)
    first = await world.admin.get(path, params={"limit": 2})
    second = await world.admin.get(path, params={"limit": 2, "cursor": first["next_cursor"]})
    assert [len(first["items"]), len(second["items"]), second["next_cursor"]] == [2, 1, None]
    assert [first["waiting"], second["waiting"]] == [3, 3]
    assert {shown(task) for task in first["items"] + second["items"]} == {(None, None, None)}
    assert {task["patient_id"] for task in first["items"]} == {chart}
    await (await world.therapist()).get(path, expect=403)


async def name_successor(world: World, leaver: Person) -> None:
    successor = await world.therapist()
    version = (await world.admin.get(f"/accounts/{leaver.id}"))["version"]
    await world.admin.patch(f"/accounts/{leaver.id}", {"successor_id": successor.id}, version)


async def test_an_admin_sees_that_nothing_is_open_and_that_an_account_is_none(world: World) -> None:
    therapist, patient, _ = await pair(world)
    await name_successor(world, therapist)
    assert await world.admin.get(f"/accounts/{therapist.id}/worklist") == {
        "items": [],
        "next_cursor": None,
        "waiting": 0,
    }
    elsewhere = await World.build(world.api)
    for account_id in (patient.id, elsewhere.admin.id, (await world.program()).id):
        await world.admin.get(f"/accounts/{account_id}/worklist", expect=404)
    await world.admin.get("/worklist", params={"account_id": therapist.id}, expect=422)
