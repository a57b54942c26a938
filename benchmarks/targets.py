"""Requests that are allowed, one a line, with access tokens made now by the product's own `Tokens`.

`python -m benchmarks.targets --database-url URL --out FOLDER` writes `W1.tsv` to `W4.tsv` (W5 submits each draft
once, so `run` makes its file for each cell). Columns, tab-separated: method, path, access token, `If-Match` or -,
body or -. Tokens end after 15 minutes.
"""

import argparse
import asyncio
import json
import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from benchmarks.filling import Filling
from benchmarks.texts import contents, create_bodies, encoded
from benchmarks.world import bench_vault, timed_id
from integration_api.access.actor import Actor, Role
from integration_api.access.tokens import Tokens
from integration_api.resources.journal.reflections.contents import outline_of
from integration_api.resources.journal.reflections.tables import (
    ReflectionKind,
    ReflectionState,
    ReflectionTable,
    Sharing,
)
from integration_api.storage.vault import DataKey

COUNT = 4_000
Fetch = Callable[[str], Awaitable[Sequence[Sequence[Any]]]]


@dataclass(frozen=True, slots=True)
class Target:
    """One request."""

    method: str
    path: str
    token: str
    if_match: str = "-"
    body: str = "-"

    def line(self) -> str:
        """As it stands in a file."""
        return "\t".join((self.method, self.path, self.token, self.if_match, self.body))


@dataclass(slots=True)
class People:
    """Who can ask, who treats whom, whose keys, and what there is to read."""

    patients: list[Actor]
    therapists: dict[UUID, Actor]
    therapist_of: dict[UUID, UUID]
    wrapped: dict[UUID, bytes]
    reflections: list[tuple[UUID, UUID]]


def bench_tokens() -> Tokens:
    """What signs and verifies the tokens of every benchmark database."""
    return Tokens(bench_vault().derive("access-token"))


async def people(fetch: Fetch, *, is_sqlite: bool = False) -> People:
    """Read them. `fetch` runs one query."""
    rows = await fetch(
        "SELECT a.clinic_id, a.id, s.id, a.epoch, a.roles, a.patient_id FROM accounts a "
        "JOIN sign_ins s ON s.clinic_id = a.clinic_id AND s.account_id = a.id ORDER BY a.id"
    )
    now = datetime.now(UTC)
    actors = [
        Actor(
            _uuid(c),
            _uuid(a),
            _uuid(s),
            e,
            tuple(map(Role, json.loads(r))),
            _uuid(p) if p else None,
            now,
            is_strong=True,
        )
        for c, a, s, e, r, p in rows
    ]
    count = (await fetch("SELECT count(*) FROM reflections"))[0][0]
    random = Random(count)  # noqa: S311  which rows are read, no secret
    if is_sqlite:
        wanted = ",".join(str(random.randint(1, count)) for _ in range(COUNT * 2))
        sample = f"SELECT id, patient_id FROM reflections WHERE rowid IN ({wanted})"
    else:
        part = min(100.0, COUNT * 200 / count)
        sample = f"SELECT id, patient_id FROM reflections TABLESAMPLE BERNOULLI ({part}) REPEATABLE (7) WHERE true"
    found = [(_uuid(r), _uuid(p)) for r, p in await fetch(sample + " AND state = 'submitted' ORDER BY id")]
    random.shuffle(found)
    return People(
        patients=[actor for actor in actors if actor.patient_id is not None],
        therapists={actor.id: actor for actor in actors if actor.patient_id is None},
        therapist_of={_uuid(p): _uuid(a) for p, a in await fetch("SELECT patient_id, account_id FROM care_team")},
        wrapped={_uuid(o): bytes(w) for o, w in await fetch("SELECT id, wrapped_key FROM vault_keys")},
        reflections=found[:COUNT],
    )


def _uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


class Signing:
    """A token for each actor, made once."""

    def __init__(self) -> None:
        """Valid from now on."""
        self._tokens, self._now = bench_tokens(), datetime.now(UTC)
        self._made: dict[UUID, str] = {}

    def token(self, actor: Actor) -> str:
        """The actor's."""
        if actor.id not in self._made:
            self._made[actor.id] = self._tokens.issue(actor, self._now)
        return self._made[actor.id]


