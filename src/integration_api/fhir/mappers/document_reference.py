"""DocumentReference: a note with its addenda and statements of disagreement; a summary that both sides wrote."""

import base64
from collections.abc import Iterator
from datetime import datetime

from integration_api.core.texts import is_blank
from integration_api.fhir.elements import (
    LOINC,
    Json,
    coding,
    concept,
    extension,
    instant,
    meta,
    own_code,
    patient_reference,
    period,
    reference,
)
from integration_api.resources.journal.notes.schemas import Note, NoteItem
from integration_api.resources.journal.notes.tables import NoteState
from integration_api.resources.journal.plans.tables import PlanSide
from integration_api.resources.journal.shared_summaries.schemas import SharedSummary

_TYPE = coding(LOINC, "11506-3", "Progress note")
_CATEGORY = coding(
    "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category", "clinical-note", "Clinical Note"
)
_DOC_STATUS = {
    NoteState.DRAFT: "preliminary",
    NoteState.PENDING_COSIGN: "preliminary",
    NoteState.SIGNED: "final",
    NoteState.AMENDED: "amended",
    NoteState.ENTERED_IN_ERROR: "entered-in-error",
    NoteState.FILED_UNSIGNED: "preliminary",
}


def document_reference(found: NoteItem) -> Json:
    """Return the DocumentReference, its text inline. A list shows no addenda, which a tag says."""
    is_error = found.state is NoteState.ENTERED_IN_ERROR
    signature, cosignature = found.signature, found.cosignature
    signed_by = cosignature or signature
    return {
        "resourceType": "DocumentReference",
        "id": str(found.id),
        "meta": meta(
            found,
            is_subset=not isinstance(found, Note) and found.addenda_count > 0,
            added=found.addenda_count,
        ),
        "status": "entered-in-error" if is_error else "current",
        "docStatus": _DOC_STATUS[found.state],
        "type": concept(_TYPE, *own_code("note-format", found.format.value)["coding"], text="Progress note"),
        "category": [concept(_CATEGORY)],
        "subject": patient_reference(found.patient_id),
        "date": instant(signature["at"] if signature else found.created_at),
        "author": [reference("Practitioner", found.author_id, _author_name(found))],
        "authenticator": reference("Practitioner", signed_by["account_id"], signed_by["name"]) if signed_by else None,
        "content": [*_contents(found)],
        "context": {"encounter": [reference("Encounter", found.session_id)]},
    }


def _author_name(found: NoteItem) -> str | None:
    """Return the name of the author if they signed or co-signed it."""
    signed = (found.signature, found.cosignature)
    return next((one["name"] for one in signed if one and one["account_id"] == found.author_id), None)


def summary_document(found: SharedSummary) -> Json:
    """Return the DocumentReference of a shared summary: final once both sides endorsed the revision."""
    author = ("Patient", found.patient_id) if found.written_by is PlanSide.PATIENT else None
    endorsed = {"patient": found.patient_endorsed_at, "clinician": found.clinician_endorsed_at}
    return {
        "resourceType": "DocumentReference",
        "id": f"summary-{found.id}",
        "meta": meta(found),
        "extension": [
            extension(f"endorsed-by-{side}", {"valueDateTime": instant(at)})
            for side, at in endorsed.items()
            if at is not None
        ],
        "status": "entered-in-error" if found.withdrawn_at else "current",
        "docStatus": "final" if found.endorsed_at else "preliminary",
        "type": concept(*own_code("document-kind", "shared_summary")["coding"], text="Shared summary"),
        "category": [concept(_CATEGORY)],
        "subject": patient_reference(found.patient_id),
        "date": instant(found.written_at),
        "author": [reference(*(author or ("Practitioner", found.written_by_id)))],
        "authenticator": reference("Practitioner", found.clinician_endorsed_by_id),
        "description": found.title,
        "content": [_attached(found.title, found.text, found.written_at)],
        "context": {
            "encounter": [reference("Encounter", found.session_id)] if found.session_id else [],
            "period": period(found.covers_from, found.covers_until),
        },
    }


def _contents(found: NoteItem) -> Iterator[Json]:
    texts = [f"{name.replace('_', ' ').title()}\n{text}" for name, text in found.sections.items() if not is_blank(text)]
    yield _attached("Note", "\n\n".join(texts), found.happened_at)
    for addendum in found.addenda if isinstance(found, Note) else ():
        yield _attached("Addendum", addendum.text, addendum.created_at)
    for statement in found.disagreements:
        yield _attached("Statement of disagreement", statement["text"], statement["at"])


def _attached(title: str, text: str, at: datetime) -> Json:
    attachment = {
        "contentType": "text/plain; charset=utf-8",
        "data": base64.b64encode(text.encode()).decode() or None,
        "title": title,
        "creation": instant(at),
    }
    return {"attachment": attachment}
