"""Trajectories over HTTP: the scores that the list of answers shows, compared with a baseline that says its rule."""

from datetime import timedelta
from uuid import uuid4

import pytest

from integration_api.access.actor import Role
from tests.factories.adverse_events import adverse_event
from tests.factories.care_teams import join
from tests.factories.doses import dose, dosed_session
from tests.factories.measure_responses import PHQ9, answered, answers
from tests.factories.windows import WITHOUT_WINDOWS
from tests.support import Api, Json, Person, World


@pytest.fixture
async def chart(world: World) -> tuple[Person, Person, str]:
    """Therapist, patient and chart, in a clinic whose doses hold nothing."""
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": WITHOUT_WINDOWS}, clinic["version"])
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


def ago(person: Person, **by: float) -> str:
    return (person.api.clock() - timedelta(**by)).isoformat()


async def total(person: Person, chart_id: str | None, value: int, at: str, **facts: str) -> Json:
    """Answers to the PHQ-9 with this total."""
    given = [min(3, max(0, value - 3 * place)) for place in range(9)]
    body: Json = {"answers": answers(given), "completed_at": at, **facts}
    return await answered(person, chart_id, **body)


async def trajectory(person: Person, chart_id: str, **params: object) -> Json:
    found: Json = await person.get(f"/patients/{chart_id}/trajectory", params=params)
    return found


async def phq9(person: Person, chart_id: str, **params: object) -> Json:
    """The series of the PHQ-9's total."""
    found = await trajectory(person, chart_id, instrument_id="phq9", **params)
    return next(one for one in found["series"] if one["score_id"] == "total")


async def course_with_dose(therapist: Person, chart_id: str, given_at: str) -> tuple[str, Json]:
    """A course with a dosing session, and its first dose."""
    course = await therapist.post("/courses", {"patient_id": chart_id})
    met = await dosed_session(therapist, chart_id, course_id=course["id"])
    [first] = (await therapist.get("/doses", params={"patient_id": chart_id, "session_id": met["id"]}))["items"]
    moved = await dose(
        therapist, met, given_at=given_at, corrects_id=first["id"], correction_reason="The time was wrong."
    )
    return met["id"], moved


async def test_nobody_without_a_token(api: Api) -> None:
    for end in ("trajectory", "trajectory.svg?instrument_id=phq9"):
        assert (await api.send("GET", f"/patients/{uuid4()}/{end}")).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(
    world: World, chart: tuple[Person, Person, str]
) -> None:
    therapist, patient, chart_id = chart
    await answered(therapist, chart_id)
    other = await world.therapist()
    for person in (other, await world.patient_of(other), await world.staff(Role.PRESCRIBER)):
        for end in ("trajectory", "trajectory.svg?instrument_id=phq9"):
            await person.get(f"/patients/{chart_id}/{end}", expect=404)
    await world.admin.get(f"/patients/{chart_id}/trajectory", expect=403)
    prescriber = await world.staff(Role.PRESCRIBER)
    await join(therapist, chart_id, prescriber)
    shown = [await trajectory(person, chart_id) for person in (therapist, patient, prescriber)]
    assert shown[0] == shown[1] == shown[2]
    assert shown[0]["series"]


async def test_an_empty_chart_has_no_series(chart: tuple[Person, Person, str]) -> None:
    _, patient, chart_id = chart
    parts = ("series", "doses", "sessions", "adverse_events")
    assert await trajectory(patient, chart_id) == {
        "patient_id": chart_id,
        "begins_at": None,
        "cut": dict.fromkeys(("points", *parts[1:]), False),
        **{part: [] for part in parts},
    }


