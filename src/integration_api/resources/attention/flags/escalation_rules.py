"""Rules of the clock: which flags time raises, and who is told next of one. All are pure.

Source: clinical.md section 6, R10, R12, R16, R25, R26 and Due.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.tables import CareTeamRole
from integration_api.resources.attention.flags.rules import REVIEWED, FlagSeverity, Hit, rank_of
from integration_api.resources.attention.worklist.rules import CLINICIANS, StaffMember, Waiting, substitutes_among
from integration_api.resources.attention.worklist.tables import RANKS, TaskKind, Urgency

PRESCRIBER = "prescriber"
"""The one of those whom a rule tells that is looked for beyond the care team."""
OF_CLOCK: Mapping[TaskKind, tuple[str, FlagSeverity | None]] = {
    TaskKind.CHECK_IN_MISSED: ("R16", None),
    TaskKind.OBSERVER_CHECK_MISSED: ("R25", FlagSeverity.HIGH),
    TaskKind.OBSERVER_ALARM: ("R10", FlagSeverity.CRITICAL),
    TaskKind.LINK_LOST: ("R26", FlagSeverity.CRITICAL),
    TaskKind.MONITORING_GAP: ("R25", FlagSeverity.HIGH),
    TaskKind.PRESSURE_MISSED: ("R25", FlagSeverity.HIGH),
    TaskKind.OXYGEN_MISSED: ("R25", FlagSeverity.HIGH),
    TaskKind.SEDATION_NOT_GONE: ("R12", FlagSeverity.MODERATE),
    TaskKind.DISSOCIATION_NOT_GONE: ("R12", FlagSeverity.MODERATE),
}
"""The rule of each kind of task that the clock turns into a flag, and its severity; None: as urgent as the task is."""


def hit_of_clock(kind: TaskKind, urgency_rank: int, *, has_urgent_flag: bool) -> Hit:
    """Return the rule that time has met. A check-in that is missed beside an open urgent flag is high (R16)."""
    rule, severity = OF_CLOCK[kind]
    if severity is None:
        severity = severity_of_urgency(RANKS[urgency_rank])
        if has_urgent_flag:
            severity = min(severity, FlagSeverity.HIGH, key=rank_of)
    return Hit(rule, severity)


def severity_of_urgency(urgency: Urgency) -> FlagSeverity:
    """Return the severity of a task; what is routine is low."""
    return FlagSeverity.LOW if urgency is Urgency.ROUTINE else FlagSeverity(urgency.value)


class OnTeam(Protocol):
    """The facts of a member of a care team that the rules read."""

    @property
    def account_id(self) -> UUID:
        """Return the account."""

    @property
    def role(self) -> CareTeamRole:
        """Return the role on the team."""


class Next(NamedTuple):
    """Those who are told next, how many groups have been told by then, and whether one is left."""

    on_team: Sequence[UUID]
    beyond: Sequence[UUID]
    passed: int
    is_last: bool


class Proposed(Protocol):
    """The facts of a flag that say until when a second person decides on its end."""

    @property
    def alerted_at(self) -> datetime:
        """Return when its clock started."""

    @property
    def acknowledge_due_at(self) -> datetime:
        """Return until when it is acknowledged."""

    @property
    def contact_due_at(self) -> datetime:
        """Return until when its patient is reached."""

    @property
    def contacted_at(self) -> datetime | None:
        """Return when that was."""


def review_due(row: Proposed, now: datetime) -> datetime:
    """Return until when a second person decides on an end that is proposed now; then the next are told.

    As long as nobody has reached the patient, it is no later than that was due.
    """
    if row.contacted_at is None and row.contact_due_at > now:
        return row.contact_due_at
    return max(row.contact_due_at, now + (row.acknowledge_due_at - row.alerted_at))


def next_to_tell(
    passed: int,
    team: Sequence[OnTeam],
    staff: Sequence[StaffMember],
    asked: Collection[UUID] = (),
    on_call: Collection[UUID] = (),
) -> Next:
    """Return those who come next after `passed` groups; a group of none but `asked` is passed over, as an empty one.

    The clinicians of the care team were told first. After them come the others on it, with those on call, the clinic's
    supervisors, and its owner.
    """
    members = {one.account_id for one in team}
    others = sorted({one.account_id for one in team if one.role not in CLINICIANS})
    found, who = substitutes_among(staff)
    supervisors = [one for one in found if one not in members] if who is Waiting.SUPERVISORS else []
    owners = [one.account_id for one in staff if one.account_id == one.owner_id and one.account_id not in members]
    groups: list[tuple[Sequence[UUID], Sequence[UUID]]] = [
        (others, sorted({*on_call} - members)),
        ((), supervisors),
        ((), owners),
    ]
    for at in range(passed, len(groups)):
        on_team, beyond = groups[at]
        if {*on_team, *beyond} - {*asked}:
            is_last = not any({*first, *second} - {*asked} for first, second in groups[at + 1 :])
            return Next(on_team, beyond, at + 1, is_last)
    return Next((), (), len(groups), is_last=True)


def goes_along_roster(severity_rank: int, acknowledged_at: datetime | None) -> bool:
    """Return whether a call of its own takes a flag along the roster: it is urgent, and nobody has acknowledged it."""
    return severity_rank <= max(map(rank_of, REVIEWED)) and acknowledged_at is None


def lacks_prescriber(team: Collection[OnTeam], severity: FlagSeverity, told: Collection[str]) -> bool:
    """Return whether a rule tells a prescriber of something urgent, and none is on the care team."""
    is_asked = PRESCRIBER in told and severity in REVIEWED
    return is_asked and not any(one.role is CareTeamRole.PRESCRIBER for one in team)


def prescribers_among(staff: Collection[StaffMember]) -> list[UUID]:
    """Return the clinic's prescribers."""
    return sorted(one.account_id for one in staff if Role.PRESCRIBER in one.roles)
