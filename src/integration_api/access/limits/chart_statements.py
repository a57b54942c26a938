"""Statements of the chart limit: a clinic's policies, and the charts that the ledger says an account opened."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import CareTeamBasis, CareTeamTable, ClinicTable
from integration_api.access.visible import actor_is_current, in_clinic, was_granted
from integration_api.ledger.events import PATIENT_CREATED, PATIENTS_LISTED, PATIENTS_SEARCHED, WORKLIST_READ, Outcome
from integration_api.ledger.tables import LedgerTable
from integration_api.storage.statements import Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of

_clinics, _ledger, _team = table_of(ClinicTable), table_of(LedgerTable), table_of(CareTeamTable)
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())


class ClinicPolicies(BaseModel):
    """The policies that a clinic has set for itself, by name."""

    policies: dict[str, int]


CLINIC_POLICIES = Read(
    "clinic_policies",
    sa.select(_clinics.c.policies).where(in_clinic(_clinics), actor_is_current()),
    ClinicPolicies,
    Scope.CLINIC,
)


class OpenedChart(BaseModel):
    """A chart, and when the actor opened it last."""

    patient_id: UUID
    at: datetime


_names_own_chart = sa.and_(
    sa.or_(_ledger.c.event == PATIENTS_LISTED, _ledger.c.event == PATIENTS_SEARCHED),
    any_for_row(
        sa.select(sa.literal_column("1")).where(
            in_clinic(_team),
            _team.c.account_id == _ACTOR_ID,
            _team.c.patient_id == _ledger.c.patient_id,
            _team.c.basis == CareTeamBasis.TEAM,
            was_granted(_team, _ledger.c["at"]),
        )
    ),
)
"""Match a list of names that held a chart of the actor's own case load: naming it there is not opening it."""

CHARTS_OPENED = Read(
    "charts_opened",
    sa.select(_ledger.c.patient_id, sa.func.max(_ledger.c["at"], type_=_ledger.c["at"].type).label("at"))
    .where(
        in_clinic(_ledger),
        actor_is_current(),
        _ledger.c["at"] > param("since", _ledger.c["at"]),
        _ledger.c.actor_id == _ACTOR_ID,
        _ledger.c.patient_id.is_not(None),
        _ledger.c.outcome == Outcome.DONE,
        _ledger.c.event != PATIENT_CREATED,
        _ledger.c.event != WORKLIST_READ,
        ~_names_own_chart,
    )
    .group_by(_ledger.c.patient_id),
    OpenedChart,
    Scope.CLINIC,
    "ids of charts the actor opened; they are counted, and shown to nobody",
)
"""Reads the clinic's last minutes from the index by time: see docs/adr/0018."""
