"""Reading what a patient is asked now, soon, and was asked last."""

from collections.abc import Sequence
from datetime import datetime

from integration_api.access.work import Work
from integration_api.resources.care.arc_windows.rules import ArcState, state_at
from integration_api.resources.care.arc_windows.tables import ArcWindowRow
from integration_api.resources.measures.next_steps import statements as sql
from integration_api.resources.measures.next_steps.rules import Waiting, reminders
from integration_api.resources.measures.next_steps.schemas import (
    NextMeasure,
    NextNow,
    NextOver,
    NextReminder,
    NextSoon,
    NextSteps,
)
from integration_api.resources.measures.next_steps.statements import CompletedMeasure
from integration_api.web.errors import NotFound


async def read_next(work: Work) -> NextSteps:
    """Return the patient's next steps. Raises NotFound if the actor has no chart."""
    patient_id = work.actor.patient_id
    if patient_id is None:
        raise NotFound
    ahead = await work.part(sql.WINDOWS_AHEAD, patient_id=patient_id)
    over = await work.all(sql.WINDOWS_OVER, patient_id=patient_id)
    opened = [row for row in ahead if row.opens_at <= work.now]
    done: Sequence[CompletedMeasure] = ()
    if any(row.step["measures"] for row in opened):
        since = min(row.opens_at for row in opened)
        done = await work.part(sql.MEASURES_SINCE, patient_id=patient_id, since=since)
    shown = [now for now in (_now(row, done) for row in opened) if not _is_done(now)]
    waiting = [row for row in ahead if row.state is ArcState.OPEN]
    remind = reminders([Waiting(row.opens_at, row.due_at, row.closes_at) for row in waiting], work.now)
    work.record(patient_id, patient_id)
    return NextSteps(
        now=shown,
        soon=[_soon(row) for row in ahead if row.opens_at > work.now and row.state is ArcState.OPEN],
        over=[_over(row, work.now) for row in over],
        reminders=[NextReminder(remind_at=at, what="check_in") for at in remind],
    )


def _now(row: ArcWindowRow, done: Sequence[CompletedMeasure]) -> NextNow:
    since = {one.instrument_id for one in done if row.opens_at <= one.happened_at < row.closes_at}
    return NextNow(
        arc_window_id=row.id,
        step_id=row.step["id"],
        is_answered=row.state is ArcState.ANSWERED,
        due_at=row.due_at,
        closes_at=row.closes_at,
        prompts=row.step["prompts"],
        items=row.step["items"],
        measures=[NextMeasure(instrument_id=one, is_answered=one in since) for one in row.step["measures"]],
    )


def _is_done(now: NextNow) -> bool:
    return now.is_answered and all(measure.is_answered for measure in now.measures)


def _soon(row: ArcWindowRow) -> NextSoon:
    return NextSoon(arc_window_id=row.id, step_id=row.step["id"], opens_at=row.opens_at, due_at=row.due_at)


def _over(row: ArcWindowRow, now: datetime) -> NextOver:
    state = state_at(row.state, row.closes_at, now)
    closed_at = row.settled_at or row.closes_at
    return NextOver(arc_window_id=row.id, step_id=row.step["id"], due_at=row.due_at, state=state, closed_at=closed_at)