async def test_the_baseline_is_the_last_score_before_the_first_dose_of_the_latest_course(
    chart: tuple[Person, Person, str],
) -> None:
    therapist, patient, chart_id = chart
    await total(therapist, chart_id, 24, ago(therapist, days=80))
    await course_with_dose(therapist, chart_id, ago(therapist, days=70))
    await total(therapist, chart_id, 19, ago(therapist, days=40))
    before = await total(therapist, chart_id, 18, ago(therapist, days=31))
    met, given = await course_with_dose(therapist, chart_id, ago(therapist, days=30))
    await dose(therapist, {"id": met}, given_at=ago(therapist, days=9), kind="booster")
    await total(therapist, chart_id, 12, ago(therapist, days=20))
    last = await total(patient, None, 4, ago(therapist, days=1))
    await therapist.post("/courses", {"patient_id": chart_id})  # the latest course has no dose
    found = await phq9(therapist, chart_id)
    assert found["baseline"] == {
        "response_id": before["id"],
        "at": before["happened_at"],
        "value": 18,
        "rule": "before_course",
        "dose_id": given["id"],
    }
    assert [point["value"] for point in found["points"]] == [24, 19, 18, 12, 4]
    assert [point["band"] for point in found["points"]] == [
        "severe",
        "moderately_severe",
        "moderately_severe",
        "moderate",
        "minimal",
    ]
    compared = found["comparison"]
    assert (compared["response_id"], compared["change"], compared["is_improved"]) == (last["id"], -14, True)
    met_rules = {rule["id"]: rule["is_met"] for rule in compared["rules"]}
    assert (met_rules["response"], met_rules["remission"], met_rules["reliable_improvement"]) == (True, True, True)
    assert {rule["id"]: rule["status"] for rule in compared["rules"]}["response"] == "verified"
    assert [(one["meaning"], one["is_met"]) for one in found["cutoffs"]] == [("screen positive", False)]
    assert [band["status"] for band in found["bands"]] == ["verified"] * 5


async def test_a_baseline_is_declared_by_a_time_or_by_answers(chart: tuple[Person, Person, str]) -> None:
    therapist, _, chart_id = chart
    first = await total(therapist, chart_id, 20, ago(therapist, days=50))
    second = await total(therapist, chart_id, 10, ago(therapist, days=30))
    last = await total(therapist, chart_id, 9, ago(therapist, days=10))
    other = await answered(
        therapist, chart_id, instrument_id="gad7", answers=answers([1] * 7, "gad7"), completed_at=ago(therapist, days=5)
    )
    undosed = await phq9(therapist, chart_id)
    assert (undosed["baseline"], undosed["comparison"]) == (None, None)
    at = await phq9(therapist, chart_id, baseline_at=second["happened_at"])
    assert (at["baseline"]["response_id"], at["baseline"]["rule"]) == (second["id"], "declared_time")
    named = await phq9(therapist, chart_id, baseline_response_id=first["id"])
    assert (named["baseline"]["response_id"], named["baseline"]["rule"]) == (first["id"], "declared_response")
    assert (named["baseline"]["dose_id"], named["comparison"]["change"]) == (None, -11)
    at_last = await phq9(therapist, chart_id, baseline_response_id=last["id"])
    assert (at_last["baseline"]["value"], at_last["comparison"]) == (9, None)  # nothing is later than it
    whole = await trajectory(therapist, chart_id, baseline_response_id=other["id"])
    rules = {one["instrument_id"]: one["baseline"] and one["baseline"]["rule"] for one in whole["series"]}
    assert rules == {"phq9": None, "gad7": "declared_response"}
    await dosed_session(therapist, chart_id)  # of no course
    later = await phq9(therapist, chart_id)
    assert (later["baseline"]["response_id"], later["baseline"]["rule"]) == (last["id"], "before_dose")


async def test_a_baseline_that_is_not_there_is_refused(world: World, chart: tuple[Person, Person, str]) -> None:
    therapist, patient, chart_id = chart
    made = await answered(therapist, chart_id)
    begun = await answered(patient, state="draft")
    gone = await answered(therapist, chart_id)
    await therapist.post(f"/measure-responses/{gone['id']}/withdraw", {"reason": "x"}, match=1, expect=200)
    elsewhere = await answered(therapist, world.chart_id(await world.patient_of(therapist)))
    screen = await answered(patient, instrument_id="asq", answers={f"asq.{n}": "no" for n in range(1, 5)})
    for end in ("trajectory", "trajectory.svg?instrument_id=phq9"):
        for one in (begun, gone, elsewhere, screen, {"id": str(uuid4()).replace("-4", "-7", 1)}):
            path = f"/patients/{chart_id}/{end}{'&' if '?' in end else '?'}baseline_response_id={one['id']}"
            told = await patient.get(path, expect=404 if one is not None else 422)
            assert [error["field"] for error in told["errors"]] == ["query.baseline_response_id"]
    path = f"/patients/{chart_id}/trajectory"
    both = {"baseline_at": made["happened_at"], "baseline_response_id": made["id"]}
    for params, field in (
        (both, "query.baseline_at"),
        ({"baseline_at": "2031-01-01T00:00:00Z"}, "query.baseline_at"),
        ({"baseline_at": "yesterday"}, "query.baseline_at"),
        ({"instrument_id": "phq9,nothing"}, "query.instrument_id"),
        ({"instrument_id": ",".join(["phq9"] * 21)}, "query.instrument_id"),
    ):
        told = await patient.get(path, params=params, expect=422)
        assert [error["field"] for error in told["errors"]] == [field]


