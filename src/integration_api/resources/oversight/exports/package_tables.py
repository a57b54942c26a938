"""The tables whose rows a continuity package carries, parents first, and those that it leaves behind, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.resources.attention.flags.tables import FlagEventTable, FlagTable
from integration_api.resources.care.adverse_events.tables import AdverseEventTable, AdverseEventVersionTable
from integration_api.resources.care.arc_windows.tables import ArcWindowTable
from integration_api.resources.care.assessments.tables import AssessmentTable, AssessmentVersionTable
from integration_api.resources.care.courses.tables import CourseTable
from integration_api.resources.care.discharges.tables import DischargeTable
from integration_api.resources.care.doses.tables import DoseTable, ObserverCheckTable, VitalTable
from integration_api.resources.care.home_counts.tables import HomeCountTable
from integration_api.resources.care.lab_results.tables import LabResultTable
from integration_api.resources.care.medicines.tables import MedicineTable
from integration_api.resources.care.orders.tables import OrderTable
from integration_api.resources.care.readiness.tables import HoldTable, ReadinessTable, ReadinessVersionTable
from integration_api.resources.care.remote_sessions.tables import LinkEventTable, RemoteTable, RemoteVersionTable
from integration_api.resources.care.rems_forms.tables import RemsFormTable
from integration_api.resources.care.sessions.tables import SessionTable, SessionVersionTable
from integration_api.resources.journal.amendment_requests.tables import AmendmentRequestTable
from integration_api.resources.journal.disclosures.tables import DisclosureTable
from integration_api.resources.journal.goals.tables import GoalRatingTable, GoalTable
from integration_api.resources.journal.notes.tables import (
    AttachmentTable,
    NoteAddendumTable,
    NoteTable,
    NoteVersionTable,
)
from integration_api.resources.journal.plans.tables import PlanTable, PlanVersionTable, StrategyTable
from integration_api.resources.journal.practices.tables import PracticeTable
from integration_api.resources.journal.record_requests.tables import RecordRequestTable
from integration_api.resources.journal.reflections.tables import (
    InsightTable,
    ReflectionTable,
    ReflectionVersionTable,
    ReplyTable,
)
from integration_api.resources.journal.shared_summaries.tables import SharedSummaryTable, SharedSummaryVersionTable
from integration_api.resources.measures.check_ins.tables import CheckInTable
from integration_api.resources.measures.measure_responses.tables import MeasureResponseTable, MeasureScoreTable
from integration_api.resources.oversight.imported_records.tables import ImportedRecordTable
from integration_api.resources.people.consent_documents.tables import ConsentDocumentTable, ConsentTable
from integration_api.resources.people.patients.tables import KeptTable, PatientTable, SafetyPlanTable
from integration_api.storage.tables import ClinicRow, table_of

PATIENTS, DOCUMENTS, ATTACHMENTS = "patients", "consent_documents", "attachments"
_NEVER = frozenset({"clinic_id", "imported_at", "imported_proof", "imported_number"})
"""The clinic is the deployment's, and the marks of an import are of the one that made it."""
_OF_THE_STORE = frozenset({"content_key", "objects"})
"""The key and the places of a file's bytes. The bytes themselves are in the package."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A table whose rows travel."""

    model: type[SQLModel]

    @property
    def table(self) -> sa.Table:
        """Return the table."""
        return table_of(self.model)

    @property
    def name(self) -> str:
        """Return its name, which is that of its file."""
        return self.table.name

    @property
    def row(self) -> type[ClinicRow]:
        """Return the class of its rows."""
        return cast(type[ClinicRow], self.model.__mro__[1])

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that travel."""
        without = _NEVER | (_OF_THE_STORE if self.name == ATTACHMENTS else frozenset())
        return tuple(column.name for column in self.table.c if column.name not in without)

    @property
    def is_of_session(self) -> bool:
        """Return whether each row has the id of the session that it is about: no index of it begins with the chart."""
        keys = self.table.foreign_key_constraints
        return any(key.referred_table.name == "sessions" and "id" in key.column_keys for key in keys)

    @property
    def parent_in_table(self) -> str | None:
        """Return the column that names another row of the same table, which is inserted before; None if none does."""
        for key in self.table.foreign_key_constraints:
            if key.referred_table is self.table:
                return str(key.column_keys[-1])
        return None


CARRIED = tuple(
    Carried(model)
    for model in (
        *(PatientTable, ConsentDocumentTable),
        *(
            CourseTable,
            MedicineTable,
            DisclosureTable,
            FlagTable,
            GoalTable,
            HomeCountTable,
            LabResultTable,
            ImportedRecordTable,
            KeptTable,
        ),
        *(OrderTable, PlanTable, RecordRequestTable, SafetyPlanTable, SessionTable, ConsentTable),
        *(AdverseEventTable, ArcWindowTable, AssessmentTable, AssessmentVersionTable, DischargeTable),
        *(HoldTable, DoseTable, FlagEventTable, GoalRatingTable, MeasureResponseTable, NoteTable),
        *(PlanVersionTable, ReadinessTable, ReadinessVersionTable, ReflectionTable, RemoteTable, RemsFormTable),
        *(SessionVersionTable, SharedSummaryTable, StrategyTable, VitalTable),
        *(AdverseEventVersionTable, AmendmentRequestTable, AttachmentTable, CheckInTable, InsightTable),
        *(LinkEventTable, MeasureScoreTable, NoteAddendumTable, NoteVersionTable, ObserverCheckTable),
        *(PracticeTable, ReplyTable, ReflectionVersionTable, RemoteVersionTable, SharedSummaryVersionTable),
    )
)
BY_NAME: Mapping[str, Carried] = {one.name: one for one in CARRIED}

LEFT_BEHIND: Mapping[str, str] = {
    "accounts": "of sign-in; the authors travel as names and credentials, and cannot sign in",
    "capture_links": "secrets of one deployment; the entries that were written by them travel",
    "care_team": "who may see the chart is for the receiving clinic to grant",
    "changes": "the feed of one deployment, of ids alone",
    "chart_imports": "of one deployment; earlier ones travel as evidence",
    "custody_entries": "the register of one clinic's stock, which stays with it by law",
    "emergency_accesses": "of staff of one clinic; that the chart was opened is in the evidence",
    "exports": "files of one deployment",
    "inbox_items": "what is new to the patient there; the things themselves travel",
    "ledger": "of one deployment; the rows about the chart travel as evidence, and are not spliced in",
    "notices": "messages to accounts of one deployment",
    "patient_name_parts": "blind indexes under keys of one deployment; made anew from the name",
    "psychotherapy_grants": "kept apart by law; the author alone decides about them",
    "psychotherapy_notes": "kept apart by law; the author alone decides about them",
    "reflection_tags": "blind indexes under keys of one deployment; made anew from the reflections",
    "safeguarding_reports": "about staff of one clinic; the lead and the deputy alone read them",
    "split_care": "what one clinic shows to a therapist outside; the clinic that receives the chart agrees anew",
    "support_tokens": "secrets of a support person",
    "tasks": "the work of one clinic; what waits is told in the report",
    "tombstones": "ids of what was deleted there",
    "webhook_deliveries": "messages to programs of one clinic",
}
"""Tables of charts of which no row travels, and why."""
