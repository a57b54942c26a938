"""Completing answers: they are checked and scored, and whoever must read them is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.flag_holds import end_by_screen
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin, FlagSeverity, Hit
from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.measures.instruments import service as instruments
from integration_api.resources.measures.instruments.definitions import Instrument
from integration_api.resources.measures.instruments.scores import Answer, AnswerRefused, Score, check_answers, scores_of
from integration_api.resources.measures.measure_responses import statements as sql
from integration_api.resources.measures.measure_responses.earlier_scores import load_earlier
from integration_api.resources.measures.measure_responses.lost_responses import RULE as LOST
from integration_api.resources.measures.measure_responses.lost_responses import (
    Reading,
    is_fading,
    lost_hits,
    response_score,
)
from integration_api.resources.measures.measure_responses.missed_dose_statements import MISSED_DOSING
from integration_api.resources.measures.measure_responses.new_risks import (
    AFTER_DOSE,
    COMPARED,
    RULE,
    new_risk_hits,
    risk_of,
    stepped_up,
)
from integration_api.resources.measures.measure_responses.rules import (
    ResponseMode,
    ResponseState,
    hits_of,
    is_off_window,
    is_screen,
)
from integration_api.resources.measures.measure_responses.score_parts import ScoreThere, score_there
from integration_api.resources.measures.measure_responses.session_dissociation import follow_answers
from integration_api.resources.measures.measure_responses.statements import EarlierScore
from integration_api.resources.measures.measure_responses.tables import MeasureResponseRow, MeasureScoreRow
from integration_api.resources.measures.measure_responses.worse_scores import Scored, compared_score, worse_hits
from integration_api.resources.people.patients.alerts import open_task, raise_alarm, say
from integration_api.resources.people.patients.monitoring_contents import Monitoring
from integration_api.resources.people.patients.service import load_patient
from integration_api.web.errors import FieldError, Invalid
from integration_api.web.instants import credible_time

Choice = TypeVar("Choice")
LATE = timedelta(minutes=1)
"""Answers that are no older arrived at once. POLICY."""
NOT_BEGUN = timedelta(days=1)
"""So long after its planned start, a session that nobody began was missed. POLICY."""


async def completed(
    work: Work, row: MeasureResponseRow, completed_at: datetime | None
) -> tuple[MeasureResponseRow, Monitoring | None]:
    """Return the answers as they are scored, and what a patient is told. Raises Invalid if there are none."""
    instrument = await load_instrument(work, row.instrument_id, row.instrument_version)
    if not any(answer is not None for answer in row.answers.values()):
        raise invalid("answers", "nothing_answered", "must have an answer")
    scores = scores_of(instrument, row.answers)
    happened_at = credible_time(completed_at, work.now)
    before = await work.one(
        sql.ANSWERED_BEFORE,
        patient_id=row.patient_id,
        instrument_id=row.instrument_id,
        happened_at=happened_at,
        other_than_id=row.corrects_id or row.id,
    )
    whole = row.model_copy(
        update={
            "state": ResponseState.COMPLETED,
            "scores": [score_there(score) for score in scores],
            "is_off_window": is_off_window(instrument, before.happened_at if before else None, happened_at),
            "completed_at": completed_at or work.now,
            "happened_at": happened_at,
        }
    )
    return whole, await tell(work, whole, instrument, scores)


async def tell(work: Work, row: MeasureResponseRow, instrument: Instrument, scores: list[Score]) -> Monitoring | None:
    """Raise the flags of the rules that answers meet; else let the care team read what a patient answered.

    A suicide screen by staff ends the holds of doses that ask for one. What it raises itself holds on.
    """
    hits = [
        *hits_of(instrument, row.answers, scores),
        *await against_before(work, row, instrument, scores),
        *await new_risk(work, row, row.happened_at),
        *(await new_risk(work, row, work.now) if _may_be_skewed(work, row) else ()),
        *await follow_answers(work, row, scores),
    ]
    is_by_staff = not work.actor.is_patient
    if is_by_staff and is_screen(instrument, row.respondent, scores):
        await end_by_screen(work, row.patient_id, row.happened_at)
    origin = Origin(FlagOrigin.MEASURE_RESPONSE, row.id)
    if is_by_staff:
        await raise_flags(work, row.patient_id, origin, hits)
        return None
    if hits:
        return say(work, await raise_alarm(work, row.patient_id, origin, hits))
    return say(work, await open_task(work, row.patient_id, TaskKind.MEASURE_RESPONSE_TO_READ, row.id))


def _may_be_skewed(work: Work, row: MeasureResponseRow) -> bool:
    """Return whether a patient's device claims a time before now: its clock may be behind, and hide a dose (R29)."""
    return row.mode is ResponseMode.SELF_COMPLETED and row.happened_at <= work.now - LATE


