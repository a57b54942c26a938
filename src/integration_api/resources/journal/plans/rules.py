"""Rules of how a plan moves on, and of who may take which step."""

from collections.abc import Mapping
from enum import StrEnum

from integration_api.resources.journal.plans.tables import PlanSide, PlanState

CONFIDENT_ENOUGH = 7
"""Below this confidence (0-10) a smaller step is suggested. Source: clinical.md section 4 (unverified there)."""


class PlanStep(StrEnum):
    """The steps that a plan can take.

    `update` is any change of content, also of its strategies. `replace` begins a next version beside it.
    """

    UPDATE = "update"
    PROPOSE = "propose"
    ACCEPT = "accept"
    DECLINE = "decline"
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"
    ARCHIVE = "archive"
    REPLACE = "replace"


TRANSITIONS: Mapping[PlanState, Mapping[PlanStep, PlanState]] = {
    PlanState.DRAFT: {
        PlanStep.UPDATE: PlanState.DRAFT,
        PlanStep.PROPOSE: PlanState.PROPOSED,
        PlanStep.ARCHIVE: PlanState.ARCHIVED,
    },
    PlanState.PROPOSED: {
        PlanStep.UPDATE: PlanState.DRAFT,
        PlanStep.ACCEPT: PlanState.ACTIVE,
        PlanStep.DECLINE: PlanState.DRAFT,
        PlanStep.ARCHIVE: PlanState.ARCHIVED,
    },
    PlanState.ACTIVE: {
        PlanStep.REPLACE: PlanState.ACTIVE,
        PlanStep.PAUSE: PlanState.PAUSED,
        PlanStep.COMPLETE: PlanState.COMPLETED,
        PlanStep.ARCHIVE: PlanState.ARCHIVED,
    },
    PlanState.PAUSED: {
        PlanStep.REPLACE: PlanState.PAUSED,
        PlanStep.RESUME: PlanState.ACTIVE,
        PlanStep.COMPLETE: PlanState.COMPLETED,
        PlanStep.ARCHIVE: PlanState.ARCHIVED,
    },
    PlanState.COMPLETED: {PlanStep.ARCHIVE: PlanState.ARCHIVED},
    PlanState.ARCHIVED: {},
}
"""From each state, the steps that can be taken and where they lead."""

STANDING = frozenset({PlanState.ACTIVE, PlanState.PAUSED})
"""A plan that both sides agreed to and that has not ended. A change of it is a next version, which replaces it."""

ENDS = frozenset({PlanStep.COMPLETE, PlanStep.ARCHIVE})
"""Steps after which a plan stands no more."""

ANSWERS = frozenset({PlanStep.ACCEPT, PlanStep.DECLINE})
"""Steps that only the side takes that did not propose."""


def allowed_steps(state: PlanState, proposed_by: PlanSide | None, side: PlanSide) -> list[PlanStep]:
    """Return the steps that this side may take now."""
    return [step for step in TRANSITIONS[state] if step not in ANSWERS or proposed_by is not side]


def is_practisable(agreed_revision: int | None) -> bool:
    """Return whether the plan's strategies may have been used: both sides agreed to it once.

    An entry that a phone logged offline arrives late. By then the plan may be paused, ended, or a draft again.
    """
    return agreed_revision is not None
