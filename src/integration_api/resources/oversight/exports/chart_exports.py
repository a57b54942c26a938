"""Writing one export: each kind is read once, and goes into its data file and the readable chart in the same moment.

FHIR is above this package, so its mappers come in as a function. It is given the things of the same read; its lines
wait in the spool, since the zip takes one file at a time.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from integration_api.access.jobs import OnBehalf
from integration_api.access.queues import MAX_ATTEMPTS
from integration_api.resources.journal.attachments import statements as attachments_sql
from integration_api.resources.journal.attachments.operations import READ_ATTACHMENT_CONTENT
from integration_api.resources.journal.attachments.rules import EXTENSIONS
from integration_api.resources.journal.attachments.sealed_parts import Parts, part_ids
from integration_api.resources.journal.notes.operations import READ_NOTE_PROOF
from integration_api.resources.journal.notes.proofs import read_note_proof
from integration_api.resources.journal.notes.tables import AttachmentRow, AttachmentState, MediaType
from integration_api.resources.oversight.exports.archives import Archive, FileWriter, Whole
from integration_api.resources.oversight.exports.chart_documents import ChartDocument
from integration_api.resources.oversight.exports.chart_texts import Texts
from integration_api.resources.oversight.exports.chart_walks import Kind, Walk
from integration_api.resources.oversight.exports.export_manifests import manifest
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.journal_kinds import FILES, SIGNED
from integration_api.resources.oversight.exports.printers import NotPrinted, Printer
from integration_api.resources.oversight.exports.readmes import readme
from integration_api.resources.oversight.exports.rules import LeftOutKind
from integration_api.resources.oversight.exports.selections import (
    CopySelection,
    Selection,
    check_reads_whole,
    patient_account,
)
from integration_api.resources.oversight.exports.spools import Place, Spool
from integration_api.resources.oversight.exports.tables import ExportRow
from integration_api.resources.people.clinics.operations import READ_CLINIC
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.patients.operations import READ_PATIENT
from integration_api.resources.people.patients.service import load_patient
from integration_api.storage.objects import Objects, ObjectsDown
from integration_api.storage.vault import DecryptionFailed
from integration_api.web.errors import Conflict, NotFound

_NOT_KEPT = {"allowed_actions"}
"""The steps that were possible at the moment of reading say nothing later."""
_TURN_PIECES = 200
"""Entries of the readable chart that are written together."""


class FilesUnreadable(Exception):
    """The contents of some files could not be opened. The export begins anew without them."""

    def __init__(self, attachment_ids: frozenset[UUID]) -> None:
        """Name all of them, so that it begins anew once."""
        super().__init__(*sorted(attachment_ids))
        self.attachment_ids = attachment_ids


Translate = Callable[[str, Sequence[BaseModel]], Mapping[str, Sequence[bytes]]]
"""Returns the lines of some things of a kind, by the type of FHIR that each is."""


def not_translated(_kind: str, _things: Sequence[BaseModel]) -> Mapping[str, Sequence[bytes]]:
    """Return no line."""
    return {}


@dataclass(frozen=True, slots=True)
class MadeExport:
    """An export that was written: the file, and how many things are missing of which kind."""

    whole: Whole
    missing: dict[str, int]


@dataclass(frozen=True, slots=True)
class ExportTask:
    """The source and the target of one export."""

    row: ExportRow
    on_behalf: OnBehalf
    parts: Parts
    signer: ExportSigner
    go_on: Callable[[bytes], Awaitable[None]]
    """Says that the job still runs, and which parts there are. Raises if another process has taken it over."""
    unreadable: frozenset[UUID] = frozenset()
    translate: Translate = not_translated
    printer: Printer | None = None
    """Makes the PDF; None if the server makes none."""

    @property
    def is_copy(self) -> bool:
        """Return whether staff make it, for a record request."""
        return self.row.record_request_id is not None

    async def me(self) -> UUID:
        """Return the account whose words are the patient's own."""
        return await patient_account(self.on_behalf, self.row.patient_id) if self.is_copy else self.row.account_id


