"""Asking for an export, following it, and downloading it. The job makes it (`exporter.py`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from integration_api.access.limits.buckets import Bucket, Limit
from integration_api.access.notices import tell_account
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.core import logs
from integration_api.resources.journal.attachments.downloads import Download, SentFile
from integration_api.resources.journal.attachments.rules import wanted_range
from integration_api.resources.journal.attachments.sealed_parts import Parts, new_content_key
from integration_api.resources.oversight.exports import statements as sql
from integration_api.resources.oversight.exports.export_signatures import ExportSigner
from integration_api.resources.oversight.exports.rules import MAX_A_DAY, MAX_DOWNLOADS, PER, left_out
from integration_api.resources.oversight.exports.schemas import ChartExport, ExportCreate
from integration_api.resources.oversight.exports.statements import AskedAt
from integration_api.resources.oversight.exports.tables import ExportRow, ExportTable
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.service_accounts.tables import ExportState
from integration_api.storage.objects import ObjectsDown
from integration_api.web.errors import Conflict, NotFound, TooManyRequests, Unavailable
from integration_api.web.paging import Page, Window

TABLE = str(ExportTable.__tablename__)
DOWNLOADS = Limit(MAX_DOWNLOADS, timedelta(minutes=1))
"""Of one account: a download that breaks off goes on with a part."""


class ExportInProgress(Conflict):
    """An export of this chart, or a copy for this request, is being made already."""

    code = "export-in-progress"
    title = "Export in progress"
    remedy = "Show the one that the list has first, and wait until it is ready."


class ExportNotReady(Conflict):
    """The file is not there: it is not ready yet, it failed, or it has expired."""

    code = "export-not-ready"
    title = "Export not ready"
    remedy = "Read the export; `state` says which. Wait while it is `making`, else offer to ask for another."


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """The file of an export that is ready, as its row tells it."""

    clinic_id: UUID
    id: UUID
    patient_id: UUID
    size_bytes: int
    content_key: str
    objects: bytes


async def list_exports(work: Work, window: Window) -> Page[ChartExport]:
    """List the actor's exports, newest first."""
    patient_id = _own_chart(work)
    found = await work.page(
        sql.LIST_EXPORTS,
        window,
        lambda row: (row.created_at, row.id),
        lambda row: present(work, row),
        patient_id=patient_id,
    )
    work.record(patient_id=patient_id)
    return found


async def create_export(work: Work, body: ExportCreate) -> ChartExport:
    """Ask for an export of the actor's own chart. Raises IdTaken, ExportInProgress, TooManyRequests."""
    patient_id, me = _own_chart(work), work.actor
    lately = await work.part(sql.ASKED_LATELY, patient_id=patient_id, created_after=work.now - PER, page_rows=MAX_A_DAY)
    check_how_often(work, lately)
    row = await new_export(work, body, patient_id)
    work.create(sql.INSERT_EXPORT, row, {"uq_exports_making": ExportInProgress})
    tell_account(work, me.id, work.operation.recorded, row.id, patient_id)
    work.record(row.id, patient_id)
    return present(work, row)


def check_how_often(work: Work, lately: Sequence[AskedAt]) -> None:
    """Raise TooManyRequests if so many were asked for within a day, the latest first."""
    if len(lately) == MAX_A_DAY:
        wait = lately[-1].created_at + PER - work.now
        raise TooManyRequests(int(wait.total_seconds()) + 1)


async def new_export(
    work: Work, body: ExportCreate, patient_id: UUID, record_request_id: UUID | None = None
) -> ExportRow:
    """Return the row of an export that the job is to make, by the sign-in of the actor."""
    me, clinic = work.actor, await load_clinic(work)
    return ExportRow(
        **new_values(work, body),
        patient_id=patient_id,
        record_request_id=record_request_id,
        account_id=me.id,
        sign_in_id=me.sign_in_id,
        epoch=me.epoch,
        state=ExportState.MAKING,
        kept_days=max(1, policy(clinic.policies, "export_days")),
        due_at=work.now,
        content_key=new_content_key(),
    )


async def read_export(work: Work, export_id: UUID) -> ChartExport:
    """Return one export, and how far it is. Raises NotFound."""
    row = await work.get(sql.READ_EXPORT, id=export_id)
    work.record(row.id, row.patient_id)
    return present(work, row)


async def read_export_content(work: Work, export_id: UUID, wanted: str | None) -> Download:
    """Return the file as a stream. Raises NotFound, ExportNotReady, TooManyRequests, Unavailable, DecryptionFailed."""
    return await send_content(work, await work.get(sql.READ_EXPORT, id=export_id), wanted)


async def send_content(work: Work, row: ExportRow, wanted: str | None) -> Download:
    """Return the file of a row that the actor may read. Raises as `read_export_content`, but for NotFound."""
    if _state(work, row) is not ExportState.READY or row.size_bytes is None or row.content_key is None:
        raise ExportNotReady
    file = ReadyFile(row.clinic_id, row.id, row.patient_id, row.size_bytes, row.content_key, row.objects)
    made = (row.ready_at or row.created_at).date().isoformat()
    download = await send_file(work, file, TABLE, f"my-chart-{made}.zip", wanted)
    work.record(row.id, row.patient_id)
    return download


async def send_file(work: Work, file: ReadyFile, table: str, name: str, wanted: str | None) -> Download:
    """Return a file as a stream; `table` is that of its row. Raises TooManyRequests, Unavailable, DecryptionFailed."""
    if wait := await Bucket.of(work, DOWNLOADS, "export", file.clinic_id.bytes, work.actor.id.bytes).take(work):
        raise TooManyRequests(-(-wait // 1_000_000))
    parts = Parts(file, work.runtime.objects, table)
    download = Download(parts, wanted_range(wanted, file.size_bytes), sent=SentFile("application/zip", name))
    try:
        await download.begin()
    except ObjectsDown as error:
        logs.event("objects_down", logs.WARNING, failed=error)
        raise Unavailable from error
    return download


def _own_chart(work: Work) -> UUID:
    if work.actor.patient_id is None:
        raise NotFound
    return work.actor.patient_id


def _state(work: Work, row: ExportRow) -> ExportState:
    """Return the state now: one whose time is over counts as expired before the job has come to it."""
    is_over = row.expires_at is not None and row.expires_at <= work.now
    return ExportState.EXPIRED if row.state is ExportState.READY and is_over else row.state


def shared_facts(work: Work, row: ExportRow) -> dict[str, object]:
    """Return what an export shows that is not in its row: the state now, what is left out, the key that checks it."""
    told = left_out(row.missing, is_copy=row.record_request_id is not None)
    return {
        "state": _state(work, row),
        "left_out": [{"kind": kind, "why": why, "count": count} for kind, why, count in told],
        "public_key": ExportSigner.of(work.runtime.vault).public_key.hex(),
    }


def present(work: Work, row: ExportRow) -> ChartExport:
    """Return an export without its key, with what it leaves out and the key that checks it."""
    return ChartExport.of(
        row,
        **shared_facts(work, row),
    )
