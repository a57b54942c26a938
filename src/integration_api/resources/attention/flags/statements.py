"""Statements of flags, and of their history."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.audience import declare
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.tables import AccountState, AccountTable, ClinicTable
from integration_api.access.visible import (
    actor_is_current,
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.attention.flags.rules import CLOSED, UNANSWERED, FlagOrigin
from integration_api.resources.attention.flags.tables import (
    DesignationTable,
    FlagEventRow,
    FlagEventTable,
    FlagRow,
    FlagTable,
)
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

MAX_OF_EPISODE = 50
"""The flags of one rule and episode that one acknowledgement covers."""
MAX_OF_SOURCE = 50
"""The flags of one source: there are fewer rules."""
MAX_TIMES = 5000
"""The newest flags that a report counts."""
_flags, _events, _clinics = table_of(FlagTable), table_of(FlagEventTable), table_of(ClinicTable)
_accounts, _designations = table_of(AccountTable), table_of(DesignationTable)
_is_closed = sa.or_(*(_flags.c.state == state for state in CLOSED))
_is_unanswered = sa.or_(*(_flags.c.state == state for state in UNANSWERED))
_not_passed_on = _flags.c.escalations == param("escalations", _flags.c.escalations)
"""Matches if nobody else was told of a flag since it was read."""
_not_passed_on_since = _flags.c.escalations == param("was_passed", _flags.c.escalations)
"""The same, of a change that sets the number itself."""
_of_patient = _flags.c.patient_id == param("patient_id", _flags.c.patient_id)
_filters = (
    optional(_flags.c.state),
    optional(_flags.c.rule),
    optional(_flags.c.source_id),
    sa.or_(~_is_closed, ~sa.bindparam("unclosed", type_=sa.Boolean())),
    between(_flags.c.created_at, "raised_after", "raised_before"),
)

READ_FLAG = Read(
    "read_flag", chart_rows(FlagTable).where(_flags.c.id == param("id", _flags.c.id)), FlagRow, Scope.OWNER
)
LIST_FLAGS = Read("list_flags", list_by_chart(FlagTable, "created_at", *_filters), FlagRow, Scope.OWNER)
LIST_TEAM_FLAGS = Read("list_team_flags", list_by_team(FlagTable, "created_at", *_filters), FlagRow, Scope.OWNER)
FLAGS_BY_IDS = Read("flags_by_ids", rows_by_ids(FlagTable), FlagRow, Scope.OWNER)
FLAGS = ChartList(LIST_FLAGS, LIST_TEAM_FLAGS, FLAGS_BY_IDS, at="created_at", bound="raised_before")
FLAGS_OF_SOURCE = Read(
    "flags_of_source",
    chart_rows(FlagTable)
    .where(_of_patient, _flags.c.source_id == param("source_id", _flags.c.source_id))
    .limit(MAX_OF_SOURCE),
    FlagRow,
    Scope.OWNER,
)
"""The flags that one thing has raised, by rule."""
FLAGS_OF_EPISODE = Read(
    "flags_of_episode",
    chart_rows(FlagTable)
    .where(
        _of_patient,
        _flags.c.episode_id == param("episode_id", _flags.c.episode_id),
        _flags.c.rule == param("rule", _flags.c.rule),
        _flags.c.id != param("other_than_id", _flags.c.id),
        _is_unanswered,
    )
    .order_by(_flags.c.created_at, _flags.c.id)
    .limit(MAX_OF_EPISODE),
    FlagRow,
    Scope.OWNER,
)
"""The other flags of a rule and session that wait for an answer, the oldest first."""

UNANSWERED_HELP = Read(
    "unanswered_help",
    chart_rows(FlagTable)
    .where(
        _of_patient,
        _flags.c.origin == FlagOrigin.HELP,
        _flags.c.hold_ended_at.is_(None),
        _is_unanswered,
    )
    .order_by(_flags.c.created_at.desc(), _flags.c.id.desc())
    .limit(1),
    FlagRow,
    Scope.OWNER,
)
"""The call for help that nobody has answered yet. Once its hold has ended, the next call is a flag that holds again."""


INSERT_FLAG = Change("insert_flag", insert_for_chart(FlagTable), Scope.OWNER)
REALERT_FLAG = Change(
    "realert_flag",
    update_in_chart(
        FlagTable,
        (
            *("severity_rank", "rule_version", "state", "alerted_at", "acknowledge_due_at", "contact_due_at"),
            *("escalate_at", "escalations", "acknowledged_at", "acknowledged_by_id", "contacted_at"),
            *("disposition", "is_false", "proposed_at", "proposed_by_id", "closed_at", "closed_by_id"),
            *("dose_hold", "hold_ended_at"),
        ),
        _flags.c.severity_rank > param("severity_rank", _flags.c.severity_rank),
    ),
    Scope.OWNER,
)
"""It became worse: it is open again, and its clock starts anew. It never becomes less severe."""
ACKNOWLEDGE_FLAG = Change(
    "acknowledge_flag",
    update_in_chart(
        FlagTable, ("state", "acknowledged_at", "acknowledged_by_id", "escalate_at"), ~_is_closed, _not_passed_on
    ),
    Scope.OWNER,
)
"""The clock leaves the version alone: beside its escalation, the request reads again and finds the new tasks."""
CONTACT_FOR_FLAG = Change(
    "contact_for_flag",
    update_in_chart(
        FlagTable,
        ("state", "acknowledged_at", "acknowledged_by_id", "contacted_at", "escalate_at"),
        ~_is_closed,
        _not_passed_on,
    ),
    Scope.OWNER,
)
PROPOSE_END = Change(
    "propose_end_of_flag",
    update_in_chart(
        FlagTable,
        (
            "state",
            "disposition",
            "is_false",
            "proposed_at",
            "proposed_by_id",
            "escalate_at",
            "escalations",
            "closed_at",
            "closed_by_id",
        ),
        ~_is_closed,
        _not_passed_on_since,
    ),
    Scope.OWNER,
)
"""Those who come next are counted anew for the review."""
REVIEW_FLAG = Change(
    "review_flag",
    update_in_chart(
        FlagTable,
        (
            "state",
            "disposition",
            "is_false",
            "proposed_at",
            "proposed_by_id",
            "escalate_at",
            "escalations",
            "closed_at",
            "closed_by_id",
        ),
        ~_is_closed,
        _flags.c.proposed_by_id != sa.bindparam("actor_id", type_=sa.Uuid()),
    ),
    Scope.OWNER,
)
"""A second person decides: whoever proposed the end does not."""
ESCALATE_FLAG = Change(
    "escalate_flag",
    update_in_chart(FlagTable, ("state", "escalations", "escalate_at"), ~_is_closed),
    Scope.OWNER,
)

INSERT_FLAG_EVENT = Change("insert_flag_event", insert_for_chart(FlagEventTable), Scope.OWNER)
LIST_FLAG_EVENTS = Read(
    "list_flag_events",
    list_by_chart(FlagEventTable, "at", _events.c.flag_id == param("flag_id", _events.c.flag_id)),
    FlagEventRow,
    Scope.OWNER,
)


class PoliciesRow(BaseModel):
    """The policies that a clinic has set itself."""

    policies: dict[str, int]


CLINIC_POLICIES = Read(
    "clinic_policies_of_flags",
    sa.select(_clinics.c.policies).where(in_clinic(_clinics), actor_is_current()),
    PoliciesRow,
    Scope.CLINIC,
    "the clinic's own policies, which hold nothing of a chart",
)


class Designated(BaseModel):
    """The account that safeguarding is told to now."""

    account_id: UUID | None


def _standing(column: sa.ColumnElement[UUID]) -> sa.ScalarSelect[UUID]:
    return (
        sa.select(_accounts.c.id)
        .where(
            in_clinic(_accounts),
            _accounts.c.id == column,
            _accounts.c.state == AccountState.ACTIVE,
            _accounts.c.patient_id.is_(None),
        )
        .correlate(_designations)
        .scalar_subquery()
    )


SAFEGUARDING_LEAD = Read(
    "safeguarding_lead_of_flags",
    sa.select(
        sa.func.coalesce(_standing(_designations.c.lead_id), _standing(_designations.c.deputy_id)).label("account_id")
    )
    .where(in_clinic(_designations), actor_is_current(), _designations.c.version > 0)
    .order_by(_designations.c.version.desc())
    .limit(1),
    Designated,
    Scope.CLINIC,
    "whose task a flag about danger to others is too; the request that raises it is not told who that is",
)


class FlagTimes(BaseModel):
    """The times of one flag. The chart is counted, and not told."""

    patient_id: UUID
    severity_rank: int
    alerted_at: datetime
    acknowledge_due_at: datetime
    contact_due_at: datetime
    acknowledged_at: datetime | None
    contacted_at: datetime | None


LIST_FLAG_TIMES = Read(
    "list_flag_times",
    sa.select(*(_flags.c[name] for name in FlagTimes.model_fields))
    .where(
        in_clinic(_flags),
        actor_is_current(),
        _flags.c.created_at >= param("starts_at", _flags.c.created_at),
        _flags.c.created_at < param("ends_at", _flags.c.created_at),
    )
    .order_by(_flags.c.created_at.desc(), _flags.c.id.desc())
    .limit(MAX_TIMES + 1),
    FlagTimes,
    Scope.CLINIC,
    "an admin sees how fast flags are answered: charts are counted, and neither one nor a rule is told",
)


def _audience(row: FlagRow, _: object) -> Iterator[Changed]:
    """Yield the care team: a patient is never told of a flag as such."""
    yield Changed("flag", row.id, Channel.TEAM, row.patient_id)


def _audience_of_event(row: FlagEventRow, _: object) -> Iterator[Changed]:
    yield Changed("flag", row.flag_id, Channel.TEAM, row.patient_id)


declare(FlagTable, _audience)
declare(FlagEventTable, _audience_of_event)
