"""Statements of what a research export reads of charts.

Each has the consent in its WHERE: a chart whose research consent is not in force at that moment has no row. None of
them reads a text, but for the date of birth.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel
from sqlmodel import SQLModel

from integration_api.access.visible import actor_is_current, in_clinic, key_stands, to_key
from integration_api.resources.care.adverse_events.kinds import (
    AdverseEventKind,
    EventOutcome,
    EventSeverity,
    Relatedness,
)
from integration_api.resources.care.adverse_events.tables import AdverseEventTable
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.resources.care.arc_windows.tables import ArcWindowTable
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.tables import DoseTable, VitalTable
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute
from integration_api.resources.care.sessions.tables import Modality, Phase, SessionState, SessionTable
from integration_api.resources.measures.instruments.statements import is_own
from integration_api.resources.measures.measure_responses.rules import Respondent, ResponseState
from integration_api.resources.measures.measure_responses.tables import MeasureResponseTable, MeasureScoreTable
from integration_api.resources.people.consent_documents.purpose_statements import has_signed
from integration_api.resources.people.consent_documents.tables import ConsentPurpose
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS

_WHY = "of patients who have signed for research: it leaves under pseudonyms, and no officer is shown a row of it"
_IDENTIFYING = (VitalField.OBSERVATION, VitalField.WEIGHT, VitalField.HEIGHT)
"""A text, and what tells somebody in a crowd."""
_patients, _scores, _responses = table_of(PatientTable), table_of(MeasureScoreTable), table_of(MeasureResponseTable)
_PATIENT_ID = sa.bindparam("patient_id", type_=sa.Uuid())
Row = TypeVar("Row", bound=BaseModel)


class ResearchChart(BaseModel):
    """A chart that goes in, with its date of birth."""

    id: UUID
    birth_on: str | None


class ChartId(BaseModel):
    """A chart that goes in."""

    id: UUID


class SessionFacts(BaseModel):
    """A session without its words."""

    id: UUID
    phase: Phase
    state: SessionState
    modality: Modality
    started_at: datetime | None
    ended_at: datetime | None


class DoseFacts(BaseModel):
    """A dose without its words."""

    session_id: UUID
    kind: DoseKind
    route: DoseRoute
    amount_mg: float
    weight_kg: float | None
    given_at: datetime
    infusion_minutes: int | None
    devices: int | None


class VitalFacts(BaseModel):
    """A reading without its words."""

    session_id: UUID
    field: VitalField
    value: float
    diastolic: float | None
    taken_at: datetime


class AdverseEventFacts(BaseModel):
    """An adverse event without its words."""

    session_id: UUID
    kind: AdverseEventKind
    severity: EventSeverity
    relatedness: Relatedness
    outcome: EventOutcome
    is_expected: bool | None
    onset_at: datetime
    ended_at: datetime | None


class ArcWindowFacts(BaseModel):
    """A window of the arc without what it asks."""

    session_id: UUID
    kind: ArcKind
    step_id: str
    state: ArcState
    dose_at: datetime
    closes_at: datetime


class ScoreFacts(BaseModel):
    """A score without its answers."""

    response_id: UUID
    session_id: UUID | None
    instrument_id: str
    instrument_version: int
    score_id: str
    respondent: Respondent
    value: float
    ceiling: float | None
    max_possible: int | None
    happened_at: datetime


def _charts(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """SELECT a page of the charts that go in. Keys are entered at the same place, or PostgreSQL reads all before it."""
    return (
        sa.select(_patients.c.id, *columns)
        .join(*to_key(_patients))
        .where(
            in_clinic(_patients),
            actor_is_current(),
            _patients.c.id > param("last_id", _patients.c.id),
            VAULT_KEYS.c.id > param("last_id", _patients.c.id),
            _patients.c.erased_at.is_(None),
            has_signed(_patients.c.id, ConsentPurpose.RESEARCH),
        )
        .order_by(_patients.c.id)
        .limit(PAGE_ROWS)
    )


LIST_RESEARCH_CHARTS = Read(
    "list_research_charts",
    _charts(
        _patients.c.clinic_id,
        _patients.c.version,
        _patients.c.birth_on,
        VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
    ),
    ResearchChart,
    Scope.CLINIC,
    _WHY,
)
LIST_RESEARCH_CHART_IDS = Read("list_research_chart_ids", _charts(), ChartId, Scope.CLINIC, _WHY)


def _is_of_chart(table: sa.Table) -> sa.ColumnElement[bool]:
    """Match rows of one chart, if its research consent is in force and it was not erased."""
    return sa.and_(
        in_clinic(table),
        actor_is_current(),
        table.c.patient_id == _PATIENT_ID,
        key_stands(_PATIENT_ID),
        has_signed(_PATIENT_ID, ConsentPurpose.RESEARCH),
    )


def _of_chart(
    name: str, model: type[SQLModel], into: type[Row], *guards: Callable[[sa.Table], sa.ColumnElement[bool]]
) -> Read[Row]:
    table = table_of(model)
    found = sa.select(*(table.c[field] for field in into.model_fields))
    limited = found.where(_is_of_chart(table), *(guard(table) for guard in guards)).limit(PAGE_ROWS)
    return Read(name, limited, into, Scope.CLINIC, _WHY)


def _stands(table: sa.Table) -> sa.ColumnElement[bool]:
    return table.c.withdrawn_at.is_(None)


def _is_number(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(*(table.c.field != field for field in _IDENTIFYING))


def _is_over(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.state != SessionState.PLANNED, table.c.state != SessionState.IN_PROGRESS)


RESEARCH_SESSIONS = _of_chart("research_sessions", SessionTable, SessionFacts, _is_over)
RESEARCH_DOSES = _of_chart("research_doses", DoseTable, DoseFacts, _stands)
RESEARCH_VITALS = _of_chart("research_vitals", VitalTable, VitalFacts, _stands, _is_number)
RESEARCH_ADVERSE_EVENTS = _of_chart("research_adverse_events", AdverseEventTable, AdverseEventFacts, _stands)
RESEARCH_ARC_WINDOWS = _of_chart("research_arc_windows", ArcWindowTable, ArcWindowFacts)
RESEARCH_SCORES = Read(
    "research_scores",
    sa.select(
        *(_scores.c[name] for name in ScoreFacts.model_fields if name in _scores.c),
        *(_responses.c[name] for name in ("session_id", "instrument_version", "respondent")),
    )
    .join(
        _responses,
        sa.and_(
            in_clinic(_responses), _responses.c.patient_id == _PATIENT_ID, _responses.c.id == _scores.c.response_id
        ),
    )
    .where(
        _is_of_chart(_scores),
        sa.not_(is_own(_scores.c.instrument_id)),
        _responses.c.state == ResponseState.COMPLETED,
        _responses.c.withdrawn_at.is_(None),
    )
    .limit(PAGE_ROWS),
    ScoreFacts,
    Scope.CLINIC,
    _WHY,
)
"""The service takes the rows of each in any order, and refuses a chart that has more than it asks for."""
