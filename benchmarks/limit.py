"""The limit: what this database and this interpreter allow, without a framework, doing the work of the product.

`python -m benchmarks.limit free` runs one statement for each request (W5: two); `batch` puts requests in flight into
one statement, and answers each after the commit (not W4: for one request PostgreSQL hashes the actor's charts, in a
batch it would look each task's up, which costs more than is saved). Both prove actor and permission by the product's
own SQL, write the ledger in the same statement, and open and seal text by the product's own vault.
"""

import gc
import json
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Protocol, cast
from uuid import UUID, uuid4

import asyncpg
import msgspec
import uvicorn

from benchmarks import limit_sql as sql
from benchmarks.limit_json import Body, content_of, outline_of, reflection, spelled, task
from benchmarks.limit_pool import Batcher, Connections
from benchmarks.limit_submit import submission
from benchmarks.limit_values import BASES, NEW_ROW, WINDOW
from benchmarks.targets import bench_tokens
from benchmarks.world import bench_vault
from integration_api.access.actor import Actor
from integration_api.core.ids import new_id
from integration_api.resources.journal.reflections.tags import folded
from integration_api.storage.vault import DataKey, associated_data
from integration_api.web import etag
from integration_api.web.errors import ApiError, Invalid, NotFound, StaleVersion, Unauthenticated
from integration_api.web.instants import credible_time
from integration_api.web.paging import page
from integration_api.web.protocol_errors import BadRequest

Scope = dict[str, Any]
_MAX_TOGETHER, _MAX_LISTS = 32, 8


class Pool(Protocol):
    """What is opened at start and closed at the end."""

    async def open(self) -> None:
        """Connect."""

    async def close(self) -> None:
        """Hang up."""


