"""Signing in, staying signed in, and ceasing to be."""

from datetime import timedelta
from uuid import uuid4

import jwt
import pytest

from integration_api.access.actor import Actor, Role
from integration_api.core.ids import new_id
from tests.factories.factors import PASSWORD, add_totp, sign_in, with_token
from tests.factories.factors import invite as invited
from tests.support import Api, Person, World


async def strong_token(world: World, email: str) -> str:
    """The access token of a sign-in with a second factor."""
    person = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    return (await add_totp(person))[0].token


async def me(api: Api, access_token: str) -> int:
    answer = await api.send("GET", "/me", headers={"Authorization": f"Bearer {access_token}"})
    return answer.status_code


async def test_an_invited_therapist_signs_in(world: World) -> None:
    email, account = await invited(world)
    pair = await sign_in(world.api, email)
    assert pair["account_id"] == account["id"]
    assert pair["expires_in"] == 900
    assert await me(world.api, pair["access_token"]) == 200


async def test_wrong_and_unknown_answer_alike(world: World) -> None:
    email, _ = await invited(world)
    wrong = await sign_in(world.api, email, "something-else-entirely", expect=401)
    unknown = await sign_in(world.api, f"{uuid4().hex}@example.org", expect=401)
    assert {**wrong, "request_id": ""} == {**unknown, "request_id": ""}


async def test_an_account_without_a_password_cannot_sign_in(world: World) -> None:
    email = f"{uuid4().hex}@example.org"
    await world.admin.post("/accounts", {"name": "Imani Vale", "email": email, "roles": ["therapist"]})
    await sign_in(world.api, email, expect=401)


async def test_the_same_address_in_two_clinics(world: World) -> None:
    email, account = await invited(world)
    other = await World.build(world.api)
    body = {"name": "Imani Vale", "email": email, "roles": ["therapist"]}
    twin = await other.admin.post("/accounts", body)
    await world.admin.post("/accounts", body, expect=409)
    invitation = await other.admin.post("/invitations", {"account_id": twin["id"]})
    accept = {"code": invitation["code"], "password": "another-long-phrase-here"}
    assert (await world.api.send("POST", "/invitations/accept", json=accept)).status_code == 204
    assert (await sign_in(world.api, email))["account_id"] == account["id"]
    assert (await sign_in(world.api, email, accept["password"]))["account_id"] == twin["id"]


async def test_disabling_ends_sign_ins_for_good(world: World) -> None:
    email, account = await invited(world)
    pair = await sign_in(world.api, email)
    version = (await world.admin.get(f"/accounts/{account['id']}"))["version"]
    disabled = await world.admin.patch(f"/accounts/{account['id']}", {"state": "disabled"}, version)
    await world.admin.patch(f"/accounts/{account['id']}", {"state": "active"}, disabled["version"])
    assert await me(world.api, pair["access_token"]) == 401
    body = {"refresh_token": pair["refresh_token"]}
    assert (await world.api.send("POST", "/auth/tokens/refresh", json=body)).status_code == 401
    assert await me(world.api, (await sign_in(world.api, email))["access_token"]) == 200


async def test_only_the_newest_code_opens_an_account_and_disabling_ends_it(world: World) -> None:
    account = await world.admin.post("/accounts", {"name": "N", "email": f"{uuid4().hex}@x.org", "roles": ["auditor"]})
    codes = [(await world.admin.post("/invitations", {"account_id": account["id"]}))["code"] for _ in range(2)]
    old = {"code": codes[0], "password": PASSWORD}
    assert (await world.api.send("POST", "/invitations/accept", json=old)).status_code == 409
    disabled = await world.admin.patch(f"/accounts/{account['id']}", {"state": "disabled"}, 1)
    new = {"code": codes[1], "password": PASSWORD}
    assert (await world.api.send("POST", "/invitations/accept", json=new)).status_code == 409
    enabled = await world.admin.patch(f"/accounts/{account['id']}", {"state": "active"}, disabled["version"])
    assert enabled["state"] == "invited"


