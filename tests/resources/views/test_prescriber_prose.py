"""POLICY `prescribers_read_prose`: with 0, a prescriber of the team reads no note and no reflection of others."""

import io
import zipfile

from integration_api.access.actor import Role
from integration_api.resources.oversight.exports.exporter import Exporter
from tests.factories import notes
from tests.factories.attachments import attached, png
from tests.factories.care_teams import join
from tests.factories.emergencies import WHY
from tests.factories.exports import things
from tests.factories.feeds import Client, seal
from tests.factories.orders import prescriber_of
from tests.factories.prose import POLICY, close_prose
from tests.factories.readiness import ready_session
from tests.factories.record_copies import copied, fulfilled
from tests.factories.reflections import draft, submitted
from tests.support import Json, Person, World


class Told:
    """A chart with a note and a shared reflection of the word alder, and its people."""

    therapist: Person
    patient: Person
    prescriber: Person
    chart: str
    note: Json
    entry: Json
    copy: Json
    """A copy of the chart that was handed over."""

    @classmethod
    async def of(cls, world: World) -> "Told":
        made = cls()
        made.therapist = await world.therapist()
        made.patient = await world.patient_of(made.therapist)
        made.chart = world.chart_id(made.patient)
        made.prescriber = await prescriber_of(world, made.therapist, made.chart)
        made.note = await notes.signed_note(made.therapist, made.chart, sections=notes.sections(plan="alder"))
        made.entry = await submitted(made.patient, share=True, text="alder")
        await made.therapist.get(f"/reflections/{made.entry['id']}")
        request = await made.patient.post("/record-requests", {"patient_id": made.chart})
        made.copy = await copied(made.therapist, request)
        await fulfilled(made.therapist, request, made.copy)
        return made

    @property
    def paths(self) -> tuple[str, str]:
        """Return the addresses of both."""
        return f"/notes/{self.note['id']}", f"/reflections/{self.entry['id']}"

    async def archive(self, who: Person) -> zipfile.ZipFile | None:
        """The copy as somebody downloads it; None if it is not shown to them."""
        answer = await who.send("GET", f"/record-copies/{self.copy['id']}/content")
        return zipfile.ZipFile(io.BytesIO(answer.content)) if answer.is_success else None

    async def seen_by(self, who: Person) -> set[str]:
        """The ids of both that somebody is shown, the same by every way."""
        found = []
        both = {self.note["id"], self.entry["id"]}
        found.append({path.rpartition("/")[2] for path in self.paths if (await who.send("GET", path)).is_success})
        lists = [await who.get(path, params={"patient_id": self.chart}) for path in ("/notes", "/reflections")]
        found.append({one["id"] for page in lists for one in page["items"]})
        timeline = await who.get(f"/patients/{self.chart}/timeline", params={"kind": "note,reflection"})
        found.append({one["id"] for one in timeline["items"]})
        searched = await who.post(f"/patients/{self.chart}/search", {"words": "alder"}, expect=200)
        found.append({one["id"] for one in searched["items"]})
        views = [path for path in self.paths if (await who.send("GET", f"{path}/visibility")).is_success]
        found.append({path.rpartition("/")[2] for path in views})
        if archive := await self.archive(who):
            found.append({one["id"] for kind in ("notes", "reflections") for one in things(archive, kind)})
        else:
            found.append(set())
        assert len({frozenset(ids & both) for ids in found}) == 1, found
        return found[0]


async def test_by_default_a_prescriber_reads_both(world: World) -> None:
    told = await Told.of(world)
    assert (await world.admin.get("/clinic"))["policies"][POLICY] == 1
    assert await told.seen_by(told.prescriber) == {told.note["id"], told.entry["id"]}


async def test_closed_a_prescriber_reads_neither_and_others_read_on(world: World) -> None:
    told = await Told.of(world)
    await close_prose(world)
    assert await told.seen_by(told.prescriber) == set()
    assert await told.seen_by(told.therapist) == {told.note["id"], told.entry["id"]}
    assert {told.entry["id"]} < await told.seen_by(told.patient)
    for path in told.paths:
        viewers = (await told.therapist.get(f"{path}/visibility"))["viewers"]
        assert told.prescriber.id not in {one["account_id"] for one in viewers}
        preview = await told.therapist.get(f"{path}/visibility", params={"preview_as": "prescriber"})
        assert preview["preview"] is None
    made = await ready_session(told.therapist, told.chart, told.prescriber)
    await told.prescriber.get(f"/sessions/{made['id']}/dose-brief")
    await close_prose(world, None)
    assert await told.seen_by(told.prescriber) == {told.note["id"], told.entry["id"]}


