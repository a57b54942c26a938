"""Statements of reflections. What staff may not read yet is in none of them, for staff."""

import sqlalchemy as sa

from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.tombstones import is_alive
from integration_api.access.visible import (
    chart_rows,
    delete_in_chart,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
    visible,
)
from integration_api.resources.care.doses.altered_state_statements import held_until, is_altered, last_dose_at
from integration_api.resources.journal.reflections.reflection_reader_statements import readable
from integration_api.resources.journal.reflections.tables import (
    InsightRow,
    InsightTable,
    ListedReflectionRow,
    LoadedReflectionRow,
    ReflectionSummaryRow,
    ReflectionTable,
    ReflectionVersionRow,
    ReflectionVersionTable,
    Sharing,
    TagTable,
)
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between, newest_first

_reflections, _versions = table_of(ReflectionTable), table_of(ReflectionVersionTable)
_insights, _tags, _patients = table_of(InsightTable), table_of(TagTable), table_of(PatientTable)
SCOPE_PATIENT_ID = sa.bindparam("scope_patient_id", type_=sa.Uuid())


one = (
    in_clinic(_reflections),
    visible(_reflections.c.patient_id),
    _reflections.c.patient_id == param("patient_id", _reflections.c.patient_id),
    _reflections.c.id == param("id", _reflections.c.id),
)
_dosed = (
    last_dose_at(_reflections, _reflections.c.happened_at).label("last_dose_at"),
    is_altered(_reflections, _reflections.c.happened_at).label("in_altered_state"),
    held_until(_reflections).label("held_until"),
)
_elaborated = _reflections.alias("elaborated")
_derived = (
    *_dosed,
    sa.select(_elaborated.c.id)
    .where(
        in_clinic(_elaborated),
        _elaborated.c.patient_id == _reflections.c.patient_id,
        _elaborated.c.id == _reflections.c.elaborates_id,
        readable(_elaborated),
    )
    .correlate(_reflections)
    .scalar_subquery()
    .label("elaborates_id"),
)
"""The columns that are derived: of the doses that stand, and of a readable entry that this one elaborates."""
_filters = (
    readable(_reflections),
    optional(_reflections.c.session_id),
    optional(_reflections.c.state),
    optional(_reflections.c.sharing),
    optional(_reflections.c.kind),
    between(_reflections.c.happened_at, "written_after", "written_before"),
)

_LINK = "elaborates_id"
_OUTLINE, _TEXT = ("outline", _LINK), ("content", "monitoring", _LINK)
"""The columns that a list of whole ones leaves out, and those that a list of summaries does."""
READ_REFLECTION = Read(
    "read_reflection",
    chart_rows(ReflectionTable, *_derived, without=(_LINK,)).where(
        _reflections.c.id == param("id", _reflections.c.id), readable(_reflections)
    ),
    LoadedReflectionRow,
    Scope.OWNER,
)
LIST_REFLECTIONS = Read(
    "list_reflections",
    list_by_chart(ReflectionTable, "happened_at", *_filters, more=_derived, without=_OUTLINE),
    ListedReflectionRow,
    Scope.OWNER,
)
LIST_TEAM_REFLECTIONS = Read(
    "list_team_reflections",
    list_by_team(ReflectionTable, "happened_at", *_filters, more=_derived, without=_OUTLINE),
    ListedReflectionRow,
    Scope.OWNER,
)
LIST_SUMMARIES = Read(
    "list_reflection_summaries",
    list_by_chart(ReflectionTable, "happened_at", *_filters, more=_derived, without=_TEXT),
    ReflectionSummaryRow,
    Scope.OWNER,
)
LIST_TEAM_SUMMARIES = Read(
    "list_team_reflection_summaries",
    list_by_team(ReflectionTable, "happened_at", *_filters, more=_derived, without=_TEXT),
    ReflectionSummaryRow,
    Scope.OWNER,
)


REFLECTIONS_BY_IDS = Read(
    "reflections_by_ids",
    rows_by_ids(ReflectionTable, readable(_reflections), more=_derived, without=_OUTLINE),
    ListedReflectionRow,
    Scope.OWNER,
)
SUMMARIES_BY_IDS = Read(
    "reflection_summaries_by_ids",
    rows_by_ids(ReflectionTable, readable(_reflections), more=_derived, without=_TEXT),
    ReflectionSummaryRow,
    Scope.OWNER,
)
REFLECTIONS = ChartList(
    LIST_REFLECTIONS, LIST_TEAM_REFLECTIONS, REFLECTIONS_BY_IDS, at="happened_at", bound="written_before"
)
SUMMARIES = ChartList(LIST_SUMMARIES, LIST_TEAM_SUMMARIES, SUMMARIES_BY_IDS, at="happened_at", bound="written_before")
SEARCH_REFLECTIONS = Read(
    "search_reflections",
    newest_first(
        chart_rows(ReflectionTable, *_derived, without=_TEXT)
        .join(
            _tags,
            sa.and_(
                _tags.c.clinic_id == _reflections.c.clinic_id,
                _tags.c.patient_id == _reflections.c.patient_id,
                _tags.c.reflection_id == _reflections.c.id,
            ),
        )
        .where(
            in_clinic(_tags),
            _tags.c.patient_id == param("patient_id", _tags.c.patient_id),
            _tags.c.token == param("token", _tags.c.token),
            readable(_reflections),
        ),
        _tags.c.happened_at,
        _tags.c.reflection_id,
    ),
    ReflectionSummaryRow,
    Scope.OWNER,
)
"""One chart's reflections with a tag, in the order of its index."""
INSERT_REFLECTION = Change(
    "insert_reflection", insert_for_chart(ReflectionTable, is_alive(ReflectionTable)), Scope.OWNER
)

