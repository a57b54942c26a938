"""Comparing two scores of one person by the rules of the instrument: response, remission, reliable change.

A lower bound may be higher than it looks. So a rule is told only if it is the same for all that the score could be.
"""

from collections.abc import Mapping

from integration_api.resources.measures.instruments.definitions import Condition, Instrument
from integration_api.resources.measures.instruments.scores import Score
from integration_api.resources.measures.instruments.vocabulary import Comparison, Direction, Value

_Values = Mapping[Value, float | None]


def changes(instrument: Instrument, baseline: Score, current: Score) -> Mapping[str, bool | None]:
    """Return each change rule of a score; None if it cannot be told.

    It cannot if a value is missing, or hangs on missing answers. It cannot if an item that does not apply makes the two
    scores unlike, nor of a percentage of 0.
    """
    rules = [rule for rule in instrument.changes if rule.score == current.id]
    pairs = _pairs(baseline, current)
    return {rule.id: _same([_all([_is_met(one, pair) for one in rule.all_of]) for pair in pairs]) for rule in rules}


def cutoffs(instrument: Instrument, score: Score) -> list[bool | None]:
    """Return for each cut-off of a score, in the order of the definition, whether it is met; None as in `changes`."""
    found: list[_Values] = [{Value.SCORE: value} for value in _ends(score)]
    conditions = [one.when for one in instrument.cutoffs if one.score == score.id]
    return [_same([_is_met(condition, values) for values in found]) for condition in conditions]


def is_improved(instrument: Instrument, baseline: float, current: float) -> bool | None:
    """Return whether the change is for the better; None if the instrument has no direction."""
    match instrument.direction:
        case Direction.HIGHER_IS_WORSE:
            return current < baseline
        case Direction.HIGHER_IS_BETTER:
            return current > baseline
        case Direction.NONE:
            return None


def _ends(score: Score) -> list[float]:
    """Return the lowest and the highest value that a score could have; none if it has no number."""
    if isinstance(score.value, bool | str) or score.value is None:
        return []
    return [score.value] if score.ceiling is None else [score.value, score.ceiling]


def _pairs(baseline: Score, current: Score) -> list[_Values]:
    """Return the values of every pair of ends, and of one without a change if there may have been none."""
    if baseline.max_possible != current.max_possible:
        return []
    befores, afters = _ends(baseline), _ends(current)
    found = [_values(before, after) for before in befores for after in afters]
    if found and max(befores[0], afters[0]) <= min(befores[-1], afters[-1]):
        alike = max(befores[0], afters[0])
        found.append(_values(alike, alike))
    return found


def _values(baseline: float, current: float) -> _Values:
    drop = baseline - current
    return {
        Value.BASELINE: baseline,
        Value.CURRENT: current,
        Value.DROP: drop,
        Value.ABS_CHANGE: abs(drop),
        Value.PERCENT_DROP: 100 * drop / baseline if baseline else None,
    }


def _is_met(condition: Condition, values: _Values) -> bool | None:
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


def _same(parts: list[bool | None]) -> bool | None:
    """Return what all say; None if they differ, or if there are none."""
    return parts[0] if len(set(parts)) == 1 else None
