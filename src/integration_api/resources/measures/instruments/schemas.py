"""Instruments on the wire."""

from pydantic import Field

from integration_api.resources.measures.instruments.definitions import Instrument, InstrumentId, InstrumentSource
from integration_api.resources.measures.instruments.vocabulary import (
    Direction,
    InstrumentKind,
    InstrumentState,
    TextDistribution,
)
from integration_api.web.schemas import ReadSchema


class InstrumentSummary(ReadSchema):
    """An instrument in the list."""

    id: InstrumentId = Field(description="The name of the instrument in paths.", examples=["phq9"])
    version: int = Field(description="The newest version of its definition.", examples=[1])
    name: str = Field(description="The name to show.", examples=["Patient Health Questionnaire 9"])
    state: InstrumentState = Field(description="Whether the ranges of its items are verified.", examples=["active"])
    kind: InstrumentKind = Field(description="Whose answers it takes.", examples=["self_report"])
    measures: str = Field(description="The subject of its scores.", examples=["depression"])
    direction: Direction = Field(description="Whether a higher score is better.", examples=["higher_is_worse"])
    item_count: int = Field(description="The number of its questions.", examples=[10])
    text_distribution: TextDistribution = Field(description="The terms of its licence, in short.", examples=["free"])


class Instruments(ReadSchema):
    """Every instrument."""

    items: list[InstrumentSummary] = Field(description="The newest version of each.")


class DefinedInstrument(ReadSchema):
    """One instrument with the sources of its facts."""

    definition: Instrument = Field(description="The newest version.")
    sources: dict[str, InstrumentSource] = Field(
        description="The sources that it names, by their names.",
        examples=[{"loinc": {"what": "LOINC term pages", "where": "loinc.org", "authority": "high"}}],
    )
