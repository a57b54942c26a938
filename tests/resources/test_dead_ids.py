"""A dead id stays dead: what was deleted is not made anew under its id, in any place where a client gives one."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest

from integration_api.access.conflicts import Gone
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from integration_api.resources.journal.reflections.operations import CREATE_REFLECTION
from integration_api.resources.journal.reflections.schemas import ReflectionCreate
from integration_api.resources.journal.reflections.service import create_reflection
from integration_api.settings import Settings
from integration_api.storage import migrations
from tests.applications import application
from tests.document import made_document, operations, problem_codes
from tests.factories import attachments, care_teams, notes, plans, reflections
from tests.factories.measure_responses import answered
from tests.storage.hand import Hand
from tests.support import Json, Person, World


class Dead(NamedTuple):
    """A thing that was deleted: who did, and the request that would make another with its id."""

    person: Person
    path: str
    body: Json
    match: int | None = None


async def reflection(world: World) -> Dead:
    patient = await world.patient_of(await world.therapist())
    made = await reflections.draft(patient)
    await patient.delete(f"/reflections/{made['id']}", 1)
    return Dead(patient, "/reflections", {"id": made["id"], "text": "Again."})


async def note(world: World) -> Dead:
    therapist = await world.therapist()
    made = await notes.draft(therapist, world.chart_id(await world.patient_of(therapist)))
    await therapist.delete(f"/notes/{made['id']}", 1)
    return Dead(therapist, "/notes", {"id": made["id"], "session_id": made["session_id"], "format": "dap"})


async def strategy(world: World) -> Dead:
    therapist = await world.therapist()
    plan = await plans.plan(therapist, world.chart_id(await world.patient_of(therapist)))
    made, path = await plans.strategy(therapist, plan["id"], 1), f"/plans/{plan['id']}/strategies"
    await therapist.delete(f"{path}/{made['id']}", 2)
    return Dead(therapist, path, {**plans.WHOLE, "id": made["id"]}, 3)


async def member(world: World) -> Dead:
    therapist, other = await world.therapist(), await world.therapist()
    path = f"/patients/{world.chart_id(await world.patient_of(therapist))}/care-team"
    made = await care_teams.join(therapist, path.split("/")[2], other)
    await therapist.delete(f"{path}/{made['id']}", made["version"])
    return Dead(therapist, path, {"id": made["id"], "account_id": other.id, "role": "therapist"})


async def reply(world: World) -> Dead:
    """One that went with its reflection, by the patient's own hand."""
    patient = await world.patient_of(await world.therapist())
    made = await reflections.submitted(patient, share=True)
    path, own = f"/reflections/{made['id']}", str(new_id())
    await patient.post(f"{path}/replies", {"id": own, "text": "One more thing."})
    await patient.post(f"{path}/unshare", match=made["version"], expect=200)
    await patient.delete(path, made["version"] + 1)
    other = await reflections.submitted(patient, share=True)
    return Dead(patient, f"/reflections/{other['id']}/replies", {"id": own, "text": "Again."})


async def _file(parent: str, owner: Person) -> Dead:
    made = await attachments.announced(owner, parent, attachments.PDF, "application/pdf")
    await owner.delete(f"/attachments/{made['id']}", 1)
    body = {"id": made["id"], **attachments.facts(attachments.PDF, "application/pdf")}
    return Dead(owner, f"{parent}/attachments", body)


async def note_attachment(world: World) -> Dead:
    therapist = await world.therapist()
    made = await notes.draft(therapist, world.chart_id(await world.patient_of(therapist)))
    return await _file(f"/notes/{made['id']}", therapist)


async def reflection_attachment(world: World) -> Dead:
    patient = await world.patient_of(await world.therapist())
    return await _file(f"/reflections/{(await reflections.draft(patient))['id']}", patient)


async def measure_response(world: World) -> Dead:
    patient = await world.patient_of(await world.therapist())
    made = await answered(patient, state="draft")
    await patient.delete(f"/measure-responses/{made['id']}", match=made["version"])
    body = {key: made[key] for key in ("id", "patient_id", "instrument_id", "answers", "state")}
    return Dead(patient, "/measure-responses", body)


DYING: dict[str, Callable[[World], Awaitable[Dead]]] = {
    "create_reflection": reflection,
    "create_note": note,
    "add_strategy": strategy,
    "add_care_team_member": member,
    "reply_reflection": reply,
    "create_note_attachment": note_attachment,
    "create_reflection_attachment": reflection_attachment,
    "create_measure_response": measure_response,
}
ELSEWHERE = {"reply_reflection", "create_measure_response", "create_note_attachment", "create_reflection_attachment"}
"""Those whose things are not deleted at the path at which they are made."""
"""By the operation that would make it anew."""
TELLING_A_RETRY = {"create_psychotherapy_note"}
"""Operations that take no id: the answer to a retry of theirs is emptied with what they made, which is then gone."""


