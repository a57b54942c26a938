"""Statements that show the ledger. What staff is shown holds no private row: the condition is part of each of those.

The patient is shown every row of their own chart, also those that are theirs alone.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountTable, CareTeamBasis, CareTeamTable
from integration_api.access.visible import in_clinic, optional, visible, was_granted
from integration_api.ledger.events import Outcome, Purpose
from integration_api.ledger.tables import LedgerTable
from integration_api.resources.oversight.research_studies.tables import ResearchStudyTable
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between, newest_first

_ledger, _accounts = table_of(LedgerTable), table_of(AccountTable)
_studies = table_of(ResearchStudyTable)


class EntryRow(BaseModel):
    """The columns of the ledger that are shown."""

    id: UUID
    at: datetime
    event: str
    action: str
    outcome: Outcome
    reason: str | None
    actor_id: UUID | None
    actor_role: str | None
    subject_id: UUID | None
    patient_id: UUID | None
    request_id: str


class AccessRow(BaseModel):
    """One row of the ledger of a chart, and who it was as the clinic shows them."""

    id: UUID
    at: datetime
    event: str
    outcome: Outcome
    reason: str | None
    actor_id: UUID | None
    actor_role: str | None
    purpose: Purpose | None
    basis: str | None
    subject_id: UUID | None
    is_private: bool
    name: str | None
    credential: str | None
    study: str | None


def _newest(*guards: sa.ColumnElement[bool]) -> sa.Select[Any]:
    found = sa.select(*(_ledger.c[name] for name in EntryRow.model_fields)).where(
        in_clinic(_ledger),
        visible(_ledger.c.patient_id),  # an entry without a chart is seen by whoever sees the whole clinic
        _ledger.c.is_private.is_(sa.false()),
        optional(_ledger.c.actor_id, "acted_by_id"),
        optional(_ledger.c.event),
        between(_ledger.c["at"], "after", "before"),
        *guards,
    )
    return newest_first(found, _ledger.c["at"], _ledger.c.id)


LIST_LEDGER = Read("list_ledger", _newest(), EntryRow, Scope.OWNER)
LIST_CHART_LEDGER = Read(
    "list_chart_ledger",
    _newest(_ledger.c.patient_id == param("patient_id", _ledger.c.patient_id)),
    EntryRow,
    Scope.OWNER,
)

_emergency = table_of(CareTeamTable).alias("emergency")
_BASIS = sa.case(
    (
        sa.select(sa.literal_column("1"))
        .where(
            _emergency.c.clinic_id == _ledger.c.clinic_id,
            _emergency.c.account_id == _ledger.c.actor_id,
            _emergency.c.patient_id == _ledger.c.patient_id,
            _emergency.c.basis == CareTeamBasis.EMERGENCY,
            was_granted(_emergency, _ledger.c["at"]),
        )
        .exists(),
        sa.literal(CareTeamBasis.EMERGENCY.value, sa.String()),
    ),
    else_=sa.cast(sa.null(), sa.String()),
)
"""On what ground beyond the policy somebody saw the chart: an emergency that they had opened and that held then."""

LIST_ACCESS_LOG = Read(
    "list_access_log",
    newest_first(
        sa.select(
            *(_ledger.c[name] for name in AccessRow.model_fields if name in _ledger.c),
            _BASIS.label("basis"),
            _accounts.c.clinic_id.label("account_clinic_id"),
            _accounts.c.id.label("account_row_id"),
            _accounts.c.version.label("account_version"),
            _accounts.c.name,
            _accounts.c.credential,
            _studies.c.clinic_id.label("study_clinic_id"),
            _studies.c.id.label("study_id"),
            _studies.c.version.label("study_version"),
            _studies.c.name.label("study"),
            VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
        )
        .select_from(
            _ledger.outerjoin(
                _accounts, sa.and_(_accounts.c.clinic_id == _ledger.c.clinic_id, _accounts.c.id == _ledger.c.actor_id)
            )
            .outerjoin(
                _studies, sa.and_(_studies.c.clinic_id == _ledger.c.clinic_id, _studies.c.id == _ledger.c.subject_id)
            )
            .outerjoin(
                VAULT_KEYS,
                sa.and_(VAULT_KEYS.c.clinic_id == _accounts.c.clinic_id, VAULT_KEYS.c.id == _accounts.c.clinic_id),
            )
        )
        .where(
            in_clinic(_ledger),
            visible(_ledger.c.patient_id),
            _ledger.c.patient_id == sa.bindparam("scope_patient_id", type_=sa.Uuid()),
            sa.or_(
                ~sa.bindparam("others", type_=sa.Boolean()),
                _ledger.c.actor_id.is_(None),
                _ledger.c.actor_id != sa.bindparam("actor_id", type_=sa.Uuid()),
            ),
            between(_ledger.c["at"], "after", "before"),
        ),
        _ledger.c["at"],
        _ledger.c.id,
    ),
    AccessRow,
    Scope.OWNER,
)
"""The actor's own chart, whoever it was, and whatever they were refused; by others alone if they ask for that."""
