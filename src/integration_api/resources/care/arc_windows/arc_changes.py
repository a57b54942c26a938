"""Opening, moving and ending windows of the integration arc, in the step that changes the session or its doses.

Sessions call it: a window is opened when a dosing session with a dose is completed. Whatever was answered or is over
stays as it is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.access.reads import StartAgain
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.care.arc_windows import statements as sql
from integration_api.resources.care.arc_windows.arc_protocols import load_protocol
from integration_api.resources.care.arc_windows.arc_tasks import move_calls, settle_calls, wait_for_calls
from integration_api.resources.care.arc_windows.local_times import times_of
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind, ArcStep
from integration_api.resources.care.arc_windows.rules import ArcState, state_at
from integration_api.resources.care.arc_windows.tables import UNIQUE_STEP, ArcWindowRow


class ArcDose(NamedTuple):
    """The first dose of a completed session, and what decides when the patient is asked after it."""

    patient_id: UUID
    session_id: UUID
    given_at: datetime
    time_zone: str
    is_first: bool
    """Whether no other session of the chart has a dose that was given before."""


async def open_or_move(work: Work, dose: ArcDose) -> None:
    """Open the windows after a dose, or let those of its session that are open follow it.

    Windows that are over by the new times are cancelled. Steps that were over before they could be asked are not
    opened: nobody could have answered.
    """
    found = await work.part(sql.WINDOWS_AROUND, patient_id=dose.patient_id, session_id=dose.session_id)
    own = [row for row in found if row.session_id == dose.session_id]
    others = [row for row in found if row.session_id != dose.session_id]
    if own:
        await _follow(work, own, dose)
        return
    protocol = await load_protocol(work)
    opened = _new_windows(work, protocol.steps, protocol.version, dose, others)
    _supersede(work, others, opened)
    for row in opened:
        work.create(sql.INSERT_ARC_WINDOW, row, {UNIQUE_STEP: StartAgain})
    await wait_for_calls(work, opened, is_first_dose=dose.is_first)


async def cancel(work: Work, patient_id: UUID, session_id: UUID) -> None:
    """End the open windows of a session whose dose does not count any more."""
    found = await work.part(sql.WINDOWS_AROUND, patient_id=patient_id, session_id=session_id)
    for row in found:
        if row.session_id == session_id and _is_open(work, row):
            _end(work, row, ArcState.CANCELLED)


def _is_open(work: Work, row: ArcWindowRow) -> bool:
    return state_at(row.state, row.closes_at, work.now) is ArcState.OPEN


def _new_windows(
    work: Work, steps: Sequence[ArcStep], version: int, dose: ArcDose, others: Sequence[ArcWindowRow]
) -> list[ArcWindowRow]:
    """Return the windows after a dose, without those that are over, or that a later dose asks for already.

    Surveillance goes on beside later doses: while one of its windows waits, no dose begins it anew.
    """
    zone = ZoneInfo(dose.time_zone)
    is_watched = any(row.kind is ArcKind.SURVEILLANCE for row in others)
    later = {row.step_id for row in others if row.dose_at > dose.given_at}
    found = []
    for step in steps:
        kind, times = ArcKind(step["kind"]), times_of(step, dose.given_at, zone)
        if times.closes_at <= work.now or step["id"] in later or (is_watched and kind is ArcKind.SURVEILLANCE):
            continue
        row = ArcWindowRow(
            clinic_id=work.actor.clinic_id,
            id=new_id(),
            created_at=work.now,
            updated_at=work.now,
            patient_id=dose.patient_id,
            session_id=dose.session_id,
            step_id=step["id"],
            kind=kind,
            step=step,
            protocol_version=version,
            dose_at=dose.given_at,
            **times._asdict(),
            state=ArcState.OPEN,
        )
        found.append(row)
    return found


def _supersede(work: Work, others: Sequence[ArcWindowRow], opened: Sequence[ArcWindowRow]) -> None:
    """End the open check-ins of earlier doses that these ask again."""
    asked = {row.step_id for row in opened if row.kind is ArcKind.CHECK_IN}
    for row in others:
        if row.kind is ArcKind.CHECK_IN and row.step_id in asked and _is_open(work, row):
            _end(work, row, ArcState.SUPERSEDED)


async def _follow(work: Work, own: Sequence[ArcWindowRow], dose: ArcDose) -> None:
    """Let what is open follow the dose, and open again what was cancelled. Nothing is asked twice."""
    zone = ZoneInfo(dose.time_zone)
    moved: list[ArcWindowRow] = []
    opened_again: list[ArcWindowRow] = []
    for row in own:
        times = times_of(row.step, dose.given_at, zone)
        was_cancelled = row.state is ArcState.CANCELLED
        if not was_cancelled and (not _is_open(work, row) or row.dose_at == dose.given_at):
            continue
        if times.closes_at <= work.now:
            if not was_cancelled:
                _end(work, row, ArcState.CANCELLED)
            continue
        values = {"dose_at": dose.given_at, **times._asdict(), "state": ArcState.OPEN, "settled_at": None}
        changed = work.revise(sql.MOVE_ARC_WINDOW, row, values, StartAgain)
        (opened_again if was_cancelled else moved).append(changed)
    await move_calls(work, moved, is_first_dose=dose.is_first)
    await wait_for_calls(work, opened_again, is_first_dose=dose.is_first)


def _end(work: Work, row: ArcWindowRow, state: ArcState) -> ArcWindowRow:
    """Collect the end of an open window, and of the calls that it would ask for."""
    settle_calls(work, row)
    return work.revise(sql.SETTLE_ARC_WINDOW, row, {"state": state, "settled_at": work.now}, StartAgain)


def answer_window(work: Work, row: ArcWindowRow) -> None:
    """Collect that a window was answered in time, for check-ins; if it was already, it stays.

    Starts again, when applied, if it changed meanwhile.
    """
    if row.state is ArcState.OPEN:
        settle_calls(work, row)
        given = {"state": ArcState.ANSWERED, "settled_at": work.now}
        work.revise(sql.ANSWER_ARC_WINDOW, row, given, StartAgain)
