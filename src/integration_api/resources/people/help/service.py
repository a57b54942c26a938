"""Asking for help: tell whoever is there, and say what to do now."""

from datetime import datetime

from integration_api.access.work import Work
from integration_api.resources.attention.flags.help_calls import raise_for_help
from integration_api.resources.attention.worklist.rules import Waiting
from integration_api.resources.attention.worklist.tables import Urgency
from integration_api.resources.people.clinics.rules import is_open
from integration_api.resources.people.help.schemas import HelpAnswer
from integration_api.resources.people.patients.alerts import clinic_of_patient, say
from integration_api.resources.people.patients.monitoring_statements import Told, due
from integration_api.resources.people.patients.next_safety_steps import next_safety_step
from integration_api.web.errors import NotFound


async def ask_for_help(work: Work) -> HelpAnswer:
    """Raise the critical flag of whoever is there to take it. Asking again, before an answer, raises no second one.

    By a capture link nothing of the safety plan is answered: whoever holds the link may be somebody else.
    """
    patient_id = work.actor.patient_id
    if patient_id is None:
        raise NotFound
    clinic = await clinic_of_patient(work)
    raised = await raise_for_help(work, patient_id)
    step = None if work.actor.is_by_link else await next_safety_step(work, patient_id)
    times = (raised.flags[0].acknowledge_due_at, raised.flags[0].escalate_at)
    due_at = next((at for at in times if at and at > work.now), due(clinic, Urgency.CRITICAL, work.now))
    told = Told(raised.waiting or Waiting.NOBODY, Urgency.CRITICAL, due_at, clinic, next_step=step)
    work.record(patient_id, patient_id)
    said = say(work, told)
    opens_at = said["clinic_opens_at"]
    return HelpAnswer(
        told=told.waiting.value,
        answer_by=None if told.waiting is Waiting.NOBODY else told.due_at,
        next_step=step,
        text=said["text"],
        clinic_phone=clinic.phone,
        clinic_is_open=is_open(clinic.hours, clinic.time_zone, work.now),
        clinic_opens_at=datetime.fromisoformat(opens_at) if opens_at else None,
        crisis_resources=said["crisis_resources"],
    )
