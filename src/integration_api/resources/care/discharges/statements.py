"""Statements of discharges."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_chart
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    is_member_now,
    update_in_chart,
    visible,
)
from integration_api.resources.care.adverse_events.kinds import RED_SIGNS
from integration_api.resources.care.adverse_events.tables import AdverseEventTable
from integration_api.resources.care.discharges.tables import DischargeRow, DischargeTable
from integration_api.resources.care.doses.dose_clock_statements import clock_columns
from integration_api.resources.care.doses.dose_clocks import ClockedRow
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_events = table_of(AdverseEventTable)
_discharges, _sessions = table_of(DischargeTable), table_of(SessionTable)
_FACTS = ("met", "discharged_at", "aldrete_score", "padss_score", "note", "updated_by_id")
_OVERRIDE = ("overridden_at", "overridden_by_id", "override_reason", "updated_by_id")
_by_member = is_member_now(sa.bindparam("patient_id", type_=sa.Uuid()))


class WrittenRow(DischargeRow, ClockedRow):
    """A discharge with the doses of its session that can end last."""


class RedSignRow(BaseModel):
    """An adverse event that asks for emergency care."""

    id: UUID


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
OPEN_RED_SIGNS = Read(
    "open_red_signs",
    sa.select(_events.c.id)
    .where(
        in_clinic(_events),
        visible(_events.c.patient_id),
        _events.c.patient_id == param("patient_id", _events.c.patient_id),
        _events.c.session_id == param("session_id", _events.c.session_id),
        sa.or_(*(_events.c.kind == kind for kind in sorted(RED_SIGNS))),
        _events.c.withdrawn_at.is_(None),
        _events.c.ended_at.is_(None),
    )
    .limit(1),
    RedSignRow,
    Scope.OWNER,
)
"""A red sign of a session that has not ended (R19)."""
INSERT_DISCHARGE = Change("insert_discharge", insert_for_chart(DischargeTable), Scope.OWNER)
INSERT_OVERRIDDEN = Change("insert_overridden_discharge", insert_for_chart(DischargeTable, _by_member), Scope.OWNER)
UPDATE_DISCHARGE = Change("update_discharge", update_in_chart(DischargeTable, _FACTS), Scope.OWNER)
OVERRIDE_DISCHARGE = Change("override_discharge", update_in_chart(DischargeTable, _OVERRIDE, _by_member), Scope.OWNER)

declare(DischargeTable, of_chart("discharge"))
