"""A whole chart as the files of a continuity package, read by the command line of who runs the service.

It is complete for care: not the patient's view of it. The tables of LEFT_BEHIND are never read.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from integration_api.access.work import Work
from integration_api.ledger import statements as ledger_sql
from integration_api.ledger.tables import SealRow
from integration_api.resources.journal.notes.entry_statements import SignedEntry
from integration_api.resources.journal.notes.proofs import gather_proof
from integration_api.resources.journal.notes.tables import AttachmentRow, AttachmentState, NoteRow
from integration_api.resources.oversight.exports import package_statements as sql
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.package_manifests import (
    AUTHORS,
    IMPORTS,
    LEDGER,
    PROOFS,
    PackageRefused,
    PackedFile,
    content_path,
    manifest_of,
    packed,
    rows_path,
)
from integration_api.resources.oversight.exports.package_rows import author_ids, canonical_line, line_of
from integration_api.resources.oversight.exports.package_tables import ATTACHMENTS, CARRIED, DOCUMENTS, PATIENTS
from integration_api.resources.people.consent_documents.tables import ConsentDocumentRow
from integration_api.storage.tables import ClinicRow
from integration_api.web.errors import Conflict

ChartRows = Mapping[str, Sequence[ClinicRow]]


@dataclass(slots=True)
class PackedChart:
    """A chart as it is packed: the files of lines, and the attachments whose bytes go beside them."""

    manifest: bytes
    signature: bytes
    public_key: str
    files: Mapping[str, bytes]
    attachments: Sequence[AttachmentRow]
    rows: int
    without_proof: int


@dataclass(slots=True)
class _Files:
    lines: dict[str, bytes] = field(default_factory=dict)

    def add(self, path: str, lines: Sequence[bytes]) -> None:
        if lines:
            self.lines[path] = b"".join(lines)

    def facts(self) -> list[PackedFile]:
        return [packed(path, self.lines[path]) for path in sorted(self.lines)]


async def read_chart(work: Work, clinic_id: UUID, patient_id: UUID) -> ChartRows:
    """Return every row that travels, by table, in the order of their ids. There is none of an unknown chart."""
    found: dict[str, Sequence[ClinicRow]] = {}
    for one in CARRIED:
        rows = await work.all(sql.READS[one.name], clinic_id=clinic_id, patient_id=patient_id)
        found[one.name] = sorted({row.id: row for row in rows}.values(), key=lambda row: row.id)
    found[DOCUMENTS] = [_as_published(row) for row in found[DOCUMENTS]]
    found[ATTACHMENTS] = [row for row in found[ATTACHMENTS] if _is_ready(row)]
    return found


def _as_published(row: ClinicRow) -> ClinicRow:
    """Return a version of a consent document with the number that it has in its own clinic."""
    assert isinstance(row, ConsentDocumentRow)  # noqa: S101  by its table
    return row if row.imported_number is None else row.model_copy(update={"number": row.imported_number})


def _is_ready(row: ClinicRow) -> bool:
    return isinstance(row, AttachmentRow) and row.state is AttachmentState.READY


async def pack_chart(
    work: Work, clinic_id: UUID, patient_id: UUID, clinic_name: str, facts: Mapping[str, str]
) -> PackedChart:
    """Return a chart as the files of a package; the caller records that it was exported. Raises PackageRefused.

    `facts` of the program go into the manifest, beside those of the deployment.
    """
    rows = await read_chart(work, clinic_id, patient_id)
    if not rows[PATIENTS]:
        raise PackageRefused("There is no such chart in this clinic, or it was erased.")
    # Both readings are the same, so this is the chart as it was between them, though each takes many statements.
    if await read_chart(work, clinic_id, patient_id) != rows:
        raise PackageRefused("The chart was changed while it was read, so it was not written; run it again.")
    files, evidence = _Files(), _Files()
    for one in CARRIED:
        files.add(rows_path(one.name), [line_of(one, row) for row in rows[one.name]])
    files.add(AUTHORS, await _author_lines(work, clinic_id, rows))
    ledger = await work.all(sql.CHART_LEDGER, clinic_id=clinic_id, patient_id=patient_id)
    evidence.add(LEDGER, [canonical_line(_entry(one)) for one in ledger])
    without_proof = await _add_proofs(
        work, evidence, [row for row in rows["notes"] if isinstance(row, NoteRow)], ledger
    )
    imports = await work.all(sql.CHART_IMPORTS, clinic_id=clinic_id, patient_id=patient_id)
    evidence.add(IMPORTS, [canonical_line({**one.__dict__}) for one in imports])
    attachments = [row for row in rows[ATTACHMENTS] if isinstance(row, AttachmentRow)]
    contents = {
        content_path(row.sha256): PackedFile(content_path(row.sha256), row.size_bytes, str(row.sha256), 1)
        for row in attachments
    }
    signer = ExportSigner.of(work.runtime.vault)
    deployment: dict[str, object] = {
        **facts,
        "clinic_id": str(clinic_id),
        "clinic": clinic_name,
        "made_at": work.now.isoformat(),
        "public_key": signer.public_key.hex(),
        "ledger_head": _head(await work.one(ledger_sql.LAST_SEAL, clinic_id=clinic_id)),
    }
    listed = sorted([*files.facts(), *contents.values()], key=lambda one: one.path)
    manifest = manifest_of(str(patient_id), listed, deployment, evidence.facts())
    return PackedChart(
        manifest=manifest,
        signature=signer.sign(manifest),
        public_key=signer.public_key.hex(),
        files={**files.lines, **evidence.lines},
        attachments=[*{row.sha256: row for row in attachments}.values()],
        rows=sum(map(len, rows.values())),
        without_proof=without_proof,
    )


async def _author_lines(work: Work, clinic_id: UUID, rows: ChartRows) -> list[bytes]:
    """Return who wrote, signed or answered something, by name and credential; a patient by their chart alone."""
    lines = []
    for account_id in sorted(author_ids(row for of_table in rows.values() for row in of_table)):
        found = await work.one(sql.READ_AUTHOR, clinic_id=clinic_id, id=account_id)
        if found is not None:
            told = {"name": found.name, "credential": found.credential, "licence_region": found.licence_region}
            more = {
                "id": found.id,
                "licence_ends_on": found.licence_ends_on,
                "is_patient": found.patient_id is not None,
            }
            lines.append(canonical_line({**told, **more}))
    return lines


async def _add_proofs(work: Work, evidence: _Files, notes: Sequence[NoteRow], ledger: Sequence[SignedEntry]) -> int:
    """Add the proof of each signed note as `check-proof` takes it; return how many cannot be proven."""
    entries, missing = {(one.subject_id, one.digest): one for one in ledger}, 0
    for note in notes:
        if note.content_sha256 is None:
            continue
        try:
            proof = await gather_proof(work, note, entries)
        except Conflict:
            missing += 1
            continue
        evidence.add(f"{PROOFS}{note.id}.json", [canonical_line(json.loads(proof.model_dump_json(warnings=False)))])
    return missing


def _entry(one: SignedEntry) -> dict[str, object]:
    return {**one.__dict__, "digest": one.digest.hex() if one.digest else None}


def _head(last: SealRow | None) -> dict[str, object] | None:
    if last is None:
        return None
    found = {"number": last.number, "rows": last.first_position + last.row_count - 1}
    return {**found, **{name: getattr(last, name).hex() for name in ("head", "signature", "public_key")}}
