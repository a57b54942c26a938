"""Orders."""

from tests.factories.doses import DOSE
from tests.factories.orders import order_body
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    return {**order_body(s.world, s.chart), "course_id": s.ids["course_id"], "unit": "mg", "review_after_sessions": 3}


async def _order(s: Scene) -> Json:
    made: Json = await s.people["prescriber"].post("/orders", _body(s))
    return made


@planted
async def orders(s: Scene) -> None:
    """Add an order by which a dose was given, and one that was withdrawn."""
    ended = await _order(s)
    path = f"/orders/{ended['id']}/withdraw"
    await s.people["prescriber"].post(path, {"reason": s.word("text-withdrawal")}, match=1, expect=200)
    made, session = await _order(s), await s.ready_session()
    await s.therapist.post(f"/sessions/{session['id']}/doses", {**DOSE, "order_id": made["id"]})
    s.ids["order_id"] = made["id"]


reads("list_orders", "therapist", "/orders?patient_id={patient_id}")
reads("list_orders (in a state)", "therapist", "/orders?patient_id={patient_id}&state=active")
reads("list_orders (team)", "supervisor", "/orders")
reads("read_order", "therapist", "/orders/{order_id}")


@operation("create_order")
async def _(s: Scene) -> Request:
    return Request(s.people["prescriber"], "POST", "/orders", _body(s))


@operation("withdraw_order")
async def _(s: Scene) -> Request:
    made = await _order(s)
    body = {"reason": s.word("text-withdrawal")}
    return Request(s.people["prescriber"], "POST", f"/orders/{made['id']}/withdraw", body, 1)
