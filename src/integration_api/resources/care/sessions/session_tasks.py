"""The tasks of the care team that a session opens: the readiness check before a dose, and a note after it began."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.flags.rules import IN_SESSION
from integration_api.resources.attention.worklist import service as worklist
from integration_api.resources.attention.worklist.tables import TaskKind, TaskTable, Urgency
from integration_api.resources.attention.worklist.task_audiences import settled
from integration_api.resources.attention.worklist.watch_statements import END_WATCH
from integration_api.resources.care.sessions.rules import is_watch_over
from integration_api.resources.care.sessions.tables import Modality, Phase, SessionRow, SessionState
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic

READINESS_SHOWN = timedelta(days=7)
READINESS_DUE = timedelta(days=1)
"""Before the planned start of a dosing session, when its check is shown on worklists, and when it is due. POLICY."""
LATE_CHECK = timedelta(minutes=5)
"""A check of an observer is missed so long after it was due. Source: clinical.md section 6, R25, POLICY."""
MAX_LINK_LOSS = timedelta(minutes=5)
"""The video or the observer may be lost for so long. Source: clinical.md section 6, R26, POLICY."""
WITHOUT_END = timedelta(hours=1)
"""After its start, when a session whose end was not planned is taken to be over."""


class Watched(Protocol):
    """The facts of a session that say whether somebody is to look at home."""

    @property
    def id(self) -> UUID:
        """Return which session it is."""

    @property
    def patient_id(self) -> UUID:
        """Return the chart."""

    @property
    def modality(self) -> Modality:
        """Return whether it is at home."""

    @property
    def remote_written_at(self) -> datetime | None:
        """Return when its remote record was written."""

    @property
    def state(self) -> SessionState:
        """Return where it stands."""

    @property
    def ended_at(self) -> datetime | None:
        """Return when it ended."""

    @property
    def observer_left_at(self) -> datetime | None:
        """Return when the token of its observer was ended."""

    @property
    def patient_left_at(self) -> datetime | None:
        """Return when the patient left."""

    @property
    def video_lost_at(self) -> datetime | None:
        """Return since when the video is lost."""

    @property
    def observer_lost_at(self) -> datetime | None:
        """Return since when the observer cannot be reached."""


async def wait_for_readiness(work: Work, row: SessionRow) -> None:
    """Open the task to check readiness before a planned dosing session; none for one that was to begin already."""
    if row.phase is Phase.DOSING and row.state is SessionState.PLANNED and row.planned_start_at > work.now:
        due_at, opened_at = _readiness_times(work, row)
        await worklist.open_for_team(
            work, row.patient_id, TaskKind.READINESS_TO_CHECK, row.id, due_at, opened_at=opened_at
        )


def move_readiness(work: Work, row: SessionRow) -> None:
    """Collect the new times of the task to check readiness, if it waits."""
    if row.phase is Phase.DOSING:
        due_at, opened_at = _readiness_times(work, row)
        worklist.move_for_team(work, row.patient_id, TaskKind.READINESS_TO_CHECK, row.id, due_at, opened_at)


def settle_readiness(work: Work, row: SessionRow) -> None:
    """Collect the end of the task to check readiness."""
    if row.phase is Phase.DOSING:
        worklist.settle(work, row.patient_id, row.id, TaskKind.READINESS_TO_CHECK)


async def wait_for_observer(work: Work, row: Watched, policies: Mapping[str, int], dose_at: datetime) -> None:
    """Open the task of a check that the observer of a session at home misses, from now on.

    A dose may be recorded late: no check is missed that was due before it was known. No task if the session has no
    remote record, complete or not, or is over, or if the patient left after the dose. One that was broken off goes on
    until the patient has left. Without an observer none looks.
    """
    if (
        row.modality is not Modality.TELEHEALTH
        or row.remote_written_at is None
        or is_watch_over(row.state, row.ended_at)
    ):
        return
    if row.patient_left_at is not None and dose_at <= row.patient_left_at:
        return
    if row.observer_left_at is None:
        due_at, opened_at = observer_times(policies, work.now)
        await worklist.open_for_team(
            work,
            row.patient_id,
            TaskKind.OBSERVER_CHECK_MISSED,
            row.id,
            due_at,
            opened_at=opened_at,
            urgency=Urgency.HIGH,
            is_moved=True,
        )
    if missed_at := link_missed_at(dose_at, (row.video_lost_at, row.observer_lost_at)):
        await wait_for_link(work, row.patient_id, row.id, missed_at)


def link_missed_at(first_dose_at: datetime | None, lost_at: Iterable[datetime | None]) -> datetime | None:
    """Return from when on a link is lost too long after the first dose (R26); None if none is lost, or before it."""
    lost = [at for at in lost_at if at is not None]
    return max(min(lost), first_dose_at) + MAX_LINK_LOSS if lost and first_dose_at is not None else None


async def wait_for_link(work: Work, patient_id: UUID, session_id: UUID, missed_at: datetime | None) -> None:
    """Open the critical task of a link from when it is lost too long; without that time, collect its end."""
    if missed_at is None:
        worklist.settle(work, patient_id, session_id, TaskKind.LINK_LOST)
        return
    due_at = missed_at + IN_SESSION
    await worklist.open_for_team(
        work,
        patient_id,
        TaskKind.LINK_LOST,
        session_id,
        due_at,
        opened_at=missed_at,
        urgency=Urgency.CRITICAL,
        is_moved=True,
    )


def observer_times(policies: Mapping[str, int], seen_at: datetime) -> tuple[datetime, datetime]:
    """Return when the check after this dose or check is due, and from when on it is missed."""
    due_at = seen_at + timedelta(minutes=policy(policies, "observer_check_minutes"))
    return due_at, due_at + LATE_CHECK


def end_watch(work: Work, row: SessionRow) -> None:
    """Collect the end of all that the clock watches after a dose: the patient has left, or the session is over."""
    if row.phase is Phase.DOSING:
        work.change(END_WATCH, rows=None, patient_id=row.patient_id, session_id=row.id)
        work.telling.tell(*settled(row.patient_id, row.id), of=TaskTable)


async def wait_for_note(work: Work, row: SessionRow) -> None:
    """Open the task to write a note about a session; shown once it is over, due before a note would be late."""
    clinic = await load_clinic(work)
    begun_at = row.started_at or row.planned_start_at
    over_at = max(row.ended_at or row.planned_end_at or begun_at, begun_at + WITHOUT_END)
    due_at = over_at + timedelta(hours=policy(clinic.policies, "late_entry_hours"))
    await worklist.open_for_team(
        work, row.patient_id, TaskKind.SESSION_TO_DOCUMENT, row.id, due_at, opened_at=max(over_at, work.now)
    )


def _readiness_times(work: Work, row: SessionRow) -> tuple[datetime, datetime]:
    """Return when it is due, and from when on it is shown."""
    start = row.planned_start_at
    return max(start - READINESS_DUE, work.now), max(start - READINESS_SHOWN, work.now)
