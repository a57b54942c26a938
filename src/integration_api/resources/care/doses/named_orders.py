"""The order of a dose: which one it names, how it departs from it, and how its sessions are counted."""

from collections.abc import Sequence
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.doses.rules import DoseFinding, Given, finding
from integration_api.resources.care.doses.tables import DoseRow
from integration_api.resources.care.orders.rules import departures
from integration_api.resources.care.orders.service import count_session, is_ordered, load_order, ordered
from integration_api.resources.care.orders.tables import OrderRow


async def order_of(work: Work, dose: Given, patient_id: UUID) -> OrderRow | None:
    """Return the order that a dose names, of the same chart. Raises NotFound."""
    return None if dose.order_id is None else await load_order(work, dose.order_id, patient_id)


async def remarks_of_order(
    work: Work, dose: Given, patient_id: UUID, order: OrderRow | None, standing: Sequence[UUID | None]
) -> list[DoseFinding]:
    """Return how a dose departs from its order, or that none of its route was active (R17).

    `standing` are the orders of the doses of its session until now, with the one that it corrects.
    """
    if order is not None:
        texts = list(
            departures(
                ordered(order),
                dose.route,
                dose.amount_mg,
                dose.mg_per_kg,
                dose.given_at,
                is_counted=order.id in standing,
            )
        )
    else:
        is_covered = await is_ordered(work, patient_id, dose.route, dose.given_at)
        texts = [] if is_covered else ["no order of this route was active"]
    return [finding("R17", "moderate", text) for text in texts]


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
