"""Asking for help: tell whoever is there, and say what to do now."""

from datetime import datetime

from integration_api.access.work import Work
from integration_api.resources.attention.roster.service import call_roster
from integration_api.resources.attention.worklist.rules import Waiting
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.resources.people.clinics.rules import is_open
from integration_api.resources.people.help.schemas import HelpAnswer
from integration_api.resources.people.patients.alerts import open_task, say
from integration_api.web.errors import NotFound


async def ask_for_help(work: Work) -> HelpAnswer:
    """Open the critical task of whoever is there to take it. Asking again opens no second one."""
    patient_id = work.actor.patient_id
    if patient_id is None:
        raise NotFound
    told = await open_task(work, patient_id, TaskKind.HELP_ASKED, patient_id, urgency=Urgency.CRITICAL)
    call_roster(work, patient_id, told.due_at)
    work.record(patient_id, patient_id)
    said, clinic = say(work, told), told.clinic
    opens_at = said["clinic_opens_at"]
    return HelpAnswer(
        told=told.waiting.value,
        answer_by=None if told.waiting is Waiting.NOBODY else told.due_at,
        text=said["text"],
        clinic_phone=clinic.phone,
        clinic_is_open=is_open(clinic.hours, clinic.time_zone, work.now),
        clinic_opens_at=datetime.fromisoformat(opens_at) if opens_at else None,
        crisis_resources=said["crisis_resources"],
    )
