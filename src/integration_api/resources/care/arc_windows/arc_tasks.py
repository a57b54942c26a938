"""The tasks of the team after a window that closes without an answer: R16.

They are written when the window opens, and are shown from when it closes on. So the clock alone misses it: no job
writes, and no two processes write twice (ADR 56, ADR 61). Source: clinical.md section 6, R16.

Once missed is low and twice moderate; after a first dose each is high, and asks for a phone call. The second time is a
task about the session: whatever is answered takes it away.

Before a check-in closes, a routine task says that it is about to (POLICY `check_in_closing_hours`). It ends when the
window is answered or closes, by the clock too.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.tables import TenantRow
from integration_api.access.work import Work
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.statements import CURRENT_TEAM, TeamMember
from integration_api.resources.attention.worklist.tables import TaskKind, Urgency
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind
from integration_api.resources.care.arc_windows.tables import ArcWindowRow
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.resources.people.patients.monitoring_statements import due

_TWICE = 2
_MISSED, _CLOSING = TaskKind.CHECK_IN_MISSED, TaskKind.CHECK_IN_CLOSING


def followed_up(rows: Sequence[ArcWindowRow]) -> list[ArcWindowRow]:
    """Return those of these windows after which the team asks if they are missed."""
    return [row for row in rows if row.step["is_followed_up"]]


async def wait_for_calls(
    work: Work, opened: Sequence[ArcWindowRow], beside: Sequence[ArcWindowRow] = (), *, is_first_dose: bool
) -> bool:
    """Open the tasks of these windows of one session: before each closes, and of at most two from when it has.

    `beside` are those of the session that waited before, or were missed: both can be missed twice. Return whether a
    task about the session itself waits from now on; one that waited already is moved.
    """
    if not opened:
        return False
    clinic = await load_clinic(work)
    team = await work.part(CURRENT_TEAM, patient_id=opened[0].patient_id)
    for row, at in _closing(work, opened, clinic):
        worklist.open_for_members(work, team, row.patient_id, _CLOSING, row.id, row.closes_at, at)
    followed = followed_up(opened)
    if not followed:
        return False
    first, last = min(followed, key=_closes_at), max(followed, key=_closes_at)
    urgency = Urgency.HIGH if is_first_dose else Urgency.ROUTINE
    await _wait(work, first, first.id, urgency, clinic, team)
    if last is not first:
        await _wait(work, last, last.id, urgency, clinic, team)
    both = [*followed, *followed_up(beside)]
    if is_first_dose or len(both) < _TWICE:
        return False
    await _wait(work, max(both, key=_closes_at), last.session_id, Urgency.MODERATE, clinic, team, is_moved=True)
    return True


def _closing(work: Work, rows: Sequence[ArcWindowRow], clinic: TenantRow) -> Iterator[tuple[ArcWindowRow, datetime]]:
    """Yield the check-ins among these windows, and when each is about to close; none if the policy is 0."""
    hours = policy(clinic.policies, "check_in_closing_hours")
    for row in rows:
        if hours and row.kind is ArcKind.CHECK_IN and row.closes_at > work.now:
            yield row, max(work.now, row.opens_at, row.closes_at - timedelta(hours=hours))


async def move_calls(work: Work, moved: Sequence[ArcWindowRow], *, is_first_dose: bool) -> None:
    """Collect the new times of the tasks of windows that follow their dose."""
    if not moved:
        return
    clinic = await load_clinic(work)
    closing = {row.id: at for row, at in _closing(work, moved, clinic)}
    for row in moved:
        if row.id in closing:
            worklist.move_for_team(work, row.patient_id, _CLOSING, row.id, row.closes_at, closing[row.id])
        elif row.kind is ArcKind.CHECK_IN:
            worklist.settle(work, row.patient_id, row.id, _CLOSING)  # of a time before the policy was 0
    followed = followed_up(moved)
    if not followed:
        return
    urgency = Urgency.HIGH if is_first_dose else Urgency.ROUTINE
    for row in followed:
        _move(work, row, row.id, due(clinic, urgency, row.closes_at))
    last = max(followed, key=_closes_at)
    _move(work, last, last.session_id, due(clinic, Urgency.MODERATE, last.closes_at))


def _move(work: Work, row: ArcWindowRow, subject_id: UUID, due_at: datetime) -> None:
    worklist.move_for_team(work, row.patient_id, _MISSED, subject_id, due_at, row.closes_at)


def settle_calls(work: Work, row: ArcWindowRow) -> None:
    """Collect the end of the tasks that this window would open; the other one of its session waits on."""
    if row.kind is ArcKind.CHECK_IN:
        worklist.settle(work, row.patient_id, row.id, _CLOSING)
    if row.step["is_followed_up"]:
        worklist.settle(work, row.patient_id, row.id, _MISSED)
        worklist.settle(work, row.patient_id, row.session_id, _MISSED)


async def _wait(
    work: Work,
    row: ArcWindowRow,
    subject_id: UUID,
    urgency: Urgency,
    clinic: TenantRow,
    team: Sequence[TeamMember],
    *,
    is_moved: bool = False,
) -> None:
    await worklist.open_for_team(
        work,
        row.patient_id,
        _MISSED,
        subject_id,
        due(clinic, urgency, row.closes_at),
        opened_at=row.closes_at,
        urgency=urgency,
        is_moved=is_moved,
        team=team,
    )


def _closes_at(row: ArcWindowRow) -> datetime:
    return row.closes_at
