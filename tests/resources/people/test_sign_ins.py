"""Sign-ins that go on: refreshing, how long they last, and the list of devices."""

import asyncio
from collections.abc import Callable

import pytest

from integration_api.access.actor import Role
from integration_api.access.limits.attempts import WRONG_SECRETS
from integration_api.access.tokens import pack_refresh
from tests.factories.factors import PASSWORD, Authenticator, add_totp, code_of, invite, sign_in, with_token
from tests.support import Api, Json, Person, World, new_source


async def refresh(api: Api, pair: Json, expect: int = 201) -> Json:
    """The body of an answer to refreshing."""
    answer = await api.send("POST", "/auth/tokens/refresh", json={"refresh_token": pair["refresh_token"]})
    assert answer.status_code == expect, answer.text
    found: Json = answer.json()
    return found


async def stands(api: Api, pair: Json) -> bool:
    """Whether the access token works."""
    answer = await api.send("GET", "/me", headers={"Authorization": f"Bearer {pair['access_token']}"})
    return answer.status_code == 200


async def rows_of(world: World, event: str) -> list[Json]:
    """Those of the ledger; the clock is real again."""
    world.api.clock.reset()
    auditor = await world.staff(Role.AUDITOR)
    return [row for row in (await auditor.get("/ledger", params={"limit": 100}))["items"] if row["event"] == event]


# ── refreshing ──


@pytest.mark.parametrize("back", [3, 5])
async def test_reusing_any_earlier_token_ends_the_sign_in(world: World, back: int) -> None:
    email, account = await invite(world)
    pairs = [await sign_in(world.api, email)]
    for _ in range(5):
        pairs.append(await refresh(world.api, pairs[-1]))
    assert len({pair["refresh_token"] for pair in pairs}) == 6
    assert await stands(world.api, pairs[-1])
    assert (await refresh(world.api, pairs[-1 - back], expect=401))["code"] == "refresh-token-spent"
    assert not await stands(world.api, pairs[-1])
    await refresh(world.api, pairs[-1], expect=401)
    [row] = await rows_of(world, "auth.refresh_reused")
    assert (row["outcome"], row["actor_id"]) == ("denied", account["id"])
    person = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    strong, _ = await add_totp(person)
    assert "auth.refresh_reused" in [notice["event"] for notice in (await strong.get("/notices"))["items"]]


async def test_reusing_a_token_ends_the_sign_in_beyond_the_limit_of_wrong_ones_too(world: World) -> None:
    email, _ = await invite(world)
    first = await sign_in(world.api, email)
    last = await refresh(world.api, await refresh(world.api, await refresh(world.api, first)))
    for _ in range(WRONG_SECRETS.burst):
        await refresh(world.api, {"refresh_token": "A" * 128}, expect=401)
    await refresh(world.api, first, expect=429)
    assert not await stands(world.api, last)
    assert len(await rows_of(world, "auth.refresh_reused")) == 1


async def test_a_refresh_whose_answer_was_lost_is_answered_alike(world: World) -> None:
    email, _ = await invite(world)
    first = await sign_in(world.api, email)
    answers = [await refresh(world.api, first) for _ in range(3)]
    assert len({pair["refresh_token"] for pair in answers}) == 1
    assert await stands(world.api, answers[-1])
    following = await refresh(world.api, answers[0])
    assert await stands(world.api, following)


async def test_requests_at_the_same_time_get_the_same_next_token(world: World) -> None:
    """Two windows of one browser: both go on, and the family stands."""
    email, _ = await invite(world)
    first = await sign_in(world.api, email)
    answers = await asyncio.gather(*(refresh(world.api, first) for _ in range(4)))
    assert len({pair["refresh_token"] for pair in answers}) == 1
    await refresh(world.api, answers[3])


async def test_a_guess_beside_a_known_sign_in_does_not_end_it(world: World) -> None:
    email, _ = await invite(world)
    pair = await sign_in(world.api, email)
    actor = with_token(world.api, pair["access_token"]).actor
    for key, turn in ((b"x" * 32, 0), (world.api.runtime.refresh_key, 7)):
        guess = {"refresh_token": pack_refresh(key, actor.clinic_id, actor.sign_in_id, turn)}
        await refresh(world.api, guess, expect=401)
    await refresh(world.api, {"refresh_token": pair["refresh_token"][:-8] + "AAAAAAA="}, expect=401)
    await refresh(world.api, pair)


# ── how long ──


async def new_patient(world: World) -> Json:
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "email": f"{therapist.id}@example.org"})
    code = (await therapist.post("/invitations", {"patient_id": chart["id"]}))["code"]
    accept = {"code": code, "password": "quiet-otter-rows-upstream"}
    assert (await world.api.send("POST", "/invitations/accept", json=accept)).status_code == 204
    return await sign_in(world.api, f"{therapist.id}@example.org")


