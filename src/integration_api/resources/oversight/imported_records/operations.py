"""Operations on imported records, and the command that makes them."""

from integration_api.access.operations import PATIENT, TEAM, Operation
from integration_api.ledger.events import Event

LIST_IMPORTED_RECORDS = Operation(
    "imported_record:list", "imported_record.listed", PATIENT | TEAM, programs_read=("Provenance",)
)
READ_IMPORTED_RECORD = Operation(
    "imported_record:read", "imported_record.read", PATIENT | TEAM, programs_read=("Provenance",)
)
IMPORT_RECORDS = Operation("chart:import_records", Event("chart.records_imported"), is_command=True)
"""The command that takes records out of files of another system, a chart at a time."""
