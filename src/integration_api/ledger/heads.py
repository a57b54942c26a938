"""Signed heads outside of the database. They show that a chain was cut off, or rewritten with the signing key.

The charts that were erased stand beside them, for a restore of an older backup to erase them again.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from integration_api.core.canonical import canonical
from integration_api.ledger import statements as sql
from integration_api.ledger.seal import Signer, is_signed
from integration_api.ledger.sealer import clinics_of
from integration_api.storage.database import Database

FORMAT = "integration-journal-heads-1"
_ERASED = b"integration-journal-erased-1"


class HeadsBroken(ValueError):
    """The file holds no heads, or a head that its own key did not sign; the message says which."""


@dataclass(frozen=True, slots=True)
class Head:
    """A clinic's newest head, as it was exported."""

    number: int
    rows: int
    head: bytes
    signature: bytes
    sealed_at: str


@dataclass(frozen=True, slots=True)
class ErasedChart:
    """A chart whose key was destroyed."""

    clinic_id: UUID
    patient_id: UUID
    erased_at: str


@dataclass(frozen=True, slots=True)
class Heads:
    """The content of one file."""

    public_key: bytes
    exported_at: str
    by_clinic: Mapping[UUID, Head]
    erased: tuple[ErasedChart, ...] | None = None
    """None in a file of an older program."""
    erased_signature: bytes = b""


async def export_heads(database: Database, public_key: bytes, now: datetime) -> Heads:
    """Return the newest head of every clinic. Raises DatabaseDown."""
    found: dict[UUID, Head] = {}
    async for clinic_id in clinics_of(database, len(sql.NEXT_CLINICS)):
        last = await database.one(sql.LAST_SEAL, {"clinic_id": clinic_id})
        if last is not None:
            rows = last.first_position + last.row_count - 1
            found[clinic_id] = Head(last.number, rows, last.head, last.signature, last.sealed_at.isoformat())
    return Heads(public_key, now.isoformat(), found)


def naming_erased(heads: Heads, charts: Iterable[ErasedChart], signer: Signer) -> Heads:
    """Return the heads with the charts that were erased, signed together with the time of the export."""
    named = replace(heads, erased=tuple(charts))
    return replace(named, erased_signature=signer.sign(_hash_of_erased(named), _ERASED))


def _hash_of_erased(heads: Heads) -> bytes:
    charts = [[one.clinic_id, one.patient_id, one.erased_at] for one in heads.erased or ()]
    return hashlib.sha256(canonical((heads.exported_at, *charts))).digest()


def write_heads(heads: Heads, path: Path | None) -> str:
    """Return the heads as text. If a path is given, also write them there, whole or not at all."""
    told: dict[str, object] = {
        "format": FORMAT,
        "exported_at": heads.exported_at,
        "public_key": heads.public_key.hex(),
        "heads": [
            {
                "clinic_id": str(clinic_id),
                "number": head.number,
                "rows": head.rows,
                "head": head.head.hex(),
                "signature": head.signature.hex(),
                "sealed_at": head.sealed_at,
            }
            for clinic_id, head in heads.by_clinic.items()
        ],
    }
    if heads.erased is not None:
        told["erased"] = [{name: str(value) for name, value in asdict(one).items()} for one in heads.erased]
        told["erased_signature"] = heads.erased_signature.hex()
    text = json.dumps(told, indent=1)
    if path is not None:
        aside = path.with_name(f"{path.name}.new")
        with aside.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    return text


def read_heads(text: str) -> Heads:
    """Return the heads that `write_heads` wrote. Raises HeadsBroken."""
    try:
        told = json.loads(text)
        if told["format"] != FORMAT:
            raise HeadsBroken(f"the file does not begin as {FORMAT}")
        public_key = bytes.fromhex(told["public_key"])
        by_clinic = {
            UUID(one["clinic_id"]): Head(
                int(one["number"]),
                int(one["rows"]),
                bytes.fromhex(one["head"]),
                bytes.fromhex(one["signature"]),
                str(one["sealed_at"]),
            )
            for one in told["heads"]
        }
        found = Heads(public_key, str(told["exported_at"]), by_clinic)
        if "erased" in told:
            charts = tuple(
                ErasedChart(UUID(one["clinic_id"]), UUID(one["patient_id"]), str(one["erased_at"]))
                for one in told["erased"]
            )
            found = replace(found, erased=charts, erased_signature=bytes.fromhex(told["erased_signature"]))
    except (AttributeError, KeyError, TypeError, json.JSONDecodeError) as error:
        raise HeadsBroken("the file holds no exported heads") from error
    for clinic_id, head in by_clinic.items():
        if not is_signed(head.head, head.signature, public_key):
            raise HeadsBroken(f"the head of clinic {clinic_id} in the file was not signed with the file's key")
    if found.erased is not None and not is_signed(_hash_of_erased(found), found.erased_signature, public_key, _ERASED):
        raise HeadsBroken("the erased charts in the file were not signed with the file's key")
    return found
