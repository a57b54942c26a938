"""Statements of readiness checks and dose holds."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.tables import ClinicTable
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    is_member_now,
    list_by_chart,
    update_in_chart,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.care.readiness.rules import NEXT_DOSE, HoldState
from integration_api.resources.care.readiness.tables import (
    GovernedSessionRow,
    HoldRow,
    HoldTable,
    ReadinessRow,
    ReadinessTable,
    ReadinessVersionRow,
    ReadinessVersionTable,
)
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.resources.people.consent_documents.purpose_statements import consent_columns
from integration_api.resources.people.consent_documents.tables import ConsentPurpose
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_checks, _holds, _versions = table_of(ReadinessTable), table_of(HoldTable), table_of(ReadinessVersionTable)
_sessions, _clinics = table_of(SessionTable), table_of(ClinicTable)
_later = _holds.alias("later")
_CHANGED = ("state", "items", "contraindications", "unmet", "updated_by_id")
_by_member = is_member_now(sa.bindparam("patient_id", type_=sa.Uuid()))

POLICIES = sa.select(_clinics.c.policies).where(in_clinic(_clinics)).scalar_subquery().label("policies")
READ_GOVERNED_SESSION = Read(
    "read_governed_session",
    chart_rows(SessionTable, POLICIES, *consent_columns(_sessions.c.patient_id, ConsentPurpose.TREATMENT)).where(
        _sessions.c.id == param("id", _sessions.c.id)
    ),
    GovernedSessionRow,
    Scope.OWNER,
)
READ_READINESS_CHECK = Read(
    "read_readiness_check",
    chart_rows(ReadinessTable).where(_checks.c.id == param("id", _checks.c.id)),
    ReadinessRow,
    Scope.OWNER,
)
INSERT_READINESS_CHECK = Change("insert_readiness_check", insert_for_chart(ReadinessTable), Scope.OWNER)
UPDATE_READINESS_CHECK = Change("update_readiness_check", update_in_chart(ReadinessTable, _CHANGED), Scope.OWNER)
INSERT_DECIDED_CHECK = Change("insert_decided_check", insert_for_chart(ReadinessTable, _by_member), Scope.OWNER)
UPDATE_DECIDED_CHECK = Change(
    "update_decided_check", update_in_chart(ReadinessTable, _CHANGED, is_member_now(_checks.c.patient_id)), Scope.OWNER
)
"""With an answer that is a prescriber's to give: not by emergency access."""
LIST_VERSIONS = Read(
    "list_readiness_versions",
    list_by_chart(
        ReadinessVersionTable, "kept_at", _versions.c.session_id == param("session_id", _versions.c.session_id)
    ),
    ReadinessVersionRow,
    Scope.OWNER,
)
INSERT_VERSION = Change("insert_readiness_version", insert_for_chart(ReadinessVersionTable), Scope.OWNER)
LOCK_READINESS_CHECK = Change(
    "lock_readiness_check",
    sa.update(_checks)
    .where(
        in_clinic(_checks),
        visible(_checks.c.patient_id),
        _checks.c.patient_id == param("patient_id", _checks.c.patient_id),
        _checks.c.id == param("id", _checks.c.id),
        _checks.c.version == param("expected_version", _checks.c.version),
    )
    .values(state=_checks.c.state),
    Scope.OWNER,
)
"""Changes nothing. A dose that is started beside it waits for a change of the same check, or is told of it."""
READ_HOLD = Read(
    "read_dose_hold", chart_rows(HoldTable).where(_holds.c.id == param("id", _holds.c.id)), HoldRow, Scope.OWNER
)
LIST_HOLDS = Read(
    "list_dose_holds",
    list_by_chart(HoldTable, "created_at", _holds.c.session_id == param("session_id", _holds.c.session_id)),
    HoldRow,
    Scope.OWNER,
)
_is_replaced = (
    sa.select(sa.literal_column("1"))
    .where(
        in_clinic(_later),
        _later.c.patient_id == param("patient_id", _holds.c.patient_id),
        _later.c.session_id == param("session_id", _holds.c.session_id),
        _later.c.item == _holds.c.item,
        _later.c.rule == _holds.c.rule,
        _later.c.state == HoldState.RELEASED,
        sa.or_(
            _later.c.decided_at > _holds.c.decided_at,
            sa.and_(_later.c.decided_at == _holds.c.decided_at, _later.c.id > _holds.c.id),
        ),
    )
    .exists()
)
MAX_STANDING_HOLDS = 1000
"""Beyond what the items, lines and fields allow: of each and its rule, one open hold and one release count."""
STANDING_HOLDS = Read(
    "standing_dose_holds",
    chart_rows(HoldTable)
    .where(
        _holds.c.patient_id == param("patient_id", _holds.c.patient_id),
        _holds.c.session_id == param("session_id", _holds.c.session_id),
        sa.or_(_holds.c.state == HoldState.OPEN, sa.and_(_holds.c.state == HoldState.RELEASED, sa.not_(_is_replaced))),
    )
    .limit(MAX_STANDING_HOLDS),
    HoldRow,
    Scope.OWNER,
)
"""The holds of a session that decide: the open ones, and the last release of each item by each rule."""
OPEN_ELSEWHERE = Read(
    "open_dose_holds_elsewhere",
    chart_rows(HoldTable)
    .where(
        _holds.c.patient_id == param("patient_id", _holds.c.patient_id),
        _holds.c.session_id != param("session_id", _holds.c.session_id),
        sa.or_(*(_holds.c.rule == rule for rule in NEXT_DOSE)),
        _holds.c.state == HoldState.OPEN,
    )
    .limit(MAX_STANDING_HOLDS),
    HoldRow,
    Scope.OWNER,
)
"""The open holds of a chart's other sessions that hold the next dose too."""
INSERT_HOLD = Change("insert_dose_hold", insert_for_chart(HoldTable), Scope.OWNER)
INSERT_RELEASED_HOLD = Change("insert_released_dose_hold", insert_for_chart(HoldTable, _by_member), Scope.OWNER)
"""A hold that no dose has opened yet, as a prescriber released it: not by emergency access."""
CLOSE_HOLD = Change(
    "close_dose_hold",
    update_in_chart(HoldTable, ("state", "decided_at", "decided_by_id"), _holds.c.state == "open"),
    Scope.OWNER,
)
RELEASE_HOLD = Change(
    "release_dose_hold",
    update_in_chart(
        HoldTable,
        ("state", "decided_at", "decided_by_id"),
        _holds.c.state == "open",
        is_member_now(_holds.c.patient_id),
    ),
    Scope.OWNER,
)


def _of_check(row: HoldRow, _: object = None) -> tuple[Changed]:
    """Tell of a hold as of the check that it belongs to."""
    return (Changed("readiness", row.session_id, Channel.CHART, row.patient_id),)


declare(ReadinessTable, of_chart("readiness"))
declare(HoldTable, _of_check)
