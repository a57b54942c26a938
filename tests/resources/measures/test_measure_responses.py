"""Answers to instruments: drafts of who gives them, scored once they are completed, and corrected by others."""

from datetime import timedelta
from uuid import uuid4

import pytest

from integration_api.core.ids import new_id
from tests.factories.flags import flags
from tests.factories.measure_responses import PHQ9, answered, answers
from tests.factories.sessions import session
from tests.support import Api, Json, Person, World


async def _pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


def _scores(made: Json) -> dict[str, object]:
    return {score["id"]: score["value"] for score in made["scores"]}


async def test_nobody_without_a_token(api: Api) -> None:
    one = uuid4()
    for method, path in [
        ("POST", "/measure-responses"),
        ("GET", "/measure-responses"),
        ("GET", f"/measure-responses/{one}"),
        ("POST", f"/measure-responses/{one}/complete"),
    ]:
        assert (await api.send(method, path)).status_code == 401


async def test_a_patient_answers_and_the_team_reads_the_score(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    made = await answered(patient)
    assert (made["patient_id"], made["state"], made["respondent"], made["mode"]) == (
        chart,
        "completed",
        "patient",
        "self_completed",
    )
    assert _scores(made)["total"] == sum(PHQ9)
    assert next(score["band"] for score in made["scores"] if score["id"] == "total") == "mild"
    assert made["monitoring"]["told"] == "team"
    assert await therapist.get(f"/measure-responses/{made['id']}") == {**made, "monitoring": None}
    [task] = (await therapist.get("/worklist"))["items"]
    assert (task["kind"], task["subject_id"], task["urgency"]) == ("measure_response_to_read", made["id"], "routine")


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    other = await world.therapist()
    path = f"/measure-responses/{(await answered(patient))['id']}"
    await other.get(path, expect=404)
    await other.post(f"{path}/withdraw", {"reason": "x"}, match=1, expect=404)
    await answered(other, chart, expect=404)
    assert (await other.get("/measure-responses"))["items"] == []
    assert len((await therapist.get("/measure-responses"))["items"]) == 1


@pytest.mark.parametrize(
    ("instrument_id", "given", "urgency"),
    [
        ("phq9", answers([0, 0, 0, 0, 0, 0, 0, 0, 1]), "moderate"),
        ("phq9", answers([0, 0, 0, 0, 0, 0, 0, 0, 2]), "high"),
        ("phq9", answers([0, 0, 0, 0, 0, 0, 0, 0, 3]), "critical"),
        ("phq9", answers([1] * 8), "moderate"),
        ("phq9", answers([3, 3, 3, 3, 3, 3, 2, 0, 0]), "moderate"),
        ("phq9", answers([3, 3, 3, 3, 3, 2, 2, 0, 0]), "routine"),
        ("asq", {"asq.1": "no", "asq.2": "no", "asq.3": "no", "asq.4": "no"}, "routine"),
        ("asq", {"asq.1": "yes", "asq.2": "no", "asq.3": "no", "asq.4": "no", "asq.5": "no"}, "high"),
        ("asq", {"asq.1": "yes", "asq.2": "no", "asq.3": "no", "asq.4": "no", "asq.5": "yes"}, "critical"),
        ("asq", {"asq.1": "no", "asq.2": "no", "asq.3": "no"}, "high"),
        ("gad7", answers([3] * 7, "gad7"), "routine"),
    ],
)
async def test_a_sign_of_danger_is_as_urgent_as_its_rule_says(
    world: World, instrument_id: str, given: Json, urgency: str
) -> None:
    """Source: clinical.md section 6, R01, R02, R05, R08."""
    therapist, patient, _ = await _pair(world)
    made = await answered(patient, instrument_id=instrument_id, answers=given)
    [task] = (await therapist.get("/worklist"))["items"]
    subjects = [flag["id"] for flag in await flags(therapist, source_id=made["id"])] or [made["id"]]
    assert (subjects, task["urgency"]) == ([task["subject_id"]], urgency)
    assert (made["monitoring"]["crisis_resources"] is not None) or urgency == "routine"


@pytest.mark.parametrize(
    ("instrument_id", "given", "field", "code"),
    [
        ("phq9", {"phq9.10": 1}, "body.answers.phq9.10", "unknown_item"),
        ("phq9", {"phq9.1": 4}, "body.answers.phq9.1", "out_of_range"),
        ("phq9", {"phq9.1": "yes"}, "body.answers.phq9.1", "not_integer"),
        ("asq", {"asq.1": "maybe"}, "body.answers.asq.1", "bad_value"),
        ("phq9", {}, "body.answers", "nothing_answered"),
        ("phq9", {"phq9.1": None}, "body.answers", "nothing_answered"),
        ("nothing", {"phq9.1": 1}, "body.instrument_id", "unknown"),
        ("madrs", {"madrs.1": 1}, "body.instrument_id", "clinician_rated"),
    ],
)
async def test_what_the_definition_does_not_take_is_refused(
    world: World, instrument_id: str, given: Json, field: str, code: str
) -> None:
    _, patient, _ = await _pair(world)
    told = await answered(patient, instrument_id=instrument_id, answers=given, expect=422)
    assert [(error["field"], error["code"]) for error in told["errors"]] == [(field, code)]
    assert (await patient.get("/measure-responses"))["items"] == []


async def test_who_answers_and_how_is_told_by_side(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    await answered(patient, mode="interview", expect=422)
    await answered(patient, respondent="caregiver", expect=422)
    await answered(therapist, chart, mode="self_completed", expect=422)
    spoken = await answered(therapist, chart, mode="telephone", respondent="caregiver", language="es-us")
    assert (spoken["mode"], spoken["respondent"], spoken["language"]) == ("telephone", "caregiver", "es-US")
    rated = await answered(therapist, chart, instrument_id="madrs", answers={"madrs.1": 2})
    assert (rated["mode"], rated["respondent"]) == ("interview", "clinician")
    assert rated["monitoring"] is None
    await therapist.post("/measure-responses", {"instrument_id": "phq9", "answers": answers(PHQ9)}, expect=422)


async def test_a_draft_is_of_who_gives_it_until_it_is_completed(world: World) -> None:
    therapist, patient, _ = await _pair(world)
    made = await answered(patient, state="draft", answers={"phq9.1": 3, "phq9.9": 3})
    path = f"/measure-responses/{made['id']}"
    assert (made["state"], made["scores"], made["completed_at"], made["monitoring"]) == ("draft", [], None, None)
    await therapist.get(path, expect=404)
    assert (await therapist.get("/measure-responses"))["items"] == []
    assert (await therapist.get("/worklist"))["items"] == []
    await patient.patch(path, {"answers": {"phq9.1": 4}}, 1, expect=422)
    changed = await patient.patch(path, {"answers": {"phq9.1": None, "phq9.2": 1}, "language": "de"}, 1)
    assert (changed["answers"], changed["language"]) == ({"phq9.2": 1, "phq9.9": 3}, "de")
    for number, answer in enumerate([1, 1, 1, 1, 1, 1, 1, 1], start=1):
        changed = await patient.patch(path, {"answers": {f"phq9.{number}": answer}}, changed["version"])
    done = await patient.post(f"{path}/complete", {}, match=changed["version"], expect=200)
    assert (_scores(done)["total"], done["state"]) == (11, "completed")
    assert (await therapist.get(path))["answers"] == answers([1] * 8 + [3])
    [task] = (await therapist.get("/worklist"))["items"]
    assert task["urgency"] == "critical"


async def test_what_was_completed_never_changes(world: World) -> None:
    _, patient, _ = await _pair(world)
    made = await answered(patient)
    path = f"/measure-responses/{made['id']}"
    for refused in (
        await patient.patch(path, {"answers": {"phq9.1": 0}}, 1, expect=409),
        await patient.post(f"{path}/complete", {}, match=1, expect=409),
        await patient.delete(path, match=1, expect=409),
    ):
        assert refused["code"] == "response-completed"
    assert await patient.get(path) == {**made, "monitoring": None}


async def test_a_draft_can_be_deleted_and_its_id_stays_dead(world: World) -> None:
    _, patient, _ = await _pair(world)
    own = str(new_id())
    made = await answered(patient, id=own, state="draft")
    await patient.delete(f"/measure-responses/{own}", match=made["version"])
    await patient.get(f"/measure-responses/{own}", expect=404)
    await answered(patient, id=own, expect=410)


async def test_a_correction_takes_the_place_of_what_it_corrects(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    at = (world.api.clock() - timedelta(hours=2)).isoformat()
    wrong = await answered(patient, completed_at=at)
    body = {"corrects_id": wrong["id"], "correction_reason": "One line too low."}
    for missing in ({"correction_reason": None}, {"state": "draft"}, {"instrument_id": "gad7", "answers": {}}):
        await answered(patient, **{**body, **missing}, expect=422)
    assert (await answered(therapist, chart, **body, expect=409))["code"] == "answers-of-the-patient"
    right = await answered(patient, **body, answers=answers([0] * 9))
    assert (right["corrects_id"], right["happened_at"]) == (wrong["id"], wrong["happened_at"])
    assert right["is_off_window"] is False
    old = await patient.get(f"/measure-responses/{wrong['id']}")
    assert (old["withdrawn_reason"], old["withdrawn_by_id"], old["answers"]) == (
        "One line too low.",
        patient.id,
        wrong["answers"],
    )
    assert [one["id"] for one in (await therapist.get("/measure-responses"))["items"]] == [right["id"]]
    gone = (await therapist.get("/measure-responses", params={"withdrawn": "true"}))["items"]
    assert [one["id"] for one in gone] == [wrong["id"]]
    assert (await answered(patient, **body, expect=409))["code"] == "superseded"


async def test_staff_withdraw_what_staff_wrote_down(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    own = await answered(patient)
    told = await therapist.post(f"/measure-responses/{own['id']}/withdraw", {"reason": "x"}, match=1, expect=409)
    assert told["code"] == "answers-of-the-patient"
    made = await answered(therapist, chart)
    path = f"/measure-responses/{made['id']}/withdraw"
    await patient.post(path, {"reason": "x"}, match=1, expect=403)
    gone = await therapist.post(path, {"reason": "Of another patient."}, match=1, expect=200)
    assert (gone["withdrawn_reason"], gone["withdrawn_by_id"]) == ("Of another patient.", therapist.id)
    await therapist.post(path, {"reason": "x"}, match=2, expect=409)


async def test_asked_again_too_soon_is_marked(world: World) -> None:
    """The PHQ-9 asks about two weeks; after less than one it is off-window. Source: instruments.json."""
    _, patient, _ = await _pair(world)
    begin = world.api.clock() - timedelta(days=20)
    marks = []
    for days in (0, 6, 13.5, 13.6):
        made = await answered(patient, completed_at=(begin + timedelta(days=days)).isoformat())
        marks.append(made["is_off_window"])
    assert marks == [False, True, False, True]
    other = await answered(patient, instrument_id="gad7", answers=answers([0] * 7, "gad7"))
    assert other["is_off_window"] is False


async def test_a_claim_of_tomorrow_is_kept_beside_what_is_credible(world: World) -> None:
    _, patient, _ = await _pair(world)
    at = (world.api.clock() + timedelta(days=2)).isoformat()
    made = await answered(patient, completed_at=at)
    assert made["clock_skewed"] is True
    assert made["happened_at"] < made["completed_at"]


async def test_lists_are_filtered(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    phq = await answered(patient)
    gad = await answered(therapist, chart, instrument_id="gad7", answers=answers([1] * 7, "gad7"))
    draft = await answered(therapist, chart, state="draft")

    async def found(**params: str) -> list[str]:
        return [one["id"] for one in (await therapist.get("/measure-responses", params=params))["items"]]

    assert await found(patient_id=chart) == [draft["id"], gad["id"], phq["id"]]
    assert await found(instrument_id="gad7") == [gad["id"]]
    assert await found(state="draft") == [draft["id"]]
    assert await found(state="completed", patient_id=chart) == [gad["id"], phq["id"]]
    assert await found(happened_before=gad["happened_at"]) == [phq["id"]]
    assert await found(ids=f"{phq['id']},{gad['id']}") == [gad["id"], phq["id"]]


async def test_a_session_of_another_chart_is_not_found(world: World) -> None:
    therapist, patient, chart = await _pair(world)
    planned = await session(therapist, chart)
    made = await answered(patient, session_id=planned["id"])
    assert made["session_id"] == planned["id"]
    stranger = await world.patient_of(therapist)
    await answered(stranger, session_id=planned["id"], expect=404)
    await answered(therapist, world.chart_id(stranger), session_id=planned["id"], expect=404)
