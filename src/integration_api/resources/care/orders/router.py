"""`/orders`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.orders import operations, service
from integration_api.resources.care.orders.schemas import Order, OrderCreate, OrderFilter, OrderWithdraw
from integration_api.resources.people.accounts.licences import LicenceEnded
from integration_api.resources.people.patients.service import EmergencyOnly
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/orders")
async def list_orders(
    only: Annotated[OrderFilter, Depends()], page: ChartPageQuery, work: Annotated[Work, allow(operations.LIST_ORDERS)]
) -> Page[Order]:
    """List the orders that you may see, newest first."""
    return await service.list_orders(work, page, only)


@router.post("/orders", status_code=201, responses=problems(IdTaken, EmergencyOnly, LicenceEnded))
async def create_order(body: OrderCreate, work: Annotated[Work, allow(operations.CREATE_ORDER)]) -> Order:
    """Order doses, as a prescriber. A dose that departs from its order is recorded with a finding."""
    return work.tagged(await service.create_order(work, body))


@router.get("/orders/{order_id}")
async def read_order(order_id: Id, work: Annotated[Work, allow(operations.READ_ORDER)]) -> Order:
    """Read one order."""
    return work.tagged(await service.read_order(work, order_id))


@router.post("/orders/{order_id}/withdraw", responses=problems(Superseded))
async def withdraw_order(
    order_id: Id,
    body: OrderWithdraw,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.WITHDRAW_ORDER)],
) -> Order:
    """Withdraw an order. It stays, with who withdrew it and why."""
    return work.tagged(await service.withdraw_order(work, order_id, body, expected_version))
