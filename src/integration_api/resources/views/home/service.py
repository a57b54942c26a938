"""Reading the screen of a patient."""

from zoneinfo import ZoneInfo

from integration_api.access.work import Work
from integration_api.resources.journal.plans.occurrence_schemas import Days
from integration_api.resources.journal.plans.occurrences import occurrences_of
from integration_api.resources.journal.plans.service import present_plan
from integration_api.resources.journal.practices import statements as practices_sql
from integration_api.resources.journal.practices.schemas import PracticeFilter
from integration_api.resources.journal.practices.service import present as present_practice
from integration_api.resources.journal.reflections import statements as reflections_sql
from integration_api.resources.journal.reflections.schemas import ReflectionFilter
from integration_api.resources.journal.reflections.service import own_chart
from integration_api.resources.journal.reflections.service import present as present_reflection
from integration_api.resources.people.patients.alerts import clinic_of_patient
from integration_api.resources.views.home import inbox_statements as inbox_sql
from integration_api.resources.views.home.inbox_rows import present_items
from integration_api.resources.views.home.parts import active_plans, next_sessions, strategies_of
from integration_api.resources.views.home.rules import MAX_ROWS
from integration_api.resources.views.home.schemas import Home
from integration_api.web.paging import first_rows


async def read_home(work: Work) -> Home:
    """Return the first rows of what a patient opens the day with. The ledger records it once."""
    patient_id = own_chart(work)
    sessions = await next_sessions(work, patient_id)
    plans = await active_plans(work, patient_id)
    strategies = await strategies_of(work, plans)
    unread = await work.part(inbox_sql.UNREAD_INBOX, patient_id=patient_id, **first_rows(MAX_ROWS))
    inbox = await present_items(work, unread)
    reflections = await work.part(
        reflections_sql.LIST_REFLECTIONS, **first_rows(MAX_ROWS), **vars(ReflectionFilter(patient_id=patient_id))
    )
    practices = await work.part(
        practices_sql.LIST_PRACTICES, **first_rows(MAX_ROWS), **vars(PracticeFilter(patient_id=patient_id))
    )
    clinic = await clinic_of_patient(work)
    time_zone = clinic.patient_time_zone or clinic.time_zone
    zone = ZoneInfo(time_zone)
    today = work.now.astimezone(zone).date()
    occurrences, _ = occurrences_of(
        [strategy for plan in plans for strategy in strategies[plan.id]], zone, Days(today, today)
    )
    work.record(patient_id, patient_id)
    return Home.of(
        clinic,
        time_zone=time_zone,
        today=today,
        clinic_phone=clinic.phone,
        unread=unread[0].unread if unread else 0,
        inbox=inbox,
        sessions=sessions,
        plans=[present_plan(work, plan, strategies[plan.id]) for plan in plans],
        occurrences=occurrences,
        reflections=[present_reflection(work, row) for row in reflections],
        practices=[present_practice(row) for row in practices],
    )
