"""Threads: from a dose to what changed, each end only for those who may see it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from integration_api.resources.views.threads.rules import Begun, session_of
from integration_api.resources.views.threads.statements import MAX_ARM_ROWS
from tests.factories.doses import dose, dosed_session
from tests.factories.goals import goal, rated
from tests.factories.plans import active, following, practice, step
from tests.factories.readiness import clear
from tests.factories.reflections import draft, submitted
from tests.factories.sessions import move, session
from tests.factories.windows import WITHOUT_WINDOWS
from tests.support import Api, Json, Person, World

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
ONE, TWO, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture
async def chart(world: World) -> tuple[Person, Person, str]:
    """Therapist, patient and chart, in a clinic whose doses hold nothing."""
    clinic = await world.admin.get("/clinic")
    await world.admin.patch("/clinic", {"policies": WITHOUT_WINDOWS}, clinic["version"])
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def _threads(person: Person, chart_id: str, **params: object) -> list[Json]:
    found: Json = await person.get(f"/patients/{chart_id}/threads", params=params)
    return list(found["items"])


async def _seen(person: Person, chart_id: str) -> list[str]:
    """The texts of the insights of the newest thread."""
    [thread, *_] = await _threads(person, chart_id)
    return [one["text"] for entry in thread["reflections"] for one in entry["insights"]]


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/patients/{uuid4()}/threads")).status_code == 401


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(
    world: World, chart: tuple[Person, Person, str]
) -> None:
    therapist, _, chart_id = chart
    assert await _threads(therapist, chart_id) == []
    await dosed_session(therapist, chart_id)
    other = await world.therapist()
    for person in (other, await world.patient_of(other)):
        await person.get(f"/patients/{chart_id}/threads", expect=404)
    await world.admin.get(f"/patients/{chart_id}/threads", expect=403)


async def test_a_thread_runs_from_the_dose_to_the_change_of_distress(chart: tuple[Person, Person, str]) -> None:
    therapist, patient, chart_id = chart
    met = await dosed_session(therapist, chart_id, intention="To rest.")
    entry = await submitted(patient, session_id=met["id"], share=True, insights=[{"text": "Stillness is allowed."}])
    insight_id = entry["insights"][0]["id"]
    await therapist.get(f"/reflections/{entry['id']}")
    aim = await goal(therapist, chart_id, insight_id=insight_id)
    await rated(patient, aim["id"], 1)
    plan = await active(therapist, patient, chart_id, insight_id=insight_id)
    strategy_id = plan["strategies"][0]["id"]
    linked = {"goal_id": aim["id"]}
    await therapist.patch(f"/plans/{plan['id']}/strategies/{strategy_id}", linked, plan["version"])
    for after in (4, 6):
        await practice(patient, strategy_id, distress_before=8, distress_after=after)
    sent = await step(therapist, await following(therapist, plan, insight_id=insight_id), "propose")
    for person in (therapist, patient):  # a version that is not agreed yet shows nothing twice
        [thread] = await _threads(person, chart_id)
        assert (thread["session_id"], thread["intention"], thread["intention_of"]) == (met["id"], "To rest.", "session")
        assert [dose["route"] for dose in thread["doses"]] == ["im"]
        [read] = thread["reflections"]
        assert read["id"] == entry["id"]
        [insight] = read["insights"]
        assert (insight["id"], insight["text"]) == (insight_id, "Stillness is allowed.")
        [reached] = insight["goals"]
        assert (reached["id"], reached["baseline_level"], reached["level"]) == (aim["id"], -1, 1)
        [used] = insight["strategies"]
        assert reached["strategies"] == [used]
        assert (used["id"], used["plan_id"], used["uses"]) == (strategy_id, plan["id"], 2)
        assert used["change"] == {"n": 2, "mean": -3.0, "low": -15.71, "high": 9.71}
    agreed = await step(patient, sent, "accept", {"revision": sent["revision"]})
    [thread] = await _threads(patient, chart_id)
    [used] = thread["reflections"][0]["insights"][0]["strategies"]
    assert (used["id"], used["uses"]) == (agreed["strategies"][0]["id"], 2)


async def test_each_end_shows_to_those_alone_who_may_see_it(chart: tuple[Person, Person, str]) -> None:
    therapist, patient, chart_id = chart
    met = await dosed_session(therapist, chart_id)
    entry = await submitted(patient, session_id=met["id"], insights=[{"text": "Stillness is allowed."}])
    await draft(patient, session_id=met["id"], insights=[{"text": "A draft"}])
    insight_id = entry["insights"][0]["id"]
    body = {"title": "Out again", "levels": ["a", "b", "c", "d", "e"], "insight_id": insight_id}
    await patient.post("/goals", body)
    begun = await patient.post("/plans", {"title": "Mine", "aim": "x", "insight_id": insight_id})
    await patient.post(
        f"/plans/{begun['id']}/strategies", {"category": "music", "title": "One record"}, match=begun["version"]
    )
    assert await _seen(patient, chart_id) == ["Stillness is allowed.", "A draft"]
    [thread] = await _threads(therapist, chart_id)
    assert thread["reflections"] == []
    shared = await patient.post(f"/reflections/{entry['id']}/share", {}, match=entry["version"], expect=200)
    [thread] = await _threads(therapist, chart_id)
    assert [(one["id"], one["insights"]) for one in thread["reflections"]] == [(entry["id"], [])]
    assert (await patient.get(f"/reflections/{entry['id']}"))["first_read_at"] is None  # a thread is no reading
    await therapist.get(f"/reflections/{entry['id']}")
    [thread] = await _threads(therapist, chart_id)
    [insight] = thread["reflections"][0]["insights"]
    assert ([one["title"] for one in insight["goals"]], insight["strategies"]) == (["Out again"], [])
    [thread] = await _threads(patient, chart_id)
    own = next(one for one in thread["reflections"] if one["id"] == shared["id"])["insights"][0]
    assert [one["title"] for one in own["strategies"]] == ["One record"]


async def test_a_reflection_without_a_session_belongs_to_the_dose_before_it(chart: tuple[Person, Person, str]) -> None:
    therapist, patient, chart_id = chart
    course = await therapist.post("/courses", {"patient_id": chart_id, "intention": "To come home."})
    before = await draft(patient)
    met = await dosed_session(therapist, chart_id, course_id=course["id"], intention=None)
    talked = await session(therapist, chart_id)
    after = await draft(patient, session_id=talked["id"])
    [thread] = await _threads(patient, chart_id)
    assert [one["id"] for one in thread["reflections"]] == [after["id"]] != [before["id"]]
    assert (thread["session_id"], thread["intention"], thread["intention_of"]) == (met["id"], "To come home.", "course")


@pytest.mark.thorough
async def test_of_more_than_an_answer_takes_it_says_so(chart: tuple[Person, Person, str]) -> None:
    therapist, patient, chart_id = chart
    met = await dosed_session(therapist, chart_id)
    for _ in range(MAX_ARM_ROWS - 1):
        await draft(patient, session_id=met["id"])
    [thread] = await _threads(patient, chart_id)
    assert (thread["is_whole"], len(thread["reflections"])) == (True, MAX_ARM_ROWS - 1)
    await draft(patient, session_id=met["id"])
    [thread] = await _threads(patient, chart_id)
    assert thread["is_whole"] is False


async def test_a_page_has_its_own_reflections_and_a_cursor(chart: tuple[Person, Person, str]) -> None:
    therapist, patient, chart_id = chart
    made: list[tuple[str, str]] = []
    for days_ago in (2, 1):
        at = (patient.api.clock() - timedelta(days=days_ago)).isoformat()
        met = await dosed_session(therapist, chart_id, planned_start_at=at)
        entry = await draft(patient, session_id=met["id"])
        made.append((met["id"], entry["id"]))
    path = f"/patients/{chart_id}/threads"
    first = await patient.get(path, params={"limit": 1})
    second = await patient.get(path, params={"limit": 1, "cursor": first["next_cursor"]})
    threads = first["items"] + second["items"]
    shown = [(one["session_id"], [entry["id"] for entry in one["reflections"]]) for one in threads]
    assert shown == [(session_id, [entry_id]) for session_id, entry_id in reversed(made)]
    assert second["next_cursor"] is None


async def test_pages_and_reflections_go_by_the_first_dose_whatever_was_planned(
    chart: tuple[Person, Person, str],
) -> None:
    """Planned first and begun last: its reflection is on its page, once, however the pages are cut."""
    therapist, patient, chart_id = chart
    now = patient.api.clock()

    def ago(days: float) -> str:
        return (now - timedelta(days=days)).isoformat()

    async def met_on(planned: float, began: float) -> Json:
        planned_one = await session(therapist, chart_id, phase="dosing", planned_start_at=ago(planned))
        made = await move(therapist, planned_one, "start", started_at=ago(began))
        await clear(therapist, made)
        return made

    postponed, in_time, early = await met_on(20, 6), await met_on(12, 12), await met_on(2, 16)
    begun: dict[str, float] = {postponed["id"]: 6, in_time["id"]: 12, early["id"]: 16}
    for met in (postponed, in_time, early):
        await dose(therapist, met, given_at=ago(begun[met["id"]]))
    await dose(therapist, in_time, given_at=ago(5), kind="booster")  # a later dose begins nothing
    mistaken = await dose(therapist, in_time, given_at=ago(30), kind="booster")
    path = f"/sessions/{in_time['id']}/doses/{mistaken['id']}/withdraw"
    await therapist.post(path, {"reason": "Another patient's."}, match=mistaken["version"], expect=200)
    entries = {
        met["id"]: [await draft(patient, captured_at=ago(begun[met["id"]] - after)) for after in (0.1, 3)]
        for met in (postponed, in_time, early)
    }
    expected = [(met["id"], [entry["id"] for entry in entries[met["id"]]]) for met in (postponed, in_time, early)]
    for limit in (1, 2, 3):
        params, shown = {"limit": limit}, []
        while params:
            page = await patient.get(f"/patients/{chart_id}/threads", params=params)
            shown += [(one["session_id"], [entry["id"] for entry in one["reflections"]]) for one in page["items"]]
            params = {"limit": limit, "cursor": page["next_cursor"]} if page["next_cursor"] else {}
        assert shown == expected, limit


@pytest.mark.parametrize(
    ("named", "hours", "of"),
    [
        (ONE, 25, ONE),
        (OTHER, 5, ONE),
        (OTHER, -1, None),
        (None, -1, None),
        (None, 0, ONE),
        (None, 3, ONE),
        (None, 25, TWO),
    ],
)
def test_the_session_of_a_reflection(named: UUID | None, hours: int, of: UUID | None) -> None:
    sessions = [Begun(NOW + timedelta(days=1), OTHER, TWO), Begun(NOW, TWO, ONE)]
    assert session_of(named, NOW + timedelta(hours=hours), sessions) == of


def test_of_two_sessions_at_once_a_reflection_belongs_to_the_one_that_is_shown_first() -> None:
    assert session_of(None, NOW, [Begun(NOW, OTHER, ONE), Begun(NOW, ONE, TWO)]) == ONE
