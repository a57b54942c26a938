"""`/fhir/R4`. Its own CapabilityStatement describes these routes; no OpenAPI document does (ADR 67)."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from integration_api.access.route import allow
from integration_api.access.work import Work
from integration_api.fhir import operations, service, smart_tokens
from integration_api.fhir.fhir_route import FhirRoute

router = APIRouter(route_class=FhirRoute)

ResourceType = Annotated[str, Path(max_length=64, description="The type of the resource.", examples=["Encounter"])]
ResourceId = Annotated[str, Path(max_length=64, description="The id of the resource.")]


@router.get("/metadata", response_model=None)
async def read_fhir_capabilities(work: Annotated[Work, allow(operations.READ_FHIR_CAPABILITIES)]) -> Response:
    """Read what is served."""
    return await service.read_fhir_capabilities(work)


@router.get("/.well-known/smart-configuration", response_model=None)
async def read_smart_configuration(work: Annotated[Work, allow(operations.READ_SMART_CONFIGURATION)]) -> Response:
    """Read what SMART clients discover."""
    return await smart_tokens.read_smart_configuration(work)


@router.get("/Patient/{patient_id}/$everything", response_model=None)
async def read_fhir_everything(
    patient_id: ResourceId, work: Annotated[Work, allow(operations.READ_FHIR_EVERYTHING)]
) -> Response:
    """Read a patient and all that belongs to them, page by page."""
    return await service.read_fhir_everything(work, patient_id)


@router.post("/{resource_type}/_search", response_model=None)
async def search_fhir_resources_by_form(
    resource_type: ResourceType, work: Annotated[Work, allow(operations.SEARCH_FHIR_RESOURCES_BY_FORM)]
) -> Response:
    """Search with the parameters in a form, so that none stands in an address."""
    return await service.search_fhir_resources_by_form(work, resource_type)


@router.get("/{resource_type}/{resource_id}", response_model=None)
async def read_fhir_resource(
    resource_type: ResourceType,
    resource_id: ResourceId,
    work: Annotated[Work, allow(operations.READ_FHIR_RESOURCE)],
) -> Response:
    """Read one resource by its id."""
    return await service.read_fhir_resource(work, resource_type, resource_id)


@router.get("/{resource_type}", response_model=None)
async def search_fhir_resources(
    resource_type: ResourceType, work: Annotated[Work, allow(operations.SEARCH_FHIR_RESOURCES)]
) -> Response:
    """Search for resources of a type that you may see."""
    return await service.search_fhir_resources(work, resource_type)
