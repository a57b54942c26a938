"""Which steps can be taken with a note: its state, its author and the policy decide."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from pydantic import Field

from integration_api.access.viewers import Seer
from integration_api.access.work import Work
from integration_api.resources.journal.note_templates.rules import Layout, layout_of
from integration_api.resources.journal.note_templates.service import load_template
from integration_api.resources.journal.notes import statements as sql
from integration_api.resources.journal.notes.layouts import LAYOUTS, SECTION_KEYS, missing_sections
from integration_api.resources.journal.notes.rules import (
    STEPS,
    By,
    NoteStep,
    allowed_actions,
    fits_of,
)
from integration_api.resources.journal.notes.tables import NoteFormat, NoteSeen, NoteState, NoteToAdd
from integration_api.resources.people.accounts.licences import licence_has_ended
from integration_api.web.errors import Conflict, Forbidden, Invalid, Member


class NotTheAuthor(Forbidden):
    """Only its author may do this; once they are gone, their successor or a supervisor."""

    code = "not-the-author"
    title = "Not the author"
    remedy = "Offer it only if `allowed_actions` has it. Others can write an addendum."


class OwnNote(Forbidden):
    """You cannot co-sign or return your own note; ask another supervisor."""

    code = "own-note"
    title = "Your own note"
    remedy = "Leave it to another supervisor of the care team."


_ALLOWED = {"allowed": Member(list[NoteStep], "The steps that you may take with this note now.", [NoteStep.AMEND])}
_SectionKey = Annotated[str, Field(title="NoteSection", json_schema_extra={"enum": [*sorted(SECTION_KEYS)]})]


class NoteSigned(Conflict):
    """A signed note does not change; add an addendum or amend it. `allowed` names what can be done."""

    code = "note-signed"
    title = "Already signed"
    remedy = "Keep what was written as an addendum or an amendment; `allowed` says which of them this person may make."
    members = _ALLOWED


class NoteNotSigned(Conflict):
    """This needs a signed note; sign it first, and have it co-signed if it needs that."""

    code = "note-not-signed"
    title = "Not signed yet"
    remedy = "Wait until the note is signed, and co-signed if it needs that."
    members = _ALLOWED


class NoteNotWaiting(Conflict):
    """This note does not wait for a co-signature; read it to see its state."""

    code = "note-not-waiting"
    title = "Not waiting"
    remedy = "Read the note again: it was co-signed or returned, or its author never asked for a co-signature."
    members = _ALLOWED


class NoteInError(Conflict):
    """This note was entered in error; nothing more can be done with it."""

    code = "note-in-error"
    title = "Entered in error"
    remedy = "Show the note as entered in error. If it was right, write a new one."
    members = _ALLOWED


class SectionsMissing(Conflict):
    """Signing needs every section of the format; `missing` names those that are absent or blank."""

    code = "sections-missing"
    title = "Sections are missing"
    remedy = "Ask the author for each section in `missing`."
    members = {"missing": Member(list[_SectionKey], "The sections that are absent or blank.", ["plan"])}


_REFUSALS: dict[NoteStep, type[Conflict]] = {
    NoteStep.UPDATE: NoteSigned,
    NoteStep.DELETE: NoteSigned,
    NoteStep.SIGN: NoteSigned,
    NoteStep.COSIGN: NoteNotWaiting,
    NoteStep.RETURN: NoteNotWaiting,
    NoteStep.ADD_ADDENDUM: NoteNotSigned,
    NoteStep.AMEND: NoteNotSigned,
    NoteStep.ENTER_IN_ERROR: NoteNotSigned,
    NoteStep.SET_SHARING: NoteInError,
    NoteStep.FILE_UNSIGNED: NoteSigned,
    NoteStep.ADD_DISAGREEMENT: NoteNotSigned,
}


async def load_note(work: Work, note_id: UUID, step: NoteStep) -> NoteSeen:
    """Return a note with which the actor may take this step now.

    Raises NotFound; NotTheAuthor, OwnNote; NoteSigned, NoteNotSigned, NoteNotWaiting, NoteInError.
    """
    row = await work.get(sql.READ_NOTE, id=note_id)
    check_step(work, row, step)
    return row


async def load_note_to_add(work: Work, note_id: UUID, step: NoteStep) -> NoteToAdd:
    """Return a note as `load_note` does, and the group of its session. Raises as `load_note`."""
    row = await work.get(sql.READ_NOTE_TO_ADD, id=note_id)
    check_step(work, row, step)
    return row


def check_step(work: Work, row: NoteSeen, step: NoteStep) -> None:
    """Check that the actor may take this step now with a note as it was read. Raises as `load_note`, but NotFound."""
    check_fits(work, row, step)
    rule = STEPS[step]
    if row.state not in rule.states:
        refusal = _REFUSALS[step]
        if row.state is NoteState.ENTERED_IN_ERROR and refusal is not NoteSigned:
            refusal = NoteInError
        raise refusal(extra={"allowed": allowed_steps(work, row)})


def check_fits(work: Work, row: NoteSeen, step: NoteStep) -> None:
    """Raise NotTheAuthor or OwnNote if the step is another person's."""
    by = STEPS[step].by
    if by not in _fits(work, row):
        raise OwnNote if by is By.ANOTHER else NotTheAuthor


async def load_layout(work: Work, note_format: NoteFormat, template_id: UUID | None) -> Layout:
    """Return the sections of a note: of its format, or of the version of a template that it is pinned to."""
    if template_id is None:
        return LAYOUTS[note_format]
    return layout_of((await load_template(work, template_id)).sections)


def check_sections(note_format: NoteFormat, layout: Layout, sections: Mapping[str, str | None]) -> None:
    """Raise Invalid if a key is no section of the layout; it names the layout's sections, not the key."""
    if not set(sections).issubset(layout.keys):
        known = ", ".join(layout.keys)
        raise Invalid(
            errors=[
                {
                    "field": "body.sections",
                    "code": "unknown_section",
                    "message": f"a note of the format {note_format} has the sections {known}",
                }
            ]
        )


def check_complete(layout: Layout, sections: dict[str, str]) -> None:
    """Raises SectionsMissing."""
    missing = missing_sections(layout, sections)
    if missing:
        raise SectionsMissing(extra={"missing": missing})


def allowed_steps(work: Seer, row: NoteSeen) -> list[NoteStep]:
    """Return the steps that the actor may take with this note now."""
    return list(
        allowed_actions(
            row.state,
            fits=_fits(work, row),
            is_cosigned=row.cosigned_at is not None,
            is_supervised=row.is_supervised,
            is_licensed=not licence_has_ended(row.licence_ends_on, row.clinic_time_zone, work.now),
            roles=work.actor.roles,
        )
    )


def _fits(work: Seer, row: NoteSeen) -> frozenset[By]:
    return fits_of(is_mine=row.is_mine, is_author=row.author_id == work.actor.id, is_left=row.is_left)
