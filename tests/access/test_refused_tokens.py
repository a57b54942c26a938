"""Why nobody is signed in: each reason has a code, which says whether a refresh helps."""

import pytest
from httpx import Response

from integration_api.access.actor import Role
from integration_api.access.tokens import ACCESS_TOKEN_LIFETIME
from tests.document import made_document, operations, problem_codes
from tests.factories.factors import invite, sign_in
from tests.support import Api, Json, World

TOKEN_CODES = {"unauthenticated", "token-invalid", "token-expired", "sign-in-ended"}
PAST = {"seconds": ACCESS_TOKEN_LIFETIME.total_seconds() + 1}


def refused(answer: Response) -> tuple[str, str]:
    """The code of a 401, and how the header says it to a program that knows OAuth alone."""
    assert answer.status_code == 401, answer.text
    return answer.json()["code"], answer.headers["www-authenticate"]


def challenge(reason: str) -> str:
    """The header that names the reason."""
    return f'Bearer error="invalid_token", error_description="{reason}"'


async def me(api: Api, header: str | None) -> Response:
    """Return the response to `GET /me` with this header `Authorization`."""
    return await api.send("GET", "/me", headers={"Authorization": header} if header is not None else {})


async def refreshed(api: Api, pair: Json) -> Response:
    """The answer to a refresh."""
    return await api.send("POST", "/auth/tokens/refresh", json={"refresh_token": pair["refresh_token"]})


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "abc"])
async def test_without_a_token_nobody_is_signed_in(api: Api, header: str | None) -> None:
    assert refused(await me(api, header)) == ("unauthenticated", "Bearer")


async def test_a_token_that_is_not_ours_is_told_apart(world: World) -> None:
    token = world.admin.token
    for other in ("x", "a.b.c", token[:-2], token + "x", token.replace(".", ".x", 1), "eyJhbGciOiJub25lIn0.e30."):
        assert refused(await me(world.api, f"Bearer {other}")) == (
            "token-invalid",
            challenge("The token is not valid"),
        ), other


async def test_an_expired_token_says_that_a_refresh_helps(world: World) -> None:
    email, _ = await invite(world)
    pair = await sign_in(world.api, email)
    header = f"Bearer {pair['access_token']}"
    world.api.clock.advance(**PAST)
    expired = ("token-expired", challenge("The access token has expired"))
    assert refused(await me(world.api, header)) == expired
    again = await refreshed(world.api, pair)
    assert again.status_code == 201
    assert (await me(world.api, f"Bearer {again.json()['access_token']}")).status_code == 200
    assert refused(await me(world.api, header)) == expired


async def test_an_ended_sign_in_says_that_no_refresh_helps(world: World) -> None:
    ended = ("sign-in-ended", challenge("The sign-in has ended"))
    email, account = await invite(world)
    signed_out, disabled = [await sign_in(world.api, email) for _ in range(2)]
    headers = {"Authorization": f"Bearer {signed_out['access_token']}"}
    assert (await world.api.send("DELETE", "/auth/tokens/current", headers=headers)).status_code == 204
    await world.admin.patch(f"/accounts/{account['id']}", {"state": "disabled"}, account["version"] + 1)
    for pair in (signed_out, disabled):
        assert refused(await me(world.api, f"Bearer {pair['access_token']}")) == ended
        assert refused(await refreshed(world.api, pair)) == ended
    world.api.clock.advance(**PAST)  # expired too: then the refresh says it
    assert refused(await me(world.api, f"Bearer {signed_out['access_token']}"))[0] == "token-expired"
    assert refused(await refreshed(world.api, signed_out)) == ended


async def test_a_sign_in_that_was_left_alone_has_ended(world: World) -> None:
    email, _ = await invite(world)
    pair = await sign_in(world.api, email)
    world.api.clock.advance(days=2)
    assert refused(await refreshed(world.api, pair))[0] == "sign-in-ended"


async def test_a_refresh_token_that_is_not_ours_is_told_apart(api: Api) -> None:
    for token in ("", "x", "A" * 128, "ü"):
        assert refused(await refreshed(api, {"refresh_token": token}))[0] == "token-invalid"


async def test_a_write_is_told_the_same(world: World) -> None:
    person = await world.staff(Role.THERAPIST)
    assert (await person.send("DELETE", "/auth/tokens/current")).status_code == 204
    answer = await person.send("POST", "/patients", {"name": "Rowan Sample"}, key="k")
    assert refused(answer)[0] == "sign-in-ended"


def test_each_reason_is_documented_wherever_somebody_must_be_signed_in() -> None:
    for _, _, operation in operations(made_document()):
        told = problem_codes(operation["responses"].get("401", {}))
        if "security" not in operation:  # else it refuses no token
            own = {"help-needs-sign-in"} if operation["operationId"] == "ask_for_help" else set()
            assert told == TOKEN_CODES | own, operation["operationId"]
