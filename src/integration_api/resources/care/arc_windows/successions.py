"""The windows of a chart that wait, by the doses that stand. All is pure.

A check-in is asked after the last dose that stands. Those of earlier doses are superseded, and wait again if the later
dose is taken back. Surveillance goes on beside later doses. What was answered or is over stays as it is.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from integration_api.resources.care.arc_windows.protocol_parts import ArcKind
from integration_api.resources.care.arc_windows.rules import ArcState, is_again


class WindowFacts(NamedTuple):
    """The facts of a window by which it waits or not."""

    session_id: UUID
    step_id: str
    kind: ArcKind
    state: ArcState
    """As it is stored. A window of this step that is new is taken to be cancelled."""
    closes_at: datetime
    is_followed_up: bool = False


Doses = Mapping[UUID, datetime]
"""The first dose of each session whose doses stand and are followed."""


def states_after(windows: Sequence[WindowFacts], doses: Doses, changed_id: UUID, now: datetime) -> list[ArcState]:
    """Return the state of each window once these doses stand; `changed_id` is the session whose doses changed."""
    is_watched = any(_watches(one, doses, now) for one in windows if one.session_id != changed_id)
    return [_state_after(one, windows, doses, changed_id, now, is_watched=is_watched) for one in windows]


def handed_on(windows: Sequence[WindowFacts], states: Sequence[ArcState], now: datetime) -> list[int]:
    """Return the places of the windows of surveillance that end with their dose, and that another dose takes over."""
    return [
        place
        for place, (one, state) in enumerate(zip(windows, states, strict=True))
        if one.kind is ArcKind.SURVEILLANCE and _waits(one, now) and state is ArcState.CANCELLED
    ]


def heir_of(doses: Doses) -> UUID | None:
    """Return the session to which surveillance falls: that of the first dose that stands; None if there is none."""
    return min(doses, key=lambda session_id: (doses[session_id], session_id), default=None)


def _state_after(
    one: WindowFacts,
    windows: Sequence[WindowFacts],
    doses: Doses,
    changed_id: UUID,
    now: datetime,
    *,
    is_watched: bool,
) -> ArcState:
    is_over, is_changed = one.closes_at <= now, one.session_id == changed_id
    if one.state is ArcState.ANSWERED or (one.state is ArcState.OPEN and is_over):
        return one.state
    if one.session_id not in doses:
        return one.state if is_over else ArcState.CANCELLED
    comes_back = one.state is ArcState.CANCELLED and is_changed
    if one.kind is ArcKind.SURVEILLANCE:
        return ArcState.OPEN if comes_back and not is_watched else one.state
    if is_again(one.step_id):
        return ArcState.OPEN if comes_back and not is_over else one.state
    if any(_asks_later(other, one, doses, changed_id) for other in windows):
        return ArcState.SUPERSEDED if comes_back or one.state is ArcState.OPEN else one.state
    if one.state is ArcState.SUPERSEDED:
        comes_back = one.is_followed_up or not is_over
    return ArcState.OPEN if comes_back else one.state


def _asks_later(other: WindowFacts, one: WindowFacts, doses: Doses, changed_id: UUID) -> bool:
    """Return whether another window asks the same step after a later dose that stands."""
    if other.step_id != one.step_id or other.session_id not in doses or other.session_id == one.session_id:
        return False
    counts = other.state is not ArcState.CANCELLED or other.session_id == changed_id
    return counts and _order(other, doses) > _order(one, doses)


def _order(one: WindowFacts, doses: Doses) -> tuple[datetime, UUID]:
    return doses[one.session_id], one.session_id


def _waits(one: WindowFacts, now: datetime) -> bool:
    return one.state is ArcState.OPEN and one.closes_at > now


def _watches(one: WindowFacts, doses: Doses, now: datetime) -> bool:
    """Return whether a window of surveillance waits after a dose that stands."""
    return one.kind is ArcKind.SURVEILLANCE and one.session_id in doses and _waits(one, now)
