"""Exports."""

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.oversight.exports import package_statements
from integration_api.resources.oversight.exports.operations import IMPORT_CHART
from integration_api.resources.oversight.exports.tables import ChartImportRow
from tests.factories import exports
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def export(s: Scene) -> None:
    """Add an export that is ready."""
    s.ids["export_id"] = (await exports.ready(s.patient))["id"]


@planted
async def chart_import(s: Scene) -> None:
    """Add what the command that imports a package says of itself."""
    work = Work(s.world.api.runtime, IMPORT_CHART, "test")
    origin = {"clinic": s.word("text-origin"), "made_at": "2026-11-02T09:00:00+00:00", "public_key": "ab" * 32}
    row = ChartImportRow(
        clinic_id=s.world.clinic_id,
        id=new_id(),
        patient_id=s.patient.actor.patient_id,
        imported_at=work.now,
        manifest_sha256="cd" * 32,
        rows_inserted=1,
        rows_skipped=0,
        origin=origin,
        evidence=[],
    )
    work.change(package_statements.INSERT_CHART_IMPORT, row)
    work.record(row.patient_id, row.patient_id, clinic_id=row.clinic_id)
    await work.apply()


reads("list_exports", "patient", "/me/exports")
reads("read_export", "patient", "/me/exports/{export_id}")
reads("list_chart_imports", "therapist", "/patients/{patient_id}/imports")
reads("read_export_content", "patient", "/me/exports/{export_id}/content")


@operation("create_export")
async def _(s: Scene) -> Request:
    return Request(await s.world.patient_of(s.therapist), "POST", "/me/exports", {"chart_order": "oldest_first"})
