"""Research studies on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from integration_api.access.fields import StaffId
from integration_api.web.schemas import CreateSchema, NameLine, Resource, Schema

StudyName = Annotated[
    NameLine,
    Field(description="Its name, which the patients in its exports are told.", examples=["Sleep after ketamine, 2026"]),
]


class ResearchStudyFacts(Schema):
    """The facts of a study."""

    name: StudyName


class ResearchStudyCreate(ResearchStudyFacts, CreateSchema):
    """A study to begin."""


class ResearchStudy(ResearchStudyFacts, Resource):
    """One study. Its exports share pseudonyms; those of another study have others."""

    created_by_id: StaffId = Field(description="The account that began it.")
    closed_at: datetime | None = Field(
        description="When it was closed (UTC): its key is gone, and nothing more is exported for it."
    )
    closed_by_id: UUID | None = Field(description="The account that closed it.")
