"""`/fhir/R4/$export`: bulk exports for programs (Bulk Data Access 2)."""

from typing import Annotated, ClassVar

from fastapi import APIRouter, Path
from starlette.responses import Response

from integration_api.access.route import allow
from integration_api.access.work import Work
from integration_api.fhir import bulk_exports, operations
from integration_api.fhir.bulk_exports import FILE_PATH, STATUS_PATH
from integration_api.fhir.fhir_route import FhirRoute


class BulkRoute(FhirRoute):
    """A route of FHIR whose clients take newline-delimited JSON too."""

    taken: ClassVar[frozenset[str]] = FhirRoute.taken | {"application/fhir+ndjson", "application/ndjson"}


router = APIRouter(route_class=BulkRoute)
ExportId = Annotated[str, Path(max_length=64, description="The id of the export.")]
FileId = Annotated[str, Path(max_length=64, description="The id of the file.")]


@router.get("/$export", response_model=None)
async def create_bulk_export(work: Annotated[Work, allow(operations.CREATE_BULK_EXPORT)]) -> Response:
    """Ask for all resources of the types that the token has."""
    return await bulk_exports.create_bulk_export(work)


@router.get("/Patient/$export", response_model=None)
async def create_bulk_export_of_patients(
    work: Annotated[Work, allow(operations.CREATE_BULK_EXPORT_OF_PATIENTS)],
) -> Response:
    """Ask for all that belongs to patients, of the types that the token has."""
    return await bulk_exports.create_bulk_export_of_patients(work)


@router.get(f"/{STATUS_PATH}/{{export_id}}", response_model=None)
async def read_bulk_export(export_id: ExportId, work: Annotated[Work, allow(operations.READ_BULK_EXPORT)]) -> Response:
    """Read how far an export is, and its files once they are there."""
    return await bulk_exports.read_bulk_export(work, export_id)


@router.delete(f"/{STATUS_PATH}/{{export_id}}", response_model=None)
async def delete_bulk_export(
    export_id: ExportId, work: Annotated[Work, allow(operations.DELETE_BULK_EXPORT)]
) -> Response:
    """End an export, and take its files away."""
    return await bulk_exports.delete_bulk_export(work, export_id)


@router.get(f"/{FILE_PATH}/{{file_id}}", response_model=None)
async def read_bulk_file(file_id: FileId, work: Annotated[Work, allow(operations.READ_BULK_FILE)]) -> Response:
    """Take a file."""
    return await bulk_exports.read_bulk_file(work, file_id)
