"""A chart with a note and a reflection, of a clinic whose prescribers may read no prose."""

from integration_api.access.actor import Role
from tests.factories import notes
from tests.factories.orders import prescriber_of
from tests.factories.reflections import submitted
from tests.support import Json, Person, World

POLICY = "prescribers_read_prose"


async def close_prose(world: World, value: int | None = 0) -> None:
    """Let prescribers of the clinic read no prose, or (None) what our default lets them."""
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": {POLICY: value}}, clinic["version"])


class Prose:
    """A therapist and a prescriber on the team of a chart, its note and its shared reflection, and a supervisor."""

    world: World
    therapist: Person
    patient: Person
    prescriber: Person
    supervisor: Person
    chart: str
    note: Json
    entry: Json

    @classmethod
    async def of(cls, world: World) -> "Prose":
        """Make all of it. The supervisor is not on the team."""
        made = cls()
        made.world, made.therapist = world, await world.therapist()
        made.supervisor = await world.staff(Role.SUPERVISOR)
        made.patient = await world.patient_of(made.therapist)
        made.chart = world.chart_id(made.patient)
        made.prescriber = await prescriber_of(world, made.therapist, made.chart)
        made.note = await notes.signed_note(made.therapist, made.chart)
        made.entry = await submitted(made.patient, share=True)
        return made

    async def leave(self, who: Person) -> None:
        """Let somebody leave the care team."""
        path = f"/patients/{self.chart}/care-team"
        [member] = [one for one in (await self.world.admin.get(path))["items"] if one["account_id"] == who.id]
        await self.world.admin.delete(f"{path}/{member['id']}", member["version"])

    async def requested(self, note: Json | None = None) -> Json:
        """The patient's request to amend a note."""
        made: Json = await self.patient.post(
            f"/notes/{(note or self.note)['id']}/amendment-requests", {"text": "Not so.", "reason": "It was my aunt."}
        )
        return made


async def waiting(who: Person) -> set[str]:
    """The subjects of somebody's worklist; each task is told in its number too."""
    found = await who.get("/worklist")
    assert found["waiting"] == len(found["items"])
    return {one["subject_id"] for one in found["items"]}
