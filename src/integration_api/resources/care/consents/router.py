"""`/consents`, and `/patients/{patient_id}/consents` for signatures on paper."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.consents import operations, service
from integration_api.resources.care.consents.schemas import Consent, ConsentFilter, ConsentRecord, ConsentSign
from integration_api.resources.care.consents.service import ConsentStands, DocumentRetired
from integration_api.resources.care.doses.altered_states import AlteredStateHold
from integration_api.resources.people.patients.service import EmergencyOnly
from integration_api.web.errors import IdTaken, StepUpRequired
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/consents")
async def list_consents(
    only: Annotated[ConsentFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_CONSENTS)],
) -> Page[Consent]:
    """List the consents that you may see, the latest first, withdrawn ones too."""
    return await service.list_consents(work, page, only)


@router.post(
    "/consents",
    status_code=201,
    responses=problems(IdTaken, DocumentRetired, ConsentStands, AlteredStateHold, StepUpRequired),
)
async def sign_consent(body: ConsentSign, work: Annotated[Work, allow(operations.SIGN_CONSENT)]) -> Consent:
    """Sign a document as its patient. Not in the altered-state window of a dose: 409 `altered-state-hold`."""
    return work.tagged(await service.sign_consent(work, body))


@router.post(
    "/patients/{patient_id}/consents",
    status_code=201,
    responses=problems(IdTaken, DocumentRetired, ConsentStands, AlteredStateHold, EmergencyOnly),
)
async def record_consent(
    patient_id: Id, body: ConsentRecord, work: Annotated[Work, allow(operations.RECORD_CONSENT)]
) -> Consent:
    """Record what a patient signed on paper, as a member of the care team."""
    return work.tagged(await service.record_consent(work, patient_id, body))


@router.get("/consents/{consent_id}")
async def read_consent(consent_id: Id, work: Annotated[Work, allow(operations.READ_CONSENT)]) -> Consent:
    """Read one consent."""
    return work.tagged(await service.read_consent(work, consent_id))


@router.post("/consents/{consent_id}/withdraw", responses=problems(Superseded))
async def withdraw_consent(
    consent_id: Id, expected_version: IfMatch, work: Annotated[Work, allow(operations.WITHDRAW_CONSENT)]
) -> Consent:
    """Withdraw a consent. That is possible at any time, and what it permitted ends with it."""
    return work.tagged(await service.withdraw_consent(work, consent_id, expected_version))
