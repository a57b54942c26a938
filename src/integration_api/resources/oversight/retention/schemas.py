"""Legal holds and erasures on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field, JsonValue

from integration_api.access.fields import PatientId, StaffId
from integration_api.resources.people.patients.tables import HoldReason, KeptKind
from integration_api.web.schemas import Line, Prose, ReadSchema, Resource, Schema, example_with

_HELD_AT = "2026-11-20T09:00:00Z"


class LegalHoldFacts(Schema):
    """The reason of a hold, and where its matter is found."""

    reason: HoldReason = Field(description="The kind of matter.", examples=["litigation"])
    reference: Line = Field(
        description="The place of the matter, such as a docket number. Encrypted.", examples=["Docket 26-CV-0117"]
    )
    note: Prose | None = Field(
        default=None,
        description="Further remarks. Encrypted.",
        examples=["Counsel asked for everything to be kept."],
    )


class LegalHoldSet(LegalHoldFacts):
    """Why a chart must not be erased."""


class LegalHold(LegalHoldFacts, Resource):
    """A hold on a chart. Its id, times and version are the chart's."""

    model_config = example_with({"id": "019ab0de-0000-7000-8000-000000000004", "updated_at": _HELD_AT, "version": 2})

    held_at: datetime = Field(description="Since when (UTC).", examples=[_HELD_AT])
    held_by_id: StaffId = Field(description="The account that set it last.")


class KeptContent(ReadSchema):
    """A text of yours that was overwritten while a legal hold stood."""

    id: UUID = Field(description="Identifier of what was kept.", examples=["019ab0de-0000-7000-8000-000000000050"])
    kind: KeptKind = Field(description="The kind of thing whose text it is.", examples=["note"])
    subject_id: UUID = Field(description="The thing itself.", examples=["019ab0de-0000-7000-8000-000000000007"])
    kept_at: datetime = Field(description="When it was overwritten (UTC).", examples=[_HELD_AT])
    content: dict[str, JsonValue] = Field(
        description="The fields as they were; of a note, its sections.", examples=[{"data": "Slept badly."}]
    )


class Erasure(ReadSchema):
    """A chart's end. Nothing of it can be read any more, by anybody."""

    patient_id: PatientId = Field(description="The chart. Its id stays in the ledger.")
    erased_at: datetime = Field(description="When its key was destroyed (UTC).", examples=["2026-11-20T09:00:00Z"])
