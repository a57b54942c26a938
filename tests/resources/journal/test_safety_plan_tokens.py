"""Tokens that read one's own safety plan, and nothing else."""

import re

import pytest

from integration_api.access.limits.attempts import WRONG_SECRETS
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from tests.resources.journal.test_safety_plans import confirm, draft, pair
from tests.support import Json, Person, World, new_source

PLAN, TOKEN = "/me/safety-plan", "/me/safety-plan/token"


async def token_of(patient: Person) -> Json:
    made: Json = await patient.post(TOKEN)
    return made


async def with_plan(world: World) -> tuple[Person, str]:
    therapist, patient, chart = await pair(world)
    await confirm(patient, await draft(therapist, chart))
    return patient, chart


async def read(world: World, token: str, expect: int = 200) -> Json:
    answer = await world.api.send("GET", PLAN, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == expect, answer.text
    found: Json = answer.json()
    return found


async def test_a_token_reads_the_plan_of_its_patient(world: World) -> None:
    patient, _ = await with_plan(world)
    made = await token_of(patient)
    assert await read(world, made["token"]) == await patient.get(PLAN)
    other, _ = await with_plan(world)
    theirs = await token_of(other)
    assert (await read(world, theirs["token"]))["plan"]["patient_id"] != (await patient.get(PLAN))["plan"]["patient_id"]


async def test_its_person_is_told_that_one_was_made(world: World) -> None:
    patient, _ = await with_plan(world)
    await token_of(patient)
    assert "safety_plan.token_created" in [one["event"] for one in (await patient.get("/notices"))["items"]]


async def test_no_other_operation_takes_it(world: World) -> None:
    patient, _ = await with_plan(world)
    made = await token_of(patient)
    sent = {"Authorization": f"Bearer {made['token']}"}
    asked = 0
    for route in action_routes():
        (method,) = route.methods or ("GET",)
        if route.operation.is_public or (method, route.path) == ("GET", PLAN):
            continue
        path = re.sub(r"{[a-z_]+}", str(new_id()), route.path)
        sent["X-Forwarded-For"] = new_source()
        answer = await world.api.client.request(method, f"/v1{path}", headers=sent, json={})
        assert answer.status_code == 401, f"{method} {path}: {answer.status_code}"
        asked += 1
    assert asked > 100
    assert sum(route.operation.takes_reading_tokens for route in action_routes()) == 1


@pytest.mark.thorough
async def test_a_call_for_help_by_it_reaches_nobody_beyond_the_limit_either(world: World) -> None:
    """Then it is answered with the crisis lines and 200, and still raises no flag."""
    therapist, patient, chart = await pair(world)
    sent = {"Authorization": f"Bearer {(await token_of(patient))['token']}"}
    world.api.source = new_source()
    answers = [await world.api.send("POST", "/help", headers=sent) for _ in range(WRONG_SECRETS.burst + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {401}
    told = answers[-1].json()
    assert (answers[-1].status_code, told["told"], told["next_step"]) == (200, "nobody", None)
    assert (await therapist.get(f"/flags?patient_id={chart}"))["items"] == []


async def test_staff_get_none(world: World) -> None:
    therapist = await world.therapist()
    await therapist.post(TOKEN, expect=403)


async def test_it_is_ended_among_the_sign_ins_and_by_nobody_else(world: World) -> None:
    patient, _ = await with_plan(world)
    made = await token_of(patient)
    (device,) = [one for one in (await patient.get("/me/sign-ins"))["items"] if one["id"] == made["sign_in_id"]]
    assert device["label"] == "Safety plan"
    other, _ = await with_plan(world)
    await other.delete(f"/me/sign-ins/{made['sign_in_id']}", expect=404)
    await read(world, made["token"])
    await patient.delete(f"/me/sign-ins/{made['sign_in_id']}")
    assert (await read(world, made["token"], expect=401))["code"] == "sign-in-ended"


async def test_at_most_three_and_an_ended_one_makes_room(world: World) -> None:
    patient, _ = await with_plan(world)
    made = [await token_of(patient) for _ in range(3)]
    assert (await patient.post(TOKEN, expect=409))["code"] == "too-many-tokens"
    await patient.delete(f"/me/sign-ins/{made[1]['sign_in_id']}")
    fourth = await token_of(patient)
    assert (await read(world, made[1]["token"], expect=401))["code"] == "token-invalid"
    for one in (made[0], made[2], fourth):
        await read(world, one["token"])
    await patient.post(TOKEN, expect=409)


async def test_use_renews_it_and_disuse_ends_it(world: World) -> None:
    patient, _ = await with_plan(world)
    used, unused = await token_of(patient), await token_of(patient)
    for _ in range(3):
        world.api.clock.advance(days=40)
        await read(world, used["token"])
    assert (await read(world, unused["token"], expect=401))["code"] == "sign-in-ended"
    world.api.clock.advance(days=90)
    assert (await read(world, used["token"], expect=401))["code"] == "sign-in-ended"


async def test_it_is_renewed_at_most_once_a_day(world: World) -> None:
    patient, _ = await with_plan(world)
    made = await token_of(patient)
    world.api.clock.advance(hours=23)
    await read(world, made["token"])
    world.api.clock.advance(days=89, hours=1)
    assert (await read(world, made["token"], expect=401))["code"] == "sign-in-ended"


async def test_it_ends_with_the_account(world: World) -> None:
    patient, chart = await with_plan(world)
    made = await token_of(patient)
    account = await world.admin.get(f"/patients/{chart}/account")
    await world.admin.patch(f"/accounts/{patient.id}", {"state": "disabled"}, account["version"])
    assert (await read(world, made["token"], expect=401))["code"] == "sign-in-ended"


@pytest.mark.parametrize("wrong", ["", "nonsense", "A" * 86 + "=="])
async def test_what_is_no_token_is_refused(world: World, wrong: str) -> None:
    answer = await world.api.send("GET", PLAN, headers={"Authorization": f"Bearer {wrong}"})
    assert answer.status_code == 401


@pytest.mark.thorough
async def test_a_wrong_secret_of_a_real_token_is_refused_and_counted(world: World) -> None:
    patient, _ = await with_plan(world)
    token = (await token_of(patient))["token"]
    wrong = token[:-8] + ("A" if token[-8] != "A" else "B") + token[-7:]
    world.api.source = new_source()
    for _ in range(WRONG_SECRETS.burst):
        assert (await read(world, wrong, expect=401))["code"] == "token-invalid"
    assert (await read(world, wrong, expect=429))["code"] == "too-many-requests"
    await read(world, token)  # what others guess never keeps a right one out


async def test_a_lost_answer_shows_no_second_secret(world: World) -> None:
    patient, _ = await with_plan(world)
    key = str(new_id())
    await patient.post(TOKEN, key=key)
    assert (await patient.post(TOKEN, key=key, expect=409))["code"] == "shown-once"
