"""Exports."""

from datetime import timedelta
from uuid import UUID

from pydantic import JsonValue

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.journal.attachments.sealed_parts import new_content_key
from integration_api.resources.oversight.exports import package_statements
from integration_api.resources.oversight.exports.bulk_statements import INSERT_BULK_EXPORT, INSERT_BULK_FILE
from integration_api.resources.oversight.exports.operations import IMPORT_CHART
from integration_api.resources.oversight.exports.tables import ChartImportRow
from integration_api.resources.people.service_accounts.tables import BulkExportRow, BulkFileRow, ExportState
from integration_api.storage.database import Step
from tests.factories import exports
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def export(s: Scene) -> None:
    """Add an export that is ready."""
    s.ids["export_id"] = (await exports.ready(s.patient))["id"]


@planted
async def chart_import(s: Scene) -> None:
    """Add what the command that imports a package says of itself: the chart has come back once."""
    work = Work(s.world.api.runtime, IMPORT_CHART, "test")
    origin: dict[str, JsonValue] = {
        "clinic": s.word("text-origin"),
        "made_at": "2026-11-02T09:00:00+00:00",
        "public_key": "ab" * 32,
    }
    patient_id = s.patient.actor.patient_id
    assert patient_id is not None
    for ago in (timedelta(days=1), timedelta()):
        row = ChartImportRow(
            clinic_id=s.world.clinic_id,
            id=new_id(),
            patient_id=patient_id,
            imported_at=work.now - ago,
            manifest_sha256="cd" * 32,
            rows_inserted=1,
            rows_skipped=0,
            origin=origin,
            evidence=[],
        )
        work.change(package_statements.INSERT_CHART_IMPORT, row)
    work.record(patient_id, patient_id, clinic_id=s.world.clinic_id)
    await work.apply()


@planted
async def bulk(s: Scene) -> None:
    """Add a bulk export of FHIR with one file. No operation of the plain API shows it."""
    admin, now = s.world.admin, s.world.api.clock()
    row = BulkExportRow(
        clinic_id=s.world.clinic_id,
        id=new_id(),
        created_at=now,
        updated_at=now,
        account_id=UUID(admin.id),
        sign_in_id=new_id(),
        epoch=1,
        kinds=["Patient"],
        is_of_patients=False,
        state=ExportState.READY,
        ready_at=now,
        due_at=now + timedelta(days=1),
        expires_at=now + timedelta(days=1),
    )
    file = BulkFileRow(
        clinic_id=row.clinic_id,
        id=new_id(),
        export_id=row.id,
        number=0,
        kind="Patient",
        count=1,
        size_bytes=1,
        content_key=new_content_key(),
        objects=new_id().bytes,
    )
    made = Step(INSERT_BULK_EXPORT, {**admin.ambient(), **row.model_dump()})
    await s.world.api.runtime.database.apply([made, Step(INSERT_BULK_FILE, file.model_dump())])


reads("list_exports", "patient", "/me/exports")
reads("read_export", "patient", "/me/exports/{export_id}")
reads("list_chart_imports", "therapist", "/patients/{patient_id}/imports")
reads("read_export_content", "patient", "/me/exports/{export_id}/content")


@operation("create_export")
async def _(s: Scene) -> Request:
    return Request(await s.world.patient_of(s.therapist), "POST", "/me/exports", {"chart_order": "oldest_first"})
