"""Consistency of a definition: every name is known, a score has the range of its items, bands have no gap."""

from collections import Counter
from collections.abc import Iterable, Iterator

from integration_api.resources.measures.instruments.definitions import Instrument, Item, ScoreDefinition
from integration_api.resources.measures.instruments.vocabulary import Method, MissingRule


def problems_of(instrument: Instrument) -> Iterator[str]:
    """Yield what does not hold, in words; nothing of a good definition."""
    yield from _twice("item", (one.id for one in instrument.items))
    yield from _twice("score", (one.id for one in instrument.scores))
    yield from _twice("change rule", (one.id for one in instrument.changes))
    items = {one.id: one for one in instrument.items}
    before: set[str] = set()
    for item in instrument.items:
        if item.asked_if and not before.issuperset(item.asked_if.any_of):
            yield f"{item.id} is asked after an item that does not come before it"
        before.add(item.id)
    known: dict[str, ScoreDefinition] = {}
    for score in instrument.scores:
        yield from _of_score(score, items, known)
        known[score.id] = score
    yield from _of_bands(instrument, known)
    for name in [one.score for one in instrument.cutoffs] + [one.score for one in instrument.changes]:
        if name not in known or known[name].max is None:
            yield f"a rule is about {name}, which is no number"


def _twice(what: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"there are {count} {what}s {name}"


def _of_score(score: ScoreDefinition, items: dict[str, Item], known: dict[str, ScoreDefinition]) -> Iterator[str]:
    used = _used(score)
    if used is None:
        yield f"{score.id} lacks what its method {score.method} needs"
        return
    if score.method is Method.ALL_AT_LEAST:
        if not all(name in known and known[name].max is not None for name in used):
            yield f"{score.id} is made of a score that is no number before it"
        return
    if score.method is Method.LINEAR:
        if score.other_score not in known or known[score.other_score].max is None:
            yield f"{score.id} is made of {score.other_score}, which is no number before it"
            return
    elif not all(name in items and items[name].is_scored for name in used):
        yield f"{score.id} is made of an item that there is not, or that is not scored"
        return
    elif score.method is not Method.TRIAGE and any(items[name].max is None for name in used):
        yield f"{score.id} is made of an item that is no number"
        return
    if (score.min, score.max) != _range(score, items, known):
        yield f"the range of {score.id} is not that of what it is made of"
    missing = score.missing
    if missing is not None and (
        (missing.rule in (MissingRule.PRORATED, MissingRule.LOWER_BOUND)) != (missing.max_missing is not None)
        or (missing.rule is MissingRule.MEAN_OF_ANSWERED) != (missing.min_answered_percent is not None)
    ):
        yield f"the rule of {score.id} for missing answers lacks its number, or has another"


def _used(score: ScoreDefinition) -> list[str] | None:
    """Return the items or scores that it is made of; None if it lacks what its method needs."""
    is_whole, used = False, list(score.items or ())
    match score.method:
        case Method.SUM | Method.MEAN_PERCENT:
            is_whole = bool(used) and score.missing is not None
        case Method.ALL_AT_LEAST:
            is_whole = bool(used) and score.at_least is not None
        case Method.SUM_OF_DOMAIN_MAX:
            used = [name for domain in score.domains or () for name in domain]
            is_whole = bool(used) and score.missing is not None
        case Method.CLUSTERS:
            used = [name for cluster in score.clusters or () for name in cluster.items]
            is_whole = bool(used) and score.at_least is not None
        case Method.LINEAR:
            is_whole = score.other_score is not None and score.factor is not None
        case Method.TRIAGE:
            is_whole = score.tool is not None
    return used if is_whole else None


def _range(
    score: ScoreDefinition, items: dict[str, Item], known: dict[str, ScoreDefinition]
) -> tuple[float | None, float | None]:
    """Return the lowest and highest value that its items allow; None for what is no number."""

    def ends(names: Iterable[str]) -> list[tuple[int, int]]:
        return [(items[name].min or 0, items[name].max or 0) for name in names]

    match score.method:
        case Method.SUM:
            found = ends(score.items or ())
            return sum(low for low, _ in found), sum(high for _, high in found)
        case Method.SUM_OF_DOMAIN_MAX:
            domains = [ends(domain) for domain in score.domains or ()]
            return (
                sum(max(low for low, _ in domain) for domain in domains),
                sum(max(high for _, high in domain) for domain in domains),
            )
        case Method.MEAN_PERCENT:
            highs = {high for _, high in ends(score.items or ())}
            lows = {low for low, _ in ends(score.items or ())}
            return (0, 100) if len(highs) == 1 and lows == {0} else (None, None)
        case Method.LINEAR:
            of, factor = known[score.other_score or ""], score.factor
            assert factor is not None and of.min is not None and of.max is not None  # noqa: S101, PT018  checked before
            return of.min * factor.numerator / factor.denominator, of.max * factor.numerator / factor.denominator
        case _:
            return None, None


def _of_bands(instrument: Instrument, known: dict[str, ScoreDefinition]) -> Iterator[str]:
    for name in dict.fromkeys(band.score for band in instrument.bands):
        score = known.get(name)
        if score is None or score.min is None or score.max is None:
            yield f"bands divide {name}, which is no number"
            continue
        bands = [band for band in instrument.bands if band.score == name]
        next_begins = score.min
        for band in bands:
            if band.min != next_begins or band.max < band.min:
                yield f"the band {band.label} of {name} does not begin where the one before it ends"
                return
            next_begins = band.max + 1
        if next_begins != score.max + 1:
            yield f"the bands of {name} do not end with the score"