async def write_export(task: ExportTask) -> MadeExport:
    """Write the whole archive. Raises FilesUnreadable, ObjectsDown, ActorChanged, and as `go_on`."""
    chart = await load_patient(task.on_behalf.work(READ_PATIENT), task.row.patient_id)
    clinic = await load_clinic(task.on_behalf.work(READ_CLINIC))
    texts = Texts(ZoneInfo(chart.time_zone or clinic.time_zone), await task.me())
    made_at = task.on_behalf.runtime.clock()
    archive = Archive(task.parts, texts.local(made_at), task.go_on)
    try:
        with closing(Spool()) as spool:
            document = ChartDocument(texts, spool, task.row.chart_order, made_at)
            writing = _Export(task, archive, document, spool)
            await writing.write_data()
            await writing.write_fhir()
            await writing.write_files()
            await writing.write_proofs()
            await writing.write_chart()
            await writing.write_pdf()
        await load_patient(task.on_behalf.work(READ_PATIENT), chart.id)  # who has left meanwhile gets no part of it
        if task.is_copy:
            await check_reads_whole(task.on_behalf, chart.id)
        key = task.signer.public_key.hex()
        missing = dict(writing.missing)
        page = readme(texts, chart.name, clinic.name, made_at, key, archive.files, missing, is_copy=task.is_copy)
        await archive.add("README.html", page)
        signed = manifest(task.row, clinic.name, made_at, str(texts.zone), key, archive.files, missing, document.counts)
        await archive.add("manifest.json", signed)
        await archive.add("manifest.sig", task.signer.sign(signed))
        await archive.add("signing-key.pem", task.signer.pem)
        return MadeExport(await archive.end(), missing)
    finally:
        archive.give_up()