async def against_before(
    work: Work,
    row: MeasureResponseRow,
    instrument: Instrument,
    scores: list[Score],
    arrived: Mapping[str, EarlierScore | None] | None = None,
) -> list[Hit]:
    """Return R07 if the answers are worse than those before, and R30 if a response is lost.

    `arrived` are the scores of earlier answers that come in this step.
    """
    worse_id, response_id = compared_score(instrument.id), response_score(instrument)
    score_id = worse_id or response_id  # of an instrument that has two, they are the same
    current = next((score for score in scores if score.id == score_id), None)
    value = current.value if current is not None else None
    if score_id is None or current is None or isinstance(value, bool) or not isinstance(value, int | float):
        return []
    earlier, whole = await load_earlier(work, row, score_id)
    if (new := (arrived or {}).get(score_id)) is not None:
        earlier = sorted([*earlier, new], key=lambda one: one.happened_at, reverse=True)
    if not earlier:
        return []
    before = [Scored(one.value, one.happened_at) for one in earlier]
    hits = worse_hits(instrument, value, before, earlier[0].last_dose_at, whole) if worse_id else []
    if response_id:
        hits += await _lost(work, row, instrument, current, earlier)
    return hits


async def _lost(
    work: Work, row: MeasureResponseRow, instrument: Instrument, current: Score, earlier: Sequence[EarlierScore]
) -> list[Hit]:
    """Return R30 if a response is lost at two readings, or fades after a dose that was missed."""
    readings, first, last = _readings(current.id, earlier), earlier[0].first_dose_at, earlier[0].last_dose_at
    if hits := lost_hits(instrument, current, readings, first):
        return hits
    if last is None or not is_fading(instrument, current, readings, first):
        return []
    missed = await work.one(
        MISSED_DOSING,
        patient_id=row.patient_id,
        last_dose_at=last,
        happened_at=row.happened_at,
        not_begun_until=row.happened_at - NOT_BEGUN,
    )
    return [Hit(LOST, FlagSeverity.MODERATE)] if missed is not None else []


def _readings(score_id: str, rows: Sequence[EarlierScore]) -> list[Reading]:
    return [
        Reading(Score(score_id, one.value, ceiling=one.ceiling, max_possible=one.max_possible), one.happened_at)
        for one in rows
    ]


async def new_risk(
    work: Work, row: MeasureResponseRow, at: datetime, arrived: MeasureResponseRow | None = None
) -> list[Hit]:
    """Return R29 if the answers say more about suicide than those before a dose of the last 72 hours.

    `arrived` are answers from before that dose that come in this step.
    """
    risk = risk_of(row.instrument_id, row.answers, _by_id(row)) if row.instrument_id in COMPARED else None
    if not risk:
        return []
    before = await work.one(
        sql.BEFORE_DOSE,
        patient_id=row.patient_id,
        instrument_id=row.instrument_id,
        happened_at=at,
        dosed_after=at - AFTER_DOSE,
        other_than_id=row.corrects_id or row.id,
    )
    if arrived is not None and (before is None or before.happened_at < arrived.happened_at):
        before = arrived
    if before is None:
        return []
    hits = new_risk_hits(risk, risk_of(row.instrument_id, before.answers, _by_id(before)))
    return await with_age(work, row.patient_id, hits)


def _by_id(row: MeasureResponseRow) -> dict[str, ScoreThere]:
    return {score["id"]: score for score in row.scores}


async def with_age(work: Work, patient_id: UUID, hits: Sequence[Hit]) -> list[Hit]:
    """Return hits with R29 one step more severe for a young patient."""
    if not any(hit.rule == RULE for hit in hits):
        return [*hits]
    patient = await load_patient(work, patient_id)
    today = work.now.astimezone(ZoneInfo(patient.time_zone)).date()
    return [stepped_up(hit, patient.birth_on, today) for hit in hits]


def keep_scores(work: Work, row: MeasureResponseRow) -> None:
    for score in row.scores:
        value = score["value"]
        if isinstance(value, int | float) and not isinstance(value, bool):
            kept = MeasureScoreRow(
                clinic_id=row.clinic_id,
                id=new_id(),
                patient_id=row.patient_id,
                response_id=row.id,
                instrument_id=row.instrument_id,
                score_id=score["id"],
                happened_at=row.happened_at,
                value=value,
                ceiling=score["ceiling"],
                max_possible=score["max_possible"],
            )
            work.create(sql.INSERT_MEASURE_SCORE, kept)


async def load_instrument(work: Work, instrument_id: str, version: int | None = None) -> Instrument:
    """Return this version of an instrument, or the newest. Raises Invalid if there is none."""
    found = await instruments.load_instrument(work, instrument_id, version)
    if found is None:
        raise invalid("instrument_id", "unknown", "is no instrument of the list")
    return found


def check_taken(instrument: Instrument, answers: Mapping[str, Answer | None]) -> None:
    try:
        check_answers(instrument, answers)
    except AnswerRefused as error:
        raise invalid(f"answers.{error.item}", error.reason, "is not an answer that the definition takes") from error


def one_of(field: str, given: Choice | None, allowed: Sequence[Choice]) -> Choice:
    """Return what was given, or else the usual. Raises Invalid if the actor cannot give it."""
    if not allowed:
        raise invalid("instrument_id", "clinician_rated", "is rated by a clinician")
    if given is None:
        return allowed[0]
    if given not in allowed:
        raise invalid(field, "not_here", f"must be one of: {', '.join(map(str, allowed))}")
    return given


def invalid(field: str, code: str, message: str) -> Invalid:
    error: FieldError = {"field": f"body.{field}", "code": code, "message": message}
    return Invalid(errors=[error])
