"""Provenance: the signatures under a note, with the SHA-256 of the signed content."""

import base64

from integration_api.fhir.elements import (
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