async def new_therapist(world: World) -> Json:
    return await sign_in(world.api, (await invite(world))[0])


Maker = Callable[[World], "asyncio.Future[Json]"]


@pytest.mark.parametrize(
    ("who", "idle"), [(new_therapist, {"minutes": 60}), (new_patient, {"days": 30})], ids=["staff", "patient"]
)
async def test_a_sign_in_that_was_left_alone_ends(world: World, who: Maker, idle: dict[str, float]) -> None:
    pair = await who(world)
    world.api.clock.advance(**idle)
    world.api.clock.advance(seconds=-5)
    pair = await refresh(world.api, pair)
    world.api.clock.advance(**idle)
    await refresh(world.api, pair, expect=401)
    world.api.clock.advance(minutes=-20)
    world.api.source = new_source()  # where nothing was counted at a time that is yet to come
    await refresh(world.api, pair, expect=401)  # it has ended for good
    assert len(await rows_of(world, "auth.sign_in_expired")) == 1


@pytest.mark.parametrize(
    ("who", "steps", "step"),
    [(new_therapist, 28, {"minutes": 50}), (new_patient, 3, {"days": 29})],
    ids=["staff", "patient"],
)
async def test_a_sign_in_ends_however_much_it_is_used(
    world: World, who: Maker, steps: int, step: dict[str, float]
) -> None:
    """28 times 50 minutes are under 24 hours, 29 are over; three times 29 days are under 90, four are over."""
    pair = await who(world)
    for _ in range(steps):
        world.api.clock.advance(**step)
        pair = await refresh(world.api, pair)
    world.api.clock.advance(**step)
    await refresh(world.api, pair, expect=401)


async def test_the_clinic_decides_how_long(world: World) -> None:
    await world.admin.patch("/clinic", {"policies": {"staff_idle_minutes": 5, "staff_sign_in_hours": 1}}, 1)
    pair = await new_therapist(world)
    world.api.clock.advance(minutes=6)
    await refresh(world.api, pair, expect=401)
    pair = await new_therapist(world)
    for _ in range(14):
        world.api.clock.advance(minutes=4)
        pair = await refresh(world.api, pair)
    world.api.clock.advance(minutes=4)
    await refresh(world.api, pair, expect=401)


async def test_a_shorter_policy_holds_for_sign_ins_that_stand(world: World) -> None:
    pair = await new_therapist(world)
    world.api.clock.advance(minutes=30)
    await world.admin.patch("/clinic", {"policies": {"staff_idle_minutes": 20}}, 1)
    await refresh(world.api, pair, expect=401)
    world.api.clock.reset()
    world.api.source = new_source()  # where nothing was counted at a time that is yet to come
    pair = await new_therapist(world)
    await world.admin.patch("/clinic", {"policies": {"staff_sign_in_hours": 0}}, 2)
    await refresh(world.api, pair, expect=401)


async def stepped_up(world: World, token: str, secret: str, expect: int = 200) -> str:
    """The access token after proving again, with the next code."""
    body = {"totp_code": code_of(world.api, secret)}
    answer = await with_token(world.api, token).post("/auth/step-up", body, expect=expect)
    return str(answer.get("access_token", ""))


async def test_no_step_up_goes_beyond_the_longest_that_a_sign_in_may_last(world: World) -> None:
    """An access token that was made just before the end does not outlive it, whatever it asks for."""
    await world.admin.patch("/clinic", {"policies": {"staff_idle_minutes": 600, "staff_sign_in_hours": 1}}, 1)
    email, _ = await invite(world)
    pair = await sign_in(world.api, email)
    strong, secret = await add_totp(with_token(world.api, pair["access_token"]))
    token = strong.token
    for _ in range(4):
        world.api.clock.advance(minutes=14)
        token = await stepped_up(world, token, secret)
        pair = await refresh(world.api, pair)
    world.api.clock.advance(minutes=3, seconds=55)
    assert len((await with_token(world.api, token).get("/me/sign-ins"))["items"]) == 1
    world.api.clock.advance(seconds=10)
    await stepped_up(world, token, secret, expect=401)
    for last in (token, pair["access_token"]):
        for path in ("/me", "/me/sign-ins", "/patients", "/ledger"):
            assert (await with_token(world.api, last).get(path, expect=401))["code"] == "sign-in-ended"
        await with_token(world.api, last).post("/patients", {"name": "Rowan Sample"}, expect=401)
        await with_token(world.api, last).delete("/me/sign-ins", expect=401)


