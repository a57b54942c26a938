"""The Statements of tasks, each with what a row of a screen shows of its chart.

The joins to the chart begin at its key, and only if the actor may see the chart now. So a task that fell to somebody
beyond the team has neither name nor text. A thing that the actor may not read is not joined either.
"""

import sqlalchemy as sa

from integration_api.access.visible import in_clinic, visible
from integration_api.resources.attention.worklist.statements import MINE, ORDER, counted
from integration_api.resources.attention.worklist.tables import TaskRow, TaskTable
from integration_api.resources.journal.notes import reader_statements as notes
from integration_api.resources.journal.notes.tables import NoteFormat, NoteTable
from integration_api.resources.journal.plans import statements as plans
from integration_api.resources.journal.plans.tables import PlanState, PlanTable
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections.tables import ReflectionKind, ReflectionTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, after_ranked

_tasks, _patients = table_of(TaskTable), table_of(PatientTable)
_plans, _notes, _reflections = table_of(PlanTable), table_of(NoteTable), table_of(ReflectionTable)


class ShownTask(TaskRow):
    """A task, and what its reader may see of the chart; null for the rest."""

    name: str | None
    preferred_name: str | None
    plan_title: str | None
    plan_state: PlanState | None
    note_format: NoteFormat | None
    sections: dict[str, str] | None
    reflection_kind: ReflectionKind | None


class ListedTask(ShownTask):
    """A row of the worklist, and how many tasks wait in all."""

    waiting: int


def _bound(table: sa.Table, noun: str) -> list[sa.ColumnElement[object]]:
    """Return the columns that the ciphertext of a table is bound to."""
    names = ("clinic_id", "id", "patient_id", "version")
    return [table.c[name].label(f"{noun}_{name}") for name in names if name in table.c]


def _to_subject(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(
        table.c.clinic_id == VAULT_KEYS.c.clinic_id,
        table.c.patient_id == VAULT_KEYS.c.id,
        table.c.id == _tasks.c.subject_id,
    )


def _shown(*more: sa.ColumnElement[int]) -> sa.Select[tuple[object, ...]]:
    """SELECT a page of what waits for the actor, each with what a row shows of its chart."""
    return (
        sa.select(
            *_tasks.c,
            *more,
            VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
            *_bound(_patients, "chart"),
            _patients.c.name,
            _patients.c.preferred_name,
            *_bound(_plans, "plan"),
            _plans.c.title.label("plan_title"),
            _plans.c.state.label("plan_state"),
            *_bound(_notes, "note"),
            _notes.c.format.label("note_format"),
            _notes.c.sections,
            _reflections.c.kind.label("reflection_kind"),
        )
        .select_from(_tasks)
        .outerjoin(
            VAULT_KEYS,
            sa.and_(in_clinic(VAULT_KEYS), VAULT_KEYS.c.id == _tasks.c.patient_id, visible(_tasks.c.patient_id)),
        )
        .outerjoin(
            _patients, sa.and_(_patients.c.clinic_id == VAULT_KEYS.c.clinic_id, _patients.c.id == VAULT_KEYS.c.id)
        )
        .outerjoin(_plans, sa.and_(_to_subject(_plans), plans.readable(_plans)))
        .outerjoin(_notes, sa.and_(_to_subject(_notes), notes.readable(_notes)))
        .outerjoin(_reflections, sa.and_(_to_subject(_reflections), reflections.readable(_reflections)))
        .where(*MINE)
        .limit(PAGE_ROWS)
    )


LIST_TASKS = Read(
    "list_tasks",
    _shown(counted(*MINE).scalar_subquery().label("waiting")).where(after_ranked(*ORDER)).order_by(*ORDER),
    ListedTask,
    Scope.OWNER,
)
CHART_TASKS = Read(
    "chart_tasks",
    _shown().where(_tasks.c.patient_id == param("patient_id", _tasks.c.patient_id)).order_by(*ORDER),
    ShownTask,
    Scope.OWNER,
)
"""The actor's open tasks in one chart, the most urgent first."""
