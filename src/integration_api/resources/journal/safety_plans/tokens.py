"""Tokens that read one's own safety plan, and nothing else."""

from integration_api.access import reading_tokens
from integration_api.access.work import Work
from integration_api.resources.journal.safety_plans.operations import READ_MY_SAFETY_PLAN
from integration_api.resources.journal.safety_plans.schemas import SafetyPlanToken

LABEL = "Safety plan"
"""The name of such a token among one's sign-ins."""


async def create_safety_plan_token(work: Work) -> SafetyPlanToken:
    """Make a token of the actor's own. Raises TooManyTokens."""
    text, sign_in = await reading_tokens.issue(work, READ_MY_SAFETY_PLAN.action, LABEL)
    work.record(sign_in.id, work.actor.patient_id)
    return SafetyPlanToken(token=text, sign_in_id=sign_in.id, expires_at=sign_in.expires_at)
