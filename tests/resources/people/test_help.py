"""A call for help is never refused, and says who was told."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from integration_api.access.actor import Role
from integration_api.app import SHED_NEVER
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseDown
from tests.applications import application
from tests.factories.arcs import checked_in
from tests.factories.flags import events, flag_tasks, flags, take
from tests.factories.reflections import submitted
from tests.factories.retention import erase, keep_nothing
from tests.resources.journal.test_safety_plans import confirm, draft
from tests.support import Json, Person, World

HOLD = {"reason": "litigation", "reference": "Docket 1", "note": "Keep everything."}


async def patient_of(world: World) -> tuple[Person, Person]:
    therapist = await world.therapist()
    return await world.patient_of(therapist), therapist


def _in_order(said: Json, *parts: str) -> None:
    """The own step, whether anybody watches, whom to call. Source: clinical.md section 6; product.md, Safety."""
    names = list(said)
    assert names.index("next_step") < names.index("text") < names.index("crisis_resources")
    places = [said["text"].index(part) for part in parts]
    assert (places[0], places) == (0, sorted(places))


async def test_it_tells_the_team_and_says_what_to_do(world: World) -> None:
    patient, therapist = await patient_of(world)
    clinic = await world.admin.get("/clinic")
    facts = {"phone": "+1 555 0199", "emergency_instruction": "Go to Springfield General."}
    await world.admin.patch("/clinic", facts, clinic["version"])
    said = await patient.post("/help", expect=200)
    [task] = (await therapist.get("/worklist"))["items"]
    assert (task["kind"], task["urgency"]) == ("flag_raised", "critical")
    [flag] = await flags(therapist)
    assert (flag["id"], flag["rule"], flag["origin"]) == (task["subject_id"], "R06", "help")
    assert (said["told"], said["answer_by"]) == ("team", task["due_at"])
    due_at, opened_at = (datetime.fromisoformat(task[name]) for name in ("due_at", "opened_at"))
    assert due_at - opened_at == timedelta(minutes=15)
    assert said["clinic_phone"] == "+1 555 0199"
    _in_order(
        said, "Your care team is told now", "If you are in danger, call 911 (Emergency services)", "Go to Springf"
    )
    assert [line["contact"] for line in said["crisis_resources"]][:2] == ["911", "988"]
    world.api.clock.advance(minutes=2)
    assert (await patient.post("/help", expect=200))["answer_by"] == task["due_at"]
    assert len((await therapist.get("/worklist"))["items"]) == 1
    assert [event["kind"] for event in await events(therapist, flag)] == ["raised", "repeated"]
    await take(therapist, flag, "acknowledge")
    assert await flag_tasks(therapist) == [("flag_to_follow", "critical")]
    await patient.post("/help", expect=200)
    assert await flag_tasks(therapist) == [("flag_raised", "critical"), ("flag_to_follow", "critical")]
    assert len(await flags(therapist)) == 2


async def test_the_own_next_step_comes_first(world: World) -> None:
    patient, therapist = await patient_of(world)
    said = await patient.post("/help", expect=200)
    assert said["next_step"] is None
    made = await draft(therapist, world.chart_id(patient))
    await confirm(patient, made)
    said = await patient.post("/help", expect=200)
    assert said["next_step"] == {"step": "internal_coping", "lines": made["internal_coping"][:3]}
    _in_order(said, "Your care team is told now", "If you are in danger, call 911")
    for told in (
        await submitted(patient, share=True, safety="not_safe"),
        await submitted(patient, safety="not_sure"),
        await submitted(patient, share=True, ratings={"distress": 10}),
        await checked_in(patient, {"ci.safety": "not_safe"}),
    ):
        assert told["monitoring"]["next_step"] == said["next_step"]
        assert told["monitoring"]["text"].index("nobody") < told["monitoring"]["text"].index("call 911")
    assert (await submitted(patient, share=True))["monitoring"]["next_step"] is None


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (b"", {}),
        (b"{", {"Content-Type": "application/json"}),
        (b"help", {"Content-Type": "text/plain"}),
        (b"\xff\x00", {"Content-Type": "nonsense"}),
        (b'{"unknown": [1]}', {"Content-Type": "application/json"}),
        (b" " * (1024 * 1024 + 1), {"Content-Type": "application/json"}),
        (b"{}", {"Content-Type": "application/json", "Idempotency-Key": ""}),
        (b"{}", {"Content-Type": "application/json", "Idempotency-Key": "k" * 999, "If-Match": "x"}),
    ],
    ids=lambda value: str(len(value)) if isinstance(value, bytes) else None,
)
async def test_nothing_about_the_request_is_refused(world: World, content: bytes, headers: dict[str, str]) -> None:
    patient, therapist = await patient_of(world)
    for _ in range(2):
        answer = await world.api.client.post(
            "/v1/help?unknown=1&unknown=2",
            content=content,
            headers={"Authorization": f"Bearer {patient.token}", **headers},
        )
        assert (answer.status_code, answer.json()["told"]) == (200, "team")
    assert len((await therapist.get("/worklist"))["items"]) == 1


async def test_no_header_but_those_of_the_sign_in_is_looked_at(world: World) -> None:
    patient, _ = await patient_of(world)
    token = ("Authorization", f"Bearer {patient.token}")
    for name in ("Content-Type", "If-Match", "Idempotency-Key"):
        answer = await world.api.client.post("/v1/help", headers=[token, (name, "a"), (name, "b")])
        assert (answer.status_code, answer.json()["told"]) == (200, "team")
    assert (await world.api.client.post("/v1/help", headers=[token, token])).status_code == 400


async def test_a_body_of_any_length_that_comes_in_pieces_is_taken(world: World) -> None:
    patient, _ = await patient_of(world)

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    headers = {"Authorization": f"Bearer {patient.token}"}
    answer = await world.api.client.post("/v1/help", headers=headers, content=pieces())
    assert (answer.status_code, answer.json()["told"]) == (200, "team")


async def test_one_idempotency_key_for_two_calls_is_two_calls(world: World) -> None:
    patient, therapist = await patient_of(world)
    for body in ({}, {"x": 1}):
        answer = await patient.send("POST", "/help", body, headers={"Idempotency-Key": "same"})
        assert answer.status_code == 200
        flag = (await flags(therapist))[0]
        await take(therapist, flag, "acknowledge")
    assert len(await flags(therapist)) == 2


async def test_without_the_database_it_says_that_nobody_was_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    patient, therapist = await patient_of(world)
    await patient.post("/help", expect=200)

    async def down(*_: object, **__: object) -> None:
        raise DatabaseDown

    monkeypatch.setattr(world.api.runtime.database, "one", down)
    monkeypatch.setattr(world.api.runtime.database, "all", down)
    said = await patient.post("/help", expect=200)
    assert (said["told"], said["answer_by"]) == ("nobody", None)
    _in_order(said, "Nobody could be told: do not wait for an answer here.", "If you are in danger, call 911")
    assert [line["contact"] for line in said["crisis_resources"]][:2] == ["911", "988"]
    found = await patient.get("/crisis-resources")
    assert found["country"] == "US"
    world.api.runtime.countries.clear()
    said = await patient.post("/help", expect=200)
    assert [line["contact"] for line in said["crisis_resources"]] == ["112"]
    monkeypatch.undo()
    assert (await therapist.get("/worklist"))["waiting"] == 1


async def test_a_process_knows_the_countries_of_its_clinics_from_the_start(own: Settings) -> None:
    async with application(own) as api:
        world = await World.build(api, country="NZ", time_zone="Pacific/Auckland")
        async with application(own) as other:
            assert other.runtime.countries[world.admin.actor.clinic_id] == "NZ"


async def test_an_ended_sign_in_is_shown_the_crisis_lines(world: World) -> None:
    patient, therapist = await patient_of(world)
    await patient.post("/help", expect=200)
    world.api.clock.advance(hours=30)
    headers = {"Authorization": f"Bearer {patient.token}"}
    refused = await world.api.client.post("/v1/help", headers=headers)
    assert refused.status_code == 401, refused.text
    assert refused.json()["crisis_lines"][0] == "911: Emergency services"
    assert refused.json()["text"].startswith("Nobody could be told")
    stranger = await world.api.client.post("/v1/help")
    assert (stranger.status_code, stranger.json()["crisis_lines"][0][:3]) == (401, "112")
    assert therapist.token


async def test_only_a_patient_calls(world: World) -> None:
    assert (await (await world.staff(Role.THERAPIST)).send("POST", "/help")).status_code == 403
    assert "/v1/help" in SHED_NEVER


async def test_with_nobody_on_the_team_it_falls_to_a_supervisor(world: World) -> None:
    patient, therapist = await patient_of(world)
    chart = world.chart_id(patient)
    [member] = (await therapist.get(f"/patients/{chart}/care-team"))["items"]
    await world.admin.delete(f"/patients/{chart}/care-team/{member['id']}", member["version"])
    assert (await patient.post("/help", expect=200))["told"] == "nobody"
    supervisor = await world.staff(Role.SUPERVISOR)
    assert (await patient.post("/help", expect=200))["told"] == "supervisors"
    assert [task["kind"] for task in (await supervisor.get("/worklist"))["items"]] == ["flag_raised"]


async def test_crisis_resources_are_public(world: World) -> None:
    def contacts(answer: dict[str, list[dict[str, str]]]) -> list[str]:
        return [line["contact"] for line in answer["items"]]

    public = (await world.api.client.get("/v1/crisis-resources", params={"country": "NZ"})).json()
    assert (public["country"], contacts(public)) == ("NZ", ["111", "1737"])
    unknown = (await world.api.client.get("/v1/crisis-resources")).json()
    assert (unknown["country"], contacts(unknown)) == (None, ["112"])
    assert (await world.api.client.get("/v1/crisis-resources", params={"country": "nz"})).status_code == 422
    patient, _ = await patient_of(world)
    assert (await patient.get("/crisis-resources"))["country"] == "US"
    assert (await patient.get("/crisis-resources", params={"country": "NZ"}))["country"] == "NZ"


async def test_whose_chart_is_erased_is_shown_the_crisis_lines(world: World) -> None:
    """The account ended with the chart, so that nobody can be told; no task is left or made."""
    await keep_nothing(world)
    patient, therapist = await patient_of(world)
    await patient.post("/help", expect=200)
    await erase(world.admin, world.chart_id(patient))
    refused = await patient.send("POST", "/help")
    assert (refused.status_code, refused.json()["code"]) == (401, "help-needs-sign-in")
    assert refused.json()["crisis_lines"][0] == "911: Emergency services"
    assert (await therapist.get("/worklist"))["waiting"] == 0


async def test_a_patient_under_legal_hold_calls_as_any_other(world: World) -> None:
    patient, _ = await patient_of(world)
    await world.admin.put(f"/patients/{world.chart_id(patient)}/legal-hold", HOLD, 1)
    assert (await patient.post("/help", expect=200))["told"] == "team"


@pytest.mark.thorough
async def test_no_limit_refuses_the_hundredth_call(world: World) -> None:
    patient, therapist = await patient_of(world)
    for _ in range(100):
        assert (await patient.send("POST", "/help")).status_code == 200
    assert (await therapist.get("/worklist"))["waiting"] == 1
