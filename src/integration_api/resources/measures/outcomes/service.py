"""Reading the outcomes of a clinic."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.work import Work
from integration_api.core.quarters import last_quarter
from integration_api.resources.attention.flags.rules import minimum_of
from integration_api.resources.measures.instruments.catalogue import instruments, main_score
from integration_api.resources.measures.instruments.comparisons import changes
from integration_api.resources.measures.instruments.definitions import Instrument, ScoreDefinition
from integration_api.resources.measures.instruments.scores import Score
from integration_api.resources.measures.instruments.service import load_own_instruments
from integration_api.resources.measures.outcomes import statements as sql
from integration_api.resources.measures.outcomes.rules import (
    BASELINE_DAYS,
    LAST,
    WINDOWS,
    Arc,
    Cell,
    Rate,
    Rated,
    closes_at,
    told,
    told_eligible,
)
from integration_api.resources.measures.outcomes.schemas import (
    InstrumentOutcome,
    OutcomeFilter,
    OutcomePoint,
    OutcomeRate,
    Outcomes,
    OutcomeState,
)
from integration_api.resources.measures.outcomes.statements import OutcomeScore
from integration_api.resources.people.clinics.rules import policy
from integration_api.resources.people.clinics.service import load_clinic

_BASELINE = timedelta(days=BASELINE_DAYS)
Person = Sequence[OutcomeScore]
"""The scores of one instrument of one person, the earliest first."""


async def read_outcomes(work: Work, only: OutcomeFilter) -> Outcomes:
    """Return numbers over the people of a quarter, in three reads."""
    clinic = await load_clinic(work)
    own = await load_own_instruments(work)
    quarter = only.asked or last_quarter(work.now)
    starts, ends = quarter.begins_at, quarter.next().begins_at
    rows = await work.all(
        sql.OUTCOME_SCORES, starts_at=starts, ends_at=ends, scores_from=starts - _BASELINE, scores_to=ends + LAST
    )
    work.record()
    minimum = minimum_of(policy(clinic.policies, "outcomes_minimum_patients"))
    is_whole = len(rows) <= sql.MAX_SCORES
    found = await asyncio.to_thread(of_instruments, rows, own, ends, work.now, minimum, is_whole=is_whole)
    return Outcomes(
        quarter=str(quarter),
        starts_at=starts,
        ends_at=ends,
        minimum_patients=minimum,
        baseline_days=BASELINE_DAYS,
        is_whole=is_whole,
        instruments=found,
    )


def of_instruments(
    rows: Sequence[OutcomeScore],
    own: Sequence[Instrument],
    ends: datetime,
    now: datetime,
    minimum: int,
    *,
    is_whole: bool,
) -> list[InstrumentOutcome]:
    """Return the numbers of each instrument out of rows in any order.

    Of a clinic's own, the answers to its newest version alone count. By another version of its rules, numbers of the
    same answers could be compared.

    If they are not whole, the last person is left out, of whom some may be missing. The scores of one person at a time
    are sorted: a sort of all 50,000 would hold every thread up while it compares.
    """
    last = None if is_whole else max(rows, key=lambda row: (row.first_dose_at, row.patient_id)).patient_id
    found: dict[tuple[str, str], dict[UUID, list[OutcomeScore]]] = {}
    newest = {one.id: one.version for one in own}
    for row in rows:
        if row.patient_id != last and newest.get(row.instrument_id, row.instrument_version) == row.instrument_version:
            found.setdefault((row.instrument_id, row.score_id), {}).setdefault(row.patient_id, []).append(row)
    for people in found.values():
        for scores in people.values():
            scores.sort(key=lambda row: (row.happened_at, row.response_id))
    return [
        _of_instrument(instrument, score, found.get((instrument.id, score.id), {}), ends, now, minimum)
        for instrument in (*instruments().values(), *own)
        if (score := main_score(instrument)) is not None
    ]


def _of_instrument(
    instrument: Instrument,
    score: ScoreDefinition,
    people: Mapping[UUID, Person],
    ends: datetime,
    now: datetime,
    minimum: int,
) -> InstrumentOutcome:
    opens = closes_at(ends, Arc.H24)
    pairs = [(one, before) for one in people.values() if (before := _baseline(one, opens)) is not None]
    return {
        "instrument_id": instrument.id,
        "score_id": score.id,
        "direction": instrument.direction,
        "with_baseline": told_eligible(len(pairs), minimum) if now >= opens else None,
        "points": [_point(instrument, pairs, arc, closes_at(ends, arc), now, minimum) for arc in Arc],
    }


def _baseline(scores: Person, until: datetime) -> OutcomeScore | None:
    """Return the last score before the first dose that was stored in time, and not too old."""
    first = scores[0].first_dose_at
    if scores[0].dose_stored_at > until:
        return None
    found = [one for one in scores if first - _BASELINE <= one.happened_at < first and one.stored_at <= until]
    return found[-1] if found else None


def _then(scores: Person, arc: Arc, until: datetime) -> OutcomeScore | None:
    """Return the score nearest to a time after the first dose, of those within its window that were stored in time."""
    window, first = WINDOWS[arc], scores[0].first_dose_at
    found = [
        (abs(one.happened_at - first - window.after), one.happened_at, one.response_id, one)
        for one in scores
        if one.happened_at > first and one.stored_at <= until
    ]
    near = [each for each in found if each[0] <= window.tolerance]
    return min(near)[3] if near else None


def _point(
    instrument: Instrument,
    pairs: Sequence[tuple[Person, OutcomeScore]],
    arc: Arc,
    closes: datetime,
    now: datetime,
    minimum: int,
) -> OutcomePoint:
    window = WINDOWS[arc]
    compared = [
        (_score_of(before), _score_of(after))
        for scores, before in pairs
        if (after := _then(scores, arc, closes)) is not None and _are_alike(before, after)
    ]
    met = [changes(instrument, before, after) for before, after in compared]
    cell = Cell(
        [_value(after) - _value(before) for before, after in compared],
        _rated(instrument, met, "response"),
        _rated(instrument, met, instrument.default_remission or "remission"),
    )
    shown = told(cell, len(pairs), minimum)
    is_open = now < closes
    change = None if is_open else shown.change
    return {
        "at": arc,
        "after_hours": int(window.after / timedelta(hours=1)),
        "tolerance_hours": int(window.tolerance / timedelta(hours=1)),
        "closes_at": closes,
        "state": OutcomeState.OPEN if is_open else OutcomeState.TOLD if change else OutcomeState.TOO_FEW,
        "n": None if is_open else shown.n,
        "missing": None if is_open else shown.missing,
        "change": None
        if change is None or change.mean is None
        else {"mean": change.mean, "low": change.low, "high": change.high},
        "response": None if is_open else _rate(shown.response, cell.response),
        "remission": None if is_open else _rate(shown.remission, cell.remission),
    }


def _are_alike(before: OutcomeScore, after: OutcomeScore) -> bool:
    """Return whether the difference of two scores is a change: neither is a lower bound, and both can reach as far."""
    return before.ceiling is None and after.ceiling is None and before.max_possible == after.max_possible


def _score_of(row: OutcomeScore) -> Score:
    return Score(row.score_id, row.value, ceiling=row.ceiling, max_possible=row.max_possible)


def _value(score: Score) -> float:
    return float(score.value or 0)


def _rated(instrument: Instrument, met: Sequence[Mapping[str, bool | None]], rule: str) -> Rated | None:
    """Return who meets a rule; None if the instrument has no such rule for this score."""
    main = main_score(instrument)
    if not any(one.id == rule and main is not None and one.score == main.id for one in instrument.changes):
        return None
    return Rated(rule, [one[rule] for one in met])


def _rate(rate: Rate | None, rated: Rated | None) -> OutcomeRate | None:
    return None if rate is None or rated is None else {"rule": rated.rule, "of": rate.of, "percent": rate.percent}
