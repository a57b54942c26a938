"""Reading the trajectory of a chart."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.measures.instruments.definitions import Instrument
from integration_api.resources.measures.instruments.service import load_named
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.views.trajectory import statements as sql
from integration_api.resources.views.trajectory.rules import (
    Baseline,
    Key,
    Series,
    band_at,
    baselines,
    begins_at,
    series_of,
)
from integration_api.resources.views.trajectory.schemas import (
    Trajectory,
    TrajectoryBaseline,
    TrajectoryChange,
    TrajectoryComparison,
    TrajectoryDose,
    TrajectoryEvent,
    TrajectoryFilter,
    TrajectoryPoint,
    TrajectorySeries,
    TrajectorySession,
)
from integration_api.resources.views.trajectory.statements import (
    INSTRUMENTS,
    DoseThen,
    EventThen,
    ScoredPoint,
    SessionThen,
)
from integration_api.web.errors import Invalid, NotFound
from integration_api.web.instants import check_not_in_future
from integration_api.web.paging import Window

_LEAST = timedelta(microseconds=1)


class Scores(NamedTuple):
    """Points, newest first, and the baselines of their scores."""

    points: Sequence[ScoredPoint]
    chosen: Mapping[Key, Baseline]
    is_cut: bool


async def read_trajectory(work: Work, patient_id: UUID, only: TrajectoryFilter) -> Trajectory:
    """Return the scores of a chart over time, and what happened meanwhile. Raises NotFound, Invalid."""
    asked = only.instrument_id.split(",") if only.instrument_id else []
    found = await load_scores(work, patient_id, only, asked)
    known = await load_named(work, (*asked, *(one.instrument_id for one in found.points)))
    check_known(asked, known)
    begins = begins_at(only.happened_from, found.points, is_cut=found.is_cut)
    times = bounds(begins, only.happened_to, sql.MAX_BESIDE)
    doses = await work.part(sql.TRAJECTORY_DOSES, patient_id=patient_id, **times)
    sessions = await work.part(sql.TRAJECTORY_SESSIONS, patient_id=patient_id, **times)
    events = await work.part(sql.TRAJECTORY_EVENTS, patient_id=patient_id, **times)
    await prove_chart(work, patient_id, only, found)
    work.record(patient_id=patient_id)
    return Trajectory(
        patient_id=patient_id,
        series=[_series(one) for one in series_of(found.points, found.chosen, known)],
        doses=[_dose(row) for row in reversed(doses[: sql.MAX_BESIDE])],
        sessions=[_session(row) for row in reversed(sessions[: sql.MAX_BESIDE])],
        adverse_events=[_event(row) for row in reversed(events[: sql.MAX_BESIDE])],
        cut={
            "points": found.is_cut,
            "doses": len(doses) > sql.MAX_BESIDE,
            "sessions": len(sessions) > sql.MAX_BESIDE,
            "adverse_events": len(events) > sql.MAX_BESIDE,
        },
        begins_at=begins,
    )


def check_known(asked: Sequence[str], known: Mapping[str, Instrument]) -> None:
    """Raise Invalid for an instrument that is none of the list."""
    if not known.keys() >= set(asked):
        raise refused("instrument_id", "unknown", "is no instrument of the list")


def refused(name: str, code: str, message: str) -> Invalid:
    """Return the error for a parameter of the query."""
    return Invalid(errors=[{"field": f"query.{name}", "code": code, "message": message}])


def bounds(begins: datetime | None, ends: datetime | None, rows: int) -> dict[str, object]:
    """Return the parameters of the newest rows of a time: so many, and one more to learn whether there are others."""
    return {"happened_from": begins, "happened_to": ends, **Window(rows, None).values(b"", until=ends)}


async def load_scores(
    work: Work,
    patient_id: UUID,
    only: TrajectoryFilter,
    asked: Sequence[str],
    score_id: str | None = None,
) -> Scores:
    """Return the newest scores of a time with their baselines, in three reads. Raises Invalid."""
    if only.baseline_at is not None and only.baseline_response_id is not None:
        raise refused("baseline_at", "both_given", "not together with baseline_response_id")
    check_not_in_future("query.baseline_at", only.baseline_at, work.now)
    instrument_ids = [*asked, *[None] * (len(INSTRUMENTS) - len(asked))]
    points = await work.part(
        sql.TRAJECTORY_POINTS,
        patient_id=patient_id,
        score_id=score_id,
        **dict(zip(INSTRUMENTS, instrument_ids, strict=True)),
        **bounds(only.happened_from, only.happened_to, sql.MAX_POINTS),
    )
    dose = None if only.baseline_at is not None else await work.one(sql.FIRST_DOSE, patient_id=patient_id)
    before = None if dose is None else dose.given_at
    if only.baseline_at is not None:
        before = only.baseline_at + _LEAST
    rows = await work.part(
        sql.TRAJECTORY_BASELINES,
        patient_id=patient_id,
        baseline_before=before,
        baseline_response_id=only.baseline_response_id,
    )
    chosen = baselines(rows, dose=dose, is_time_declared=only.baseline_at is not None)
    return Scores(points[: sql.MAX_POINTS], chosen, len(points) > sql.MAX_POINTS)


async def prove_chart(work: Work, patient_id: UUID, only: TrajectoryFilter, found: Scores) -> str:
    """Return the time zone of a chart that the actor may see, after its parts. Raises NotFound.

    Answers that are declared as the baseline must be of this chart, stand, and have a number.
    """
    patient = await load_patient(work, patient_id)
    declared = only.baseline_response_id
    if declared is not None and all(one.point.response_id != declared for one in found.chosen.values()):
        raise NotFound(
            errors=[
                {
                    "field": "query.baseline_response_id",
                    "code": "not_found",
                    "message": "names no scored answers that you see",
                }
            ]
        )
    return patient.time_zone


def _series(one: Series) -> TrajectorySeries:
    definition, score = one.instrument, one.score
    cutoffs = [each for each in definition.cutoffs if each.score == score.id]
    return {
        "instrument_id": definition.id,
        "score_id": score.id,
        "name": definition.name,
        "direction": definition.direction,
        "min": score.min,
        "max": score.max,
        "points": [_point(point, definition) for point in one.points],
        "bands": [
            {"label": band.label, "min": band.min, "max": band.max, "source": band.source, "status": band.status}
            for band in definition.bands
            if band.score == score.id
        ],
        "cutoffs": [
            {
                "when": each.when,
                "meaning": each.meaning,
                "is_met": is_met,
                "source": each.source,
                "status": each.status,
            }
            for each, is_met in zip(cutoffs, one.cutoffs(), strict=True)
        ],
        "baseline": None if one.baseline is None else _baseline(one.baseline),
        "comparison": _comparison(one),
    }


def _point(row: ScoredPoint, definition: Instrument) -> TrajectoryPoint:
    return {
        "response_id": row.response_id,
        "at": row.happened_at,
        "value": row.value,
        "band": band_at(row, definition),
        "ceiling": row.ceiling,
        "max_possible": row.max_possible,
        "is_off_window": row.is_off_window,
    }


def _baseline(one: Baseline) -> TrajectoryBaseline:
    return {
        "response_id": one.point.response_id,
        "at": one.point.happened_at,
        "value": one.point.value,
        "rule": one.rule,
        "dose_id": one.dose_id,
    }


def _comparison(one: Series) -> TrajectoryComparison | None:
    last, met = one.compared, one.changes()
    if last is None or met is None or one.baseline is None:
        return None
    rules: list[TrajectoryChange] = [
        {
            "id": rule.id,
            "is_met": met[rule.id],
            "is_default": rule.id == one.instrument.default_remission,
            "note": rule.note,
            "source": rule.source,
            "status": rule.status,
        }
        for rule in one.instrument.changes
        if rule.score == one.score.id
    ]
    return {
        "response_id": last.response_id,
        "change": round(last.value - one.baseline.point.value, 2),
        "is_improved": one.is_improved(),
        "rules": rules,
    }


def _dose(row: DoseThen) -> TrajectoryDose:
    return {
        "id": row.id,
        "session_id": row.session_id,
        "given_at": row.given_at,
        "route": row.route,
        "kind": row.kind,
        "amount_mg": row.amount_mg,
    }


def _session(row: SessionThen) -> TrajectorySession:
    return {
        "id": row.id,
        "phase": row.phase,
        "state": row.state,
        "planned_start_at": row.planned_start_at,
        "started_at": row.started_at,
    }


def _event(row: EventThen) -> TrajectoryEvent:
    return {
        "id": row.id,
        "session_id": row.session_id,
        "kind": row.kind,
        "severity": row.severity,
        "onset_at": row.onset_at,
        "ended_at": row.ended_at,
    }
