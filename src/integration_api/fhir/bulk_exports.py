"""Asking for a bulk export, following it, taking its files, and ending it. The job makes it (`bulk_exporter.py`)."""

from datetime import timedelta
from email.utils import format_datetime
from urllib.parse import urlencode
from uuid import UUID

from starlette.responses import JSONResponse, Response

from integration_api.access.tables import SignInRow
from integration_api.access.work import MAX_AGE, Work
from integration_api.core import logs
from integration_api.core.ids import id_of, new_id
from integration_api.fhir.bulk_parameters import bulk_asked
from integration_api.fhir.bundles import base_of
from integration_api.fhir.elements import instant
from integration_api.fhir.translation import scope_of
from integration_api.resources.journal.attachments.downloads import Download, SentFile
from integration_api.resources.journal.attachments.sealed_parts import Parts
from integration_api.resources.oversight.exports import bulk_statements as sql
from integration_api.resources.people.service_accounts.tables import (
    BulkExportRow,
    BulkFileRow,
    BulkFileTable,
    ExportState,
)
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.storage.objects import ObjectsDown
from integration_api.web.errors import Conflict, NotFound, TooManyRequests, Unavailable
from integration_api.web.token_errors import SignInEnded

NDJSON = "application/fhir+ndjson"
STATUS_PATH, FILE_PATH = "bulk-exports", "bulk-files"
MAX_FILES = 10_000
MADE_WITHIN = timedelta(hours=24)
"""The life of the job's sign-in: an export that takes longer fails."""
KEPT_FOR = timedelta(hours=24)
"""Of the files. Our own choice: they are a copy that consents no longer reach."""
RETRY_SECONDS = 5
TABLE = str(BulkFileTable.__tablename__)


class BulkExportInProgress(TooManyRequests):
    """A bulk export of this program is being made already."""

    code = "bulk-export-in-progress"
    title = "Bulk export in progress"
    remedy = "Follow the export that is being made, or end it with DELETE at its address."

    def __init__(self) -> None:
        """Say when to come back."""
        super().__init__(RETRY_SECONDS)


class BulkExportFailed(Conflict):
    """The export could not be made: its program was changed or disabled, or it took too long."""

    code = "bulk-export-failed"
    title = "Bulk export failed"
    remedy = "Ask for it again. If it fails again, ask for fewer types, or with `_since`."


class BulkFile:
    """A file as its parts are bound: to the clinic, since it is of no chart."""

    def __init__(self, row: BulkFileRow) -> None:
        """Take the row."""
        self.clinic_id, self.id, self.patient_id = row.clinic_id, row.id, row.clinic_id
        self.size_bytes, self.content_key, self.objects = row.size_bytes, row.content_key, row.objects


async def create_bulk_export(work: Work) -> Response:
    """Ask for a bulk export of the types of the token. Raises BadRequest, BulkExportInProgress."""
    return await _create(work, is_of_patients=False)


async def create_bulk_export_of_patients(work: Work) -> Response:
    """Ask for a bulk export of what belongs to patients. Raises BadRequest, BulkExportInProgress."""
    return await _create(work, is_of_patients=True)


async def _create(work: Work, *, is_of_patients: bool) -> Response:
    me = work.actor
    asked = bulk_asked(work.scope, me.scopes, is_of_patients=is_of_patients)
    sign_in = SignInRow(
        clinic_id=me.clinic_id,
        id=new_id(),
        account_id=me.id,
        created_at=work.now,
        refreshed_at=work.now,
        expires_at=work.now + MADE_WITHIN,
        proved_at=work.now,
    )
    row = BulkExportRow(
        clinic_id=me.clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        account_id=me.id,
        sign_in_id=sign_in.id,
        epoch=me.epoch,
        kinds=list(asked.kinds),
        is_of_patients=is_of_patients,
        since=asked.since,
        state=ExportState.MAKING,
        due_at=work.now,
    )
    sign_in = work.runtime.bindings.bound("sign_ins", sign_in)
    work.change(sign_in_sql.INSERT_SIGN_IN, sign_in, missed=SignInEnded, epoch=me.epoch)
    work.create(sql.INSERT_BULK_EXPORT, row, {"uq_bulk_exports_making": BulkExportInProgress})
    work.record(row.id)
    return Response(status_code=202, headers={"Content-Location": f"{base_of(work)}/{STATUS_PATH}/{row.id}"})


