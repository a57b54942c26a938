"""The Python client: signing in, refreshing with rotation, stepping up, signing out."""

import asyncio
import stat
from pathlib import Path

import httpx
import pytest

from integration_journal import (
    AsyncJournal,
    Code,
    FileTokens,
    Kept,
    NotReached,
    NotSignedIn,
    SecondFactorNeeded,
    SecondFactorRequired,
    StepUpRequired,
    Tokens,
    WrongSignIn,
    operations,
)
from tests.clients.networks import Network, journal_of, phone
from tests.factories.factors import PASSWORD, add_totp, code_of, invite, sign_in, with_token
from tests.support import World

REFRESH = "/auth/tokens/refresh"


async def test_a_patient_signs_in_reads_and_signs_out(world: World) -> None:
    device = await phone(world)
    journal = device.journal
    assert journal.account is not None
    me = (await journal.send(operations.read_me())).value
    assert (str(me.id), str(me.clinic_id)) == (journal.account.account_id, journal.account.clinic_id)
    assert str(me.patient_id) == journal.account.patient_id
    await journal.sign_out()
    with pytest.raises(NotSignedIn):
        await journal.send(operations.read_me())
    await journal.sign_out()
    assert journal.account is None


async def test_an_address_that_ends_with_v1_is_taken_too(world: World) -> None:
    network = Network(world.api)
    for url in ("http://test/v1", "http://test/v1/", "http://test/"):
        journal = AsyncJournal(url, transport=network)
        assert (await journal.send(operations.list_crisis_resources())).status == 200


async def test_a_wrong_password_is_told_from_a_missing_factor(world: World) -> None:
    email, _ = await invite(world)
    person = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    _, secret = await add_totp(person)
    journal = journal_of(Network(world.api))
    with pytest.raises(WrongSignIn) as wrong:
        await journal.sign_in(email, "not-the-password")
    assert wrong.value.code == Code.WRONG_SIGN_IN
    with pytest.raises(SecondFactorNeeded) as needed:
        await journal.sign_in(email, PASSWORD)
    assert needed.value.factors == ["totp", "recovery_code"]
    account = await journal.sign_in(email, PASSWORD, totp_code=code_of(world.api, secret))
    assert account.clinic_id == str(world.clinic_id)


async def test_a_request_refused_for_a_fresh_proof_is_sent_again_after_a_step_up(world: World) -> None:
    email, _ = await invite(world)
    person = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    _, secret = await add_totp(person)
    journal = journal_of(Network(world.api))
    await journal.sign_in(email, PASSWORD, totp_code=code_of(world.api, secret))
    world.api.clock.advance(minutes=6)
    request = operations.make_recovery_codes()
    with pytest.raises(StepUpRequired):
        await journal.send(request)
    await journal.step_up(totp_code=code_of(world.api, secret))
    assert len((await journal.send(request)).value.codes) == 10
    world.api.clock.advance(minutes=16)
    assert (await journal.send(operations.read_me())).status == 200


async def test_staff_without_a_factor_are_told_to_add_one(world: World) -> None:
    email, _ = await invite(world)
    journal = journal_of(Network(world.api))
    await journal.sign_in(email, PASSWORD)
    with pytest.raises(SecondFactorRequired):
        await journal.send(operations.list_patients())


async def test_many_requests_refresh_an_expired_token_once(world: World) -> None:
    device = await phone(world)
    world.api.clock.advance(minutes=16)
    await asyncio.gather(*(device.journal.send(operations.read_me()) for _ in range(10)))
    assert device.network.sent("POST", REFRESH) == 1


async def test_a_lost_answer_to_a_refresh_costs_no_sign_in(world: World) -> None:
    device = await phone(world)
    device.network.lose_answers("POST", REFRESH, times=2)
    world.api.clock.advance(minutes=16)
    assert (await device.journal.send(operations.read_me())).status == 200
    assert device.network.sent("POST", REFRESH) == 3
    world.api.clock.advance(minutes=16)
    assert (await device.journal.send(operations.read_me())).status == 200


async def test_a_token_about_to_end_is_exchanged_before_it_is_sent(world: World) -> None:
    device = await phone(world)
    device.journal._core.monotonic = lambda: 10.0**9
    assert (await device.journal.send(operations.read_me())).status == 200
    assert [request.url.path for request in device.network.seen] == ["/v1/auth/tokens/refresh", "/v1/me"]


