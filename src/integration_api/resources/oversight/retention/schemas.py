"""Legal holds and erasures on the wire."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from integration_api.resources.people.patients.tables import HoldReason
from integration_api.web.schemas import Line, Prose, Resource, Schema, example

_CHART = "019ab0de-0000-7000-8000-000000000004"
_HOLD = {
    "reason": "litigation",
    "reference": "Docket 26-CV-0117",
    "note": "Counsel asked for everything to be kept.",
}


class LegalHoldSet(Schema):
    """Why a chart must not be erased."""

    model_config = example(_HOLD)

    reason: HoldReason = Field(description="What kind of matter it is.")
    reference: Line = Field(description="Where the matter is found, such as a docket number. Sealed.")
    note: Prose | None = Field(default=None, description="What else is to be known. Sealed.")


class LegalHold(Resource):
    """A hold on a chart. Its id, times and version are the chart's."""

    model_config = example(
        {
            "id": _CHART,
            "created_at": "2026-11-02T09:00:00Z",
            "updated_at": "2026-11-20T09:00:00Z",
            "version": 2,
            **_HOLD,
            "held_at": "2026-11-20T09:00:00Z",
            "held_by_id": "019ab0de-0000-7000-8000-000000000002",
        }
    )

    reason: HoldReason = Field(description="What kind of matter it is.")
    reference: str = Field(description="Where the matter is found.")
    note: str | None = Field(description="What else is to be known.")
    held_at: datetime = Field(description="Since when (UTC).")
    held_by_id: UUID = Field(description="The account that set it last.")


class Erasure(Schema):
    """A chart's end. Nothing of it can be read any more, by anybody."""

    model_config = example({"patient_id": _CHART, "erased_at": "2026-11-20T09:00:00Z"})

    patient_id: UUID = Field(description="The chart. Its id stays in the ledger.")
    erased_at: datetime = Field(description="When its key was destroyed (UTC).")
