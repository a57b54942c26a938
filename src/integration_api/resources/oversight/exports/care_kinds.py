"""The kinds of an export that are about people, sessions and treatment."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from integration_api.resources.care.adverse_events import operations as adverse_events
from integration_api.resources.care.adverse_events.schemas import AdverseEventFilter
from integration_api.resources.care.adverse_events.service import list_adverse_event_versions, list_adverse_events
from integration_api.resources.care.arc_windows.operations import LIST_ARC_WINDOWS
from integration_api.resources.care.arc_windows.schemas import ArcWindowFilter
from integration_api.resources.care.arc_windows.service import list_arc_windows
from integration_api.resources.care.assessments import operations as assessments
from integration_api.resources.care.assessments.service import list_assessment_versions, read_assessment
from integration_api.resources.care.consents.operations import LIST_CONSENTS
from integration_api.resources.care.consents.schemas import ConsentFilter
from integration_api.resources.care.consents.service import list_consents
from integration_api.resources.care.courses.operations import LIST_COURSES
from integration_api.resources.care.courses.schemas import CourseFilter
from integration_api.resources.care.courses.service import list_courses
from integration_api.resources.care.discharges.operations import READ_DISCHARGE
from integration_api.resources.care.discharges.service import read_discharge
from integration_api.resources.care.doses.operations import LIST_DOSES
from integration_api.resources.care.doses.schemas import DoseFilter
from integration_api.resources.care.doses.service import list_doses
from integration_api.resources.care.home_counts import operations as home_counts
from integration_api.resources.care.home_counts.schemas import HomeCountFilter
from integration_api.resources.care.home_counts.service import list_home_counts, read_home_supply
from integration_api.resources.care.lab_results import operations as lab_results
from integration_api.resources.care.lab_results.schemas import LabResultFilter
from integration_api.resources.care.lab_results.service import list_lab_results
from integration_api.resources.care.medicines.operations import LIST_MEDICINES
from integration_api.resources.care.medicines.schemas import MedicineFilter
from integration_api.resources.care.medicines.service import list_medicines
from integration_api.resources.care.monitoring.operations import LIST_VITALS
from integration_api.resources.care.monitoring.schemas import VitalFilter
from integration_api.resources.care.monitoring.service import list_vitals
from integration_api.resources.care.orders.operations import LIST_ORDERS
from integration_api.resources.care.orders.schemas import OrderFilter
from integration_api.resources.care.orders.service import list_orders
from integration_api.resources.care.readiness import operations as readiness
from integration_api.resources.care.readiness.service import list_readiness_versions, read_readiness_check
from integration_api.resources.care.remote_sessions import operations as remote
from integration_api.resources.care.remote_sessions.service import (
    list_remote_session_versions,
    read_observer_watch,
    read_remote_session,
)
from integration_api.resources.care.rems_forms.operations import READ_REMS_FORM
from integration_api.resources.care.rems_forms.service import read_rems_form
from integration_api.resources.care.sessions import operations as sessions
from integration_api.resources.care.sessions.schemas import SessionFilter
from integration_api.resources.care.sessions.service import list_session_versions, list_sessions
from integration_api.resources.care.sessions.tables import Phase
from integration_api.resources.oversight.exports.chart_walks import (
    Kind,
    listed,
    of_chart,
    of_each,
    one_of_each,
    single,
)
from integration_api.resources.people.clinics.operations import READ_CLINIC
from integration_api.resources.people.clinics.service import read_clinic
from integration_api.resources.people.patients import operations as patients
from integration_api.resources.people.patients.service import list_care_team, read_patient

DOSING, CORRECTED, HARMED = "dosing sessions", "corrected sessions", "changed adverse events"
_UPDATED: Mapping[str, Any] = {"at": ("updated_at",), "by": ("updated_by_id",)}
_VERSIONS: Mapping[str, Any] = {**_UPDATED, "is_shown": False}

CARE_KINDS = (
    Kind("patient", "You", single(patients.READ_PATIENT, read_patient), is_shown=False),
    Kind("clinic", "The clinic", single(READ_CLINIC, lambda work, _: read_clinic(work)), is_shown=False),
    Kind("care_team", "Member of your care team", of_chart(patients.LIST_CARE_TEAM, list_care_team), is_shown=False),
    Kind(
        "consents",
        "Consent",
        listed(LIST_CONSENTS, partial(list_consents, only=ConsentFilter())),
        at=("signed_at",),
        title=("purpose",),
    ),
    Kind(
        "courses",
        "Course of treatment",
        listed(LIST_COURSES, partial(list_courses, only=CourseFilter())),
        title=("indication",),
    ),
    Kind(
        "sessions",
        "Session",
        listed(sessions.LIST_SESSIONS, partial(list_sessions, only=SessionFilter())),
        at=("started_at", "planned_start_at"),
        title=("phase",),
        hidden=("claimed_started_at", "claimed_ended_at"),
        groups={
            DOSING: lambda one: one.phase is Phase.DOSING,
            CORRECTED: lambda one: one.corrected_at is not None,
        },
    ),
    Kind(
        "session_versions",
        "Session before a correction",
        of_each(CORRECTED, sessions.LIST_SESSION_VERSIONS, list_session_versions),
        is_shown=False,
    ),
    Kind("orders", "Order", listed(LIST_ORDERS, partial(list_orders, only=OrderFilter())), title=("route",)),
    Kind(
        "doses",
        "Dose",
        listed(
            LIST_DOSES,
            partial(list_doses, only=DoseFilter()),
            partial(list_doses, only=DoseFilter(withdrawn=True)),
        ),
        at=("given_at",),
        title=("kind", "route"),
    ),
    Kind(
        "vitals",
        "Reading",
        of_each(
            DOSING,
            LIST_VITALS,
            partial(list_vitals, only=VitalFilter()),
            partial(list_vitals, only=VitalFilter(withdrawn=True)),
        ),
        at=("taken_at",),
        title=("field",),
        hidden=("loinc",),
    ),
    Kind(
        "readiness",
        "Readiness check",
        one_of_each(DOSING, readiness.READ_READINESS_CHECK, read_readiness_check),
        **_UPDATED,
    ),
    Kind(
        "readiness_versions",
        "Earlier readiness check",
        of_each(DOSING, readiness.LIST_READINESS_VERSIONS, list_readiness_versions),
        **_VERSIONS,
    ),
    Kind("assessments", "Assessment", one_of_each(DOSING, assessments.READ_ASSESSMENT, read_assessment), **_UPDATED),
    Kind(
        "assessment_versions",
        "Earlier assessment",
        of_each(DOSING, assessments.LIST_ASSESSMENT_VERSIONS, list_assessment_versions),
        **_VERSIONS,
    ),
    Kind("discharges", "Discharge", one_of_each(DOSING, READ_DISCHARGE, read_discharge), **_UPDATED),
    Kind(
        "rems_forms",
        "REMS form",
        one_of_each(DOSING, READ_REMS_FORM, read_rems_form),
        at=("submitted_at", "first_dose_at", "updated_at"),
        by=("submitted_by_id",),
    ),
    Kind(
        "remote_sessions",
        "Session at home",
        one_of_each(DOSING, remote.READ_REMOTE_SESSION, read_remote_session),
        **_UPDATED,
    ),
    Kind(
        "remote_session_versions",
        "Session at home before a change",
        of_each(DOSING, remote.LIST_REMOTE_SESSION_VERSIONS, list_remote_session_versions),
        at=("kept_at",),
        by=("updated_by_id",),
        is_shown=False,
    ),
    Kind(
        "observer_watches",
        "What was seen at home",
        one_of_each(DOSING, remote.READ_OBSERVER_WATCH, read_observer_watch),
        at=("first_dose_at",),
        is_shown=False,
    ),
    Kind(
        "medicines",
        "Medicine",
        listed(
            LIST_MEDICINES,
            partial(list_medicines, only=MedicineFilter()),
            partial(list_medicines, only=MedicineFilter(withdrawn=True)),
        ),
        title=("name",),
    ),
    Kind(
        "adverse_events",
        "Adverse event",
        listed(
            adverse_events.LIST_ADVERSE_EVENTS,
            partial(list_adverse_events, only=AdverseEventFilter()),
            partial(list_adverse_events, only=AdverseEventFilter(withdrawn=True)),
        ),
        at=("onset_at",),
        title=("kind",),
        groups={HARMED: lambda one: one.version > 1},
    ),
    Kind(
        "adverse_event_versions",
        "Adverse event before a change",
        of_each(HARMED, adverse_events.LIST_ADVERSE_EVENT_VERSIONS, list_adverse_event_versions),
        is_shown=False,
    ),
    Kind("home_supplies", "Supply at home", single(home_counts.READ_HOME_SUPPLY, read_home_supply), is_shown=False),
    Kind(
        "home_counts",
        "Count at home",
        listed(home_counts.LIST_HOME_COUNTS, partial(list_home_counts, only=HomeCountFilter())),
        at=("happened_at",),
        by=("counted_by_id",),
    ),
    Kind(
        "lab_results",
        "Lab result",
        listed(
            lab_results.LIST_LAB_RESULTS,
            partial(list_lab_results, only=LabResultFilter()),
            partial(list_lab_results, only=LabResultFilter(withdrawn=True)),
        ),
        at=("taken_at",),
        by=("created_by_id",),
    ),
    Kind(
        "arc_windows",
        "Time for a check-in",
        listed(LIST_ARC_WINDOWS, partial(list_arc_windows, only=ArcWindowFilter())),
        at=("due_at",),
        is_shown=False,
    ),
)
