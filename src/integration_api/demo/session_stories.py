"""Sessions, and the notes about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from integration_api.demo.front import Json
from integration_api.demo.story import Story
from integration_api.resources.journal.notes.rules import SECTIONS
from integration_api.resources.journal.notes.tables import NoteFormat

_BOOKED_AHEAD = timedelta(days=7) - timedelta(minutes=55)
_LATE = timedelta(days=7)


class Note:
    """A note: the texts of its format's sections, in order, and what becomes of it."""

    def __init__(
        self,
        form: str,
        *texts: str,
        by: str | None = None,
        is_signed: bool = True,
        late_because: str | None = None,
        needs_cosign: bool = False,
        returned_because: str | None = None,
        is_cosigned: bool = True,
        addenda: Sequence[tuple[timedelta, str, str]] = (),
    ) -> None:
        """`by` is the author where it is not the therapist. `late_because`: written a week later.

        `addenda`: after how long, by whom, and what.
        """
        self.form, self.texts, self.by, self.is_signed, self.late_because = form, texts, by, is_signed, late_because
        self.needs_cosign, self.returned_because, self.is_cosigned = needs_cosign, returned_because, is_cosigned
        self.addenda = addenda
        self.id = ""

    @property
    def sections(self) -> Json:
        """Text by section key."""
        return dict(zip(SECTIONS[NoteFormat(self.form)], self.texts, strict=True))


def meets(
    story: Story,
    start: datetime,
    phase: str,
    note: Note | None = None,
    *,
    minutes: int = 50,
    modality: str = "in_person",
    people: Sequence[str] = (),
    company: str | None = None,
    intention: str | None = None,
    setting: Json | None = None,
) -> str:
    """A session that took place, or is still to come. `people` are staff besides the therapist. Returns its id."""
    session_id = _book(story, start, phase, minutes, modality, people, company, intention, setting)
    if start > story.days.now:
        return session_id
    begun = start + timedelta(minutes=story.random.randint(0, 6))
    ended = begun + timedelta(minutes=minutes + story.random.randint(-4, 5))

    async def begin() -> None:
        await story.therapist.act(f"/sessions/{session_id}/start")

    async def end() -> None:
        await story.therapist.act(f"/sessions/{session_id}/complete")

    story.at(begun, begin)
    story.at(ended, end)
    if note is not None:
        writes(story, session_id, ended, note)
    return session_id


def calls_off(story: Story, start: datetime, phase: str, at: datetime, reason: str, *, minutes: int = 50) -> None:
    """A session that was planned and then cancelled."""
    session_id = _book(story, start, phase, minutes, "in_person", (), None, None, None)

    async def cancel() -> None:
        await story.therapist.act(f"/sessions/{session_id}/cancel", {"reason": reason})

    story.at(at, cancel)


def misses(story: Story, start: datetime, phase: str, reason: str) -> None:
    """A session to which the patient did not come."""
    session_id = _book(story, start, phase, 50, "in_person", (), None, None, None)

    async def miss() -> None:
        await story.therapist.act(f"/sessions/{session_id}/no-show", {"reason": reason})

    story.at(start + timedelta(minutes=25), miss)


def writes(story: Story, session_id: str, ended: datetime, note: Note) -> None:
    """A note about a session that has ended."""
    author = story.staff[note.by] if note.by else story.therapist
    begun = ended + (_LATE if note.late_because else timedelta(minutes=4))
    note_id = note.id = story.new_id(begun)
    path = f"/notes/{note.id}"

    async def draft() -> None:
        facts = {"id": note_id, "patient_id": story.patient_id, "session_id": session_id, "format": note.form}
        await author.make("/notes", {**facts, "sections": note.sections, "needs_cosign": note.needs_cosign})

    async def sign() -> None:
        await author.act(f"{path}/sign", {"late_entry_reason": note.late_because})

    async def give_back() -> None:
        supervisor = story.staff["supervisor"]
        await supervisor.read(path)
        story.later(minutes=6)
        await supervisor.act(f"{path}/return", {"reason": note.returned_because})
        story.later(hours=1)
        await author.read(path)
        story.later(minutes=9)
        await author.act(
            path, {"sections": {"plan": f"{note.sections['plan']} Risk was asked about: none voiced."}}, "PATCH"
        )
        await author.act(f"{path}/sign")

    async def cosign() -> None:
        supervisor = story.staff["supervisor"]
        await supervisor.read(path)
        story.later(minutes=5)
        await supervisor.act(f"{path}/cosign")

    story.at(begun, draft)
    if not note.is_signed:
        return
    signed = begun + timedelta(minutes=story.random.randint(9, 34))
    story.at(signed, sign)
    if note.needs_cosign and note.returned_because:
        story.at(signed + timedelta(hours=19), give_back)
    if note.needs_cosign and note.is_cosigned:
        story.at(signed + timedelta(days=1), cosign)
    for after, key, text in note.addenda:
        _adds(story, path, ended + after, key, text)


def _adds(story: Story, path: str, moment: datetime, key: str, text: str) -> None:
    async def add() -> None:
        await story.staff[key].read(path)
        story.later(minutes=4)
        await story.staff[key].make(f"{path}/addenda", {"id": story.new_id(story.clock()), "text": text})
        await story.staff[key].read(path)  # an addendum moves the note's version on, and does not answer it

    story.at(moment, add)


def amends(story: Story, note: Note, moment: datetime, changes: Json, reason: str) -> None:
    """The author puts other content in the place of what was signed."""
    author = story.staff[note.by] if note.by else story.therapist

    async def change() -> None:
        await author.read(f"/notes/{note.id}")
        story.later(minutes=7)
        body = {"sections": {**note.sections, **changes}, "reason": reason}
        await author.act(f"/notes/{note.id}/amendments", body)

    story.at(moment, change)


def _book(
    story: Story,
    start: datetime,
    phase: str,
    minutes: int,
    modality: str,
    people: Sequence[str],
    company: str | None,
    intention: str | None,
    setting: Json | None,
) -> str:
    """Plan it: a week ahead, at the end of the session before."""
    booked = max(story.opened + timedelta(minutes=15), min(start - _BOOKED_AHEAD, story.days.workday(-1, "15:30")))
    session_id = story.new_id(booked)
    there = [story.names[story.therapist.id], *(story.names[story.staff[key].id] for key in people)]
    if company:
        there.append({"role": "support_person", "name": company})

    async def book() -> None:
        facts = {
            "id": session_id,
            "patient_id": story.patient_id,
            "course_id": story.course_id,
            "phase": phase,
            "modality": modality,
            "planned_start_at": start.isoformat(),
            "planned_end_at": (start + timedelta(minutes=minutes)).isoformat(),
            "people": there,
            "intention": intention,
            "set_and_setting": setting,
        }
        await story.therapist.make("/sessions", facts)

    story.at(booked, book)
    return session_id