async def minted(world: World, token: str, secret: str, way: str) -> int:
    """The status of one of the ways to a new access token that are no refresh."""
    person = with_token(world.api, token)
    if way == "step_up":
        answer = await person.send("POST", "/auth/step-up", {"totp_code": code_of(world.api, secret)})
    elif way == "change_password":
        body = {"old_password": PASSWORD, "password": "another-otter-rows-upstream"}
        answer = await person.send("PUT", "/me/password", body)
    elif way == "confirm_totp":
        begun = await person.post("/me/factors/totp", {})
        code = {"totp_code": code_of(world.api, begun["secret"])}
        answer = await person.send("POST", f"/me/factors/totp/{begun['id']}/confirm", code)
    else:
        options = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
        answer = await person.send("POST", "/me/factors/passkeys", {"credential": Authenticator().create(options)})
    return answer.status_code


@pytest.mark.parametrize("way", ["step_up", "change_password", "confirm_totp", "add_passkey"])
async def test_whoever_was_idle_gets_no_new_access_token_but_by_signing_in(world: World, way: str) -> None:
    await world.admin.patch("/clinic", {"policies": {"staff_idle_minutes": 13}}, 1)
    email, _ = await invite(world)
    _, secret = await add_totp(with_token(world.api, (await sign_in(world.api, email))["access_token"]))
    world.api.clock.advance(seconds=30)
    pair = await sign_in(world.api, email, totp_code=code_of(world.api, secret))
    world.api.clock.advance(minutes=12)
    proved = await stepped_up(world, pair["access_token"], secret)
    world.api.clock.advance(seconds=70)
    assert await minted(world, proved, secret, way) == 401
    await with_token(world.api, proved).get("/me")  # what it has goes on for its few minutes
    pair = await sign_in(world.api, email, totp_code=code_of(world.api, secret))
    world.api.clock.advance(seconds=30)
    assert await minted(world, pair["access_token"], secret, way) in (200, 201)


# ── devices ──


async def devices(world: World) -> tuple[list[Person], str]:
    """One person on three devices, newest last, and the secret of their app."""
    email, _ = await invite(world)
    person, secret = await add_totp(with_token(world.api, (await sign_in(world.api, email))["access_token"]))
    found = [person]
    for at, label in enumerate(("Phone", None)):
        world.api.clock.advance(seconds=1)
        pair = await sign_in(world.api, email, totp_code=code_of(world.api, secret, at), device=label)
        found.append(with_token(world.api, pair["access_token"]))
    return found, secret


async def test_one_sees_where_one_is_signed_in(world: World) -> None:
    people, _ = await devices(world)
    rows = (await people[1].get("/me/sign-ins"))["items"]
    assert [row["id"] for row in rows] == [str(person.actor.sign_in_id) for person in reversed(people)]
    assert [(row["label"], row["is_this_one"]) for row in rows] == [(None, False), ("Phone", True), (None, False)]
    assert all(row["is_strong"] for row in rows)
    page = await people[1].get("/me/sign-ins", params={"limit": 2})
    rest = await people[1].get("/me/sign-ins", params={"limit": 2, "cursor": page["next_cursor"]})
    assert [*page["items"], *rest["items"]] == rows


async def test_one_device_is_signed_out_from_its_next_request(world: World) -> None:
    people, _ = await devices(world)
    laptop, phone, tablet = people
    await laptop.delete(f"/me/sign-ins/{phone.actor.sign_in_id}")
    await phone.get("/me", expect=401)
    await tablet.get("/me")
    await laptop.delete(f"/me/sign-ins/{phone.actor.sign_in_id}", expect=404)
    stranger = await world.therapist()
    await stranger.delete(f"/me/sign-ins/{tablet.actor.sign_in_id}", expect=404)
    await tablet.get("/me")
    assert len(await rows_of(world, "sign_in.ended")) == 1


async def test_all_others_or_all_are_signed_out(world: World) -> None:
    stranger = await world.therapist()
    people, _ = await devices(world)
    laptop, phone, tablet = people
    await laptop.delete("/me/sign-ins")
    for other in (phone, tablet):
        await other.get("/me", expect=401)
    await laptop.delete("/me/sign-ins?this_one_too=true")
    await laptop.get("/me", expect=401)
    await stranger.get("/me")


async def test_a_device_s_name_is_sealed(world: World, api: Api) -> None:
    email, _ = await invite(world)
    await sign_in(api, email, device="Canary laptop of mine")
    rows = await api.runtime.database.driver.read("SELECT label FROM sign_ins WHERE label IS NOT NULL", ())
    assert rows
    assert not any(b"Canary" in bytes(label) for [label] in rows if isinstance(label, bytes))
