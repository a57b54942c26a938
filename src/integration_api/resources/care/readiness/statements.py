"""Statements of readiness checks and dose holds."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    update_in_chart,
    visible,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.care.readiness.tables import HoldRow, HoldTable, ReadinessRow, ReadinessTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_checks, _holds = table_of(ReadinessTable), table_of(HoldTable)

READ_READINESS_CHECK = Read(
    "read_readiness_check",
    chart_rows(ReadinessTable).where(_checks.c.id == param("id", _checks.c.id)),
    ReadinessRow,
    Scope.OWNER,
)
INSERT_READINESS_CHECK = Change("insert_readiness_check", insert_for_chart(ReadinessTable), Scope.OWNER)
UPDATE_READINESS_CHECK = Change(
    "update_readiness_check",
    update_in_chart(ReadinessTable, ("state", "items", "contraindications", "unmet", "updated_by_id")),
    Scope.OWNER,
)
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
INSERT_HOLD = Change("insert_dose_hold", insert_for_chart(HoldTable), Scope.OWNER)
CLOSE_HOLD = Change(
    "close_dose_hold",
    update_in_chart(HoldTable, ("state", "decided_at", "decided_by_id"), _holds.c.state == "open"),
    Scope.OWNER,
)


def _of_check(row: HoldRow, _: object = None) -> tuple[Changed]:
    """Tell of a hold as of the check that it belongs to."""
    return (Changed("readiness", row.session_id, Channel.CHART, row.patient_id),)


declare(ReadinessTable, of_chart("readiness"))
declare(HoldTable, _of_check)
