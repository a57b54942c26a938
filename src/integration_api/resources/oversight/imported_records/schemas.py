"""Imported records on the wire."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field
from typing_extensions import TypedDict

from integration_api.access.fields import PatientId
from integration_api.core.ids import Id
from integration_api.resources.oversight.imported_records.tables import ImportedKind
from integration_api.web.schemas import Instant, Resource, response_part

_AT = "2026-11-20T15:40:00Z"
_SUBJECT_ID = "019ab0de-0000-7000-8000-000000000009"


@response_part
class ImportedTotal(TypedDict):
    """A total that came without the answers it was made of. No rule and no series counts it."""

    instrument_id: Annotated[str, Field(description="The instrument, as the mapping names it.", examples=["phq9"])]
    value: Annotated[float, Field(description="The total, as the other system gave it.", examples=[14])]
    happened_at: Annotated[
        str, Field(description="When it was taken (UTC).", json_schema_extra={"format": "date-time"}, examples=[_AT])
    ]


class ImportedRecord(Resource):
    """The origin of one thing of a chart that was imported out of another system's file."""

    patient_id: PatientId
    kind: ImportedKind = Field(description="The kind of thing that it became here.", examples=["note"])
    subject_id: UUID | None = Field(
        description="The thing that was made of it; null for a total.", examples=[_SUBJECT_ID]
    )
    source: str = Field(description="The system that it came from.", examples=["Harbour practice software"])
    identifier: str = Field(description="Its identifier there.", examples=["DocumentReference/77"])
    file_sha256: str = Field(description="SHA-256 of the file that it was in, hexadecimal.", examples=["ab" * 32])
    imported_by: str = Field(description="The person who ran the import, as it was told.", examples=["Ada Keeper"])
    total: ImportedTotal | None = Field(description="The total, if it is one; null for every other kind.")


@dataclass(frozen=True)
class ImportedRecordFilter:
    """Which imported records a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    kind: Annotated[ImportedKind | None, Query(description="Only of this kind.")] = None
    imported_after: Annotated[Instant | None, Query(description="Only imported then or later.")] = None
    imported_before: Annotated[Instant | None, Query(description="Only imported before then.")] = None
