"""Publishing, reading and retiring consent documents."""

from uuid import UUID

from integration_api.access.reads import StartAgain
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.core.models import trusted
from integration_api.resources.people.consent_documents import statements as sql
from integration_api.resources.people.consent_documents.rules import digest_of, valid_from
from integration_api.resources.people.consent_documents.schemas import (
    ConsentDocument,
    ConsentDocumentCreate,
    ConsentDocumentFilter,
    ConsentDocumentItem,
    ShownText,
)
from integration_api.resources.people.consent_documents.tables import (
    UNIQUE_NUMBER,
    ConsentDocumentFactsRow,
    ConsentDocumentRow,
)
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page, Window


async def list_consent_documents(work: Work, window: Window, only: ConsentDocumentFilter) -> Page[ConsentDocumentItem]:
    """List the versions that are in force, or those that are no more; newest first, without texts."""
    found = await work.page(
        sql.LIST_DOCUMENTS,
        window,
        lambda row: (row.created_at, row.id),
        _present_item,
        purpose=only.purpose,
        retired=only.retired,
    )
    work.record()
    return found


async def publish_consent_document(work: Work, body: ConsentDocumentCreate) -> ConsentDocument:
    """Publish the next version of a purpose, and retire the one before. Raises Invalid, IdTaken."""
    digests = {one.language: digest_of(one.title, one.text) for one in body.texts}
    if len(digests) < len(body.texts):
        message = "must have each language once"
        raise Invalid(errors=[{"field": "body.texts", "code": "repeated", "message": message}])
    last = await work.one(sql.READ_LAST_DOCUMENT, purpose=body.purpose)
    number = last.number + 1 if last else 1
    row = ConsentDocumentRow(
        **new_values(work, body, texts=[one.model_dump() for one in body.texts]),
        number=number,
        valid_from=valid_from(number, last.valid_from if last else None, needs_new_signature=body.needs_new_signature),
        digests=digests,
        published_by_id=work.actor.id,
    )
    if last is not None and last.retired_at is None:
        work.revise(sql.RETIRE_DOCUMENT, last, _retired(work), missed=StartAgain)
    work.create(sql.INSERT_DOCUMENT, row, {UNIQUE_NUMBER: StartAgain})
    work.record(row.id)
    return _present(row)


async def read_consent_document(work: Work, consent_document_id: UUID) -> ConsentDocument:
    """Return one version with its texts. Raises NotFound."""
    row = await load_document(work, consent_document_id)
    work.record(row.id)
    return _present(row)


async def retire_consent_document(work: Work, consent_document_id: UUID, expected_version: int) -> ConsentDocument:
    """End a version without a next one, so that the clinic asks for this consent no more.

    Raises NotFound, StaleVersion, Superseded.
    """
    row = await load_document(work, consent_document_id)
    check_version(row, expected_version)
    if row.retired_at is not None or row.imported_number is not None:
        raise Superseded
    changed = work.revise(sql.RETIRE_DOCUMENT, row, _retired(work))
    work.record(row.id)
    return _present(changed)


async def load_document(work: Work, consent_document_id: UUID) -> ConsentDocumentRow:
    """Return a version of the clinic's, in force or not. Raises NotFound."""
    return await work.get(sql.READ_DOCUMENT, id=consent_document_id)


def _retired(work: Work) -> dict[str, object]:
    return {"retired_at": work.now, "retired_by_id": work.actor.id}


def _present_item(row: ConsentDocumentFactsRow) -> ConsentDocumentItem:
    return ConsentDocumentItem.of(row, languages=[*row.digests])


def _present(row: ConsentDocumentRow) -> ConsentDocument:
    texts = [trusted(ShownText, {**one, "text_sha256": row.digests[one["language"]]}) for one in row.texts]
    number = row.number if row.imported_number is None else row.imported_number
    return ConsentDocument.of(row, number=number, languages=[*row.digests], texts=texts)