async def test_processes_that_share_a_file_share_one_sign_in(world: World, tmp_path: Path) -> None:
    path = tmp_path / "kept" / "tokens.json"
    device = await phone(world, store=FileTokens(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    other = device.again(store=FileTokens(path))
    for first, second in ((device, other), (other, device), (device, other)):
        world.api.clock.advance(minutes=16)
        assert (await first.journal.send(operations.read_me())).status == 200
        assert (await second.journal.send(operations.read_me())).status == 200
    assert device.network.sent("POST", REFRESH) == 3  # the second of each took the tokens of the first


@pytest.mark.thorough
async def test_tokens_are_on_the_disk_before_they_are_used(world: World, tmp_path: Path) -> None:
    """A process that is killed after a refresh goes on with the newest tokens."""
    device = await phone(world, store=FileTokens(tmp_path / "tokens.json"))
    for _ in range(3):
        world.api.clock.advance(minutes=16)
        device = device.again(store=FileTokens(tmp_path / "tokens.json"))
        assert (await device.journal.send(operations.read_me())).status == 200
    (tmp_path / "tokens.json").write_text("{damaged")
    assert not device.again(store=FileTokens(tmp_path / "tokens.json")).journal.is_signed_in


async def test_a_sign_in_that_ended_drops_the_tokens_and_keeps_the_account(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=FileTokens(tmp_path / "tokens.json"))
    world.api.clock.advance(days=60)
    with pytest.raises(NotSignedIn) as ended:
        await device.journal.send(operations.read_me())
    assert ended.value.code == Code.SIGN_IN_ENDED
    assert not device.journal.is_signed_in
    assert device.journal.account is not None
    kept = FileTokens(tmp_path / "tokens.json").load()
    assert (kept.tokens, kept.account) == (None, device.journal.account)


async def test_signing_out_without_a_network_forgets_the_tokens(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=FileTokens(tmp_path / "tokens.json"))
    device.network.is_down = True
    with pytest.raises(NotReached):
        await device.journal.sign_out()
    assert not device.again(store=FileTokens(tmp_path / "tokens.json")).journal.is_signed_in


async def test_a_call_for_help_is_sent_whatever_the_sign_in_is(world: World) -> None:
    device = await phone(world)
    world.api.clock.advance(minutes=16)
    assert (await device.journal.send(operations.ask_for_help())).value.told
    world.api.clock.advance(days=60)
    for _ in range(2):
        with pytest.raises(NotSignedIn) as unheard:
            await device.journal.send(operations.ask_for_help())
        assert unheard.value.code == Code.HELP_NEEDS_SIGN_IN
        assert unheard.value.members["crisis_lines"]


async def test_the_crisis_lines_are_those_of_the_clinic_also_after_the_sign_in_has_ended(world: World) -> None:
    device = await phone(world)
    asked = operations.list_crisis_resources()
    here = (await device.journal.send(asked)).value
    assert here.country == "US"
    world.api.clock.advance(days=60)
    assert (await device.journal.send(asked)).value == here
    assert device.journal.is_signed_in
    await device.journal.sign_out()
    assert (await device.journal.send(asked)).value.country is None


async def test_the_device_token_of_an_address_is_sent_with_its_next_sign_in(world: World, tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    device = await phone(world, store=FileTokens(path))
    await device.journal.sign_out()
    assert device.email not in path.read_text("utf-8")
    await device.sign_in()
    signing_in = [request for request in device.network.seen if request.url.path == "/v1/auth/tokens"]
    assert b"device_token" in signing_in[-1].content


def test_secrets_are_in_no_repr() -> None:
    assert "secret" not in repr(Kept(tokens=Tokens("secret-a", "secret-b")))


async def test_a_sign_in_is_never_repeated_by_itself(world: World) -> None:
    """A code works once, and attempts are limited: a person tries again."""
    email, _ = await invite(world)
    network = Network(world.api)
    network.answer(httpx.Response(502))
    with pytest.raises(Exception, match="502"):
        await journal_of(network).sign_in(email, PASSWORD)
    assert len(network.seen) == 1
