"""Statements of the parts of a screen that no list answers as it stands."""

import sqlalchemy as sa

from integration_api.access.visible import chart_rows, in_clinic
from integration_api.resources.care.sessions.tables import SessionRow, SessionState, SessionTable
from integration_api.resources.journal.plans.statements import SEES_INSIGHT, StrategySeen, readable
from integration_api.resources.journal.plans.tables import PlanTable, StrategyTable
from integration_api.resources.views.home.rules import MAX_PLANS
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, after

_sessions, _strategies, _plans = table_of(SessionTable), table_of(StrategyTable), table_of(PlanTable)

NEXT_SESSIONS = Read(
    "next_sessions",
    chart_rows(SessionTable)
    .where(
        _sessions.c.patient_id == param("patient_id", _sessions.c.patient_id),
        sa.or_(
            _sessions.c.state == SessionState.IN_PROGRESS,
            sa.and_(
                _sessions.c.state == SessionState.PLANNED,
                sa.func.coalesce(_sessions.c.planned_end_at, _sessions.c.planned_start_at)
                > param("ends_after", _sessions.c.planned_start_at),
            ),
        ),
        after(_sessions.c.planned_start_at, _sessions.c.id),
    )
    .order_by(_sessions.c.planned_start_at, _sessions.c.id)
    .limit(PAGE_ROWS),
    SessionRow,
    Scope.OWNER,
)
"""The sessions of one chart that are planned or in progress, the next one first; the cursor says from when."""

PLAN_IDS = tuple(f"plan_{n}" for n in range(MAX_PLANS))
"""The parameters of STRATEGIES_AMONG."""
STRATEGIES_AMONG = Read(
    "strategies_among",
    chart_rows(StrategyTable, SEES_INSIGHT).where(
        _strategies.c.patient_id == param("patient_id", _strategies.c.patient_id),
        _strategies.c.plan_id.in_([param(name, _strategies.c.plan_id) for name in PLAN_IDS]),
        _strategies.c.removed_at.is_(None),
        sa.select(sa.literal_column("1"))
        .where(
            in_clinic(_plans),
            _plans.c.patient_id == _strategies.c.patient_id,
            _plans.c.id == _strategies.c.plan_id,
            readable(_plans),
        )
        .exists(),
    ),
    StrategySeen,
    Scope.OWNER,
)
"""The strategies of the plans of one screen, in no order: a plan has at most 50."""