@pytest.mark.parametrize("operation", DYING)
async def test_a_dead_id_stays_dead(world: World, operation: str) -> None:
    dead = await DYING[operation](world)
    for key in (None, uuid4().hex):
        answer = await dead.person.send("POST", dead.path, dead.body, match=dead.match, key=key)
        assert (answer.status_code, answer.json()["code"]) == (410, "gone"), answer.text
    alive = {**dead.body, "id": str(new_id())}
    assert (await dead.person.send("POST", dead.path, alive, match=dead.match)).status_code == 201


@pytest.mark.parametrize("operation", DYING)
async def test_who_may_not_see_the_chart_learns_nothing_of_a_dead_id(world: World, operation: str) -> None:
    """The response is that of a chart that is not there, whatever the id."""
    dead, stranger = await DYING[operation](world), await world.therapist()
    if dead.person.actor.is_patient:
        stranger = await world.patient_of(stranger)
    if dead.path == "/reflections":
        answer = await stranger.send("POST", dead.path, dead.body)
        assert answer.status_code == 201, "an id is dead in its own chart; in another it is any id"
        return
    answers = [
        await stranger.send("POST", dead.path, {**dead.body, "id": own}, match=dead.match)
        for own in (dead.body["id"], str(new_id()))
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, "not-found")] * 2


async def test_in_another_chart_a_dead_id_is_no_more_than_taken(world: World) -> None:
    """Whether the note of another chart stands or was deleted is not told."""
    dead, stranger = await note(world), await world.therapist()
    meeting = await notes.past_session(stranger, world.chart_id(await world.patient_of(stranger)))
    refused = await stranger.post("/notes", {**dead.body, "session_id": meeting}, expect=409)
    assert refused["code"] == "id-taken"


def test_every_place_where_a_client_gives_an_id_of_what_can_be_deleted_is_asked_here() -> None:
    """An operation that takes an id, and whose things a DELETE takes away one by one, declares `gone`."""
    document = made_document()
    deleted = {
        path.rpartition("/")[0] for path, method, _ in operations(document) if method == "delete" and path[-1] == "}"
    }
    taking = set()
    for path, method, operation in operations(document):
        if method == "post" and "requestBody" in operation and path in deleted:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            if "id" in document["components"]["schemas"][schema]["properties"]:
                taking.add(operation["operationId"])
    assert taking | ELSEWHERE == DYING.keys()
    telling = {
        operation["operationId"]
        for _, _, operation in operations(document)
        if "gone" in problem_codes(operation["responses"].get("410", {}))
    }
    assert telling - TELLING_A_RETRY == DYING.keys() <= {route.name for route in action_routes()}


@pytest.mark.thorough
async def test_what_was_deleted_before_there_were_tombstones_stays_dead_too(own: Settings) -> None:
    """The migration finds it: in the ledger where the row is gone, else in the row that stayed."""
    async with application(own) as api:
        world = await World.build(api)
        dead = {name: await dying(world) for name, dying in DYING.items() if name not in ELSEWHERE}
    await _forget_tombstones(own)
    async with application(own) as api:
        for name, gone in dead.items():
            person = Person(api, gone.person.actor, gone.person.token)
            answer = await person.send("POST", gone.path, gone.body, match=gone.match)
            assert (answer.status_code, answer.json()["code"]) == (410, "gone"), name


async def _forget_tombstones(own: Settings) -> None:
    """Go back to before there were tombstones, and up again."""
    revisions = migrations.scripts().walk_revisions()
    [before] = [str(script.down_revision) for script in revisions if script.path.endswith("_sync.py")]
    tables = "sqlite_master WHERE name" if own.is_embedded else "pg_tables WHERE tablename"
    await _migrate(own, before)
    assert len(await Hand(own).run(f"SELECT 1 FROM {tables} = ?", "tombstones")) == 0  # noqa: S608  of this test
    await _migrate(own, "head")


async def _migrate(own: Settings, revision: str) -> None:
    if own.database_url is None:
        migrations.migrate_sqlite(own.sqlite_path, revision)
    else:
        await migrations.migrate_postgres(own.database_url.get_secret_value(), revision, hold_seconds=0)


async def test_a_create_that_meets_a_delete_brings_nothing_back(world: World) -> None:
    """It was begun while the thing was there, and is applied after it was deleted."""
    patient = await world.patient_of(await world.therapist())
    made = await reflections.draft(patient)
    work = reflections.work_of(patient, CREATE_REFLECTION)
    await create_reflection(work, ReflectionCreate(id=UUID(made["id"]), text="Again."))
    await patient.delete(f"/reflections/{made['id']}", 1)
    with pytest.raises(Gone):
        await work.apply()
    await patient.get(f"/reflections/{made['id']}", expect=404)
