"""The refresh token in a cookie: a page of this origin stays signed in, and no script or other site has the token."""

import pytest
from httpx import Response

from integration_api.access.refresh_cookie import NAME
from tests.factories.factors import PASSWORD, invite
from tests.support import Api, Json, World

SAME, HERE = {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://test"}


async def signed_in(world: World) -> tuple[Json, str]:
    """The tokens of a sign-in that asked for the cookie, and the cookie as a browser sends it."""
    email, _ = await invite(world)
    body = {"email": email, "password": PASSWORD, "cookie": True}
    answer = await world.api.send("POST", "/auth/tokens", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json(), cookie_of(answer)


def cookie_of(answer: Response) -> str:
    return answer.headers["set-cookie"].partition(";")[0]


async def refresh(api: Api, cookie: str, headers: Json, body: Json | None = None) -> Response:
    return await api.send("POST", "/auth/tokens/refresh", json=body or {}, headers={"Cookie": cookie, **headers})


async def test_a_sign_in_keeps_the_refresh_token_from_scripts(world: World) -> None:
    email, _ = await invite(world)
    body = {"email": email, "password": PASSWORD, "cookie": True}
    answer = await world.api.send("POST", "/auth/tokens", json=body)
    assert answer.json()["refresh_token"] is None
    cookie, *attributes = answer.headers["set-cookie"].split("; ")
    assert cookie.startswith(f"{NAME}=")
    assert {"Path=/v1/auth", "HttpOnly", "Secure", "SameSite=Strict"} < set(attributes)
    (lasts,) = [int(one.removeprefix("Max-Age=")) for one in attributes if one.startswith("Max-Age=")]
    assert lasts > 3600
    assert not any(one.startswith("Domain") for one in attributes)


async def test_without_being_asked_no_cookie_is_made(world: World) -> None:
    email, _ = await invite(world)
    answer = await world.api.send("POST", "/auth/tokens", json={"email": email, "password": PASSWORD})
    assert answer.json()["refresh_token"]
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("headers", [SAME, HERE, {**SAME, "Origin": "http://elsewhere"}], ids=str)
async def test_a_page_of_this_origin_refreshes_by_the_cookie(world: World, headers: Json) -> None:
    pair, cookie = await signed_in(world)
    answer = await refresh(world.api, cookie, headers)
    assert answer.status_code == 201
    assert (answer.json()["account_id"], answer.json()["refresh_token"]) == (pair["account_id"], None)
    assert cookie_of(answer) != cookie
    assert (await refresh(world.api, cookie_of(answer), headers)).status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", **HERE},
        {"Origin": "http://test.evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ],
    ids=str,
)
async def test_a_page_of_another_origin_cannot_use_the_cookie(world: World, headers: Json) -> None:
    _, cookie = await signed_in(world)
    answer = await refresh(world.api, cookie, headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-invalid")
    assert "set-cookie" not in answer.headers
    assert (await refresh(world.api, cookie, SAME)).status_code == 201, "nothing was spent"


async def test_a_token_in_the_body_counts_and_the_cookie_beside_it_does_not(world: World) -> None:
    email, _ = await invite(world)
    pair = (await world.api.send("POST", "/auth/tokens", json={"email": email, "password": PASSWORD})).json()
    _, of_another = await signed_in(world)
    answer = await refresh(world.api, of_another, SAME, {"refresh_token": pair["refresh_token"]})
    assert answer.json()["account_id"] == pair["account_id"]
    assert answer.json()["refresh_token"]
    assert "set-cookie" not in answer.headers


async def test_an_earlier_cookie_is_theft_as_an_earlier_token_is(world: World) -> None:
    _, cookie = await signed_in(world)
    newer = cookie
    for _ in range(3):
        newer = cookie_of(await refresh(world.api, newer, SAME))
        world.api.clock.advance(minutes=5)
    assert (await refresh(world.api, cookie, SAME)).json()["code"] == "refresh-token-spent"


async def test_signing_out_removes_the_cookie_and_ends_it(world: World) -> None:
    pair, cookie = await signed_in(world)
    headers = {"Authorization": f"Bearer {pair['access_token']}", "Cookie": cookie, **SAME}
    answer = await world.api.send("DELETE", "/auth/tokens/current", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["set-cookie"].startswith(f"{NAME}=; Max-Age=0; Path=/v1/auth;")
    assert (await refresh(world.api, cookie, SAME)).json()["code"] == "sign-in-ended"


async def test_the_cookie_alone_reads_and_changes_nothing(world: World) -> None:
    _, cookie = await signed_in(world)
    for method, path in (("GET", "/me"), ("DELETE", "/auth/tokens/current"), ("POST", "/auth/step-up")):
        answer = await world.api.send(method, path, headers={"Cookie": cookie, **SAME})
        assert answer.status_code == 401


@pytest.mark.parametrize("cookie", ["", "x", f"{NAME}=", f"{NAME}=nonsense", f'{NAME}="a;b"', "\x7f=\x01", f"a={NAME}"])
async def test_a_cookie_that_is_none_is_401(api: Api, cookie: str) -> None:
    answer = await refresh(api, cookie, SAME)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-invalid")
