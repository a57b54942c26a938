"""The altered-state window: what a patient is not asked to decide so soon after a dose, and what never waits."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories.doses import dose
from tests.factories.flags import flags
from tests.factories.plans import draft as plan_draft
from tests.factories.plans import plan, proposed, step
from tests.factories.readiness import ready_session
from tests.factories.reflections import draft, submitted
from tests.resources.journal.test_safety_plans import draft as safety_plan
from tests.support import Api, Json, Person, World, enter_again

HELD = ("delete", "share", "unshare")


async def dosed(world: World, **facts: Any) -> tuple[Person, Person, Json, Json]:
    """A therapist, their patient, a session in progress and its dose of this moment."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await ready_session(therapist, world.chart_id(patient))
    return therapist, patient, made, await dose(therapist, made, **facts)


async def pass_time(api: Api, *people: Person, **by: float) -> None:
    api.clock.advance(**by)
    for person in people:
        await enter_again(person)


async def decide(patient: Person, entries: dict[str, Json], expect: int) -> list[Json]:
    """The answers to a patient who takes each step that waits in a window; `expect` is the status of a refusal."""
    entry = {name: f"/reflections/{made['id']}" for name, made in entries.items()}
    version = {name: made["version"] for name, made in entries.items()}
    return [
        await patient.post(f"{entry['mine']}/share", None, expect=expect or 200, match=version["mine"]),
        await patient.post(f"{entry['draft']}/submit", {"share": True}, expect=expect or 200, match=version["draft"]),
        await patient.post(f"{entry['shared']}/unshare", None, expect=expect or 200, match=version["shared"]),
        await patient.delete(entry["spare"], match=version["spare"], expect=expect or 204),
    ]


async def four(patient: Person) -> dict[str, Json]:
    return {
        "mine": await submitted(patient),
        "shared": await submitted(patient, share=True),
        "draft": await draft(patient),
        "spare": await draft(patient),
    }


async def test_what_is_to_be_decided_waits_for_the_end(world: World, api: Api) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    entries = await four(patient)
    agreed = await proposed(therapist, world.chart_id(patient))
    own = await plan_draft(patient, world.chart_id(patient))
    written = await safety_plan(therapist, world.chart_id(patient))
    made = await ready_session(therapist, world.chart_id(patient))
    given = await dose(therapist, made)
    ends_at = given["altered_until"]
    refused = await decide(patient, entries, 409)
    refused += [
        await step(patient, agreed, "accept", {"revision": 1}, expect=409),
        await step(patient, own, "propose", expect=409),
        await patient.post(f"/safety-plans/{written['id']}/confirm", None, expect=409, match=1),
    ]
    assert {(one["code"], one["ends_at"]) for one in refused} == {("altered-state-hold", ends_at)}
    seen = await patient.get(f"/reflections/{entries['mine']['id']}")
    assert (seen["held_until"], seen["version"], seen["sharing"]) == (ends_at, entries["mine"]["version"], "private")
    assert not set(seen["allowed_actions"]) & set(HELD)

    await pass_time(api, patient, minutes=179, seconds=59)
    assert (await decide(patient, entries, 409))[0]["ends_at"] == ends_at
    await pass_time(api, patient, seconds=1)
    assert (await patient.get(f"/reflections/{entries['mine']['id']}"))["held_until"] is None
    await decide(patient, entries, 0)
    await step(patient, agreed, "accept", {"revision": 1})
    await step(patient, own, "propose")
    await patient.post(f"/safety-plans/{written['id']}/confirm", None, expect=200, match=1)


async def test_a_plan_is_not_shared_before_the_end(world: World, api: Api) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    own = await plan(patient, chart, is_shared=False)
    made = await ready_session(therapist, chart)
    ends_at = (await dose(therapist, made))["altered_until"]
    path, new = f"/plans/{own['id']}", {"title": "Quiet", "aim": "To rest", "is_shared": True}
    refused = [
        await patient.patch(path, {"is_shared": True}, own["version"], expect=409),
        await patient.patch(path, {"is_shared": True, "aim": "To sleep"}, own["version"], expect=409),
        await patient.post("/plans", new, expect=409),
    ]
    assert {(one["code"], one["ends_at"]) for one in refused} == {("altered-state-hold", ends_at)}
    await therapist.get(path, expect=404)
    edited = await patient.patch(path, {"aim": "To rest well"}, own["version"])
    private = await patient.post("/plans", {**new, "is_shared": False})
    assert not edited["is_shared"]
    assert not private["is_shared"]
    await plan(therapist, chart)
    await pass_time(api, patient, therapist, minutes=180)
    assert (await patient.patch(path, {"is_shared": True}, edited["version"]))["is_shared"]
    await patient.post("/plans", new)
    await therapist.get(path)


async def test_writing_and_asking_for_help_never_wait(world: World) -> None:
    therapist, patient, _, _ = await dosed(world)
    made = await draft(patient)
    path = f"/reflections/{made['id']}"
    changed = await patient.patch(path, {"text": "It is very bright."}, 1)
    await patient.post(f"{path}/submit", None, expect=200, match=changed["version"])
    await patient.post("/help", None, expect=200)
    assert "help" in [flag["origin"] for flag in await flags(therapist)]


