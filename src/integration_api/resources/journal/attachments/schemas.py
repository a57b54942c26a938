"""Attachments on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Header, Query
from pydantic import Field, StringConstraints

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.journal.attachments.rules import MAX_BYTES, PART_BYTES
from integration_api.resources.journal.notes.tables import AttachmentState, MediaType
from integration_api.resources.journal.reflections.schemas import REFLECTION_ID
from integration_api.web.schemas import CreateSchema, Instant, Resource, Schema, example_with

_DIGEST = "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2"
_BASE64_CHARACTERS = (PART_BYTES + 2) // 3 * 4

Type = Annotated[
    MediaType,
    Field(
        description="The media type. The first bytes must be of it. An image is at most 20 MB, all else 50 MB.",
        examples=["image/jpeg"],
    ),
]
Size = Annotated[int, Field(gt=0, le=MAX_BYTES, description="Size of the whole, in bytes.", examples=[1_834_202])]
Digest = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{64}$"),
    Field(description="SHA-256 of the whole, in hexadecimal.", examples=[_DIGEST]),
]
RangeHeader = Annotated[
    str | None,
    Header(
        alias="Range",
        max_length=200,
        description="One range of bytes, to go on with a download that broke off. Others are ignored.",
        examples=["bytes=524288-"],
    ),
]


class AttachmentCreate(CreateSchema):
    """The announcement of a file that is then sent in parts."""

    content_type: Type
    size_bytes: Size
    sha256: Digest | None = None


class AttachmentPartCreate(Schema):
    """The next part of a file: `part_bytes` of it, and of the last part the rest."""

    data: Annotated[str, StringConstraints(min_length=1, max_length=_BASE64_CHARACTERS)] = Field(
        description="The bytes in base64 (RFC 4648, 4), with padding.", examples=["/9j/4AAQSkZJRgABAQ=="]
    )


class Attachment(Resource):
    """A file on a note or a reflection. Who may read that may read this."""

    model_config = example_with({"note_id": None, "state": "ready", "received_bytes": 1_834_202})

    patient_id: PatientId
    note_id: UUID | None = Field(description="The note that it belongs to; null: it belongs to a reflection.")
    reflection_id: UUID | None = Field(
        description="The reflection that it belongs to; null: it belongs to a note.", examples=[REFLECTION_ID]
    )
    created_by_id: StaffId = Field(description="The account that added it.")
    content_type: Type
    state: AttachmentState = Field(
        description="`uploading`: only who added it sees it, for a day at most; `ready`: it is whole and checked.",
        examples=["ready"],
    )
    size_bytes: int = Field(
        description="As it was announced; once it is ready, of what is kept. An image loses its metadata.",
        examples=[1_834_202],
    )
    received_bytes: int = Field(description="The next part begins at this byte.", examples=[524_288])
    part_bytes: int = Field(description="Size of each part but the last, in bytes.", examples=[PART_BYTES])
    sha256: Digest | None = Field(description="As it was announced; once it is ready, of what is kept.")
    completed_at: datetime | None = Field(
        description="When all of it had come and was checked (UTC).", examples=["2026-11-20T21:16:00Z"]
    )


@dataclass(frozen=True)
class AttachmentFilter:
    """Which attachments a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    note_id: Annotated[Id | None, Query(description="Only on this note.")] = None
    reflection_id: Annotated[Id | None, Query(description="Only on this reflection.")] = None
    created_after: Annotated[Instant | None, Query(description="Only added at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only added before this instant.")] = None
