"""Recording the file of a monitor."""

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.access.work import Work
from integration_api.core.models import trusted
from integration_api.resources.care.monitoring.monitor_files import MonitorFileBroken, MonitorReading, readings_of
from integration_api.resources.care.monitoring.rules import ReadingProblem
from integration_api.resources.care.monitoring.schemas import (
    MAX_FILE_READINGS,
    MAX_NEW_READINGS,
    MonitorFile,
    Vital,
    VitalCreate,
)
from integration_api.resources.care.monitoring.service import (
    load_dosing,
    load_stored,
    problems_of,
    record_readings,
)
from integration_api.web.errors import FieldError, Invalid
from integration_api.web.paging import Page


async def upload_vitals(work: Work, session_id: UUID, body: MonitorFile) -> Page[Vital]:
    """Record the readings of a file that are new, and return those of the file in its order.

    A reading that was withdrawn here is left out, whatever the file says of it: the monitor does not know what a person
    put right. Raises NotFound, NotDosing, VitalDiffers, and Invalid for a file that is not as declared.
    """
    zone = ZoneInfo(body.time_zone) if body.time_zone is not None else None
    try:
        found = readings_of(body.text, session_id, body.device, zone)
    except MonitorFileBroken as error:
        raise Invalid(errors=[error.error]) from error
    if not 1 <= len(found) <= MAX_FILE_READINGS:
        raise _too_many(f"must have 1 to {MAX_FILE_READINGS} readings")
    session = await load_dosing(work, session_id)
    items = [trusted(VitalCreate, {**one.facts(), "text": None}) for one in found]
    if problems := problems_of(work, session, items):
        raise Invalid(errors=[_of_line(problem, found) for problem in problems])
    stored = await load_stored(work, session, items)
    if len(items) - len(stored) > MAX_NEW_READINGS:
        raise _too_many(f"must have at most {MAX_NEW_READINGS} new readings; send the first lines before the others")
    withdrawn = {row.id for row in stored.values() if row.withdrawn_at is not None}
    standing = [item for item in items if item.id not in withdrawn]
    return await record_readings(work, session, standing, stored, body.device)


def _too_many(message: str) -> Invalid:
    return Invalid(errors=[{"field": "body.text", "code": "readings", "message": message}])


def _of_line(problem: ReadingProblem, found: Sequence[MonitorReading]) -> FieldError:
    """Return a problem of one reading as one of its line in the file."""
    one = found[problem.at]
    message = f"line {one.line}, {one.field}: {problem.message}"
    return {"field": "body.text", "code": problem.code, "message": message}
