"""Notes as somebody sees them: the facts of an answer beyond the row, without those held back from the patient."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from pydantic import JsonValue

from integration_api.access.viewers import Seer
from integration_api.resources.journal.notes.disagreement_schemas import NoteDisagreement
from integration_api.resources.journal.notes.rules import is_withheld
from integration_api.resources.journal.notes.schemas import NoteReturned, NoteSharing
from integration_api.resources.journal.notes.signature_schemas import NoteSignature
from integration_api.resources.journal.notes.sources import NoteSource, SourceKind
from integration_api.resources.journal.notes.steps import allowed_steps
from integration_api.resources.journal.notes.tables import NoteSeen, SharingState, SignedFacts
from integration_api.web.instants import is_skewed


def signatures(facts: SignedFacts) -> tuple[NoteSignature | None, NoteSignature | None]:
    """Return the author's and the co-signer's signature."""
    return (
        _signature(facts.signed_at, facts.signed_by_id, facts.signer_name, facts.signer_credential, facts.attestation),
        _signature(
            facts.cosigned_at,
            facts.cosigned_by_id,
            facts.cosigner_name,
            facts.cosigner_credential,
            facts.cosigner_attestation,
        ),
    )


def _signature(
    at: datetime | None, account_id: UUID | None, name: str | None, credential: str | None, attestation: str | None
) -> NoteSignature | None:
    if at is None or account_id is None or attestation is None:
        return None
    return {"at": at, "account_id": account_id, "name": name, "credential": credential, "attestation": attestation}


def _source(stored: Mapping[str, JsonValue] | None) -> NoteSource | None:
    if stored is None:
        return None
    return {
        "kind": SourceKind(str(stored["kind"])),
        "tool": str(stored["tool"]),
        "tool_version": str(stored["tool_version"]),
        "patient_consented": stored["patient_consented"] is True,
    }


def disagreements(stored: Sequence[Mapping[str, str]] | None) -> list[NoteDisagreement]:
    """Return the patient's statements about a note, as each answer with its text shows them."""
    return [
        {"id": UUID(one["id"]), "at": datetime.fromisoformat(one["at"]), "text": one["text"]} for one in stored or ()
    ]


def shown(seer: Seer, row: NoteSeen) -> dict[str, object]:
    """Return what an answer says beyond the row, without what is held back from the patient."""
    signature, cosignature = signatures(row)
    returns: list[NoteReturned] = [
        {
            "at": datetime.fromisoformat(item["at"]),
            "account_id": UUID(item["account_id"]),
            "reason": item["reason"],
        }
        for item in row.returns
        if not seer.actor.is_patient
    ]
    filed: NoteReturned | None = None
    if row.filed_at is not None and row.filed_by_id is not None:
        filed = {"at": row.filed_at, "account_id": row.filed_by_id, "reason": row.filed_reason or ""}
    withheld = is_withheld(row.sharing, row.withheld_until, seer.now)
    sharing: NoteSharing = {
        "state": SharingState.WITHHELD if withheld else SharingState.SHARED,
        "reason_code": row.withhold_reason if withheld else None,
        "until": row.withheld_until if withheld else None,
    }
    return {
        "clock_skewed": is_skewed(row.captured_at, row.happened_at),
        "signature": signature,
        "cosignature": cosignature,
        "returns": returns,
        "filed": filed,
        "source": _source(row.source),
        "disagreements": disagreements(row.disagreements),
        "sharing": sharing,
        "allowed_actions": allowed_steps(seer, row),
    }
