"""Second factors: codes of an app, recovery codes, and what staff may do without any."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pyotp
import pytest

from integration_api.access.actor import Role
from integration_api.access.totp import code_at, matching_step
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from tests.databases import on_sqlite
from tests.factories.factors import (
    PASSWORD,
    Authenticator,
    add_totp,
    code_of,
    invite,
    password_person,
    proved_ago,
    sign_in,
    with_token,
)
from tests.scene import Scene, first_case, send
from tests.support import Person, World

OTHERS = (Role.PATIENT, Role.SERVICE)
"""Roles that are not of the staff."""


async def events_of(world: World) -> list[str]:
    """What the ledger holds, newest first."""
    auditor = await world.staff(Role.AUDITOR)
    return [row["event"] for row in (await auditor.get("/ledger", params={"limit": 100}))["items"]]


async def told(person: Person) -> list[str]:
    return [notice["event"] for notice in (await person.get("/notices"))["items"]]


# ── the code itself ──


@pytest.mark.parametrize(("at", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_are_those_of_the_standard(at: int, code: str) -> None:
    """RFC 6238, appendix B, the last six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert code_at(secret, datetime.fromtimestamp(at).astimezone()) == code


def test_a_code_is_good_for_one_step_either_way_and_not_before_the_last_used() -> None:
    secret, now = pyotp.random_base32(), datetime.fromtimestamp(1_800_000_015).astimezone()
    step = 1_800_000_015 // 30

    def found(steps: int, after: int | None = None) -> int | None:
        return matching_step(secret, code_at(secret, now + timedelta(seconds=30 * steps)), now, after)

    assert [found(steps) for steps in (-2, -1, 0, 1, 2)] == [None, step - 1, step, step + 1, None]
    assert [found(0, after=after) for after in (step - 1, step, step + 1)] == [step, None, None]
    assert matching_step(secret, "", now, None) is None


# ── staff without a factor ──


@on_sqlite
@pytest.mark.thorough
async def test_staff_without_a_factor_may_do_nothing_but_add_one(world: World) -> None:
    """Over every operation: what needs a second factor is refused, whoever of the staff asks."""
    asked, scene = 0, await Scene.build(world)
    people = {role: (await password_person(world, role.value))[1] for role in Role if role not in OTHERS}
    for route in (route for route in action_routes() if route.operation.needs_factor):
        request = await first_case(scene, route.name)
        for person in (people[role] for role in route.operation.who if role in people):
            answer = await send(world.api, request._replace(person=person))
            assert (answer.status_code, answer.json()["code"]) == (403, "second-factor-required"), route.name
            asked += 1
    assert asked > 200
    names = {r.operation.action.partition(":")[0] for r in action_routes() if not r.operation.needs_factor}
    assert names == {"auth", "me", "factor", "sign_in", "help"}


async def test_what_staff_without_a_factor_may_do(world: World) -> None:
    _, person = await password_person(world)
    for path in ("/me", "/me/factors", "/me/sign-ins", "/crisis-resources"):
        await person.get(path)
    await person.get("/patients", expect=403)
    strong, _ = await add_totp(person)
    await strong.get("/patients")
    await person.get("/patients", expect=403)  # the token of before knows nothing of it
    assert "factor.added" in await told(strong)


async def test_a_refreshed_token_is_as_strong_as_its_sign_in(world: World) -> None:
    email, _ = await invite(world)
    pair = await sign_in(world.api, email)
    await add_totp(with_token(world.api, pair["access_token"]))
    body = {"refresh_token": pair["refresh_token"]}
    next_pair = (await world.api.send("POST", "/auth/tokens/refresh", json=body)).json()
    await with_token(world.api, next_pair["access_token"]).get("/patients")


async def test_patients_need_no_factor_and_are_asked_for_one_they_have(world: World) -> None:
    therapist = await world.therapist()
    email = f"{uuid4().hex}@example.org"
    chart = await therapist.post("/patients", {"name": "Rowan Sample", "email": email})
    code = (await therapist.post("/invitations", {"patient_id": chart["id"]}))["code"]
    accept = {"code": code, "password": PASSWORD}
    assert (await world.api.send("POST", "/invitations/accept", json=accept)).status_code == 204
    patient = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    await patient.get("/reflections")
    patient, secret = await add_totp(patient)
    assert (await sign_in(world.api, email, expect=401))["code"] == "second-factor-needed"
    await sign_in(world.api, email, totp_code=code_of(world.api, secret))
    [factor] = (await patient.get("/me/factors"))["items"]
    await patient.delete(f"/me/factors/{factor['id']}")
    await sign_in(world.api, email)


