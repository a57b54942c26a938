"""Answers that were there before earlier ones arrived, as from a device that was offline: they are judged again.

R07, R29 and R30 compare answers with those before. A bounded number of later answers to the same instrument is looked
at, each with the new ones among those before it. What became worse is a flag of the later answers.
"""

from integration_api.access.work import Work
from integration_api.resources.attention.flags.raised_flags import Origin, raise_flags
from integration_api.resources.attention.flags.rules import FlagOrigin
from integration_api.resources.measures.instruments.scores import Score
from integration_api.resources.measures.measure_responses.completion import (
    LATE,
    against_before,
    load_instrument,
    new_risk,
)
from integration_api.resources.measures.measure_responses.later_response_statements import LATER_RESPONSES, LaterRow
from integration_api.resources.measures.measure_responses.new_risks import AFTER_DOSE
from integration_api.resources.measures.measure_responses.statements import EarlierScore
from integration_api.resources.measures.measure_responses.tables import MeasureResponseRow


async def judge_later(work: Work, row: MeasureResponseRow) -> None:
    """Collect the flags of answers after these that follow from them, if these arrived late."""
    if row.happened_at > work.now - LATE:
        return
    replaced_id = row.corrects_id or row.id
    later = await work.part(
        LATER_RESPONSES,
        patient_id=row.patient_id,
        instrument_id=row.instrument_id,
        happened_at=row.happened_at,
        other_than_id=replaced_id,
    )
    for one in later:
        judged = one.model_copy(update={"corrects_id": replaced_id})  # what these take the place of counts no more
        instrument = await load_instrument(work, one.instrument_id, one.instrument_version)
        scores = [_score(said["id"], one) for said in one.scores]
        earlier = {said["id"]: _earlier(said["id"], row, one) for said in row.scores}
        hits = [
            *await against_before(work, judged, instrument, scores, earlier),
            *await new_risk(work, judged, judged.happened_at, row if _is_before_dose(row, one) else None),
        ]
        await raise_flags(work, one.patient_id, Origin(FlagOrigin.MEASURE_RESPONSE, one.id), hits, is_new=False)


def _is_before_dose(row: MeasureResponseRow, later: LaterRow) -> bool:
    """Return whether these answers came before a dose that the later ones are soon after (R29)."""
    dosed_at = later.last_dose_at
    return dosed_at is not None and row.happened_at < dosed_at and dosed_at >= later.happened_at - AFTER_DOSE


def _score(score_id: str, row: MeasureResponseRow) -> Score:
    said = next(one for one in row.scores if one["id"] == score_id)
    return Score(score_id, said["value"], ceiling=said["ceiling"], max_possible=said["max_possible"])


def _earlier(score_id: str, row: MeasureResponseRow, later: LaterRow) -> EarlierScore | None:
    """Return a score of these answers as one before the later ones; None if it is no number."""
    score = _score(score_id, row)
    if isinstance(score.value, bool | str) or score.value is None:
        return None
    return EarlierScore(
        value=score.value,
        ceiling=score.ceiling,
        max_possible=score.max_possible,
        happened_at=row.happened_at,
        session_id=row.session_id,
        first_dose_at=later.first_dose_at,
        last_dose_at=later.last_dose_at,
    )
