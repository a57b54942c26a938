"""Where imported things came from."""

from pydantic import JsonValue

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.oversight.imported_records.operations import IMPORT_RECORDS
from integration_api.resources.oversight.imported_records.statements import INSERT_IMPORTED_RECORD
from integration_api.resources.oversight.imported_records.tables import ImportedFor, ImportedKind, ImportedRecordRow
from tests.scene.requests import reads
from tests.scene.scene import Scene, planted

_READERS = {ImportedFor.CHART: "text", ImportedFor.TEAM: "team", ImportedFor.PATIENT: "private"}
_TOTAL: dict[str, JsonValue] = {"instrument_id": "phq9", "value": 14, "happened_at": "2025-04-01T07:00:00Z"}


@planted
async def imported_records(s: Scene) -> None:
    """Add what the command that imports records says of four of them: a session, a total, a note and an entry."""
    patient_id = s.patient.actor.patient_id
    assert patient_id is not None
    work = Work(s.world.api.runtime, IMPORT_RECORDS, "test")
    for kind, shown_to in (
        (ImportedKind.NOTE, ImportedFor.TEAM),
        (ImportedKind.REFLECTION, ImportedFor.PATIENT),
        (ImportedKind.SCORE_TOTAL, ImportedFor.CHART),
        (ImportedKind.SESSION, ImportedFor.CHART),
    ):
        is_total, word = kind is ImportedKind.SCORE_TOTAL, _READERS[shown_to]
        row = ImportedRecordRow(
            clinic_id=s.world.clinic_id,
            id=new_id(),
            created_at=work.now,
            updated_at=work.now,
            patient_id=patient_id,
            kind=kind,
            shown_to=shown_to,
            subject_id=None if is_total else new_id(),
            source=s.word(f"{word}-source"),
            identifier=s.word(f"{word}-identifier"),
            file_sha256="ab" * 32,
            content_sha256="cd" * 32,
            imported_by=s.word(f"{word}-importer"),
            total=_TOTAL if is_total else None,
        )
        work.change(INSERT_IMPORTED_RECORD, row)
        if shown_to is ImportedFor.CHART:
            s.ids["imported_record_id"] = str(row.id)
    work.record(patient_id, patient_id, clinic_id=s.world.clinic_id)
    await work.apply()


reads("list_imported_records", "therapist", "/imported-records?patient_id={patient_id}")
reads("list_imported_records (patient)", "patient", "/imported-records")
reads("list_imported_records (team)", "supervisor", "/imported-records")
reads("read_imported_record", "therapist", "/imported-records/{imported_record_id}")