# ── codes ──


async def test_signing_in_asks_for_the_factor_only_after_the_right_password(world: World) -> None:
    email, person = await password_person(world)
    _, secret = await add_totp(person)
    wrong = await sign_in(world.api, email, "something-else-entirely", 401, totp_code=code_of(world.api, secret))
    assert wrong["code"] == "wrong-sign-in"
    needed = await sign_in(world.api, email, expect=401)
    assert (needed["code"], needed["factors"]) == ("second-factor-needed", ["totp", "recovery_code"])
    assert "access_token" not in needed
    guessed = await sign_in(world.api, email, expect=401, totp_code=code_of(world.api, secret, 5))
    assert guessed["code"] == "second-factor-wrong"
    pair = await sign_in(world.api, email, totp_code=code_of(world.api, secret))
    await with_token(world.api, pair["access_token"]).get("/patients")
    assert (await events_of(world))[:4] == [
        "patient.listed",
        "auth.signed_in",
        "auth.factor_failed",
        "auth.factor_needed",
    ]


async def test_a_code_works_once(world: World) -> None:
    email, person = await password_person(world)
    _, secret = await add_totp(person)
    code = code_of(world.api, secret)
    await sign_in(world.api, email, totp_code=code)
    await sign_in(world.api, email, expect=401, totp_code=code)
    await sign_in(world.api, email, expect=401, totp_code=code_of(world.api, secret, -1))
    world.api.clock.advance(seconds=30)
    await sign_in(world.api, email, totp_code=code_of(world.api, secret))