def targets(workload: str, who: People) -> list[Target]:
    """4,000 requests of W1, W2, W3 or W4."""
    random, sign = Random(workload), Signing()  # noqa: S311  an order, no secret
    if workload == "W1":
        bodies = [encoded(body).decode() for body in create_bodies(7)]
        chosen = [random.choice(who.patients) for _ in range(COUNT)]
        return [
            Target("POST", "/v1/reflections", sign.token(actor), body=bodies[at % len(bodies)])
            for at, actor in enumerate(chosen)
        ]
    if workload == "W2":
        return [
            Target("GET", f"/v1/reflections/{row_id}", sign.token(who.therapists[who.therapist_of[patient_id]]))
            for row_id, patient_id in who.reflections
        ]
    if workload == "W3":
        pairs = [random.choice(list(who.therapist_of.items())) for _ in range(COUNT)]
        return [
            Target("GET", f"/v1/reflections?patient_id={patient_id}", sign.token(who.therapists[therapist_id]))
            for patient_id, therapist_id in pairs
        ]
    if workload == "W4":
        therapists = list(who.therapists.values())
        return [Target("GET", "/v1/worklist", sign.token(random.choice(therapists))) for _ in range(COUNT)]
    raise ValueError(workload)


async def drafts(filling: Filling, who: People, count: int, seed: int) -> list[Target]:
    """W5: new drafts in the database, and the requests that hand in each of them, shared, once."""
    vault, sign, now = bench_vault(), Signing(), datetime.now(UTC).replace(microsecond=0)
    random = Random()  # noqa: S311  ids that were not made before; no secret
    bodies = [encoded(content) for content in contents(seed)]
    outlines = [encoded(outline_of(content)) for content in contents(seed)]
    keys: dict[UUID, DataKey] = {}
    rows: list[dict[str, Any]] = []
    made: list[Target] = []
    for at in range(count):
        actor = random.choice(who.patients)
        patient_id = actor.patient_id
        assert patient_id is not None  # noqa: S101  patients have one
        keys.setdefault(patient_id, vault.unwrap(who.wrapped[patient_id], actor.clinic_id, patient_id))
        row_id = timed_id(now + timedelta(milliseconds=at // 50), random)
        rows.append(
            dict.fromkeys(ReflectionTable.model_fields)
            | {
                "clinic_id": actor.clinic_id,
                "id": row_id,
                "created_at": now,
                "updated_at": now,
                "version": 1,
                "patient_id": patient_id,
                "kind": ReflectionKind.PROMPTED,
                "state": ReflectionState.DRAFT,
                "sharing": Sharing.PRIVATE,
                "captured_at": now,
                "happened_at": now,
                "content_number": 0,
                "reply_count": 0,
                "content": bodies[at % len(bodies)],
                "outline": outlines[at % len(bodies)],
            }
        )
        path = f"/v1/reflections/{row_id}/submit"
        made.append(Target("POST", path, sign.token(actor), '"1"', '{"share":true}'))
    await filling.add(ReflectionTable, rows, keys)
    return made


def write(found: Iterable[Target], path: Path) -> None:
    """One a line."""
    path.write_text("\n".join(target.line() for target in found) + "\n")


async def _read(url: str | None, sqlite: Path | None) -> People:
    if sqlite is not None:
        file = sqlite3.connect(sqlite)

        async def fetch(sql: str) -> Sequence[Sequence[Any]]:
            return file.execute(sql).fetchall()

        who = await people(fetch, is_sqlite=True)
    else:
        connection = await asyncpg.connect(url)
        who = await people(connection.fetch)
        await connection.close()
    return who


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--database-url")
    where.add_argument("--sqlite", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    who = asyncio.run(_read(given.database_url, given.sqlite))
    given.out.mkdir(parents=True, exist_ok=True)
    for workload in ("W1", "W2", "W3", "W4"):
        write(targets(workload, who), given.out / f"{workload}.tsv")


if __name__ == "__main__":
    main()
