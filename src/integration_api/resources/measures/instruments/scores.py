"""Scoring: from answers and a definition to scores.

No code is about one instrument, but for the yes/no tools in `triage`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from integration_api.resources.measures.instruments import triage
from integration_api.resources.measures.instruments.definitions import Instrument, Item, Missing, ScoreDefinition
from integration_api.resources.measures.instruments.vocabulary import Method, MissingRule

Answer = int | str
NOT_APPLICABLE = "na"
DECIMALS = 2


class AnswerRefused(Exception):
    """An answer that the instrument does not take; it names the item and the reason, never the answer."""

    def __init__(self, item: str, reason: str) -> None:
        """`reason`: `unknown_item`, `not_integer`, `out_of_range`, `bad_value`, `not_applicable_not_allowed`."""
        super().__init__(f"{item}: {reason}")
        self.item, self.reason = item, reason


@dataclass(frozen=True, slots=True)
class Score:
    """One score of one set of answers; `value` is None if too much is missing."""

    id: str
    value: float | bool | str | None
    band: str | None = None
    is_prorated: bool = False
    is_lower_bound: bool = False
    """The missing answers could only make it higher: it may raise an alarm, never clear one."""
    is_partial: bool = False
    """A domain lacks an answer, so its highest one may be too low."""
    ceiling: float | None = None
    """Of a lower bound: the highest value that the missing answers could make it."""
    max_possible: int | None = None
    """The highest value that these answers could have had, if an item does not apply."""
    floor: str | None = None
    """Of a triage without a level, for want of an answer or of its order: the level that was reached all the same."""


def check_answers(instrument: Instrument, answers: Mapping[str, Answer | None]) -> None:
    """Refuse what the instrument does not take. Raises AnswerRefused."""
    items = {one.id: one for one in instrument.items}
    for name, answer in answers.items():
        if name not in items:
            raise AnswerRefused(name, "unknown_item")
        if answer is not None:
            _check(items[name], answer)


def _check(item: Item, answer: Answer) -> None:
    if answer == NOT_APPLICABLE and item.values is None:
        if not item.may_not_apply:
            raise AnswerRefused(item.id, "not_applicable_not_allowed")
    elif item.values is not None:
        if answer not in item.values:
            raise AnswerRefused(item.id, "bad_value")
    elif not isinstance(answer, int) or isinstance(answer, bool):
        raise AnswerRefused(item.id, "not_integer")
    elif item.min is None or item.max is None or not item.min <= answer <= item.max:
        raise AnswerRefused(item.id, "out_of_range")


def answered_unasked(instrument: Instrument, answers: Mapping[str, Answer | None]) -> list[str]:
    """Return the items that have an answer though they are not asked after these answers."""
    return [item.id for item in instrument.items if answers.get(item.id) is not None and not is_asked(item, answers)]


def derived_answers(instrument: Instrument, longer: Mapping[str, Answer | None]) -> dict[str, Answer | None]:
    """Return the answers of a short instrument out of those of the longer one that has the same items."""
    derivable = instrument.derivable_from
    assert derivable is not None  # noqa: S101  asked for where it is
    return {item.id: longer.get(name) for item, name in zip(instrument.items, derivable.items, strict=True)}


def is_asked(item: Item, answers: Mapping[str, Answer | None]) -> bool:
    """Return whether an item is asked, as the others were answered."""
    asked_if = item.asked_if
    return asked_if is None or any(answers.get(name) in asked_if.answers for name in asked_if.any_of)


def scores_of(instrument: Instrument, answers: Mapping[str, Answer | None]) -> list[Score]:
    """Return every score, in the order of the definition. An item without an answer is missing.

    If an item was answered that is not asked, no score has a value. A triage keeps the level that was reached, so that
    nobody's yes is lost. Raises AnswerRefused.
    """
    check_answers(instrument, answers)
    if answered_unasked(instrument, answers):
        return [_unscored(definition, answers) for definition in instrument.scores]
    items = {one.id: one for one in instrument.items}
    found: dict[str, Score] = {}
    for definition in instrument.scores:
        score = _score(definition, items, answers, found)
        found[score.id] = _banded(instrument, definition, score)
    return list(found.values())


def _score(
    definition: ScoreDefinition,
    items: Mapping[str, Item],
    answers: Mapping[str, Answer | None],
    before: Mapping[str, Score],
) -> Score:
    match definition.method:
        case Method.SUM:
            score = _sum(definition, items, answers)
        case Method.MEAN_PERCENT:
            score = _mean_percent(definition, items, answers)
        case Method.LINEAR:
            score = _linear(definition, before)
        case Method.SUM_OF_DOMAIN_MAX:
            score = _sum_of_domain_max(definition, answers)
        case Method.CLUSTERS:
            score = _clusters(definition, answers)
        case Method.ALL_AT_LEAST:
            score = _all_at_least(definition, before)
        case Method.TRIAGE:
            score = _triage(definition, answers)
    return score


def _numbers(names: Iterable[str], answers: Mapping[str, Answer | None]) -> list[int]:
    return [answer for name in names if isinstance(answer := answers.get(name), int)]


def _sum(definition: ScoreDefinition, items: Mapping[str, Item], answers: Mapping[str, Answer | None]) -> Score:
    names = [name for name in definition.items or () if answers.get(name) != NOT_APPLICABLE]
    max_possible = sum(items[name].max or 0 for name in names)
    found = _numbers(names, answers)
    is_whole = len(found) == len(names)
    is_enough = is_whole or _is_enough(definition.missing, len(found), len(names))
    rule = definition.missing.rule if definition.missing else MissingRule.NONE_MAY_MISS
    value: float | None = sum(found) if is_enough else None
    if value is not None and not is_whole and rule in (MissingRule.PRORATED, MissingRule.MEAN_OF_ANSWERED):
        value = (
            _half_up(sum(found) * len(names), len(found)) if rule is MissingRule.PRORATED else _mean(found) * len(names)
        )
    is_bound = value is not None and not is_whole and rule is MissingRule.LOWER_BOUND
    lacking = sum(items[name].max or 0 for name in names if answers.get(name) is None)
    return Score(
        definition.id,
        value if value is None else round(value, DECIMALS),
        is_prorated=value is not None and not is_whole and not is_bound,
        is_lower_bound=is_bound,
        ceiling=value + lacking if is_bound and value is not None else None,
        max_possible=max_possible,
    )


def _mean_percent(
    definition: ScoreDefinition, items: Mapping[str, Item], answers: Mapping[str, Answer | None]
) -> Score:
    names = definition.items or []
    found = _numbers(names, answers)
    if not found or not (len(found) == len(names) or _is_enough(definition.missing, len(found), len(names))):
        return Score(definition.id, None)
    value = 100 * sum(found) / (len(found) * (items[names[0]].max or 1))
    return Score(definition.id, round(value, DECIMALS), is_prorated=len(found) < len(names))


def _linear(definition: ScoreDefinition, before: Mapping[str, Score]) -> Score:
    of, factor = before[definition.other_score or ""], definition.factor
    if not isinstance(of.value, int | float) or factor is None:
        return Score(definition.id, None)
    by = factor.numerator / factor.denominator
    return replace(
        of,
        id=definition.id,
        value=round(of.value * by, DECIMALS),
        ceiling=None if of.ceiling is None else round(of.ceiling * by, DECIMALS),
        max_possible=None if of.max_possible is None else round(of.max_possible * by),
        band=None,
    )


def _sum_of_domain_max(definition: ScoreDefinition, answers: Mapping[str, Answer | None]) -> Score:
    domains = [_numbers(domain, answers) for domain in definition.domains or ()]
    if not all(domains):
        return Score(definition.id, None)
    lacking = {name for domain in definition.domains or () for name in domain if answers.get(name) is None}
    for pair in definition.either_or or ():
        if not lacking.issuperset(pair):
            lacking.difference_update(pair)
    return Score(definition.id, sum(max(domain) for domain in domains), is_partial=bool(lacking))


def _clusters(definition: ScoreDefinition, answers: Mapping[str, Answer | None]) -> Score:
    limit = definition.at_least or 0
    is_met: list[bool | None] = []
    for cluster in definition.clusters or ():
        found = _numbers(cluster.items, answers)
        endorsed = sum(answer >= limit for answer in found)
        could_be = endorsed + len(cluster.items) - len(found)
        is_met.append(True if endorsed >= cluster.count else None if could_be >= cluster.count else False)
    return Score(definition.id, _all(is_met))


def _all_at_least(definition: ScoreDefinition, before: Mapping[str, Score]) -> Score:
    values = [before[name].value for name in definition.items or ()]
    limit = definition.at_least or 0
    return Score(definition.id, _all([value >= limit if isinstance(value, int | float) else None for value in values]))


def _triage(definition: ScoreDefinition, answers: Mapping[str, Answer | None]) -> Score:
    assert definition.tool is not None  # noqa: S101  the definition was checked
    words = {name: answer if isinstance(answer, str) else None for name, answer in answers.items()}
    level, floor = triage.RULES[definition.tool](words)
    return Score(definition.id, level, floor=floor)


def _unscored(definition: ScoreDefinition, answers: Mapping[str, Answer | None]) -> Score:
    if definition.method is not Method.TRIAGE:
        return Score(definition.id, None)
    reached = _triage(definition, answers)
    return Score(definition.id, None, floor=reached.floor or str(reached.value))


def _all(parts: Sequence[bool | None]) -> bool | None:
    """Return whether all are true; None if that hangs on one that is not known."""
    return False if False in parts else None if None in parts else True


def _is_enough(missing: Missing | None, answered: int, asked: int) -> bool:
    if missing is None or answered == 0:
        return False
    if missing.max_missing is not None:
        return asked - answered <= missing.max_missing
    if missing.min_answered_percent is not None:
        return answered >= ceil(asked * missing.min_answered_percent / 100)
    return False


def _mean(found: Sequence[int]) -> float:
    return sum(found) / len(found)


def _half_up(above: int, below: int) -> int:
    return (2 * above + below) // (2 * below)


def _banded(instrument: Instrument, definition: ScoreDefinition, score: Score) -> Score:
    value = score.value
    if not isinstance(value, int | float) or isinstance(value, bool):
        return score
    return replace(score, band=band_of(instrument, definition, value, score.max_possible))


def band_of(instrument: Instrument, definition: ScoreDefinition, value: float, max_possible: int | None) -> str | None:
    """Return the band of a value. Bands are of the whole range: there is none if an item does not apply."""
    if max_possible is not None and max_possible != definition.max:
        return None
    bands = (one for one in instrument.bands if one.score == definition.id and one.min <= value <= one.max)
    return next((one.label for one in bands), None)
