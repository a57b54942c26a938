"""Opening, moving and ending windows of the integration arc, in the step that changes a session or its doses.

Sessions call it once a dosing session with a dose is over, and with each change of its doses after that. Which windows
wait by the doses that stand is the rule in `successions.py`. Whatever was answered or is over stays as it is.
"""

from collections.abc import Mapping, Sequence
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
from integration_api.resources.care.arc_windows.successions import (
    Doses,
    WindowFacts,
    handed_on,
    heir_of,
    states_after,
)
from integration_api.resources.care.arc_windows.tables import UNIQUE_STEP, ArcWindowRow


class ArcChange(NamedTuple):
    """A change of the first dose of a session, and what decides when the patient is asked after it."""

    patient_id: UUID
    session_id: UUID
    known_at: datetime
    """Since when the session is known: what was over by then could be asked by nobody."""
    since: datetime
    """The earlier of its first dose before the change and after it."""
    time_zone: str
    doses: Doses
    """The first dose of each session whose doses stand after the change, and are followed."""
    first_dose_at: datetime | None
    """The first dose of the chart, whether it is followed yet or not; None if there is none."""


async def follow_doses_of_chart(work: Work, change: ArcChange) -> bool:
    """Open the windows after a dose, let those of its session follow it, and hand on what it asks no more.

    Return whether the task about the session itself waits from now on.
    """
    found = await work.part(
        sql.WINDOWS_BESIDE, patient_id=change.patient_id, session_id=change.session_id, since=change.since
    )
    given_at = change.doses.get(change.session_id)
    rows = [_led(row, given_at, change, work.now) for row in found]
    if given_at is not None and not any(row.session_id == change.session_id for row in found):
        rows += await _begun(work, change, found, given_at)
    facts = [_facts(row) for row in rows]
    states = states_after(facts, change.doses, change.session_id, work.now)
    _hand_on(work, change, rows, states, [rows[place] for place in handed_on(facts, states, work.now)])
    stored = {row.id: row for row in found}
    after = [_keep(work, stored.get(row.id), row, state) for row, state in zip(rows, states, strict=True)]
    return await _follow_calls(work, change, stored, after)


def _led(row: ArcWindowRow, given_at: datetime | None, change: ArcChange, now: datetime) -> ArcWindowRow:
    """Return a window of the session at the times after its dose, unless it was answered or is over."""
    is_led = row.session_id == change.session_id and given_at is not None and row.dose_at != given_at
    if (
        not is_led
        or given_at is None
        or state_at(row.state, row.closes_at, now) in (ArcState.ANSWERED, ArcState.MISSED)
    ):
        return row
    times = times_of(row.step, given_at, ZoneInfo(change.time_zone))
    return row.model_copy(update={"dose_at": given_at, **times._asdict()})


async def _begun(
    work: Work, change: ArcChange, others: Sequence[ArcWindowRow], given_at: datetime
) -> list[ArcWindowRow]:
    """Return new windows after a dose, without those that were over before the session was known.

    Surveillance goes on beside later doses: while one of its windows waits, no dose begins it anew.
    """
    protocol = await load_protocol(work)
    is_watched = any(
        row.kind is ArcKind.SURVEILLANCE and row.session_id in change.doses and _is_open(work, row) for row in others
    )
    made = []
    for step in protocol.steps:
        row = _new(work, change, change.session_id, given_at, step, protocol.version)
        if row.closes_at > change.known_at and not (is_watched and row.kind is ArcKind.SURVEILLANCE):
            made.append(row)
    return made


def _new(
    work: Work, change: ArcChange, session_id: UUID, given_at: datetime, step: ArcStep, version: int
) -> ArcWindowRow:
    """Return a window that is not stored. It is as one that was cancelled until the rule says that it waits."""
    return ArcWindowRow(
        clinic_id=work.actor.clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=change.patient_id,
        session_id=session_id,
        step_id=step["id"],
        kind=ArcKind(step["kind"]),
        step=step,
        protocol_version=version,
        dose_at=given_at,
        **times_of(step, given_at, ZoneInfo(change.time_zone))._asdict(),
        state=ArcState.CANCELLED,
        settled_at=work.now,
    )


