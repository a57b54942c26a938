"""Operations on practices."""

from integration_api.access.operations import PATIENT, TEAM, Operation

LIST_PRACTICES = Operation("practice:list", "practice.listed", PATIENT | TEAM)
LOG_PRACTICE = Operation("practice:log", "practice.logged", PATIENT)
READ_PRACTICE = Operation("practice:read", "practice.read", PATIENT | TEAM)
