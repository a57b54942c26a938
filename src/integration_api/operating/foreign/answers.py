"""Answers to instruments, and totals without answers, as they come from elsewhere."""

from collections.abc import Mapping
from datetime import datetime

from integration_api.operating.foreign.import_findings import Unfit
from integration_api.operating.foreign.record_values import ResponseValues, TotalValues
from integration_api.resources.measures.instruments.catalogue import definition_of, instruments, main_score
from integration_api.resources.measures.instruments.definitions import Instrument, Item
from integration_api.resources.measures.instruments.scores import Answer, AnswerRefused, scores_of


def instrument_of(name: str, version: int | None = None) -> Instrument:
    """Return an instrument of the product. Raises Unfit for another, such as a clinic's own."""
    found = instruments().get(name)
    if found is None:
        raise Unfit("it is of an instrument that is not in the product; map it, or leave it out")
    if version in {None, found.version}:
        return found
    earlier = definition_of(name, version or 0)
    if earlier.version != version:
        raise Unfit("it is of a version of the instrument that is not in the product")
    return earlier


def answer_of(item: Item, written: str) -> Answer:
    """Return the answer that a text stands for: a number, or a word of the item. Raises Unfit."""
    if item.values is not None or written == "na":
        return written
    if written.isascii() and written.isdigit() and len(written) <= len(str(item.max)):
        return int(written)
    raise Unfit(f"{item.id}: it is no whole number")


def response_values(
    instrument: Instrument, answers: Mapping[str, Answer], at: datetime, told: float | None = None
) -> ResponseValues:
    """Return answers that the instrument takes and that give the total that was told, if one was. Raises Unfit."""
    try:
        scores = scores_of(instrument, answers)
    except AnswerRefused as error:
        raise Unfit(f"{error.item}: the instrument does not take this answer ({error.reason})") from None
    main = main_score(instrument)
    ours = next((score.value for score in scores if main is not None and score.id == main.id), None)
    if told is not None and ours is not None and told != ours:
        raise Unfit("total: the answers give another total by the instrument's rule; leave one of both out")
    return ResponseValues(
        instrument_id=instrument.id, instrument_version=instrument.version, answers=dict(answers), happened_at=at
    )


def total_values(instrument_id: str, total: float, at: datetime) -> TotalValues:
    """Return a total without answers. Raises Unfit if its instrument cannot give it."""
    instrument = instruments().get(instrument_id)
    main = main_score(instrument) if instrument is not None else None
    if main is not None and not (main.min or 0) <= total <= (main.max if main.max is not None else total):
        raise Unfit("total: the instrument has no such total")
    return TotalValues(instrument_id=instrument_id, value=total, happened_at=at)
