"""Record requests over HTTP: the patient asks for a copy, staff answer in time and in writing."""

from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.journal.record_requests.rules import AccessDenialGround, is_reviewable, rights_after
from tests.factories.emergencies import WHY
from tests.factories.feeds import seal
from tests.factories.notes import join
from tests.support import Api, Json, Person, World

TEXT = "The notes of this year, on paper."


async def asked(world: World) -> tuple[Person, Person, Json]:
    """A therapist, the patient, and the patient's request."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made: Json = await patient.post("/record-requests", {"patient_id": world.chart_id(patient), "text": TEXT})
    return therapist, patient, made


async def step(who: Person, made: Json, name: str, body: Json, expect: int = 200) -> Json:
    told: Json = await who.post(f"/record-requests/{made['id']}/{name}", body, match=made["version"], expect=expect)
    return told


async def tasks_of(who: Person, made: Json) -> list[Json]:
    found = await who.get("/worklist")
    return [task for task in found["items"] if task["subject_id"] == made["id"]]


async def told_of(patient: Person, made: Json) -> list[str]:
    found = await patient.get("/me/inbox")
    return [item["kind"] for item in found["items"] if item["subject_id"] == made["id"]]


async def test_nobody_without_a_token(api: Api) -> None:
    path = f"/record-requests/{new_id()}"
    assert (await api.send("GET", "/record-requests")).status_code == 401
    assert (await api.send("GET", path)).status_code == 401
    assert (await api.send("POST", "/record-requests", json={})).status_code == 401
    for name in ("deny", "extend"):
        assert (await api.send("POST", f"{path}/{name}", json={})).status_code == 401


async def test_a_request_waits_thirty_days_for_the_team(world: World) -> None:
    therapist, patient, made = await asked(world)
    assert (made["state"], made["text"], made["received_at"]) == ("open", TEXT, made["created_at"])
    assert datetime.fromisoformat(made["due_at"]) - datetime.fromisoformat(made["created_at"]) == timedelta(days=30)
    assert made["monitoring"]["told"] == "team"
    assert made["monitoring"]["reviewed_by"] == made["due_at"]
    [task] = await tasks_of(therapist, made)
    assert (task["kind"], task["due_at"]) == ("record_request_to_answer", made["due_at"])
    shown = {**made, "monitoring": None}
    assert (await therapist.get(f"/record-requests?patient_id={made['patient_id']}&state=open"))["items"] == [shown]
    assert (await therapist.get("/record-requests?state=denied"))["items"] == []
    assert await patient.get(f"/record-requests/{made['id']}") == shown
    assert await told_of(patient, made) == []


@pytest.mark.parametrize(("ground", "has_review"), [("danger_to_life", True), ("confidential_source", False)])
async def test_a_denial_names_its_ground_and_the_rights(world: World, ground: str, has_review: bool) -> None:
    therapist, patient, made = await asked(world)
    denied = await step(therapist, made, "deny", {"answer": "It would tell who said it.", "ground": ground})
    assert (denied["state"], denied["answer"], denied["denial_ground"]) == (
        "denied",
        "It would tell who said it.",
        ground,
    )
    assert (denied["answered_by_id"], denied["is_reviewable"]) == (therapist.id, has_review)
    assert ("review this denial" in denied["rights"]) is has_review
    assert "complain" in denied["rights"]
    assert await patient.get(f"/record-requests/{made['id']}") == denied
    assert await tasks_of(therapist, made) == []
    assert await told_of(patient, made) == ["record_request_answered"]


def test_three_grounds_are_reviewable_and_each_says_how_to_complain() -> None:
    assert [ground.value for ground in AccessDenialGround if is_reviewable(ground)] == [
        "danger_to_life",
        "harm_to_another",
        "representative",
    ]
    assert all("complain" in rights_after(ground) for ground in AccessDenialGround)


@pytest.mark.parametrize("body", [{"ground": "danger_to_life"}, {"answer": "No."}, {"answer": " ", "ground": "inmate"}])
async def test_a_denial_needs_a_ground_and_words(world: World, body: Json) -> None:
    therapist, _, made = await asked(world)
    await step(therapist, made, "deny", body, expect=422)


async def test_it_may_take_thirty_days_more_once(world: World) -> None:
    therapist, patient, made = await asked(world)
    later = await step(therapist, made, "extend", {"reason": "An older part is on paper."})
    assert datetime.fromisoformat(later["due_at"]) - datetime.fromisoformat(made["due_at"]) == timedelta(days=30)
    assert (later["state"], later["extension_reason"]) == ("open", "An older part is on paper.")
    assert [task["due_at"] for task in await tasks_of(therapist, made)] == [later["due_at"]]
    assert await told_of(patient, made) == ["record_request_answered"]
    assert (await step(therapist, later, "extend", {"reason": "Again."}, expect=409))["code"] == "already-extended"


async def test_no_more_time_once_it_is_over(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    received_at = (world.api.clock() - timedelta(days=31)).isoformat()
    made = await therapist.post("/record-requests", {"patient_id": world.chart_id(patient), "received_at": received_at})
    assert (await step(therapist, made, "extend", {"reason": "Later."}, expect=409))["code"] == "extension-too-late"


async def test_emergency_access_answers_nothing(world: World) -> None:
    _, _, made = await asked(world)
    stranger = await world.therapist()
    await stranger.post(f"/patients/{made['patient_id']}/emergency-access", WHY)
    bodies: Json = {"deny": {"answer": "No.", "ground": "inmate"}, "extend": {"reason": "Later."}}
    for name, body in bodies.items():
        assert (await step(stranger, made, name, body, expect=403))["code"] == "not-on-care-team"


@pytest.mark.parametrize("again", ["deny", "extend"])
async def test_an_answer_stands(world: World, again: str) -> None:
    therapist, _, made = await asked(world)
    done = await step(therapist, made, "deny", {"answer": "We never had it.", "ground": "not_held"})
    bodies: Json = {"deny": {"answer": "No.", "ground": "inmate"}, "extend": {"reason": "Later."}}
    assert (await step(therapist, done, again, bodies[again], expect=409))["code"] == "record-request-closed"
    assert await therapist.get(f"/record-requests/{made['id']}") == done


async def test_a_stale_version_is_refused(world: World) -> None:
    therapist, _, made = await asked(world)
    await step(therapist, made, "extend", {"reason": "An older part is on paper."})
    await step(therapist, made, "deny", {"answer": "No longer here.", "ground": "not_held"}, expect=412)


@pytest.mark.thorough
async def test_a_patient_asks_and_does_not_answer(world: World) -> None:
    therapist, patient, made = await asked(world)
    await step(patient, made, "deny", {"answer": "No longer here.", "ground": "not_held"}, expect=403)
    stranger = await world.therapist()
    other = await world.patient_of(therapist)
    for person in (stranger, other):
        await person.get(f"/record-requests/{made['id']}", expect=404)
        told = await person.post("/record-requests", {"patient_id": made["patient_id"]}, expect=404)
        assert told["errors"][0]["field"] == "body.patient_id"
        assert (await person.get("/record-requests"))["items"] == []
    await step(stranger, made, "extend", {"reason": "x"}, expect=404)
    for role in (Role.CLINIC_ADMIN, Role.PRIVACY_OFFICER, Role.AUDITOR):
        await (await world.staff(role)).get(f"/record-requests/{made['id']}", expect=403)
    supervisor = await join(world, therapist, made["patient_id"], Role.SUPERVISOR)
    await step(supervisor, made, "extend", {"reason": "An older part is on paper."})


async def test_staff_write_down_what_came_by_letter(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart, came = world.chart_id(patient), world.api.clock() - timedelta(days=4)
    body = {"patient_id": chart, "received_at": came.isoformat()}
    made = await therapist.post("/record-requests", body)
    assert datetime.fromisoformat(made["due_at"]) == came + timedelta(days=30)
    assert (made["created_by_id"], made["text"], made["monitoring"]) == (therapist.id, None, None)
    assert (await patient.get("/record-requests"))["items"] == [made]
    ahead = {**body, "received_at": (world.api.clock() + timedelta(days=1)).isoformat()}
    assert (await therapist.post("/record-requests", ahead, expect=422))["errors"][0]["code"] == "in_future"
    assert (await patient.post("/record-requests", body, expect=422))["errors"][0]["code"] == "staff_only"


async def test_each_step_is_a_row_that_the_patient_sees(world: World) -> None:
    therapist, patient, made = await asked(world)
    later = await step(therapist, made, "extend", {"reason": "An older part is on paper."})
    await step(therapist, later, "deny", {"answer": "No longer here.", "ground": "not_held"})
    await seal(world)
    rows = (await patient.get("/me/access-log?limit=100"))["items"]
    steps = [row["event"] for row in rows if row["subject_id"] == made["id"]]
    assert steps == ["record_request.denied", "record_request.extended", "record_request.created"]
