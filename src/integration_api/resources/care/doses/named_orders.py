"""The order of a dose: which one it names, how it departs from it, and how its sessions are counted."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.doses.rules import DoseFinding, Given, finding, mg_per_kg
from integration_api.resources.care.doses.tables import DoseRow
from integration_api.resources.care.orders.limits import DoseUnit
from integration_api.resources.care.orders.rules import Total, departures
from integration_api.resources.care.orders.service import count_session, load_order, ordered, orders_in_force
from integration_api.resources.care.orders.tables import OrderRow
from integration_api.resources.care.readiness.checklist import MAX_WEIGHT_AGE_DAYS

_UNWEIGHED = f"given by weight, and readiness has none of the {MAX_WEIGHT_AGE_DAYS} days before"
_UNNAMED = "it names no order, so no session of one is counted"


class InSession(NamedTuple):
    """The session of a dose, beside that dose."""

    doses: Sequence[Given]
    """The doses that stand."""
    order_ids: Sequence[UUID | None]
    """The orders of its doses until now, with the one that is corrected."""
    is_over: bool


async def order_of(work: Work, dose: Given, patient_id: UUID) -> OrderRow | None:
    """Return the order that a dose names, of the same chart. Raises NotFound."""
    return None if dose.order_id is None else await load_order(work, dose.order_id, patient_id)


async def remarks_of_order(
    work: Work,
    dose: Given,
    patient_id: UUID,
    order: OrderRow | None,
    session: InSession,
    *,
    unit: DoseUnit,
    is_weighed: bool,
) -> list[DoseFinding]:
    """Return how a dose departs from its order (R17).

    A dose that names none is compared with those of its route that were in force. Of several, the one counts that it
    departs from the least. `is_weighed`: readiness has a weight that a dose by weight needs.
    """
    if order is not None:
        texts = _departures(dose, order, session, is_counted=order.id in session.order_ids)
    elif in_force := await orders_in_force(work, patient_id, dose.route, dose.given_at):
        order = min(in_force, key=lambda one: len(_departures(dose, one, session, is_counted=False)))
        texts = [_UNNAMED, *_departures(dose, order, session, is_counted=False)]
    else:
        texts = ["no order of this route was active"]
    is_by_weight = DoseUnit.MG_PER_KG in (unit, order.unit if order else unit)
    if is_by_weight and not is_weighed:
        texts.append(_UNWEIGHED)
    return [finding("R17", "moderate", text) for text in texts]


def _departures(dose: Given, order: OrderRow, session: InSession, *, is_counted: bool) -> list[str]:
    total_mg = dose.amount_mg + sum(one.amount_mg for one in session.doses if one.route is dose.route)
    total = Total(total_mg, mg_per_kg(total_mg, dose.weight_kg), session.is_over)
    return [*departures(ordered(order), dose.route, total, dose.given_at, is_counted=is_counted)]


async def count_orders(work: Work, order: OrderRow | None, withdrawn: DoseRow | None, others: Sequence[Given]) -> None:
    """Collect the sessions of the orders that a new dose and the dose withdrawn with it name.

    `others` are the doses of the session that stand before and after. An order is counted even if its number stays, so
    that two changes of one order at once never both stand on what they read.
    """
    named = {one.order_id for one in others}
    before = None if withdrawn is None else withdrawn.order_id
    if order is not None:
        count_session(work, order, 0 if order.id in named or order.id == before else 1)
    if withdrawn is not None and before is not None and (order is None or order.id != before):
        left = await load_order(work, before, withdrawn.patient_id)
        count_session(work, left, 0 if before in named else -1)