async def test_an_acceptance_whose_answer_was_lost_can_be_sent_again(world: World) -> None:
    account = await world.admin.post("/accounts", {"name": "N", "email": f"{uuid4().hex}@x.org", "roles": ["auditor"]})
    invitation = await world.admin.post("/invitations", {"account_id": account["id"]})
    body = {"code": invitation["code"], "password": PASSWORD}
    for _ in range(2):
        assert (await world.api.send("POST", "/invitations/accept", json=body)).status_code == 204
    other = {**body, "password": "another-long-phrase-here"}
    assert (await world.api.send("POST", "/invitations/accept", json=other)).status_code == 409


@pytest.mark.parametrize("token", ["", "x", "AAAA", "A" * 88, "é"])
async def test_a_made_up_refresh_token_is_401(api: Api, token: str) -> None:
    answer = await api.send("POST", "/auth/tokens/refresh", json={"refresh_token": token})
    assert answer.status_code == 401


async def test_signing_out_ends_both_tokens_and_no_other_sign_in(world: World) -> None:
    email, _ = await invited(world)
    phone, laptop = await sign_in(world.api, email), await sign_in(world.api, email)
    headers = {"Authorization": f"Bearer {phone['access_token']}"}
    assert (await world.api.send("DELETE", "/auth/tokens/current", headers=headers)).status_code == 204
    assert await me(world.api, phone["access_token"]) == 401
    body = {"refresh_token": phone["refresh_token"]}
    assert (await world.api.send("POST", "/auth/tokens/refresh", json=body)).status_code == 401
    assert await me(world.api, laptop["access_token"]) == 200


async def test_an_access_token_ends_after_fifteen_minutes(world: World) -> None:
    email, _ = await invited(world)
    pair = await sign_in(world.api, email)
    world.api.clock.advance(minutes=16)
    assert await me(world.api, pair["access_token"]) == 401
    body = {"refresh_token": pair["refresh_token"]}
    assert (await world.api.send("POST", "/auth/tokens/refresh", json=body)).status_code == 201


async def test_a_disabled_account_is_out_on_the_next_request(world: World) -> None:
    email, account = await invited(world)
    pair = await sign_in(world.api, email)
    version = (await world.admin.get(f"/accounts/{account['id']}"))["version"]
    await world.admin.patch(f"/accounts/{account['id']}", {"state": "disabled"}, version)
    assert await me(world.api, pair["access_token"]) == 401
    await sign_in(world.api, email, expect=401)


async def test_a_changed_role_holds_from_the_next_request_with_the_same_token(world: World) -> None:
    email, account = await invited(world, "therapist")
    headers = {"Authorization": f"Bearer {await strong_token(world, email)}"}
    made = await world.api.send("POST", "/patients", json={"name": "Rowan Sample"}, headers=headers)
    assert made.status_code == 201
    path = f"/patients/{made.json()['id']}"
    version = (await world.admin.get(f"/accounts/{account['id']}"))["version"]
    changed = await world.admin.patch(f"/accounts/{account['id']}", {"roles": ["auditor"]}, version)
    assert (await world.api.send("GET", path, headers=headers)).status_code == 403
    assert (await world.api.send("GET", "/patients", headers=headers)).status_code == 403
    assert (await world.api.send("POST", "/patients", json={"name": "R"}, headers=headers)).status_code == 403
    await world.admin.patch(f"/accounts/{account['id']}", {"roles": ["therapist"]}, changed["version"])
    assert (await world.api.send("GET", path, headers=headers)).status_code == 200


async def test_a_role_won_is_used_with_the_same_token(world: World) -> None:
    email, account = await invited(world, "auditor")
    headers = {"Authorization": f"Bearer {await strong_token(world, email)}"}
    assert (await world.api.send("POST", "/patients", json={"name": "R"}, headers=headers)).status_code == 403
    version = (await world.admin.get(f"/accounts/{account['id']}"))["version"]
    await world.admin.patch(f"/accounts/{account['id']}", {"roles": ["auditor", "therapist"]}, version)
    assert (await world.api.send("POST", "/patients", json={"name": "R"}, headers=headers)).status_code == 201


async def test_nobody_changes_their_own_roles(world: World) -> None:
    refused = await world.admin.patch(f"/accounts/{world.admin.id}", {"roles": ["therapist"]}, 1, expect=403)
    assert refused["code"] == "not-your-own-roles"


