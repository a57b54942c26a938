"""Statements of discharges."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.visible import chart_rows, in_clinic, insert_for_chart, is_member_now, update_in_chart
from integration_api.resources.care.discharges.tables import DischargeRow, DischargeTable
from integration_api.resources.care.doses.dose_clock_statements import clock_columns
from integration_api.resources.care.doses.dose_clocks import ClockedRow
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_discharges, _sessions = table_of(DischargeTable), table_of(SessionTable)
_FACTS = ("met", "discharged_at", "aldrete_score", "padss_score", "note", "updated_by_id")
_OVERRIDE = ("overridden_at", "overridden_by_id", "override_reason", "updated_by_id")
_by_member = is_member_now(sa.bindparam("patient_id", type_=sa.Uuid()))


class WrittenRow(DischargeRow, ClockedRow):
    """A discharge with the doses of its session that can end last."""


READ_DISCHARGE = Read(
    "read_discharge",
    chart_rows(
        DischargeTable,
        *clock_columns(sa.bindparam("actor_clinic_id", type_=sa.Uuid())),
    ).where(
        in_clinic(_sessions),
        _sessions.c.patient_id == _discharges.c.patient_id,
        _sessions.c.id == _discharges.c.id,
        _discharges.c.id == param("id", _discharges.c.id),
    ),
    WrittenRow,
    Scope.OWNER,
)
INSERT_DISCHARGE = Change("insert_discharge", insert_for_chart(DischargeTable), Scope.OWNER)
INSERT_OVERRIDDEN = Change("insert_overridden_discharge", insert_for_chart(DischargeTable, _by_member), Scope.OWNER)
UPDATE_DISCHARGE = Change("update_discharge", update_in_chart(DischargeTable, _FACTS), Scope.OWNER)
OVERRIDE_DISCHARGE = Change("override_discharge", update_in_chart(DischargeTable, _OVERRIDE, _by_member), Scope.OWNER)

declare(DischargeTable, of_chart("discharge"))
