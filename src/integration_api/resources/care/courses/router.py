"""`/courses`."""

from typing import Annotated

from fastapi import APIRouter, Depends

from integration_api.access.chart_lists import ChartPageQuery
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.core.ids import Id
from integration_api.resources.care.courses import operations, service
from integration_api.resources.care.courses.schemas import Course, CourseCreate, CourseFilter, CourseUpdate
from integration_api.resources.care.courses.service import IllegalCourseStep
from integration_api.web.errors import IdTaken
from integration_api.web.etag import IfMatch
from integration_api.web.openapi import problems
from integration_api.web.paging import Page

router = APIRouter(route_class=ActionRoute)


@router.get("/courses")
async def list_courses(
    only: Annotated[CourseFilter, Depends()],
    page: ChartPageQuery,
    work: Annotated[Work, allow(operations.LIST_COURSES)],
) -> Page[Course]:
    """List the courses you may see, newest first."""
    return await service.list_courses(work, page, only)


@router.post("/courses", status_code=201, responses=problems(IdTaken))
async def create_course(body: CourseCreate, work: Annotated[Work, allow(operations.CREATE_COURSE)]) -> Course:
    """Open a course of treatment for a patient."""
    return work.tagged(await service.create_course(work, body))


@router.get("/courses/{course_id}")
async def read_course(course_id: Id, work: Annotated[Work, allow(operations.READ_COURSE)]) -> Course:
    """Read one course."""
    return work.tagged(await service.read_course(work, course_id))


@router.patch("/courses/{course_id}", responses=problems(IllegalCourseStep))
async def update_course(
    course_id: Id,
    body: CourseUpdate,
    expected_version: IfMatch,
    work: Annotated[Work, allow(operations.UPDATE_COURSE)],
) -> Course:
    """Change a course: its indication, intention, planned dosing sessions, or where it stands."""
    return work.tagged(await service.update_course(work, course_id, body, expected_version))
