"""Signed notes of a package: each is compared with its digest and its proof before any of it is taken."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from integration_api.ledger.proof import ProofBroken, instant
from integration_api.resources.journal.notes.proof_check import check_note_proof
from integration_api.resources.journal.notes.rules import SignedAs, content_sha256
from integration_api.resources.oversight.exports.package_manifests import PROOFS
from integration_api.resources.oversight.exports.package_rows import BadLine, object_of

Values = Mapping[str, Any]
_SIGNERS = {
    SignedAs.AUTHOR: ("signed_at", "signed_by_id", "signer_name", "signer_credential", "attestation"),
    SignedAs.COSIGNER: (
        "cosigned_at",
        "cosigned_by_id",
        "cosigner_name",
        "cosigner_credential",
        "cosigner_attestation",
    ),
}


@dataclass(slots=True)
class Proofs:
    """The proofs that hold, by note; the others are counted. A note comes without a proof that is broken."""

    sound: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    broken: int = 0
    missing: int = 0
    seal_keys: set[str] = field(default_factory=set)
    """The keys under the seals that the sound proofs rest on, to be compared with the sender's."""


def altered_contents(table: str, rows: Iterable[Values], notes: Mapping[UUID, Values]) -> list[str]:
    """Return a refusal of each row whose content is not what its digest says was signed.

    `rows` are of notes or of their signed versions; `notes` are all of the package, by id.
    """
    refused = []
    for row in rows:
        note = notes.get(row.get("note_id", row["id"]))
        if row["content_sha256"] is not None and note is not None and _digest(note, row) != row["content_sha256"]:
            refused.append(f"{table} {row['id']}: it is not the content that was signed")
    return refused


def _digest(note: Values, row: Values) -> str:
    return content_sha256(
        note_id=note["id"],
        note_format=note["format"],
        sections=row["sections"],
        session_id=note["session_id"],
        patient_id=note["patient_id"],
        author_id=note["author_id"],
        template_id=note["template_id"],
    )


def take_proofs(proofs: Proofs, rows: Iterable[Values], files: Mapping[str, bytes]) -> list[str]:
    """Take the proofs that hold, and return a refusal of each note with other signatures than its proof."""
    refused = []
    for row in rows:
        if row["content_sha256"] is None:
            continue
        data = files.get(f"{PROOFS}{row['id']}.json")
        if data is None:
            proofs.missing += 1
            continue
        try:
            proof = object_of(data)
            seals = check_note_proof(proof)
        except (BadLine, ProofBroken, ValueError, KeyError, TypeError):
            proofs.broken += 1
            continue
        if (proof["content_sha256"], proof["note_id"]) != (row["content_sha256"], str(row["id"])):
            proofs.broken += 1
        elif [_signed(one) for one in proof["signatures"]] != _signatures(row):
            refused.append(f"notes {row['id']}: its signatures are not those of its proof")
        else:
            proofs.sound[row["id"]] = json.loads(data)
            proofs.seal_keys |= {seal.public_key.hex() for seal in seals}
    return refused


def _signed(told: Values) -> tuple[object, ...]:
    return (
        SignedAs(told["signed_as"]),
        instant(told["at"]),
        UUID(str(told["account_id"])),
        *(told[name] for name in ("name", "credential", "attestation")),
    )


def _signatures(row: Values) -> list[tuple[object, ...]]:
    found = [(signed_as, *(row[name] for name in names)) for signed_as, names in _SIGNERS.items()]
    return [one for one in found if one[1] is not None]
