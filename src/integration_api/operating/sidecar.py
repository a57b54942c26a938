"""The small file beside a backup, which tells later whether the backup is whole, and which key opens it."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from uuid import UUID

from integration_api.operating.checks import NotDone, open_alone
from integration_api.storage.objects import write_through
from integration_api.storage.sqlite import explained
from integration_api.storage.vault import HEADER_BYTES, Vault

FORMAT = "integration-journal-backup-1"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
_KEYS = f"SELECT hex(substr(wrapped_key, 2, {HEADER_BYTES - 1})), count(*) FROM vault_keys GROUP BY 1 ORDER BY 1"  # noqa: S608
_HEADS = """SELECT clinic_id, number, first_position + row_count - 1, hex(head) FROM ledger_seals AS last
WHERE number = (SELECT max(number) FROM ledger_seals WHERE clinic_id = last.clinic_id) ORDER BY clinic_id"""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Size and hash of a backup; rows by table, wrapped keys by master key, and the newest seal of each clinic."""

    made_at: str
    revision: str
    size_bytes: int
    sha256: str
    rows: Mapping[str, int]
    master_keys: Mapping[str, int]
    seals: Mapping[str, Mapping[str, int | str]] = field(default_factory=dict)
    format: str = FORMAT


def sidecar_of(backup: Path) -> Path:
    """Return the path of the small file beside a backup."""
    return backup.with_name(f"{backup.name}.json")


def describe(database: Path, revision: str, now: datetime) -> Sidecar:
    """Return what a database holds that nobody changes. Raises DatabaseUnfit, OSError."""
    try:
        with closing(open_alone(database)) as connection:
            names = [name for (name,) in connection.execute(_TABLES)]
            counted = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
            keys = {header.lower(): number for header, number in connection.execute(_KEYS)}
            seals = {
                str(UUID(clinic_id)): {"number": number, "rows": rows, "head": head.lower()}
                for clinic_id, number, rows, head in connection.execute(_HEADS)
            }
    except sqlite3.Error as error:
        raise explained(database, error) from error
    return Sidecar(now.isoformat(), revision, database.stat().st_size, _hash_of(database), counted, keys, seals)


def write(sidecar: Sidecar, path: Path) -> None:
    """Write it, readable by its owner only. Raises OSError."""
    path.touch(mode=0o600)
    path.write_text(json.dumps(asdict(sidecar), indent=1) + "\n", "utf-8")
    write_through(path)


def read(backup: Path) -> Sidecar | None:
    """Return what was written beside a backup, or None if nothing was. Raises NotDone, OSError."""
    path = sidecar_of(backup)
    return _read(path) if path.exists() else None


def missing_keys(path: Path, vault: Vault) -> list[str]:
    """Return the ids of the master keys that a described backup needs beyond those given. Raises NotDone, OSError."""
    needed = _read(path).master_keys
    return [key for key in needed if not vault.accepts(vault.header[:1] + bytes.fromhex(key))]


def _read(path: Path) -> Sidecar:
    try:
        found = Sidecar(**json.loads(path.read_text("utf-8")))
    except (TypeError, ValueError) as error:
        raise NotDone(f"{path} does not describe a backup") from error
    if found.format != FORMAT:
        raise NotDone(f"{path} has the format {found.format}, which this program does not know")
    return found


def check_is_same(backup: Path, sidecar: Sidecar) -> None:
    """Raise NotDone if a backup is not the file that was described."""
    if backup.stat().st_size != sidecar.size_bytes or _hash_of(backup) != sidecar.sha256:
        raise NotDone(f"{backup} is not as it was made: its size or SHA-256 is not that of {sidecar_of(backup).name}")


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
