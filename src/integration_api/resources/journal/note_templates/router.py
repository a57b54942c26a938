"""`/note-templates`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.journal.note_templates import operations, service
from integration_api.resources.journal.note_templates.schemas import (
    NoteTemplate,
    NoteTemplateCreate,
    NoteTemplateFilter,
)
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/note-templates")
async def list_note_templates(
    only: Annotated[NoteTemplateFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_NOTE_TEMPLATES)],
) -> Page[NoteTemplate]:
    """List the versions of the clinic's note templates, newest first."""
    return await service.list_note_templates(work, page, only)


@router.post("/note-templates", status_code=201, responses=problems(IdTaken, Superseded))
async def create_note_template(
    body: NoteTemplateCreate, work: Annotated[Work, allow(operations.CREATE_NOTE_TEMPLATE)]
) -> NoteTemplate:
    """Add a template, or the next version of one; notes that follow the version before keep it."""
    return work.tagged(await service.create_note_template(work, body))


@router.get("/note-templates/{note_template_id}")
async def read_note_template(
    note_template_id: Id, work: Annotated[Work, allow(operations.READ_NOTE_TEMPLATE)]
) -> NoteTemplate:
    """Read one version of a template: the headings of the notes that follow it."""
    return work.tagged(await service.read_note_template(work, note_template_id))


@router.post("/note-templates/{note_template_id}/retire", responses=problems(Superseded))
async def retire_note_template(
    note_template_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.RETIRE_NOTE_TEMPLATE)],
) -> NoteTemplate:
    """Let no new note take a template. Notes that follow it stay as they are."""
    return work.tagged(await service.retire_note_template(work, note_template_id, expected_version))
