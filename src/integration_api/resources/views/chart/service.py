"""Reading the screen of a chart."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.access.work import Work
from integration_api.resources.attention.worklist.service import present_task
from integration_api.resources.attention.worklist.tables import TaskKind, TaskRow
from integration_api.resources.care.medicines.service import present as present_medicine
from integration_api.resources.care.sessions.service import present as present_session
from integration_api.resources.journal.plans.service import present_item
from integration_api.resources.people.patients import statements as patients_sql
from integration_api.resources.people.patients.schemas import CareTeamMember
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.people.patients.service import present as present_patient
from integration_api.resources.views.chart import statements as sql
from integration_api.resources.views.chart.schemas import Chart
from integration_api.resources.views.chart.statements import AlertRow
from integration_api.resources.views.home import task_statements as tasks_sql
from integration_api.resources.views.home.parts import active_plans, next_sessions
from integration_api.resources.views.home.rules import MAX_ROWS, display_name
from integration_api.resources.views.home.task_rows import shown_task
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.resources.views.timeline.service import latest
from integration_api.web.paging import first_rows

_MAX_TASKS = 10
_MAX_LISTED = 20
_MAX_READ = 100
"""Urgent tasks that are read: each thing that waits is in them once for every account that it waits for."""


async def read_chart(work: Work, patient_id: UUID) -> Chart:
    """Return the first rows of what the actor may see of a chart. The ledger records it once. Raises NotFound.

    The patient is read last: whoever may see the chart then could see it in all parts.
    """
    urgent = await work.part(sql.CHART_ALERTS, patient_id=patient_id, page_rows=_MAX_READ)
    tasks = await work.part(tasks_sql.CHART_TASKS, patient_id=patient_id, page_rows=_MAX_TASKS)
    team = await work.part(patients_sql.CURRENT_MEMBERS, patient_id=patient_id, **first_rows(_MAX_LISTED))
    earliest = (work.now - timedelta(days=1)).date()
    medicines = await work.part(sql.CURRENT_MEDICINES, patient_id=patient_id, today=earliest, **first_rows(_MAX_LISTED))
    plans = await active_plans(work, patient_id)
    upcoming = await next_sessions(work, patient_id)
    past = await work.part(sql.LAST_SESSIONS, patient_id=patient_id, **first_rows(MAX_ROWS))
    notes = await latest(work, patient_id, TimelineKind.NOTE, MAX_ROWS)
    reflections = await latest(work, patient_id, TimelineKind.REFLECTION, MAX_ROWS)
    patient = await load_patient(work, patient_id)
    today = work.now.astimezone(ZoneInfo(patient.time_zone)).date()
    name = display_name(patient.preferred_name, patient.name)
    work.record(patient.id, patient.id)
    return Chart(
        patient=present_patient(patient),
        alerts=[present_task(row, patient_name=name) for row in _one_each(map(_told, urgent), work.actor.id)],
        tasks=[shown_task(row) for row in tasks],
        care_team=[CareTeamMember.of(row) for row in team],
        medicines=[present_medicine(row) for row in medicines if row.ended_on is None or row.ended_on >= today],
        plans=[present_item(work, row) for row in plans],
        next_sessions=upcoming,
        last_sessions=[present_session(work, row) for row in past],
        notes=notes,
        reflections=reflections,
    )


def _told(row: AlertRow) -> TaskRow:
    """Return an urgent task as the whole care team is told of it.

    What was taken back, or is not released yet, is a call for help and no more, as its patient was told.
    """
    if row.is_readable:
        return row
    return row.model_copy(update={"kind": TaskKind.HELP_ASKED, "subject_id": row.patient_id})


def _one_each(rows: Iterable[TaskRow], actor_id: UUID) -> list[TaskRow]:
    """Return one row for each thing that waits, the actor's own if there is one, in the order of the rows."""
    found: dict[tuple[TaskKind, UUID], TaskRow] = {}
    for row in rows:
        known = found.setdefault((row.kind, row.subject_id), row)
        if row.account_id == actor_id != known.account_id and row.urgency_rank == known.urgency_rank:
            found[row.kind, row.subject_id] = row
    return [*found.values()][:_MAX_TASKS]
