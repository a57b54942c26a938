"""The Python client: signing out where the network is away, is silent, or where the power goes in between."""

import asyncio
import os
import signal
import socket
import threading
from pathlib import Path

import httpx
import pytest

from integration_journal import (
    Code,
    FileTokens,
    Journal,
    Kept,
    MemoryTokens,
    NotReached,
    NotSignedIn,
    Problem,
    Tokens,
    models,
    operations,
)
from tests.clients.networks import Network, Phone, draft, journal_of, patient_with_password, phone, served
from tests.databases import on_sqlite
from tests.processes import ROOT, free_port, start
from tests.support import World
from tests.waiting import STUCK_SECONDS

CURRENT, REFRESH, SIGN_IN = "/auth/tokens/current", "/auth/tokens/refresh", "/v1/auth/tokens"


def file_of(folder: Path) -> FileTokens:
    return FileTokens(folder / "tokens.json")


def tokens_in(store: FileTokens | MemoryTokens) -> Tokens:
    """The tokens that a device keeps."""
    tokens = store.load().tokens
    assert tokens is not None
    return tokens


def assert_left(kept: Kept, *untold: Tokens) -> None:
    """Nothing of the person is here, and these sign-ins are still to be ended at the API."""
    assert (kept.account, kept.tokens, [one.tokens for one in kept.untold]) == (None, None, list(untold))


async def stands(world: World, tokens: Tokens) -> bool:
    """Whether a sign-in stands at the API: its refresh token gives the next one."""
    journal = journal_of(Network(world.api))
    try:
        await journal.send(operations.refresh_tokens(models.Refresh(refresh_token=tokens.refresh)))
    except NotSignedIn:
        return False
    return True


async def gone(device: Phone) -> None:
    """Sign out where the API cannot be reached, then let the network come back."""
    device.network.is_down = True
    with pytest.raises(NotReached):
        await device.journal.sign_out()
    device.network.is_down = False


async def test_a_sign_out_without_a_network_is_told_after_a_restart(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=file_of(tmp_path))
    tokens = tokens_in(file_of(tmp_path))
    await device.journal.keep(draft("Unsent"))
    await gone(device)
    assert_left(file_of(tmp_path).load(), tokens)
    again = device.again(store=file_of(tmp_path), queue=device.journal.queue)
    assert (again.journal.account, again.journal.is_signed_in, again.journal.owes_sign_out) == (None, False, True)
    assert (again.journal.unsent, again.journal.queue.entries(again.journal.account)) == (0, [])
    report = await again.journal.send_kept()
    assert (report.needs_sign_in, report.not_reached, again.journal.owes_sign_out) == (True, False, False)
    assert_left(file_of(tmp_path).load())
    assert not await stands(world, tokens)
    await again.sign_in()
    assert (await again.journal.send_kept()).sent == 1


async def test_a_sign_out_is_told_before_the_next_person_signs_in(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=file_of(tmp_path))
    tokens = tokens_in(file_of(tmp_path))
    await gone(device)
    other = Phone(await patient_with_password(world), device.network, device.journal)
    device.network.is_down = True
    with pytest.raises(NotReached):
        await other.sign_in()
    assert device.journal.owes_sign_out
    device.network.is_down = False
    await other.sign_in()
    asked = [request.url.path for request in device.network.seen]
    assert asked.index("/v1" + CURRENT) < asked.index(SIGN_IN)
    assert not await stands(world, tokens)
    assert (await device.journal.send(operations.read_me())).status == 200


async def test_a_sign_out_that_failed_is_told_when_it_is_asked_for_again(world: World) -> None:
    device = await phone(world)
    await gone(device)
    await device.journal.sign_out()
    assert not device.journal.owes_sign_out
    assert device.network.sent("DELETE", CURRENT) == 1
    await device.journal.sign_out()
    assert device.network.sent("DELETE", CURRENT) == 1


