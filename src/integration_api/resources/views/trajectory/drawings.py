"""The drawing of one score over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from xml.etree import ElementTree as Xml
from zoneinfo import ZoneInfo

from integration_api.access.work import Work
from integration_api.resources.measures.instruments.catalogue import main_score, numeric_scores
from integration_api.resources.measures.instruments.definitions import Instrument, ScoreDefinition
from integration_api.resources.measures.instruments.service import load_named
from integration_api.resources.measures.instruments.vocabulary import Direction, Method
from integration_api.resources.views.trajectory import statements as sql
from integration_api.resources.views.trajectory.plots import (
    Plot,
    gathered,
    lines_of,
    number,
    span,
    time_ticks,
    value_ticks,
    width_of,
)
from integration_api.resources.views.trajectory.rules import Series
from integration_api.resources.views.trajectory.schemas import DrawnFilter, TrajectoryFilter
from integration_api.resources.views.trajectory.service import bounds, check_known, load_scores, prove_chart, refused
from integration_api.resources.views.trajectory.statements import ScoredPoint
from integration_api.resources.views.trajectory.svg import as_bytes, canvas, element
from integration_api.resources.views.trajectory.wordings import described, titled

_NARROW_PX, _SIZE = 560, 12
_MARGIN, _LINE, _ROW, _KEY_PX = 12, 15, 18, 30
_NARROW_PLOT_PX, _WIDE_PLOT_PX = 190, 260
_DOSE_ROOM_PX = 20
_MAX_TIPS = 60
"""More points than these are one path, with a circle for the latest alone."""
_CLOSE_PX, _POINT_ROOM_PX = 16, 4


@dataclass(frozen=True, slots=True)
class Picture:
    """All that a drawing shows."""

    series: Series
    doses: Sequence[datetime]
    zone: ZoneInfo
    begins: datetime | None
    ends: datetime | None
    now: datetime
    width: int
    is_cut: bool


async def draw_trajectory(work: Work, patient_id: UUID, asked: DrawnFilter) -> bytes:
    """Return the drawing of one score of a chart, as SVG. Raises NotFound, Invalid."""
    known = await load_named(work, [asked.instrument_id])
    check_known([asked.instrument_id], known)
    instrument = known[asked.instrument_id]
    score = _score(instrument, asked.score_id)
    only = TrajectoryFilter(None, asked.happened_from, asked.happened_to, asked.baseline_at, asked.baseline_response_id)
    found = await load_scores(work, patient_id, only, [instrument.id], score.id)
    begins = found.points[-1].happened_at if found.is_cut else asked.happened_from
    doses = await work.part(
        sql.TRAJECTORY_DOSES, patient_id=patient_id, **bounds(begins, asked.happened_to, sql.MAX_BESIDE)
    )
    zone = ZoneInfo(await prove_chart(work, patient_id, only, found))
    work.record(patient_id=patient_id)
    return draw(
        Picture(
            Series(instrument, score, found.points[::-1], found.chosen.get((instrument.id, score.id))),
            [row.given_at for row in reversed(doses[: sql.MAX_BESIDE])],
            zone,
            begins,
            asked.happened_to,
            work.now,
            asked.width,
            found.is_cut,
        )
    )


def _score(instrument: Instrument, score_id: str | None) -> ScoreDefinition:
    """Return the score to draw. Raises Invalid if the instrument has no such number."""
    main = main_score(instrument)
    if main is None:
        raise refused("instrument_id", "no_number", "has no score that is a number")
    found = next((one for one in numeric_scores(instrument) if one.id == (score_id or main.id)), None)
    if found is None:
        raise refused("score_id", "unknown", "is no score of the instrument that is a number")
    return found


def draw(picture: Picture) -> bytes:
    """Return the file of a drawing."""
    definition, score = picture.series.instrument, picture.series.score
    is_narrow = picture.width < _NARROW_PX
    heading = lines_of(titled(picture.series), picture.width - 2 * _MARGIN, 15)
    legend = _legend_rows(_legend(picture), picture.width - 2 * _MARGIN)
    moments = [*(one.happened_at for one in picture.series.points), *picture.doses]
    begins, ends = span(moments, picture.begins, picture.ends, picture.now)
    top = _MARGIN + _ROW * len(heading) + _LINE + (26 if picture.doses else 10)
    bands = [band for band in definition.bands if band.score == score.id]
    gutter = (78 if is_narrow else 120) if bands else 30
    plot = Plot(
        left=44,
        right=picture.width - _MARGIN - gutter,
        top=top,
        bottom=top + (_NARROW_PLOT_PX if is_narrow else _WIDE_PLOT_PX),
        begins=begins,
        ends=ends,
        low=float(score.min or 0),
        high=float(score.max or 1),
    )
    height = plot.bottom + 42 + _ROW * len(legend) + 4
    root = canvas(
        picture.width,
        height,
        f"{titled(picture.series)} over time",
        described(picture.series, picture.doses, picture.zone, is_cut=picture.is_cut),
    )
    for line, words in enumerate(heading):
        element(root, "text", words, class_="name", x=_MARGIN, y=_MARGIN + 10 + _ROW * line)
    element(root, "text", _units(definition, score), class_="quiet", x=_MARGIN, y=_MARGIN + 8 + _ROW * len(heading))
    _draw_bands(root, plot, picture, gutter)
    _draw_axes(root, plot, picture.zone)
    _draw_doses(root, plot, picture.doses)
    _draw_baseline(root, plot, picture.series)
    _draw_scores(root, plot, picture)
    _draw_legend(root, legend, plot.bottom + 42 + 12)
    return as_bytes(root)


def _units(definition: Instrument, score: ScoreDefinition) -> str:
    unit = "percent" if score.method is Method.MEAN_PERCENT else "points"
    better = {Direction.HIGHER_IS_WORSE: ", lower is better", Direction.HIGHER_IS_BETTER: ", higher is better"}
    return f"{score.min} to {score.max} {unit}{better.get(definition.direction, '')}"


def _draw_bands(root: Xml.Element, plot: Plot, picture: Picture, gutter: float) -> None:
    bands = [one for one in picture.series.instrument.bands if one.score == picture.series.score.id]
    for place, band in enumerate(bands):
        upper, lower = plot.y(band.max + 0.5), plot.y(band.min - 0.5)
        wide, high, tint = plot.right - plot.left, lower - upper, f"{0.04 + 0.05 * place:.2f}"
        element(root, "rect", class_="band", x=plot.left, y=upper, width=wide, height=high, fill_opacity=tint)
        lines = lines_of(band.label.replace("_", " "), gutter - 8, _SIZE)
        if len(lines) * (_SIZE + 1) > lower - upper:
            lines = lines[:1] if lower - upper >= _SIZE else []
        first = (upper + lower) / 2 + 4 - (len(lines) - 1) * (_SIZE + 1) / 2
        for line, words in enumerate(lines):
            element(root, "text", words, class_="quiet", x=plot.right + 8, y=first + line * (_SIZE + 1))


def _draw_axes(root: Xml.Element, plot: Plot, zone: ZoneInfo) -> None:
    for value in value_ticks(plot.low, plot.high, 6):
        y = plot.y(value)
        element(root, "line", class_="grid", x1=plot.left, x2=plot.right, y1=y, y2=y)
        element(root, "text", number(value), class_="quiet", x=plot.left - 8, y=y + 4, text_anchor="end")
    for tick in time_ticks(plot.begins, plot.ends, zone, max(2, int((plot.right - plot.left) / 52))):
        x = plot.x(tick.at)
        element(root, "line", class_="axis", x1=x, x2=x, y1=plot.bottom, y2=plot.bottom + 5)
        element(root, "text", tick.label, class_="quiet", x=x, y=plot.bottom + 18, text_anchor="middle")
        if tick.year is not None:
            element(root, "text", tick.year, class_="quiet", x=x, y=plot.bottom + 32, text_anchor="middle")
    element(root, "line", class_="axis", x1=plot.left, x2=plot.right, y1=plot.bottom, y2=plot.bottom)


def _draw_doses(root: Xml.Element, plot: Plot, doses: Sequence[datetime]) -> None:
    for x, count in gathered([plot.x(at) for at in doses], _DOSE_ROOM_PX):
        element(root, "line", class_="given", x1=x, x2=x, y1=plot.top, y2=plot.bottom)
        _draw_mark(root, x, plot.top - 2)
        if count > 1:
            element(root, "text", f"{count}", class_="strong", x=x, y=plot.top - 13, text_anchor="middle")


def _draw_mark(root: Xml.Element, x: float, y: float) -> None:
    element(root, "path", class_="dose", d=f"M{x - 5:.1f} {y - 8:.1f}h10l-5 8z")


def _draw_baseline(root: Xml.Element, plot: Plot, series: Series) -> None:
    if series.baseline is None:
        return
    point = series.baseline.point
    y = plot.y(point.value)
    element(root, "line", class_="base", x1=plot.x(point.happened_at), x2=plot.right, y1=y, y2=y)


def _draw_scores(root: Xml.Element, plot: Plot, picture: Picture) -> None:
    points = picture.series.points
    places = [(plot.x(one.happened_at), plot.y(one.value)) for one in points]
    if not points:
        x, y = (plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2
        element(root, "text", "No score in this time", class_="halo quiet", x=x, y=y, text_anchor="middle")
        _label_baseline(root, plot, picture.series, None)
        return
    for one, (x, y) in zip(points, places, strict=True):
        if one.ceiling is not None:
            element(root, "line", class_="reach", x1=x, x2=x, y1=y, y2=plot.y(one.ceiling))
    is_dense = len(points) * _POINT_ROOM_PX > plot.right - plot.left
    if len(points) > 1:
        kind = "thin" if is_dense else "line"
        element(root, "path", class_=kind, d="M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places))
    if len(points) > _MAX_TIPS and not is_dense:
        element(root, "path", class_="dots", d="".join(f"M{x:.1f} {y:.1f}h0" for x, y in places))
    shown = slice(None) if len(points) <= _MAX_TIPS else slice(-1, None)
    for one, (x, y) in zip(points[shown], places[shown], strict=True):
        kind = "open" if is_open(one, picture.series.score) else "dot"
        element(root, "circle", class_=kind, cx=x, cy=y, r=4.5)
    _label_baseline(root, plot, picture.series, places[-1])
    x, y = places[-1]
    element(root, "text", number(points[-1].value), class_="halo strong", x=x + 9, y=y + 4)


def _label_baseline(root: Xml.Element, plot: Plot, series: Series, last: tuple[float, float] | None) -> None:
    """Write above the line of the baseline, at its end, or at its beginning if the latest score is near its end."""
    if series.baseline is None:
        return
    point = series.baseline.point
    x, y = plot.x(point.happened_at), plot.y(point.value)
    words = f"baseline {number(point.value)}"
    wide = width_of(words, _SIZE)
    is_crowded = last is not None and abs(last[1] - y) < 2 * _CLOSE_PX and last[0] > plot.right - wide - 2 * _CLOSE_PX
    at, side = (min(x + 8, plot.right - wide), "start") if is_crowded else (plot.right - 4, "end")
    above = y - 6 if y - plot.top > _CLOSE_PX else y + 14
    element(root, "text", words, class_="halo", x=at, y=above, text_anchor=side)


def is_open(point: ScoredPoint, score: ScoreDefinition) -> bool:
    """Return whether a point is drawn hollow, since it is not quite comparable with the others."""
    is_other = point.max_possible is not None and point.max_possible != score.max
    return point.is_off_window or point.ceiling is not None or is_other


def _legend(picture: Picture) -> list[tuple[str, str]]:
    score = picture.series.score
    items = [("dot", "score")] if picture.series.points else []
    if any(is_open(one, score) for one in picture.series.points) and len(picture.series.points) <= _MAX_TIPS:
        items.append(("open", "asked early or not complete"))
    if picture.doses:
        items.append(("dose", "dose, with the number of close ones"))
    if picture.series.baseline is not None:
        items.append(("base", "baseline"))
    return items


def _legend_rows(items: Sequence[tuple[str, str]], room: float) -> list[list[tuple[str, str]]]:
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for item in items:
        wide = _KEY_PX + width_of(item[1], _SIZE) + 16
        if rows[-1] and used + wide > room:
            rows.append([])
            used = 0
        rows[-1].append(item)
        used += wide
    return rows


def _draw_legend(root: Xml.Element, rows: Sequence[Sequence[tuple[str, str]]], top: float) -> None:
    for line, row in enumerate(rows):
        x, y = float(_MARGIN), top + line * _ROW
        for kind, words in row:
            if kind == "dose":
                _draw_mark(root, x + 12, y)
            elif kind == "base":
                element(root, "line", class_="base", x1=x, x2=x + 25, y1=y - 4, y2=y - 4)
            else:
                element(root, "line", class_="line", x1=x, x2=x + 24, y1=y - 4, y2=y - 4)
                element(root, "circle", class_=kind, cx=x + 12, cy=y - 4, r=4.5)
            element(root, "text", words, x=x + _KEY_PX, y=y)
            x += _KEY_PX + width_of(words, _SIZE) + 16
