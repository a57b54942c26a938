"""The rules of plans, without a database."""

from itertools import product

import pytest

from integration_api.resources.journal.plans.rules import (
    TRANSITIONS,
    PlanStep,
    allowed_steps,
    is_practisable,
)
from integration_api.resources.journal.plans.tables import PlanSide, PlanState

LEGAL = {
    ("draft", "update"): "draft",
    ("draft", "propose"): "proposed",
    ("draft", "archive"): "archived",
    ("proposed", "update"): "draft",
    ("proposed", "accept"): "active",
    ("proposed", "decline"): "draft",
    ("proposed", "archive"): "archived",
    ("active", "replace"): "active",
    ("active", "pause"): "paused",
    ("active", "complete"): "completed",
    ("active", "archive"): "archived",
    ("paused", "replace"): "paused",
    ("paused", "resume"): "active",
    ("paused", "complete"): "completed",
    ("paused", "archive"): "archived",
    ("completed", "archive"): "archived",
}


@pytest.mark.parametrize(("state", "step"), list(product(PlanState, PlanStep)))
def test_every_step_of_every_state(state: PlanState, step: PlanStep) -> None:
    target = LEGAL.get((state.value, step.value))
    assert TRANSITIONS[state].get(step) == (PlanState(target) if target else None)
    for side, proposed_by in product(PlanSide, (None, *PlanSide)):
        is_own_answer = step in {PlanStep.ACCEPT, PlanStep.DECLINE} and proposed_by is side
        assert (step in allowed_steps(state, proposed_by, side)) == (target is not None and not is_own_answer)


def test_strategies_may_have_been_used_once_both_sides_agreed() -> None:
    assert is_practisable(1)
    assert not is_practisable(None)
