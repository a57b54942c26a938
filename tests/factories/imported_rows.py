"""Rows of a chart that came with a package from another deployment, as the command that imports one writes them."""

from typing import Any

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.oversight.exports import package_statements as sql
from integration_api.resources.oversight.exports.operations import IMPORT_CHART
from integration_api.storage.tables import ClinicRow
from tests.support import Person


async def rows_of(person: Person, table: str) -> list[Any]:
    """The rows of a patient's chart in one table, the oldest first."""
    actor = person.actor
    owner = {"clinic_id": actor.clinic_id, "patient_id": actor.patient_id}
    rows = await person.api.runtime.database.all(sql.READS[table], owner)
    return sorted(rows, key=lambda row: row.id)


async def imported(person: Person, table: str, like: ClinicRow, **marks: object) -> None:
    """Add a row like one of the patient's chart, and say that it was imported now."""
    actor, work = person.actor, Work(person.api.runtime, IMPORT_CHART, "test")
    assert actor.patient_id is not None
    row = like.model_copy(update={"id": new_id(), "imported_at": work.now, **marks})
    work.change(sql.INSERTS[table], row)
    work.record(actor.patient_id, actor.patient_id, clinic_id=actor.clinic_id)
    await work.apply()
