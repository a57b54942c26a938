"""Checking a note's proof offline: content, signature, ledger row, leaf, path, root, head, signature of the head."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from integration_api.ledger.events import Outcome
from integration_api.ledger.proof import ProofBroken, check_inclusion, instant
from integration_api.ledger.tables import SealRow
from integration_api.resources.journal.notes import operations
from integration_api.resources.journal.notes.proof_schemas import NoteProof, SignatureProof
from integration_api.resources.journal.notes.rules import SignedAs, content_sha256, signature_sha256
from integration_api.resources.journal.notes.tables import NoteFormat

Json = Mapping[str, object]

_EVENTS = {
    SignedAs.AUTHOR: (operations.SIGN_NOTE.recorded, operations.AMEND_NOTE.recorded),
    SignedAs.COSIGNER: (operations.COSIGN_NOTE.recorded,),
}
_SIGNATURE = ("at", "account_id", "name", "credential", "attestation")


def check_note_proof(proof: Json, note: Json | None = None) -> list[SealRow]:
    """Return the seals that the proof rests on; their keys are still to be compared with a trusted one.

    `proof` is what `GET /notes/{id}/proof` answers, `note` what `GET /notes/{id}` does. Raises ProofBroken.
    """
    try:
        return _check(proof, note)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProofBroken("it is not whole: a part is missing or cannot be read") from error


def _check(proof: Json, note: Json | None) -> list[SealRow]:
    if set(proof) != set(NoteProof.model_fields):
        raise ValueError
    signatures = cast(list[Json], proof["signatures"])
    order = [str(one["signed_as"]) for one in signatures]
    if order not in (["author"], ["author", "cosigner"]):
        raise ProofBroken("it does not hold the author's signature, and the co-signer's if any")
    seals = [_check_signature(proof, one) for one in signatures]
    if note is not None:
        _check_note(proof, note, signatures)
    return seals


def _check_signature(proof: Json, told: Json) -> SealRow:
    if set(told) != set(SignatureProof.__annotations__):
        raise ValueError
    signed_as, signed_at = SignedAs(str(told["signed_as"])), instant(told["at"])
    digest = signature_sha256(
        content_sha256=str(proof["content_sha256"]),
        signed_as=signed_as,
        account_id=UUID(str(told["account_id"])),
        name=cast(str | None, told["name"]),
        credential=cast(str | None, told["credential"]),
        attestation=str(told["attestation"]),
        signed_at=signed_at,
    )
    entry = cast(Json, told["entry"])
    if entry["digest"] != digest.hex():
        raise ProofBroken(f"what the {signed_as} signed is not what the ledger row holds the digest of")
    same = (
        UUID(str(entry["subject_id"])) == UUID(str(proof["note_id"])),
        UUID(str(entry["patient_id"])) == UUID(str(proof["patient_id"])),
        UUID(str(entry["actor_id"])) == UUID(str(told["account_id"])),
        instant(entry["at"]) == signed_at,
        entry["event"] in _EVENTS[signed_as],
        entry["outcome"] == Outcome.DONE,
    )
    if not all(same):
        raise ProofBroken(f"the ledger row does not tell of the {signed_as}'s signature under this note")
    return check_inclusion(entry, told)


def _check_note(proof: Json, note: Json, signatures: list[Json]) -> None:
    found = content_sha256(
        note_id=UUID(str(note["id"])),
        note_format=NoteFormat(str(note["format"])),
        sections=cast(Mapping[str, str], note["sections"]),
        session_id=UUID(str(note["session_id"])),
        patient_id=UUID(str(note["patient_id"])),
        author_id=UUID(str(note["author_id"])),
        template_id=UUID(str(note["template_id"])) if note.get("template_id") else None,
    )
    if not found == proof["content_sha256"] == note["content_sha256"]:
        raise ProofBroken("the note's content is not what was signed")
    if (note["id"], note["patient_id"]) != (proof["note_id"], proof["patient_id"]):
        raise ProofBroken("the proof is of another note")
    shown = [one for one in (note["signature"], note["cosignature"]) if one is not None]
    if shown != [{name: one[name] for name in _SIGNATURE} for one in signatures]:
        raise ProofBroken("the note shows other signatures than the proof")
