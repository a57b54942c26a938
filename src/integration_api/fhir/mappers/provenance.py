"""Provenance: the signatures under a note, with the SHA-256 of the signed content; the origin of what was imported."""

import base64

from integration_api.core.texts import is_blank
from integration_api.fhir.elements import (
    HERE,
    TERMINOLOGY,
    Json,
    coding,
    concept,
    instant,
    meta,
    reference,
)
from integration_api.resources.journal.notes.schemas import NoteItem
from integration_api.resources.journal.notes.signature_schemas import NoteSignature
from integration_api.resources.oversight.imported_records.schemas import ImportedRecord
from integration_api.resources.oversight.imported_records.tables import ImportedKind

_SIGNATURES = "urn:iso-astm:E1762-95:2013"
_AUTHOR = coding(_SIGNATURES, "1.2.840.10065.1.12.1.1", "Author's Signature")
_VERIFICATION = coding(_SIGNATURES, "1.2.840.10065.1.12.1.5", "Verification Signature")
_AUTHORED = coding(f"{TERMINOLOGY}/provenance-participant-type", "author", "Author")
_ATTESTED = coding(f"{TERMINOLOGY}/provenance-participant-type", "attester", "Attester")
_COMPLETION = coding(f"{TERMINOLOGY}/v3-DocumentCompletion", "LA", "legally authenticated")


def is_signed(found: NoteItem) -> bool:
    """Return whether somebody signed the note: only then it has a Provenance."""
    return found.signature is not None


def note_provenance(found: NoteItem) -> Json:
    """Return the Provenance of a signed note: author and supervisor, each as they were when they signed."""
    pairs = ((_AUTHORED, _AUTHOR, found.signature), (_ATTESTED, _VERIFICATION, found.cosignature))
    signed = [(role, kind, one) for role, kind, one in pairs if one is not None]
    return {
        "resourceType": "Provenance",
        "id": str(found.id),
        "meta": meta(found),
        "target": [reference("DocumentReference", found.id), reference("Composition", found.id)],
        "recorded": instant(max(one["at"] for _, _, one in signed)),
        "activity": concept(_COMPLETION),
        "agent": [{"type": concept(role), "who": _who(one)} for role, _, one in signed],
        "signature": [
            {
                "type": [kind],
                "when": instant(one["at"]),
                "who": _who(one),
                "sigFormat": "text/plain",
                "data": base64.b64encode((found.content_sha256 or "").encode()).decode(),
            }
            for _, kind, one in signed
        ],
    }


def _who(signature: NoteSignature) -> Json | None:
    return reference("Practitioner", signature["account_id"], signature["name"])


_TARGETS = {
    ImportedKind.SESSION: ("Encounter", ""),
    ImportedKind.NOTE: ("DocumentReference", ""),
    ImportedKind.MEASURE_RESPONSE: ("QuestionnaireResponse", "measure-"),
    ImportedKind.REFLECTION: ("QuestionnaireResponse", "reflection-"),
    ImportedKind.PLAN: ("CarePlan", "plan-"),
    ImportedKind.GOAL: ("Goal", ""),
}
_NOT_TOLD = "Not told"
"""The importer of an origin that names nobody: an agent must have one."""
_CREATED = coding(f"{TERMINOLOGY}/v3-DataOperation", "CREATE", "create")
_ENTERER = coding(f"{TERMINOLOGY}/provenance-participant-type", "enterer", "Enterer")


def _importer(found: ImportedRecord) -> str:
    return _NOT_TOLD if is_blank(found.imported_by) else found.imported_by


def import_provenance(found: ImportedRecord) -> Json:
    """Return the Provenance of something imported: its identifier there, the file, and who put it in.

    A total without answers is no resource, so that its target is the patient.
    """
    kind, prefix = _TARGETS.get(found.kind, ("Patient", ""))
    target = f"{prefix}{found.subject_id}" if found.kind in _TARGETS else found.patient_id
    of_file = {"system": f"{HERE}:file-sha256", "value": found.file_sha256}
    return {
        "resourceType": "Provenance",
        "id": f"imported-{found.id}",
        "meta": meta(found),
        "target": [reference(kind, target)],
        "recorded": instant(found.created_at),
        "activity": concept(_CREATED),
        "agent": [{"type": concept(_ENTERER), "who": {"display": _importer(found)}}],
        "entity": [
            {
                "role": "source",
                "what": {
                    "identifier": {"system": f"{HERE}:imported-identifier", "value": found.identifier},
                    "display": found.source,
                },
            },
            {"role": "source", "what": {"identifier": of_file, "display": "The file that it came in"}},
        ],
    }
