"""Operations on threads."""

from integration_api.access.operations import PATIENT, TEAM, Operation

LIST_THREADS = Operation("thread:list", "thread.listed", PATIENT | TEAM)
