"""Writing, reading and withdrawing orders, and counting the sessions of each."""

from datetime import datetime
from uuid import UUID

from integration_api.access.chart_lists import list_charts
from integration_api.access.reads import StartAgain
from integration_api.access.references import not_found, referred_by, unseen_chart
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.care.courses.service import load_course
from integration_api.resources.care.orders import statements as sql
from integration_api.resources.care.orders.limits import DoseRoute
from integration_api.resources.care.orders.rules import Ordered, is_review_due, order_problems, state_of
from integration_api.resources.care.orders.schemas import Order, OrderCreate, OrderFilter, OrderWithdraw
from integration_api.resources.care.orders.tables import OrderRow
from integration_api.resources.people.patients.prescribers import check_prescriber
from integration_api.resources.people.patients.service import load_patient
from integration_api.web.errors import Invalid
from integration_api.web.paging import Page, Window, first_rows

MAX_IN_FORCE = 20
"""The newest orders of one route that a dose without an order is compared with."""


async def list_orders(work: Work, window: Window, only: OrderFilter) -> Page[Order]:
    """List the orders of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.ORDERS, window, only, lambda row: present(row, work.now))


async def read_order(work: Work, order_id: UUID) -> Order:
    """Return one order. Raises NotFound."""
    row = await _load(work, order_id)
    work.record(row.id, row.patient_id)
    return present(row, work.now)


async def create_order(work: Work, body: OrderCreate) -> Order:
    """Write an order into a chart, as a prescriber of its care team.

    Raises NotFound, IdTaken, Invalid, EmergencyOnly, LicenceEnded.
    """
    row = OrderRow(**new_values(work, body), created_by_id=work.actor.id)
    if problems := order_problems(ordered(row)):
        raise Invalid(errors=problems)
    if body.course_id is not None:
        with referred_by("course_id"):
            course = await load_course(work, body.course_id)
        if course.patient_id != body.patient_id:
            with referred_by("patient_id"):  # a chart that the actor may not see is what is wrong
                await load_patient(work, body.patient_id)
            raise not_found("course_id")
    with referred_by("patient_id"):
        await check_prescriber(work, body.patient_id)
    work.create(sql.INSERT_ORDER, row, missed=unseen_chart)
    work.record(row.id, row.patient_id)
    return present(row, work.now)


async def withdraw_order(work: Work, order_id: UUID, body: OrderWithdraw, expected_version: int) -> Order:
    """End an order; it stays, with who ended it and why. Raises NotFound, StaleVersion, Superseded."""
    row = await _load(work, order_id)
    check_version(row, expected_version)
    if row.withdrawn_at is not None:
        raise Superseded
    values = {"withdrawn_at": work.now, "withdrawn_by_id": work.actor.id, "withdrawn_reason": body.reason}
    changed = work.revise(sql.WITHDRAW_ORDER, row, values)
    work.record(row.id, row.patient_id)
    return present(changed, work.now)


async def load_order(work: Work, order_id: UUID, patient_id: UUID) -> OrderRow:
    """Return the order that a dose of this chart names in `order_id`. Raises NotFound."""
    with referred_by("order_id"):
        row = await _load(work, order_id)
    if row.patient_id != patient_id:
        raise not_found("order_id")
    return row


async def orders_in_force(work: Work, patient_id: UUID, route: DoseRoute, given_at: datetime) -> list[OrderRow]:
    """Return the orders of the chart that were active for a route then, with a session that remains; newest first."""
    asked = first_rows(MAX_IN_FORCE)
    return await work.all(sql.ORDERS_OF_ROUTE, **asked, patient_id=patient_id, route=route, given_at=given_at)


def count_session(work: Work, order: OrderRow, more_sessions: int) -> None:
    """Collect one session more or less of an order, or none, for the dosing record.

    Raises StartAgain, when applied, if a dose was counted since the order was read, or if the order was withdrawn. The
    remarks about the dose may differ then.
    """
    work.change(
        sql.COUNT_ORDER, order, missed=StartAgain, more_sessions=more_sessions, counted_before=order.times_counted
    )


def ordered(row: OrderRow) -> Ordered:
    """Return the facts of an order that the rules read."""
    return Ordered(**{name: getattr(row, name) for name in Ordered._fields})


def present(row: OrderRow, now: datetime) -> Order:
    """Return an order with what is derived of it."""
    facts, remaining = ordered(row), max(0, row.sessions_authorised - row.sessions_used)
    return Order.of(row, state=state_of(facts, now), sessions_remaining=remaining, review_due=is_review_due(facts, now))


async def _load(work: Work, order_id: UUID) -> OrderRow:
    return await work.get(sql.READ_ORDER, id=order_id)
