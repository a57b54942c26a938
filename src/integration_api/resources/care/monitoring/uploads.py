"""Recording the file of a monitor."""

from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.access.work import Work
from integration_api.core.models import trusted
from integration_api.resources.care.monitoring.monitor_files import MonitorFileBroken, readings_of
from integration_api.resources.care.monitoring.schemas import MAX_READINGS, MonitorFile, Vital, VitalBatch, VitalCreate
from integration_api.resources.care.monitoring.service import record_vitals
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page


async def upload_vitals(work: Work, session_id: UUID, body: MonitorFile) -> Page[Vital]:
    """Record the readings of a file. Raises as `record_vitals`, and Invalid for a file that is not as declared."""
    zone = ZoneInfo(body.time_zone) if body.time_zone is not None else None
    try:
        found = readings_of(body.text, session_id, body.device, zone)
    except MonitorFileBroken as error:
        raise Invalid(errors=[error.error]) from error
    if not 1 <= len(found) <= MAX_READINGS:
        message = f"must have 1 to {MAX_READINGS} readings"
        raise Invalid(errors=[{"field": "body.text", "code": "readings", "message": message}])
    items = [trusted(VitalCreate, {**one._asdict(), "text": None}) for one in found]
    return await record_vitals(work, session_id, trusted(VitalBatch, {"items": items}))
