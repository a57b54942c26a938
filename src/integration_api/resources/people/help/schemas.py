"""A call for help on the wire."""

from datetime import datetime

from pydantic import Field

from integration_api.resources.people.clinics.schemas import CrisisResource
from integration_api.resources.people.patients.monitoring_contents import ToldGroup
from integration_api.resources.people.patients.next_safety_steps import NextSafetyStep
from integration_api.web.schemas import ReadSchema


class HelpAnswer(ReadSchema):
    """The advice for this moment, and who was told."""

    told: ToldGroup = Field(description="Those who were told; `nobody`: do not wait for an answer.", examples=["team"])
    answer_by: datetime | None = Field(
        description="Until when they mean to answer (UTC); null: nobody will.", examples=["2026-11-20T21:29:00Z"]
    )
    next_step: NextSafetyStep | None = Field(
        description=(
            "The patient's own next step, to be shown first; null: no safety plan is in force, or a capture link asks."
        )
    )
    text: str = Field(
        description="Advice for this moment in plain sentences, to be shown as it is.",
        examples=["If you are in danger, call 911 (Emergency services). Your care team is told now."],
    )
    clinic_phone: str | None = Field(description="The clinic's number.", examples=["+1 555 0199"])
    clinic_is_open: bool = Field(description="Whether the clinic is open now.", examples=[False])
    clinic_opens_at: datetime | None = Field(
        description="When it opens next (UTC); null: it is open, or has no hours.", examples=["2026-11-23T14:00:00Z"]
    )
    crisis_resources: list[CrisisResource] = Field(description="Those who answer now, emergency services first.")
