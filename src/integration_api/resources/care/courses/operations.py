"""Operations on courses."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

LIST_COURSES = Operation("course:list", "course.listed", PATIENT | TEAM)
CREATE_COURSE = Operation("course:create", "course.created", CLINICIANS)
READ_COURSE = Operation("course:read", "course.read", PATIENT | TEAM)
UPDATE_COURSE = Operation("course:update", "course.updated", CLINICIANS)
