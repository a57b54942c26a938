"""A patient's statement of disagreement with a note: kept in the note's row, so that it goes wherever the note goes."""

from uuid import UUID

from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.journal.notes import statements as sql
from integration_api.resources.journal.notes.disagreement_schemas import NoteDisagree
from integration_api.resources.journal.notes.rules import NoteStep
from integration_api.resources.journal.notes.schemas import Note
from integration_api.resources.journal.notes.service import present
from integration_api.resources.journal.notes.steps import load_note
from integration_api.resources.people.patients.alerts import tell_of_write
from integration_api.web.errors import Conflict
from integration_api.web.instants import instant

MAX_STATEMENTS = 10


class TooManyStatements(Conflict):
    """A note has at most 10 statements of disagreement."""

    code = "too-many-statements"
    title = "Too many statements"
    remedy = "Ask for an amendment of the note, or talk with the care team."


async def add_note_disagreement(work: Work, note_id: UUID, body: NoteDisagree, expected_version: int) -> Note:
    """Add a patient's statement to a signed note that they may read. What was signed stays as it is.

    The care team has a task to read it. Raises NotFound, NoteNotSigned, StaleVersion, TooManyStatements.
    """
    row = await load_note(work, note_id, NoteStep.ADD_DISAGREEMENT)
    check_version(row, expected_version)
    before = row.disagreements or []
    if len(before) >= MAX_STATEMENTS:
        raise TooManyStatements
    statement = {"id": str(new_id()), "at": instant(work.now), "text": body.text}
    changed = work.revise(sql.ADD_DISAGREEMENT, row, {"disagreements": [*before, statement]})
    told = await tell_of_write(work, row.patient_id, TaskKind.DISAGREEMENT_TO_READ, row.id)
    work.record(row.id, row.patient_id)
    return await present(work, changed, told)
