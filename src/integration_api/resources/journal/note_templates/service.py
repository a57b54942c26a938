"""Reading, writing and retiring note templates."""

from typing import cast
from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.references import referred_by
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.journal.note_templates import statements as sql
from integration_api.resources.journal.note_templates.rules import keyed
from integration_api.resources.journal.note_templates.schemas import (
    NoteTemplate,
    NoteTemplateCreate,
    NoteTemplateFilter,
    TemplateSection,
)
from integration_api.resources.journal.note_templates.tables import UNIQUE_NUMBER, NoteTemplateRow, NoteTemplateState
from integration_api.web.errors import Conflict
from integration_api.web.paging import Page, Window


class TemplateNotInUse(Conflict):
    """This version of the template was replaced or retired, so no new note takes it."""

    code = "template-not-in-use"
    title = "Template not in use"
    remedy = "Take one of `GET /v1/note-templates?state=active`."


async def load_template(work: Work, template_id: UUID) -> NoteTemplateRow:
    """Return a template of the actor's clinic, for other resources. Raises NotFound."""
    return await work.get(sql.READ_NOTE_TEMPLATE, id=template_id)


async def list_note_templates(work: Work, window: Window, only: NoteTemplateFilter) -> Page[NoteTemplate]:
    """List the versions of the clinic's templates, newest first."""
    return await work.page(sql.LIST_NOTE_TEMPLATES, window, lambda row: (row.created_at, row.id), present, **vars(only))


async def read_note_template(work: Work, note_template_id: UUID) -> NoteTemplate:
    """Return one version. Raises NotFound."""
    return present(await load_template(work, note_template_id))


async def create_note_template(work: Work, body: NoteTemplateCreate) -> NoteTemplate:
    """Add a template, or the next version of one. Raises NotFound, Superseded, IdTaken."""
    sections = [section.model_dump() for section in body.sections]
    values = new_values(work, body, sections=sections)
    row = NoteTemplateRow(
        **values, family_id=values["id"], number=1, state=NoteTemplateState.ACTIVE, created_by_id=work.actor.id
    )
    if body.replaces_id is not None:
        with referred_by("replaces_id"):
            replaced = await load_template(work, body.replaces_id)
        _end(work, replaced, NoteTemplateState.REPLACED)
        row = row.model_copy(update={"family_id": replaced.family_id, "number": replaced.number + 1})
    work.create(sql.INSERT_NOTE_TEMPLATE, row, conflicts={UNIQUE_NUMBER: StartAgain})
    work.record(row.id)
    return present(row)


async def retire_note_template(work: Work, note_template_id: UUID, expected_version: int) -> NoteTemplate:
    """Let no new note take a template. Raises NotFound, StaleVersion, Superseded."""
    row = await load_template(work, note_template_id)
    check_version(row, expected_version)
    changed = _end(work, row, NoteTemplateState.RETIRED)
    work.record(row.id)
    return present(changed)


def _end(work: Work, row: NoteTemplateRow, state: NoteTemplateState) -> NoteTemplateRow:
    """Replace or retire a version. Raises Superseded, also if another request was first."""
    if row.state is not NoteTemplateState.ACTIVE:
        raise Superseded
    return work.revise(sql.END_NOTE_TEMPLATE, row, {"state": state}, missed=StartAgain)


def present(row: NoteTemplateRow) -> NoteTemplate:
    return NoteTemplate.of(row, sections=cast(list[TemplateSection], keyed(row.sections)))
