"""Proofs of signed notes on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import ChartId
from integration_api.core.ids import Id
from integration_api.ledger.events import Outcome, Purpose
from integration_api.resources.journal.notes.rules import SignedAs
from integration_api.resources.journal.notes.schemas import ContentHash, NoteId
from integration_api.resources.journal.notes.signature_schemas import NoteSignature, SignerId
from integration_api.web.schemas import ReadSchema, response_part

_HASH = "9a27c0ffb2b7d0b0e9d5ce9a5a4b5f7c7d1f6a3b2c4d5e6f708192a3b4c5d6e7"
_SEALED_AT = "2026-11-21T16:05:04Z"

ClinicId = Annotated[Id, Field(description="The clinic.", examples=["019ab0de-0000-7000-8000-000000000001"])]


@response_part
class ProofEntry(TypedDict):
    """The ledger row of the signature, every column of it, as it was sealed."""

    clinic_id: ClinicId
    id: Annotated[UUID, Field(description="Identifier of the row.", examples=["019ab0de-0000-7000-8000-00000000000a"])]
    at: Annotated[datetime, Field(description="When it happened (UTC).", examples=["2026-11-21T16:05:00Z"])]
    event: Annotated[str, Field(description="The Event.", examples=["note.signed"])]
    action: Annotated[str, Field(description="The Action that was asked for.", examples=["note:sign"])]
    outcome: Annotated[Outcome, Field(description="The outcome.", examples=["done"])]
    reason: Annotated[str | None, Field(description="The code of a refusal.")]
    actor_id: SignerId | None
    actor_role: Annotated[str | None, Field(description="The role by which it was allowed.", examples=["therapist"])]
    subject_id: NoteId | None
    patient_id: ChartId | None
    purpose: Annotated[Purpose | None, Field(description="The purpose.", examples=["treatment"])]
    digest: Annotated[str | None, Field(description="SHA-256 of the signed statement, hexadecimal.", examples=[_HASH])]
    is_private: Annotated[bool, Field(description="Whether it is shown to the patient alone.", examples=[False])]
    request_id: Annotated[
        str, Field(description="The request, as the client was told.", examples=["5f0c2c3d9a1b4e6f8a7b6c5d4e3f2a1b"])
    ]
    changed: Annotated[
        str | None,
        Field(description="The changed things (`ledger/changes.py`); null before encoding 2.", examples=[None]),
    ]


@response_part
class ProofSeal(TypedDict):
    """The seal over the row. Hashes, keys and signatures are hexadecimal."""

    clinic_id: Annotated[ClinicId, Field(description="The clinic whose chain it is in.")]
    id: Annotated[UUID, Field(description="Identifier of the seal.", examples=["019ab0de-0000-7000-8000-00000000000b"])]
    number: Annotated[int, Field(description="Its place in the chain, counted from 1.", examples=[97])]
    encoding: Annotated[
        int, Field(description="The format in which rows are written as bytes; see `ledger/seal.py`.", examples=[2])
    ]
    first_position: Annotated[int, Field(description="The place of its first row.", examples=[410])]
    row_count: Annotated[int, Field(description="The number of rows under it.", examples=[4])]
    root: Annotated[str, Field(description="Merkle root over their leaves (RFC 6962).", examples=[_HASH])]
    previous_head: Annotated[str, Field(description="The head before it; zeros for the first.", examples=[_HASH])]
    head: Annotated[str, Field(description="SHA-256 over the seal and all before it.", examples=[_HASH])]
    signature: Annotated[str, Field(description="Ed25519 signature under the head.", examples=[_HASH + _HASH])]
    key_id: Annotated[str, Field(description="Short name of the signer's key.", examples=[_HASH[:16]])]
    public_key: Annotated[
        str, Field(description="The signer's public key; compare it with one that you trust.", examples=[_HASH])
    ]
    sealed_at: Annotated[datetime, Field(description="When it was sealed (UTC).", examples=[_SEALED_AT])]
    reached_at: Annotated[
        datetime, Field(description="Rows from before this instant had been looked for (UTC).", examples=[_SEALED_AT])
    ]


@response_part
class SignatureProof(NoteSignature):
    """One signature, and the proof that the ledger tells of it."""

    signed_as: Annotated[SignedAs, Field(description="The capacity in which they signed.", examples=["author"])]
    entry: Annotated[ProofEntry, Field(description="The ledger row of this signature.")]
    position: Annotated[
        int, Field(description="The row's place in the clinic's ledger, counted from 1.", examples=[412])
    ]
    leaf: Annotated[str, Field(description="SHA-256 of the row's canonical bytes, hexadecimal.", examples=[_HASH])]
    path: Annotated[
        list[str],
        Field(description="The hashes that lead from the leaf to the root, nearest first.", examples=[[_HASH]]),
    ]
    seal: Annotated[ProofSeal, Field(description="The seal over the row.")]


class NoteProof(ReadSchema):
    """The proof that the sealed ledger holds the signatures under one content. It holds no word of the note."""

    note_id: NoteId
    patient_id: ChartId
    content_sha256: ContentHash = Field(description="SHA-256 of the signed content, as the note itself tells it.")
    signatures: list[SignatureProof] = Field(description="The author's signature, then the co-signer's if any.")
