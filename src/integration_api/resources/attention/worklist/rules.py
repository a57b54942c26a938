"""Rules of what waits: how urgent it is, until when, for whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.tables import CareTeamRole
from integration_api.resources.attention.worklist.tables import OF_DOSED_SESSION, OF_PROSE, RANKS, TaskKind, Urgency

_BY_STEP = (
    TaskKind.REFLECTION_TO_REVIEW,
    TaskKind.PLAN_TO_ANSWER,
    TaskKind.PLAN_TO_FINISH,
    TaskKind.NOTE_TO_SIGN,
    TaskKind.NOTE_TO_COSIGN,
    TaskKind.AMENDMENT_REQUEST_TO_ANSWER,
    TaskKind.RECORD_REQUEST_TO_ANSWER,
    TaskKind.REPLY_MISSED,
    TaskKind.REFILL_TO_DECIDE,
    TaskKind.REMS_FORM_TO_SEND,
)


CLINICIANS = (CareTeamRole.THERAPIST, CareTeamRole.PRESCRIBER)
"""The roles on a care team for which its tasks wait first."""
_ALWAYS_BY_STEP = (
    *OF_DOSED_SESSION,
    TaskKind.REMS_FORM_REMINDER,
    TaskKind.REMS_FORM_OVERDUE,
    TaskKind.FLAG_RAISED,
    TaskKind.FLAG_TO_FOLLOW,
    TaskKind.FLAG_TO_REVIEW,
)


class Waiting(StrEnum):
    """The people that a task waits for."""

    TEAM = "team"
    SUPERVISORS = "supervisors"
    OWNER = "owner"
    NOBODY = "nobody"


class StaffMember(Protocol):
    """The facts of somebody to whom a task can fall that the rules read."""

    @property
    def account_id(self) -> UUID:
        """Return the account."""

    @property
    def roles(self) -> Sequence[str]:
        """Return its roles."""

    @property
    def owner_id(self) -> UUID | None:
        """Return the account of the clinic's owner."""


class Reader(Protocol):
    """The fact of a member of a care team that decides about tasks of prose."""

    @property
    def reads_prose(self) -> bool:
        """Return whether they read notes and reflections."""


Member = TypeVar("Member", bound=Reader)


def readers_among(team: Sequence[Member]) -> Sequence[Member]:
    """Return those of a team who read prose. If nobody does, what waits falls to substitutes."""
    return [member for member in team if member.reads_prose]


def takers_among(team: Sequence[Member], kind: TaskKind) -> Sequence[Member]:
    """Return those of a team for whom a task of this kind can wait."""
    return readers_among(team) if kind in OF_PROSE else team


def substitutes_among(found: Sequence[StaffMember]) -> tuple[list[UUID], Waiting]:
    """Return the supervisors of a clinic, else its owner, and what they are."""
    if supervisors := [one.account_id for one in found if Role.SUPERVISOR in one.roles]:
        return supervisors, Waiting.SUPERVISORS
    owners = [one.account_id for one in found if one.account_id == one.owner_id and Role.CLINIC_ADMIN in one.roles]
    return owners, Waiting.OWNER if owners else Waiting.NOBODY


def answer_due(policies: Mapping[str, int], urgency: Urgency, now: datetime) -> datetime:
    """Until when staff mean to act on something urgent, by the clinic's policies, given with their defaults.

    Source: clinical.md section 5.
    """
    return (
        now
        + {
            Urgency.CRITICAL: timedelta(minutes=policies["critical_answer_minutes"]),
            Urgency.HIGH: timedelta(minutes=policies["high_answer_minutes"]),
            Urgency.MODERATE: timedelta(hours=policies["moderate_answer_hours"]),
            Urgency.ROUTINE: timedelta(hours=policies["reflection_review_hours"]),
        }[urgency]
    )


def is_settled_by_step(kind: TaskKind, urgency_rank: int) -> bool:
    """Return whether doing what it asks for settles a task. An urgent one is marked done: a call may settle it.

    What the clock watches after a dose is not: the next check or reading, the link, or the end settles it. A flag has
    steps of its own.
    """
    is_routine = RANKS[urgency_rank] is Urgency.ROUTINE
    return kind in _ALWAYS_BY_STEP or (kind in _BY_STEP and is_routine)
