"""Safety plans: written by either side, in force by the patient's word, never hidden from the patient."""

from typing import Any

import pytest

from integration_api.core.ids import new_id
from integration_api.resources.journal.safety_plans.rules import differences
from tests.factories.feeds import seal
from tests.factories.notes import supervisor_of
from tests.support import Api, Json, Person, World

STEPS: dict[str, Any] = {
    "warning_signs": ["I stop answering messages"],
    "internal_coping": ["Walk to the river", "Cold water"],
    "distraction": [{"name": "The library", "phone": None}],
    "people_to_ask": [{"name": "Maria", "phone": "+1 555 0142"}],
    "professionals": [{"name": "Dr. Sample", "phone": "+1 555 0143", "hours": "9 to 17"}],
    "means_safety": ["My brother keeps the medicines"],
}


async def draft(person: Person, chart: str, after: int = 0, expect: int = 201, **facts: Any) -> Json:
    body = {"patient_id": chart, "after_number": after, **STEPS, **facts}
    made: Json = await person.post("/safety-plans", body, expect=expect)
    return made


async def confirm(patient: Person, plan: Json) -> Json:
    path = f"/safety-plans/{plan['id']}/confirm"
    made: Json = await patient.post(path, match=plan["version"], expect=200)
    return made


async def pair(world: World) -> tuple[Person, Person, str]:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    return therapist, patient, world.chart_id(patient)


async def test_nobody_without_a_token(api: Api) -> None:
    for method, path in (("POST", "/safety-plans"), ("GET", "/safety-plans"), ("GET", "/me/safety-plan")):
        assert (await api.send(method, path)).status_code == 401


async def test_a_version_is_in_force_once_its_patient_confirms_it(world: World) -> None:
    therapist, patient, chart = await pair(world)
    assert (await patient.get("/me/safety-plan"))["plan"] is None
    made = await draft(therapist, chart, reason_for_living="My daughter", review_on="2027-02-15")
    assert {name: made[name] for name in STEPS} == STEPS
    assert (made["state"], made["written_by"], made["written_by_id"]) == ("draft", "clinician", therapist.id)
    assert (await patient.get("/me/safety-plan"))["plan"] is None
    path = f"/safety-plans/{made['id']}/confirm"
    await therapist.post(path, match=1, expect=403)
    await patient.post(path, match=7, expect=412)
    kept = await confirm(patient, made)
    assert (kept["state"], kept["confirmed_by_id"]) == ("in_force", patient.id)
    assert kept["monitoring"]["told"] == "team"
    shown = {**kept, "monitoring": None}
    assert (await patient.get("/me/safety-plan"))["plan"] == shown
    assert await therapist.get(f"/patients/{chart}/safety-plan") == {"in_force": shown, "draft": None}
    assert await patient.get(f"/safety-plans/{made['id']}") == shown
    refused = await patient.post(path, match=2, expect=409)
    assert refused["code"] == "safety-plan-not-draft"


async def test_the_version_in_force_stays_until_the_next_is_confirmed_and_every_one_is_kept(world: World) -> None:
    therapist, patient, chart = await pair(world)
    first = await confirm(patient, await draft(therapist, chart))
    second = await draft(patient, chart, after=1, warning_signs=["I do not sleep"])
    assert (second["written_by"], second["number"]) == ("patient", 2)
    assert (await patient.get("/me/safety-plan"))["plan"]["id"] == first["id"]
    now = await therapist.get(f"/patients/{chart}/safety-plan")
    assert (now["in_force"]["number"], now["draft"]["number"]) == (1, 2)
    third = await draft(therapist, chart, after=2)
    await patient.post(f"/safety-plans/{second['id']}/confirm", match=2, expect=409)
    await confirm(patient, third)
    assert (await patient.get("/me/safety-plan"))["plan"]["id"] == third["id"]
    found = (await patient.get("/safety-plans"))["items"]
    assert [(plan["number"], plan["state"]) for plan in found] == [(3, "in_force"), (2, "replaced"), (1, "replaced")]
    assert (await therapist.get("/safety-plans", params={"state": "in_force"}))["items"] == [found[0]]
    assert (await therapist.get("/safety-plans", params={"ids": first["id"]}))["items"] == [found[2]]


