"""Proof that a note was signed so: its signatures' rows in the sealed ledger, each with its way to a signed head."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from pydantic import TypeAdapter

from integration_api.access.work import Work
from integration_api.ledger import statements as ledger_sql
from integration_api.ledger.proof import inclusion
from integration_api.ledger.seal import COLUMNS, ENCODING
from integration_api.resources.journal.notes import statements as sql
from integration_api.resources.journal.notes.entry_statements import SIGNED_ENTRY, SignedEntry
from integration_api.resources.journal.notes.proof_schemas import NoteProof, ProofEntry, SignatureProof
from integration_api.resources.journal.notes.rules import SignedAs, signature_sha256
from integration_api.resources.journal.notes.steps import NoteNotSigned
from integration_api.resources.journal.notes.tables import NoteRow
from integration_api.web.errors import Conflict

_SEALED_SOON = "10"
_SIGNATURES = TypeAdapter(list[SignatureProof])


class NotSealedYet(Conflict):
    """The ledger has not sealed this signature yet; ask again in some seconds."""

    code = "not-sealed-yet"
    title = "Not sealed yet"
    remedy = "Ask again after some seconds. The note is signed; only its proof is still being made."
    header_names = ("Retry-After",)

    def __init__(self) -> None:
        """Ten seconds is how often the ledger is sealed, unless set otherwise."""
        super().__init__(headers={"Retry-After": _SEALED_SOON})


class NotProvable(Conflict):
    """No row of the ledger holds the digest of this signature: the note or the ledger was altered afterwards."""

    code = "not-provable"
    title = "No proof of this signature"
    remedy = "Do not trust the note. Tell the operator, who runs `integration-api ledger verify`."


async def read_note_proof(work: Work, note_id: UUID) -> NoteProof:
    """Return the proof of the content that stands now. Raises NotFound, NoteNotSigned, NotSealedYet, NotProvable."""
    row = await work.get(sql.READ_NOTE, id=note_id)
    if row.content_sha256 is None:
        raise NoteNotSigned
    signatures = [await _prove(work, row, SignedAs.AUTHOR)]
    if row.cosigned_at is not None:
        signatures.append(await _prove(work, row, SignedAs.COSIGNER))
    work.record(row.id, row.patient_id)
    return NoteProof(
        note_id=row.id, patient_id=row.patient_id, content_sha256=row.content_sha256, signatures=signatures
    )


async def gather_proof(
    work: Work, row: NoteRow, entries: Mapping[tuple[UUID | None, bytes | None], SignedEntry]
) -> NoteProof:
    """Return the proof of a signed note whose chart is read as a whole, by its rows of the ledger.

    They are by subject and digest. Raises NotSealedYet, NotProvable.
    """
    signatures = [await _gather(work, row, SignedAs.AUTHOR, entries)]
    if row.cosigned_at is not None:
        signatures.append(await _gather(work, row, SignedAs.COSIGNER, entries))
    return NoteProof(
        note_id=row.id, patient_id=row.patient_id, content_sha256=str(row.content_sha256), signatures=signatures
    )


async def _gather(
    work: Work,
    row: NoteRow,
    signed_as: SignedAs,
    entries: Mapping[tuple[UUID | None, bytes | None], SignedEntry],
) -> SignatureProof:
    entry = entries.get((row.id, _digest(row, signed_as)))
    if entry is None:
        return _imported(row, signed_as)
    if entry.position is None:
        raise NotSealedYet
    return await prove_entry(work, row, signed_as, entry)


def author_digest(row: NoteRow) -> bytes:
    """Return the digest that the ledger holds of the author's signature under a note."""
    return _digest(row, SignedAs.AUTHOR)


def cosigner_digest(row: NoteRow) -> bytes:
    """Return the digest that the ledger holds of the co-signer's signature."""
    return _digest(row, SignedAs.COSIGNER)


_Facts = tuple[UUID, str | None, str | None, str, datetime]


def _facts(row: NoteRow, signed_as: SignedAs) -> _Facts:
    """Return the signer, with name, credential, attestation and time. The note must carry that signature."""
    author = (row.signed_by_id, row.signer_name, row.signer_credential, row.attestation, row.signed_at)
    if signed_as is SignedAs.AUTHOR:
        return cast(_Facts, author)
    name, credential, attestation = row.cosigner_name, row.cosigner_credential, row.cosigner_attestation
    return cast(_Facts, (row.cosigned_by_id, name, credential, attestation, row.cosigned_at))


def _digest(row: NoteRow, signed_as: SignedAs) -> bytes:
    account_id, name, credential, attestation, signed_at = _facts(row, signed_as)
    return signature_sha256(
        content_sha256=str(row.content_sha256),
        signed_as=signed_as,
        account_id=account_id,
        name=name,
        credential=credential,
        attestation=attestation,
        signed_at=signed_at,
    )


async def _prove(work: Work, row: NoteRow, signed_as: SignedAs) -> SignatureProof:
    """Raises NotSealedYet, NotProvable."""
    signed_at, digest = _facts(row, signed_as)[-1], _digest(row, signed_as)
    entry = await work.one(SIGNED_ENTRY, patient_id=row.patient_id, note_id=row.id, signed_at=signed_at, digest=digest)
    if entry is None:
        return _imported(row, signed_as)
    if entry.position is None or entry.seal_number is None:
        raise NotSealedYet
    return await prove_entry(work, row, signed_as, entry)


def _imported(row: NoteRow, signed_as: SignedAs) -> SignatureProof:
    """Return the proof of a signature that came with the chart from another deployment. Raises NotProvable.

    It is of the content that stands; anybody can check it, as those of this deployment.
    """
    told = row.imported_proof or {}
    if told.get("content_sha256") != row.content_sha256:
        raise NotProvable
    for one in _SIGNATURES.validate_python(told.get("signatures", [])):
        if one["signed_as"] == signed_as:
            return one
    raise NotProvable


async def prove_entry(work: Work, row: NoteRow, signed_as: SignedAs, entry: SignedEntry) -> SignatureProof:
    """Return the proof of a signature whose row of the ledger was found, and is sealed. Raises NotSealedYet."""
    account_id, name, credential, attestation, signed_at = _facts(row, signed_as)
    seal = await work.get(ledger_sql.READ_SEAL, NotSealedYet, clinic_id=row.clinic_id, number=entry.seal_number)
    places = await work.all(
        ledger_sql.READ_PLACES, clinic_id=row.clinic_id, position=seal.first_position - 1, page_rows=seal.row_count
    )
    told = {column: entry.__dict__[column] for column in COLUMNS[ENCODING]}
    return {
        "signed_as": signed_as,
        "account_id": account_id,
        "name": name,
        "credential": credential,
        "attestation": attestation,
        "at": signed_at,
        "entry": cast(ProofEntry, {**told, "digest": _digest(row, signed_as).hex()}),
        **inclusion(seal, places, cast(int, entry.position)),
    }