async def test_closed_what_belongs_to_them_is_closed_too(world: World) -> None:
    told = await Told.of(world)
    reply = {"text": "Thank you."}
    await told.therapist.post(f"{told.paths[1]}/replies", reply)
    entry = await draft(told.patient)
    file = await attached(told.patient, f"/reflections/{entry['id']}", png())
    entry = await told.patient.get(f"/reflections/{entry['id']}")
    path = f"/reflections/{entry['id']}/submit"
    await told.patient.post(path, {"share": True}, match=entry["version"], expect=200)
    await told.prescriber.get(f"/attachments/{file['id']}")
    await close_prose(world)
    await told.prescriber.get(f"/attachments/{file['id']}", expect=404)
    await told.prescriber.get(f"{told.paths[1]}/replies", expect=404)
    await told.prescriber.post(f"{told.paths[1]}/replies", reply, expect=404)
    await told.prescriber.get(f"{told.paths[0]}/versions", expect=404)
    await told.therapist.get(f"/attachments/{file['id']}")


async def test_closed_a_prescriber_reads_their_own_notes(world: World) -> None:
    told = await Told.of(world)
    await close_prose(world)
    own = await notes.signed_note(told.prescriber, told.chart)
    assert (await told.prescriber.get(f"/notes/{own['id']}"))["id"] == own["id"]
    assert [one["id"] for one in (await told.prescriber.get("/notes"))["items"]] == [own["id"]]


async def test_closed_the_part_on_the_team_decides_and_an_emergency_opens(world: World) -> None:
    told = await Told.of(world)
    await close_prose(world)
    both = await world.staff(Role.THERAPIST, Role.PRESCRIBER)
    await told.therapist.post(f"/patients/{told.chart}/care-team", {"account_id": both.id, "role": "prescriber"})
    assert await told.seen_by(both) == set()
    other = await world.staff(Role.THERAPIST, Role.PRESCRIBER)
    await told.therapist.post(f"/patients/{told.chart}/care-team", {"account_id": other.id, "role": "therapist"})
    supervisor = await world.staff(Role.SUPERVISOR)
    await join(told.therapist, told.chart, supervisor)
    hurried = await world.staff(Role.PRESCRIBER)
    await hurried.post(f"/patients/{told.chart}/emergency-access", WHY)
    for who in (other, supervisor, hurried):
        assert await told.seen_by(who) == {told.note["id"], told.entry["id"]}


async def test_closed_a_feed_begins_anew_and_tells_of_neither(world: World) -> None:
    told = await Told.of(world)
    client = Client(told.prescriber)
    await seal(world)
    await client.poll()
    both = {("note", told.note["id"]), ("reflection", told.entry["id"])}
    assert both <= client.held.keys()
    await close_prose(world)
    await seal(world)
    assert (await told.prescriber.send("GET", "/changes", params={"cursor": client.cursor})).status_code == 410
    await client.poll()
    assert not both & client.held.keys()
    later = await submitted(told.patient, share=True, text="alder")
    await seal(world)
    assert later["id"] not in {item["id"] for item in await client.poll()}


async def test_closed_reflections_wait_for_those_who_read_them(world: World) -> None:
    told = await Told.of(world)
    await close_prose(world)
    made = await submitted(told.patient, share=True, text="alder")

    async def waiting(who: Person) -> set[str]:
        return {one["subject_id"] for one in (await who.get("/worklist"))["items"]}

    assert made["id"] in await waiting(told.therapist)
    assert made["id"] not in await waiting(told.prescriber)
    await told.therapist.post(f"{told.paths[1]}/replies", {"text": "Thank you."})
    await told.patient.post(f"{told.paths[1]}/replies", {"text": "And to you."})
    kinds = [
        {one["kind"] for one in (await who.get("/worklist"))["items"]} for who in (told.therapist, told.prescriber)
    ]
    assert ["reply_to_read" in found for found in kinds] == [True, False]
    assert made["monitoring"]["answered_by"] is None or made["monitoring"]["answered_by"]["name"] == "Imani Vale"


async def test_closed_a_copy_for_the_patient_is_made_by_those_who_read_all(world: World) -> None:
    told = await Told.of(world)
    await close_prose(world)
    request = await told.patient.post("/record-requests", {"patient_id": told.chart})
    path = f"/record-requests/{request['id']}"
    refused = await told.prescriber.post(f"{path}/copies", {}, expect=403)
    assert refused["code"] == "prose-not-read"
    copy = await copied(told.therapist, request)
    await told.prescriber.get(f"/record-copies/{copy['id']}", expect=404)
    assert (await told.prescriber.get(f"{path}/copies"))["items"] == []
    refused = await told.prescriber.post(f"{path}/fulfil", {"copy_id": copy["id"]}, match=1, expect=403)
    assert refused["code"] == "prose-not-read"
    await fulfilled(told.therapist, request, copy)


async def test_a_copy_is_not_made_by_a_prescriber_for_whom_prose_closes_meanwhile(world: World) -> None:
    """It would lack the reflections, and nothing would tell that it does."""
    told = await Told.of(world)
    request = await told.patient.post("/record-requests", {"patient_id": told.chart})
    made = await told.prescriber.post(f"/record-requests/{request['id']}/copies", {}, expect=202)
    await close_prose(world)
    await Exporter(world.api.runtime).turn()
    assert (await told.therapist.get(f"/record-copies/{made['id']}"))["state"] == "failed"
