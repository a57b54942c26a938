"""Statements of orders."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    is_member_now,
    list_by_chart,
    list_by_team,
    update_in_chart,
    visible,
)
from integration_api.resources.care.orders.rules import OrderState
from integration_api.resources.care.orders.tables import OrderRow, OrderTable
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_orders = table_of(OrderTable)
_patient_id = sa.bindparam("patient_id", type_=sa.Uuid())
_now, _state = param("now", _orders.c.valid_from), sa.bindparam("state", type_=sa.String())
_state_now = sa.case(
    (_orders.c.withdrawn_at.is_not(None), OrderState.WITHDRAWN.value),
    (_orders.c.sessions_used >= _orders.c.sessions_authorised, OrderState.USED_UP.value),
    (_orders.c.valid_until <= _now, OrderState.EXPIRED.value),
    (_orders.c.valid_from > _now, OrderState.UPCOMING.value),
    else_=OrderState.ACTIVE.value,
)
"""As `state_of` in `rules.py` says."""
_shown = shown_to_programs(_orders.c.patient_id)
_filters = (
    _shown,
    sa.or_(_state.is_(None), _state_now == _state),
    between(_orders.c.created_at, "created_after", "created_before"),
)
_given_at = param("given_at", _orders.c.valid_from)

READ_ORDER = Read(
    "read_order", chart_rows(OrderTable).where(_orders.c.id == param("id", _orders.c.id), _shown), OrderRow, Scope.OWNER
)
LIST_ORDERS = Read("list_orders", list_by_chart(OrderTable, "created_at", *_filters), OrderRow, Scope.OWNER)
LIST_TEAM_ORDERS = Read("list_team_orders", list_by_team(OrderTable, "created_at", *_filters), OrderRow, Scope.OWNER)
ORDERS_BY_IDS = Read("orders_by_ids", rows_by_ids(OrderTable, _shown), OrderRow, Scope.OWNER)
ORDERS = ChartList(LIST_ORDERS, LIST_TEAM_ORDERS, ORDERS_BY_IDS, at="created_at", bound="created_before")
ORDERS_OF_ROUTE = Read(
    "orders_of_route",
    list_by_chart(
        OrderTable,
        "created_at",
        _orders.c.route == param("route", _orders.c.route),
        _orders.c.valid_from <= _given_at,
        _orders.c.valid_until > _given_at,
        sa.or_(_orders.c.withdrawn_at.is_(None), _orders.c.withdrawn_at > _given_at),
        _orders.c.sessions_used < _orders.c.sessions_authorised,
    ),
    OrderRow,
    Scope.OWNER,
)
"""Orders by which a dose of this route could be given then."""
INSERT_ORDER = Change("insert_order", insert_for_chart(OrderTable, is_member_now(_patient_id)), Scope.OWNER)
WITHDRAW_ORDER = Change(
    "withdraw_order",
    update_in_chart(
        OrderTable, ("withdrawn_at", "withdrawn_by_id", "withdrawn_reason"), _orders.c.withdrawn_at.is_(None)
    ),
    Scope.OWNER,
)
_is_as_read = _orders.c.times_counted == param("counted_before", _orders.c.times_counted)
_stands_as_read = _orders.c.version == param("version", _orders.c.version)
COUNT_ORDER = Change(
    "count_order",
    sa.update(_orders)
    .where(
        in_clinic(_orders),
        visible(_orders.c.patient_id),
        _orders.c.patient_id == param("patient_id", _orders.c.patient_id),
        _orders.c.id == param("id", _orders.c.id),
        _is_as_read,
        _stands_as_read,
    )
    .values(
        sessions_used=_orders.c.sessions_used + param("more_sessions", _orders.c.sessions_used),
        times_counted=_orders.c.times_counted + 1,
    ),
    Scope.OWNER,
)

declare(OrderTable, of_chart("order"))
