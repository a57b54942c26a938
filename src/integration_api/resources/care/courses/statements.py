"""Statements of courses."""

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.visible import (
    chart_rows,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.resources.care.courses.schemas import CourseUpdate
from integration_api.resources.care.courses.tables import CourseRow, CourseTable
from integration_api.resources.people.consent_documents.purpose_statements import shown_to_programs
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

_courses = table_of(CourseTable)
_shown = shown_to_programs(_courses.c.patient_id)
_filters = (
    _shown,
    optional(_courses.c.state),
    between(_courses.c.created_at, "created_after", "created_before"),
)

READ_COURSE = Read(
    "read_course",
    chart_rows(CourseTable).where(_courses.c.id == param("id", _courses.c.id), _shown),
    CourseRow,
    Scope.OWNER,
)
LIST_COURSES = Read("list_courses", list_by_chart(CourseTable, "created_at", *_filters), CourseRow, Scope.OWNER)
LIST_TEAM_COURSES = Read(
    "list_team_courses", list_by_team(CourseTable, "created_at", *_filters), CourseRow, Scope.OWNER
)
COURSES_BY_IDS = Read("courses_by_ids", rows_by_ids(CourseTable, _shown), CourseRow, Scope.OWNER)
COURSES = ChartList(LIST_COURSES, LIST_TEAM_COURSES, COURSES_BY_IDS, at="created_at", bound="created_before")
INSERT_COURSE = Change("insert_course", insert_for_chart(CourseTable), Scope.OWNER)
UPDATE_COURSE = Change(
    "update_course",
    update_in_chart(CourseTable, CourseUpdate.model_fields),
    Scope.OWNER,
)

declare(CourseTable, of_chart("course"))
