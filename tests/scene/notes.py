"""Notes: drafts, signatures, amendments, sharing."""

from uuid import uuid4

from integration_api.access.actor import Role
from integration_api.app import sealer_of
from tests.factories import care_teams, notes
from tests.factories.imported_rows import imported, rows_of
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


@planted
async def signed(s: Scene) -> None:
    """Add a signed note with an amendment and an addendum, and one that is late and co-signed. A draft was imported."""
    session_id = await notes.past_session(s.therapist, s.chart, hours_ago=200)
    facts: Json = {"session_id": session_id, "needs_cosign": True}
    texts = {key: s.word(f"text-{key}") for key in notes.sections()}
    late = await notes.draft(s.therapist, s.chart, sections=texts, **facts)
    late = await notes.sign(s.therapist, late, late_entry_reason=s.word("text-late"))
    await s.supervisor.post(f"/notes/{late['id']}/cosign", match=late["version"], expect=200)
    source = {"kind": "scribe", "patient_consented": True}
    named = {"tool": s.word("text-tool"), "tool_version": s.word("text-version")}
    written: Json = {
        "sections": notes.sections(),
        "captured_at": s.world.api.clock().isoformat(),
        "source": source | named,
    }
    written["sections"] = {key: s.word("text-plan") for key in written["sections"] if key != "plan"}
    written["carry_forward"] = True
    plain = await notes.signed_note(s.therapist, s.chart, **written)
    body = {"sections": notes.sections(plan=s.word("text-amended")), "reason": s.word("text-reason")}
    await s.therapist.post(f"/notes/{plain['id']}/amendments", body, match=plain["version"], expect=200)
    await s.therapist.post(f"/notes/{plain['id']}/addenda", {"text": s.word("text-addendum")})
    shown = await s.patient.get(f"/notes/{plain['id']}")
    statement = {"text": s.word("text-disagreement")}
    await s.patient.post(f"/notes/{plain['id']}/disagreement", statement, match=shown["version"], expect=200)
    s.ids["note_id"] = plain["id"]
    await sealer_of(s.world.api.runtime).seal(s.world.clinic_id)  # else its signature has no proof yet


@planted
async def unseen_by_the_patient(s: Scene) -> None:
    """Add a note that was entered in error, a draft, and one that the supervisor has returned."""
    wrong = await notes.signed_note(s.therapist, s.chart, sections=notes.sections(plan=s.word("team-plan")))
    error = {"reason": s.word("team-error")}
    await s.therapist.post(f"/notes/{wrong['id']}/enter-in-error", error, match=wrong["version"], expect=200)
    await notes.draft(s.therapist, s.chart, sections=notes.sections(plan=s.word("draft-plan")))
    own = next(row for row in await rows_of(s.patient, "notes") if row.content_sha256 is None)
    await imported(s.patient, "notes", own)
    await notes.draft(s.people["colleague"], s.chart, sections=notes.sections(plan=s.word("supervised-plan")))
    texts = notes.sections(plan=s.word("draft-sent"))
    sent = await notes.signed_note(s.therapist, s.chart, sections=texts, needs_cosign=True)
    returned = {"reason": s.word("draft-returned")}
    await s.supervisor.post(f"/notes/{sent['id']}/return", returned, match=sent["version"], expect=200)


@planted
async def left(s: Scene) -> None:
    """Add a draft whose author has left the team, which a supervisor has filed."""
    made = await _left(s)
    body = {"reason": s.word("team-filed")}
    await s.supervisor.post(f"/notes/{made['id']}/file-unsigned", body, match=1, expect=200)


async def _left(s: Scene) -> Json:
    """A draft whose author has left the care team."""
    leaver = await s.world.staff(Role.THERAPIST, name=s.word("staff-leaver"))
    member = await care_teams.join(s.therapist, s.chart, leaver)
    made = await notes.draft(leaver, s.chart, sections=notes.sections(plan=s.word("team-left")))
    await s.therapist.delete(f"/patients/{s.chart}/care-team/{member['id']}", member["version"])
    return made


