"""The file of the Python client's offline queue: one sender, sealed, what is kept and what is not."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet

from integration_journal import (
    FOLLOWING,
    Account,
    JournalError,
    NotSignedIn,
    OfflineQueue,
    models,
    new_id,
    now,
    operations,
)
from integration_journal.entries import Entry
from tests.clients.networks import Network, draft, journal_of, offline, phone, texts
from tests.support import World

CREATES = "/v1/reflections"


async def test_one_sender_at_a_time_in_all_processes(world: World, tmp_path: Path) -> None:
    path = tmp_path / "queue.sqlite3"
    device = await offline(world, path)
    await device.journal.keep(draft("Once"))
    device.network.is_down = False
    with OfflineQueue(path).sender() as is_sole:
        assert is_sole
        report = await device.journal.send_kept()
        assert (report.is_elsewhere, report.sent, report.unsent) == (True, 0, 1)
    results = await asyncio.gather(*(device.journal.send_kept() for _ in range(3)))
    assert sum(report.sent for report in results) == 1
    assert device.network.sent("POST", CREATES) == 1


async def test_what_is_written_is_sealed_for_its_account(world: World, tmp_path: Path) -> None:
    class Keychain:
        """A key for each account."""

        def __init__(self) -> None:
            self.keys: dict[str, Fernet] = {}

        def close(self, text: bytes, account_id: str) -> bytes:
            return self.keys.setdefault(account_id, Fernet(Fernet.generate_key())).encrypt(text)

        def open(self, sealed: bytes, account_id: str) -> bytes:
            return self.keys[account_id].decrypt(sealed)

    path = tmp_path / "queue.sqlite3"
    device = await phone(world, queue=OfflineQueue(path, seal=Keychain()))
    await device.journal.keep(draft("canary-on-the-disk"))
    files = await asyncio.to_thread(lambda: [each.read_bytes() for each in tmp_path.iterdir()])
    assert len(files) > 1
    assert not any(b"canary" in found for found in files)
    assert (await device.journal.send_kept()).sent == 1
    assert await texts(device) == ["canary-on-the-disk"]


async def test_the_same_request_is_kept_once(world: World) -> None:
    device = await offline(world)
    request = draft("Once")
    assert (await device.journal.keep(request)).key == (await device.journal.keep(request)).key
    assert device.journal.unsent == 1


async def test_what_is_no_write_of_an_account_is_not_kept(world: World) -> None:
    device = await offline(world)
    reading = operations.read_me()
    for request in (reading, operations.sign_in(models.SignIn(email="a@example.org", password="x"))):
        with pytest.raises(ValueError, match="is not kept"):
            await device.journal.keep(request)
    with pytest.raises(ValueError, match="no unsent write"):
        await device.journal.keep(operations.unshare_reflection(new_id(), if_match=FOLLOWING))
    assert device.journal.unsent == 0
    stranger = journal_of(Network(world.api))
    with pytest.raises(NotSignedIn, match="Nobody has signed in"):
        await stranger.keep(draft("Of nobody"))
    with pytest.raises(ValueError, match="offline queue"):
        await device.journal.send(operations.unshare_reflection(new_id(), if_match=FOLLOWING))


async def test_a_practice_waits_for_the_thing_that_it_names(world: World) -> None:
    """Whatever a body names by id, and is not sent yet, goes first; if that is refused, it waits."""
    device = await offline(world)
    queue, account = device.journal.queue, device.journal.account
    assert account is not None
    first = await device.journal.keep(draft("Refused", session_id=new_id()))
    assert first.thing is not None
    body = models.PracticeLog(strategy_id=first.thing, used_at=now(), distress_before=6)
    practice = await device.journal.keep(operations.log_practice(body))
    assert [entry.key for entry in queue.due(account, 9, is_now=True)] == [first.key]
    device.network.is_down = False
    await device.journal.send_kept()
    assert queue.entry(practice.key).tries == 0


def test_a_queue_of_a_newer_client_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "queue.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA user_version = 99")
    made.close()
    with pytest.raises(JournalError, match="newer client"):
        OfflineQueue(path)


def test_threads_share_a_queue(tmp_path: Path) -> None:
    queue, account = OfflineQueue(tmp_path / "queue.sqlite3"), Account("a", "c")
    made: list[Entry] = []
    threads = [
        threading.Thread(target=lambda: made.extend(queue.add(draft("x"), account) for _ in range(5))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert queue.unsent(account) == len({entry.key for entry in made}) == 20


def test_a_write_is_on_the_disk_before_it_counts_as_kept(tmp_path: Path) -> None:
    """SQLite then waits for the disk at each commit: 2 is FULL."""
    queue = OfflineQueue(tmp_path / "queue.sqlite3")
    assert queue._connection.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert queue._connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


async def test_a_refusal_says_when_to_come_back(world: World) -> None:
    device = await phone(world, queue=OfflineQueue(clock=lambda: 1.0))
    await device.journal.keep(draft("Busy"))
    limited = {"content-type": "application/problem+json", "Retry-After": "900"}
    device.network.answer(httpx.Response(429, headers=limited, content=b'{"code": "too-many-requests"}'))
    report = await device.journal.send_kept()
    assert report.seconds_to_next == 900
    assert (await device.journal.send_kept(is_now=False)).sent == 0
    assert (await device.journal.send_kept()).sent == 1


async def test_an_answer_that_cannot_be_read_leaves_the_writes_for_another_time(world: World) -> None:
    device = await offline(world)
    await device.journal.keep(draft("Waiting"))
    device.network.is_down = False
    world.api.clock.advance(minutes=16)

    def garble(request: httpx.Request) -> httpx.Response | None:
        headers = {"x-request-id": "r", "content-type": "application/json"}
        is_refresh = request.url.path.endswith("/refresh")
        return httpx.Response(201, headers=headers, content=b"{}") if is_refresh else None

    device.network.before.append(garble)
    report = await device.journal.send_kept()
    assert (report.sent, report.unsent, report.needs_you) == (0, 1, 0)
    device.network.before.clear()
    assert (await device.journal.send_kept()).sent == 1
