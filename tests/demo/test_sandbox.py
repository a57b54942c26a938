"""A sandbox: clinics on request, a clock that is moved, events to order; and no other database has any of it."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta

import pytest
from httpx import Response

from integration_api.access.sandbox_clock import MAX_CLINICS, MAX_MOVED, NotASandbox, mark
from integration_api.access.totp import code_at
from integration_api.app import open_database
from integration_api.core.clock import system_clock
from integration_api.demo.sandbox.router import router
from integration_api.demo.sandbox.schemas import EventName
from integration_api.resources.care.sessions.statements import INSERT_SESSION
from integration_api.settings import Settings
from integration_api.storage.database import DatabaseDown, Step
from tests.applications import application
from tests.document import made_document
from tests.documents import run
from tests.factories.factors import with_token
from tests.storage.hand import Hand
from tests.support import Api, Json, World

CLINIC = {"name": "Willow House", "time_zone": "America/New_York", "country": "US"}


@pytest.fixture
async def sandbox(own: Settings) -> AsyncIterator[Api]:
    """An application on a database that is a sandbox."""
    async with open_database(own) as database:
        await mark(database, system_clock())
    async with application(own, sandbox=router) as api:
        yield api


async def asked(api: Api, path: str, body: object, expect: int = 200) -> Json:
    answer = await api.send("POST", f"/sandbox/{path}", json=body)
    assert answer.status_code == expect, answer.text
    found: Json = answer.json()
    return found


async def made(api: Api) -> Json:
    """A new clinic."""
    return await asked(api, "clinics", CLINIC, 201)


async def now_of(api: Api, clinic: Json) -> datetime:
    answer = await api.send("GET", "/sandbox/clock", params={"clinic": clinic["slug"]})
    return datetime.fromisoformat(answer.json()["now"])


async def move(api: Api, clinic: Json, seconds: int, expect: int = 200) -> Json:
    return await asked(api, "clock", {"clinic": clinic["slug"], "forward_seconds": seconds}, expect)


def person(clinic: Json, key: str) -> Json:
    found: Json = next(one for one in clinic["people"] if one["key"] == key)
    return found


async def sign_in(api: Api, clinic: Json, key: str) -> Response:
    """Sign in as somebody of the clinic, staff with the code of the sandbox's present time."""
    body = {"email": person(clinic, key)["email"], "password": clinic["password"]}
    if key != "patient":
        body["totp_code"] = code_at(clinic["totp_secret"], await now_of(api, clinic))
    return await api.send("POST", "/auth/tokens", json=body)


@pytest.mark.thorough
async def test_a_clinic_is_made_on_request_and_all_its_people_can_sign_in(sandbox: Api) -> None:
    clinic = await asked(sandbox, "clinics", CLINIC, 201)
    assert len(clinic["people"]) == 7
    for one in clinic["people"]:
        answer = await sign_in(sandbox, clinic, one["key"])
        assert answer.status_code == 201, answer.text
        me = with_token(sandbox, answer.json()["access_token"])
        assert (await me.get("/me"))["id"] == one["account_id"]
    other = await asked(sandbox, "clinics", CLINIC, 201)
    assert other["slug"] != clinic["slug"]


async def test_time_moves_forward_and_never_back(sandbox: Api) -> None:
    clinic = await made(sandbox)
    before = await now_of(sandbox, clinic)
    moved = await move(sandbox, clinic, 86400)
    assert await now_of(sandbox, clinic) - before >= timedelta(days=1)
    assert (moved["access_tokens_ended"], moved["sign_ins_ended"]) == (True, True)
    for seconds in (-86400, 0):
        await move(sandbox, clinic, seconds, 422)
    assert await now_of(sandbox, clinic) - before >= timedelta(days=1)


async def test_the_clock_is_bounded(sandbox: Api) -> None:
    clinic, whole = await made(sandbox), int(MAX_MOVED.total_seconds())
    await move(sandbox, clinic, whole)
    await move(sandbox, clinic, 1, 409)


async def test_no_clock_is_moved_of_a_clinic_that_is_not_there(sandbox: Api) -> None:
    nowhere = {"slug": "sandbox-000000000000"}
    await move(sandbox, nowhere, 60, 404)
    assert (await sandbox.send("GET", "/sandbox/clock", params={"clinic": nowhere["slug"]})).status_code == 404


async def test_a_move_ends_access_tokens_and_codes_follow_the_moved_clock(sandbox: Api) -> None:
    clinic = await made(sandbox)
    therapist = with_token(sandbox, (await sign_in(sandbox, clinic, "therapist")).json()["access_token"])
    await therapist.get("/me")
    moved = await move(sandbox, clinic, 16 * 60)
    assert (moved["access_tokens_ended"], moved["sign_ins_ended"]) == (True, False)
    await therapist.get("/me", expect=401)
    assert (await sign_in(sandbox, clinic, "therapist")).status_code == 201


async def test_two_processes_agree_on_the_time(sandbox: Api, own: Settings) -> None:
    clinic = await made(sandbox)
    async with application(own, sandbox=router) as other:
        await move(sandbox, clinic, 86400)
        assert abs(await now_of(other, clinic) - await now_of(sandbox, clinic)) < timedelta(hours=1)
        await move(other, clinic, 86400)
        assert await now_of(sandbox, clinic) - system_clock() > timedelta(days=1, hours=23)


