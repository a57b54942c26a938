"""Comparing two scores of one person by the rules of the instrument: response, remission, reliable change."""

from collections.abc import Mapping

from integration_api.resources.measures.instruments.definitions import (
    Comparison,
    Condition,
    Direction,
    Instrument,
    Value,
)


def changes(instrument: Instrument, score: str, baseline: float, current: float) -> Mapping[str, bool | None]:
    """Return each change rule of a score; None if it cannot be told, as a percentage of a baseline of 0."""
    values = _values(baseline, current)
    return {
        rule.id: _all([_is_met(condition, values) for condition in rule.all_of])
        for rule in instrument.changes
        if rule.score == score
    }


def cutoffs(instrument: Instrument, score: str, value: float) -> list[bool]:
    """Return for each cut-off of a score, in the order of the definition, whether it is met."""
    values: Mapping[Value, float | None] = {Value.SCORE: value}
    return [bool(_is_met(one.when, values)) for one in instrument.cutoffs if one.score == score]


def is_improved(instrument: Instrument, baseline: float, current: float) -> bool | None:
    """Return whether the change is for the better; None if the instrument has no direction."""
    match instrument.direction:
        case Direction.HIGHER_IS_WORSE:
            return current < baseline
        case Direction.HIGHER_IS_BETTER:
            return current > baseline
        case Direction.NONE:
            return None


def _values(baseline: float, current: float) -> Mapping[Value, float | None]:
    drop = baseline - current
    return {
        Value.BASELINE: baseline,
        Value.CURRENT: current,
        Value.DROP: drop,
        Value.ABS_CHANGE: abs(drop),
        Value.PERCENT_DROP: 100 * drop / baseline if baseline else None,
    }


def _is_met(condition: Condition, values: Mapping[Value, float | None]) -> bool | None:
    value, limit = values[condition.value], condition.limit
    if value is None:
        return None
    if condition.or_baseline:
        limit = max(limit, values[Value.BASELINE] or 0)
    match condition.comparison:
        case Comparison.AT_LEAST:
            return value >= limit
        case Comparison.AT_MOST:
            return value <= limit
        case Comparison.BELOW:
            return value < limit
        case Comparison.ABOVE:
            return value > limit


def _all(parts: list[bool | None]) -> bool | None:
    return False if False in parts else None if None in parts else True
