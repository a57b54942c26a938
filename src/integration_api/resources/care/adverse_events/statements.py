"""Statements of adverse events."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.resources.care.adverse_events.schemas import AdverseEventUpdate
from integration_api.resources.care.adverse_events.tables import (
    AdverseEventRow,
    AdverseEventTable,
    AdverseEventVersionRow,
    AdverseEventVersionTable,
)
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_events, _versions = table_of(AdverseEventTable), table_of(AdverseEventVersionTable)
_stands = _events.c.withdrawn_at.is_(None)
_shown = shown_to_programs(_events.c.patient_id)
_filters = (
    _shown,
    optional(_events.c.session_id),
    optional(_events.c.kind),
    _events.c.withdrawn_at.is_not(None) == sa.bindparam("withdrawn", type_=sa.Boolean()),
    between(_events.c.onset_at, "onset_after", "onset_before"),
)

READ_ADVERSE_EVENT = Read(
    "read_adverse_event",
    chart_rows(AdverseEventTable).where(_events.c.id == param("id", _events.c.id), _shown),
    AdverseEventRow,
    Scope.OWNER,
)
LIST_ADVERSE_EVENTS = Read(
    "list_adverse_events", list_by_chart(AdverseEventTable, "onset_at", *_filters), AdverseEventRow, Scope.OWNER
)
LIST_TEAM_ADVERSE_EVENTS = Read(
    "list_team_adverse_events", list_by_team(AdverseEventTable, "onset_at", *_filters), AdverseEventRow, Scope.OWNER
)
ADVERSE_EVENTS_BY_IDS = Read(
    "adverse_events_by_ids", rows_by_ids(AdverseEventTable, _shown), AdverseEventRow, Scope.OWNER
)
ADVERSE_EVENTS = ChartList(
    LIST_ADVERSE_EVENTS, LIST_TEAM_ADVERSE_EVENTS, ADVERSE_EVENTS_BY_IDS, at="onset_at", bound="onset_before"
)
LIST_VERSIONS = Read(
    "list_adverse_event_versions",
    list_by_chart(
        AdverseEventVersionTable,
        "kept_at",
        _versions.c.adverse_event_id == param("adverse_event_id", _versions.c.adverse_event_id),
    ),
    AdverseEventVersionRow,
    Scope.OWNER,
)
INSERT_VERSION = Change("insert_adverse_event_version", insert_for_chart(AdverseEventVersionTable), Scope.OWNER)
INSERT_ADVERSE_EVENT = Change("insert_adverse_event", insert_for_chart(AdverseEventTable), Scope.OWNER)
UPDATE_ADVERSE_EVENT = Change(
    "update_adverse_event",
    update_in_chart(
        AdverseEventTable,
        (*AdverseEventUpdate.model_fields, "review_due_at", "reviewed_at", "reviewed_by_id"),
        _stands,
    ),
    Scope.OWNER,
)
REVIEW_ADVERSE_EVENT = Change(
    "review_adverse_event",
    update_in_chart(
        AdverseEventTable,
        ("reviewed_at", "reviewed_by_id"),
        _events.c.review_due_at.is_not(None),
        _events.c.reviewed_at.is_(None),
    ),
    Scope.OWNER,
)
WITHDRAW_ADVERSE_EVENT = Change(
    "withdraw_adverse_event",
    update_in_chart(AdverseEventTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"), _stands),
    Scope.OWNER,
)

declare(AdverseEventTable, of_chart("adverse_event"))
