"""Goals: five levels in words, rated by both sides, and the T score that follows."""

from datetime import timedelta
from uuid import uuid4

import pytest

from integration_api.core.ids import new_id
from tests.factories.goals import LEVELS, goal, rated
from tests.factories.reflections import draft, submitted
from tests.support import Api, Person, World


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def test_nobody_without_a_token(api: Api) -> None:
    one = uuid4()
    for method, path in [
        ("POST", "/goals"),
        ("GET", f"/goals/{one}/ratings"),
        ("POST", f"/goals/{one}/ratings"),
        ("GET", f"/patients/{one}/attainment"),
    ]:
        assert (await api.send(method, path)).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, _, chart = await _pair(world)
    other = await world.therapist()
    path = f"/goals/{(await goal(therapist, chart))['id']}"
    await other.get(path, expect=404)
    await other.patch(path, {"title": "x"}, 1, expect=404)
    await other.post(f"{path}/withdraw", {"reason": "x"}, match=1, expect=404)
    await other.get(f"{path}/ratings", expect=404)
    await other.get(f"/patients/{chart}/attainment", expect=404)
    await rated(other, path.rpartition("/")[2], 1, expect=404)
    await other.post("/goals", {"patient_id": chart, "title": "x", "levels": LEVELS}, expect=404)
    assert (await other.get("/goals"))["items"] == []


