"""Moving a chart: a package is written for another deployment, verified when it comes, and put in."""

import hashlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from integration_api import __version__
from integration_api.access.binding_check import NEXT_CLINIC
from integration_api.access.bulk_work import BulkWork
from integration_api.access.runtime import Runtime
from integration_api.access.tables import TenantRow
from integration_api.access.work import Work
from integration_api.app import open_runtime, sealer_of
from integration_api.core.clock import Clock, system_clock
from integration_api.operating.checks import NotDone
from integration_api.operating.envelopes import (
    EnvelopeFile,
    EnvelopeWriter,
    opened_envelope,
    read_identities,
    sealed_envelope,
)
from integration_api.resources.journal.attachments.rules import MAX_BYTES
from integration_api.resources.journal.attachments.sealed_parts import Parts, part_ids
from integration_api.resources.journal.notes.tables import AttachmentRow
from integration_api.resources.oversight.exports import operations
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.package_checks import Package, Plan, plan_import, report_of
from integration_api.resources.oversight.exports.package_exports import PackedChart, pack_chart
from integration_api.resources.oversight.exports.package_imports import Sealed, collect_import, seal_content
from integration_api.resources.oversight.exports.package_manifests import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    SIGNATURE,
    Manifest,
    PackageRefused,
    PackedFile,
    check_file,
    check_signature,
    content_path,
    is_content,
    read_manifest,
)
from integration_api.resources.oversight.exports.package_tables import ATTACHMENTS
from integration_api.resources.people.clinics.statements import CLINIC_BY_ID, CLINIC_BY_SLUG
from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.database import BrokenReference, Database, Duplicate, Missed
from integration_api.storage.objects import ObjectsDown
from integration_api.storage.vault import DecryptionFailed

MAX_FILE_BYTES = 2**30
"""Of one kind of rows: our own choice, since a kind is held in memory."""
MAX_LINES_BYTES = 2**31
"""Of all kinds of rows and the evidence together: our own choice, since all of them are held in memory."""
MAX_PACKAGE_BYTES = 2**40
"""Of everything together, bytes of attachments too: our own choice, far above any chart."""
_MAX_PEM_BYTES = 4096
_SIGNATURE_BYTES = 64
_KEY = "signing-key.pem"


@dataclass(frozen=True, slots=True)
class Written:
    """A package that was written."""

    rows: int
    attachments: int
    without_proof: int
    public_key: str
    manifest_sha256: str


async def export_chart(
    settings: Settings, patient_id: UUID, to: str, path: Path, clinic: str | None, clock: Clock = system_clock
) -> Written:
    """Write the package of a chart, and record in the ledger that it was made.

    Raises NotDone, PackageRefused, OSError, DatabaseDown.
    """
    async with open_runtime(settings, clock) as runtime, telling_faults():
        tenant = await find_clinic(runtime.database, clinic)
        await sealer_of(runtime).seal_all(back=None)  # so that what was signed a moment ago has its proof
        work = Work(runtime, operations.EXPORT_CHART, uuid4().hex)
        facts = {"program": __version__, "revision": migrations.latest_revision()}
        chart = await pack_chart(work, tenant.clinic_id, patient_id, tenant.name, facts)
        sha256 = hashlib.sha256(chart.manifest).hexdigest()
        with sealed_envelope(path, to) as envelope:
            await _write(envelope, chart, runtime)
            done = Work(runtime, operations.EXPORT_CHART, work.request_id)
            done.record(
                patient_id, patient_id, clinic_id=tenant.clinic_id, is_opened=False, digest=bytes.fromhex(sha256)
            )
            await done.apply()
    return Written(chart.rows, len(chart.attachments), chart.without_proof, chart.public_key, sha256)


async def _write(envelope: EnvelopeWriter, chart: PackedChart, runtime: Runtime) -> None:
    envelope.add(MANIFEST, chart.manifest)
    envelope.add(SIGNATURE, chart.signature)
    envelope.add(_KEY, ExportSigner.of(runtime.vault).pem)
    for name in sorted(chart.files):
        envelope.add(name, chart.files[name])
    for row in chart.attachments:
        await _write_content(envelope, row, runtime)


async def _write_content(envelope: EnvelopeWriter, row: AttachmentRow, runtime: Runtime) -> None:
    parts = Parts(row, runtime.objects)
    envelope.begin(content_path(row.sha256), row.size_bytes)
    for number in range(len(part_ids(row.objects))):
        envelope.write(await parts.read(number))
    envelope.end(row.size_bytes)


class _Check:
    """A package on its way through the check."""

    def __init__(self, sender: str | None) -> None:
        """Begin before its first file. `sender` is the key that must have signed it; None for any."""
        self.sender = sender.strip().lower() if sender is not None else None
        self.manifest: Manifest | None = None
        self.is_signed = False
        self.files: dict[str, bytes] = {}
        self.seen: set[str] = set()

    def take(self, file: EnvelopeFile) -> None:
        """Check one file. Raises PackageRefused, NotDone."""
        if self.manifest is None:
            if file.path != MANIFEST:
                raise PackageRefused("The package does not begin with its manifest.")
            self.manifest = read_manifest(file.read(MAX_MANIFEST_BYTES))
            _check_total(self.manifest)
        elif file.path == SIGNATURE:
            check_signature(self.manifest, file.read(_SIGNATURE_BYTES))
            if self.sender not in {None, self.manifest.deployment["public_key"]}:
                raise PackageRefused("The package was signed by another key than the sender's.")
            self.is_signed = True
        elif file.path == _KEY:
            file.read(_MAX_PEM_BYTES)
        else:
            told = self.manifest.files.get(file.path)
            if told is None or not self.is_signed or file.path in self.seen:
                raise PackageRefused("The package holds a file that its manifest does not name.")
            if file.size_bytes != told.size_bytes:
                raise PackageRefused(f"The file {told.path} is not as the manifest says.")
            self.seen.add(file.path)
            self._take_content(told, file)

    def _take_content(self, told: PackedFile, file: EnvelopeFile) -> None:
        if is_content(file.path):
            digest, size = hashlib.sha256(), 0
            for piece in file.pieces():
                digest.update(piece)
                size += len(piece)
            check_file(told, size, digest.hexdigest(), 1)
        else:
            found = file.read(MAX_FILE_BYTES)
            check_file(told, len(found), hashlib.sha256(found).hexdigest(), found.count(b"\n"))
            self.files[file.path] = found


