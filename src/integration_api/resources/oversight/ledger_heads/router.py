"""`/ledger-head`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.oversight.ledger_heads import operations, service
from integration_api.resources.oversight.ledger_heads.schemas import LedgerHeads

router = APIRouter(route_class=ActionRoute)


@router.get("/ledger-head")
async def read_ledger_head(work: Annotated[Work, allow(operations.READ_LEDGER_HEAD)]) -> LedgerHeads:
    """Read the newest signed head of the clinic's ledger. Keep it as a file, away from the database.

    `integration-api ledger verify --head FILE` shows later that the ledger still goes on from it. 404 before the first
    seal.
    """
    return await service.read_ledger_head(work)
