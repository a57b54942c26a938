"""Statements of REMS forms."""

from datetime import datetime

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare, of_chart
from integration_api.access.visible import chart_rows, in_clinic, insert_for_chart, update_in_chart, visible
from integration_api.resources.care.adverse_events.tables import AdverseEventRow, AdverseEventTable
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.tables import DoseRow, DoseTable, VitalTable
from integration_api.resources.care.orders.limits import DoseRoute
from integration_api.resources.care.rems_forms.tables import RemsFormRow, RemsFormTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

MAX_READ = 200
"""The doses, readings or adverse events of one session that a form looks at."""
_forms, _doses, _vitals = table_of(RemsFormTable), table_of(DoseTable), table_of(VitalTable)
_events = table_of(AdverseEventTable)
_FACTS = ("answers", "sent", "submitted_at", "submitted_by_id", "confirmation", "updated_by_id")


class PressureRow(BaseModel):
    """A blood pressure."""

    taken_at: datetime
    value: float
    diastolic: float


READ_REMS_FORM = Read(
    "read_rems_form",
    chart_rows(RemsFormTable).where(_forms.c.id == param("id", _forms.c.id)),
    RemsFormRow,
    Scope.OWNER,
)
ESKETAMINE_OF_SESSION = Read(
    "esketamine_of_session",
    chart_rows(DoseTable)
    .where(
        _doses.c.patient_id == param("patient_id", _doses.c.patient_id),
        _doses.c.session_id == param("session_id", _doses.c.session_id),
        _doses.c.route == DoseRoute.INTRANASAL_ESKETAMINE,
        _doses.c.withdrawn_at.is_(None),
    )
    .order_by(_doses.c.given_at, _doses.c.id)
    .limit(MAX_READ),
    DoseRow,
    Scope.OWNER,
)
PRESSURES_OF_SESSION = Read(
    "pressures_of_session",
    sa.select(_vitals.c.taken_at, _vitals.c.value, _vitals.c.diastolic)
    .where(
        in_clinic(_vitals),
        visible(_vitals.c.patient_id),
        _vitals.c.patient_id == param("patient_id", _vitals.c.patient_id),
        _vitals.c.session_id == param("session_id", _vitals.c.session_id),
        _vitals.c.field == VitalField.BLOOD_PRESSURE,
        _vitals.c.withdrawn_at.is_(None),
    )
    .order_by(_vitals.c.taken_at, _vitals.c.id)
    .limit(MAX_READ),
    PressureRow,
    Scope.OWNER,
)
EVENTS_OF_SESSION = Read(
    "adverse_events_of_session",
    chart_rows(AdverseEventTable)
    .where(
        _events.c.patient_id == param("patient_id", _events.c.patient_id),
        _events.c.session_id == param("session_id", _events.c.session_id),
        _events.c.withdrawn_at.is_(None),
        _events.c.review_due_at.is_not(None),
    )
    .order_by(_events.c.onset_at, _events.c.id)
    .limit(MAX_READ),
    AdverseEventRow,
    Scope.OWNER,
)
"""Those that a prescriber reviews: the serious ones are among them."""
INSERT_REMS_FORM = Change("insert_rems_form", insert_for_chart(RemsFormTable), Scope.OWNER)
UPDATE_REMS_FORM = Change("update_rems_form", update_in_chart(RemsFormTable, _FACTS), Scope.OWNER)

declare(RemsFormTable, of_chart("rems_form"))
