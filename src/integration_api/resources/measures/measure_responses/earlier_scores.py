"""The scores that answers are compared with: the newest, and of longer series those on which the rules rest.

R07 compares with the last score before the last dose and with the best one so far, R30 with the last before the first
dose. Each of them may be older than the newest scores that are read.
"""

from collections.abc import Sequence
from typing import NamedTuple

from integration_api.access.work import Work
from integration_api.resources.measures.measure_responses import statements as sql
from integration_api.resources.measures.measure_responses.statements import EarlierScore, ScoreRange
from integration_api.resources.measures.measure_responses.tables import MeasureResponseRow


class EarlierScores(NamedTuple):
    """Scores before some answers, newest first, and the range of all of them if these are not all."""

    rows: Sequence[EarlierScore]
    all_of_them: ScoreRange | None = None


async def load_earlier(work: Work, row: MeasureResponseRow, score_id: str) -> EarlierScores:
    """Return the scores of one kind before these answers. Further reads are made for a long series alone."""
    asked = {
        "patient_id": row.patient_id,
        "instrument_id": row.instrument_id,
        "score_id": score_id,
        "happened_at": row.happened_at,
        "other_than_id": row.corrects_id or row.id,
    }
    newest = await work.part(sql.EARLIER_SCORES, **asked)
    if len(newest) < sql.MAX_EARLIER:
        return EarlierScores(newest)
    oldest = newest[-1]
    last = await work.one(sql.LAST_SCORE_UNTIL, **asked, until=oldest.last_dose_at)
    first = await work.one(sql.LAST_SCORE_UNTIL, **asked, until=oldest.first_dose_at)
    beyond = [one for one in (last, first) if one is not None and one.happened_at < oldest.happened_at]
    return EarlierScores([*newest, *beyond], await work.one(sql.EARLIER_RANGE, **asked))
