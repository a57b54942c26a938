"""`/patients/{patient_id}/legal-hold` and `/patients/{patient_id}/erasure`."""

from typing import Annotated

from fastapi import APIRouter

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.oversight.retention import operations, service
from integration_api.resources.oversight.retention.schemas import Erasure, KeptContent, LegalHold, LegalHoldSet
from integration_api.resources.oversight.retention.service import StillKept
from integration_api.resources.people.patients.holds import OnHold
from integration_api.web.errors import StepUpRequired
from integration_api.web.etag import IfMatch, IfMatchOfWhole
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery

router = APIRouter(route_class=ActionRoute)


@router.get("/patients/{patient_id}/legal-hold")
async def read_patient_hold(patient_id: Id, work: Annotated[Work, allow(operations.READ_PATIENT_HOLD)]) -> LegalHold:
    """Read the legal hold of a chart; 404 if there is none."""
    return work.tagged(await service.read_patient_hold(work, patient_id))


@router.put("/patients/{patient_id}/legal-hold")
async def hold_patient(
    patient_id: Id,
    body: LegalHoldSet,
    expected_version: IfMatchOfWhole,
    work: Annotated[Work, allow(operations.HOLD_PATIENT)],
) -> LegalHold:
    """Keep the chart from being erased, whatever the retention policy says. If-Match takes the chart's ETag."""
    return work.tagged(await service.hold_patient(work, patient_id, body, expected_version))


@router.get("/patients/{patient_id}/legal-hold/contents")
async def list_kept_contents(
    patient_id: Id, page: PageQuery, work: Annotated[Work, allow(operations.LIST_KEPT_CONTENTS)]
) -> Page[KeptContent]:
    """List your own texts that were overwritten under a legal hold, newest first. Nobody else can read them here."""
    return await service.list_kept_contents(work, patient_id, page)


@router.delete("/patients/{patient_id}/legal-hold", status_code=204)
async def release_patient(
    patient_id: Id, expected_version: IfMatchOfWhole, work: Annotated[Work, allow(operations.RELEASE_PATIENT)]
) -> None:
    """End the hold. If-Match takes the chart's ETag."""
    await service.release_patient(work, patient_id, expected_version)


@router.post("/patients/{patient_id}/erasure", status_code=200, responses=problems(StepUpRequired, OnHold, StillKept))
async def erase_patient(
    patient_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.ERASE_PATIENT)]
) -> Erasure:
    """Erase the chart for good: its key is destroyed, the patient's account ends. It cannot be undone.

    Needs a fresh proof of who you are, and the chart's ETag as If-Match. Refused while a legal hold stands, and before
    the end of retention (`keep_until` says the day).
    """
    return await service.erase_patient(work, patient_id, expected_version)