async def read_bulk_export(work: Work, export_id: str) -> Response:
    """Return how far an export is, or what its files are. Raises NotFound, BulkExportFailed.

    A file whose type the token has not is left out. A write may be kept up to `MAX_AGE` after its time.
    `transactionTime` is before all writes that the export may have missed so.
    """
    row = await _load(work, export_id)
    work.record(row.id)
    if row.state is ExportState.FAILED:
        raise BulkExportFailed
    if row.state is ExportState.MAKING:
        progress = {"X-Progress": f"{row.made_count} resources", "Retry-After": str(RETRY_SECONDS)}
        return Response(status_code=202, headers=progress)
    if row.state is ExportState.EXPIRED or row.expires_at is None or row.expires_at <= work.now:
        raise NotFound
    base = base_of(work)
    files = await work.part(sql.LIST_BULK_FILES, export_id=row.id, page_rows=MAX_FILES)
    if row.made_count and not files:
        raise NotFound  # it ended after it was read
    manifest = {
        "transactionTime": instant(row.created_at - MAX_AGE),
        "request": _request(base, row),
        "requiresAccessToken": True,
        "output": [
            {"type": one.kind, "url": f"{base}/{FILE_PATH}/{one.id}", "count": one.count}
            for one in files
            if scope_of(one.kind) in work.actor.scopes
        ],
        "error": [],
    }
    return JSONResponse(manifest, headers={"Expires": format_datetime(row.expires_at, usegmt=True)})


def _request(base: str, row: BulkExportRow) -> str:
    since = {"_since": instant(row.since)} if row.since is not None else {}
    path = "Patient/$export" if row.is_of_patients else "$export"
    return f"{base}/{path}?{urlencode({'_type': ','.join(row.kinds), **since})}"


async def read_bulk_file(work: Work, file_id: str) -> Download:
    """Return a file of a type of the token as a stream. Raises NotFound, Unavailable, DecryptionFailed."""
    row = await work.get(sql.READ_BULK_FILE, id=_id(file_id))
    if scope_of(row.kind) not in work.actor.scopes:
        raise NotFound
    file = BulkFile(row)
    sent = SentFile(NDJSON, f"{row.kind}-{row.number}.ndjson")
    download = Download(Parts(file, work.runtime.objects, TABLE), sent=sent)
    del download.headers["Accept-Ranges"]  # a file is sent as a whole
    try:
        await download.begin()
    except ObjectsDown as error:
        logs.event("objects_down", logs.WARNING, failed=error)
        raise Unavailable from error
    work.record(row.id)
    return download


async def delete_bulk_export(work: Work, export_id: str) -> Response:
    """End an export: it is made no further, and its files go. Raises NotFound, StaleVersion."""
    row = await _load(work, export_id)
    if row.state not in (ExportState.MAKING, ExportState.READY):
        raise NotFound
    ended = {"state": ExportState.EXPIRED, "failure": None, "due_at": None}
    work.revise(sql.END_OWN_BULK_EXPORT, row, ended)
    work.change(sql.DELETE_OWN_BULK_FILES, rows=None, export_id=row.id)
    work.change(sign_in_sql.REVOKE_SIGN_IN, rows=None, clinic_id=row.clinic_id, id=row.sign_in_id)
    work.record(row.id)
    return Response(status_code=202)


async def _load(work: Work, export_id: str) -> BulkExportRow:
    return await work.get(sql.READ_BULK_EXPORT, id=_id(export_id))


def _id(text: str) -> UUID:
    found = id_of(text)
    if found is None:
        raise NotFound
    return found
