"""Reflections: what the patient writes, and who answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from integration_api.demo.front import Json
from integration_api.demo.story import Story

_RATINGS = ("mood", "anxiety", "energy", "sleep", "connection", "distress")
_PROMPTS = {"prompt_set": "coming_back", "prompt_set_version": 1}


def _content(
    text: str | None, answers: Mapping[str, str] | None, ratings: Sequence[int | None] | None, tags: Sequence[str]
) -> Json:
    content: Json = {
        "kind": "prompted" if answers else "text",
        "text": text,
        "ratings": dict(zip(_RATINGS, ratings, strict=True)) if ratings else None,
        "tags": list(tags),
    }
    if answers:
        content |= {**_PROMPTS, "answers": [{"prompt_id": key, "text": words} for key, words in answers.items()]}
    return content


def reflects(
    story: Story,
    written: datetime,
    text: str | None = None,
    *,
    answers: Mapping[str, str] | None = None,
    session: str | None = None,
    ratings: Sequence[int | None] | None = None,
    tags: Sequence[str] = (),
    insight: str | None = None,
    safety: str | None = "safe",
    contact_me: bool = False,
    hand_in: bool = True,
    share: bool = False,
    shared_later: datetime | None = None,
    release_at: datetime | None = None,
    offline_for: timedelta = timedelta(),
    heard: datetime | None = None,
    reply: str | None = None,
    answer: str | None = None,
    added: str | None = None,
) -> str:
    """One reflection. `heard` is when the therapist reads it, replies and marks it as reviewed; `answer` the
    patient's reply to that; `added` a sentence the patient adds next morning. Returns the id of its insight."""
    sent = written + offline_for
    reflection_id, insight_id = story.new_id(written), story.new_id(written)
    path = f"/reflections/{reflection_id}"
    body = _content(text, answers, ratings, tags) | {
        "id": reflection_id,
        "session_id": session,
        "insights": [{"id": insight_id, "text": insight}] if insight else [],
        "safety": safety,
        "contact_me": contact_me,
        "captured_at": written.isoformat(),
    }

    async def write() -> None:
        await story.patient.make("/reflections", body)
        if hand_in:
            story.later(minutes=3)
            released = release_at.isoformat() if release_at else None
            await story.patient.act(f"{path}/submit", {"share": share, "release_at": released})

    async def open_up() -> None:
        await story.patient.act(f"{path}/share")

    async def add() -> None:
        await story.patient.act(path, {"text": f"{text}\n\n{added}"}, "PATCH")

    story.at(sent, write)
    if shared_later:
        story.at(shared_later, open_up)
    if added:
        story.at(sent + timedelta(hours=11), add)
    if heard:
        _is_heard(story, path, heard, reply, answer)
    return insight_id


def _is_heard(story: Story, path: str, heard: datetime, reply: str | None, answer: str | None) -> None:
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

    story.at(heard, hear)
    if answer:
        story.at(heard + timedelta(hours=7), answer_back)
