"""Opening what waits for staff after a patient's write, and telling the patient who was told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import Hit, rank_of, urgency_of_flag
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.answering_statements import ANSWERING_TEAM
from integration_api.resources.attention.worklist.rules import Waiting, readers_among
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.resources.people.patients import statements as sql
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.monitoring_statements import (
    ClinicOfPatient,
    Told,
    due,
    monitoring_statement,
)
from integration_api.resources.people.patients.next_safety_steps import next_safety_step


async def clinic_of_patient(work: Work) -> ClinicOfPatient:
    """Return the signed-in patient's clinic, with their own time zone."""
    clinic = await work.get(sql.READ_CLINIC_OF_PATIENT)
    work.runtime.remember_country(clinic.id, clinic.country)
    return clinic


async def open_task(
    work: Work,
    patient_id: UUID,
    kind: TaskKind,
    subject_id: UUID,
    *,
    urgency: Urgency = Urgency.ROUTINE,
    release_at: datetime | None = None,
    policy: str | None = None,
    is_promise: bool = False,
) -> Told:
    """Open a task for the team. What is urgent opens now, whatever the release. `policy` names days to answer.

    If it `is_promise`, the patient is told by name who means to answer.
    """
    clinic = await clinic_of_patient(work)
    due_at = due(clinic, urgency, work.now, release_at, policy)
    opened_at = release_at if urgency is Urgency.ROUTINE else None
    team = readers_among(await work.all(ANSWERING_TEAM, patient_id=patient_id)) if is_promise else None
    waiting = await worklist.open_for_team(
        work, patient_id, kind, subject_id, due_at, opened_at=opened_at, urgency=urgency, team=team
    )
    return Told(waiting, urgency, due_at, clinic, team or ())


async def raise_alarm(
    work: Work, patient_id: UUID, origin: Origin, hits: Sequence[Hit], *, reading: Told | None = None
) -> Told:
    """Raise the flags that a patient's write asks for, and return who is told, until when, and the patient's own step.

    `reading` is what was told of the same write already, if it may have raised flags before.
    """
    clinic = reading.clinic if reading is not None else await clinic_of_patient(work)
    raised = await raise_flags(work, patient_id, origin, hits, is_new=reading is None)
    most = min(hits, key=lambda hit: rank_of(hit.severity))
    urgency = urgency_of_flag(most.severity)
    step = await next_safety_step(work, patient_id) if urgency is not Urgency.ROUTINE else None
    due_at = min((flag.acknowledge_due_at for flag in raised.flags), default=due(clinic, urgency, work.now))
    if reading is not None:
        return replace(reading, urgency=urgency, due_at=due_at, next_step=step)
    return Told(raised.waiting or Waiting.NOBODY, urgency, due_at, clinic, next_step=step)


async def tell_of_write(work: Work, patient_id: UUID, kind: TaskKind, subject_id: UUID) -> Monitoring | None:
    """Open a routine task for what the patient wrote, and return what they are told; None if staff wrote it."""
    if not work.actor.is_patient:
        return None
    return say(work, await open_task(work, patient_id, kind, subject_id))


def say(work: Work, told: Told, release_at: datetime | None = None) -> Monitoring:
    """Return the monitoring statement about what was just told."""
    return monitoring_statement(
        told.clinic,
        work.now,
        told=told.waiting,
        due_at=told.due_at,
        release_at=release_at,
        is_urgent=told.urgency is not Urgency.ROUTINE,
        answered_by=told.answerer,
        next_step=told.next_step,
    )