async def test_what_is_beside_the_scores_is_of_their_time(chart: tuple[Person, Person, str]) -> None:
    therapist, patient, chart_id = chart
    await total(therapist, chart_id, 20, ago(therapist, days=20))
    met = await dosed_session(therapist, chart_id, planned_start_at=ago(therapist, days=3))
    wrong = await dose(therapist, met, kind="booster")
    path = f"/sessions/{met['id']}/doses/{wrong['id']}/withdraw"
    await therapist.post(path, {"reason": "Another patient's."}, match=1, expect=200)
    event = await adverse_event(therapist, chart_id, met, onset_at=ago(therapist, days=2), text="Queasy.")
    mistaken = await adverse_event(therapist, chart_id, met, onset_at=ago(therapist, days=2))
    await therapist.post(f"/adverse-events/{mistaken['id']}/withdraw", {"reason": "x"}, match=1, expect=200)
    found = await trajectory(patient, chart_id)
    assert [one["id"] for one in found["sessions"]] == [met["id"]]
    doses = (await patient.get("/doses"))["items"]
    assert [one["id"] for one in found["doses"]] == [one["id"] for one in doses] != []
    assert [(one["id"], one["kind"], one["severity"]) for one in found["adverse_events"]] == [
        (event["id"], "nausea", "mild")
    ]
    assert "Queasy" not in str(found)
    earlier = await trajectory(patient, chart_id, to=ago(therapist, days=10))
    assert [len(earlier[part]) for part in ("series", "doses", "sessions", "adverse_events")] == [1, 0, 0, 0]
    later = await trajectory(patient, chart_id, **{"from": ago(therapist, days=10)})
    assert [len(later[part]) for part in ("series", "doses", "sessions", "adverse_events")] == [0, 1, 1, 1]


async def test_a_lower_bound_shows_how_high_it_could_be_and_is_compared_with_care(
    chart: tuple[Person, Person, str],
) -> None:
    """PCL-5: two answers may be missing, then the sum is a lower bound."""
    therapist, _, chart_id = chart
    whole, part = answers([3] * 20, "pcl5"), answers([1] * 18, "pcl5")
    at = ago(therapist, days=30)
    first = await answered(therapist, chart_id, instrument_id="pcl5", answers=whole, completed_at=at)
    await answered(therapist, chart_id, instrument_id="pcl5", answers=part)
    found = await trajectory(therapist, chart_id, instrument_id="pcl5", baseline_response_id=first["id"])
    one = next(series for series in found["series"] if series["score_id"] == "total")
    assert [(point["value"], point["ceiling"]) for point in one["points"]] == [(60, None), (18, 26)]
    assert one["comparison"]["is_improved"] is None
    assert {rule["id"]: rule["is_met"] for rule in one["comparison"]["rules"]}["reliable_improvement"] is True


async def test_withdrawn_answers_and_drafts_never_appear(chart: tuple[Person, Person, str]) -> None:
    therapist, patient, chart_id = chart
    wrong = await total(patient, None, 27, ago(therapist, days=9))
    right = await answered(patient, corrects_id=wrong["id"], correction_reason="One line too low.")
    gone = await total(therapist, chart_id, 26, ago(therapist, days=8))
    await therapist.post(f"/measure-responses/{gone['id']}/withdraw", {"reason": "x"}, match=1, expect=200)
    await total(patient, None, 25, ago(therapist, days=7), state="draft")
    for person in (therapist, patient):
        found = await phq9(person, chart_id)
        assert [(point["response_id"], point["value"]) for point in found["points"]] == [(right["id"], sum(PHQ9))]
        drawn = await person.send("GET", f"/patients/{chart_id}/trajectory.svg?instrument_id=phq9")
        assert "1 score: 8 (mild)" in drawn.text
    by_time = await phq9(patient, chart_id, baseline_at=ago(therapist, days=1))
    assert by_time["baseline"]["response_id"] == right["id"]  # corrected: it is of the time of what it corrects
