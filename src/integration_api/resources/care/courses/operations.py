"""Operations on courses."""

from integration_api.access.operations import CLINICIANS, PATIENT, TEAM, Operation

READ_AS = ("EpisodeOfCare", "Condition")
"""The types of FHIR as which programs read them."""
LIST_COURSES = Operation("course:list", "course.listed", PATIENT | TEAM, programs_read=READ_AS)
CREATE_COURSE = Operation("course:create", "course.created", CLINICIANS)
READ_COURSE = Operation("course:read", "course.read", PATIENT | TEAM, programs_read=READ_AS)
UPDATE_COURSE = Operation("course:update", "course.updated", CLINICIANS)
