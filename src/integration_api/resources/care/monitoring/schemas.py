"""Vitals on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import Field, StringConstraints

from integration_api.access.fields import PatientId, StaffId, TimeZone
from integration_api.core.ids import OwnId
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.schemas import FindingThere
from integration_api.resources.care.sessions.schemas import SessionId
from integration_api.web.schemas import (
    Instant,
    NameLine,
    Remark,
    Resource,
    Schema,
    WithdrawnReason,
    example,
    example_with,
)

MAX_READINGS = 200
"""The readings of one upload."""
MAX_FILE_READINGS = 1_000
"""The readings of one file of a monitor: it grows while the session lasts."""
MAX_NEW_READINGS = 600
"""Those of a file that may be new: two hours of five columns, each minute."""
MAX_FILE_CHARACTERS = 40_000
"""The characters of a monitor's file."""

_ID, _TAKEN_AT = "019ab0de-0000-7000-8000-000000000033", "2026-11-20T15:40:00Z"
_BP: dict[str, object] = {"field": "blood_pressure", "value": 128, "diastolic": 82, "taken_at": _TAKEN_AT}

Measure = Annotated[
    float, Field(ge=0, le=1000, allow_inf_nan=False, description="The value; the systolic one.", examples=[128])
]
Diastolic = Annotated[
    float, Field(ge=0, le=1000, allow_inf_nan=False, description="`blood_pressure`: the diastolic value.")
]


class VitalFacts(Schema):
    """The facts of one reading."""

    field: VitalField = Field(description="The field.", examples=["blood_pressure"])
    value: Measure | None = None
    diastolic: Diastolic | None = Field(default=None, examples=[82])
    text: Remark | None = Field(default=None, description="An observation; the patient can read it.")


class VitalCreate(VitalFacts):
    """A reading to record."""

    model_config = example({"id": _ID, **_BP})

    id: OwnId = Field(description="Its id, made by the sender, and the same at each try.")
    taken_at: Instant = Field(description="When it was taken.", examples=[_TAKEN_AT])


class VitalBatch(Schema):
    """Readings of one session, in any order."""

    model_config = example({"items": [{"id": _ID, **_BP}]})

    items: list[VitalCreate] = Field(min_length=1, max_length=MAX_READINGS, description="The readings.")


class MonitorFile(Schema):
    """The file of a monitor, as it wrote it."""

    model_config = example(
        {"device": "Monitor 2", "text": "taken_at,systolic,diastolic,spo2\n2026-11-20T15:40:00Z,128,82,97\n"}
    )

    device: NameLine = Field(
        description="The monitor, by a name that no other one has, such as its serial number; the same at each upload."
    )
    time_zone: TimeZone | None = Field(default=None, description="IANA time zone of times without an offset.")
    text: Annotated[str, StringConstraints(min_length=1, max_length=MAX_FILE_CHARACTERS)] = Field(
        description="Comma-separated lines. The first names the columns: `taken_at`, then any of `systolic`, "
        "`diastolic`, `heart_rate`, `spo2`, `respiratory_rate` and `temperature`. At most 1,000 readings; "
        "at most 600 of them may be new. A column has one value a time. "
        "Readings that were withdrawn stay withdrawn."
    )


class Vital(VitalFacts, Resource):
    """One reading, with what follows from it and from the doses that stand."""

    model_config = example_with({"id": _ID, "text": None})

    patient_id: PatientId
    session_id: SessionId
    taken_at: datetime = Field(description="When it was taken (UTC).", examples=[_TAKEN_AT])
    minutes_from_dose: int | None = Field(description="Minutes since the first dose; negative before.", examples=[20])
    loinc: str | None = Field(description="The LOINC code, if one is verified.", examples=["85354-9"])
    ucum: str | None = Field(description="The UCUM unit.", examples=["mm[Hg]"])
    repeat_by: datetime | None = Field(
        description="Until when a critical one is to be taken again (UTC); it stands whatever that shows (R10)."
    )
    findings: Annotated[list[FindingThere], Field(description="Remarks about what is unusual.")]
    device: str | None = Field(
        description="The monitor whose file it is of, by its name; null if a person sent it.", examples=["Monitor 2"]
    )
    created_by_id: StaffId = Field(description="The account that recorded it.")
    withdrawn_at: datetime | None = Field(description="When it was withdrawn (UTC).")
    withdrawn_by_id: UUID | None = Field(description="The account that did.")
    withdrawn_reason: WithdrawnReason | None


@dataclass(frozen=True)
class VitalFilter:
    """Which readings a list shows; None means any."""

    field: Annotated[VitalField | None, Query(description="Only of this field.")] = None
    withdrawn: Annotated[bool, Query(description="Those that count no more, instead of the others.")] = False
    taken_after: Annotated[Instant | None, Query(description="Only taken then or later.")] = None
    taken_before: Annotated[Instant | None, Query(description="Only taken before then.")] = None