class Limit:
    """A bare ASGI application."""

    def __init__(self, url: str, *, is_batched: bool) -> None:
        """Not connected until it starts."""
        vault = bench_vault()
        self.tokens, self.unwrap, self.cursor_key = bench_tokens(), vault.unwrap, vault.derive("cursor")
        self.keys: dict[UUID, DataKey] = {}
        self.connections = Connections(url)
        self.pools: list[Pool] = [self.connections]
        self.read, self.list, self.work, self.create = (
            self._alone(query, base)
            for query, base in (
                (sql.READ, BASES["W2"]),
                (sql.LIST, BASES["W3"]),
                (sql.WORKLIST, BASES["W4"]),
                (sql.CREATE, BASES["W1"]),
            )
        )
        if is_batched:
            pool = Connections(url, for_batches=True)
            self.pools.append(pool)
            self.read = Batcher(pool, sql.READ_BATCH, sql.READ, BASES["W2"], _MAX_TOGETHER).fetch
            self.list = Batcher(pool, sql.LIST_BATCH, sql.LIST, BASES["W3"], _MAX_LISTS).fetch
            self.create = Batcher(pool, sql.CREATE_BATCH, sql.CREATE, BASES["W1"], _MAX_TOGETHER).fetch

    def _alone(self, query: sql.Query, base: dict[str, object]) -> Callable[[dict[str, object]], Awaitable[list[Any]]]:
        fixed = {**sql.CONSTANTS, **base}
        return lambda values: self.connections.query(query, fixed | values)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:  # noqa: ANN401  bare ASGI
        """One request, or the life of the process."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        headers: list[tuple[bytes, bytes]] = [(b"content-type", b"application/json")]
        try:
            status, body, tag = await self._answer(scope, receive)
            if tag is not None:
                headers.append((b"etag", tag.encode()))
        except ApiError as error:
            status, body = error.status, json.dumps({"code": error.code}).encode()
        headers.append((b"content-length", b"%d" % len(body)))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _live(self, receive: Any, send: Any) -> None:  # noqa: ANN401  as above
        await receive()
        for pool in self.pools:
            await pool.open()
        gc.collect()
        gc.freeze()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for pool in self.pools:
            await pool.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Scope, receive: Any) -> tuple[int, bytes, str | None]:  # noqa: ANN401  as above
        path, is_get = scope["path"], scope["method"] == "GET"
        if path == "/health":
            return 200, b"{}", None
        headers = dict(scope["headers"])
        now = datetime.now(UTC)
        kind, _, token = headers.get(b"authorization", b"").decode().partition(" ")
        if kind != "Bearer":
            raise Unauthenticated
        actor = self.tokens.verify(token, now)
        values = {
            "actor_clinic_id": actor.clinic_id,
            "actor_id": actor.id,
            "actor_sign_in_id": actor.sign_in_id,
            "actor_epoch": actor.epoch,
            "now": now,
            "ledger_id": new_id(),
            "ledger_request_id": uuid4().hex,
        }
        if path == "/v1/worklist" and is_get:
            return await self._read_worklist(values)
        if path == "/v1/reflections":
            if is_get:
                return await self._list_reflections(actor, values, scope["query_string"].decode())
            return await self._create_reflection(actor, values, await _body(receive))
        reflection_id, _, step = path.removeprefix("/v1/reflections/").partition("/")
        if is_get and not step:
            return await self._read_reflection(actor, values, _uuid(reflection_id))
        if step == "submit":
            await _body(receive)
            version = headers.get(b"if-match", b"").strip(b'"').partition(b"-")[0]
            return await self._submit_reflection(actor, values, _uuid(reflection_id), int(version))
        raise NotFound

    async def _read_reflection(
        self, actor: Actor, values: dict[str, object], reflection_id: UUID
    ) -> tuple[int, bytes, str]:
        values["id"] = reflection_id
        rows = await self.read(values)
        if not rows:
            await self._confirm(values)
            raise NotFound
        row = rows[0]
        body = reflection(row, self._key(row), actor.roles)
        return 200, body, etag.tag(row["version"], body)

    async def _list_reflections(
        self, actor: Actor, values: dict[str, object], query: str
    ) -> tuple[int, bytes, str | None]:
        name, _, patient_id = query.partition("=")
        if name != "patient_id":
            raise Invalid
        values["patient_id"] = _uuid(patient_id)
        rows = await self.list(values)
        if not rows:
            await self._confirm(values)
        found = page(rows, WINDOW, self.cursor_key, lambda row: (row["happened_at"], row["id"]), lambda row: row)
        items = b",".join([reflection(row, self._key(row), actor.roles) for row in found.items])
        return 200, b'{"items":[%b],"next_cursor":%b}' % (items, _text(found.next_cursor)), None

    async def _read_worklist(self, values: dict[str, object]) -> tuple[int, bytes, str | None]:
        rows = await self.work(values)
        if not rows:
            await self._confirm(values)
        found = page(
            rows,
            WINDOW,
            self.cursor_key,
            lambda row: (row["due_at"], row["id"]),
            lambda row: task(row, self._key(row)),
            lambda row: row["urgency_rank"],
        )
        waiting = rows[0]["waiting"] if rows else 0
        items = b",".join(found.items)
        return 200, b'{"items":[%b],"next_cursor":%b,"waiting":%d}' % (items, _text(found.next_cursor), waiting), None

    async def _create_reflection(self, actor: Actor, values: dict[str, object], given: bytes) -> tuple[int, bytes, str]:
        patient_id = actor.patient_id
        if patient_id is None:
            raise NotFound
        try:
            body: Body = _DECODER.decode(given)
        except msgspec.ValidationError as error:
            raise Invalid from error
        row_id = body.id or new_id()
        content = content_of(body)
        key = self.keys.get(patient_id) or await self._key_of(actor.clinic_id, patient_id)
        now = cast(datetime, values["now"])
        captured_at = body.captured_at.astimezone(UTC) if body.captured_at else None
        row = {
            "id": row_id,
            "patient_id": patient_id,
            "kind": body.kind,
            "captured_at": captured_at,
            "happened_at": credible_time(captured_at, now),
            "created_at": now,
            "updated_at": now,
        }
        values |= row | {
            "scope_patient_id": patient_id,
            "ledger_subject_id": row_id,
            "ledger_patient_id": patient_id,
            "content": key.encrypt(content, associated_data("reflections", row_id, "content", 1)),
            "outline": key.encrypt(outline_of(body), associated_data("reflections", row_id, "outline", 1)),
        }
        for at, token in enumerate(key.blind_index("tag", sorted(map(folded, body.tags))).values()):
            values |= {f"tag{at}_id": new_id(), f"tag{at}_token": token}
        try:
            if not await self.create(values):
                raise NotFound
        except asyncpg.DivisionByZeroError as error:
            await self._confirm(values)
            raise NotFound from error
        answer = spelled(NEW_ROW | row, content, b"null", actor.roles)
        return 201, answer, etag.tag(1, answer)

    async def _submit_reflection(
        self, actor: Actor, values: dict[str, object], reflection_id: UUID, version: int
    ) -> tuple[int, bytes, str]:
        scope = {"scope_clinic": False, "scope_team": False, "scope_patient_id": actor.patient_id}
        values |= scope | {"id": reflection_id, "patient_id": actor.patient_id, "actor_role": "patient"}
        rows = await self.connections.query(sql.READ_TO_SUBMIT, {**sql.CONSTANTS, **values})
        if not rows:
            await self._confirm(values)
            raise NotFound
        found = rows[0]
        query, changes, answer = submission(found, self._key(found), actor, values, version)
        try:
            await self.connections.query(query, {**sql.CONSTANTS, **values, **changes})
        except asyncpg.DivisionByZeroError as error:
            await self._confirm(values)
            raise StaleVersion from error
        return 200, answer, etag.tag(version + 1, answer)

    def _key(self, row: Any) -> DataKey:  # noqa: ANN401  asyncpg ships no types
        return self.unwrap(row["wrapped_key"], row["clinic_id"], row["patient_id"])

    async def _key_of(self, clinic_id: UUID, patient_id: UUID) -> DataKey:
        rows = await self.connections.query(sql.VAULT_KEY, {"clinic_id": clinic_id, "id": patient_id})
        if not rows:
            raise NotFound
        key = self.keys[patient_id] = self.unwrap(rows[0]["wrapped_key"], clinic_id, patient_id)
        return key

    async def _confirm(self, values: dict[str, object]) -> None:
        """Raises Unauthenticated where the sign-in has ended."""
        if not await self.connections.query(sql.STANDS, {**sql.CONSTANTS, **values}):
            raise Unauthenticated


_DECODER = msgspec.json.Decoder(Body)


async def _body(receive: Any) -> bytes:  # noqa: ANN401  as above
    message = await receive()
    if not message.get("more_body"):
        whole: bytes = message.get("body", b"")
        return whole
    parts = [message.get("body", b"")]
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
    return b"".join(parts)


def _text(value: str | None) -> bytes:
    return f'"{value}"'.encode() if value is not None else b"null"


def _uuid(text: str) -> UUID:
    with suppress(ValueError):
        return UUID(text)
    raise BadRequest


def serve(app: Limit, port: int) -> None:
    """Until stopped."""
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=port,
        loop="uvloop",
        http="httptools",
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
    )


def main() -> None:
    """The command line."""
    serve(Limit(os.environ["DATABASE_URL"], is_batched=sys.argv[1:] == ["batch"]), int(os.environ["PORT"]))


if __name__ == "__main__":
    main()
