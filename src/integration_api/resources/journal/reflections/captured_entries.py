"""Entries that are handed in as they are made: captured in one go, and private."""

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.journal.reflections import statements as sql
from integration_api.resources.journal.reflections.reviews import tell
from integration_api.resources.journal.reflections.service import record
from integration_api.resources.journal.reflections.tables import LoadedReflectionRow, ReflectionVersionRow
from integration_api.resources.people.patients.monitoring_contents import Monitoring


async def keep_captured(work: Work, row: LoadedReflectionRow) -> Monitoring:
    """Collect a new private entry with its first version, and return what its writer is told. Raises IdTaken."""
    told = await tell(work, row)
    row = row.model_copy(update={"content_number": 1, "monitoring": told})
    work.create(sql.INSERT_REFLECTION, row)
    version = ReflectionVersionRow(
        clinic_id=row.clinic_id,
        id=new_id(),
        patient_id=row.patient_id,
        reflection_id=row.id,
        number=1,
        saved_at=work.now,
        content=row.content,
        monitoring=told,
    )
    work.change(sql.INSERT_REFLECTION_VERSION, version)
    record(work, row)
    return told
