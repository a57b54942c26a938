"""Rules of orders: their state, what is refused, and how a dose departs from one. Pure."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from integration_api.resources.care.orders.limits import (
    DEVICE_MG,
    LABEL,
    LIMITS,
    MAX_WEIGHT_KG,
    MIN_WEIGHT_KG,
    SOURCE,
    DoseRoute,
    DoseUnit,
    Limits,
    Range,
)
from integration_api.web.errors import FieldError


class OrderState(StrEnum):
    """The state of an order, derived from its row and the clock."""

    UPCOMING = "upcoming"
    ACTIVE = "active"
    USED_UP = "used_up"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Ordered(NamedTuple):
    """The facts of one order that the rules read."""

    route: DoseRoute
    amount_min: float
    amount_max: float
    unit: DoseUnit
    sessions_authorised: int
    valid_from: datetime
    valid_until: datetime
    sessions_used: int = 0
    review_after_sessions: int = 1
    withdrawn_at: datetime | None = None


def state_of(order: Ordered, now: datetime) -> OrderState:
    """Return the state of an order at a time; the first that applies, from withdrawn on."""
    if order.withdrawn_at is not None:
        return OrderState.WITHDRAWN
    if order.sessions_used >= order.sessions_authorised:
        return OrderState.USED_UP
    if order.valid_until <= now:
        return OrderState.EXPIRED
    return OrderState.UPCOMING if order.valid_from > now else OrderState.ACTIVE


def is_review_due(order: Ordered, now: datetime) -> bool:
    """Return whether the prescriber is to review an order before its next session. The review is a new order.

    Source: clinical.md section 1.8.
    """
    return state_of(order, now) is OrderState.ACTIVE and order.sessions_used >= order.review_after_sessions


def order_problems(order: Ordered) -> list[FieldError]:
    """Return what no dose could be given by: a wrong unit, an amount beyond a hard limit, an empty range or period."""
    limits, problems = LIMITS[order.route], []
    if order.unit not in limits.units:
        return [_error("unit", "not_of_route", f"{order.route} is given in {DoseUnit.MG}")]
    span = _hard(limits, order.unit)
    for field, amount in (("amount_min", order.amount_min), ("amount_max", order.amount_max)):
        if span is not None and not span.holds(amount):
            text = f"hard limit of {order.route}: {span.low:g} to {span.high:g} {order.unit} ({SOURCE})"
            problems.append(_error(field, "hard_limit", text))
        elif order.route is DoseRoute.INTRANASAL_ESKETAMINE and amount % DEVICE_MG:
            problems.append(_error(field, "hard_limit", f"must be a multiple of {DEVICE_MG} mg, one device ({LABEL})"))
    if order.amount_max < order.amount_min:
        problems.append(_error("amount_max", "below_min", "must not be below amount_min"))
    if order.valid_until <= order.valid_from:
        problems.append(_error("valid_until", "before_start", "must be after valid_from"))
    return problems


def _hard(limits: Limits, unit: DoseUnit) -> Range | None:
    """Return the hard limit in this unit. A route that has none in mg has that of the lightest and heaviest patient."""
    if unit is DoseUnit.MG_PER_KG:
        return limits.hard_mg_per_kg
    if limits.hard_mg is None and limits.hard_mg_per_kg is not None:
        return Range(limits.hard_mg_per_kg.low * MIN_WEIGHT_KG, limits.hard_mg_per_kg.high * MAX_WEIGHT_KG)
    return limits.hard_mg


class Total(NamedTuple):
    """The amounts of one route in a session, with the dose that is looked at."""

    amount_mg: float
    mg_per_kg: float | None
    """None without a weight."""
    is_whole: bool
    """Whether the session is over, so that no more comes."""


def departures(
    order: Ordered, route: DoseRoute, total: Total, given_at: datetime, *, is_counted: bool
) -> Iterator[str]:
    """Yield how a dose departs from its order (R17). `is_counted`: a dose of its session was given by it already.

    The range is that of a session: too much is told at once, too little once no more comes. Source: clinical.md
    section 1.2.
    """
    if order.withdrawn_at is not None and order.withdrawn_at <= given_at:
        yield "its order was withdrawn before"
    if not order.valid_from <= given_at < order.valid_until:
        yield "outside the period of its order"
    if route is not order.route:
        yield f"its order is for {order.route}"
    amount = total.amount_mg if order.unit is DoseUnit.MG else total.mg_per_kg
    if amount is None:
        yield "its order is by weight, and no weight is given"
    elif amount > order.amount_max or (total.is_whole and amount < order.amount_min):
        yield f"outside the range of its order, {order.amount_min:g} to {order.amount_max:g} {order.unit}"
    if not is_counted and order.sessions_used >= order.sessions_authorised:
        yield "no session of its order remains"


def _error(field: str, code: str, message: str) -> FieldError:
    return {"field": f"body.{field}", "code": code, "message": message}
