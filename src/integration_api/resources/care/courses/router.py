"""`/courses`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.care.courses import operations, service
from integration_api.resources.care.courses.schemas import Course, CourseCreate, CourseUpdate
from integration_api.resources.care.courses.service import IllegalCourseStep
from integration_api.resources.care.courses.tables import CourseState
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page, PageQuery
from integration_api.web.schemas import Instant

router = APIRouter(tags=["courses"], route_class=ActionRoute)


@router.get("/courses")
async def list_courses(
    page: PageQuery,
    work: Annotated[Work, allow(operations.LIST_COURSES)],
    patient_id: Annotated[UUID | None, Query(description="Only this patient's.")] = None,
    state: Annotated[CourseState | None, Query(description="Only in this state.")] = None,
    created_after: Annotated[Instant | None, Query(description="Only opened at this instant or later.")] = None,
    created_before: Annotated[Instant | None, Query(description="Only opened before this instant.")] = None,
) -> Page[Course]:
    """Courses you may see, newest first."""
    return await service.list_courses(
        work,
        page,
        patient_id=patient_id,
        state=state,
        created_after=created_after,
        created_before=created_before,
    )


@router.post("/courses", status_code=201, responses=problems(IdTaken))
async def create_course(body: CourseCreate, work: Annotated[Work, allow(operations.CREATE_COURSE)]) -> Course:
    """Open a course of treatment for a patient."""
    return work.tagged(await service.create_course(work, body))


@router.get("/courses/{course_id}")
async def read_course(course_id: UUID, work: Annotated[Work, allow(operations.READ_COURSE)]) -> Course:
    """One course."""
    return work.tagged(await service.read_course(work, course_id))


@router.patch("/courses/{course_id}", responses=problems(IllegalCourseStep))
async def update_course(
    course_id: UUID,
    body: CourseUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_COURSE)],
) -> Course:
    """Change a course: its indication, intention, planned dosing sessions, or where it stands."""
    return work.tagged(await service.update_course(work, course_id, body, expected_version))
