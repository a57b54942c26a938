"""R12 of answers that were given in a session: they tell it themselves if they are late, and move its watch."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.attention.flags.rules import Hit
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.watch_rules import At, Seen, is_dissociated, newest
from integration_api.resources.care.monitoring.reading_watch import Answered, follow_dissociation
from integration_api.resources.care.monitoring.rules import late_at
from integration_api.resources.care.monitoring.service import dosed_of, load_monitored
from integration_api.resources.measures.instruments.scores import Score
from integration_api.resources.measures.measure_responses.late_dissociation import DISSOCIATION_SCORES, late_hits
from integration_api.resources.measures.measure_responses.session_score_statements import SESSION_SCORES
from integration_api.resources.measures.measure_responses.tables import MeasureResponseRow

_FIELDS: Mapping[str, VitalField] = {"cadss": VitalField.CADSS, "cadss6": VitalField.CADSS_6}
"""The scale of each instrument, as a reading has it."""
_NONE = UUID(int=0)


async def follow_answers(work: Work, row: MeasureResponseRow, scores: list[Score]) -> list[Hit]:
    """Return R12 if completed answers meet it, and collect what they mean for the watch of their session."""
    score_id = DISSOCIATION_SCORES.get(row.instrument_id)
    value = next((one.value for one in scores if one.id == score_id), None)
    if row.session_id is None or isinstance(value, bool) or not isinstance(value, int | float):
        return []
    monitored = await load_monitored(work, row.session_id)
    dosed = dosed_of(monitored)
    if dosed.first_dose_at is None:
        return []
    others = await _load(work, row, row.session_id, dosed.first_dose_at, row.corrects_id or row.id)
    stored = others
    if row.corrects_id is not None:
        stored = await _load(work, row, row.session_id, dosed.first_dose_at, _NONE)
    after = _with(others, _FIELDS[row.instrument_id], At(row.happened_at, value), dosed.first_dose_at)
    before_dose = after.before.get(_FIELDS[row.instrument_id])
    hits = late_hits(value, row.happened_at, None if before_dose is None else before_dose.value, late_at(dosed))
    answered = Answered(is_dissociated(stored), is_dissociated(after))
    await follow_dissociation(work, monitored, dosed, answered, is_told=bool(hits))
    return hits


async def follow_withdrawn_answers(work: Work, row: MeasureResponseRow) -> None:
    """Collect what the watch of a session waits for without answers that are withdrawn."""
    if row.session_id is None or row.instrument_id not in DISSOCIATION_SCORES:
        return
    monitored = await load_monitored(work, row.session_id)
    dosed = dosed_of(monitored)
    if dosed.first_dose_at is None:
        return
    stored = await _load(work, row, row.session_id, dosed.first_dose_at, _NONE)
    after = await _load(work, row, row.session_id, dosed.first_dose_at, row.id)
    answered = Answered(is_dissociated(stored), is_dissociated(after))
    await follow_dissociation(work, monitored, dosed, answered, is_told=False)


async def _load(
    work: Work, row: MeasureResponseRow, session_id: UUID, first_dose_at: datetime, other_than_id: UUID
) -> Seen:
    """Return the newest scores of the answers in a session that stand, but for these answers."""
    found = await work.part(
        SESSION_SCORES,
        patient_id=row.patient_id,
        session_id=session_id,
        first_dose_at=first_dose_at,
        other_than_id=other_than_id,
    )
    seen = Seen()
    for one in found:
        seen = _with(seen, _FIELDS[one.instrument_id], At(one.happened_at, one.value), first_dose_at)
    return seen


def _with(seen: Seen, field: VitalField, score: At, first_dose_at: datetime) -> Seen:
    """Return what is known with this score too. One of the time of the dose itself is of before it."""
    if score.at <= first_dose_at:
        return seen._replace(before={**seen.before, field: newest(seen.before.get(field), score)})
    return seen._replace(since={**seen.since, field: newest(seen.since.get(field), score)})
