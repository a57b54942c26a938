"""Attachments of a note and of a reflection."""

from tests.factories import notes, reflections
from tests.factories.attachments import PDF, announced, attached, facts, part, sent
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json, Person


async def _draft(s: Scene) -> str:
    """The path of a draft of the therapist."""
    return f"/notes/{(await notes.draft(s.therapist, s.chart))['id']}"


async def _entry(s: Scene) -> str:
    """The path of an entry that its patient has not shared."""
    return f"/reflections/{(await reflections.draft(s.patient))['id']}"


async def _release(s: Scene) -> None:
    """Release the chart from its legal hold, so that attachments may be deleted."""
    path = f"/patients/{s.chart}"
    version = (await s.world.admin.get(path))["version"]
    await s.world.admin.send("DELETE", f"{path}/legal-hold", match=version)


@planted
async def attachments(s: Scene) -> None:
    """Add a document to an entry that is then shared, another to a note that is then signed, and an upload."""
    entry = await reflections.submitted(s.patient)
    path = f"/reflections/{entry['id']}"
    document = PDF + s.word("text-file").encode()
    s.ids["attachment_id"] = (await attached(s.patient, path, document, "application/pdf"))["id"]
    await s.patient.post(f"{path}/share", match=entry["version"], expect=200)
    note = await notes.draft(s.therapist, s.chart)
    await attached(s.therapist, f"/notes/{note['id']}", PDF + s.word("text-file").encode(), "application/pdf")
    private = PDF + s.word("private-file").encode()
    await attached(s.patient, await _entry(s), private, "application/pdf")
    await notes.sign(s.therapist, note)
    await announced(s.patient, await _entry(s), PDF, "application/pdf")


reads("list_attachments", "therapist", "/attachments?patient_id={patient_id}")
reads("list_attachments (team)", "supervisor", "/attachments")
reads("read_attachment", "therapist", "/attachments/{attachment_id}")
reads("read_attachment_content", "patient", "/attachments/{attachment_id}/content")


@operation("read_attachment_content (first by staff)")
async def _(s: Scene) -> Request:
    entry = await reflections.submitted(s.patient)
    path = f"/reflections/{entry['id']}"
    made = await attached(s.patient, path)
    await s.patient.post(f"{path}/share", match=entry["version"], expect=200)
    return Request(s.therapist, "GET", f"/attachments/{made['id']}/content")


@operation("create_note_attachment")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"{await _draft(s)}/attachments", facts(PDF, "application/pdf"))


@operation("create_reflection_attachment")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", f"{await _entry(s)}/attachments", facts(PDF, "application/pdf"))


def _parts(who: Person, made: Json) -> Request:
    return Request(who, "POST", f"/attachments/{made['id']}/parts", part(PDF), 1)


@operation("add_attachment_part")
async def _(s: Scene) -> Request:
    return _parts(s.therapist, await announced(s.therapist, await _draft(s), PDF, "application/pdf"))


@operation("add_attachment_part (by the patient)")
async def _(s: Scene) -> Request:
    return _parts(s.patient, await announced(s.patient, await _entry(s), PDF, "application/pdf"))


@operation("complete_attachment")
async def _(s: Scene) -> Request:
    made = await sent(s.therapist, await _draft(s), PDF, "application/pdf")
    return Request(s.therapist, "POST", f"/attachments/{made['id']}/complete", None, made["version"])


@operation("complete_attachment (by the patient)")
async def _(s: Scene) -> Request:
    made = await sent(s.patient, await _entry(s), PDF, "application/pdf")
    return Request(s.patient, "POST", f"/attachments/{made['id']}/complete", None, made["version"])


@operation("delete_attachment")
async def _(s: Scene) -> Request:
    await _release(s)
    made = await attached(s.therapist, await _draft(s))
    return Request(s.therapist, "DELETE", f"/attachments/{made['id']}", None, made["version"])


@operation("delete_attachment (by the patient)")
async def _(s: Scene) -> Request:
    await _release(s)
    made = await attached(s.patient, await _entry(s))
    return Request(s.patient, "DELETE", f"/attachments/{made['id']}", None, made["version"])
