"""Statements of the chart limit: a clinic's policies, and the charts that the ledger says an account was shown."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import ClinicTable
from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.ledger.events import PATIENT_CREATED, Outcome
from integration_api.ledger.tables import LedgerTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

_clinics, _ledger = table_of(ClinicTable), table_of(LedgerTable)


class ClinicPolicies(BaseModel):
    """The policies that a clinic has set for itself, by name."""

    policies: dict[str, int]


CLINIC_POLICIES = Read(
    "clinic_policies",
    sa.select(_clinics.c.policies).where(in_clinic(_clinics), actor_is_current()),
    ClinicPolicies,
    Scope.CLINIC,
)


class ShownChart(BaseModel):
    """A chart, and when the actor was shown something of it last."""

    patient_id: UUID
    at: datetime


CHARTS_SHOWN = Read(
    "charts_shown",
    sa.select(_ledger.c.patient_id, sa.func.max(_ledger.c["at"], type_=_ledger.c["at"].type).label("at"))
    .where(
        in_clinic(_ledger),
        actor_is_current(),
        _ledger.c["at"] > param("since", _ledger.c["at"]),
        _ledger.c.actor_id == sa.bindparam("actor_id", type_=sa.Uuid()),
        _ledger.c.patient_id.is_not(None),
        _ledger.c.outcome == Outcome.DONE,
        _ledger.c.event != PATIENT_CREATED,
    )
    .group_by(_ledger.c.patient_id),
    ShownChart,
    Scope.CLINIC,
    "ids of charts the actor was shown; they are counted, and shown to nobody",
)
"""Reads the clinic's last minutes from the index by time: see docs/adr/0018."""
