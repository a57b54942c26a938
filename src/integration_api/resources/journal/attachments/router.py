"""`/attachments`, and adding one at `/notes/{note_id}/attachments` and `/reflections/{reflection_id}/attachments`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.conflicts import Gone
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.doses.altered_states import AlteredStateHold
from integration_api.resources.journal.attachments import operations, service
from integration_api.resources.journal.attachments.downloads import CONTENT, Download
from integration_api.resources.journal.attachments.schemas import (
    Attachment,
    AttachmentCreate,
    AttachmentFilter,
    AttachmentPartCreate,
    RangeHeader,
)
from integration_api.resources.journal.attachments.upload_errors import (
    AttachmentsFull,
    ChartFull,
    DigestDiffers,
    ParentClosed,
    UnfitImage,
    UploadComplete,
    UploadIncomplete,
    UploadReceived,
)
from integration_api.resources.journal.notes.steps import NoteInError, NoteSigned, NotTheAuthor
from integration_api.resources.people.patients.holds import OnHold
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)

_OF_NEW = (IdTaken, Gone, AttachmentsFull, ChartFull)
_OF_NOTE = (NotTheAuthor, NoteSigned, NoteInError)
_OF_PARENT = (*_OF_NOTE, ParentClosed)


@router.get("/attachments")
async def list_attachments(
    only: Annotated[AttachmentFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_ATTACHMENTS)],
) -> Page[Attachment]:
    """List the attachments that you may see, newest first. It does not count as reading."""
    return await service.list_attachments(work, page, only)


@router.post("/notes/{note_id}/attachments", status_code=201, responses=problems(*_OF_NEW, *_OF_NOTE))
async def create_note_attachment(
    note_id: Id, body: AttachmentCreate, work: Annotated[Work, allow(operations.CREATE_NOTE_ATTACHMENT)]
) -> Attachment:
    """Announce a file on your draft. Then send it in parts, and complete it within a day."""
    return work.tagged(await service.create_note_attachment(work, note_id, body))


@router.post(
    "/reflections/{reflection_id}/attachments",
    status_code=201,
    responses=problems(*_OF_NEW, ParentClosed),
)
async def create_reflection_attachment(
    reflection_id: Id,
    body: AttachmentCreate,
    work: Annotated[Work, allow(operations.CREATE_REFLECTION_ATTACHMENT)],
) -> Attachment:
    """Announce a file on your entry while it is private. Then send it in parts, and complete it within a day."""
    return work.tagged(await service.create_reflection_attachment(work, reflection_id, body))


@router.get("/attachments/{attachment_id}")
async def read_attachment(attachment_id: Id, work: Annotated[Work, allow(operations.READ_ATTACHMENT)]) -> Attachment:
    """Read the facts of one attachment, such as how much of it has come. It does not count as reading."""
    return work.tagged(await service.read_attachment(work, attachment_id))


@router.post("/attachments/{attachment_id}/parts", responses=problems(UploadComplete, UploadReceived, *_OF_PARENT))
async def add_attachment_part(
    attachment_id: Id,
    body: AttachmentPartCreate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.ADD_ATTACHMENT_PART)],
) -> Attachment:
    """Send the next part. It is kept before the response, so an upload goes on where it broke off."""
    return work.tagged(await service.add_attachment_part(work, attachment_id, body, expected_version))


@router.post(
    "/attachments/{attachment_id}/complete",
    responses=problems(UploadComplete, UploadIncomplete, DigestDiffers, UnfitImage, *_OF_PARENT),
)
async def complete_attachment(
    attachment_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.COMPLETE_ATTACHMENT)]
) -> Attachment:
    """Have the whole file checked and shown. An image is kept without its metadata, such as where it was taken."""
    return work.tagged(await service.complete_attachment(work, attachment_id, expected_version))


@router.get(
    "/attachments/{attachment_id}/content",
    response_model=None,
    response_class=Download,
    responses={**CONTENT, **problems(UploadIncomplete)},
)
async def read_attachment_content(
    attachment_id: Id,
    work: Annotated[Work, allow(operations.READ_ATTACHMENT_CONTENT)],
    wanted: RangeHeader = None,
) -> Download:
    """Download the file. Staff who are sent one of a reflection have read that."""
    return await service.read_attachment_content(work, attachment_id, wanted)


@router.delete(
    "/attachments/{attachment_id}", status_code=204, responses=problems(OnHold, AlteredStateHold, *_OF_PARENT)
)
async def delete_attachment(
    attachment_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.DELETE_ATTACHMENT)]
) -> None:
    """Delete an attachment of your own draft, or of your entry that is not shared. It cannot be read any more."""
    await service.delete_attachment(work, attachment_id, expected_version)
