"""The watch that a dose begins: the observer at home, and the readings that are late without it (R12, R25)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.worklist.tables import OF_READINGS
from integration_api.resources.care.doses.altered_states import altered_until
from integration_api.resources.care.doses.rules import Given
from integration_api.resources.care.doses.session_watch import Stored, follow, load_seen
from integration_api.resources.care.doses.watch_rules import OfDose, Times, changed_times, clock_of, late_readings
from integration_api.resources.care.readiness.tables import GovernedSessionRow
from integration_api.resources.care.sessions.rules import is_watch_over
from integration_api.resources.care.sessions.session_tasks import wait_for_observer
from integration_api.resources.care.sessions.tables import Modality, SessionState
from integration_api.resources.people.clinics.rules import all_policies


class Dosed(Protocol):
    """The facts of a session whose readings are watched."""

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
    def state(self) -> SessionState:
        """Return where it stands."""

    @property
    def ended_at(self) -> datetime | None:
        """Return when it ended."""

    @property
    def patient_left_at(self) -> datetime | None:
        """Return when the patient left."""


async def watch_after(
    work: Work, session: GovernedSessionRow, dose: Given, before: Sequence[Given], corrected: OfDose | None
) -> None:
    """Open what the clock watches after the first dose, and let it follow each further one, and each correction.

    A dose may be recorded late, after its readings: those that are stored count, and nothing is missed that was due
    before it was known. After the session, or after the patient has left, nothing is watched.
    """
    if corrected is None and not before:
        await wait_for_observer(work, session, session.policies, dose.given_at)
    await follow_doses(work, session, before if corrected is None else [*before, corrected], [dose, *before])


async def follow_doses(work: Work, session: Dosed, were: Sequence[OfDose], are: Sequence[OfDose]) -> None:
    """Collect what the doses that stand after this step mean for the tasks of the clock; `were` are those before."""
    clock = clock_of(are)
    if clock is None or is_watch_over(session.state, session.ended_at) or _has_left(session, clock.last_at):
        return
    stored = await load_seen(work, session.id, session.modality, clock)
    times = late_readings(stored.seen, clock, _window(stored, are), stored.gap, work.now)
    was: Times = {}
    if (clock_then := clock_of(were)) is not None:
        is_same = clock_then[:2] == clock[:2]
        then = stored if is_same else await load_seen(work, session.id, session.modality, clock_then)
        was = late_readings(then.seen, clock_then, _window(then, were), then.gap)
    found = changed_times(was, times, () if was else OF_READINGS, work.now)
    found = {kind: at for kind, at in found.items() if _is_due(at, was.get(kind), work.now)}
    await follow(work, session.patient_id, session.id, found)


def _window(stored: Stored, doses: Sequence[OfDose]) -> datetime:
    return max(altered_until(all_policies(stored.policies), one) for one in doses)


def _is_due(at: datetime | None, was: datetime | None, now: datetime) -> bool:
    """Return whether a change of doses says so of a task: what did not wait is not opened in the past."""
    return was is not None if at is None else at > now or was is not None


def _has_left(session: Dosed, last_at: datetime) -> bool:
    return session.patient_left_at is not None and last_at <= session.patient_left_at