async def test_a_code_works_once_also_in_requests_at_the_same_time(world: World) -> None:
    email, person = await password_person(world)
    _, secret = await add_totp(person)
    body = {"email": email, "password": PASSWORD, "totp_code": code_of(world.api, secret)}
    answers = await asyncio.gather(*(world.api.send("POST", "/auth/tokens", json=body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 401, 401, 401]


async def test_a_factor_counts_once_it_was_used(world: World) -> None:
    email, person = await password_person(world)
    begun = await person.post("/me/factors/totp", {"label": "Phone"})
    assert begun["uri"].startswith("otpauth://totp/")
    assert begun["secret"] in begun["uri"]
    await sign_in(world.api, email)  # not asked for it
    path = f"/me/factors/totp/{begun['id']}/confirm"
    await person.post(path, {"totp_code": code_of(world.api, begun["secret"], 9)}, expect=403)
    again = await person.post("/me/factors/totp", {"label": "Phone"})
    await person.post(path, {"totp_code": code_of(world.api, begun["secret"])}, expect=404)  # dropped by the second
    code = code_of(world.api, again["secret"])
    await person.post(f"/me/factors/totp/{again['id']}/confirm", {"totp_code": code}, expect=200)
    await sign_in(world.api, email, expect=401, totp_code=code)  # confirming has used it


async def test_a_first_factor_ends_sign_ins_with_the_password_alone(world: World) -> None:
    """Who has the password and signed in before there was a factor shows the factor now."""
    email, person = await password_person(world)
    thief = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    begun = await thief.post("/me/factors/totp", {})
    strong, _ = await add_totp(person)
    code = {"totp_code": code_of(world.api, begun["secret"])}
    await thief.post(f"/me/factors/totp/{begun['id']}/confirm", code, expect=401)
    await thief.get("/me", expect=401)
    await strong.get("/me")


async def test_secrets_are_shown_once_whatever_a_retry_asks(world: World) -> None:
    person = await world.therapist()
    first = await person.post("/me/factors/totp", {}, key="again")
    assert (await person.post("/me/factors/totp", {}, key="again", expect=409))["code"] == "shown-once"
    assert "secret" not in (await person.send("GET", "/me/factors")).text
    second = await person.post("/me/factors/totp", {}, key="another")
    assert first["secret"] != second["secret"]


async def test_the_factors_of_one_are_nobody_else_s(world: World) -> None:
    person, other = await world.therapist(), await world.therapist()
    await add_totp(person)
    [factor] = (await person.get("/me/factors"))["items"]
    assert (await other.get("/me/factors"))["items"] == []
    await other.delete(f"/me/factors/{factor['id']}", expect=404)
    await world.admin.delete(f"/me/factors/{factor['id']}", expect=404)


@pytest.mark.thorough
async def test_staff_keep_a_factor_and_nobody_has_more_than_ten(world: World) -> None:
    person, _ = await add_totp(await world.therapist())
    [first] = (await person.get("/me/factors"))["items"]
    assert (await person.delete(f"/me/factors/{first['id']}", expect=409))["code"] == "last-factor"
    for _ in range(9):
        await add_totp(person)
    assert (await person.post("/me/factors/totp", {}, expect=409))["code"] == "too-many-factors"
    await person.post("/me/factors/passkeys/options", expect=409)
    await person.delete(f"/me/factors/{first['id']}")
    assert len((await person.get("/me/factors"))["items"]) == 9
    assert (await told(person))[0] == "factor.removed"


@pytest.mark.thorough
async def test_two_factors_that_go_at_the_same_time_leave_staff_with_one(world: World) -> None:
    """Neither request sees the other's; again and again, since it is a matter of moments."""
    person, _ = await add_totp(await world.therapist())
    for _ in range(8):
        person, _ = await add_totp(person)
        ids = [factor["id"] for factor in (await person.get("/me/factors"))["items"]]
        assert len(ids) == 2
        answers = await asyncio.gather(*(person.send("DELETE", f"/me/factors/{one}") for one in ids))
        assert sorted(answer.status_code for answer in answers) == [204, 409]
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"last-factor"}
        assert len((await person.get("/me/factors"))["items"]) == 1


async def test_a_factor_that_goes_keeps_the_account_readable(world: World) -> None:
    """The text of an account is encrypted for its version."""
    person, _ = await add_totp(await world.therapist())
    person, _ = await add_totp(person)
    before = await world.admin.get(f"/accounts/{person.id}")
    first, _ = (await person.get("/me/factors"))["items"]
    await person.delete(f"/me/factors/{first['id']}")
    after = await world.admin.get(f"/accounts/{person.id}")
    assert after["version"] == before["version"] + 1
    assert {name for name in after if after[name] != before[name]} == {"version", "updated_at"}


# ── recovery codes ──


async def test_a_recovery_code_works_once_and_without_gaps(world: World) -> None:
    email, person = await password_person(world)
    strong, _ = await add_totp(person)
    codes = (await strong.post("/me/recovery-codes"))["codes"]
    assert len(set(codes)) == 10
    shown = codes[0].replace("-", " ").upper()
    pair = await sign_in(world.api, email, recovery_code=shown)
    await with_token(world.api, pair["access_token"]).get("/patients")
    again = await sign_in(world.api, email, expect=401, recovery_code=codes[0])
    assert again["code"] == "second-factor-wrong"
    assert (await strong.get("/me/factors"))["recovery_codes_left"] == 9
    assert (await told(strong))[0] == "recovery_code.used"
    assert {"recovery_code.used", "recovery_code.all_made", "auth.factor_failed"} <= set(await events_of(world))


async def test_a_recovery_code_works_once_also_at_the_same_time(world: World) -> None:
    email, person = await password_person(world)
    strong, _ = await add_totp(person)
    body = {
        "email": email,
        "password": PASSWORD,
        "recovery_code": (await strong.post("/me/recovery-codes"))["codes"][3],
    }
    answers = await asyncio.gather(*(world.api.send("POST", "/auth/tokens", json=body) for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [201, 401, 401]


@pytest.mark.thorough
async def test_new_recovery_codes_end_the_old_and_belong_to_one_person(world: World) -> None:
    email, person = await password_person(world)
    assert (await (await world.therapist()).post("/me/recovery-codes", expect=409))["code"] == "no-factor"
    strong, _ = await add_totp(person)
    old = (await strong.post("/me/recovery-codes", key="k"))["codes"]
    new = (await strong.post("/me/recovery-codes", key="another"))["codes"]
    assert not set(old) & set(new)
    await sign_in(world.api, email, expect=401, recovery_code=old[0])
    other_email, other = await password_person(world)
    await add_totp(other)
    await sign_in(world.api, other_email, expect=401, recovery_code=new[0])
    await sign_in(world.api, email, recovery_code=new[0])


# ── proving again ──


async def test_a_proof_is_fresh_for_five_minutes(world: World) -> None:
    email, person = await password_person(world)
    _, secret = await add_totp(person)
    pair = await sign_in(world.api, email, totp_code=code_of(world.api, secret))
    strong = with_token(world.api, pair["access_token"])
    world.api.clock.advance(minutes=4, seconds=58)
    await strong.post("/me/recovery-codes")
    world.api.clock.advance(seconds=3)
    assert (await strong.post("/me/recovery-codes", expect=403))["code"] == "step-up-required"
    await strong.get("/patients")
    code = {"totp_code": code_of(world.api, secret)}
    fresh = with_token(world.api, (await strong.post("/auth/step-up", code, expect=200))["access_token"])
    await fresh.post("/me/recovery-codes")
    await strong.post("/me/recovery-codes", expect=403)
    assert (await strong.post("/auth/step-up", code, expect=403))["code"] == "wrong-proof"  # a code works once
    body = {"refresh_token": pair["refresh_token"]}
    refreshed = (await world.api.send("POST", "/auth/tokens/refresh", json=body)).json()
    await with_token(world.api, refreshed["access_token"]).post("/me/recovery-codes")  # the sign-in is proved


@on_sqlite
@pytest.mark.thorough
async def test_what_needs_a_fresh_proof(world: World) -> None:
    """Each operation that needs one, and none of the others, in the hands of somebody who signed in an hour ago."""
    scene = await Scene.build(world)
    person = await world.staff(*(role for role in Role if role not in OTHERS))
    late, patient = (proved_ago(one, minutes=5, seconds=1) for one in (person, scene.patient))
    asked = [route for route in action_routes() if not route.operation.is_public and route.name != "sign_out"]
    assert sum(route.operation.needs_step_up for route in asked) == 31
    for route in asked:
        request = await first_case(scene, route.name)
        who = patient if route.operation.who.keys() == {Role.PATIENT} else late
        answer = await send(world.api, request._replace(person=who, headers=None))
        is_stopped = not answer.is_success and answer.json()["code"] == "step-up-required"
        assert is_stopped == route.operation.needs_step_up, route.name


async def test_the_password_is_a_proof_only_for_who_has_no_factor(world: World) -> None:
    _, person = await password_person(world)
    world.api.clock.advance(minutes=6)
    await person.post("/me/factors/totp", {}, expect=403)
    await person.post("/auth/step-up", {"password": "something-else-entirely"}, expect=403)
    token = (await person.post("/auth/step-up", {"password": PASSWORD}, expect=200))["access_token"]
    proved = with_token(world.api, token)
    assert not proved.actor.is_strong
    await proved.get("/patients", expect=403)
    strong, secret = await add_totp(proved)
    await strong.post("/auth/step-up", {"password": PASSWORD}, expect=403)
    await strong.post("/auth/step-up", {}, expect=422)
    code = code_of(world.api, secret)
    await strong.post("/auth/step-up", {"password": PASSWORD, "totp_code": code}, expect=422)
    await strong.post("/auth/step-up", {"totp_code": code}, expect=200)


async def test_a_step_up_with_the_code_or_passkey_of_another_is_refused(world: World) -> None:
    person, _ = await add_totp(await world.therapist())
    other, secret = await add_totp(await world.therapist())
    await person.post("/auth/step-up", {"totp_code": code_of(world.api, secret)}, expect=403)
    key = Authenticator()
    await key.added_to(other)
    credential = key.get(await key.options(world.api))
    await person.post("/auth/step-up", {"credential": credential}, expect=403)
    await other.post("/auth/step-up", {"credential": credential}, expect=200)
    await other.post("/auth/step-up", {"credential": credential}, expect=403)  # a challenge is answered once


async def test_an_unknown_factor_is_404(world: World) -> None:
    person = await world.therapist()
    await person.delete(f"/me/factors/{new_id()}", expect=404)
    await person.post(f"/me/factors/totp/{new_id()}/confirm", {"totp_code": "000000"}, expect=404)