def _check_total(manifest: Manifest) -> None:
    """Raise PackageRefused for more than this program reads."""
    lines = sum(one.size_bytes for one in manifest.files.values() if not is_content(one.path))
    if lines > MAX_LINES_BYTES or sum(one.size_bytes for one in manifest.files.values()) > MAX_PACKAGE_BYTES:
        raise PackageRefused("The package is larger than this program reads.")


def verify_package(path: Path, identity: Path, sender: str | None) -> Package:
    """Return a package whose signature, digests and counts hold. Raises NotDone, PackageRefused, OSError.

    If `sender` is given, it is the key that must have signed it.
    """
    check = _Check(sender)
    for file in opened_envelope(path, read_identities(identity)):
        check.take(file)
    manifest = check.manifest
    if manifest is None or not check.is_signed or check.seen != set(manifest.files):
        raise PackageRefused("Files of the package are missing that its manifest names.")
    return Package(manifest, check.files)


async def import_chart(
    settings: Settings,
    path: Path,
    identity: Path,
    clinic: str | None,
    sender: str | None,
    *,
    apply: bool,
    clock: Clock = system_clock,
) -> Mapping[str, object]:
    """Verify a package and report what would be done; if it is to `apply`, do it in one transaction.

    Raises NotDone, PackageRefused, OSError, DatabaseDown.
    """
    if apply and sender is None:
        raise NotDone(
            "name the key of the sending deployment with --sender: compare it with them by another way than the file"
        )
    package = verify_package(path, identity, sender)
    async with open_runtime(settings, clock) as runtime, telling_faults():
        tenant = await find_clinic(runtime.database, clinic)
        reading = Work(runtime, operations.IMPORT_CHART, uuid4().hex)
        plan = await plan_import(reading, tenant.clinic_id, package)
        is_needed = apply and plan.to_insert > 0
        if apply and plan.refused:
            return {**report_of(plan, package), "applied": False}
        if is_needed:
            await _apply(runtime, tenant.clinic_id, package, plan, path, identity)
            await sealer_of(runtime).seal_all(back=None)
        return {**report_of(plan, package), "applied": apply}


async def _apply(runtime: Runtime, clinic_id: UUID, package: Package, plan: Plan, path: Path, identity: Path) -> None:
    """Keep the bytes of attachments, then insert every row. The package is read a second time for the first."""
    sealing = Work(runtime, operations.IMPORT_CHART, uuid4().hex)
    wanted: dict[str, list[dict[str, Any]]] = {}
    for row in plan.inserts.get(ATTACHMENTS, ()):
        wanted.setdefault(content_path(row["sha256"]), []).append(row)
    sealed: dict[UUID, Sealed] = {}
    for file in opened_envelope(path, read_identities(identity)) if wanted else ():
        content = file.read(MAX_BYTES) if file.path in wanted else b""
        for row in wanted.get(file.path, ()):
            sealed[row["id"]] = await seal_content(sealing, clinic_id, row, content)
    if any(row["id"] not in sealed for rows in wanted.values() for row in rows):
        raise PackageRefused("The package changed while it was read, so nothing of it was taken.")
    work = BulkWork(runtime, operations.IMPORT_CHART, sealing.request_id)
    await collect_import(work, clinic_id, package, plan, sealed)
    try:
        await work.load()
    except (Duplicate, BrokenReference, Missed) as error:
        what = error.constraint if isinstance(error, Duplicate) else type(error).__name__
        raise PackageRefused(
            f"The database refused the chart ({what}), so nothing of it was taken. An id in it is used by something "
            "else, or a row names one that is not there."
        ) from None


@asynccontextmanager
async def telling_faults() -> AsyncIterator[None]:
    """Tell the operator in one sentence what the stores failed with. Raises NotDone."""
    try:
        yield
    except ObjectsDown as error:
        raise NotDone(f"the files of attachments cannot be reached: {error}") from error
    except DecryptionFailed as error:
        raise NotDone(
            "something of the chart does not open: it was altered, or is of another master key; "
            "run `integration-api ledger verify`"
        ) from error


async def find_clinic(database: Database, slug: str | None) -> TenantRow:
    """Return the clinic that is named, or the only one. Raises NotDone."""
    if slug is not None:
        named = await database.one(CLINIC_BY_SLUG, {"slug": slug})
        if named is None:
            raise NotDone("there is no clinic of this short name here")
        return named
    first = await database.one(NEXT_CLINIC, {"last_clinic_id": UUID(int=0)})
    if first is None:
        raise NotDone("there is no clinic here")
    if await database.one(NEXT_CLINIC, {"last_clinic_id": first.clinic_id}) is not None:
        raise NotDone("there are several clinics here: name one with --clinic")
    only = await database.one(CLINIC_BY_ID, {"clinic_id": first.clinic_id})
    assert only is not None  # noqa: S101  it was found
    return only