def _hand_on(
    work: Work, change: ArcChange, rows: list[ArcWindowRow], states: list[ArcState], ended: Sequence[ArcWindowRow]
) -> None:
    """Add the windows by which surveillance goes on after another dose, if the one that began it is taken back."""
    heir = heir_of(change.doses)
    if heir is None:
        return
    known = {row.step_id: place for place, row in enumerate(rows) if row.session_id == heir}
    for gone in ended:
        place = known.get(gone.step_id)
        if place is None:
            row = _new(work, change, heir, change.doses[heir], gone.step, gone.protocol_version)
            if row.closes_at > work.now:
                rows.append(row)
                states.append(ArcState.OPEN)
        elif states[place] is ArcState.CANCELLED and rows[place].closes_at > work.now:
            states[place] = ArcState.OPEN


def _keep(work: Work, stored: ArcWindowRow | None, row: ArcWindowRow, state: ArcState) -> ArcWindowRow:
    """Collect what changed of a window, and return it as it is after that."""
    ended_at = None if state is ArcState.OPEN else work.now
    if stored is None:
        made = row.model_copy(update={"state": state, "settled_at": ended_at})
        work.create(sql.INSERT_ARC_WINDOW, made, {UNIQUE_STEP: StartAgain})
        return made
    if stored.state is state and stored.dose_at == row.dose_at:
        return stored
    if stored.state is state:
        ended_at = stored.settled_at
    names = ("dose_at", "opens_at", "due_at", "closes_at")
    values = {**{name: getattr(row, name) for name in names}, "state": state, "settled_at": ended_at}
    return work.revise(sql.MOVE_ARC_WINDOW, stored, values, StartAgain)


async def _follow_calls(
    work: Work, change: ArcChange, stored: Mapping[UUID, ArcWindowRow], after: Sequence[ArcWindowRow]
) -> bool:
    """Collect the ends, the new times and the beginnings of the tasks about these windows.

    Return whether a task about the session itself waits from now on.
    """
    is_told = False
    opened: dict[UUID, list[ArcWindowRow]] = {}
    beside: dict[UUID, list[ArcWindowRow]] = {}
    moved: list[ArcWindowRow] = []
    for row in after:
        before = stored.get(row.id)
        was_open = before is not None and before.state is ArcState.OPEN
        if row.state is not ArcState.OPEN:
            if was_open:
                settle_calls(work, row)
            continue
        (beside if was_open else opened).setdefault(row.session_id, []).append(row)
        if before is not None and was_open and before.dose_at != row.dose_at:
            moved.append(row)
    await move_calls(work, moved, is_first_dose=_is_first(change, change.session_id))
    for session_id, rows in opened.items():
        is_first = _is_first(change, session_id)
        told = await wait_for_calls(work, rows, beside.get(session_id, ()), is_first_dose=is_first)
        is_told = is_told or (told and session_id == change.session_id)
    return is_told


def _is_first(change: ArcChange, session_id: UUID) -> bool:
    """Return whether no dose of the chart was given before that of this session."""
    given_at = change.doses.get(session_id)
    return given_at is not None and (change.first_dose_at is None or given_at <= change.first_dose_at)


def _facts(row: ArcWindowRow) -> WindowFacts:
    return WindowFacts(row.session_id, row.step_id, row.kind, row.state, row.closes_at, row.step["is_followed_up"])


def _is_open(work: Work, row: ArcWindowRow) -> bool:
    return state_at(row.state, row.closes_at, work.now) is ArcState.OPEN


def answer_window(work: Work, row: ArcWindowRow) -> None:
    """Collect that a window was answered in time, for check-ins; if it was already, it stays.

    Starts again, when applied, if it changed meanwhile.
    """
    if row.state is ArcState.OPEN:
        settle_calls(work, row)
        given = {"state": ArcState.ANSWERED, "settled_at": work.now}
        work.revise(sql.ANSWER_ARC_WINDOW, row, given, StartAgain)