async def test_a_new_version_names_the_newest_that_its_writer_read(world: World) -> None:
    therapist, patient, chart = await pair(world)
    assert (await draft(therapist, chart, after=3, expect=409))["code"] == "newer-safety-plan"
    await draft(therapist, chart)
    assert (await draft(patient, chart, after=0, expect=409))["code"] == "newer-safety-plan"
    await draft(patient, chart, after=1)


async def test_a_chart_that_is_not_theirs_answers_like_one_that_does_not_exist(world: World) -> None:
    therapist, patient, chart = await pair(world)
    other, stranger = await world.therapist(), await world.patient_of(therapist)
    made = await confirm(patient, await draft(therapist, chart))
    for person in (other, stranger):
        await person.get(f"/safety-plans/{made['id']}", expect=404)
        await person.get(f"/patients/{chart}/safety-plan", expect=404)
        await person.get(f"/patients/{chart}/safety-plan/diff?from_number=1&to_number=1", expect=404)
        await person.post(f"/safety-plans/{made['id']}/review", {"review_on": "2027-03-01"}, match=2, expect=404)
        await draft(person, chart, expect=404)
        await draft(person, chart, after=1, expect=404)
        assert (await person.get("/safety-plans"))["items"] == []
    await stranger.post(f"/safety-plans/{made['id']}/confirm", match=2, expect=404)


async def test_a_supervisor_reads_and_does_not_write(world: World) -> None:
    therapist, patient, chart = await pair(world)
    supervisor = await supervisor_of(world, therapist, chart)
    made = await confirm(patient, await draft(therapist, chart))
    assert (await supervisor.get(f"/patients/{chart}/safety-plan"))["in_force"]["id"] == made["id"]
    await draft(supervisor, chart, after=1, expect=403)


async def test_the_day_of_review_is_moved_by_either_side(world: World) -> None:
    therapist, patient, chart = await pair(world)
    made = await draft(therapist, chart)
    path = f"/safety-plans/{made['id']}/review"
    refused = await therapist.post(path, {"review_on": "2027-03-01"}, match=1, expect=409)
    assert refused["code"] == "safety-plan-not-in-force"
    await confirm(patient, made)
    await therapist.post(path, {"review_on": "2027-03-01"}, match=1, expect=412)
    for person, day, version in ((therapist, "2027-03-01", 2), (patient, "2027-04-01", 3)):
        changed = await person.post(path, {"review_on": day}, match=version, expect=200)
        assert (changed["review_on"], changed["version"]) == (day, version + 1)


async def test_no_hold_and_no_care_team_hides_the_plan_from_its_patient(world: World) -> None:
    therapist, patient, chart = await pair(world)
    made = await confirm(patient, await draft(therapist, chart))
    await world.admin.put(f"/patients/{chart}/legal-hold", {"reason": "litigation", "reference": "A claim."}, 1)
    for grant in (await world.admin.get(f"/patients/{chart}/care-team"))["items"]:
        await world.admin.delete(f"/patients/{chart}/care-team/{grant['id']}", grant["version"])
    await therapist.get(f"/safety-plans/{made['id']}", expect=404)
    assert (await patient.get("/me/safety-plan"))["plan"]["id"] == made["id"]
    assert (await patient.get(f"/safety-plans/{made['id']}"))["state"] == "in_force"


async def test_a_phone_may_keep_its_own_plan_with_crisis_lines(world: World) -> None:
    therapist, patient, chart = await pair(world)
    await confirm(patient, await draft(therapist, chart))
    answer = await patient.send("GET", "/me/safety-plan")
    assert answer.headers["cache-control"] == "private, max-age=300, stale-if-error=7776000"
    assert "Authorization" in answer.headers["vary"]
    assert answer.json()["crisis_resources"][0]["kind"] == "emergency"
    same = await patient.send("GET", "/me/safety-plan", headers={"If-None-Match": answer.headers["etag"]})
    assert (same.status_code, same.headers["cache-control"]) == (304, answer.headers["cache-control"])
    await therapist.get("/me/safety-plan", expect=403)
    kept = await patient.send("GET", f"/patients/{chart}/safety-plan")
    assert kept.headers["cache-control"] == "no-store"


