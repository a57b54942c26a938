"""The causes of holds that flags of the chart are. All is pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from integration_api.resources.care.readiness.checklist import BY_FLAG
from integration_api.resources.care.readiness.rules import HeldItem, HoldState, Unmet

Held = TypeVar("Held", bound=HeldItem)


def held_by_flags(flags: Iterable[tuple[str, datetime]]) -> list[Unmet]:
    """Return the causes of holds that flags are, each given by its rule and its alert: one of each rule, the last."""
    return [Unmet(BY_FLAG + rule, rule, at) for rule, at in sorted(dict(sorted(flags, key=lambda one: one[1])).items())]


def follow_flags(found: Sequence[Unmet], holds: Sequence[Held]) -> tuple[list[Unmet], list[Held]]:
    """Return the causes that need a new hold, and the open holds whose flags hold nothing any more."""
    items = {one.item for one in found}
    open_holds = [hold for hold in holds if hold.state is HoldState.OPEN and hold.item.startswith(BY_FLAG)]
    is_open = {hold.item for hold in open_holds}
    return [one for one in found if one.item not in is_open], [hold for hold in open_holds if hold.item not in items]
