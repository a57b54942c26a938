"""Drawings of scores: readable by machines and by people who do not see them, and nothing in them runs."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as Xml
from zoneinfo import ZoneInfo

import pytest
from httpx import Response

from integration_api.core.ids import new_id
from integration_api.resources.measures.instruments.catalogue import instruments, main_score, numeric_scores
from integration_api.resources.views.trajectory.drawings import Picture, draw
from integration_api.resources.views.trajectory.plots import gathered, lines_of, span, time_ticks, value_ticks
from integration_api.resources.views.trajectory.rules import Baseline, BaselineRule, Series
from integration_api.resources.views.trajectory.statements import ScoredPoint
from tests.factories.doses import dosed_session
from tests.factories.measure_responses import answered, answers, screened
from tests.support import Json, Person, World

SVG = "{http://www.w3.org/2000/svg}"
NOW = datetime(2026, 11, 25, 15, tzinfo=UTC)
ZONE = ZoneInfo("America/New_York")
DAY = timedelta(days=1)


def point(value: float, days_ago: float, **facts: object) -> ScoredPoint:
    """A score of the PHQ-9, made so many days ago."""
    return ScoredPoint(
        response_id=new_id(),
        instrument_id="phq9",
        instrument_version=1,
        score_id="total",
        happened_at=NOW - days_ago * DAY,
        value=value,
        **{"ceiling": None, "max_possible": 27, "is_off_window": False, **facts},
    )


def picture(points: list[ScoredPoint], doses: list[float], *, width: int = 800, **facts: object) -> Picture:
    """A picture of the PHQ-9's total; the first point is its baseline."""
    instrument = instruments()["phq9"]
    score = main_score(instrument)
    assert score is not None
    baseline = Baseline(points[0], BaselineRule.BEFORE_COURSE, None) if points else None
    whole: Json = {"begins": None, "ends": None, "is_cut": False, **facts}
    series = Series(instrument, score, points, baseline)
    return Picture(series, [NOW - days * DAY for days in doses], ZONE, now=NOW, width=width, **whole)


def read(content: bytes) -> Xml.Element:
    """A drawing that runs nothing and loads nothing."""
    root = Xml.fromstring(content)  # noqa: S314  our own
    for one in root.iter():
        assert one.tag.startswith(SVG), one.tag
        assert one.tag.removeprefix(SVG) in {
            *("svg", "title", "desc", "style", "rect", "line", "path", "circle", "text"),
        }
        assert not [name for name in one.attrib if name.startswith("on") or "href" in name or name == "style"]
    style = root.findtext(f"{SVG}style") or ""
    assert not [word for word in ("url(", "@import", "<", "&", ">") if word in style]
    return root


async def drawing(person: Person, chart: str, **params: object) -> Response:
    return await person.send("GET", f"/patients/{chart}/trajectory.svg", params={"instrument_id": "phq9", **params})


async def test_a_drawing_is_one_file_that_runs_nothing(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist, name="Rowan <Sample> & Co")
    chart = world.chart_id(patient)
    before = (world.api.clock() - timedelta(days=3)).isoformat()
    await answered(patient, answers=answers([2] * 9), completed_at=before)
    await screened(therapist, chart)  # the ninth answer holds doses until then
    await dosed_session(therapist, chart)
    await answered(patient)
    answer = await drawing(patient, chart)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert answer.headers["cache-control"] == "no-store"
    root = read(answer.content)
    style = root.findtext(f"{SVG}style") or ""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert answer.headers["content-security-policy"] == (f"sandbox; default-src 'none'; style-src 'sha256-{digest}'")
    assert "prefers-color-scheme:dark" in style
    assert "@media print" in style
    assert root.attrib["role"] == "img"
    labelled = {one.attrib["id"] for one in root if "id" in one.attrib}
    assert set(root.attrib["aria-labelledby"].split()) == labelled
    assert root.findtext(f"{SVG}title") == "Patient Health Questionnaire 9 over time"
    said = root.findtext(f"{SVG}desc") or ""
    assert said.startswith("2 scores: 18 (moderately severe) on 22 Nov 2026; 8 (mild), asked early on 25 Nov 2026.")
    assert "The baseline is 18, of 22 Nov 2026: the last one before the first dose." in said
    assert "1 dose: 25 Nov 2026." in said
    assert "Bands: minimal 0 to 4, mild 5 to 9" in said
    assert "Rowan" not in answer.text


