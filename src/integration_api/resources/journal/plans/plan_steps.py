"""Which steps can be taken with a plan: its state, the sides, its author and the policy decide."""

from integration_api.access.policy import grant
from integration_api.access.revisions import check_version
from integration_api.access.viewers import Seer
from integration_api.access.work import Work
from integration_api.resources.journal.plans import operations
from integration_api.resources.journal.plans.rules import ANSWERS, STANDING, PlanStep, allowed_steps
from integration_api.resources.journal.plans.statements import PlanSeen
from integration_api.resources.journal.plans.tables import PlanSide, PlanState
from integration_api.web.errors import Conflict, Forbidden, IllegalTransition, Member


class IllegalPlanStep(IllegalTransition):
    """The plan cannot take this step from where it stands; `allowed` names the steps that can be taken."""

    members = {
        "allowed": Member(
            list[PlanStep],
            "The steps that your side may take now; `replace` is `POST /v1/plans` with `replaces_id`.",
            [PlanStep.PROPOSE],
        )
    }


class WaitingForOtherSide(Conflict):
    """Your own side proposed this revision; wait for the answer of the other side."""

    code = "waiting-for-other-side"
    title = "Waiting for the other side"
    remedy = "Wait, or change the plan: that makes it a draft again."


class NotYourDraft(Forbidden):
    """It is the draft of somebody who has left, which you read as their supervisor; only a successor changes it."""

    code = "not-your-draft"
    title = "Not your draft"
    remedy = "Show it without its actions. An admin can name a `successor_id` in the account of its author."


def own_side(work: Seer) -> PlanSide:
    """Return the side that the actor agrees for."""
    return PlanSide.PATIENT if work.actor.is_patient else PlanSide.CLINICIAN


def check_step(work: Work, row: PlanSeen, step: PlanStep, expected_version: int) -> None:
    """Check that the actor may take this step now.

    Raises StaleVersion, WaitingForOtherSide, IllegalPlanStep, NotYourDraft.
    """
    check_version(row, expected_version)
    side = own_side(work)
    if row.state is PlanState.PROPOSED and step in ANSWERS and row.proposed_by is side:
        raise WaitingForOtherSide
    if step not in allowed_steps(row.state, row.proposed_by, side):
        raise IllegalPlanStep(extra={"allowed": allowed_actions(work, row)})
    if not row.is_writable:
        raise NotYourDraft


def check_update(work: Work, row: PlanSeen, expected_version: int, *, is_new_content: bool) -> None:
    """Check that the actor may change the plan now. Raises as `check_step`.

    A standing plan takes changes that need no agreement.
    """
    if row.state in STANDING and not is_new_content:
        check_version(row, expected_version)
    else:
        check_step(work, row, PlanStep.UPDATE, expected_version)


def allowed_actions(work: Seer, row: PlanSeen) -> list[PlanStep]:
    """Return the steps that the actor may take now: by its state, its author and the policy."""
    if not row.is_writable or grant(operations.UPDATE_PLAN, work.actor.roles) is None:
        return []
    return allowed_steps(row.state, row.proposed_by, own_side(work))
