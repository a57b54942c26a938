"""Batches of offline work."""

from datetime import timedelta
from uuid import uuid4

from tests.factories import notes, reflections
from tests.scene.requests import Request, operation
from tests.scene.scene import Scene, planted


@planted
async def kept(s: Scene) -> None:
    """Add a second draft of an entry and of a note, kept from changes that came too late."""
    long_ago = (s.world.api.clock() - timedelta(days=30)).isoformat()  # not among the newest, which screens show
    entry = await reflections.draft(s.patient, text=s.word("private-first"), captured_at=long_ago)
    note = await notes.draft(s.therapist, s.chart, sections=notes.sections(plan=s.word("draft-first")))
    for person, path, body in (
        (s.patient, f"/reflections/{entry['id']}", {"text": s.word("private-kept")}),
        (s.therapist, f"/notes/{note['id']}", {"sections": {"plan": s.word("draft-kept")}}),
    ):
        await person.patch(path, body, 7, expect=409, key=uuid4().hex, headers={"On-Conflict": "keep_both"})


def _batch(s: Scene) -> dict[str, object]:
    item = {
        "key": uuid4().hex,
        "operation": "create_reflection",
        "path": "/v1/reflections",
        "body": {"text": s.word("private-batch")},
    }
    return {"items": [item]}


@operation("send_batch")
async def _(s: Scene) -> Request:
    return Request(s.patient, "POST", "/sync", _batch(s))
