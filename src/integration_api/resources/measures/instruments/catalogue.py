"""The instruments that come with the product, from a data file. A version that was once in it stays."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from integration_api.resources.measures.instruments.definitions import Instrument, InstrumentSource, ScoreDefinition
from integration_api.web.schemas import Schema

_FILE = Path(__file__).parent / "definitions.json"


class Catalogue(Schema):
    """Every version of every instrument, and the sources that they name."""

    sources: dict[str, InstrumentSource]
    instruments: list[Instrument]


@cache
def catalogue() -> Catalogue:
    """Return the whole file."""
    return TypeAdapter(Catalogue).validate_json(_FILE.read_text("utf-8"))


@cache
def instruments() -> Mapping[str, Instrument]:
    """Return the newest version of each instrument, by id, in the order of the file."""
    found: dict[str, Instrument] = {}
    for one in catalogue().instruments:
        if one.id not in found or one.version > found[one.id].version:
            found[one.id] = one
    return found


def definition_of(instrument_id: str, version: int) -> Instrument:
    """Return the definition by which answers were scored."""
    newest = instruments()[instrument_id]
    if newest.version == version:
        return newest
    found = (one for one in catalogue().instruments if (one.id, one.version) == (instrument_id, version))
    return next(found, newest)


def numeric_scores(instrument: Instrument) -> list[ScoreDefinition]:
    """Return the scores that are numbers, in the order of the definition."""
    return [one for one in instrument.scores if one.min is not None]


def main_score(instrument: Instrument) -> ScoreDefinition | None:
    """Return the score that stands for an instrument: its total, else its last number; None if it has no number."""
    found = numeric_scores(instrument)
    return next((one for one in found if one.id == "total"), found[-1] if found else None)


def sources_of(instrument: Instrument) -> list[str]:
    """Return the names of the sources that a definition names, each once, in order."""
    named = [instrument.licence_source, *(one.source for one in instrument.scores)]
    named += [one.source for one in instrument.bands] + [one.source for one in instrument.cutoffs]
    named += [one.source for one in instrument.changes]
    return sorted({name for name in named if name is not None})
