"""The words of a drawing: its title, and its description for whoever does not see it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from integration_api.resources.measures.instruments.definitions import Instrument
from integration_api.resources.views.trajectory.plots import day_of, number
from integration_api.resources.views.trajectory.rules import BaselineRule, Series, band_at
from integration_api.resources.views.trajectory.statements import ScoredPoint

_MAX_TOLD = 12
"""More scores or doses than these are summed up instead of told one by one."""
_BY_RULE = {
    BaselineRule.BEFORE_COURSE: "the last one before the first dose of the latest course",
    BaselineRule.BEFORE_DOSE: "the last one before the first dose",
    BaselineRule.DECLARED_TIME: "as it was asked for by a time",
    BaselineRule.DECLARED_RESPONSE: "as it was asked for",
}


def titled(series: Series) -> str:
    """Return the title: the instrument, and the score unless it is its total."""
    score = series.score.id
    return series.instrument.name if score == "total" else f"{series.instrument.name}: {score.replace('_', ' ')}"


def described(series: Series, doses: Sequence[datetime], zone: ZoneInfo, *, is_cut: bool) -> str:
    """Return in words what a drawing shows."""
    parts = [_scores(series, zone)]
    if is_cut:
        parts.append("There are older ones that it does not show.")
    if series.baseline is not None:
        point = series.baseline.point
        rule = _BY_RULE[series.baseline.rule]
        parts.append(f"The baseline is {number(point.value)}, of {day_of(point.happened_at, zone)}: {rule}.")
    parts.append(_doses(doses, zone))
    bands = [band for band in series.instrument.bands if band.score == series.score.id]
    if bands:
        told = ", ".join(f"{band.label.replace('_', ' ')} {band.min} to {band.max}" for band in bands)
        parts.append(f"Bands: {told}.")
    return " ".join(parts)


def _scores(series: Series, zone: ZoneInfo) -> str:
    points, newest = series.points, series.instrument
    if not points:
        return "No score in this time."
    if len(points) <= _MAX_TOLD:
        return f"{_count(len(points), 'score')}: {'; '.join(_told(one, newest, zone) for one in points)}."
    values = [one.value for one in points]
    return (
        f"{len(points)} scores, from {_told(points[0], newest, zone)} to {_told(points[-1], newest, zone)}; "
        f"the lowest {number(min(values))}, the highest {number(max(values))}."
    )


def _told(point: ScoredPoint, newest: Instrument, zone: ZoneInfo) -> str:
    band = band_at(point, newest)
    named = f" ({band.replace('_', ' ')})" if band else ""
    at_most = f", at most {number(point.ceiling)}" if point.ceiling is not None else ""
    early = ", asked early" if point.is_off_window else ""
    return f"{number(point.value)}{named}{at_most}{early} on {day_of(point.happened_at, zone)}"


def _doses(doses: Sequence[datetime], zone: ZoneInfo) -> str:
    if not doses:
        return "No dose in this time."
    if len(doses) <= _MAX_TOLD:
        return f"{_count(len(doses), 'dose')}: {', '.join(day_of(at, zone) for at in doses)}."
    return f"{len(doses)} doses, from {day_of(doses[0], zone)} to {day_of(doses[-1], zone)}."


def _count(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
