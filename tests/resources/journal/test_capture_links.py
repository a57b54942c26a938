"""Capture links over HTTP: written after a dose without a sign-in, private, and with whom to call always on them."""

import re
from datetime import timedelta

import pytest

from integration_api.access.limits.attempts import WRONG_SECRETS
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from integration_api.resources.journal.capture_links.captures import WRITES
from integration_api.resources.journal.capture_links.service import LIFETIME
from integration_api.resources.journal.capture_links.tables import MAX_ENTRIES
from tests.factories.capture_links import by_link, issue
from tests.factories.doses import dosed_session
from tests.factories.emergencies import WHY
from tests.factories.feeds import seal
from tests.factories.readiness import ready_session
from tests.factories.reflections import ledger_of
from tests.factories.sessions import session
from tests.resources.journal.test_safety_plans import confirm, draft
from tests.support import Json, Person, World, new_source

TAPS: Json = {"mood": {"mood": 6, "anxiety": 3, "connection": 8}}


async def linked(world: World) -> tuple[Person, Person, Json, str]:
    """A therapist, a patient, a session with a dose, and the token of its link."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await dosed_session(therapist, world.chart_id(patient))
    return therapist, patient, made, (await issue(therapist, made))["token"]


async def write(world: World, token: str, body: Json, expect: int = 201, key: str | None = None) -> Json:
    answer = await by_link(world.api, token, "POST", "/captures", body, key)
    assert answer.status_code == expect, answer.text
    told: Json = answer.json()
    return told


async def test_what_is_written_by_a_link_is_the_patients_own_and_private(world: World) -> None:
    therapist, patient, made, token = await linked(world)
    word, taps = (
        await write(world, token, {"word": "weightless"}),
        await write(world, token, {**TAPS, "text": "Still."}),
    )
    assert {*word} == {"id", "text", "crisis_resources"}
    assert "nobody but you can read it" in word["text"]
    assert word["crisis_resources"][0]["kind"] == "emergency"
    mood, first = (await patient.get("/reflections"))["items"]
    assert (first["id"], first["kind"], first["fragment"]["word"]) == (word["id"], "fragment", "weightless")
    assert (mood["id"], mood["fragment"]["mood"], mood["text"]) == (taps["id"], TAPS["mood"], "Still.")
    for one in (first, mood):
        assert (one["state"], one["sharing"], one["session_id"]) == ("submitted", "private", made["id"])
        assert one["in_altered_state"]
        assert one["capture_link_id"] is not None
        assert one["monitoring"]["is_monitored_now"] is False
    assert (await therapist.get(f"/reflections?patient_id={made['patient_id']}"))["items"] == []
    assert (await therapist.get(f"/reflections/{first['id']}", expect=404))["code"] == "not-found"
    assert len((await patient.get(f"/reflections/{first['id']}/versions"))["items"]) == 1
    own = await patient.post("/reflections", {"text": "Signed in."})
    assert own["capture_link_id"] is None


async def test_the_token_reads_whom_to_call_and_nothing_of_the_chart(world: World) -> None:
    therapist, patient, made, token = await linked(world)
    await write(world, token, {"word": "weightless"})
    page = (await by_link(world.api, token, "GET", "/capture")).json()
    assert {*page} == {"expires_at", "help_path", "crisis_resources"}
    assert page["help_path"] == "/v1/help"
    assert page["crisis_resources"] == (await world.api.send("GET", "/crisis-resources?country=US")).json()["items"]
    chart = await therapist.get(f"/patients/{made['patient_id']}")
    for secret in (chart["name"], made["id"], made["patient_id"], patient.id, "weightless"):
        assert secret not in str(page)


async def test_a_call_for_help_by_it_is_as_the_patients_own(world: World) -> None:
    therapist, patient, made, token = await linked(world)
    answer = await by_link(world.api, token, "POST", "/help")
    assert answer.status_code == 200, answer.text
    assert answer.json()["told"] == "team"
    assert (await patient.post("/help", expect=200))["told"] == "team"
    flags = (await therapist.get(f"/flags?patient_id={made['patient_id']}"))["items"]
    assert [one["severity"] for one in flags if one["rule"] == "R06"] == ["critical"]


async def test_a_call_for_help_by_it_shows_nothing_of_the_safety_plan(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    plan = await confirm(patient, await draft(therapist, chart))
    token = (await issue(therapist, await dosed_session(therapist, chart)))["token"]
    for _ in range(2):
        answer = await by_link(world.api, token, "POST", "/help")
        assert (answer.status_code, answer.json()["next_step"]) == (200, None)
        for secret in (*plan["internal_coping"], "Maria", "+1 555 0142", "Dr. Sample", "The library"):
            assert secret not in answer.text
    assert (await patient.post("/help", expect=200))["next_step"]["lines"] == plan["internal_coping"]


async def test_no_other_operation_takes_it(world: World) -> None:
    _, _, _, token = await linked(world)
    sent, taken, asked = {"Authorization": f"Bearer {token}"}, set(), 0
    for route in action_routes():
        (method,) = route.methods or ("GET",)
        if route.operation.takes_capture_links:
            taken.add(route.name)
        if route.operation.is_public or route.operation.takes_capture_links:
            continue
        path = re.sub(r"{[a-z_]+}", str(new_id()), route.path)
        sent["X-Forwarded-For"] = new_source()
        answer = await world.api.client.request(method, f"/v1{path}", headers=sent, json={})
        assert answer.status_code == 401, f"{method} {path}: {answer.status_code}"
        asked += 1
    assert asked > 100
    assert taken == {"read_capture", "create_capture", "ask_for_help"}


async def test_a_token_of_the_safety_plan_writes_nothing(world: World) -> None:
    _, patient, _, _ = await linked(world)
    other = (await patient.post("/me/safety-plan/token"))["token"]
    await write(world, other, {"word": "weightless"}, expect=401)
    assert (await by_link(world.api, other, "GET", "/capture")).status_code == 401
    assert (await by_link(world.api, other, "POST", "/help")).status_code == 401


async def test_a_retry_makes_no_second_entry(world: World) -> None:
    _, patient, _, token = await linked(world)
    body, key = {"id": str(new_id()), "word": "weightless"}, str(new_id())
    first = await write(world, token, body, key=key)
    assert await write(world, token, body, key=key) == first
    again = await write(world, token, body, expect=409)
    assert (again["code"], again["crisis_lines"][0][:3]) == ("id-taken", "911")
    assert len((await patient.get("/reflections"))["items"]) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": " "},
        {"text": "x" * 501},
        {"word": "two words"},
        {"word": "one", **TAPS},
        {"mood": {"mood": 6}},
        {"word": "one", "share": True},
        {"word": "one", "session_id": "019ab0de-0000-7000-8000-000000000009"},
    ],
)
async def test_what_is_no_moment_is_refused_with_the_crisis_lines(world: World, body: Json) -> None:
    _, patient, _, token = await linked(world)
    refused = await write(world, token, body, expect=422)
    assert refused["crisis_lines"][0].startswith("911")
    assert (await patient.get("/reflections"))["items"] == []


async def test_it_ends_by_itself_after_three_days_and_is_not_renewed(world: World) -> None:
    _, _, _, token = await linked(world)
    for _ in range(2):
        world.api.clock.advance(hours=30)
        await write(world, token, {"word": "weightless"})
    world.api.clock.advance(hours=LIFETIME / timedelta(hours=1) - 60)
    refused = await write(world, token, {"word": "late"}, expect=401)
    assert refused["code"] == "sign-in-ended"
    assert refused["crisis_lines"][0].startswith("911")
    help_refused = (await by_link(world.api, token, "POST", "/help")).json()
    assert help_refused["code"] == "help-needs-sign-in"
    assert help_refused["crisis_lines"][0].startswith("911")
    page = await by_link(world.api, token, "GET", "/capture")
    assert (page.status_code, page.json()["crisis_lines"]) == (401, refused["crisis_lines"])


@pytest.mark.parametrize("who", ["therapist", "patient", "sign_ins"])
async def test_staff_and_patient_end_it(world: World, who: str) -> None:
    therapist, patient, made, token = await linked(world)
    if who == "sign_ins":
        [device] = [
            one for one in (await patient.get("/me/sign-ins"))["items"] if one["label"] == "Link of your clinic"
        ]
        await patient.delete(f"/me/sign-ins/{device['id']}")
    else:
        person = {"therapist": therapist, "patient": patient}[who]
        await person.delete(f"/sessions/{made['id']}/capture-link")
        await person.delete(f"/sessions/{made['id']}/capture-link")
    assert (await write(world, token, {"word": "late"}, expect=401))["code"] == "sign-in-ended"
    assert (await therapist.get(f"/sessions/{made['id']}/capture-link"))["revoked_at"] is not None
    await patient.get("/me")


async def test_a_new_link_ends_the_one_before(world: World) -> None:
    therapist, patient, made, before = await linked(world)
    later = await dosed_session(therapist, made["patient_id"])
    token = (await issue(therapist, later))["token"]
    assert (await write(world, before, {"word": "late"}, expect=401))["code"] == "token-invalid"
    written = await write(world, token, {"word": "weightless"})
    assert (await patient.get(f"/reflections/{written['id']}"))["session_id"] == later["id"]
    assert (await therapist.get(f"/sessions/{made['id']}/capture-link"))["revoked_at"] is not None
    assert (await therapist.get(f"/sessions/{later['id']}/capture-link"))["revoked_at"] is None


async def test_it_ends_with_the_account(world: World) -> None:
    _, patient, made, token = await linked(world)
    account = await world.admin.get(f"/patients/{made['patient_id']}/account")
    await world.admin.patch(f"/accounts/{patient.id}", {"state": "disabled"}, account["version"])
    assert (await write(world, token, {"word": "late"}, expect=401))["code"] == "sign-in-ended"


async def test_it_needs_a_dose_and_somebody_who_can_read_it(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    assert (await issue(therapist, await session(therapist, chart), expect=409))["code"] == "not-dosing"
    assert (await issue(therapist, await ready_session(therapist, chart), expect=409))["code"] == "no-dose-yet"
    alone = await therapist.post("/patients", {"name": "Ash Doe"})
    made = await dosed_session(therapist, alone["id"])
    assert (await issue(therapist, made, expect=409))["code"] == "no-patient-account"
    await therapist.get(f"/sessions/{made['id']}/capture-link", expect=404)
    await therapist.delete(f"/sessions/{made['id']}/capture-link", expect=404)


async def test_only_those_who_treat_issue_one(world: World) -> None:
    _, patient, made, _ = await linked(world)
    await patient.post(f"/sessions/{made['id']}/capture-link", expect=403)
    stranger = await world.therapist()
    await stranger.post(f"/sessions/{made['id']}/capture-link", expect=404)
    await stranger.get(f"/sessions/{made['id']}/capture-link", expect=404)
    await stranger.delete(f"/sessions/{made['id']}/capture-link", expect=404)
    assert (await world.api.send("POST", f"/sessions/{made['id']}/capture-link")).status_code == 401


async def test_emergency_access_issues_none(world: World) -> None:
    _, _, made, token = await linked(world)
    stranger = await world.therapist()
    await stranger.post(f"/patients/{made['patient_id']}/emergency-access", WHY)
    assert (await issue(stranger, made, expect=403))["code"] == "emergency-only"
    await write(world, token, {"word": "weightless"})


async def test_ledger_feed_and_notice_tell_of_it_and_of_no_entry(world: World) -> None:
    therapist, patient, made, token = await linked(world)
    await seal(world)
    changes = (await therapist.get("/changes?limit=100"))["items"]
    assert ("capture_link", made["id"]) in [(one["kind"], one["id"]) for one in changes]
    assert "capture_link.created" in [one["event"] for one in (await patient.get("/notices"))["items"]]
    written = await write(world, token, {"word": "weightless"})
    assert await ledger_of(world.api, written["id"]) == [("capture.written", True)]
    await seal(world)
    for person, is_told in ((patient, True), (therapist, False)):
        told = (await person.get("/changes?limit=100"))["items"]
        assert (("reflection", written["id"]) in [(one["kind"], one["id"]) for one in told]) is is_told
    await therapist.delete(f"/sessions/{made['id']}/capture-link")
    assert "capture_link.revoked" in [event for event, _ in await ledger_of(world.api, made["id"])]


async def test_a_lost_answer_shows_no_second_secret(world: World) -> None:
    therapist, _, made, _ = await linked(world)
    key, path = str(new_id()), f"/sessions/{made['id']}/capture-link"
    await therapist.post(path, key=key)
    assert (await therapist.post(path, key=key, expect=409))["code"] == "shown-once"


async def test_a_flood_waits_and_a_call_for_help_does_not(world: World) -> None:
    _, _, _, token = await linked(world)
    for number in range(WRITES.burst):
        await write(world, token, {"word": f"word{number}"})
    refused = await write(world, token, {"word": "more"}, expect=429)
    assert refused["crisis_lines"][0].startswith("911")
    assert (await by_link(world.api, token, "POST", "/help")).status_code == 200
    world.api.clock.advance(seconds=16)
    await write(world, token, {"word": "more"})


@pytest.mark.thorough
async def test_a_link_takes_a_hundred_entries(world: World) -> None:
    _, _, _, token = await linked(world)
    for number in range(MAX_ENTRIES):
        world.api.clock.advance(seconds=15)
        await write(world, token, {"word": f"word{number}"})
    world.api.clock.advance(seconds=15)
    assert (await write(world, token, {"word": "more"}, expect=409))["code"] == "capture-link-full"
    assert (await by_link(world.api, token, "POST", "/help")).status_code == 200


@pytest.mark.thorough
async def test_guesses_are_counted_and_keep_no_right_one_out(world: World) -> None:
    _, _, _, token = await linked(world)
    wrong = token[:-8] + ("A" if token[-8] != "A" else "B") + token[-7:]
    world.api.source = new_source()
    for _ in range(WRONG_SECRETS.burst):
        assert (await write(world, wrong, {"word": "one"}, expect=401))["code"] == "token-invalid"
    assert (await write(world, wrong, {"word": "one"}, expect=429))["crisis_lines"]
    await write(world, token, {"word": "one"})
