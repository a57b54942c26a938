"""Notes for tests, and the sessions they are about."""

from datetime import timedelta

from integration_api.access.actor import Role
from integration_api.resources.journal.notes.layouts import SECTIONS
from integration_api.resources.journal.notes.tables import NoteFormat
from tests.factories import care_teams
from tests.factories.sessions import session
from tests.support import Json, Person, World


async def past_session(therapist: Person, patient_id: str, *, hours_ago: float = 1) -> str:
    """The id of a session that was planned to end so long ago, which is what a note's lateness counts from."""
    end = therapist.api.clock() - timedelta(hours=hours_ago)
    start = end - timedelta(hours=1)
    made = await session(therapist, patient_id, planned_start_at=start.isoformat(), planned_end_at=end.isoformat())
    return str(made["id"])


def sections(note_format: str = "dap", **texts: str) -> dict[str, str]:
    """Text in every section of the format."""
    return {key: f"What was seen of {key}." for key in SECTIONS[NoteFormat(note_format)]} | texts


async def draft(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A complete draft about a session that was to end an hour ago."""
    body = {"patient_id": patient_id, "format": "dap", "sections": sections(), **facts}
    if "session_id" not in body:
        body["session_id"] = await past_session(therapist, patient_id)
    made: Json = await therapist.post("/notes", body)
    return made


async def sign(author: Person, note: Json, **facts: object) -> Json:
    """The note after its author has signed it."""
    signed: Json = await author.post(f"/notes/{note['id']}/sign", facts or None, expect=200, match=note["version"])
    return signed


async def signed_note(therapist: Person, patient_id: str, **facts: object) -> Json:
    """A note that is signed and final."""
    return await sign(therapist, await draft(therapist, patient_id, **facts))


async def join(world: World, therapist: Person, patient_id: str, role: Role) -> Person:
    """A new member of the patient's care team, signed in."""
    member = await world.staff(role, name=f"Noor {role.value.title()}")
    await care_teams.join(therapist, patient_id, member)
    return member


async def supervisor_of(world: World, therapist: Person, patient_id: str) -> Person:
    """A supervisor on the patient's care team."""
    return await join(world, therapist, patient_id, Role.SUPERVISOR)


async def supervise(world: World, author: Person, supervisor: Person | None) -> None:
    """Name the supervisor of an author's account, or that it has none."""
    account = await world.admin.get(f"/accounts/{author.id}")
    named = {"supervised_by": supervisor.id if supervisor else None}
    await world.admin.patch(f"/accounts/{author.id}", named, account["version"])


async def own_supervisor_of(world: World, therapist: Person, patient_id: str) -> Person:
    """The supervisor of the therapist's account, on the patient's care team."""
    supervisor = await supervisor_of(world, therapist, patient_id)
    await supervise(world, therapist, supervisor)
    return supervisor
