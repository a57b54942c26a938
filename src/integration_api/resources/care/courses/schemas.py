"""Courses on the wire."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field

from integration_api.core.ids import OwnId
from integration_api.resources.care.courses.tables import CourseState
from integration_api.web.schemas import Instant, Prose, Resource, Schema, example

_PATIENT_ID = "019ab0de-0000-7000-8000-000000000004"
_FACTS = {
    "indication": "Recurrent low mood",
    "intention": "To feel at home in my own days again",
    "planned_dosing_sessions": 6,
}
PlannedCount = Annotated[int, Field(ge=0, le=60)]


class Course(Resource):
    """One series of treatment for a patient."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-000000000008",
            "created_at": "2026-11-02T09:00:00Z",
            "updated_at": "2026-11-02T09:00:00Z",
            "version": 1,
            "patient_id": _PATIENT_ID,
            "state": "active",
            **_FACTS,
            "created_by_id": "019ab0de-0000-7000-8000-000000000002",
        }
    )

    patient_id: UUID = Field(description="The patient.")
    state: CourseState = Field(description="Where it stands.")
    indication: str | None = Field(description="What it is for.")
    intention: str | None = Field(description="What the patient hopes for, in their words.")
    planned_dosing_sessions: int = Field(description="How many dosing sessions are planned.")
    created_by_id: UUID = Field(description="The account that opened it.")


class CourseCreate(Schema):
    """A new course."""

    model_config = example({"patient_id": _PATIENT_ID, "state": "active", **_FACTS})

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    patient_id: UUID = Field(description="The patient.")
    state: CourseState = Field(default=CourseState.PLANNED, description="Where it stands.")
    indication: Prose | None = Field(default=None, description="What it is for.")
    intention: Prose | None = Field(default=None, description="What the patient hopes for, in their words.")
    planned_dosing_sessions: PlannedCount = Field(default=0, description="How many dosing sessions are planned.")


class CourseUpdate(Schema):
    """What is to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"state": "completed"})

    state: CourseState | MISSING = Field(default=MISSING, description="Where it stands; 409 for an illegal step.")
    indication: Prose | None | MISSING = Field(default=MISSING, description="What it is for.")
    intention: Prose | None | MISSING = Field(default=MISSING, description="What the patient hopes for.")
    planned_dosing_sessions: PlannedCount | MISSING = Field(default=MISSING, description="How many are planned.")


@dataclass(frozen=True)
class CourseFilter:
    """Which courses a list shows; None means any."""

    patient_id: Annotated[UUID | None, Query(description="Only this patient's.")] = None
    state: Annotated[CourseState | None, Query(description="Only in this state.")] = None
    created_after: Annotated[Instant | None, Query(description="Only opened at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only opened before this instant.")] = None
