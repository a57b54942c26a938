"""The kinds of an export that are about what was written, asked, planned and looked at."""

from functools import partial

from integration_api.resources.journal.amendment_requests.operations import LIST_AMENDMENT_REQUESTS
from integration_api.resources.journal.amendment_requests.schemas import AmendmentRequestFilter
from integration_api.resources.journal.amendment_requests.service import list_amendment_requests
from integration_api.resources.journal.attachments.operations import LIST_ATTACHMENTS
from integration_api.resources.journal.attachments.schemas import AttachmentFilter
from integration_api.resources.journal.attachments.service import list_attachments
from integration_api.resources.journal.disclosures.operations import LIST_DISCLOSURES
from integration_api.resources.journal.disclosures.schemas import DisclosureFilter
from integration_api.resources.journal.disclosures.service import list_disclosures
from integration_api.resources.journal.goals import operations as goals
from integration_api.resources.journal.goals.ratings import list_goal_ratings
from integration_api.resources.journal.goals.schemas import GoalFilter
from integration_api.resources.journal.goals.service import list_goals
from integration_api.resources.journal.notes import operations as notes
from integration_api.resources.journal.notes.amendments import list_note_versions
from integration_api.resources.journal.notes.schemas import NoteFilter
from integration_api.resources.journal.notes.service import list_notes, read_note
from integration_api.resources.journal.plans import operations as plans
from integration_api.resources.journal.plans.schemas import PlanFilter
from integration_api.resources.journal.plans.service import list_plans
from integration_api.resources.journal.plans.strategies import list_strategies
from integration_api.resources.journal.plans.versions import list_plan_versions
from integration_api.resources.journal.practices.operations import LIST_PRACTICES
from integration_api.resources.journal.practices.schemas import PracticeFilter
from integration_api.resources.journal.practices.service import list_practices
from integration_api.resources.journal.record_requests.operations import LIST_RECORD_REQUESTS
from integration_api.resources.journal.record_requests.schemas import RecordRequestFilter
from integration_api.resources.journal.record_requests.service import list_record_requests
from integration_api.resources.journal.reflections import operations as reflections
from integration_api.resources.journal.reflections.lists import list_reflection_versions, list_reflections
from integration_api.resources.journal.reflections.replies import list_reflection_replies
from integration_api.resources.journal.reflections.schemas import ReflectionFilter, Shown
from integration_api.resources.journal.safety_plans.operations import LIST_SAFETY_PLANS
from integration_api.resources.journal.safety_plans.schemas import SafetyPlanFilter
from integration_api.resources.journal.safety_plans.service import list_safety_plans
from integration_api.resources.journal.shared_summaries import operations as shared_summaries
from integration_api.resources.journal.shared_summaries.schemas import SharedSummaryFilter
from integration_api.resources.journal.shared_summaries.service import (
    list_shared_summaries,
    list_shared_summary_versions,
)
from integration_api.resources.journal.split_care.operations import LIST_SPLIT_CARE
from integration_api.resources.journal.split_care.schemas import SplitCareFilter
from integration_api.resources.journal.split_care.service import list_split_care
from integration_api.resources.measures.check_ins.operations import LIST_CHECK_INS
from integration_api.resources.measures.check_ins.schemas import CheckInFilter
from integration_api.resources.measures.check_ins.service import list_check_ins
from integration_api.resources.measures.measure_responses.operations import LIST_MEASURE_RESPONSES
from integration_api.resources.measures.measure_responses.schemas import MeasureResponseFilter
from integration_api.resources.measures.measure_responses.service import list_measure_responses
from integration_api.resources.oversight.exports.chart_imports import list_chart_imports
from integration_api.resources.oversight.exports.chart_walks import Kind, listed, of_chart, of_each, one_of_each
from integration_api.resources.oversight.exports.operations import LIST_CHART_IMPORTS
from integration_api.resources.oversight.imported_records.operations import LIST_IMPORTED_RECORDS
from integration_api.resources.oversight.imported_records.schemas import ImportedRecordFilter
from integration_api.resources.oversight.imported_records.service import list_imported_records
from integration_api.resources.oversight.ledger_view.operations import READ_ACCESS_LOG
from integration_api.resources.oversight.ledger_view.schemas import AccessFilter
from integration_api.resources.oversight.ledger_view.service import read_access_log
from integration_api.resources.oversight.retention.operations import LIST_KEPT_CONTENTS
from integration_api.resources.oversight.retention.service import list_kept_contents