@dataclass(slots=True)
class _Export:
    """One export on its way."""

    task: ExportTask
    archive: Archive
    document: ChartDocument
    spool: Spool
    walk: Walk = field(init=False)
    selection: Selection = field(init=False)
    missing: Counter[str] = field(default_factory=Counter)
    fhir: dict[str, list[Place]] = field(default_factory=dict)
    fhir_counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Begin the walk."""
        self.walk = Walk(self.task.on_behalf, self.task.row.patient_id, self._go_on)
        self.selection = (CopySelection if self.task.is_copy else Selection)(self.walk)

    async def _go_on(self) -> None:
        await self.task.go_on(self.archive.objects)

    async def write_data(self) -> None:
        """Write the data file of each kind, and collect its entries of the readable chart."""
        for kind in self.selection.kinds:
            async with self.archive.file(f"data/{kind.name}.jsonl") as file:
                file.count = 0
                await self._write_kind(kind, file)

    async def _write_kind(self, kind: Kind, file: FileWriter) -> None:
        async for found in self.selection.pages(kind):
            page = self.selection.taken(kind, found)
            for group, belongs in kind.groups.items():
                for thing in filter(belongs, page):
                    self.walk.remember(group, thing)
            await file.write(await asyncio.to_thread(self._take, kind, page))
            file.count = (file.count or 0) + len(page)

    def _take(self, kind: Kind, page: Sequence[BaseModel]) -> bytes:
        """Return the lines of the data file; each thing goes into the readable chart in the same moment."""
        lines = []
        for thing in page:
            lines.append(thing.model_dump_json(exclude=_NOT_KEPT, warnings=False).encode() + b"\n")
            kept = thing.model_dump(exclude=_NOT_KEPT, warnings=False)
            if kind.name == "attachments":
                kept["path"] = self._path_of(kept)
            self.document.take(kind, kept)
        for name, translated in self.task.translate(kind.name, page).items():
            self.fhir.setdefault(name, []).append(self.spool.add(b"".join(translated)))
            self.fhir_counts[name] += len(translated)
        return b"".join(lines)

    async def write_fhir(self) -> None:
        """Write the file of each type of FHIR out of its lines."""
        for name, places in self.fhir.items():
            async with self.archive.file(f"fhir/{name}.ndjson") as file:
                file.count = self.fhir_counts[name]
                for place in places:
                    await file.write(await asyncio.to_thread(self.spool.read, place))
                    await self._go_on()

    def _path_of(self, kept: dict[str, object]) -> str | None:
        """Return the path of a file in the archive; None, and count it, if it is left out."""
        if kept["state"] is not AttachmentState.READY:
            self.missing[LeftOutKind.UPLOADS] += 1
            return None
        if kept["id"] in self.task.unreadable:
            self.missing[LeftOutKind.UNREADABLE] += 1
            return None
        content_type = kept["content_type"]
        assert isinstance(content_type, MediaType)  # noqa: S101  by the schema
        return f"attachments/{kept['sha256']}.{EXTENSIONS[content_type]}"

    async def write_files(self) -> None:
        """Write the content of each file once, however often it was attached.

        From the first one that does not open, the others are looked at and not written: the archive begins anew.
        Raises FilesUnreadable, and ObjectsDown if another try of the job may find the file.
        """
        written, unreadable = set[str](), set[UUID]()
        for attachment_id in self.walk.parents.get(FILES, ()):
            work = self.task.on_behalf.work(READ_ATTACHMENT_CONTENT)
            row = await work.one(attachments_sql.READ_ATTACHMENT, id=attachment_id)
            if row is None:
                self.missing[LeftOutKind.UNREADABLE] += 1
                continue
            if row.state is not AttachmentState.READY or row.id in self.task.unreadable:
                continue
            path = f"attachments/{row.sha256}.{EXTENSIONS[row.content_type]}"
            if path in written:
                continue
            try:
                if unreadable:
                    await self._look_at(row, work.runtime.objects)
                else:
                    await self._write_file(path, row, work.runtime.objects)
                written.add(path)
            except DecryptionFailed:
                unreadable.add(row.id)
            except ObjectsDown:
                if self.task.row.attempts < MAX_ATTEMPTS:
                    raise
                unreadable.add(row.id)
        if unreadable:
            raise FilesUnreadable(frozenset(unreadable))

    async def _write_file(self, path: str, row: AttachmentRow, store: Objects) -> None:
        parts = Parts(row, store)
        async with self.archive.file(path) as file:
            for number in range(len(part_ids(row.objects))):
                await file.write(await parts.read(number))

    async def _look_at(self, row: AttachmentRow, store: Objects) -> None:
        """Open each part of a file. Raises ObjectsDown, DecryptionFailed."""
        parts = Parts(row, store)
        for number in range(len(part_ids(row.objects))):
            await self._go_on()
            await parts.read(number)

    async def write_proofs(self) -> None:
        """Write the proof of each signed note. One that is not there yet, or cannot be made, is counted."""
        for note_id in self.walk.parents.get(SIGNED, ()):
            await self._go_on()
            try:
                proof = await read_note_proof(self.task.on_behalf.work(READ_NOTE_PROOF), note_id)
            except (Conflict, NotFound):
                self.missing[LeftOutKind.PROOFS] += 1
                continue
            await self.archive.add(f"proofs/{note_id}.json", proof.model_dump_json(warnings=False, indent=1).encode())

    async def write_chart(self) -> None:
        """Write the readable chart out of its entries."""
        pieces = self.document.write()
        async with self.archive.file("chart.html") as file:
            file.count = self.document.counts.total()
            while some := await asyncio.to_thread(_some, pieces):
                await file.write(some)

    async def write_pdf(self) -> None:
        """Write the readable chart as PDF, in parts if it is long. If there is none, count why."""
        if self.task.printer is None:
            return
        pages = self.document.pages(self.task.printer.part_bytes)
        try:
            places = await self.task.printer.print_chart(pages, self.spool, self._go_on)
        except NotPrinted as error:
            self.missing[error.kind] += 1
            return
        for number, place in enumerate(places, 1):
            path = "chart.pdf" if len(places) == 1 else f"chart-{number}.pdf"
            await self.archive.add(path, await asyncio.to_thread(self.spool.read, place))


def _some(pieces: Iterator[bytes]) -> bytes:
    return b"".join(islice(pieces, _TURN_PIECES))