async def test_only_admins_manage_accounts(world: World) -> None:
    therapist = await world.therapist()
    await therapist.post("/accounts", {"name": "N", "email": "n@example.org", "roles": ["auditor"]}, expect=403)
    account = await world.admin.post("/accounts", {"name": "N", "email": f"{uuid4().hex}@x.org", "roles": ["auditor"]})
    await therapist.post("/invitations", {"account_id": account["id"]}, expect=403)
    await world.admin.post("/invitations", {"account_id": account["id"], "patient_id": account["id"]}, expect=422)
    await world.admin.post("/accounts", {"name": "N", "email": "p@x.org", "roles": ["patient"]}, expect=422)


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaaaaaaaaaa", "passwordpassword", "123456789123456789"])
async def test_an_easy_password_is_refused_and_the_code_still_works(world: World, password: str) -> None:
    email = f"{uuid4().hex}@example.org"
    account = await world.admin.post("/accounts", {"name": "N", "email": email, "roles": ["auditor"]})
    invitation = await world.admin.post("/invitations", {"account_id": account["id"]})
    body = {"code": invitation["code"], "password": password}
    assert (await world.api.send("POST", "/invitations/accept", json=body)).status_code == 422
    body["password"] = "x" * 7 + " é漢 " + "anything is fine" * 4
    assert (await world.api.send("POST", "/invitations/accept", json=body)).status_code == 204
    await sign_in(world.api, email, body["password"])
    await sign_in(world.api, email, body["password"][:-1] + "?", expect=401)


async def test_an_invitation_ends(world: World) -> None:
    account = await world.admin.post("/accounts", {"name": "N", "email": f"{uuid4().hex}@x.org", "roles": ["auditor"]})
    invitation = await world.admin.post("/invitations", {"account_id": account["id"]})
    world.api.clock.advance(days=15)
    body = {"code": invitation["code"], "password": PASSWORD}
    assert (await world.api.send("POST", "/invitations/accept", json=body)).status_code == 409


def forged(person: Person, world: World, **changes: object) -> str:
    now = world.api.clock()
    claims = {
        "iss": "integration-api",
        "aud": "integration-api",
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(hours=1)).timestamp()),
        "sub": person.id,
        "clinic": str(person.actor.clinic_id),
        "sid": str(person.actor.sign_in_id),
        "epoch": 1,
        "roles": ["clinic_admin"],
        "patient": None,
        "auth_time": int(now.timestamp()),
        "amr": ["mfa"],
    }
    key = changes.pop("key", world.api.runtime.vault.derive("access-token"))
    algorithm = str(changes.pop("algorithm", "HS256"))
    typ = changes.pop("typ", "at+jwt")
    claims |= changes
    return jwt.encode(
        {name: value for name, value in claims.items() if value != "left out"},
        key if algorithm != "none" else None,  # type: ignore[arg-type]  # bytes
        algorithm,
        headers={"typ": typ},
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"key": b"x" * 32},
        {"algorithm": "none"},
        {"algorithm": "HS512"},
        {"typ": "JWT"},
        {"iss": "somebody"},
        {"aud": "somebody"},
        {"exp": 1},
        {"exp": "left out"},
        {"sub": "left out"},
        {"sid": "left out"},
        {"clinic": "x"},
        {"roles": ["emperor"]},
        {"epoch": "left out"},
        {"auth_time": "left out"},
        {"auth_time": "now"},
        {"auth_time": 1e300},
    ],
    ids=str,
)
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
async def test_a_forged_token_is_401(world: World, changes: dict[str, object]) -> None:
    assert await me(world.api, forged(world.admin, world, **changes)) == 401


async def test_a_token_s_claims_are_proven_in_the_database(world: World) -> None:
    """Even a well-signed token with roles the account does not hold gives nothing."""
    therapist = await world.therapist()
    assert await me(world.api, forged(therapist, world, roles=["therapist"])) == 200
    lying = Person(world.api, therapist.actor, forged(therapist, world, epoch=2))
    await lying.get("/clinic")  # the epoch is looked up, and the roles with it
    stranger = Actor(
        therapist.actor.clinic_id, therapist.actor.id, new_id(), 1, (Role.THERAPIST,), None, world.api.clock()
    )
    token = world.api.runtime.tokens.issue(stranger, world.api.clock())
    assert await me(world.api, token) == 401