async def test_a_server_that_never_answers_holds_up_no_sign_out_of_the_device(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=file_of(tmp_path))
    tokens = tokens_in(file_of(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        journal = Journal(url, store=file_of(tmp_path), timeout_seconds=STUCK_SECONDS)
        failed: list[BaseException] = []

        def sign_out() -> None:
            try:
                journal.sign_out()
            except NotReached as unreached:
                failed.append(unreached)

        thread = threading.Thread(target=sign_out)
        thread.start()
        connection, _ = await asyncio.to_thread(silent.accept)
        await asyncio.to_thread(connection.recv, 1)  # the request is there, and is not answered
        assert thread.is_alive()
        assert_left(file_of(tmp_path).load(), tokens)
        assert (journal.account, journal.is_signed_in) == (None, False)
        with pytest.raises(NotSignedIn):
            journal.send(operations.read_me())
        connection.close()
    await asyncio.to_thread(thread.join)
    assert len(failed) == 1
    assert await stands(world, tokens)
    await device.again(store=file_of(tmp_path)).journal.send_kept()
    assert not await stands(world, tokens)


async def test_a_server_that_is_gone_is_told_when_it_is_back(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=file_of(tmp_path))
    tokens = tokens_in(file_of(tmp_path))
    with Journal(f"http://127.0.0.1:{free_port()}", store=file_of(tmp_path)) as journal:
        with pytest.raises(NotReached):
            await asyncio.to_thread(journal.sign_out)
        assert (await asyncio.to_thread(journal.send_kept)).not_reached
        assert_left(file_of(tmp_path).load(), tokens)
    await device.again(store=file_of(tmp_path)).journal.sign_out()
    assert not await stands(world, tokens)


@on_sqlite
async def test_a_process_killed_while_it_tells_has_signed_out(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=file_of(tmp_path))
    tokens = tokens_in(file_of(tmp_path))
    paths = (ROOT / "clients" / "python" / "src", ROOT / "src", ROOT)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    async with served(world.api) as url:
        child = await asyncio.to_thread(start, "module", ["tests.clients.child", url, str(tmp_path), "leaving"], env)
        assert await asyncio.to_thread(child.wait) == -signal.SIGKILL
    assert_left(file_of(tmp_path).load(), tokens)
    assert await stands(world, tokens)
    await device.again(store=file_of(tmp_path)).journal.send_kept()
    assert not await stands(world, tokens)


async def test_a_sign_out_is_told_after_its_access_token_is_over(world: World, tmp_path: Path) -> None:
    """The next tokens are noted before they are used: the power may go between the two."""
    device = await phone(world, store=file_of(tmp_path))
    tokens = tokens_in(file_of(tmp_path))
    await gone(device)
    world.api.clock.advance(minutes=16)

    def lost(request: httpx.Request) -> Exception | None:
        is_second = request.method == "DELETE" and device.network.sent("POST", REFRESH)
        return httpx.ConnectError("gone", request=request) if is_second else None

    device.network.before.append(lost)
    assert (await device.journal.send_kept()).not_reached
    [noted] = file_of(tmp_path).load().untold
    assert noted.tokens != tokens
    device.network.before.clear()
    await device.journal.send_kept()
    assert_left(file_of(tmp_path).load())
    assert not await stands(world, noted.tokens)


async def test_a_sign_out_that_the_api_knows_already_is_not_told_for_ever(world: World) -> None:
    device = await phone(world)
    await gone(device)
    world.api.clock.advance(days=60)
    await device.journal.send_kept()
    assert not device.journal.owes_sign_out


async def test_tokens_that_arrive_after_a_sign_out_are_noted_and_not_used(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=file_of(tmp_path))
    spent = tokens_in(file_of(tmp_path))
    world.api.clock.advance(minutes=16)

    def leave(request: httpx.Request) -> None:
        if REFRESH in request.url.path:
            device.journal._core.leave()

    device.network.after.append(leave)
    with pytest.raises(NotSignedIn):
        await device.journal.send(operations.read_me())
    [noted] = file_of(tmp_path).load().untold
    assert_left(file_of(tmp_path).load(), noted.tokens)
    assert noted.tokens != spent
    device.network.after.clear()
    await device.journal.send_kept()
    assert not await stands(world, noted.tokens)


async def test_processes_of_a_device_leave_together(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=file_of(tmp_path))
    other = device.again(store=file_of(tmp_path))
    await gone(device)
    with pytest.raises(NotSignedIn):
        await other.journal.send(operations.read_me())
    assert (other.journal.account, other.journal.is_signed_in) == (None, False)
    assert device.network.sent("GET", "/me") == 0


async def test_a_sign_in_ends_the_one_that_stood_on_the_device(world: World) -> None:
    store = MemoryTokens()
    device = await phone(world, store=store)
    first = tokens_in(store)
    await device.sign_in()
    assert not await stands(world, first)
    assert (await device.journal.send(operations.read_me())).status == 200
    assert not device.journal.owes_sign_out


async def test_a_process_goes_on_with_the_sign_in_that_another_one_made(world: World, tmp_path: Path) -> None:
    device = await phone(world, store=file_of(tmp_path))
    other = device.again(store=file_of(tmp_path))
    await device.sign_in()
    assert (await other.journal.send(operations.read_me())).status == 200


async def test_signing_out_of_a_sign_in_that_has_ended_forgets_whose_it_was(world: World) -> None:
    device = await phone(world)
    world.api.clock.advance(days=60)
    with pytest.raises(NotSignedIn):
        await device.journal.send(operations.read_me())
    assert device.journal.account is not None
    await device.journal.sign_out()
    assert device.journal.account is None


async def test_a_text_written_after_a_sign_out_is_not_kept_and_the_refusal_says_why(world: World) -> None:
    device = await phone(world)
    await device.journal.sign_out()
    with pytest.raises(NotSignedIn, match="has signed out since") as refused:
        await device.journal.keep(draft("Of nobody"))
    assert refused.value.code == Code.UNAUTHENTICATED


async def test_a_busy_api_is_told_later(world: World) -> None:
    device = await phone(world)
    device.network.answer(httpx.Response(503, headers={"x-request-id": "1"}))
    with pytest.raises(Problem):
        await device.journal.sign_out()
    assert (device.journal.is_signed_in, device.journal.owes_sign_out) == (False, True)
    await device.journal.send_kept()
    assert not device.journal.owes_sign_out


def test_what_is_kept_goes_through_a_text_and_a_damaged_one_is_nothing() -> None:
    kept = Kept(None, Tokens("a", "b"), {"c": "d"}).left()
    assert Kept.of_text(kept.as_text()) == kept
    for damaged in ("", "[]", "{}", '{"account": 1, "tokens": 1, "devices": 1}', "null"):
        assert Kept.of_text(damaged) == Kept()
