"""`/consent-documents`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.people.consent_documents import operations, service
from integration_api.resources.people.consent_documents.schemas import (
    ConsentDocument,
    ConsentDocumentCreate,
    ConsentDocumentFilter,
    ConsentDocumentItem,
)
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)
_ONE = "/consent-documents/{consent_document_id}"


@router.get("/consent-documents")
async def list_consent_documents(
    only: Annotated[ConsentDocumentFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_CONSENT_DOCUMENTS)],
) -> Page[ConsentDocumentItem]:
    """List the consent documents in force, newest first: the purposes that the clinic asks its patients for."""
    return await service.list_consent_documents(work, page, only)


@router.post("/consent-documents", status_code=201, responses=problems(IdTaken))
async def publish_consent_document(
    body: ConsentDocumentCreate, work: Annotated[Work, allow(operations.PUBLISH_CONSENT_DOCUMENT)]
) -> ConsentDocument:
    """Publish the next version of a document, and ask for this consent from now on.

    While one is in force, its purpose is served only for patients who have signed it.
    """
    return work.tagged(await service.publish_consent_document(work, body))


@router.get(_ONE)
async def read_consent_document(
    consent_document_id: Id, work: Annotated[Work, allow(operations.READ_CONSENT_DOCUMENT)]
) -> ConsentDocument:
    """Read one version with its texts, in every language that it has."""
    return work.tagged(await service.read_consent_document(work, consent_document_id))


@router.post(f"{_ONE}/retire", responses=problems(Superseded))
async def retire_consent_document(
    consent_document_id: Id,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.RETIRE_CONSENT_DOCUMENT)],
) -> ConsentDocument:
    """Retire the version in force, and ask for this consent no more. A withdrawn consent stays withdrawn."""
    return work.tagged(await service.retire_consent_document(work, consent_document_id, expected_version))
