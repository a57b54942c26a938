"""`/sessions/{session_id}/capture-link`, and what its token opens: `/capture` and `/captures`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.journal.capture_links import captures, operations, service
from integration_api.resources.journal.capture_links.capture_errors import (
    OF_TOKEN,
    WITH_LINES,
    NoDoseYet,
    NoPatientAccount,
)
from integration_api.resources.journal.capture_links.schemas import (
    CaptureCreate,
    Captured,
    CaptureLink,
    CapturePage,
    IssuedCaptureLink,
)
from integration_api.resources.people.patients.service import EmergencyOnly
from integration_api.web.errors import ShownOnce
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)


@router.get("/sessions/{session_id}/capture-link")
async def read_capture_link(session_id: Id, work: Annotated[Work, allow(operations.READ_CAPTURE_LINK)]) -> CaptureLink:
    """Read when the newest capture link of a session was issued, and when it ends."""
    return await service.read_capture_link(work, session_id)


@router.post(
    "/sessions/{session_id}/capture-link",
    status_code=201,
    responses=problems(ShownOnce, EmergencyOnly, NotDosing, NoDoseYet, NoPatientAccount),
)
async def create_capture_link(
    session_id: Id, work: Annotated[Work, allow(operations.CREATE_CAPTURE_LINK)]
) -> IssuedCaptureLink:
    """Issue a link by which the patient writes after a dose without signing in. It stands for 72 hours.

    The link that the patient had before ends at once. It reads nothing of the chart.
    """
    return await service.create_capture_link(work, session_id)


@router.delete("/sessions/{session_id}/capture-link", status_code=204)
async def delete_capture_link(session_id: Id, work: Annotated[Work, allow(operations.DELETE_CAPTURE_LINK)]) -> None:
    """End the newest capture link of a session. Its next request is refused."""
    await service.delete_capture_link(work, session_id)


@router.get("/capture", responses=problems(*OF_TOKEN))
async def read_capture(work: Annotated[Work, allow(operations.READ_CAPTURE)]) -> CapturePage:
    """Read whom to call and how to ask for help, by the token of a capture link. Refusals have crisis lines too."""
    return await captures.read_capture(work)


@router.post("/captures", status_code=201, responses=problems(*WITH_LINES))
async def create_capture(body: CaptureCreate, work: Annotated[Work, allow(operations.CREATE_CAPTURE)]) -> Captured:
    """Keep one moment as a private entry of the patient, by the token of a capture link. Nobody else can read it.

    Send the same `Idempotency-Key` with each try. Nothing is read back here.
    """
    return await service.create_capture(work, body)
