"""The clock of a sandbox's clinic: it moves everything of that clinic, and nothing of another."""

from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from integration_api.access.totp import code_at
from integration_api.app import sealer_of
from integration_api.core.clock import system_clock, time_of
from integration_api.ledger.due import record_due
from integration_api.settings import Settings
from tests.demo.test_sandbox import made, move, now_of, person, sign_in
from tests.demo.test_sandbox import sandbox as sandbox  # noqa: PLC0414  a fixture
from tests.factories.factors import with_token
from tests.storage.hand import Hand
from tests.support import Api, Json, Person

WEEK = 7 * 86400


async def therapist_of(api: Api, clinic: Json) -> tuple[Person, Json]:
    pair: Json = (await sign_in(api, clinic, "therapist")).json()
    return with_token(api, pair["access_token"]), pair


async def refreshed(api: Api, pair: Json) -> int:
    answer = await api.send("POST", "/auth/tokens/refresh", json={"refresh_token": pair["refresh_token"]})
    return answer.status_code


@pytest.mark.thorough
async def test_the_clock_of_one_clinic_moves_no_other(sandbox: Api) -> None:
    moved, still = await made(sandbox), await made(sandbox)
    (one, pair), (other, kept) = await therapist_of(sandbox, moved), await therapist_of(sandbox, still)
    await move(sandbox, moved, WEEK)
    assert await now_of(sandbox, moved) - system_clock() > timedelta(days=6)
    assert await now_of(sandbox, still) - system_clock() < timedelta(hours=1)
    await one.get("/me", expect=401)
    assert await refreshed(sandbox, pair) == 401
    await other.get("/me")
    assert await refreshed(sandbox, kept) in (200, 201)
    again, _ = await therapist_of(sandbox, moved)
    for reader, clinic, days in ((again, moved, 6), (other, still, -1)):
        made_now = await reader.post("/patients", {"name": "Wren Sample"})
        ahead = datetime.fromisoformat(made_now["created_at"]) - system_clock()
        assert timedelta(days=days) < ahead < timedelta(days=days + 2), clinic


@pytest.mark.thorough
async def test_codes_are_of_the_time_of_the_clinic_that_signs_in(sandbox: Api) -> None:
    moved, still = await made(sandbox), await made(sandbox)
    await move(sandbox, moved, WEEK)
    for clinic, now, expect in (
        (still, await now_of(sandbox, moved), 401),
        (moved, system_clock(), 401),
        (still, system_clock(), 201),
        (moved, await now_of(sandbox, moved), 201),
    ):
        body = {
            "email": person(clinic, "therapist")["email"],
            "password": clinic["password"],
            "totp_code": code_at(clinic["totp_secret"], now),
        }
        assert (await sandbox.send("POST", "/auth/tokens", json=body)).status_code == expect


@pytest.mark.thorough
async def test_what_time_changes_is_told_in_the_clinic_whose_time_it_is(sandbox: Api, own: Settings) -> None:
    clinics, hand = [await made(sandbox), await made(sandbox)], Hand(own)
    for clinic in clinics:
        therapist, _ = await therapist_of(sandbox, clinic)
        ends = (await now_of(sandbox, clinic) + timedelta(hours=2)).isoformat()
        supervisor, chart = person(clinic, "supervisor")["account_id"], person(clinic, "patient")["patient_id"]
        body = {"account_id": supervisor, "role": "supervisor", "ends_at": ends}
        await therapist.post(f"/patients/{chart}/care-team", body)
    runtime = sandbox.runtime
    sealer = sealer_of(runtime)
    await sealer.seal_all()
    await move(sandbox, clinics[0], 3 * 3600)
    await now_of(sandbox, clinics[0])
    await record_due(runtime.database, runtime.clock)
    lapsed = await hand.run("SELECT clinic_id FROM ledger WHERE event = 'care_team.lapsed'")
    assert [UUID(str(row[0])) for row in lapsed] == [UUID(clinics[0]["clinic_id"])]
    await sealer.seal_all()
    heads = await hand.run("SELECT clinic_id, max(sealed_at) FROM ledger_seals GROUP BY clinic_id")
    assert len(heads) == 2


async def test_outside_of_a_clinic_it_is_the_furthest_time(sandbox: Api) -> None:
    clinic, clock = await made(sandbox), sandbox.runtime.clock
    await move(sandbox, clinic, WEEK)
    await now_of(sandbox, clinic)
    assert clock() - system_clock() > timedelta(days=6)
    with time_of(UUID((await made(sandbox))["clinic_id"])):
        assert clock() - system_clock() < timedelta(hours=1)


async def test_who_is_of_no_clinic_is_at_the_time_of_the_machine(sandbox: Api, own: Settings) -> None:
    await move(sandbox, await made(sandbox), WEEK)
    answer = await sandbox.send("POST", "/auth/passkey-options")
    offered = urlsafe_b64decode(answer.json()["public_key"]["challenge"] + "==")
    assert datetime.fromtimestamp(int.from_bytes(offered[16:24]), UTC) - system_clock() > timedelta(days=6)
    before = system_clock()
    await sandbox.send("POST", "/auth/tokens", json={"email": "who@example.org", "password": "wrong-otter-rows"})
    spent = await Hand(own).value("SELECT max(spent_until) FROM throttles")
    assert spent < (before + timedelta(days=1)).timestamp() * 1_000_000


@pytest.mark.thorough
async def test_the_time_of_an_invitation_is_that_of_its_clinic(sandbox: Api) -> None:
    clinic = await made(sandbox)
    await made(sandbox)
    await move(sandbox, clinic, 30 * 86400)
    therapist, _ = await therapist_of(sandbox, clinic)
    chart = await therapist.post("/patients", {"name": "Wren Sample", "email": "wren@example.org"})
    invited = await therapist.post("/invitations", {"patient_id": chart["id"]})
    accepting = {"code": invited["code"], "password": clinic["password"]}
    await move(sandbox, clinic, 60 * 86400)
    answer = await sandbox.send("POST", "/invitations/accept", json=accepting)
    assert not answer.is_success  # by the machine's time, it would still be good
