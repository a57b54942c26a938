"""Rules of how a course moves on."""

from collections.abc import Mapping

from integration_api.resources.care.courses.tables import CourseState

TRANSITIONS: Mapping[CourseState, frozenset[CourseState]] = {
    CourseState.PLANNED: frozenset({CourseState.ACTIVE, CourseState.DISCONTINUED}),
    CourseState.ACTIVE: frozenset({CourseState.COMPLETED, CourseState.DISCONTINUED}),
    CourseState.COMPLETED: frozenset({CourseState.ACTIVE}),
    CourseState.DISCONTINUED: frozenset({CourseState.ACTIVE}),
}
"""From each state, the states it may go to. A course that has ended may be taken up again."""
