"""The Statements of the release before, as its servers ran them: `make previous` records those of this one.

A server of the release before is, to the database, its SQL.
"""

import json
import lzma
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integration_api.app import create_app
from integration_api.settings import Settings
from integration_api.storage.compiling import Compiled, DialectName
from integration_api.storage.migrations import latest_revision
from integration_api.storage.statements import STATEMENTS

FILE = Path(__file__).parent / "previous.json.xz"
_KINDS: tuple[DialectName, ...] = ("postgresql", "sqlite")


@dataclass(frozen=True, slots=True)
class Release:
    """The revision that a release needed, and its Statements by database and name."""

    revision: str
    statements: Mapping[str, Mapping[str, Any]]


def record() -> None:
    """Write the Statements of this program into the file."""
    create_app(Settings())
    found = {kind: {name: _told(one.compiled(kind)) for name, one in sorted(STATEMENTS.items())} for kind in _KINDS}
    text = json.dumps({"revision": latest_revision(), "statements": found})
    FILE.write_bytes(lzma.compress(text.encode(), preset=9))


def _told(compiled: Compiled) -> dict[str, Any]:
    return {
        "sql": compiled.sql,
        "parameters": compiled.parameters,
        "columns": compiled.columns,
    }


def read() -> Release:
    """Return the release before."""
    found = json.loads(lzma.decompress(FILE.read_bytes()))
    return Release(found["revision"], found["statements"])


if __name__ == "__main__":
    record()
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size:,} bytes, revision {latest_revision()}\n")
