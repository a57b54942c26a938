"""Reflections: drafts, submission, sharing, replies."""

from datetime import timedelta
from uuid import uuid4

from tests.factories import reflections
from tests.scene.requests import Operation, Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


@planted
async def shared(s: Scene) -> None:
    """Add a shared entry that was edited and answered."""
    facts: Json = {
        "tags": [s.word("text-tag")],
        "insights": [{"text": s.word("text-insight")} for _ in range(2)],
        "safety": "not_sure",
    }
    entry = await reflections.submitted(s.patient, share=True, text=s.word("private-before"), **facts)
    path = f"/reflections/{entry['id']}"
    await s.patient.patch(path, {"text": s.word("text-entry")}, entry["version"])
    await s.therapist.post(f"{path}/replies", {"text": s.word("text-reply")})
    s.ids |= {"reflection_id": entry["id"], "insight_id": entry["insights"][0]["id"]}


@planted
async def prompted(s: Scene) -> None:
    """Add an answered prompt about the session that is shared from a moment ago on and reviewed, and a later share."""
    now = s.world.api.clock()
    entry = await reflections.submitted(
        s.patient,
        share=True,
        kind="prompted",
        text=s.word("text-prompted"),
        prompt_set="coming_back",
        prompt_set_version=1,
        answers=[{"prompt_id": "body_now", "text": s.word("text-answer")}],
        ratings=dict.fromkeys(("mood", "anxiety", "energy", "sleep", "connection", "distress"), 5),
        session_id=s.ids["session_id"],
        captured_at=now.isoformat(),
    )
    await s.therapist.post(f"/reflections/{entry['id']}/review", match=entry["version"], expect=200)
    later = (now + timedelta(days=2)).isoformat()
    await reflections.submitted(s.patient, share=True, release_at=later, text=s.word("private-later"))


@planted
async def private(s: Scene) -> None:
    """Add an entry that is not shared, and a draft."""
    await reflections.submitted(s.patient, text=s.word("private-entry"), tags=[s.word("private-tag")])
    await reflections.draft(s.patient, text=s.word("private-draft"))


@planted
async def fragments(s: Scene) -> None:
    """Add a fragment of each form, and an entry that says more about the last."""
    forms: Json = {
        "mood": {"mood": {"mood": 6, "anxiety": 3, "connection": 8}},
        "body_map": {"regions": [{"region": "chest", "intensity": 7}]},
        "music": {"music": {"title": s.word("text-music"), "at_seconds": 215}},
        "word": {"word": s.word("text-word")},
    }
    for form, facts in forms.items():
        moment: Json = {"kind": "fragment", "text": None, "fragment": {"form": form, **facts}}
        made = await reflections.submitted(s.patient, share=True, **moment)
    await reflections.submitted(s.patient, share=True, elaborates_id=made["id"], text=s.word("text-entry"))


reads("list_prompt_sets", "patient", "/prompt-sets")
reads("list_reflections", "therapist", "/reflections?patient_id={patient_id}")
reads("list_reflections (summary)", "therapist", "/reflections?patient_id={patient_id}&view=summary")
reads("read_reflection", "patient", "/reflections/{reflection_id}")
reads("list_reflection_replies", "patient", "/reflections/{reflection_id}/replies")
reads("list_reflection_versions", "patient", "/reflections/{reflection_id}/versions")


@operation("search_reflections")
async def _(s: Scene) -> Request:
    body = {"tag": s.word("text-tag"), "patient_id": s.ids["patient_id"]}
    return Request(s.therapist, "POST", "/reflections/search", body)


@operation("read_reflection (first by staff)")
async def _(s: Scene) -> Request:
    entry = await reflections.submitted(s.patient, share=True)
    return Request(s.therapist, "GET", f"/reflections/{entry['id']}")


def _body(s: Scene) -> Json:
    return {"text": s.word("private-entry")}


@operation("create_reflection")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/reflections", _body(s))


@operation("create_reflection (with a key)")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/reflections", _body(s), key=uuid4().hex)


@operation("create_reflection (the same key again)")
async def _(s: Scene) -> Request:
    body, key = _body(s), uuid4().hex
    await s.patient.post("/reflections", body, key=key)
    return Request(s.patient, "POST", "/reflections", body, key=key)


@operation("create_reflection (about a session)")
async def _(s: Scene) -> Request:
    body = {**_body(s), "session_id": s.ids["session_id"]}
    return Request(s.patient, "POST", "/reflections", body)


@operation("create_reflection (about another)")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/reflections", {**_body(s), "elaborates_id": s.ids["reflection_id"]})


@operation("create_reflection (a fragment)")
async def _(s: Scene) -> Request:
    body = {"kind": "fragment", "fragment": {"form": "word", "word": s.word("private-entry")}}
    return Request(s.patient, "POST", "/reflections", body)


@operation("update_reflection")
async def _(s: Scene) -> Request:
    made = await reflections.draft(s.patient)
    return Request(s.patient, "PATCH", f"/reflections/{made['id']}", _body(s), 1)


@operation("update_reflection (stale)")
async def _(s: Scene) -> Request:
    made = await reflections.draft(s.patient)
    return Request(s.patient, "PATCH", f"/reflections/{made['id']}", _body(s), 7, status=412)


@operation("update_reflection (kept beside)")
async def _(s: Scene) -> Request:
    made = await reflections.draft(s.patient)
    body, head = {"text": s.word("private-kept")}, {"On-Conflict": "keep_both"}
    return Request(s.patient, "PATCH", f"/reflections/{made['id']}", body, 7, uuid4().hex, head, 409)


async def _release(s: Scene) -> None:
    """Release the chart from its legal hold, so that its patient may delete."""
    path = f"/patients/{s.chart}"
    version = (await s.world.admin.get(path))["version"]
    await s.world.admin.send("DELETE", f"{path}/legal-hold", match=version)


@operation("delete_reflection")
async def _(s: Scene) -> Request:
    await _release(s)
    made = await reflections.draft(s.patient)
    return Request(s.patient, "DELETE", f"/reflections/{made['id']}", None, 1)


def _submits(*, share: bool) -> Operation:
    async def ask(s: Scene) -> Request:
        made = await reflections.draft(s.patient)
        return Request(s.patient, "POST", f"/reflections/{made['id']}/submit", {"share": share}, 1)

    return ask


operation("submit_reflection")(_submits(share=False))
operation("submit_reflection (shared)")(_submits(share=True))


@operation("share_reflection")
async def _(s: Scene) -> Request:
    made = await reflections.submitted(s.patient)
    return Request(s.patient, "POST", f"/reflections/{made['id']}/share", None, made["version"])


@operation("unshare_reflection")
async def _(s: Scene) -> Request:
    made = await reflections.submitted(s.patient, share=True)
    return Request(s.patient, "POST", f"/reflections/{made['id']}/unshare", None, made["version"])


@operation("review_reflection")
async def _(s: Scene) -> Request:
    made = await reflections.submitted(s.patient, share=True)
    return Request(s.therapist, "POST", f"/reflections/{made['id']}/review", None, made["version"])


@operation("reply_reflection")
async def _(s: Scene) -> Request:
    body = {"text": s.word("text-reply")}
    return Request(s.therapist, "POST", f"/reflections/{s.ids['reflection_id']}/replies", body)
