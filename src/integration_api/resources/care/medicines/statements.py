"""Statements of medicines."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.resources.care.medicines.tables import MedicineRow, MedicineTable
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_medicines = table_of(MedicineTable)
_shown = shown_to_programs(_medicines.c.patient_id)
_filters = (
    _shown,
    optional(_medicines.c.kind),
    _medicines.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
    between(_medicines.c.created_at, "created_after", "created_before"),
)

READ_MEDICINE = Read(
    "read_medicine",
    chart_rows(MedicineTable).where(_medicines.c.id == param("id", _medicines.c.id), _shown),
    MedicineRow,
    Scope.OWNER,
)
LIST_MEDICINES = Read("list_medicines", list_by_chart(MedicineTable, "created_at", *_filters), MedicineRow, Scope.OWNER)
LIST_TEAM_MEDICINES = Read(
    "list_team_medicines", list_by_team(MedicineTable, "created_at", *_filters), MedicineRow, Scope.OWNER
)
MEDICINES_BY_IDS = Read("medicines_by_ids", rows_by_ids(MedicineTable, _shown), MedicineRow, Scope.OWNER)
MEDICINES = ChartList(LIST_MEDICINES, LIST_TEAM_MEDICINES, MEDICINES_BY_IDS, at="created_at", bound="created_before")
INSERT_MEDICINE = Change("insert_medicine", insert_for_chart(MedicineTable), Scope.OWNER)
UPDATE_MEDICINE = Change(
    "update_medicine", update_in_chart(MedicineTable, ("name", "dose", "kind", "started_on", "ended_on")), Scope.OWNER
)
WITHDRAW_MEDICINE = Change(
    "withdraw_medicine",
    update_in_chart(MedicineTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason")),
    Scope.OWNER,
)

declare(MedicineTable, of_chart("medicine"))
