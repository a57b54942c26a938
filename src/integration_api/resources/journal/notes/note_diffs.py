"""The difference between two signed contents of a note."""

import asyncio
from dataclasses import dataclass
from typing import Annotated

from fastapi import Query
from pydantic import Field

from integration_api.access.fields import PatientId
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.notes import statements as sql
from integration_api.resources.journal.notes.disagreement_schemas import NoteDisagreements
from integration_api.resources.journal.notes.schemas import NoteId
from integration_api.resources.journal.notes.shown_notes import disagreements
from integration_api.web.errors import Invalid
from integration_api.web.field_diffs import FieldDiff, field_diffs
from integration_api.web.schemas import ReadSchema


@dataclass(frozen=True)
class NoteNumbers:
    """The two contents to compare."""

    from_number: Annotated[
        int | None, Query(ge=0, le=10_000, description="The earlier one; absent: the one before. 0: nothing written.")
    ] = None
    to_number: Annotated[int | None, Query(ge=0, le=10_000, description="The later one; absent: the present one.")] = (
        None
    )


class NoteDiff(ReadSchema):
    """The changes between two signed contents of a note, section by section."""

    note_id: NoteId
    patient_id: PatientId
    from_number: int = Field(description="The number of the earlier one; 0 for nothing.", examples=[1])
    to_number: int = Field(description="The number of the later one.", examples=[2])
    sections: list[FieldDiff] = Field(description="Each section that has or had a text.")
    disagreements: NoteDisagreements


async def read_note_diff(work: Work, note_id: Id, asked: NoteNumbers) -> NoteDiff:
    """Return what changed between two signed contents. Raises NotFound; Invalid for a number that there is not."""
    note = await work.get(sql.READ_NOTE, id=note_id)
    later = note.content_version if asked.to_number is None else asked.to_number
    earlier = max(later - 1, 0) if asked.from_number is None else asked.from_number
    found = await work.all(
        sql.NOTE_VERSION_PAIR, patient_id=note.patient_id, note_id=note.id, earlier=earlier, later=later
    )
    sections = {0: {}, **{row.number: row.sections for row in found}}
    for name, number in (("from_number", earlier), ("to_number", later)):
        if number not in sections:
            raise Invalid(errors=[{"field": f"query.{name}", "code": "unknown", "message": "no content has it"}])
    told = await asyncio.to_thread(field_diffs, sections[earlier], sections[later])
    work.record(note.id, note.patient_id)
    return NoteDiff(
        note_id=note.id,
        patient_id=note.patient_id,
        from_number=earlier,
        to_number=later,
        sections=told,
        disagreements=disagreements(note.disagreements),
    )
