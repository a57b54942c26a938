"""Sessions, and the notes about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from integration_api.demo.dosing_stories import gives
from integration_api.demo.front import Json, Person
from integration_api.demo.story import Story

_BOOKED_AHEAD = timedelta(days=7) - timedelta(minutes=55)
_LATE = timedelta(days=7)


def meets(
    story: Story,
    at: str,
    phase: str,
    *,
    name: str | None = None,
    minutes: int = 50,
    modality: str = "in_person",
    staff: Sequence[str] = (),
    company: str | None = None,
    intention: str | None = None,
    setting: Json | None = None,
    dose: Json | None = None,
    vitals: Sequence[Sequence[float]] = (),
    adverse_event: Json | None = None,
    rems: Json | None = None,
    remote: Json | None = None,
    moments: Sequence[Json] = (),
    cancelled: Json | None = None,
    missed: str | None = None,
    note: Json | None = None,
) -> None:
    """Tell of a session that took place, is planned, was `cancelled` (at, reason), or was `missed` (why).

    `staff` are those besides the therapist; `company` is whom the patient brings. A dosing session has a `dose`,
    and what `gives` tells of it.
    """
    start = story.days.read(at)
    there = [story.names[story.therapist.id], *(story.names[story.staff[key].id] for key in staff)]
    if company:
        there.append({"role": "support_person", "name": company})
    facts = {
        "phase": phase,
        "modality": modality,
        "planned_start_at": start.isoformat(),
        "planned_end_at": (start + timedelta(minutes=minutes)).isoformat(),
        "people": there,
        "intention": intention,
        "set_and_setting": setting,
    }
    session_id = _book(story, start, facts)
    if name:
        story.named[name] = session_id
    if cancelled:
        _moves(story, session_id, story.days.read(cancelled["at"]), "cancel", {"reason": cancelled["reason"]})
    elif missed:
        _moves(story, session_id, start + timedelta(minutes=25), "no-show", {"reason": missed})
    elif start <= story.days.now:
        begun = start + timedelta(minutes=story.random.randint(0, 6))
        ended = begun + timedelta(minutes=minutes + story.random.randint(-4, 5))
        _moves(story, session_id, begun, "start")
        if phase == "dosing":
            given = begun + timedelta(minutes=12)
            gives(
                story,
                session_id,
                given,
                ended,
                dose,
                vitals=vitals,
                adverse_event=adverse_event,
                rems=rems,
                remote=remote,
                moments=moments,
            )
        _moves(story, session_id, ended, "complete")
        if note is not None:
            writes(story, session_id, ended, **note)


def _book(story: Story, start: datetime, facts: Json) -> str:
    """Plan it: a week ahead, at the end of the session before."""
    booked = max(story.opened + timedelta(minutes=15), min(start - _BOOKED_AHEAD, story.days.workday(-1, "15:30")))
    session_id = story.new_id(booked)

    async def book() -> None:
        chart = {"id": session_id, "patient_id": story.patient_id, "course_id": story.course_id}
        await story.therapist.make("/sessions", {**chart, **facts})

    story.at(booked, book)
    return session_id


def _moves(story: Story, session_id: str, moment: datetime, step: str, body: Json | None = None) -> None:
    async def move() -> None:
        await story.therapist.act(f"/sessions/{session_id}/{step}", body)

    story.at(moment, move)


def writes(
    story: Story,
    session_id: str,
    ended: datetime,
    *,
    format: str,  # noqa: A002  as the API names it
    sections: Json,
    author: str | None = None,
    is_signed: bool = True,
    late_because: str | None = None,
    needs_cosign: bool = False,
    returned_because: str | None = None,
    is_cosigned: bool = True,
    addenda: Sequence[Json] = (),
    amended: Json | None = None,
) -> None:
    """Write a note about a session that has ended, by the therapist or `author`; a week later if `late_because`."""
    writer = story.staff[author] if author else story.therapist
    begun = ended + (_LATE if late_because else timedelta(minutes=4))
    note_id = story.new_id(begun)
    path = f"/notes/{note_id}"

    async def draft() -> None:
        facts = {"id": note_id, "patient_id": story.patient_id, "session_id": session_id, "format": format}
        await writer.make("/notes", {**facts, "sections": sections, "needs_cosign": needs_cosign})

    async def sign() -> None:
        await writer.act(f"{path}/sign", {"late_entry_reason": late_because})

    story.at(begun, draft)
    if not is_signed:
        return
    signed = begun + timedelta(minutes=story.random.randint(9, 34))
    story.at(signed, sign)
    if returned_because:
        better = {"plan": f"{sections['plan']} Risk was asked about: none voiced."}
        _returns(story, path, signed + timedelta(hours=19), returned_because, writer, better)
    if needs_cosign and is_cosigned:
        _cosigns(story, path, signed + timedelta(days=1))
    for addendum in addenda:
        _adds(story, path, ended, **addendum)
    if amended:
        content = {"sections": {**sections, **amended["sections"]}, "reason": amended["reason"]}
        _amends(story, path, story.days.read(amended["at"]), writer, content)


def _returns(story: Story, path: str, moment: datetime, reason: str, writer: Person, better: Json) -> None:
    """Let the supervisor return the note; an hour later it is improved and signed again."""
    supervisor = story.staff["supervisor"]

    async def give_back() -> None:
        await supervisor.read(path)
        story.later(minutes=6)
        await supervisor.act(f"{path}/return", {"reason": reason})
        story.later(hours=1)
        await writer.read(path)
        story.later(minutes=9)
        await writer.act(path, {"sections": better}, "PATCH")
        await writer.act(f"{path}/sign")

    story.at(moment, give_back)


def _cosigns(story: Story, path: str, moment: datetime) -> None:
    supervisor = story.staff["supervisor"]

    async def cosign() -> None:
        await supervisor.read(path)
        story.later(minutes=5)
        await supervisor.act(f"{path}/cosign")

    story.at(moment, cosign)


def _adds(story: Story, path: str, ended: datetime, author: str, text: str, **after: float) -> None:
    """Add an addendum, `after` (the arguments of `timedelta`) the session."""

    async def add() -> None:
        await story.staff[author].read(path)
        story.later(minutes=4)
        await story.staff[author].make(f"{path}/addenda", {"id": story.new_id(story.clock()), "text": text})
        await story.staff[author].read(path)  # an addendum moves the note's version on, and does not answer it

    story.at(ended + timedelta(**after), add)


def _amends(story: Story, path: str, moment: datetime, writer: Person, content: Json) -> None:
    """Let the author amend what was signed."""

    async def amend() -> None:
        await writer.read(path)
        story.later(minutes=7)
        await writer.act(f"{path}/amendments", content)

    story.at(moment, amend)
