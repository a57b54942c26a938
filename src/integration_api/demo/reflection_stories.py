"""Reflections: what the patient writes, and who answers."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from integration_api.demo.front import Json
from integration_api.demo.story import Story

_PROMPTS = {"prompt_set": "coming_back", "prompt_set_version": 1}


def _content(text: str | None, answers: Mapping[str, str] | None, fragment: Json | None) -> Json:
    if fragment is not None:
        return {"kind": "fragment", "text": text, "fragment": fragment}
    if answers is None:
        return {"kind": "text", "text": text}
    said = [{"prompt_id": key, "text": words} for key, words in answers.items()]
    return {"kind": "prompted", "text": text, "answers": said, **_PROMPTS}


def reflects(
    story: Story,
    at: str,
    *,
    name: str | None = None,
    text: str | None = None,
    answers: Mapping[str, str] | None = None,
    session: str | None = None,
    ratings: Mapping[str, int] | None = None,
    tags: Sequence[str] = (),
    insight: str | None = None,
    safety: str | None = None,
    contact_me: bool = False,
    is_draft: bool = False,
    is_shared: bool = False,
    shared_at: str | None = None,
    release_at: str | None = None,
    offline_hours: float = 0,
    added: str | None = None,
    fragment: Json | None = None,
    moment: str | None = None,
    elaborates: str | None = None,
    heard: Mapping[str, str] | None = None,
) -> None:
    """Write one reflection; `name` is that of its insight, `session` that of the session it is about.

    `heard` is when the therapist reads it, replies and marks it as reviewed, and what the patient answers. `added` is
    a sentence that the patient adds next morning. `moment` names an entry that a later one `elaborates`.
    """
    written = story.days.read(at)
    sent = written + timedelta(hours=offline_hours)
    reflection_id, insight_id = story.new_id(written), story.new_id(written)
    if name:
        story.named[name] = insight_id
    if moment:
        story.named[moment] = reflection_id
    path = f"/reflections/{reflection_id}"
    body = _content(text, answers, fragment) | {
        "id": reflection_id,
        "session_id": story.named[session] if session else None,
        "ratings": ratings,
        "tags": list(tags),
        "elaborates_id": story.named[elaborates] if elaborates else None,
        "insights": [{"id": insight_id, "text": insight}] if insight else [],
        "safety": safety,
        "contact_me": contact_me,
        "captured_at": written.isoformat(),
    }
    released = story.days.read(release_at).isoformat() if release_at else None

    async def write() -> None:
        await story.patient.make("/reflections", body)
        if not is_draft:
            story.later(minutes=3)
            await story.patient.act(f"{path}/submit", {"share": is_shared, "release_at": released})

    async def open_up() -> None:
        await story.patient.act(f"{path}/share")

    async def add() -> None:
        await story.patient.act(path, {"text": f"{text}\n\n{added}"}, "PATCH")

    story.at(sent, write)
    if shared_at:
        story.at(story.days.read(shared_at), open_up)
    if added:
        story.at(sent + timedelta(hours=11), add)
    if heard:
        _is_heard(story, path, **heard)


def _is_heard(story: Story, path: str, at: str, reply: str | None = None, answer: str | None = None) -> None:
    async def hear() -> None:
        await story.therapist.read(path)
        story.later(minutes=8)
        if reply:
            await story.therapist.make(f"{path}/replies", {"id": story.new_id(story.clock()), "text": reply})
        story.later(minutes=1)
        await story.therapist.act(f"{path}/review")

    async def answer_back() -> None:
        await story.patient.read(f"{path}/replies")
        story.later(minutes=4)
        await story.patient.make(f"{path}/replies", {"id": story.new_id(story.clock()), "text": answer})

    heard = story.days.read(at)
    story.at(heard, hear)
    if answer:
        story.at(heard + timedelta(hours=7), answer_back)