@pytest.mark.parametrize("event", EventName)
async def test_an_event_is_made_through_the_api(sandbox: Api, event: EventName) -> None:
    clinic = await asked(sandbox, "clinics", CLINIC, 201)
    made = await asked(sandbox, "events", {"clinic": clinic["slug"], "event": event}, 201)
    assert made["patient_id"] == person(clinic, "patient")["patient_id"]
    therapist = with_token(sandbox, (await sign_in(sandbox, clinic, "therapist")).json()["access_token"])
    kind = event.partition(".")[0]
    found = await therapist.get(f"/{kind}s/{made['id']}")
    assert found["state"] == {"created": "planned"}.get(event.partition(".")[2], event.partition(".")[2])


async def test_an_event_that_the_clinic_refuses_is_a_problem(sandbox: Api) -> None:
    """The therapist has left the team of the chart that the events are made in."""
    clinic = await made(sandbox)
    therapist = with_token(sandbox, (await sign_in(sandbox, clinic, "therapist")).json()["access_token"])
    chart = person(clinic, "patient")["patient_id"]
    [member] = (await therapist.get(f"/patients/{chart}/care-team"))["items"]
    await therapist.delete(f"/patients/{chart}/care-team/{member['id']}", match=member["version"])
    refused = await asked(sandbox, "events", {"clinic": clinic["slug"], "event": "session.created"}, 409)
    assert refused["code"] == "conflict"
    assert "(not-found)" in refused["detail"]


async def test_an_event_of_somebody_who_can_sign_in_no_more_is_a_problem(sandbox: Api) -> None:
    clinic = await made(sandbox)
    admin = with_token(sandbox, (await sign_in(sandbox, clinic, "admin")).json()["access_token"])
    account_id = person(clinic, "therapist")["account_id"]
    [account] = [one for one in (await admin.get("/accounts"))["items"] if one["id"] == account_id]
    await admin.patch(f"/accounts/{account_id}", {"state": "disabled"}, account["version"])
    refused = await asked(sandbox, "events", {"clinic": clinic["slug"], "event": "session.created"}, 409)
    assert "`therapist`" in refused["detail"]


async def test_an_event_for_which_the_database_has_no_time_is_503(
    sandbox: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To make another clinic, as a 409 asks for, would help nobody."""
    clinic = await made(sandbox)
    apply = sandbox.runtime.database.apply

    async def busy(steps: Sequence[Step]) -> None:
        if any(step.change is INSERT_SESSION for step in steps):
            raise DatabaseDown
        await apply(steps)

    monkeypatch.setattr(sandbox.runtime.database, "apply", busy)
    answer = await sandbox.send("POST", "/sandbox/events", json={"clinic": clinic["slug"], "event": "session.created"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"]


async def test_no_event_is_made_in_a_clinic_that_is_not_there(sandbox: Api) -> None:
    await asked(sandbox, "events", {"clinic": "sandbox-000000000000", "event": "session.created"}, 404)


async def test_clinics_are_bounded(sandbox: Api, own: Settings) -> None:
    await Hand(own).run("UPDATE sandbox SET clinic_count = ?", MAX_CLINICS)
    await asked(sandbox, "clinics", CLINIC, 409)


@pytest.mark.thorough
async def test_one_source_makes_clinics_at_a_bounded_rate(sandbox: Api) -> None:
    answers = [await sandbox.send("POST", "/sandbox/clinics", json={**CLINIC, "country": "US"}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [201] * 20 + [429]


@pytest.mark.thorough
async def test_no_other_database_has_the_routes(own: Settings) -> None:
    async with application(own) as api:
        for method, path in (("POST", "clinics"), ("POST", "clock"), ("GET", "clock"), ("POST", "events")):
            assert (await api.send(method, f"/sandbox/{path}", json={})).status_code == 404
    assert not [path for path in made_document()["paths"] if "sandbox" in path]
    assert "sandbox" not in (str(made_document()["components"]))


async def test_a_sandbox_starts_on_no_other_database(own: Settings) -> None:
    with pytest.raises(NotASandbox):
        async with application(own, sandbox=router):
            pass


async def test_a_sandbox_is_served_as_nothing_else(sandbox: Api, own: Settings) -> None:
    with pytest.raises(NotASandbox):
        async with application(own):
            pass


async def test_a_database_with_clinics_never_becomes_a_sandbox(own: Settings) -> None:
    async with application(own) as api:
        await World.build(api)
    async with open_database(own) as database:
        with pytest.raises(NotASandbox):
            await mark(database, system_clock())


async def test_a_sandbox_stays_one(sandbox: Api, own: Settings) -> None:
    clinic = await made(sandbox)
    await move(sandbox, clinic, 86400)
    async with open_database(own) as database:
        await mark(database, system_clock())
    assert await now_of(sandbox, clinic) - system_clock() > timedelta(hours=23)


async def test_the_document_is_true(sandbox: Api) -> None:
    shown = run("sandbox.md")
    clinic = await shown["new_clinic"](sandbox.client)

    def code(secret: str, now: str) -> str:
        return code_at(secret, datetime.fromisoformat(now))

    before = await shown["sign_in"](sandbox.client, clinic, "patient", code)
    await with_token(sandbox, before["access_token"]).get("/me")
    moved = await shown["a_week_later"](sandbox.client, clinic)
    assert moved["access_tokens_ended"]
    await with_token(sandbox, before["access_token"]).get("/me", expect=401)
    made = await shown["something_happens"](sandbox.client, clinic)
    again = await shown["sign_in"](sandbox.client, clinic, "therapist", code)
    assert (await with_token(sandbox, again["access_token"]).get(f"/reflections/{made['id']}"))["state"] == "submitted"