@pytest.mark.parametrize("asked", [{"safety": "not_safe"}, {"safety": "not_sure"}, {"contact_me": True}])
@pytest.mark.parametrize("how", ["submit", "share"])
async def test_an_entry_that_asks_for_help_alerts_now_and_is_read_afterwards(
    world: World, api: Api, asked: Json, how: str
) -> None:
    therapist, patient, _, given = await dosed(world)
    made = await draft(patient, **asked) if how == "submit" else await submitted(patient, **asked)
    path, body = f"/reflections/{made['id']}", {"share": True} if how == "submit" else None
    shared = await patient.post(f"{path}/{how}", body, expect=200, match=made["version"])
    assert (shared["sharing"], shared["release_at"]) == ("shared", given["altered_until"])
    assert shared["monitoring"]["told"] == "team"
    [flag] = await flags(therapist, source_id=made["id"])
    tasks = (await therapist.get("/worklist"))["items"]
    assert (flag["id"], None) in [(task["subject_id"], task["title"]) for task in tasks]
    assert made["id"] not in [task["subject_id"] for task in tasks]  # the review waits for the end of the window
    await therapist.get(path, expect=404)
    await pass_time(api, therapist, minutes=180)
    assert (await therapist.get(path))["text"] == made["text"]


async def test_a_later_release_stays_the_patients_choice(world: World, api: Api) -> None:
    _, patient, _, _ = await dosed(world)
    made = await submitted(patient, safety="not_safe")
    chosen = (api.clock() + timedelta(days=2)).isoformat()
    path = f"/reflections/{made['id']}/share"
    shared = await patient.post(path, {"release_at": chosen}, expect=200, match=made["version"])
    assert datetime.fromisoformat(shared["release_at"]) == datetime.fromisoformat(chosen)


async def test_an_entry_of_the_window_is_marked_with_the_hours_since(world: World, api: Api) -> None:
    therapist, patient, _, _ = await dosed(world)
    before = await draft(patient, captured_at=(api.clock() - timedelta(minutes=1)).isoformat())
    await pass_time(api, patient, minutes=90)
    inside = await draft(patient)
    await pass_time(api, patient, therapist, minutes=90)
    after = await submitted(patient, share=True)
    path, facts = "/reflections/{}", ("hours_since_dose", "in_altered_state")
    found = [await patient.get(path.format(one["id"])) for one in (before, inside, after)]
    told = [[one[name] for name in facts] for one in found]
    assert told == [[None, None], [1.5, True], [3.0, False]]
    listed = (await patient.get("/reflections"))["items"]
    summaries = (await patient.get("/reflections?view=summary"))["items"]
    shown = (await patient.get("/me/home"))["reflections"]
    for items in (listed, summaries, shown):
        assert [[one[name] for name in facts] for one in items] == told[::-1]
    assert (await therapist.get(path.format(after["id"])))["hours_since_dose"] == 3.0


async def test_a_dose_that_was_withdrawn_opens_no_window(world: World) -> None:
    therapist, patient, made, given = await dosed(world)
    entry = await submitted(patient)
    path = f"/reflections/{entry['id']}"
    await patient.post(f"{path}/share", None, expect=409, match=entry["version"])
    withdraw = f"/sessions/{made['id']}/doses/{given['id']}/withdraw"
    await therapist.post(withdraw, {"reason": "Another chart."}, expect=200, match=1)
    seen = await patient.get(path)
    assert (seen["in_altered_state"], seen["hours_since_dose"], seen["held_until"]) == (None, None, None)
    await patient.post(f"{path}/share", None, expect=200, match=entry["version"])


async def test_a_corrected_dose_moves_the_end(world: World) -> None:
    therapist, patient, made, given = await dosed(world)
    right = {"route": "oral", "corrects_id": given["id"], "correction_reason": "Swallowed."}
    corrected = await dose(therapist, made, **right)
    entry = await submitted(patient)
    refused = await patient.post(f"/reflections/{entry['id']}/share", None, expect=409, match=entry["version"])
    assert refused["ends_at"] == corrected["altered_until"] > given["altered_until"]


async def test_a_further_dose_shortens_no_window(world: World) -> None:
    therapist, patient, made, given = await dosed(world, route="oral")
    await dose(therapist, made, kind="booster", amount=20)
    entry = await submitted(patient)
    refused = await patient.post(f"/reflections/{entry['id']}/share", None, expect=409, match=entry["version"])
    assert refused["ends_at"] == given["altered_until"]


async def test_staff_decide_as_ever(world: World) -> None:
    therapist, patient, _, _ = await dosed(world)
    chart = world.chart_id(patient)
    made = await plan_draft(therapist, chart)
    await step(therapist, made, "propose")


async def test_the_window_of_one_chart_holds_no_other(world: World) -> None:
    therapist, _, _, _ = await dosed(world)
    other = await world.patient_of(therapist, birth_on="1980-02-01")
    entry = await submitted(other)
    assert (await other.get(f"/reflections/{entry['id']}"))["in_altered_state"] is None
    await other.post(f"/reflections/{entry['id']}/share", None, expect=200, match=entry["version"])


async def test_a_clinic_sets_its_own_minutes(world: World) -> None:
    clinic = await world.admin.get("/clinic")
    ours = {"altered_state_minutes_im": 30, "altered_state_minutes_oral": 0}
    await world.admin.patch("/clinic", {"policies": ours}, clinic["version"])
    therapist, _, made, given = await dosed(world)
    oral = await dose(therapist, made, route="oral", kind="booster", amount=20)
    spans = [
        datetime.fromisoformat(one["altered_until"]) - datetime.fromisoformat(one["given_at"]) for one in (given, oral)
    ]
    assert spans == [timedelta(minutes=30), timedelta(0)]