_WRITTEN = (
    "session_id",
    "state",
    "sharing",
    "release_at",
    "submitted_at",
    "shared_at",
    "promised_at",
    "review_due_at",
    "next_due_at",
    "edited_at",
    "content_number",
    "outline",
    "content",
    "monitoring",
)
UPDATE_REFLECTION = Change("update_reflection", update_in_chart(ReflectionTable, _WRITTEN), Scope.OWNER)
UNSHARE_REFLECTION = Change(
    "unshare_reflection",
    update_in_chart(ReflectionTable, _WRITTEN, _reflections.c.first_read_at.is_(None)),
    Scope.OWNER,
)
ANSWERED_NOW = sa.case(
    (_reflections.c.answered_at >= _reflections.c.promised_at, _reflections.c.answered_at),
    else_=param("now", _reflections.c.answered_at),
)
REVIEW_REFLECTION = Change(
    "review_reflection",
    update_in_chart(ReflectionTable, ("reviewed_at", "reviewed_by_id"), readable(_reflections)).values(
        first_read_at=sa.func.coalesce(_reflections.c.first_read_at, param("now", _reflections.c.first_read_at)),
        answered_at=ANSWERED_NOW,
    ),
    Scope.OWNER,
)
# The version stays: whoever reads must not make the patient's own next change stale.
MARK_FIRST_READ = Change(
    "mark_reflection_first_read",
    sa.update(_reflections)
    .where(*one, readable(_reflections), _reflections.c.first_read_at.is_(None))
    .values(first_read_at=param("now", _reflections.c.first_read_at)),
    Scope.OWNER,
)
_is_not_held = (
    sa.select(sa.literal_column("1"))
    .where(in_clinic(_patients), _patients.c.id == _reflections.c.patient_id, _patients.c.held_at.is_(None))
    .exists()
)
DELETE_REFLECTION = Change(
    "delete_reflection",
    sa.delete(_reflections).where(
        *one,
        _reflections.c.version == param("expected_version", _reflections.c.version),
        _reflections.c.sharing == Sharing.PRIVATE,
        _is_not_held,
    ),
    Scope.OWNER,
)

_tag_of = _tags.c.reflection_id == param("reflection_id", _tags.c.reflection_id)
INSERT_TAG = Change("insert_reflection_tag", insert_for_chart(TagTable), Scope.OWNER)
DELETE_TAGS = Change(
    "delete_reflection_tags",
    delete_in_chart(TagTable, _tag_of, optional(_tags.c.token, "only_token")),
    Scope.OWNER,
)

_insight_of = _insights.c.reflection_id == param("reflection_id", _insights.c.reflection_id)
INSERT_INSIGHT = Change("insert_insight", insert_for_chart(InsightTable), Scope.OWNER)
DELETE_INSIGHTS = Change(
    "delete_insights",
    delete_in_chart(InsightTable, _insight_of, optional(_insights.c.insight_id, "only_insight")),
    Scope.OWNER,
)
READ_INSIGHT = Read(
    "read_insight",
    sa.select(*_insights.c)
    .join(
        _reflections,
        sa.and_(
            _reflections.c.clinic_id == _insights.c.clinic_id,
            _reflections.c.patient_id == _insights.c.patient_id,
            _reflections.c.id == _insights.c.reflection_id,
        ),
    )
    .where(
        in_clinic(_insights),
        visible(_insights.c.patient_id),
        _insights.c.patient_id == param("patient_id", _insights.c.patient_id),
        _insights.c.insight_id == param("insight_id", _insights.c.insight_id),
        readable(_reflections),
    )
    .limit(1),
    InsightRow,
    Scope.OWNER,
)
"""A statement of a reflection that the actor may read now."""

_version_of = _versions.c.reflection_id == param("reflection_id", _versions.c.reflection_id)
INSERT_REFLECTION_VERSION = Change("insert_reflection_version", insert_for_chart(ReflectionVersionTable), Scope.OWNER)
LIST_REFLECTION_VERSIONS = Read(
    "list_reflection_versions",
    list_by_chart(ReflectionVersionTable, "saved_at", _version_of, _versions.c.patient_id == SCOPE_PATIENT_ID),
    ReflectionVersionRow,
    Scope.OWNER,
)
DELETE_REFLECTION_VERSIONS = Change(
    "delete_reflection_versions",
    delete_in_chart(ReflectionVersionTable, _version_of),
    Scope.OWNER,
)
