"""`/sandbox`. No document of the product has these routes."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.demo.sandbox import operations, orders, service
from integration_api.demo.sandbox.schemas import (
    ClockMove,
    EventCreate,
    EventMade,
    MovedTime,
    SandboxClinic,
    SandboxClinicCreate,
    SandboxTime,
    Slug,
)

router = APIRouter(route_class=ActionRoute)


@router.post("/sandbox/clinics", status_code=201)
async def create_sandbox_clinic(
    body: SandboxClinicCreate, work: Annotated[Work, allow(operations.CREATE_SANDBOX_CLINIC)]
) -> SandboxClinic:
    """Make a clinic of invented people: staff of each role, and a patient."""
    return await service.create_sandbox_clinic(work, body)


@router.get("/sandbox/clock")
async def read_sandbox_clock(clinic: Slug, work: Annotated[Work, allow(operations.READ_SANDBOX_CLOCK)]) -> SandboxTime:
    """Read the time by a clinic's clock."""
    return await service.read_sandbox_clock(work, clinic)


@router.post("/sandbox/clock")
async def move_sandbox_clock(body: ClockMove, work: Annotated[Work, allow(operations.MOVE_SANDBOX_CLOCK)]) -> MovedTime:
    """Move the clock of a clinic forward, and of no other."""
    return await service.move_sandbox_clock(work, body)


@router.post("/sandbox/events", status_code=201)
async def make_sandbox_event(
    body: EventCreate, work: Annotated[Work, allow(operations.MAKE_SANDBOX_EVENT)]
) -> EventMade:
    """Let something happen."""
    return await orders.make_sandbox_event(work, body)