async def test_both_sides_write_goals_and_the_team_is_told_of_the_patient_s(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await patient.post("/goals", {"title": "Out again", "levels": LEVELS})
    assert (made["patient_id"], made["baseline_level"], made["weight"]) == (chart, -1, 1)
    assert made["monitoring"]["told"] == "team"
    assert await therapist.get(f"/goals/{made['id']}") == {**made, "monitoring": None}
    tasks = (await therapist.get("/worklist"))["items"]
    assert [(task["kind"], task["subject_id"]) for task in tasks] == [("goal_to_read", made["id"])]
    theirs = await goal(therapist, chart)
    assert theirs["monitoring"] is None
    assert [one["id"] for one in (await patient.get("/goals"))["items"]] == [theirs["id"], made["id"]]
    await world.admin.get(f"/goals/{made['id']}", expect=403)


@pytest.mark.parametrize(
    "facts",
    [
        {"levels": LEVELS[:4]},
        {"levels": [*LEVELS, "More"]},
        {"levels": ["", *LEVELS[1:]]},
        {"baseline_level": -3},
        {"baseline_level": 3},
        {"weight": 0},
        {"weight": 10},
        {"title": " "},
    ],
)
async def test_a_scale_has_five_levels_in_words(world: World, facts: dict[str, object]) -> None:
    _, patient, _ = await _pair(world)
    await patient.post("/goals", {"title": "x", "levels": LEVELS, **facts}, expect=422)


async def test_a_rating_fixes_the_scale_and_nothing_else(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await goal(therapist, chart)
    path = f"/goals/{made['id']}"
    changed = await therapist.patch(path, {"weight": 2, "baseline_level": -2}, 1)
    await rated(patient, made["id"], 1)
    fixed = await therapist.get(path)
    assert (fixed["version"], fixed["first_rated_at"] is not None) == (changed["version"] + 1, True)
    for body in ({"weight": 3}, {"baseline_level": -1}, {"levels": LEVELS[::-1]}):
        assert (await therapist.patch(path, body, fixed["version"], expect=409))["code"] == "goal-rated"
    renamed = await therapist.patch(path, {"title": "Outside", "weight": 2}, fixed["version"])
    assert (renamed["title"], renamed["levels"]) == ("Outside", LEVELS)
    await rated(therapist, made["id"], 2)
    assert (await therapist.get(path))["version"] == renamed["version"]


async def test_the_t_score_follows_the_ratings_of_each_side(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    one, two, gone = [await goal(therapist, chart) for _ in range(3)]
    nothing = await patient.get(f"/patients/{chart}/attainment")
    assert (nothing["goals"], nothing["points"], nothing["is_whole"]) == (3, [], True)
    await rated(patient, one["id"], 1, days_ago=3)
    await rated(therapist, one["id"], 0, days_ago=3)
    await rated(patient, gone["id"], 2, days_ago=2)
    await rated(patient, two["id"], -1, days_ago=1)
    await rated(patient, two["id"], 1, days_ago=1)
    read = await therapist.get(f"/goals/{gone['id']}")
    await therapist.post(f"/goals/{gone['id']}/withdraw", {"reason": "Two in one"}, match=read["version"], expect=200)
    await rated(patient, gone["id"], 2, expect=409)
    found = await patient.get(f"/patients/{chart}/attainment")
    assert await therapist.get(f"/patients/{chart}/attainment") == found
    told = [(point["side"], point["t_score"], point["goals_rated"]) for point in found["points"]]
    assert told == [("clinician", 50.0, 1), ("patient", 60.0, 1), ("patient", 62.4, 2)]
    assert [point["baseline_t_score"] for point in found["points"]] == [40.0, 40.0, 37.6]
    kept = (await therapist.get(f"/goals/{one['id']}/ratings"))["items"]
    assert [(rating["side"], rating["rated_by_id"], rating["level"]) for rating in kept] == [
        ("clinician", therapist.id, 0),
        ("patient", patient.id, 1),
    ]


async def test_a_course_has_a_score_of_its_own(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    course = await therapist.post("/courses", {"patient_id": chart})
    of_course, beside = await goal(therapist, chart, course_id=course["id"]), await goal(therapist, chart)
    for one in (of_course, beside):
        await rated(patient, one["id"], 1)
    found = await patient.get(f"/patients/{chart}/attainment", params={"course_id": course["id"]})
    assert (found["goals"], [point["t_score"] for point in found["points"]]) == (1, [60.0])
    assert [one["id"] for one in (await patient.get("/goals", params={"course_id": course["id"]}))["items"]] == [
        of_course["id"]
    ]


async def test_the_insight_of_a_goal_shows_to_those_who_may_read_the_reflection(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    entry = await submitted(patient, insights=[{"text": "Stillness is allowed."}])
    insight_id = entry["insights"][0]["id"]
    body = {"patient_id": chart, "title": "x", "levels": LEVELS, "insight_id": insight_id}
    await therapist.post("/goals", body, expect=404)
    made = await patient.post("/goals", body)
    path = f"/goals/{made['id']}"
    assert made["insight_id"] == insight_id
    assert (await therapist.get(path))["insight_id"] is None
    assert (await therapist.get("/goals"))["items"][0]["insight_id"] is None
    assert (await therapist.patch(path, {"title": "y"}, 1))["insight_id"] is None
    assert (await therapist.patch(path, {"title": "z", "insight_id": None}, 2))["insight_id"] is None
    assert (await patient.get(path))["insight_id"] == insight_id  # what staff sent back as they had read it left it
    shared = await patient.post(f"/reflections/{entry['id']}/share", {}, match=entry["version"], expect=200)
    assert (await therapist.get(path))["insight_id"] == insight_id
    await patient.post(f"/reflections/{entry['id']}/unshare", match=shared["version"], expect=200)
    assert (await therapist.get(path))["insight_id"] is None


async def test_an_insight_keeps_its_id_in_every_version_of_its_reflection(world: World) -> None:
    therapist, patient, _ = await _pair(world)
    entry = await draft(patient, insights=[{"text": "Stillness is allowed."}])
    one = entry["insights"][0]
    made = await patient.post("/goals", {"title": "x", "levels": LEVELS, "insight_id": one["id"]})
    said = {"id": one["id"], "text": "Stillness is needed."}
    entry = await patient.patch(f"/reflections/{entry['id']}", {"insights": [said]}, entry["version"])
    await patient.post(f"/reflections/{entry['id']}/submit", {"share": True}, match=entry["version"], expect=200)
    assert (await therapist.get(f"/goals/{made['id']}"))["insight_id"] == one["id"]


async def test_what_is_withdrawn_is_kept_and_listed_only_when_asked_for(world: World) -> None:
    therapist, _, chart = await _pair(world)
    made = await goal(therapist, chart)
    path, body = f"/goals/{made['id']}", {"reason": "Two goals in one."}
    await therapist.post(f"{path}/withdraw", body, match=7, expect=412)
    gone = await therapist.post(f"{path}/withdraw", body, match=1, expect=200)
    assert (gone["withdrawn_reason"], gone["withdrawn_by_id"]) == ("Two goals in one.", therapist.id)
    assert (await therapist.get("/goals"))["items"] == []
    assert (await therapist.get("/goals", params={"withdrawn": True}))["items"] == [gone]
    for refused in (
        await therapist.post(f"{path}/withdraw", body, match=2, expect=409),
        await therapist.patch(path, {"title": "x"}, 2, expect=409),
    ):
        assert refused["code"] == "superseded"


async def test_lists_run_newest_first_and_keep_to_their_filters(world: World) -> None:
    therapist = await world.therapist()
    charts = [world.chart_id(await world.patient_of(therapist)) for _ in range(2)]
    first, second = [await goal(therapist, chart) for chart in charts]
    assert (await therapist.get("/goals"))["items"] == [second, first]
    for params, wanted in (
        ({"patient_id": charts[0]}, [first]),
        ({"created_after": second["created_at"]}, [second]),
        ({"created_before": second["created_at"]}, [first]),
        ({"ids": first["id"]}, [first]),
    ):
        assert (await therapist.get("/goals", params=params))["items"] == wanted


async def test_an_id_that_was_used_is_refused(world: World) -> None:
    therapist, _, chart = await _pair(world)
    own = str(new_id())
    made = await goal(therapist, chart, id=own)
    body = {"id": own, "patient_id": chart, "title": "x", "levels": LEVELS}
    assert (await therapist.post("/goals", body, expect=409))["code"] == "id-taken"
    at = (world.api.clock() - timedelta(hours=1)).isoformat()
    rating = {"id": str(new_id()), "level": 0, "rated_at": at}
    await therapist.post(f"/goals/{made['id']}/ratings", rating)
    assert (await therapist.post(f"/goals/{made['id']}/ratings", rating, expect=409))["code"] == "id-taken"
