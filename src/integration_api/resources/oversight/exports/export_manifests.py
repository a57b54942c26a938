"""`manifest.json`: what an export is, what it leaves out, and each file with its size, digest and count."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from integration_api.resources.oversight.exports.archives import Written
from integration_api.resources.oversight.exports.rules import FORMAT, FORMAT_VERSION, left_out
from integration_api.resources.oversight.exports.tables import ExportRow


def manifest(
    row: ExportRow,
    clinic: str,
    made_at: datetime,
    zone: str,
    public_key: str,
    files: Sequence[Written],
    missing: Mapping[str, int],
    entries: Mapping[str, int],
) -> bytes:
    """Return the manifest. `entries` counts those of the readable chart by kind."""
    is_copy = row.record_request_id is not None
    said = {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "export_id": str(row.id),
        "record_request_id": str(row.record_request_id) if is_copy else None,
        "patient_id": str(row.patient_id),
        "clinic_id": str(row.clinic_id),
        "clinic": clinic,
        "made_at": made_at.isoformat().replace("+00:00", "Z"),
        "time_zone": zone,
        "public_key": public_key,
        "left_out": [
            {"kind": kind, "why": why, "count": count} for kind, why, count in left_out(missing, is_copy=is_copy)
        ],
        "entries_of_chart": dict(entries),
        "files": [
            {"path": one.path, "size_bytes": one.size_bytes, "sha256": one.sha256, "count": one.count} for one in files
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
