"""The manifest of a continuity package: what it is, each file with size, digest and count, and who made it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from integration_api.resources.oversight.exports.package_rows import object_of
from integration_api.resources.oversight.exports.package_tables import LEFT_BEHIND

PACKAGE_FORMAT, PACKAGE_VERSION, KNOWN_MAJOR = "integration-journal-package", "1.0", "1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
AUTHORS, PROOFS = "authors.jsonl", "evidence/proofs/"
LEDGER, IMPORTS = "evidence/ledger.jsonl", "evidence/imports.jsonl"
_ROWS, _FILES = "rows/", "attachments/"
MAX_MANIFEST_BYTES = 16 * 1024 * 1024


class PackageRefused(ValueError):
    """A package is not taken; the message is one sentence for the operator."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of the package."""

    path: str
    size_bytes: int
    sha256: str
    count: int


def rows_path(table: str) -> str:
    """Return the path of a table's rows."""
    return f"{_ROWS}{table}.jsonl"


def table_at(path: str) -> str | None:
    """Return the table whose rows are at a path; None if none are."""
    is_rows = path.startswith(_ROWS) and path.endswith(".jsonl")
    return path.removeprefix(_ROWS).removesuffix(".jsonl") if is_rows else None


def content_path(sha256: str | None) -> str:
    """Return the path of a file's bytes."""
    return f"{_FILES}{sha256}"


def is_content(path: str) -> bool:
    """Return whether a path is of a file's bytes."""
    return path.startswith(_FILES)


def packed(path: str, data: bytes) -> PackedFile:
    """Return the facts of a file of lines."""
    return PackedFile(path, len(data), hashlib.sha256(data).hexdigest(), data.count(b"\n"))


def manifest_of(
    patient_id: str, files: Sequence[PackedFile], deployment: Mapping[str, object], evidence: Sequence[PackedFile]
) -> bytes:
    """Return the bytes that are signed. All but `deployment` follows from the chart alone."""
    manifest = {
        "format": PACKAGE_FORMAT,
        "version": PACKAGE_VERSION,
        "patient_id": patient_id,
        "files": [asdict(one) for one in files],
        "left_behind": dict(LEFT_BEHIND),
        "deployment": {**deployment, "files": [asdict(one) for one in evidence]},
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that was read."""

    data: bytes
    version: str
    patient_id: str
    files: Mapping[str, PackedFile]
    deployment: Mapping[str, Any]

    @property
    def sha256(self) -> str:
        """Return the digest of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


def read_manifest(data: bytes) -> Manifest:
    """Return a manifest. Raises PackageRefused, for another format and an unknown major version too."""
    try:
        told = object_of(data)
        if told["format"] != PACKAGE_FORMAT:
            raise PackageRefused("This is no continuity package of a chart.")
        version = str(told["version"])
        if version.split(".", maxsplit=1)[0] != KNOWN_MAJOR:
            raise PackageRefused(
                f"The package has version {version}, and this program reads version {KNOWN_MAJOR} only."
            )
        deployment = dict(told["deployment"])
        listed = [*told["files"], *deployment.get("files", [])]
        files = [
            PackedFile(str(f["path"]), _size(f["size_bytes"]), str(f["sha256"]), _size(f["count"])) for f in listed
        ]
        if (made_at := deployment.get("made_at")) is not None:
            _check_instant(made_at)
        str(deployment["public_key"])
        patient_id = str(told["patient_id"])
    except PackageRefused:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise PackageRefused("The manifest of the package cannot be read.") from None
    by_path = {one.path: one for one in files}
    if len(by_path) < len(files):
        raise PackageRefused("The manifest of the package names a file twice.")
    return Manifest(data, version, patient_id, by_path, deployment)


def _size(told: object) -> int:
    """Return a number of bytes or rows. Raises ValueError for a fraction, a truth value or less than none."""
    if type(told) is not int or told < 0:
        raise ValueError
    return told


def _check_instant(told: str) -> None:
    """Raise ValueError, TypeError or OverflowError for what is no time of some zone."""
    found = datetime.fromisoformat(told)
    if found.utcoffset() is None:
        raise ValueError
    found.astimezone(UTC)


def check_signature(manifest: Manifest, signature: bytes) -> None:
    """Raise PackageRefused if the manifest was not signed by the key that it names."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(str(manifest.deployment["public_key"])))
        key.verify(signature, manifest.data)
    except (ValueError, InvalidSignature):
        raise PackageRefused("The manifest of the package is not signed by the key that it names.") from None


def check_file(told: PackedFile, size_bytes: int, sha256: str, count: int) -> None:
    """Raise PackageRefused if a file is not as the manifest says."""
    if (size_bytes, sha256, count) != (told.size_bytes, told.sha256, told.count):
        raise PackageRefused(f"The file {told.path} is not as the manifest says.")
