"""Search's Statement: one arm for each kind of thing, under the rules of its own list, and all texts of that page."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel, JsonValue

from integration_api.resources.care.adverse_events.tables import AdverseEventTable
from integration_api.resources.care.medicines.tables import MedicineTable
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.journal.goals import statements as goals
from integration_api.resources.journal.goals.tables import GoalTable
from integration_api.resources.journal.notes import reader_statements as notes
from integration_api.resources.journal.notes.tables import NoteAddendumTable, NoteTable
from integration_api.resources.journal.plans import statements as plans
from integration_api.resources.journal.plans.tables import PlanTable, StrategyTable
from integration_api.resources.journal.practices import statements as practices
from integration_api.resources.journal.practices.tables import PracticeTable
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections import reply_statements as replies
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.tables import ReflectionTable, ReplyTable
from integration_api.resources.journal.shared_summaries import statements as shared_summaries
from integration_api.resources.journal.shared_summaries.tables import SharedSummaryTable
from integration_api.resources.people.patients.tables import SafetyPlanState, SafetyPlanTable
from integration_api.resources.views.search.schemas import FoundKind
from integration_api.resources.views.timeline.arm_statements import Beside, arm, newest_of, with_texts
from integration_api.storage.statements import Read, Scope
from integration_api.storage.tables import table_of


class SearchedRow(BaseModel):
    """One thing of a chart, with its texts; those of other kinds are null."""

    clinic_id: UUID
    id: UUID
    patient_id: UUID
    kind: str
    at: datetime
    state: str | None
    session_id: UUID | None
    of_id: UUID | None
    intention: str | None
    set_and_setting: dict[str, JsonValue] | None
    sections: dict[str, str] | None
    disagreements: list[dict[str, str]] | None
    addendum: str | None
    content: Content | None
    reply: str | None
    plan_title: str | None
    aim: str | None
    strategy_title: str | None
    description: str | None
    if_cue: str | None
    then_action: str | None
    barriers: list[dict[str, str | None]] | None
    supports: list[str] | None
    context: str | None
    goal_title: str | None
    levels: list[str] | None
    event_text: str | None
    event_action: str | None
    treatment: str | None
    medicine_name: str | None
    medicine_dose: str | None
    warning_signs: list[str] | None
    internal_coping: list[str] | None
    distraction: list[dict[str, str | None]] | None
    people_to_ask: list[dict[str, str | None]] | None
    professionals: list[dict[str, str | None]] | None
    means_safety: list[str] | None
    reason_for_living: str | None
    summary_title: str | None
    summary: str | None


_strategies, _addenda = table_of(StrategyTable), table_of(NoteAddendumTable)
_events, _medicines, _safety = table_of(AdverseEventTable), table_of(MedicineTable), table_of(SafetyPlanTable)
_STEPS = ("warning_signs", "internal_coping", "distraction", "people_to_ask", "professionals", "means_safety")

ARMS: tuple[sa.Select[Any], ...] = (
    arm(SessionTable, FoundKind.SESSION, "planned_start_at", state="state", session_id="id", title_id="id"),
    arm(
        NoteTable,
        FoundKind.NOTE,
        "happened_at",
        state="state",
        session_id="session_id",
        title_id="id",
        guards=(notes.readable(table_of(NoteTable)),),
    ),
    arm(
        NoteAddendumTable,
        FoundKind.ADDENDUM,
        "created_at",
        of_id="note_id",
        title_id="id",
        guards=(notes.of_readable(_addenda),),
    ),
    arm(
        ReflectionTable,
        FoundKind.REFLECTION,
        "happened_at",
        state="state",
        session_id="session_id",
        title_id="id",
        guards=(reflections.readable(table_of(ReflectionTable)),),
    ),
    arm(
        ReplyTable,
        FoundKind.REPLY,
        "created_at",
        of_id="reflection_id",
        title_id="id",
        guards=(replies.of_read,),
    ),
    arm(
        PlanTable,
        FoundKind.PLAN,
        "created_at",
        state="state",
        title_id="id",
        guards=(plans.readable(table_of(PlanTable)),),
    ),
    arm(
        StrategyTable,
        FoundKind.STRATEGY,
        "created_at",
        of_id="plan_id",
        title_id="id",
        guards=(plans.of_readable(_strategies), _strategies.c.removed_at.is_(None)),
    ),
    arm(
        PracticeTable,
        FoundKind.PRACTICE,
        "happened_at",
        of_id="plan_id",
        title_id="id",
        guards=(practices.counts,),
    ),
    arm(GoalTable, FoundKind.GOAL, "created_at", title_id="id", guards=(goals.counts,)),
    arm(
        AdverseEventTable,
        FoundKind.ADVERSE_EVENT,
        "onset_at",
        session_id="session_id",
        title_id="id",
        guards=(_events.c.withdrawn_at.is_(None),),
    ),
    arm(
        MedicineTable,
        FoundKind.MEDICINE,
        "created_at",
        title_id="id",
        guards=(_medicines.c.withdrawn_at.is_(None),),
    ),
    arm(
        SafetyPlanTable,
        FoundKind.SAFETY_PLAN,
        "created_at",
        state="state",
        title_id="id",
        guards=(_safety.c.state != SafetyPlanState.REPLACED,),
    ),
    arm(
        SharedSummaryTable,
        FoundKind.SHARED_SUMMARY,
        "created_at",
        session_id="session_id",
        title_id="id",
        guards=(shared_summaries.counts,),
    ),
)
TEXTS = (
    Beside(
        FoundKind.SESSION,
        table_of(SessionTable),
        {"intention": "intention", "set_and_setting": "set_and_setting"},
    ),
    Beside(FoundKind.NOTE, table_of(NoteTable), {"sections": "sections", "disagreements": "disagreements"}),
    Beside(FoundKind.ADDENDUM, _addenda, {"addendum": "text"}),
    Beside(FoundKind.REFLECTION, table_of(ReflectionTable), {"content": "content"}, (reflections.is_read,)),
    Beside(FoundKind.REPLY, table_of(ReplyTable), {"reply": "text"}),
    Beside(FoundKind.PLAN, table_of(PlanTable), {"plan_title": "title", "aim": "aim"}),
    Beside(
        FoundKind.STRATEGY,
        _strategies,
        {
            "strategy_title": "title",
            **{name: name for name in ("description", "if_cue", "then_action", "barriers", "supports")},
        },
    ),
    Beside(FoundKind.PRACTICE, table_of(PracticeTable), {"context": "context"}),
    Beside(FoundKind.GOAL, table_of(GoalTable), {"goal_title": "title", "levels": "levels"}),
    Beside(
        FoundKind.ADVERSE_EVENT,
        _events,
        {"event_text": "text", "event_action": "action", "treatment": "treatment"},
    ),
    Beside(FoundKind.MEDICINE, _medicines, {"medicine_name": "name", "medicine_dose": "dose"}),
    Beside(FoundKind.SAFETY_PLAN, _safety, {name: name for name in (*_STEPS, "reason_for_living")}),
    Beside(FoundKind.SHARED_SUMMARY, table_of(SharedSummaryTable), {"summary_title": "title", "summary": "text"}),
)

SEARCH_CHART = Read("search_chart", with_texts(newest_of(ARMS), TEXTS), SearchedRow, Scope.OWNER)
