"""`/help`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.people.help import operations, service
from integration_api.resources.people.help.fallback import HelpNeedsSignIn
from integration_api.resources.people.help.schemas import HelpAnswer
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)


@router.post("/help", responses=problems(HelpNeedsSignIn))
async def ask_for_help(work: Annotated[Work, allow(operations.ASK_FOR_HELP)]) -> HelpAnswer:
    """Ask for help, now. Any body or none, with or without an Idempotency-Key; nothing about it is refused.

    If nobody could be told, the answer is 200 too and says so, with whom to call.
    """
    return await service.ask_for_help(work)
