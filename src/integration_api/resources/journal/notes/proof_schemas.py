"""Proofs of signed notes on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from integration_api.ledger.events import Outcome, Purpose
from integration_api.resources.journal.notes.rules import ATTESTATION, SignedAs
from integration_api.web.schemas import Schema, example

_NOTHING_ELSE = ConfigDict(extra="forbid")
_HASH = "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7"
_CLINIC_ID = "019ab0de-0000-7000-8000-000000000001"
_THERAPIST_ID = "019ab0de-0000-7000-8000-000000000002"
_PATIENT_ID = "019ab0de-0000-7000-8000-000000000004"
_NOTE_ID = "019ab0de-0000-7000-8000-000000000020"


@with_config(_NOTHING_ELSE)
class ProofEntry(TypedDict):
    """The ledger row of the signature, every column of it, as it was sealed."""

    clinic_id: Annotated[UUID, Field(description="The clinic.")]
    id: Annotated[UUID, Field(description="Identifier of the row.")]
    at: Annotated[datetime, Field(description="When it happened (UTC).")]
    event: Annotated[str, Field(description="The Event.")]
    action: Annotated[str, Field(description="The Action that was asked for.")]
    outcome: Annotated[Outcome, Field(description="The outcome.")]
    reason: Annotated[str | None, Field(description="The code of a refusal.")]
    actor_id: Annotated[UUID | None, Field(description="The account that signed.")]
    actor_role: Annotated[str | None, Field(description="The role by which it was allowed.")]
    subject_id: Annotated[UUID | None, Field(description="The note.")]
    patient_id: Annotated[UUID | None, Field(description="Whose chart it is in.")]
    purpose: Annotated[Purpose | None, Field(description="The purpose.")]
    digest: Annotated[str | None, Field(description="SHA-256 of the signed statement, hexadecimal.")]
    is_private: Annotated[bool, Field(description="Whether it is shown to the patient alone.")]
    request_id: Annotated[str, Field(description="The request, as the client was told.")]


@with_config(_NOTHING_ELSE)
class ProofSeal(TypedDict):
    """The seal over the row. Hashes, keys and signatures are hexadecimal."""

    clinic_id: Annotated[UUID, Field(description="The clinic whose chain it is in.")]
    id: Annotated[UUID, Field(description="Identifier of the seal.")]
    number: Annotated[int, Field(description="Its place in the chain, counted from 1.")]
    encoding: Annotated[int, Field(description="The format in which rows are written as bytes; see `ledger/seal.py`.")]
    first_position: Annotated[int, Field(description="The place of its first row.")]
    row_count: Annotated[int, Field(description="The number of rows under it.")]
    root: Annotated[str, Field(description="Merkle root over their leaves (RFC 6962).")]
    previous_head: Annotated[str, Field(description="The head before it; zeros for the first.")]
    head: Annotated[str, Field(description="SHA-256 over the seal and all before it.")]
    signature: Annotated[str, Field(description="Ed25519 signature under the head.")]
    key_id: Annotated[str, Field(description="Short name of the signer's key.")]
    public_key: Annotated[str, Field(description="The signer's public key; compare it with one that you trust.")]
    sealed_at: Annotated[datetime, Field(description="When it was sealed (UTC).")]
    reached_at: Annotated[datetime, Field(description="Rows from before this instant had been looked for (UTC).")]


@with_config(_NOTHING_ELSE)
class SignatureProof(TypedDict):
    """One signature, and the proof that the ledger tells of it."""

    signed_as: Annotated[SignedAs, Field(description="The capacity in which they signed.")]
    account_id: Annotated[UUID, Field(description="The account that signed.")]
    name: Annotated[str | None, Field(description="Their name then.")]
    credential: Annotated[str | None, Field(description="Their credential then.")]
    attestation: Annotated[str, Field(description="The statement that they attested by signing.")]
    at: Annotated[datetime, Field(description="When it was signed (UTC).")]
    entry: Annotated[ProofEntry, Field(description="The ledger row of this signature.")]
    position: Annotated[int, Field(description="The row's place in the clinic's ledger, counted from 1.")]
    leaf: Annotated[str, Field(description="SHA-256 of the row's canonical bytes, hexadecimal.")]
    path: Annotated[list[str], Field(description="The hashes that lead from the leaf to the root, nearest first.")]
    seal: Annotated[ProofSeal, Field(description="The seal over the row.")]


class NoteProof(Schema):
    """Who signed the content with this hash, and that the sealed ledger says so. It holds no word of the note."""

    model_config = example(
        {
            "note_id": _NOTE_ID,
            "patient_id": _PATIENT_ID,
            "content_sha256": _HASH,
            "signatures": [
                {
                    "signed_as": "author",
                    "account_id": _THERAPIST_ID,
                    "name": "Imani Vale",
                    "credential": "LMFT",
                    "attestation": ATTESTATION,
                    "at": "2026-11-21T16:05:00Z",
                    "entry": {
                        "clinic_id": _CLINIC_ID,
                        "id": "019ab0de-0000-7000-8000-00000000000a",
                        "at": "2026-11-21T16:05:00Z",
                        "event": "note.signed",
                        "action": "note:sign",
                        "outcome": "done",
                        "reason": None,
                        "actor_id": _THERAPIST_ID,
                        "actor_role": "therapist",
                        "subject_id": _NOTE_ID,
                        "patient_id": _PATIENT_ID,
                        "purpose": "treatment",
                        "digest": _HASH,
                        "is_private": False,
                        "request_id": "5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b",
                    },
                    "position": 412,
                    "leaf": _HASH,
                    "path": [_HASH, _HASH],
                    "seal": {
                        "clinic_id": _CLINIC_ID,
                        "id": "019ab0de-0000-7000-8000-00000000000b",
                        "number": 97,
                        "encoding": 1,
                        "first_position": 410,
                        "row_count": 4,
                        "root": _HASH,
                        "previous_head": _HASH,
                        "head": _HASH,
                        "signature": _HASH + _HASH,
                        "key_id": _HASH[:16],
                        "public_key": _HASH,
                        "sealed_at": "2026-11-21T16:05:04Z",
                        "reached_at": "2026-11-21T16:05:04Z",
                    },
                }
            ],
        }
    )

    note_id: UUID = Field(description="The note.")
    patient_id: UUID = Field(description="Whose chart it is in.")
    content_sha256: str = Field(description="SHA-256 of the signed content, as the note itself tells it.")
    signatures: list[SignatureProof] = Field(description="The author's signature, then the co-signer's if any.")
