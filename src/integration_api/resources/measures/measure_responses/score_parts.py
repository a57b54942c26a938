"""Scores of answers on the wire and at rest."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.resources.measures.instruments.scores import Score
from integration_api.web.schemas import response_part


@response_part
class ScoreThere(TypedDict):
    """One score of one set of answers."""

    id: Annotated[str, Field(description="The score, as the definition names it.", examples=["total"])]
    value: Annotated[
        float | bool | str | None,
        Field(description="Its value: a number, a level, or whether it is met; null if too much is missing."),
    ]
    band: Annotated[str | None, Field(description="The band of the definition that it lies in.", examples=["moderate"])]
    is_prorated: Annotated[bool, Field(description="Whether missing answers were made up for.", examples=[False])]
    is_lower_bound: Annotated[bool, Field(description="Whether missing answers could only raise it.", examples=[False])]
    is_partial: Annotated[bool, Field(description="Whether a domain lacks an answer.", examples=[False])]
    ceiling: Annotated[float | None, Field(description="Of a lower bound: the highest that it could be.")]
    max_possible: Annotated[int | None, Field(description="The highest value that these answers could have had.")]
    floor: Annotated[str | None, Field(description="Of an incomplete screen: the level that was reached all the same.")]


def score_there(score: Score) -> ScoreThere:
    """Return a score as it is kept and told."""
    return ScoreThere(
        id=score.id,
        value=float(score.value) if isinstance(score.value, int) and not isinstance(score.value, bool) else score.value,
        band=score.band,
        is_prorated=score.is_prorated,
        is_lower_bound=score.is_lower_bound,
        is_partial=score.is_partial,
        ceiling=score.ceiling,
        max_possible=score.max_possible,
        floor=score.floor,
    )
