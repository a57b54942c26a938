"""Bodies and answers."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, StringConstraints
from sqlmodel import SQLModel

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Statement = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Prose = Annotated[str, StringConstraints(max_length=20_000)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{1,40}$")]
Score = Annotated[int, Field(ge=0, le=10)] | None
Safety = Literal["safe", "not_sure", "not_safe"]


def _version_7(value: UUID) -> UUID:
    if value.version != 7:
        msg = "must be a UUID of version 7"
        raise ValueError(msg)
    return value


OwnId = Annotated[UUID, AfterValidator(_version_7)]
Instant = Annotated[AwareDatetime, AfterValidator(lambda value: value.astimezone(UTC))]


class Given(SQLModel):
    """A body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]  # SQLModel narrows it


class Answer(Given):
    """What is written to one prompt."""

    prompt_id: Key
    text: Prose


class Ratings(Given):
    """How it is right now."""

    mood: Score = None
    anxiety: Score = None
    energy: Score = None
    sleep: Score = None
    connection: Score = None
    distress: Score = None


class Insight(Given):
    """One short statement."""

    id: OwnId | None = None
    text: Statement


class ReflectionCreate(Given):
    """A new draft in one's own chart."""

    id: OwnId | None = None
    session_id: UUID | None = None
    kind: Literal["text", "prompted"] = "text"
    text: Prose | None = None
    prompt_set: Key | None = None
    prompt_set_version: Annotated[int, Field(ge=1, le=9999)] | None = None
    answers: Annotated[list[Answer], Field(max_length=50)] = []
    ratings: Ratings | None = None
    tags: Annotated[list[Line], Field(max_length=20)] = []
    insights: Annotated[list[Insight], Field(max_length=20)] = []
    safety: Safety | None = None
    contact_me: bool = False
    captured_at: Instant | None = None


class ReflectionPublic(SQLModel):
    """A reflection as it is answered."""

    id: UUID
    created_at: datetime
    updated_at: datetime
    version: int
    patient_id: UUID
    session_id: UUID | None
    kind: str
    state: str
    sharing: str
    release_at: datetime | None
    text: str | None
    prompt_set: str | None
    prompt_set_version: int | None
    answers: list[Answer]
    ratings: Ratings | None
    tags: list[str]
    insights: list[Insight]
    safety: Safety | None
    contact_me: bool
    captured_at: datetime | None
    submitted_at: datetime | None
    shared_at: datetime | None
    first_read_at: datetime | None
    reviewed_at: datetime | None
    reviewed_by_id: UUID | None
    edited_at: datetime | None
    edited_since_review: bool
    monitoring: dict[str, Any] | None
    allowed_actions: list[str]


class ReflectionPage(SQLModel):
    """One page of a list."""

    items: list[ReflectionPublic]
    next_cursor: str | None


class TaskPublic(SQLModel):
    """One thing that waits."""

    id: UUID
    kind: str
    patient_id: UUID
    subject_id: UUID
    opened_at: datetime
    due_at: datetime


class Worklist(SQLModel):
    """What waits for an account."""

    items: list[TaskPublic]
    next_cursor: str | None
    waiting: int
