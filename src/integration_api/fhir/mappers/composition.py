"""Composition: a note by its sections, with its addenda and the patient's statements of disagreement."""

from collections.abc import Iterator
from html import escape

from integration_api.core.texts import is_blank
from integration_api.fhir.elements import (
    LOINC,
    XHTML,
    Json,
    coding,
    concept,
    instant,
    meta,
    own_code,
    patient_reference,
    reference,
)
from integration_api.resources.journal.notes.schemas import Note, NoteItem
from integration_api.resources.journal.notes.signature_schemas import NoteSignature
from integration_api.resources.journal.notes.tables import NoteState

_TITLE = "Progress note"
_STATUS = {
    NoteState.DRAFT: "preliminary",
    NoteState.PENDING_COSIGN: "preliminary",
    NoteState.SIGNED: "final",
    NoteState.AMENDED: "amended",
    NoteState.ENTERED_IN_ERROR: "entered-in-error",
    NoteState.FILED_UNSIGNED: "preliminary",
}


def composition(found: NoteItem) -> Json:
    """Return the Composition. A list shows no addenda, which a tag says."""
    signed = (("professional", found.signature), ("legal", found.cosignature))
    kind = concept(
        coding(LOINC, "11506-3", _TITLE), *own_code("note-format", found.format.value)["coding"], text=_TITLE
    )
    return {
        "resourceType": "Composition",
        "id": str(found.id),
        "meta": meta(
            found,
            is_subset=not isinstance(found, Note) and found.addenda_count > 0,
            added=found.addenda_count,
        ),
        "status": _STATUS[found.state],
        "type": kind,
        "subject": patient_reference(found.patient_id),
        "encounter": reference("Encounter", found.session_id),
        "date": instant(found.signature["at"] if found.signature else found.happened_at),
        "author": [reference("Practitioner", found.author_id)],
        "title": _TITLE,
        "confidentiality": "R",
        "attester": [_attester(mode, one) for mode, one in signed if one is not None],
        "section": [*_sections(found)],
    }


def _attester(mode: str, signature: NoteSignature) -> Json:
    return {
        "mode": mode,
        "time": instant(signature["at"]),
        "party": reference("Practitioner", signature["account_id"], signature["name"]),
    }


def _sections(found: NoteItem) -> Iterator[Json]:
    for name, text in found.sections.items():
        yield from _section(name.replace("_", " ").title(), text)
    for addendum in found.addenda if isinstance(found, Note) else ():
        yield from _section("Addendum", addendum.text)
    for statement in found.disagreements:
        yield from _section("Statement of disagreement", statement["text"])


def _section(title: str, text: str) -> Iterator[Json]:
    """Yield a section; none of a text that nobody can see, as no section may be empty."""
    if not is_blank(text):
        yield {"title": title, "text": {"status": "additional", "div": _narrative(text)}}


def _narrative(text: str) -> str:
    """Return the text as XHTML: escaped, its lines kept."""
    return f'<div xmlns="{XHTML}">{escape(text, quote=False).replace(chr(10), "<br/>")}</div>'
