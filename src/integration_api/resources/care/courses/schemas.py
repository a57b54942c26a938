"""Courses on the wire."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query
from pydantic import MISSING, Field

from integration_api.access.fields import PatientId, StaffId
from integration_api.core.ids import Id
from integration_api.resources.care.courses.tables import CourseState
from integration_api.web.schemas import CreateSchema, Instant, Prose, Resource, Schema, example, example_with

_COURSE_ID = "019ab0de-0000-7000-8000-000000000008"
CourseId = Annotated[Id, Field(description="The course of treatment it belongs to.", examples=[_COURSE_ID])]
State = Annotated[CourseState, Field(description="Its present state.", examples=["active"])]
Indication = Annotated[Prose, Field(description="Its purpose.", examples=["Recurrent low mood"])]
Intention = Annotated[
    Prose,
    Field(description="The patient's hopes, in their words.", examples=["To feel at home in my own days again"]),
]
PlannedCount = Annotated[
    int, Field(ge=0, le=60, description="Number of dosing sessions that are planned.", examples=[6])
]


class CourseFacts(Schema):
    """The facts of a course that a clinician gives."""

    patient_id: PatientId
    state: State = CourseState.PLANNED
    indication: Indication | None = None
    intention: Intention | None = None
    planned_dosing_sessions: PlannedCount = 0


class Course(CourseFacts, Resource):
    """One series of treatment for a patient."""

    model_config = example_with({"id": _COURSE_ID})

    created_by_id: StaffId = Field(description="The account that opened it.")


class CourseCreate(CourseFacts, CreateSchema):
    """A new course."""


class CourseUpdate(Schema):
    """The fields to change. Absent fields stay; null empties a field that may be empty."""

    model_config = example({"state": "completed"})

    state: State | MISSING = Field(default=MISSING, description="The new state; 409 for an illegal step.")
    indication: Indication | None | MISSING = MISSING
    intention: Intention | None | MISSING = MISSING
    planned_dosing_sessions: PlannedCount | MISSING = MISSING


@dataclass(frozen=True)
class CourseFilter:
    """Which courses a list shows; None means any."""

    patient_id: Annotated[Id | None, Query(description="Only this patient's.")] = None
    state: Annotated[CourseState | None, Query(description="Only in this state.")] = None
    created_after: Annotated[Instant | None, Query(description="Only made at this instant or later.")] = None
    created_before: Annotated[Instant | None, Query(description="Only made before this instant.")] = None