async def test_each_side_is_told_of_the_other_in_neutral_words(world: World) -> None:
    therapist, patient, chart = await pair(world)
    made = await draft(therapist, chart)
    (item,) = (await patient.get("/me/inbox"))["items"]
    assert (item["kind"], item["subject_id"], item["title"]) == ("safety_plan_to_confirm", made["id"], None)
    await confirm(patient, made)
    assert (await patient.get("/me/inbox"))["items"] == []
    (task,) = (await therapist.get("/worklist"))["items"]
    assert (task["kind"], task["subject_id"], task["title"]) == ("safety_plan_to_read", made["id"], None)
    second = await draft(therapist, chart, after=1)
    third = await draft(patient, chart, after=2)
    assert (await patient.get("/me/inbox"))["items"] == []
    tasks = (await therapist.get("/worklist"))["items"]
    assert {task["subject_id"] for task in tasks} == {made["id"], third["id"]}
    assert second["id"] != third["id"]


async def test_the_feed_tells_both_sides(world: World) -> None:
    therapist, patient, chart = await pair(world)
    made = await draft(therapist, chart)
    await seal(world)
    for person in (therapist, patient):
        told = (await person.get("/changes"))["items"]
        assert [one["change"] for one in told if one["id"] == made["id"]] == ["changed"]


async def test_two_versions_are_compared_in_sentences(world: World) -> None:
    therapist, patient, chart = await pair(world)
    await confirm(patient, await draft(therapist, chart))
    await draft(therapist, chart, after=1, internal_coping=["Cold water", "Walk to the river"], distraction=[])
    path = f"/patients/{chart}/safety-plan/diff"
    found = await patient.get(path, params={"from_number": 1, "to_number": 2})
    assert found["changes"] == [
        {"step": "internal_coping", "text": "New order: Cold water; Walk to the river"},
        {"step": "distraction", "text": "Taken out: The library"},
    ]
    await patient.get(path, params={"from_number": 1, "to_number": 9}, expect=404)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({}, {}, []),
        ({}, {"reason_for_living": "My cat"}, [("reason_for_living", "Added: My cat")]),
        (
            {"professionals": [{"name": "Dr. Sample", "phone": None, "hours": None}]},
            {"professionals": [{"name": "Dr. Sample", "phone": "112", "hours": "always"}]},
            [("professionals", "Taken out: Dr. Sample"), ("professionals", "Added: Dr. Sample, 112, always")],
        ),
        ({"means_safety": ["a", "b"]}, {"means_safety": ["b", "a"]}, [("means_safety", "New order: b; a")]),
        (
            {"warning_signs": ["a"]},
            {"warning_signs": ["b"], "means_safety": ["c"]},
            [("warning_signs", "Taken out: a"), ("warning_signs", "Added: b"), ("means_safety", "Added: c")],
        ),
    ],
)
def test_differences_are_sentences_in_the_order_of_the_steps(
    before: dict[str, object], after: dict[str, object], said: list[tuple[str, str]]
) -> None:
    nothing: dict[str, object] = {**dict.fromkeys(STEPS, ()), "reason_for_living": None}
    assert differences({**nothing, **before}, {**nothing, **after}) == said


@pytest.mark.parametrize(
    "wrong",
    [
        {"warning_signs": []},
        {"internal_coping": [""]},
        {"people_to_ask": [{"name": "Maria", "phone": "call me"}]},
        {"professionals": [{"name": ""}]},
        {"means_safety": ["x"] * 21},
    ],
)
async def test_a_step_that_nobody_could_follow_is_refused(world: World, wrong: dict[str, Any]) -> None:
    therapist, _, chart = await pair(world)
    refused = await draft(therapist, chart, expect=422, **wrong)
    assert refused["errors"][0]["field"].startswith(f"body.{next(iter(wrong))}")


async def test_an_id_that_was_used_is_refused(world: World) -> None:
    therapist, _, chart = await pair(world)
    own = str(new_id())
    await draft(therapist, chart, id=own)
    assert (await draft(therapist, chart, after=1, id=own, expect=409))["code"] == "id-taken"