async def test_the_same_drawing_is_not_sent_again(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await answered(patient, completed_at=(world.api.clock() - timedelta(days=30)).isoformat())
    period = {"from": "2026-09-01T00:00:00Z", "to": "2026-12-01T00:00:00Z"}
    first = await drawing(patient, chart, **period)
    path, params = f"/patients/{chart}/trajectory.svg", {"instrument_id": "phq9", **period}
    again = await patient.send("GET", path, params=params, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await answered(patient)
    changed = await patient.send("GET", path, params=params, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


async def test_only_a_score_that_is_a_number_is_drawn(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    chart = world.chart_id(patient)
    for params, field in (
        ({"instrument_id": "asq"}, "query.instrument_id"),
        ({"instrument_id": "nothing"}, "query.instrument_id"),
        ({"score_id": "other"}, "query.score_id"),
        ({"instrument_id": "pcl5", "score_id": "provisional_dx"}, "query.score_id"),
        ({"width": 319}, "query.width"),
        ({"width": 1601}, "query.width"),
    ):
        answer = await drawing(patient, chart, **params)
        assert [error["field"] for error in answer.json()["errors"]] == [field]
    none = await drawing(patient, chart, instrument_id="pcl5", score_id="B", width=390)
    root = read(none.content)
    assert root.findtext(f"{SVG}desc") == "No score in this time. No dose in this time."
    assert root.attrib["width"] == "390"


@pytest.mark.parametrize("instrument_id", [one.id for one in instruments().values() if numeric_scores(one)])
def test_every_number_of_the_list_can_be_drawn(instrument_id: str) -> None:
    instrument = instruments()[instrument_id]
    for score in numeric_scores(instrument):
        ends = [point(float(value or 0), days, max_possible=None) for value, days in ((score.min, 9), (score.max, 2))]
        whole = picture(ends, [5])
        made = Picture(Series(instrument, score, ends, None), whole.doses, ZONE, None, None, NOW, 390, is_cut=False)
        root = read(draw(made))
        for one in root.iter(f"{SVG}circle"):
            assert 0 < float(one.attrib["cy"]) < float(root.attrib["height"])


@pytest.mark.parametrize("width", [320, 390, 800, 1600])
@pytest.mark.parametrize("count", [0, 1, 2, 12, 60, 61, 2000])
def test_everything_is_within_the_drawing(width: int, count: int) -> None:
    points = [point(n * 7 % 28, (count - n) * 0.5) for n in range(count)]
    root = read(draw(picture(points, [n * 3 for n in range(min(count, 500), 0, -1)], width=width)))
    height = float(root.attrib["height"])
    for one in root.iter():
        for name, limit in (("x", width), ("cx", width), ("x1", width), ("y", height), ("cy", height), ("y2", height)):
            assert 0 <= float(one.attrib.get(name, 0)) <= limit, (one.tag, one.attrib)
    circles = [one for one in root.iter(f"{SVG}circle") if one.attrib["r"] == "4.5"]
    assert len(circles) == (count if count <= 60 else 1) + (count > 0)  # one in the legend
    assert len(Xml.tostring(root)) < 120_000


def test_what_is_not_like_the_others_is_hollow() -> None:
    points = [point(20, 9), point(18, 7, is_off_window=True), point(12, 4, ceiling=15.0), point(9, 1, max_possible=24)]
    root = read(draw(picture(points, [])))
    kinds = [one.attrib["class"] for one in root.iter(f"{SVG}circle")]
    assert kinds == ["dot", "open", "open", "open", "dot", "open"]  # the last two explain them
    assert len([one for one in root.iter(f"{SVG}line") if one.attrib["class"] == "reach"]) == 1


def test_ticks_are_round_and_few() -> None:
    assert value_ticks(0, 27, 6) == [0, 5, 10, 15, 20, 25]
    assert value_ticks(8, 56, 6) == [10, 20, 30, 40, 50]
    assert value_ticks(0, 600, 6) == [0, 100, 200, 300, 400, 500, 600]
    for days in (1, 5, 20, 90, 400, 1500, 20_000):
        for most in (3, 5, 12):
            ticks = time_ticks(NOW - days * DAY, NOW, ZONE, most)
            assert len(ticks) <= most + 1
            assert all(tick.at.astimezone(ZONE).hour == 0 for tick in ticks)
            years = [tick.year for tick in ticks if tick.year]
            assert len(years) == len(set(years))


def test_what_would_overlap_is_gathered() -> None:
    assert gathered([10, 12, 30, 31, 50], 14) == [(11, 2), (30.5, 2), (50, 1)]
    assert lines_of("Patient Health Questionnaire 9", 140, 15) == ["Patient Health", "Questionnaire 9"]
    begins, ends = span([NOW], None, None, NOW)
    assert begins < NOW < ends
