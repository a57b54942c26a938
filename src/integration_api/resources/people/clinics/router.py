"""`/clinic` and `/crisis-resources`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.people.clinics import operations, service
from integration_api.resources.people.clinics.schemas import Clinic, ClinicUpdate, CrisisResourceFilter, CrisisResources
from integration_api.web.etag import IfMatch

router = APIRouter(route_class=ActionRoute)


@router.get("/clinic")
async def read_clinic(work: Annotated[Work, allow(operations.READ_CLINIC)]) -> Clinic:
    """Read the clinic you belong to: its hours, time zone, country and policies."""
    return work.tagged(await service.read_clinic(work))


@router.patch("/clinic")
async def update_clinic(
    body: ClinicUpdate, expected_version: IfMatch, work: Annotated[Work, allow(operations.UPDATE_CLINIC)]
) -> Clinic:
    """Change the clinic's name, place, phone, hours, policies or owner."""
    return work.tagged(await service.update_clinic(work, body, expected_version))


@router.get("/crisis-resources")
async def list_crisis_resources(
    only: Annotated[CrisisResourceFilter, Depends()], work: Annotated[Work, allow(operations.LIST_CRISIS_RESOURCES)]
) -> CrisisResources:
    """List the crisis lines of a country that answer now, each with the day of its last check. Needs no sign-in.

    With an access token and without `country`, those of the clinic's country.
    """
    return await service.list_crisis_resources(work, only.country)
