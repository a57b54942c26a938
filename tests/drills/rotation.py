"""Exchanging the master key under load, the rotating process killed again and again: every text stays readable."""

import asyncio
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import asyncpg

from integration_api.storage.vault import Vault
from tests.applications import MASTER_KEY
from tests.drills.clinic import TEXT, Clinic, Writer
from tests.drills.load import connect, request
from tests.keeper import PRODUCT
from tests.processes import start
from tests.serving import Server, command
from tests.support import Json
from tests.waiting import until

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
NEW_KEY = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="
_CLIENTS = 6
_PLACE = b"where it lies"


@dataclass
class Rotation:
    """What an exchange came to. All but the first four must be 0, and the last three true."""

    keys: int = 0
    kills: int = 0
    requests: int = 0
    seconds: float = 0.0
    unreadable: int = 0
    odd_answers: int = 0
    old_uses: int = 0
    is_refused_too_early: bool = False
    is_told_when_done: bool = False
    is_served_without_old: bool = False

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept, and something was promised."""
        told = self.is_refused_too_early and self.is_told_when_done and self.is_served_without_old
        return told and self.requests > 0 and self.unreadable + self.odd_answers + self.old_uses == 0

    def __str__(self) -> str:
        """One line for people."""
        return (
            f"{self.keys:,} keys, {self.kills} kills, {self.requests:,} requests meanwhile, {self.seconds:.0f} s: "
            f"unreadable {self.unreadable}, odd answers {self.odd_answers}, old uses at the end {self.old_uses}, "
            f"old key removed too early refused {self.is_refused_too_early}, "
            f"end told {self.is_told_when_done}, served without the old key {self.is_served_without_old}"
        )


class _Owners:
    """Owners with nothing but a key, and a text encrypted under each."""

    def __init__(self, on: Clinic, count: int) -> None:
        self.on, self.encrypted = on, dict[tuple[UUID, UUID], bytes]()
        vault, now, clinic_id = Vault(OLD), datetime.now(UTC), uuid4()
        self.rows = []
        for _ in range(count):
            owner_id = uuid4()
            wrapped = vault.new_key(clinic_id, owner_id)
            self.encrypted[clinic_id, owner_id] = vault.unwrap(wrapped, clinic_id, owner_id).encrypt(
                b"still here", _PLACE
            )
            self.rows.append((clinic_id, owner_id, wrapped, now))

    def add(self) -> None:
        """Into the database."""
        url = self.on.settings.database_url
        if url is not None:
            asyncio.run(self._copy(url.get_secret_value()))
            return
        with sqlite3.connect(self.on.settings.sqlite_path) as connection:
            plain = [(c.hex, o.hex, w, at.isoformat(" ")) for c, o, w, at in self.rows]
            connection.executemany(
                "INSERT INTO vault_keys (clinic_id, id, wrapped_key, created_at) VALUES (?, ?, ?, ?)", plain
            )
        connection.close()

    async def _copy(self, url: str) -> None:
        connection = await asyncpg.connect(url)
        columns = ["clinic_id", "id", "wrapped_key", "created_at"]
        await connection.copy_records_to_table("vault_keys", records=self.rows, columns=columns)
        await connection.close()

    def unreadable(self) -> int:
        """How many of their texts do not open with the new master key alone."""
        vault, lost = Vault(NEW), 0
        wrapped = {
            (UUID(str(c)), UUID(str(o))): bytes(w)
            for c, o, w in self.on.rows("SELECT clinic_id, id, wrapped_key FROM vault_keys")
        }
        for (clinic_id, owner_id), ciphertext in self.encrypted.items():
            try:
                key = vault.unwrap(wrapped[clinic_id, owner_id], clinic_id, owner_id)
                lost += key.decrypt(ciphertext, _PLACE) != b"still here"
            except Exception:  # noqa: BLE001  whatever the reason, it is lost
                lost += 1
        return lost


def old_uses(on: Clinic) -> int:
    """How many keys the old master key wraps, by the database itself."""
    header, literal = Vault(OLD).header, "'\\x{}'::bytea" if on.settings.database_url else "x'{}'"
    first, last = (
        literal.format(header.hex()),
        literal.format((int.from_bytes(header, "big") + 1).to_bytes(5, "big").hex()),
    )
    found = on.rows(f"SELECT count(*) FROM vault_keys WHERE wrapped_key >= {first} AND wrapped_key < {last}")  # noqa: S608  of this file
    return int(found[0][0])


def exchange(on: Clinic, owners: int, kills: int) -> Rotation:
    """The whole way of `docs/keys.md`, with `kills` on it."""
    report, started = Rotation(), time.monotonic()
    people = _Owners(on, owners)
    people.add()
    old_key = MASTER_KEY.get_secret_value()
    base = dict(on.server.env)
    both_old = {**base, "INTEGRATION_API_MASTER_KEY": old_key, "INTEGRATION_API_MASTER_KEY_PREVIOUS": NEW_KEY}
    both_new = {**base, "INTEGRATION_API_MASTER_KEY": NEW_KEY, "INTEGRATION_API_MASTER_KEY_PREVIOUS": old_key}
    only_new = {**base, "INTEGRATION_API_MASTER_KEY": NEW_KEY}
    servers = [Server(both_new)] + ([Server(both_old)] if on.settings.database_url else [])
    for server in servers:
        server.start()
    try:
        report.keys = old_uses(on)
        asyncio.run(_under_load(on, servers, both_new, only_new, report, kills))
    finally:
        for server in servers:
            server.stop()
    ended = command("keys", "rotate", env=both_new)
    status = command("keys", "status", env=only_new)
    report.is_told_when_done = (ended.returncode, status.returncode) == (0, 0) and "no other one" in status.stdout
    report.old_uses, report.unreadable = old_uses(on), report.unreadable + people.unreadable()
    last = Server(only_new)
    last.start()
    try:
        asyncio.run(_read_all(on, last, report))
        report.is_served_without_old = True
    finally:
        last.stop()
    report.seconds = time.monotonic() - started
    return report


async def _under_load(
    on: Clinic,
    servers: list[Server],
    both: Mapping[str, str],
    only_new: Mapping[str, str],
    report: Rotation,
    kills: int,
) -> None:
    stopping = asyncio.Event()
    clients = [
        asyncio.create_task(_client(on, servers[at % len(servers)].port, at, stopping, report))
        for at in range(_CLIENTS)
    ]
    try:
        for kill in range(kills):
            left = report.keys * (kills - kill) // (kills + 1)
            await asyncio.to_thread(_rotate_until, on, both, left)
            report.kills += 1
            if kill == 0:
                refused = await asyncio.to_thread(command, "serve", env=only_new)
                report.is_refused_too_early = refused.returncode == 1 and _is_one_clear_line(refused.stderr)
    finally:
        stopping.set()
        await asyncio.gather(*clients)


def _is_one_clear_line(text: str) -> bool:
    return len(text.splitlines()) == 1 and "wrapped under master key" in text and "Traceback" not in text


def _rotate_until(on: Clinic, env: Mapping[str, str], left: int) -> None:
    """Begin `keys rotate`, and kill -9 it once no more than `left` keys are left."""
    rotating = start(PRODUCT, ("integration-api", "keys", "rotate"), env)
    until(lambda: old_uses(on) <= left, f"{left} keys left")
    rotating.kill()


async def _client(on: Clinic, port: int, at: int, stopping: asyncio.Event, report: Rotation) -> None:
    """Reads and writes, one after the other; every answer must be right."""
    connection = await connect(port)
    writer: Writer = on.writers[at % len(on.writers)]
    turn = 0
    while not stopping.is_set():
        turn += 1
        if turn % 5:
            entry = writer.reflections[turn % len(writer.reflections)]
            answer = await connection.send(request("GET", f"/reflections/{entry}", writer.token))
            report.unreadable += answer.status != 200 or answer.json()["text"] != TEXT
        else:
            body = {"text": TEXT}
            answer = await connection.send(request("POST", "/reflections", writer.token, body, key=uuid4().hex))
            report.odd_answers += answer.status != 201
        report.requests += 1
        await asyncio.sleep(0.005)  # the rotating process needs a processor, too
    connection.close()


async def _read_all(on: Clinic, server: Server, report: Rotation) -> None:
    """Everything that was written, by the server that has the new key alone."""
    connection = await connect(server.port)
    for writer in on.writers:
        cursor: str | None = ""
        while cursor is not None:
            answer = await connection.send(request("GET", f"/reflections?limit=100{cursor}", writer.token))
            page: Json = answer.json() if answer.status == 200 else {"items": [{"text": ""}], "next_cursor": None}
            report.unreadable += sum(item["text"] != TEXT for item in page["items"])
            cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
    connection.close()
