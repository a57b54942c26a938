"""Psychotherapy notes: one of the therapist's alone, and one that the supervisor may read."""

from datetime import timedelta

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


async def _note(s: Scene, kind: str = "confided-text") -> Json:
    made: Json = await s.therapist.post(f"/patients/{s.chart}/psychotherapy-notes", _body(s, kind))
    return made


def _body(s: Scene, kind: str = "confided-text") -> Json:
    return {"session_id": s.ids["session_id"], "text": s.word(kind)}


def _grant(s: Scene) -> Json:
    until = (s.world.api.clock() + timedelta(days=30)).isoformat()
    return {"account_id": s.supervisor.id, "until": until, "reason": s.word("confided-reason")}


@planted
async def psychotherapy_notes(s: Scene) -> None:
    """Write one that is the author's alone and signed, and one that is granted."""
    own = (await _note(s))["id"]
    await s.therapist.post(f"/psychotherapy-notes/{own}/sign", match=1, expect=200)
    s.ids["psychotherapy_note_id"] = shown = (await _note(s, "granted-text"))["id"]
    s.ids["grant_id"] = (await s.therapist.post(f"/psychotherapy-notes/{shown}/grants", _grant(s)))["id"]


reads("list_psychotherapy_notes", "therapist", "/psychotherapy-notes?patient_id={patient_id}")
reads("list_psychotherapy_notes (granted)", "supervisor", "/psychotherapy-notes?granted=true")
reads("read_psychotherapy_note", "therapist", "/psychotherapy-notes/{psychotherapy_note_id}")
reads("read_psychotherapy_note (granted)", "supervisor", "/psychotherapy-notes/{psychotherapy_note_id}")
reads("list_psychotherapy_note_grants", "therapist", "/psychotherapy-notes/{psychotherapy_note_id}/grants")


@operation("create_psychotherapy_note")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"/patients/{s.chart}/psychotherapy-notes", _body(s))


@operation("update_psychotherapy_note")
async def _(s: Scene) -> Request:
    chart = (await s.new_chart())["id"]
    made = await s.other.post(f"/patients/{chart}/psychotherapy-notes", {"text": s.word("confided-text")})
    return Request(
        s.other, "PATCH", f"/psychotherapy-notes/{made['id']}", {"text": s.word("confided-text")}, made["version"]
    )


@operation("delete_psychotherapy_note")
async def _(s: Scene) -> Request:
    chart = (await s.new_chart())["id"]
    made = await s.other.post(f"/patients/{chart}/psychotherapy-notes", {"text": s.word("confided-text")})
    return Request(s.other, "DELETE", f"/psychotherapy-notes/{made['id']}", None, made["version"])


@operation("sign_psychotherapy_note")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"/psychotherapy-notes/{(await _note(s))['id']}/sign", None, 1)


@operation("add_psychotherapy_note_grant")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", f"/psychotherapy-notes/{(await _note(s))['id']}/grants", _grant(s))


@operation("revoke_psychotherapy_note_grant")
async def _(s: Scene) -> Request:
    path = f"/psychotherapy-notes/{(await _note(s))['id']}/grants"
    return Request(s.therapist, "DELETE", f"{path}/{(await s.therapist.post(path, _grant(s)))['id']}")
