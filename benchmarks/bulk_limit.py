"""The limit of a bulk export on SQLite, by hand: the same rows decrypted, written as FHIR, sealed, and kept by file.

It asks for no consent, knows one type alone, and holds no claim. It reads 1,000 rows at once, by the index.
"""

import hashlib
import json
import sqlite3
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.filling import Keys
from integration_api.core.ids import new_id
from integration_api.storage.sqlite import connect
from integration_api.storage.vault import DataKey, associated_data

FILE_ROWS = 1_000
_LABELS = [
    {"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"},
    {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "PSY"},
]
LINE_COLUMNS = "id, patient_id, version, created_at, updated_at, name, dose, kind"
_ROWS = f"""
SELECT {LINE_COLUMNS} FROM medicines
WHERE clinic_id = ? AND (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?
"""
_FILES = "CREATE TABLE IF NOT EXISTS bench_files (id BLOB PRIMARY KEY, count INTEGER, sha256 TEXT)"


def written_by_hand(path: Path, folder: Path, clinic_id: object, keys: Keys) -> tuple[int, float]:
    """Return how many resources were written, and the seconds that it took."""
    connection = connect(path)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(_FILES)
    folder.mkdir()
    began, count, last = time.perf_counter(), 0, ("", b"")
    while rows := connection.execute(_ROWS, (clinic_id, *last, FILE_ROWS)).fetchall():
        last = (rows[-1][3], rows[-1][0])
        lines = [_line(row, keys) for row in rows if uuid_of(row[1]) in keys]
        _write(connection, folder, b"".join(lines), len(lines))
        count += len(lines)
    connection.close()
    return count, time.perf_counter() - began


def _write(connection: sqlite3.Connection, folder: Path, data: bytes, count: int) -> None:
    """Seal one file, write it to the disk, and commit its row."""
    file_id = new_id()
    sealed = DataKey(hashlib.sha256(file_id.bytes).digest(), b"bench").encrypt(data, file_id.bytes)
    (folder / file_id.hex).write_bytes(sealed)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO bench_files VALUES (?, ?, ?)", (file_id.bytes, count, hashlib.sha256(sealed).hexdigest())
    )
    connection.execute("COMMIT")


def _line(row: tuple[Any, ...], keys: Keys) -> bytes:
    return json.dumps(resource_of(row, keys), ensure_ascii=False).encode() + b"\n"


def resource_of(row: tuple[Any, ...], keys: Keys) -> dict[str, Any]:
    """Return one resource; the row has LINE_COLUMNS."""
    row_id, owner, version, created_at, updated_at, name, dose, kind = row
    id_, patient_id = uuid_of(row_id), uuid_of(owner)
    key = keys[patient_id]
    return {
        "resourceType": "MedicationStatement",
        "id": str(id_),
        "meta": {"versionId": str(version), "lastUpdated": updated_at, "security": _LABELS},
        "extension": [{"url": "urn:integration-journal:medicine-kind", "valueCode": kind}],
        "status": "active",
        "medicationCodeableConcept": {
            "text": key.decrypt(name, associated_data("medicines", id_, "name", version)).decode()
        },
        "subject": {"reference": f"Patient/{patient_id}", "type": "Patient"},
        "dateAsserted": created_at,
        "dosage": [{"text": key.decrypt(dose, associated_data("medicines", id_, "dose", version)).decode()}],
    }


def uuid_of(value: Any) -> UUID:  # noqa: ANN401  as the database has it
    """Return an id."""
    return UUID(bytes=value) if isinstance(value, bytes) else UUID(value)
