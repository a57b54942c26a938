"""Deployments of their own, with keys of their own, between which charts move."""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from integration_api.operating.chart_packages import Written, export_chart, import_chart
from integration_api.operating.envelopes import new_identity, opened_envelope, read_identities, sealed_envelope
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.package_manifests import is_content, packed
from integration_api.resources.oversight.exports.package_rows import canonical_line
from integration_api.settings import Settings
from tests.applications import application, settings_of
from tests.databases import migrated_sqlite
from tests.support import Api, SettableClock, World

LIMIT = 10**9
UNLISTED = {"manifest.json", "manifest.sig", "signing-key.pem"}
MASTER_KEYS = (
    "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
    "QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=",
)


@dataclass
class Deployment:
    """A database with its own keys, the name by which packages are sent to it, and its own key of age."""

    settings: Settings
    clock: SettableClock
    identity: Path
    public: str

    @classmethod
    def at(cls, folder: Path, url: str | None, key: str, clock: SettableClock) -> "Deployment":
        """Make one; `url` is of a migrated PostgreSQL database, None for one of SQLite."""
        settings = settings_of(folder, url).model_copy(update={"master_key": SecretStr(key)})
        folder.mkdir(parents=True, exist_ok=True)
        if url is None:
            migrated_sqlite(settings.sqlite_path)
        secret, public = new_identity()
        identity = folder / "identity.txt"
        identity.write_text(f"# {public}\n{secret}\n")
        return cls(settings, clock, identity, public)

    def serve(self) -> AbstractAsyncContextManager[Api]:
        """Serve it."""
        return application(self.settings, self.clock)

    async def with_a_clinic(self, name: str = "Test House") -> None:
        """Make its clinic."""
        async with self.serve() as api:
            await World.build(api, name=name)

    async def send(self, chart: str | UUID, to: "Deployment", path: Path) -> Written:
        """Write the package of a chart for another one."""
        return await export_chart(self.settings, UUID(str(chart)), to.public, path, None, self.clock)

    async def take(self, path: Path, sender: str | None, *, apply: bool = True) -> Mapping[str, Any]:
        """Import a package."""
        return await import_chart(self.settings, path, self.identity, None, sender, apply=apply, clock=self.clock)

    def opened(self, path: Path) -> dict[str, bytes]:
        """The files of a package for this one."""
        return {one.path: one.read(LIMIT) for one in opened_envelope(path, read_identities(self.identity))}

    def manifest(self, path: Path) -> dict[str, Any]:
        """The manifest of a package for this one."""
        found: dict[str, Any] = json.loads(self.opened(path)["manifest.json"])
        return found


def of_the_chart(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What a manifest says of the chart alone."""
    return {name: value for name, value in manifest.items() if name != "deployment"}


SEED = bytes(range(32))
"""Of the signing key of packages that a test makes up."""


def made_up(files: Mapping[str, bytes], to: Deployment, path: Path, **facts: object) -> str:
    """Write a package of these files, its manifest made to fit them and signed anew; return the signing key.

    `facts` replace members of the manifest.
    """
    signer, manifest = ExportSigner(SEED), json.loads(files["manifest.json"])
    manifest |= facts
    manifest["deployment"]["public_key"] = signer.public_key.hex()
    others = {name: data for name, data in files.items() if name not in UNLISTED}
    facts_of = {name: asdict(packed(name, data)) for name, data in others.items() if not is_content(name)}
    manifest["files"] = [
        *(one for one in manifest["files"] if is_content(one["path"]) and one["path"] in others),
        *(one for name, one in facts_of.items() if not name.startswith("evidence/")),
    ]
    manifest["deployment"]["files"] = [one for name, one in facts_of.items() if name.startswith("evidence/")]
    data = json.dumps(manifest).encode()
    write_files({"manifest.json": data, "manifest.sig": signer.sign(data), **others}, to, path)
    return signer.public_key.hex()


def write_files(files: Mapping[str, bytes], to: Deployment, path: Path) -> None:
    """Write these files as a package, whatever they are."""
    with sealed_envelope(path, to.public) as envelope:
        for name, content in files.items():
            envelope.add(name, content)


def edited(line_file: bytes, change: Callable[[dict[str, Any]], object], at: int = 0) -> bytes:
    """A file of lines, one of them changed."""
    rows = [json.loads(line) for line in line_file.splitlines()]
    change(rows[at])
    return b"".join(canonical_line(row) for row in rows)
