"""Copies for record requests on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from integration_api.access.fields import StaffId
from integration_api.core.ids import Id
from integration_api.resources.oversight.exports.schemas import ChartExport
from integration_api.web.schemas import Schema, example_with

_REQUEST = "019ab0de-0000-7000-8000-000000000041"
_COPY = "019ab0de-0000-7000-8000-000000000042"


class RecordCopy(ChartExport):
    """One copy of the record for a request, and how far it is. The patient sees it once it is handed over."""

    model_config = example_with({"state": "ready", "failure": None})

    record_request_id: UUID = Field(description="The request that it is made for.", examples=[_REQUEST])
    made_by_id: StaffId = Field(description="The member of staff who makes it; it has what they may read.")
    handed_over_at: datetime | None = Field(description="When it was given to the patient (UTC).")


class RecordRequestFulfil(Schema):
    """The copy that answers a request."""

    copy_id: Annotated[Id, Field(description="A copy for this request that is ready.", examples=[_COPY])]
