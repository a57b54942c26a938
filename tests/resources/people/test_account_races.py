"""Of two requests at once that only one may win, one does, and nothing is left of the other."""

import asyncio

from tests.support import World

PASSWORD = "seven quiet otters drift"
TRIES = 4


async def test_an_invitation_is_accepted_once_by_whoever_is_first(world: World) -> None:
    facts = {"name": "Imani Vale", "email": "imani@example.org", "roles": ["therapist"]}
    account = await world.admin.post("/accounts", facts)
    code = (await world.admin.post("/invitations", {"account_id": account["id"]}))["code"]
    passwords = [f"{PASSWORD} {number}" for number in range(TRIES)]
    answers = await asyncio.gather(
        *(
            world.api.send("POST", "/invitations/accept", json={"code": code, "password": password})
            for password in passwords
        )
    )
    assert sorted(answer.status_code for answer in answers) == [204, *[409] * (TRIES - 1)]
    entered = [
        await world.api.send("POST", "/auth/tokens", json={"email": facts["email"], "password": password})
        for password in passwords
    ]
    assert [answer.status_code for answer in entered] == [201 if one.status_code == 204 else 401 for one in answers]


async def test_of_two_accounts_at_once_one_takes_an_address(world: World) -> None:
    facts = {"name": "Imani Vale", "email": "imani@example.org", "roles": ["therapist"]}
    answers = await asyncio.gather(*(world.admin.send("POST", "/accounts", facts) for _ in range(TRIES)))
    assert sorted(answer.status_code for answer in answers) == [201, *[409] * (TRIES - 1)]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"email-taken"}
    listed = await world.admin.get("/accounts")
    assert [item["email"] for item in listed["items"]].count(facts["email"]) == 1
