"""Rules of how a session moves on, of what completing it needs, and of who may do what with it now."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from integration_api.access.actor import Role
from integration_api.access.operations import Operation
from integration_api.access.policy import grant
from integration_api.core.texts import is_blank
from integration_api.resources.care.sessions import operations
from integration_api.resources.care.sessions.tables import PersonRole, Phase, SessionState


class SessionStep(StrEnum):
    """The steps that a session can take."""

    UPDATE = "update"
    CORRECT = "correct"
    START = "start"
    COMPLETE = "complete"
    CANCEL = "cancel"
    NO_SHOW = "no_show"


class MissingItem(StrEnum):
    """An item that a session lacks before it can be completed."""

    STAFF_PERSON = "staff_person"
    INTENTION = "intention"
    DOSING_RECORD = "dosing_record"
    DISCHARGE = "discharge"


ENDS_IN: Mapping[SessionStep, SessionState] = {
    SessionStep.START: SessionState.IN_PROGRESS,
    SessionStep.COMPLETE: SessionState.COMPLETED,
    SessionStep.CANCEL: SessionState.CANCELLED,
    SessionStep.NO_SHOW: SessionState.NO_SHOW,
}
"""The state each transition leads to."""

POSSIBLE: Mapping[SessionState, tuple[SessionStep, ...]] = {
    SessionState.PLANNED: (SessionStep.UPDATE, SessionStep.START, SessionStep.CANCEL, SessionStep.NO_SHOW),
    SessionState.IN_PROGRESS: (SessionStep.UPDATE, SessionStep.COMPLETE, SessionStep.CANCEL),
    SessionState.COMPLETED: (SessionStep.CORRECT,),
    SessionState.CANCELLED: (SessionStep.CORRECT,),
    SessionState.NO_SHOW: (SessionStep.CORRECT,),
}
"""From each state, what can be done."""

_OPERATIONS: Mapping[SessionStep, Operation] = {
    SessionStep.UPDATE: operations.UPDATE_SESSION,
    SessionStep.CORRECT: operations.UPDATE_SESSION,
    SessionStep.START: operations.START_SESSION,
    SessionStep.COMPLETE: operations.COMPLETE_SESSION,
    SessionStep.CANCEL: operations.CANCEL_SESSION,
    SessionStep.NO_SHOW: operations.NO_SHOW_SESSION,
}

STAFF: frozenset[str] = frozenset(
    {PersonRole.THERAPIST, PersonRole.PRESCRIBER, PersonRole.SUPERVISOR, PersonRole.MONITOR}
)
"""The roles of those who are in the room for the clinic, and not for the patient."""


def transitions(state: SessionState) -> list[SessionStep]:
    """Return the transitions that this state allows."""
    return [step for step in POSSIBLE[state] if step in ENDS_IN]


def allowed_actions(state: SessionState, roles: Iterable[Role]) -> list[SessionStep]:
    """Return what somebody with these roles, who sees the session, may do now: by its state and the policy."""
    held = tuple(roles)
    return [step for step in POSSIBLE[state] if grant(_OPERATIONS[step], held) is not None]


def missing_items(
    phase: Phase,
    present: Iterable[str | None],
    intention: str | None,
    *,
    has_dosing_record: bool,
    needs_discharge: bool = False,
) -> list[MissingItem]:
    """Return what a started session still lacks before it can be completed. Source: clinical.md sections 1.1, 1.7."""
    missing = [] if STAFF.intersection(present) else [MissingItem.STAFF_PERSON]
    if phase is not Phase.DOSING:
        return missing
    if is_blank(intention):
        missing.append(MissingItem.INTENTION)
    if not has_dosing_record:
        missing.append(MissingItem.DOSING_RECORD)
    return [*missing, MissingItem.DISCHARGE] if needs_discharge else missing


def is_watch_over(state: SessionState, ended_at: datetime | None) -> bool:
    """Return whether nobody is watched any more. A session that was broken off is, until its patient has left."""
    return ended_at is not None and state is not SessionState.CANCELLED


def end_of(started_at: datetime | None, now: datetime) -> datetime:
    """When a session ends that ends now: never before its start, which another clock may have told."""
    return max(started_at or now, now)
