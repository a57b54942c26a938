"""`/custody-containers` with their registers."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.custody import operations, register_entries, service
from integration_api.resources.care.custody.register_entries import (
    NotEnoughLeft,
    NotForHome,
    NotReversible,
    NoWitnessDue,
    OwnEntry,
)
from integration_api.resources.care.custody.schemas import (
    ContainerFilter,
    CustodyAdminister,
    CustodyContainer,
    CustodyContainerCreate,
    CustodyDispense,
    CustodyEntry,
    CustodyEntryCreate,
    CustodyRegister,
    CustodyReverse,
    CustodyWitness,
)
from integration_api.web.errors import IdTaken, StepUpRequired
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)
_AT = "/custody-containers/{container_id}"


@router.get("/custody-containers")
async def list_custody_containers(
    only: Annotated[ContainerFilter, Depends()],
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_CUSTODY_CONTAINERS)],
) -> Page[CustodyContainer]:
    """List the containers of controlled drugs of your clinic, newest first."""
    return await service.list_custody_containers(work, page, only)


@router.post("/custody-containers", status_code=201, responses=problems(IdTaken))
async def create_custody_container(
    body: CustodyContainerCreate, work: Annotated[Work, allow(operations.CREATE_CUSTODY_CONTAINER)]
) -> CustodyContainer:
    """Register a container. The amount in it is the first entry of its register."""
    return work.tagged(await service.create_custody_container(work, body))


@router.get(_AT)
async def read_custody_container(
    container_id: Id, work: Annotated[Work, allow(operations.READ_CUSTODY_CONTAINER)]
) -> CustodyContainer:
    """Read one container, with its balance."""
    return work.tagged(await service.read_custody_container(work, container_id))


@router.get(_AT + "/register")
async def read_custody_register(
    container_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.READ_CUSTODY_REGISTER)]
) -> CustodyRegister:
    """Read the register of a container as it is printed: oldest entry first, with running balances."""
    return await service.read_custody_register(work, container_id, page)


@router.post(_AT + "/entries", status_code=201, responses=problems(IdTaken, NotEnoughLeft))
async def record_custody_entry(
    container_id: Id, body: CustodyEntryCreate, work: Annotated[Work, allow(operations.RECORD_CUSTODY_ENTRY)]
) -> CustodyEntry:
    """Record what happened to a container: received, transferred, moved, wasted, destroyed, counted and more."""
    return await register_entries.record_custody_entry(work, container_id, body)


@router.post(_AT + "/administer", status_code=201, responses=problems(IdTaken, NotEnoughLeft, Superseded))
async def administer_from_container(
    container_id: Id, body: CustodyAdminister, work: Annotated[Work, allow(operations.ADMINISTER_FROM_CONTAINER)]
) -> CustodyEntry:
    """Record what was taken out of a container for a dose."""
    return await register_entries.administer_from_container(work, container_id, body)


@router.post(_AT + "/dispense", status_code=201, responses=problems(IdTaken, NotEnoughLeft, NotForHome))
async def dispense_from_container(
    container_id: Id, body: CustodyDispense, work: Annotated[Work, allow(operations.DISPENSE_FROM_CONTAINER)]
) -> CustodyEntry:
    """Record what a patient is given out of a container for home."""
    return await register_entries.dispense_from_container(work, container_id, body)


@router.post(
    _AT + "/entries/{entry_id}/reverse",
    status_code=201,
    responses=problems(IdTaken, NotEnoughLeft, NotReversible, Superseded),
)
async def reverse_custody_entry(
    container_id: Id,
    entry_id: Id,
    body: CustodyReverse,
    work: Annotated[Work, allow(operations.REVERSE_CUSTODY_ENTRY)],
) -> CustodyEntry:
    """Correct an entry: a new one takes it back. Then record what is right."""
    return await register_entries.reverse_custody_entry(work, container_id, entry_id, body)


@router.post(
    _AT + "/entries/{entry_id}/witness",
    status_code=201,
    responses=problems(IdTaken, OwnEntry, NoWitnessDue, Superseded, StepUpRequired),
)
async def witness_custody_entry(
    container_id: Id,
    entry_id: Id,
    body: CustodyWitness,
    work: Annotated[Work, allow(operations.WITNESS_CUSTODY_ENTRY)],
) -> CustodyEntry:
    """Confirm, as its witness, an entry that somebody else recorded. It needs a fresh proof of who you are."""
    return await register_entries.witness_custody_entry(work, container_id, entry_id, body)