@operation("file_note_unsigned")
async def _(s: Scene) -> Request:
    made = await _left(s)
    return Request(s.supervisor, "POST", f"/notes/{made['id']}/file-unsigned", {"reason": s.word("team-filed")}, 1)


reads("list_notes", "therapist", "/notes?patient_id={patient_id}")
reads("list_notes (nothing there)", "other", "/notes")
reads("read_note", "therapist", "/notes/{note_id}")
reads("list_note_versions", "therapist", "/notes/{note_id}/versions")
reads("read_note_proof", "patient", "/notes/{note_id}/proof")


@operation("read_note (no addendum)")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    return Request(s.therapist, "GET", f"/notes/{made['id']}")


@operation("read_note (unchanged)")
async def _(s: Scene) -> Request:
    tag = (await s.therapist.send("GET", f"/notes/{s.ids['note_id']}")).headers["etag"]
    headers = {"If-None-Match": tag}
    return Request(s.therapist, "GET", f"/notes/{s.ids['note_id']}", headers=headers, status=304)


@operation("read_note (not yours)")
async def _(s: Scene) -> Request:
    return Request(s.other, "GET", f"/notes/{s.ids['note_id']}", status=404)


@operation("read_note (not allowed)")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "GET", f"/notes/{s.ids['note_id']}", status=403)


@operation("create_note")
async def _(s: Scene) -> Request:
    texts = notes.sections(plan=s.word("draft-plan"))
    body = {"session_id": s.ids["session_id"], "format": "dap", "sections": texts}
    return Request(s.therapist, "POST", "/notes", body)


@operation("update_note")
async def _(s: Scene) -> Request:
    made = await notes.draft(s.therapist, s.chart)
    texts = {"plan": s.word("draft-plan")}
    return Request(s.therapist, "PATCH", f"/notes/{made['id']}", {"sections": texts}, 1)


@operation("update_note (kept beside)")
async def _(s: Scene) -> Request:
    made = await notes.draft(s.therapist, s.chart)
    body, head = {"sections": {"plan": s.word("draft-kept")}}, {"On-Conflict": "keep_both"}
    return Request(s.therapist, "PATCH", f"/notes/{made['id']}", body, 7, uuid4().hex, head, 409)


@operation("delete_note")
async def _(s: Scene) -> Request:
    made = await notes.draft(s.therapist, s.chart)
    return Request(s.therapist, "DELETE", f"/notes/{made['id']}", None, 1)


@operation("sign_note")
async def _(s: Scene) -> Request:
    made = await notes.draft(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/notes/{made['id']}/sign", None, 1)


@operation("cosign_note")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart, needs_cosign=True)
    return Request(s.supervisor, "POST", f"/notes/{made['id']}/cosign", None, made["version"])


@operation("return_note")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart, needs_cosign=True)
    body = {"reason": s.word("draft-returned")}
    return Request(s.supervisor, "POST", f"/notes/{made['id']}/return", body, made["version"])


@operation("add_note_addendum")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    return Request(s.therapist, "POST", f"/notes/{made['id']}/addenda", {"text": s.word("text-addendum")})


@operation("amend_note")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    body = {"sections": notes.sections(plan=s.word("text-amended")), "reason": s.word("text-reason")}
    return Request(s.therapist, "POST", f"/notes/{made['id']}/amendments", body, made["version"])


@operation("enter_note_in_error")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    body = {"reason": s.word("team-error")}
    return Request(s.therapist, "POST", f"/notes/{made['id']}/enter-in-error", body, made["version"])


@operation("set_note_sharing")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    return Request(s.therapist, "PUT", f"/notes/{made['id']}/sharing", {"state": "shared"}, made["version"])


@operation("add_note_disagreement")
async def _(s: Scene) -> Request:
    made = await notes.signed_note(s.therapist, s.chart)
    body = {"text": s.word("text-disagreement")}
    return Request(s.patient, "POST", f"/notes/{made['id']}/disagreement", body, made["version"])


reads("read_note_diff", "therapist", "/notes/{note_id}/diff")
