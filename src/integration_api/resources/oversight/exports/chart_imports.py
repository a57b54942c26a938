"""The origin of a chart: the packages that were imported into it."""

from datetime import datetime
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.oversight.exports import package_statements as sql
from integration_api.resources.oversight.exports.schemas import ChartImport
from integration_api.resources.oversight.exports.tables import ChartImportRow
from integration_api.resources.people.patients.service import load_patient
from integration_api.web.paging import Page, Window


async def list_chart_imports(work: Work, patient_id: UUID, window: Window) -> Page[ChartImport]:
    """List the packages that were imported into a chart, newest first. Raises NotFound."""
    await load_patient(work, patient_id)
    found = await work.page(
        sql.LIST_CHART_IMPORTS, window, lambda row: (row.imported_at, row.id), _present, patient_id=patient_id
    )
    work.record(patient_id, patient_id)
    return found


def _present(row: ChartImportRow) -> ChartImport:
    clinic, made_at = row.origin.get("clinic"), row.origin.get("made_at")
    return ChartImport.of(
        row,
        from_clinic=clinic if isinstance(clinic, str) else None,
        signed_by=str(row.origin.get("public_key")),
        made_at=datetime.fromisoformat(made_at) if isinstance(made_at, str) else None,
    )
