"""The rules of who may see now what a row of the feed is about: each kind by its own table and `readable` rule."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.access.visible import in_clinic
from integration_api.resources.attention.flags.tables import FlagTable
from integration_api.resources.care.adverse_events.tables import AdverseEventTable
from integration_api.resources.care.arc_windows.tables import ArcWindowTable
from integration_api.resources.care.assessments.tables import AssessmentTable
from integration_api.resources.care.courses.tables import CourseTable
from integration_api.resources.care.discharges.tables import DischargeTable
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.care.home_counts.tables import HomeCountTable
from integration_api.resources.care.lab_results.tables import LabResultTable
from integration_api.resources.care.medicines.tables import MedicineTable
from integration_api.resources.care.orders.tables import OrderTable
from integration_api.resources.care.readiness.tables import ReadinessTable
from integration_api.resources.care.remote_sessions.tables import RemoteTable
from integration_api.resources.care.rems_forms.tables import RemsFormTable
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.delivery.changes.rules import ChangeKind
from integration_api.resources.journal.amendment_requests import statements as amendment_requests
from integration_api.resources.journal.amendment_requests.tables import AmendmentRequestTable
from integration_api.resources.journal.disclosures.tables import DisclosureTable
from integration_api.resources.journal.goals.tables import GoalTable
from integration_api.resources.journal.notes import reader_statements as notes
from integration_api.resources.journal.notes.tables import NoteTable
from integration_api.resources.journal.plans import statements as plans
from integration_api.resources.journal.plans.tables import PlanTable
from integration_api.resources.journal.practices.tables import PracticeTable
from integration_api.resources.journal.psychotherapy_notes import statements as psychotherapy_notes
from integration_api.resources.journal.psychotherapy_notes.tables import PsychotherapyNoteTable
from integration_api.resources.journal.record_requests.tables import RecordRequestTable
from integration_api.resources.journal.reflections import reflection_reader_statements as reflections
from integration_api.resources.journal.reflections.tables import ReflectionTable
from integration_api.resources.journal.shared_summaries.tables import SharedSummaryTable
from integration_api.resources.journal.split_care.tables import SplitCareTable
from integration_api.resources.measures.check_ins.tables import CheckInTable
from integration_api.resources.measures.measure_responses import statements as measure_responses
from integration_api.resources.measures.measure_responses.tables import MeasureResponseTable
from integration_api.resources.people.consent_documents.tables import ConsentTable
from integration_api.resources.people.patients.tables import SafetyPlanTable
from integration_api.resources.people.safeguarding_reports import statements as safeguarding_reports
from integration_api.resources.people.safeguarding_reports.tables import SafeguardingReportTable
from integration_api.storage.statements import VAULT_KEYS
from integration_api.storage.tables import table_of

_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_confided = table_of(PsychotherapyNoteTable).alias("feed_psychotherapy_notes")
_reports = table_of(SafeguardingReportTable).alias("feed_safeguarding_reports")
_key = VAULT_KEYS.alias("feed_key")
Readable = Callable[[Any], sa.ColumnElement[bool]]
"""The rule of a table about who reads which of its rows."""


def _thing(page: sa.FromClause, model: type[SQLModel], readable: Readable | None = None) -> sa.ColumnElement[bool]:
    """Match if the thing of a row of the page is there, in the chart that the row names, and the actor may read it."""
    table = table_of(model).alias(f"feed_{table_of(model).name}")
    found = sa.select(_ONE).where(
        in_clinic(table), table.c.id == page.c.thing_id, table.c.patient_id == page.c.patient_id
    )
    return (found if readable is None else found.where(readable(table))).exists()


def readable_things(page: sa.FromClause) -> Mapping[ChangeKind, sa.ColumnElement[bool]]:
    """Return for each kind that can be invisible to a reader of its channel, who may see the thing of a row now."""
    key_stands = sa.select(_ONE).where(_key.c.clinic_id == _CLINIC_ID, _key.c.id == page.c.patient_id).exists()
    return {
        ChangeKind.PATIENT: key_stands,
        ChangeKind.CARE_TEAM: key_stands,
        ChangeKind.COURSE: _thing(page, CourseTable),
        ChangeKind.SESSION: _thing(page, SessionTable),
        ChangeKind.READINESS: _thing(page, ReadinessTable),
        ChangeKind.ORDER: _thing(page, OrderTable),
        ChangeKind.DOSE: _thing(page, DoseTable),
        ChangeKind.CONSENT: _thing(page, ConsentTable),
        ChangeKind.VITALS: _thing(page, SessionTable),
        ChangeKind.ADVERSE_EVENT: _thing(page, AdverseEventTable),
        ChangeKind.ASSESSMENT: _thing(page, AssessmentTable),
        ChangeKind.DISCHARGE: _thing(page, DischargeTable),
        ChangeKind.REMS_FORM: _thing(page, RemsFormTable),
        ChangeKind.REMOTE_SESSION: _thing(page, RemoteTable),
        ChangeKind.HOME_SUPPLY: key_stands,
        ChangeKind.HOME_COUNT: _thing(page, HomeCountTable),
        ChangeKind.LAB_RESULT: _thing(page, LabResultTable),
        ChangeKind.MEDICINE: _thing(page, MedicineTable),
        ChangeKind.NOTE: _thing(page, NoteTable, notes.readable),
        ChangeKind.AMENDMENT_REQUEST: _thing(page, AmendmentRequestTable, amendment_requests.readable),
        ChangeKind.RECORD_REQUEST: _thing(page, RecordRequestTable),
        ChangeKind.DISCLOSURE: _thing(page, DisclosureTable),
        ChangeKind.PSYCHOTHERAPY_NOTE: sa.select(_ONE)
        .where(in_clinic(_confided), _confided.c.id == page.c.thing_id, psychotherapy_notes.readable(_confided))
        .exists(),
        ChangeKind.SAFEGUARDING_REPORT: sa.select(_ONE)
        .where(in_clinic(_reports), _reports.c.id == page.c.thing_id, safeguarding_reports.readable(_reports))
        .exists(),
        ChangeKind.REFLECTION: _thing(page, ReflectionTable, reflections.readable),
        ChangeKind.CAPTURE_LINK: _thing(page, SessionTable),
        ChangeKind.GOAL: _thing(page, GoalTable),
        ChangeKind.PLAN: _thing(page, PlanTable, plans.readable),
        ChangeKind.PRACTICE: _thing(page, PracticeTable),
        ChangeKind.SAFETY_PLAN: _thing(page, SafetyPlanTable),
        ChangeKind.SHARED_SUMMARY: _thing(page, SharedSummaryTable),
        ChangeKind.SPLIT_CARE: _thing(page, SplitCareTable),
        ChangeKind.FLAG: _thing(page, FlagTable),
        ChangeKind.ARC_WINDOW: _thing(page, ArcWindowTable),
        ChangeKind.CHECK_IN: _thing(page, CheckInTable),
        ChangeKind.MEASURE_RESPONSE: _thing(page, MeasureResponseTable, measure_responses.readable),
    }
