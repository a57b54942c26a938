"""Signing, recording, reading and withdrawing consents."""

from datetime import datetime
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.reads import StartAgain
from integration_api.access.references import referred_by
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.consents import statements as sql
from integration_api.resources.care.consents.schemas import Consent, ConsentFilter, ConsentRecord, ConsentSign
from integration_api.resources.care.consents.statements import SeenConsent, SignerRow
from integration_api.resources.care.doses.altered_states import hold
from integration_api.resources.people.consent_documents.service import load_document
from integration_api.resources.people.consent_documents.tables import (
    UNIQUE_ORDINAL,
    ConsentDocumentRow,
    ConsentMode,
    ConsentTable,
)
from integration_api.resources.people.patients.alerts import tell_of_write
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.service import manage_patient
from integration_api.web.errors import Conflict, Invalid
from integration_api.web.instants import check_not_in_future
from integration_api.web.paging import Page, Window


class DocumentRetired(Conflict):
    """This version of the document is in force no more, so nobody can sign it."""

    code = "document-retired"
    title = "Document retired"
    remedy = "List the consent documents in force, and show the one of this purpose instead."


class ConsentStands(Conflict):
    """The patient has signed this version already, and has not withdrawn it."""

    code = "consent-stands"
    title = "Signed already"
    remedy = "Show the consent that is there; nothing more is needed."


async def list_consents(work: Work, window: Window, only: ConsentFilter) -> Page[Consent]:
    """List the consents of one chart, or of every chart that the actor may see; the latest first."""
    return await list_charts(work, sql.CONSENTS, window, only, _present)


async def sign_consent(work: Work, body: ConsentSign) -> Consent:
    """Sign as the patient who is signed in.

    Raises NotFound, IdTaken, Invalid, DocumentRetired, ConsentStands, AlteredStateHold.
    """
    patient_id = work.actor.patient_id
    assert patient_id is not None  # noqa: S101  the policy allows it to patients alone
    return await _sign(work, patient_id, body)


async def record_consent(work: Work, patient_id: UUID, body: ConsentRecord) -> Consent:
    """Record a signature on paper, by a member of the care team. Raises EmergencyOnly, and as `sign_consent` does."""
    await manage_patient(work, patient_id)
    check_not_in_future("body.signed_at", body.signed_at, work.now)
    return await _sign(work, patient_id, body)


async def read_consent(work: Work, consent_id: UUID) -> Consent:
    """Return one consent. Raises NotFound."""
    row = await work.get(sql.READ_CONSENT, id=consent_id)
    work.record(row.id, row.patient_id)
    return _present(row)


async def load_consent(work: Work, consent_id: UUID) -> SeenConsent:
    """Return a consent in a chart that the actor may see, for other resources. Raises NotFound."""
    return await work.get(sql.READ_CONSENT, id=consent_id)


async def withdraw_consent(work: Work, consent_id: UUID, expected_version: int) -> Consent:
    """Withdraw the last consent of its purpose, at any time: no window of a dose holds that.

    Raises NotFound, StaleVersion, Superseded.
    """
    row = await work.get(sql.READ_CONSENT, id=consent_id)
    if row.withdrawn_at is not None or not row.is_last:
        raise Superseded
    check_version(row, expected_version)
    withdrawn = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id}
    changed = work.revise(sql.WITHDRAW_CONSENT, row, withdrawn, missed=StartAgain)
    monitoring = await tell_of_write(work, row.patient_id, TaskKind.CONSENT_WITHDRAWN, row.id)
    work.record(row.id, row.patient_id)
    return _present(changed, monitoring)


async def _sign(work: Work, patient_id: UUID, body: ConsentSign | ConsentRecord) -> Consent:
    with referred_by("document_id"):
        document = await load_document(work, body.document_id)
    on_paper = isinstance(body, ConsentRecord)
    given = new_values(work, body)
    signed_at: datetime = given.setdefault("signed_at", work.now)
    signer = await work.get(sql.READ_SIGNER, patient_id=patient_id, purpose=document.purpose, signed_at=signed_at)
    _check(document, signer, body, signed_at)
    row = SeenConsent(
        **given,
        patient_id=patient_id,
        purpose=document.purpose,
        number=document.number,
        ordinal=(signer.last_ordinal or 0) + 1,
        mode=ConsentMode.PAPER if on_paper else ConsentMode.SIGNED_IN,
        created_by_id=work.actor.id,
        is_last=True,
    )
    insert = sql.INSERT_PAPER_CONSENT if on_paper else sql.INSERT_CONSENT
    work.create(insert, row, {UNIQUE_ORDINAL: StartAgain}, missed=StartAgain)
    if signer.last_id is not None:  # it counts no more
        if signer.last_withdrawn_at is None:
            work.change(
                sql.SUPERSEDE_CONSENT,
                missed=StartAgain,
                id=signer.last_id,
                patient_id=patient_id,
                expected_version=signer.last_version,
            )
        work.telling.tell(Changed("consent", signer.last_id, Channel.CHART, patient_id), of=ConsentTable)
    work.record(row.id, patient_id, digest=bytes.fromhex(row.text_sha256))
    return _present(row)


def _check(
    document: ConsentDocumentRow, signer: SignerRow, body: ConsentSign | ConsentRecord, signed_at: datetime
) -> None:
    """Raise what keeps the patient from signing this text."""
    digest = document.digests.get(body.language)
    if digest is None:
        message = "must be one of the languages of the document"
        raise Invalid(errors=[{"field": "body.language", "code": "not_of_document", "message": message}])
    if body.text_sha256 != digest:
        message = "must be the digest of the text that was shown"
        raise Invalid(errors=[{"field": "body.text_sha256", "code": "other_text", "message": message}])
    if document.retired_at is not None:
        raise DocumentRetired
    if signer.last_withdrawn_at is not None and signed_at <= signer.last_withdrawn_at:
        message = "must be later than the withdrawal of the last consent for this purpose"
        raise Invalid(errors=[{"field": "body.signed_at", "code": "before_withdrawal", "message": message}])
    if signer.last_document_id == document.id and signer.last_withdrawn_at is None:
        raise ConsentStands
    if signer.altered_until is not None:
        raise hold(signer.altered_until)


def _present(row: SeenConsent, monitoring: Monitoring | None = None) -> Consent:
    return Consent.of(row, monitoring=monitoring)
