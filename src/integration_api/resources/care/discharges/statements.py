"""Statements of discharges."""

from datetime import datetime

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.visible import chart_rows, in_clinic, insert_for_chart, is_member_now, update_in_chart
from integration_api.resources.care.discharges.tables import DischargeRow, DischargeTable
from integration_api.resources.care.monitoring.statements import dose_of_session
from integration_api.resources.care.orders.limits import DoseRoute
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_discharges, _sessions = table_of(DischargeTable), table_of(SessionTable)
_FACTS = ("met", "discharged_at", "aldrete_score", "padss_score", "note", "updated_by_id")
_OVERRIDE = ("overridden_at", "overridden_by_id", "override_reason", "updated_by_id")
_by_member = is_member_now(sa.bindparam("patient_id", type_=sa.Uuid()))


class WrittenRow(DischargeRow):
    """A discharge with the last dose of its session that stands."""

    last_dose_at: datetime | None
    last_route: DoseRoute | None
    last_infusion_minutes: int | None


READ_DISCHARGE = Read(
    "read_discharge",
    chart_rows(
        DischargeTable,
        dose_of_session("given_at", "last_dose_at").label("last_dose_at"),
        dose_of_session("route", "last_route").label("last_route"),
        dose_of_session("infusion_minutes", "last_infusion_minutes").label("last_infusion_minutes"),
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
