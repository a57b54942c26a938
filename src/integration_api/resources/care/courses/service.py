"""Reading and writing courses."""

from uuid import UUID

from pydantic import MISSING

from integration_api.access.chart_lists import list_charts
from integration_api.access.references import unseen_chart
from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values, new_values
from integration_api.access.work import Work
from integration_api.resources.care.courses import statements as sql
from integration_api.resources.care.courses.rules import TRANSITIONS
from integration_api.resources.care.courses.schemas import (
    Course,
    CourseCreate,
    CourseFacts,
    CourseFilter,
    CourseUpdate,
)
from integration_api.resources.care.courses.tables import CourseRow, CourseState
from integration_api.resources.people.patients.holds import keep_if_held
from integration_api.resources.people.patients.tables import KeptKind
from integration_api.web.errors import Conflict, Member
from integration_api.web.paging import Page, Window


class IllegalCourseStep(Conflict):
    """A course cannot change from its state to that one; `allowed` names the possible states."""

    code = "illegal-course-step"
    title = "Transition not possible"
    remedy = "Read the course again and offer the states in `allowed`."
    members = {"allowed": Member(list[CourseState], "The states that it can go to.", [CourseState.ACTIVE])}


async def load_course(work: Work, course_id: UUID) -> CourseRow:
    """Return a course in a chart that the actor may see, for other resources. Raises NotFound."""
    return await work.get(sql.READ_COURSE, id=course_id)


async def list_courses(work: Work, window: Window, only: CourseFilter) -> Page[Course]:
    """List the courses of one chart, or of every chart that the actor may see; newest first."""
    return await list_charts(work, sql.COURSES, window, only, Course.of)


async def read_course(work: Work, course_id: UUID) -> Course:
    """Return one course. Raises NotFound."""
    row = await load_course(work, course_id)
    work.record(row.id, row.patient_id)
    return Course.of(row)


async def create_course(work: Work, body: CourseCreate) -> Course:
    """Begin a course in a chart that the actor may see. Raises NotFound, IdTaken."""
    row = CourseRow(**new_values(work, body), created_by_id=work.actor.id)
    work.create(sql.INSERT_COURSE, row, missed=unseen_chart)
    work.record(row.id, row.patient_id)
    return Course.of(row)


async def update_course(work: Work, course_id: UUID, body: CourseUpdate, expected_version: int) -> Course:
    """Change what is given. Raises NotFound, StaleVersion, IllegalCourseStep."""
    row = await load_course(work, course_id)
    check_version(row, expected_version)
    allowed = TRANSITIONS[row.state]
    if body.state is not MISSING and body.state not in {row.state, *allowed}:
        raise IllegalCourseStep(extra={"allowed": sorted(allowed)})
    given = changed_values(body, vars(row))
    if any(getattr(row, name) != value for name, value in given.items()):
        before = row.model_dump(mode="json", include=set(CourseFacts.model_fields))
        keep_if_held(work, KeptKind.COURSE, row.id, row.patient_id, row.created_by_id, before)
    changed = work.revise(sql.UPDATE_COURSE, row, given)
    work.record(row.id, row.patient_id)
    return Course.of(changed)
