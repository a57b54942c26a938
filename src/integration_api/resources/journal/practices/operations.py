"""Operations on practices."""

from integration_api.access.operations import PATIENT, TEAM, Operation
from integration_api.ledger.events import Event

LIST_PRACTICES = Operation("practice:list", "practice.listed", PATIENT | TEAM)
LOG_PRACTICE = Operation("practice:log", "practice.logged", PATIENT)
WITHDRAW_PRACTICE = Operation("practice:withdraw", "practice.withdrawn", PATIENT)
READ_PRACTICE = Operation("practice:read", "practice.read", PATIENT | TEAM)
READ_PLAN_EFFECTS = Operation("plan:read_effects", "plan.effects_read", PATIENT | TEAM)

PRACTICE_CORRECTED = Event("practice.corrected")
"""Another entry took its place; it comes with `practice.logged`."""