ADDED_TO, AMENDED, SIGNED = "notes with addenda", "amended notes", "signed notes"
ANSWERED, EDITED = "reflections with replies", "edited reflections"
RATED, WITH_STRATEGIES, REVISED, FILES = "rated goals", "plans with strategies", "revised plans", "files"
REWRITTEN = "rewritten summaries"

JOURNAL_KINDS = (
    Kind(
        "notes",
        "Note",
        listed(notes.LIST_NOTES, partial(list_notes, only=NoteFilter())),
        at=("happened_at",),
        by=("author_id",),
        title=("format",),
        hidden=("sharing", "service_at", "content_version", "addenda_count"),
        groups={
            ADDED_TO: lambda one: one.addenda_count > 0,
            AMENDED: lambda one: one.content_version > 1,
            SIGNED: lambda one: one.content_sha256 is not None,
        },
    ),
    Kind(
        "note_addenda",
        "Addition to a note",
        one_of_each(ADDED_TO, notes.READ_NOTE, read_note, lambda note: note.addenda),
        by=("author_id",),
        hidden=("text_sha256", "author_name", "author_credential"),
    ),
    Kind(
        "note_versions",
        "Note as it was signed before",
        of_each(AMENDED, notes.LIST_NOTE_VERSIONS, list_note_versions),
        title=("number",),
    ),
    Kind(
        "amendment_requests",
        "Request to amend the record",
        listed(LIST_AMENDMENT_REQUESTS, partial(list_amendment_requests, only=AmendmentRequestFilter())),
    ),
    Kind(
        "record_requests",
        "Request for a copy of the record",
        listed(LIST_RECORD_REQUESTS, partial(list_record_requests, only=RecordRequestFilter())),
        at=("received_at",),
    ),
    Kind(
        "disclosures",
        "Disclosure to somebody outside the clinic",
        listed(
            LIST_DISCLOSURES,
            partial(list_disclosures, only=DisclosureFilter()),
            partial(list_disclosures, only=DisclosureFilter(withdrawn=True)),
        ),
        at=("disclosed_at",),
        title=("recipient",),
    ),
    Kind(
        "reflections",
        "Reflection",
        listed(reflections.LIST_REFLECTIONS, partial(list_reflections, only=ReflectionFilter(), shown=Shown())),
        at=("happened_at",),
        hidden=(
            "prompt_set",
            "prompt_set_version",
            "reply_count",
            "last_reply_at",
            "edited_since_review",
            "held_until",
        ),
        is_own=True,
        groups={ANSWERED: lambda one: one.reply_count > 0, EDITED: lambda one: one.edited_at is not None},
    ),
    Kind(
        "reflection_replies",
        "Reply to a reflection",
        of_each(ANSWERED, reflections.LIST_REFLECTION_REPLIES, list_reflection_replies),
        by=("author_id",),
        hidden=("is_patient",),
    ),
    Kind(
        "reflection_versions",
        "Reflection as it was before",
        of_each(EDITED, reflections.LIST_REFLECTION_VERSIONS, list_reflection_versions),
        at=("saved_at",),
        hidden=("prompt_set", "prompt_set_version"),
        is_own=True,
        is_shown=False,
    ),
    Kind(
        "attachments",
        "File",
        listed(LIST_ATTACHMENTS, partial(list_attachments, only=AttachmentFilter())),
        hidden=("received_bytes", "part_bytes", "sha256", "state", "completed_at", "path"),
        groups={FILES: lambda one: one.sha256 is not None},
    ),
    Kind(
        "goals",
        "Goal",
        listed(
            goals.LIST_GOALS,
            partial(list_goals, only=GoalFilter()),
            partial(list_goals, only=GoalFilter(withdrawn=True)),
        ),
        title=("title",),
        groups={RATED: lambda one: one.first_rated_at is not None},
    ),
    Kind(
        "goal_ratings",
        "Rating of a goal",
        of_each(RATED, goals.LIST_GOAL_RATINGS, list_goal_ratings),
        at=("happened_at",),
        by=("rated_by_id",),
        hidden=("rated_at",),
    ),
    Kind(
        "plans",
        "Plan",
        listed(plans.LIST_PLANS, partial(list_plans, only=PlanFilter())),
        title=("title",),
        hidden=("agreed_revision", "strategy_count", "is_shared"),
        groups={
            WITH_STRATEGIES: lambda one: one.strategy_count > 0,
            REVISED: lambda one: one.revision > 1,
        },
    ),
    Kind(
        "plan_strategies",
        "Strategy of a plan",
        of_each(WITH_STRATEGIES, plans.LIST_STRATEGIES, list_strategies),
        title=("title",),
        hidden=("plan_version",),
    ),
    Kind(
        "plan_versions",
        "Plan as it was before",
        of_each(REVISED, plans.LIST_PLAN_VERSIONS, list_plan_versions),
        by=("proposed_by_id",),
        is_shown=False,
    ),
    Kind(
        "practices",
        "Practice",
        listed(LIST_PRACTICES, partial(list_practices, only=PracticeFilter())),
        at=("used_at", "created_at"),
        is_own=True,
    ),
    Kind(
        "safety_plans",
        "Safety plan",
        listed(LIST_SAFETY_PLANS, partial(list_safety_plans, only=SafetyPlanFilter())),
        by=("written_by_id",),
        title=("state",),
    ),
    Kind(
        "shared_summaries",
        "Shared summary",
        listed(
            shared_summaries.LIST_SHARED_SUMMARIES,
            partial(list_shared_summaries, only=SharedSummaryFilter()),
            partial(list_shared_summaries, only=SharedSummaryFilter(withdrawn=True)),
        ),
        by=("written_by_id",),
        title=("title",),
        groups={REWRITTEN: lambda one: one.revision > 1},
    ),
    Kind(
        "shared_summary_versions",
        "Shared summary as it was before",
        of_each(REWRITTEN, shared_summaries.LIST_SHARED_SUMMARY_VERSIONS, list_shared_summary_versions),
        by=("written_by_id",),
        title=("title",),
    ),
    Kind(
        "split_care",
        "Agreement with a therapist of another clinic",
        listed(LIST_SPLIT_CARE, partial(list_split_care, only=SplitCareFilter())),
        by=("prescriber_id",),
        title=("therapist_clinic",),
        hidden=("decides",),
    ),
    Kind(
        "measure_responses",
        "Questionnaire",
        listed(
            LIST_MEASURE_RESPONSES,
            partial(list_measure_responses, only=MeasureResponseFilter()),
            partial(list_measure_responses, only=MeasureResponseFilter(withdrawn=True)),
        ),
        at=("happened_at",),
        title=("instrument_id",),
        hidden=("instrument_version", "completed_at"),
    ),
    Kind(
        "check_ins",
        "Check-in",
        listed(
            LIST_CHECK_INS,
            partial(list_check_ins, only=CheckInFilter()),
            partial(list_check_ins, only=CheckInFilter(withdrawn=True)),
        ),
        at=("happened_at",),
        hidden=("item_version", "completed_at"),
    ),
    Kind(
        "kept_contents",
        "Text that a legal hold kept",
        of_chart(LIST_KEPT_CONTENTS, list_kept_contents),
        at=("kept_at",),
        is_shown=False,
    ),
    Kind(
        "access_log",
        "Access",
        listed(READ_ACCESS_LOG, partial(read_access_log, only=AccessFilter())),
        at=("at",),
        is_shown=False,
    ),
    Kind(
        "chart_imports",
        "Import from another deployment",
        of_chart(LIST_CHART_IMPORTS, list_chart_imports),
        at=("imported_at",),
        by=(),
        is_shown=False,
    ),
    Kind(
        "imported_records",
        "Record from another system",
        listed(LIST_IMPORTED_RECORDS, partial(list_imported_records, only=ImportedRecordFilter())),
        by=(),
        title=("source",),
        hidden=("subject_id", "file_sha256"),
    ),
)
