"""A writer of the database opens no psychotherapy note, and no grant is made of facts that changed meanwhile."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID

import pytest

from integration_api.access.actor import Role
from integration_api.access.policy import grant as policy_grant
from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.resources.journal.psychotherapy_notes import operations, permissions
from integration_api.resources.journal.psychotherapy_notes.schemas import PsychotherapyGrantCreate
from integration_api.settings import Settings
from tests.architecture.test_privacy import Said
from tests.architecture.test_privacy import log as log  # noqa: PLC0414  a fixture
from tests.factories import psychotherapy
from tests.factories.care_teams import join
from tests.factories.feeds import client, seal
from tests.factories.retention import erase, keep_nothing
from tests.resources.journal.test_psychotherapy_grants import GRANTED, scene, shown
from tests.storage.hand import Hand
from tests.support import Json, Person, World

WORD = "He spoke of his father."


async def alarmed(log: Said, person: Person, path: str, method: str = "GET", body: Json | None = None) -> None:
    """A request shows nothing, and the log tells the operator."""
    before = len(log.getvalue())
    answer = await person.send(method, path, body, match=1 if body else None)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert WORD not in answer.text
    events = [json.loads(line)["event"] for line in log.getvalue()[before:].splitlines()]
    assert "decryption_failed" in events


async def test_a_note_that_was_moved_to_another_author_opens_to_nobody(
    world: World, settings: Settings, log: Said
) -> None:
    author, supervisor, note = await scene(world)
    thief, hand, path = await world.therapist(), Hand(settings), f"/psychotherapy-notes/{note['id']}"
    await join(author, note["patient_id"], thief)
    await hand.put("psychotherapy_notes", note["id"], "author_id", UUID(thief.id))
    await alarmed(log, thief, path)
    await alarmed(log, thief, path, "PATCH", {"text": "x"})
    await alarmed(log, thief, f"{path}/grants", "POST", psychotherapy.terms(author, supervisor))
    await hand.put("psychotherapy_notes", note["id"], "author_id", UUID(author.id))
    assert (await author.get(path))["text"] == WORD


@pytest.mark.parametrize("column", ["patient_id", "session_id", "state", "signed_at"])
async def test_a_note_that_was_edited_opens_to_nobody(world: World, settings: Settings, log: Said, column: str) -> None:
    author, _, note = await scene(world)
    path, hand = f"/psychotherapy-notes/{note['id']}", Hand(settings)
    if column == "patient_id":
        other = await world.patient_of(author, name="Wren Sample")
        await hand.put("psychotherapy_notes", note["id"], column, UUID(world.chart_id(other)))
    elif column == "signed_at":
        await author.post(f"{path}/sign", match=1, expect=200)
        earlier = await hand.value("SELECT created_at FROM psychotherapy_notes WHERE id = ?", UUID(note["id"]))
        await hand.put("psychotherapy_notes", note["id"], column, earlier)
    elif column == "state":
        await author.post(f"{path}/sign", match=1, expect=200)
        await hand.run(
            "UPDATE psychotherapy_notes SET state = 'draft', signed_at = NULL WHERE id = ?", UUID(note["id"])
        )
    else:
        session = {"patient_id": note["patient_id"], "phase": "integration", "modality": "in_person"}
        begins = (world.api.clock() + timedelta(days=1)).isoformat()
        people = [{"role": "therapist", "account_id": author.id}]
        made = await author.post("/sessions", {**session, "planned_start_at": begins, "people": people})
        await hand.put("psychotherapy_notes", note["id"], column, UUID(made["id"]))
    await alarmed(log, author, path)


async def test_a_grant_that_was_moved_opens_nothing(world: World, settings: Settings, log: Said) -> None:
    author, supervisor, note = await scene(world)
    thief, path = await world.staff(Role.SUPERVISOR), f"/psychotherapy-notes/{note['id']}"
    given, hand = await psychotherapy.grant(author, note, supervisor), Hand(settings)
    await hand.put("psychotherapy_grants", given["id"], "account_id", UUID(thief.id))
    await alarmed(log, thief, path)
    await alarmed(log, thief, "/psychotherapy-notes?granted=true")
    await hand.put("psychotherapy_grants", given["id"], "account_id", UUID(supervisor.id))
    await supervisor.get(path)
    assert await shown(supervisor) == [note["id"]]


async def test_a_grant_that_was_reopened_opens_nothing(world: World, settings: Settings, log: Said) -> None:
    author, supervisor, note = await scene(world)
    path = f"/psychotherapy-notes/{note['id']}"
    given = await psychotherapy.grant(author, note, supervisor)
    await author.delete(f"{path}/grants/{given['id']}")
    await Hand(settings).run("UPDATE psychotherapy_grants SET revoked_at = NULL WHERE id = ?", UUID(given["id"]))
    await alarmed(log, supervisor, path)
    await alarmed(log, supervisor, "/psychotherapy-notes?granted=true")


async def test_a_grant_that_was_prolonged_opens_nothing(world: World, settings: Settings, log: Said) -> None:
    author, supervisor, note = await scene(world)
    given = await psychotherapy.grant(author, note, supervisor, minutes=3)
    later = world.api.clock() + timedelta(days=30)
    if settings.database_url is None:
        await Hand(settings).put("psychotherapy_grants", given["id"], "ends_at", f"{later:%Y-%m-%d %H:%M:%S.%f}")
    else:
        await Hand(settings).put("psychotherapy_grants", given["id"], "ends_at", later)
    world.api.clock.advance(minutes=4)
    await alarmed(log, supervisor, f"/psychotherapy-notes/{note['id']}")


async def test_what_a_disabled_author_granted_opens_no_more(world: World) -> None:
    author, supervisor, note = await scene(world)
    await psychotherapy.grant(author, note, supervisor)
    await seal(world)
    phone = await client(supervisor)
    assert phone.of("psychotherapy_note") == {note["id"]}
    account = await world.admin.get(f"/accounts/{author.id}")
    await world.admin.patch(f"/accounts/{author.id}", {"state": "disabled"}, account["version"])
    await supervisor.get(f"/psychotherapy-notes/{note['id']}", expect=404)
    assert await shown(supervisor) == []
    await seal(world)
    await phone.poll()
    assert phone.of("psychotherapy_note") == set()


@pytest.mark.thorough
async def test_an_erasure_is_told_to_the_author_and_to_whom_a_note_was_granted(world: World) -> None:
    author, supervisor, note = await scene(world)
    ended = await world.staff(Role.SUPERVISOR)
    await keep_nothing(world)
    await psychotherapy.grant(author, note, supervisor)
    former = await psychotherapy.grant(author, note, ended)
    await author.delete(f"/psychotherapy-notes/{note['id']}/grants/{former['id']}")
    member = (await author.get(f"/patients/{note['patient_id']}/care-team"))["items"]
    assert member  # who is no longer of the team keeps the note, and is told all the same
    await seal(world)
    phones = [await client(one) for one in (author, supervisor, ended, world.admin)]
    await erase(world.admin, note["patient_id"])
    await seal(world)
    told = [[(item["id"], item["change"]) for item in await one.poll()] for one in phones]
    gone = (note["id"], "gone")
    assert [items.count(gone) for items in told] == [1, 1, 0, 0]
    assert note["id"] not in str([told[2], told[3]])


@pytest.mark.thorough
async def test_of_two_grants_made_at_once_neither_is_the_twenty_first(world: World) -> None:
    author, supervisor, note = await scene(world)
    path = f"/psychotherapy-notes/{note['id']}/grants"
    for _ in range(19):
        await psychotherapy.grant(author, note, await world.staff(Role.SUPERVISOR))
    late = [supervisor, *[await world.staff(Role.SUPERVISOR) for _ in range(3)]]
    answers = await asyncio.gather(
        *(author.send("POST", path, psychotherapy.terms(author, one), key=one.id) for one in late)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"too-many-grants"}
    assert len((await author.get(path, params={"limit": 100}))["items"]) == 20


async def collected(world: World, author: Person, note: Json, to: Person) -> Work:
    """A grant that was checked, and is not applied yet."""
    given = policy_grant(operations.ADD_PSYCHOTHERAPY_NOTE_GRANT, author.actor.roles)
    work = Work(world.api.runtime, operations.ADD_PSYCHOTHERAPY_NOTE_GRANT, "test", author.actor, given)
    body = PsychotherapyGrantCreate.model_validate_json(json.dumps(psychotherapy.terms(author, to)))
    await permissions.add_psychotherapy_note_grant(work, UUID(note["id"]), body)
    return work


@pytest.mark.thorough
async def test_no_grant_is_made_if_twenty_stand_meanwhile(world: World, settings: Settings) -> None:
    author, supervisor, note = await scene(world)
    path = f"/psychotherapy-notes/{note['id']}/grants"
    given = [await psychotherapy.grant(author, note, await world.staff(Role.SUPERVISOR)) for _ in range(20)]
    await author.delete(f"{path}/{given[0]['id']}")
    work = await collected(world, author, note, supervisor)
    await Hand(settings).run("UPDATE psychotherapy_grants SET revoked_at = NULL WHERE id = ?", UUID(given[0]["id"]))
    with pytest.raises(StartAgain):
        await work.apply()


@pytest.mark.parametrize(
    "meanwhile",
    [
        "UPDATE accounts SET state = 'disabled' WHERE id = ?",
        """UPDATE accounts SET roles = '["auditor"]' WHERE id = ?""",
    ],
    ids=["disabled", "roles"],
)
async def test_no_grant_is_made_to_who_stops_being_a_supervisor_meanwhile(
    world: World, settings: Settings, meanwhile: str
) -> None:
    author, supervisor, note = await scene(world)
    work = await collected(world, author, note, supervisor)
    await Hand(settings).run(meanwhile, UUID(supervisor.id))
    with pytest.raises(StartAgain):
        await work.apply()
    assert (await author.get(f"/psychotherapy-notes/{note['id']}/grants"))["items"] == []


async def test_the_list_of_granted_notes_shows_no_text(world: World) -> None:
    author, supervisor, note = await scene(world)
    await psychotherapy.grant(author, note, supervisor)
    answer = await supervisor.send("GET", "/psychotherapy-notes", params=GRANTED)
    assert answer.json()["items"][0]["id"] == note["id"]
    assert "terms" not in answer.text
    assert "Supervision" not in answer.text
