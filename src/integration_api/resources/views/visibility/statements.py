"""Statements of visibility: the viewers of a thing, and the thing as a viewer reads it (`access/viewers.py`).

Rows of sessions and practices are the same for everybody, so they need no Statement of the second kind.
"""

import sqlalchemy as sa

from integration_api.access.viewers import SeenBy, viewed, viewers_of
from integration_api.resources.care.sessions import operations as session_operations
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.journal.goals import operations as goal_operations
from integration_api.resources.journal.goals import statements as goals_sql
from integration_api.resources.journal.goals.tables import GoalTable
from integration_api.resources.journal.notes import operations as note_operations
from integration_api.resources.journal.notes import reader_statements as notes
from integration_api.resources.journal.notes import statements as notes_sql
from integration_api.resources.journal.notes.tables import NoteTable
from integration_api.resources.journal.plans import operations as plan_operations
from integration_api.resources.journal.plans import statements as plans
from integration_api.resources.journal.plans.tables import PlanTable, StrategyTable
from integration_api.resources.journal.practices import operations as practice_operations
from integration_api.resources.journal.practices.tables import PracticeTable
from integration_api.resources.journal.reflections import operations as reflection_operations
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections import statements as reflections_sql
from integration_api.resources.journal.reflections.tables import ReflectionTable
from integration_api.storage.tables import table_of

OF_CHART = {SeenBy.CHART: sa.true()}
"""The rule of a kind of which everybody of a chart sees every row."""
OF_NOTES = notes.reader_rules(table_of(NoteTable))
OF_REFLECTIONS = reflections.reader_rules(table_of(ReflectionTable))
OF_PLANS = plans.reader_rules(table_of(PlanTable))

SESSION_VIEWERS = viewers_of("session_viewers", SessionTable, OF_CHART, session_operations.READ_SESSION)

NOTE_VIEWERS = viewers_of("note_viewers", NoteTable, OF_NOTES, note_operations.READ_NOTE)
VIEWED_NOTE = viewed("viewed_note", NoteTable, notes_sql.READ_NOTE)

REFLECTION_VIEWERS = viewers_of(
    "reflection_viewers", ReflectionTable, OF_REFLECTIONS, reflection_operations.READ_REFLECTION
)
VIEWED_REFLECTION = viewed("viewed_reflection", ReflectionTable, reflections_sql.READ_REFLECTION)

PLAN_VIEWERS = viewers_of("plan_viewers", PlanTable, OF_PLANS, plan_operations.READ_PLAN)
VIEWED_PLAN = viewed("viewed_plan", PlanTable, plans.READ_PLAN)
VIEWED_STRATEGIES = viewed("viewed_strategies", StrategyTable, plans.LIST_STRATEGIES)

PRACTICE_VIEWERS = viewers_of("practice_viewers", PracticeTable, OF_CHART, practice_operations.READ_PRACTICE)

GOAL_VIEWERS = viewers_of("goal_viewers", GoalTable, OF_CHART, goal_operations.READ_GOAL)
VIEWED_GOAL = viewed("viewed_goal", GoalTable, goals_sql.READ_GOAL)
