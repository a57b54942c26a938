"""The timeline's Statement: one arm for each kind of thing, and the titles of that page (`arm_statements.py`)."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.journal.goals import statements as goals
from integration_api.resources.journal.goals.tables import GoalTable
from integration_api.resources.journal.notes import reader_statements as notes
from integration_api.resources.journal.notes.tables import NoteTable
from integration_api.resources.journal.plans import statements as plans
from integration_api.resources.journal.plans.tables import PlanTable, StrategyTable
from integration_api.resources.journal.practices import statements as practices
from integration_api.resources.journal.practices.tables import PracticeTable
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.tables import ReflectionTable
from integration_api.resources.journal.shared_summaries import statements as shared_summaries
from integration_api.resources.journal.shared_summaries.tables import SharedSummaryTable
from integration_api.resources.views.timeline.arm_statements import Beside, arm, newest_of, with_texts
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.storage.statements import Read, Scope
from integration_api.storage.tables import table_of


class TimelineRow(BaseModel):
    """One thing of a chart, and the text that its title is made of."""

    clinic_id: UUID
    id: UUID
    patient_id: UUID
    kind: str
    at: datetime
    state: str | None
    session_id: UUID | None
    detail: str | None
    plan_title: str | None
    strategy_title: str | None
    goal_title: str | None
    summary_title: str | None
    note_sections: dict[str, str] | None
    note_disagreements: list[dict[str, str]] | None
    reflection_content: Content | None


ARMS: tuple[sa.Select[Any], ...] = (
    arm(SessionTable, TimelineKind.SESSION, "planned_start_at", state="state", session_id="id", detail="phase"),
    arm(
        NoteTable,
        TimelineKind.NOTE,
        "happened_at",
        state="state",
        session_id="session_id",
        detail="format",
        title_id="id",
        guards=(notes.readable(table_of(NoteTable)),),
    ),
    arm(
        ReflectionTable,
        TimelineKind.REFLECTION,
        "happened_at",
        state="state",
        session_id="session_id",
        detail="kind",
        title_id="id",
        guards=(reflections.readable(table_of(ReflectionTable)),),
    ),
    arm(
        PlanTable,
        TimelineKind.PLAN,
        "created_at",
        state="state",
        title_id="id",
        guards=(plans.readable(table_of(PlanTable)),),
    ),
    arm(
        PracticeTable,
        TimelineKind.PRACTICE,
        "happened_at",
        detail="skipped_reason",
        title_id="strategy_id",
        guards=(practices.counts,),
    ),
    arm(GoalTable, TimelineKind.GOAL, "created_at", title_id="id", guards=(goals.counts,)),
    arm(
        SharedSummaryTable,
        TimelineKind.SHARED_SUMMARY,
        "created_at",
        session_id="session_id",
        title_id="id",
        guards=(shared_summaries.counts,),
    ),
)

TITLES = (
    Beside(TimelineKind.PLAN, table_of(PlanTable), {"plan_title": "title"}),
    Beside(TimelineKind.PRACTICE, table_of(StrategyTable), {"strategy_title": "title"}),
    Beside(TimelineKind.GOAL, table_of(GoalTable), {"goal_title": "title"}),
    Beside(TimelineKind.SHARED_SUMMARY, table_of(SharedSummaryTable), {"summary_title": "title"}),
    Beside(
        TimelineKind.NOTE, table_of(NoteTable), {"note_sections": "sections", "note_disagreements": "disagreements"}
    ),
    Beside(
        TimelineKind.REFLECTION,
        table_of(ReflectionTable),
        {"reflection_content": "content"},
        (reflections.is_read,),
    ),
)

READ_TIMELINE = Read("read_timeline", with_texts(newest_of(ARMS), TITLES), TimelineRow, Scope.OWNER)
