"""Following the readings of a session after its first dose: each moves or settles what waits (R12, R25).

A reading may arrive late, or be withdrawn. If another one is late by that, its task opens in the past, and the clock
raises it at once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from integration_api.access.work import Work
from integration_api.resources.attention.flags.passed_tasks import source_of
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin, FlagSeverity, Hit
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.care.doses.reading_statements import LOOKS_AROUND
from integration_api.resources.care.doses.session_watch import Stored, follow, load_seen
from integration_api.resources.care.doses.watch_rules import (
    LOOKS,
    Clock,
    Seen,
    Times,
    changed_times,
    is_dissociated,
    kinds_of,
    late_readings,
    with_readings,
)
from integration_api.resources.care.monitoring.rules import Dosed, Measured, findings, late_at
from integration_api.resources.care.monitoring.statements import MonitoredRow
from integration_api.resources.care.sessions.rules import is_watch_over

_RULE = "R12"


class Answered(NamedTuple):
    """Whether the answers of a session say that there is dissociation, before a change and after it."""

    was: bool
    now_is: bool


async def follow_readings(work: Work, session: MonitoredRow, new: Sequence[Measured], dosed: Dosed) -> None:
    """Collect what new readings mean for the tasks of the clock."""
    clock = _clock(dosed)
    if clock is None or not kinds_of({one.field for one in new}) or not _is_watched(session, clock):
        return
    stored = await load_seen(work, session.id, session.modality, clock)
    after = with_readings(stored.seen, new, clock)
    found = _changed(stored, clock, stored.seen, after, new, work.now)
    told = {kind for one in new if _tells(one, dosed) for kind in kinds_of([one.field])}
    await follow(work, session.patient_id, session.id, _without_told(found, told, work.now))


async def follow_withdrawal(work: Work, session: MonitoredRow, gone: Measured, dosed: Dosed) -> None:
    """Collect what is waited for again without a reading that is withdrawn."""
    clock = _clock(dosed)
    if clock is None or not kinds_of([gone.field]) or not _is_watched(session, clock):
        return
    stored = await load_seen(work, session.id, session.modality, clock, gone.id)
    before = with_readings(stored.seen, [gone], clock)
    await follow(work, session.patient_id, session.id, _changed(stored, clock, before, stored.seen, [gone], work.now))
    if gone.field in LOOKS and stored.gap and gone.taken_at >= clock.first_at:
        await _tell_gap_between(work, session, gone, stored, clock)


async def _tell_gap_between(work: Work, session: MonitoredRow, gone: Measured, stored: Stored, clock: Clock) -> None:
    """Raise R25 if the readings beside one that is withdrawn are too far apart; the clock looks after the last."""
    around = await work.get(
        LOOKS_AROUND,
        session_id=session.id,
        without_id=gone.id,
        first_dose_at=clock.first_at,
        taken_at=gone.taken_at,
    )
    gap_at = (around.previous_at or clock.first_at) + stored.gap
    is_in_window = stored.window_ends_at is not None and gap_at < stored.window_ends_at
    if around.following_at is None or around.following_at <= gap_at or not is_in_window:
        return
    source_id = source_of(TaskKind.MONITORING_GAP, session.id, gap_at)
    origin, hit = Origin(FlagOrigin.SESSION, source_id, session.id), Hit("R25", FlagSeverity.HIGH)
    await raise_flags(work, session.patient_id, origin, [hit], is_new=False)


async def follow_dissociation(
    work: Work, session: MonitoredRow, dosed: Dosed, answered: Answered, *, is_told: bool
) -> None:
    """Collect what answers in the session say of dissociation, beside its readings; for answers to instruments.

    `is_told` says that the answers have raised R12 themselves.
    """
    clock = _clock(dosed)
    if clock is None or not _is_watched(session, clock):
        return
    by_reading = is_dissociated((await load_seen(work, session.id, session.modality, clock)).seen)
    kind = TaskKind.DISSOCIATION_NOT_GONE
    was, now_is = (clock.late_at if by_reading or said else None for said in answered)
    found = changed_times({kind: was}, {kind: now_is}, {kind}, work.now)
    await follow(work, session.patient_id, session.id, _without_told(found, {kind} if is_told else set(), work.now))


async def resume_watch(work: Work, session: MonitoredRow, dosed: Dosed, kinds: Sequence[TaskKind]) -> None:
    """Collect that the clock waits again: what had ended the watch for these has been taken back."""
    clock = _clock(dosed)
    if clock is None or not _is_watched(session, clock):
        return
    stored = await load_seen(work, session.id, session.modality, clock)
    times = late_readings(stored.seen, clock, stored.window_ends_at, stored.gap, work.now)
    await follow(work, session.patient_id, session.id, {kind: times[kind] for kind in kinds if times[kind] is not None})


def _changed(
    stored: Stored, clock: Clock, before: Seen, after: Seen, readings: Sequence[Measured], now: datetime
) -> Times:
    was, now_is = (late_readings(seen, clock, stored.window_ends_at, stored.gap) for seen in (before, after))
    return changed_times(was, now_is, kinds_of({one.field for one in readings}), now)


def _tells(reading: Measured, dosed: Dosed) -> bool:
    """Return whether a reading raises the flag of an effect that has not gone itself."""
    return any(one["rule"] == _RULE for one in findings(reading, dosed))


def _without_told(found: Times, told: set[TaskKind], now: datetime) -> Times:
    """Return the times, but for what the readings themselves have told and the clock would tell again."""
    return {kind: at for kind, at in found.items() if at is None or at > now or kind not in told}


def _clock(dosed: Dosed) -> Clock | None:
    late = late_at(dosed)
    if dosed.first_dose_at is None or dosed.last_dose_at is None or late is None:
        return None
    return Clock(dosed.first_dose_at, dosed.last_dose_at, late)


def _is_watched(session: MonitoredRow, clock: Clock) -> bool:
    """Return whether the session goes on or was broken off, and its patient has not left since the last dose."""
    has_left = session.patient_left_at is not None and clock.last_at <= session.patient_left_at
    return not is_watch_over(session.state, session.ended_at) and not has_left
