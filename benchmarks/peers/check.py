"""Whether the peers do the product's work: `python -m benchmarks.peers.check --database-url URL`, nothing timed.

The URL is a seeded database. The same requests go to the product and to each peer: those of the workloads, refused
ones too. Statuses, answers and ledger rows must be alike, and what a peer sealed must open in the product.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from benchmarks import equal
from benchmarks.cells import Bench
from benchmarks.targets import Signing, Target, bench_tokens, targets
from benchmarks.variants import OURS, Running, peers, start
from integration_api.core.ids import new_id

_WORKLOADS = ("W1", "W2", "W3", "W4")
_LEDGER = (
    "SELECT event, action, outcome, reason, actor_id, actor_role, subject_id, patient_id, is_private FROM ledger "
    "WHERE at >= $1 ORDER BY at, id"
)
_FIRST_READ = "SELECT first_read_at FROM reflections WHERE id = $1"
_NEWEST = "SELECT id, patient_id FROM reflections WHERE reviewed_at IS NULL ORDER BY created_at DESC, id LIMIT 1"
_ACCOUNTS, _ROW = "IN ('{therapist}', '{writer}')", "WHERE id = '{row}'"
_READ_AT = "submitted_at + interval '10 minutes'"  # as the seed has it
_SITUATIONS = {
    "ended": (
        f"UPDATE sign_ins SET revoked_at = now() WHERE account_id {_ACCOUNTS}",
        f"UPDATE sign_ins SET revoked_at = NULL WHERE account_id {_ACCOUNTS}",
    ),
    "disabled": (
        f"UPDATE accounts SET state = 'disabled' WHERE id {_ACCOUNTS}",
        f"UPDATE accounts SET state = 'active' WHERE id {_ACCOUNTS}",
    ),
    "over": (
        "UPDATE care_team SET ends_at = now() WHERE patient_id = '{patient}'",
        "UPDATE care_team SET ends_at = NULL WHERE patient_id = '{patient}'",
    ),
    "not begun": (
        "UPDATE care_team SET started_at = now() + interval '1 day' WHERE patient_id = '{patient}'",
        "UPDATE care_team SET started_at = created_at WHERE patient_id = '{patient}'",
    ),
    "unread": (
        f"UPDATE reflections SET first_read_at = NULL {_ROW}",
        f"UPDATE reflections SET first_read_at = {_READ_AT} {_ROW}",
    ),
    "unreleased": (
        f"UPDATE reflections SET release_at = now() + interval '1 day' {_ROW}",
        f"UPDATE reflections SET release_at = NULL {_ROW}",
    ),
    "private": (
        f"UPDATE reflections SET sharing = 'private', shared_at = NULL, first_read_at = NULL {_ROW}",
        f"UPDATE reflections SET sharing = 'shared', shared_at = submitted_at, first_read_at = {_READ_AT} {_ROW}",
    ),
}
"""What is so while the cases that begin with its name are asked, and how it is undone."""


def _send(running: Running, target: Target) -> tuple[int, Any]:
    """Status and JSON of any answer."""
    request = urllib.request.Request(running.url + target.path, method=target.method)  # noqa: S310  our own address
    if target.token:
        request.add_header("Authorization", f"Bearer {target.token}")
    if target.body != "-":
        request.data = target.body.encode()
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  as above
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, None


class Check:
    """The product, one peer, and the requests both are given."""

    def __init__(self, bench: Bench, connection: Any, ours: Running, row_id: UUID, patient_id: UUID) -> None:  # noqa: ANN401  asyncpg ships no types
        """`row_id` is the newest reflection of the patient."""
        self.bench, self.connection, self.ours = bench, connection, ours
        who, self.row_id = bench.who, row_id
        self.sign = Signing()
        self.therapist = who.therapists[who.therapist_of[patient_id]]
        self.stranger = next(
            one
            for one in who.therapists.values()
            if one.clinic_id == self.therapist.clinic_id and one.id != self.therapist.id
        )
        self.patient = next(one for one in who.patients if one.patient_id == patient_id)
        self.writer = next(one for one in who.patients if one.id != self.patient.id)
        self.nothing = self.taken = new_id()
        self._named = {"row": row_id, "patient": patient_id, "therapist": self.therapist.id, "writer": self.writer.id}
        self.read, self.list = f"/v1/reflections/{row_id}", f"/v1/reflections?patient_id={patient_id}"

    def cases(self) -> Iterator[tuple[str, Target]]:
        """Requests one by one, each with a name."""
        create, therapist = "/v1/reflections", self.sign.token(self.therapist)
        stranger, patient = self.sign.token(self.stranger), self.sign.token(self.patient)
        writer = self.sign.token(self.writer)
        stolen = bench_tokens().issue(replace(self.patient, id=self.stranger.id), datetime.now(UTC))
        for workload in _WORKLOADS:
            for at, target in enumerate(targets(workload, self.bench.who)[:3]):
                yield f"{workload} {at}", target
        yield "own reflection", Target("GET", self.read, patient)
        yield "own list", Target("GET", self.list, patient)
        yield "not signed-in", Target("GET", self.read, "")
        yield "a token that is not ours", Target("GET", self.read, therapist[:-4] + "AAAA")
        yield "somebody else's sign-in", Target("GET", self.read, stolen)
        yield "another therapist reads", Target("GET", self.read, stranger)
        yield "another therapist lists", Target("GET", self.list, stranger)
        yield "no such reflection", Target("GET", f"/v1/reflections/{self.nothing}", therapist)
        yield "not an id", Target("GET", "/v1/reflections?patient_id=7", therapist)
        yield "a therapist writes", Target("POST", create, therapist, body='{"text":"a"}')
        yield "a patient's worklist", Target("GET", "/v1/worklist", patient)
        for name, body in _BODIES.items():
            yield name, Target("POST", create, writer, body=json.dumps(body))
        taken = Target("POST", create, writer, body=json.dumps({"id": str(self.taken), "text": "a"}))
        yield "an id of one's own", taken
        yield "the same id again", taken
        for name in _SITUATIONS:
            yield f"{name}: read", Target("GET", self.read, therapist)
            yield f"{name}: list", Target("GET", self.list, therapist)
            yield f"{name}: worklist", Target("GET", "/v1/worklist", therapist)
            yield f"{name}: create", Target("POST", create, writer, body='{"text":"a"}')

    async def ask(self, running: Running) -> dict[str, tuple[int, object, object]]:
        """Status, answer and ledger rows of every case."""
        found: dict[str, tuple[int, object, object]] = {}
        self.taken = new_id()
        for name, target in self.cases():
            change, undo = _SITUATIONS.get(name.partition(":")[0], ("SELECT 1", "SELECT 1"))
            await self.connection.execute(change.format(**self._named))
            since = datetime.now(UTC)
            try:
                status, answer = await asyncio.to_thread(_send, running, target)
                if status == 200 and answer.get("next_cursor"):
                    path = f"{target.path}{'&' if '?' in target.path else '?'}cursor={answer['next_cursor']}"
                    answer["next"] = list(_send(running, replace(target, path=path)))
                rows = [dict(row) for row in await self.connection.fetch(_LEDGER, since)]
                first_read_at = await self.connection.fetchval(_FIRST_READ, self.row_id)
            finally:
                await self.connection.execute(undo.format(**self._named))
            if status == 201:
                again = replace(target, method="GET", path=f"/v1/reflections/{answer['id']}", body="-")
                if equal._plain(_send(self.ours, again)[1], is_new=False) != equal._plain(answer, is_new=False):
                    status = 0
                rows[0]["subject_id"] = str(rows[0]["subject_id"]) == answer["id"]
            plain = equal._plain(answer, is_new=status == 201)
            found[name] = status, _told_now(plain, first_read_at) if name.startswith("unread") else plain, rows
        return found


def _told_now(value: Any, at: datetime | None) -> Any:  # noqa: ANN401  any JSON
    """The same without the instant at which it was read first: this request's."""
    if isinstance(value, dict):
        return {key: _told_now(inner, at) for key, inner in value.items()}
    if isinstance(value, list):
        return [_told_now(inner, at) for inner in value]
    return "now" if value == at is not None else value


_INSIGHT = {"id": "019ab0de-0000-7000-8000-000000000011", "text": "Stillness is allowed."}
_BODIES: dict[str, dict[str, object]] = {
    "every field": {
        "kind": "prompted",
        "text": " kept as it is\n",
        "prompt_set": "coming_back",
        "prompt_set_version": 1,
        "answers": [{"prompt_id": "seen_anew", "text": "Grüße, \u2028 “quoted”"}],
        "ratings": {"mood": 0, "anxiety": 10, "sleep": None},
        "tags": [" lake ", "Body"],
        "insights": [_INSIGHT],
        "safety": "safe",
        "contact_me": False,
        "captured_at": "2026-11-20T22:10:00.123456+01:00",
    },
    "no field": {},
    "unknown field": {"text": "a", "mood": 3},
    "unknown rating": {"ratings": {"hope": 3}},
    "number for text": {"text": 7},
    "text for rating": {"ratings": {"mood": "good"}},
    "rating too high": {"ratings": {"mood": 11}},
    "text too long": {"text": "a" * 20_001},
    "too many tags": {"tags": ["a"] * 21},
    "empty tag": {"tags": [" "]},
    "unknown kind": {"kind": "spoken"},
    "null for a list": {"tags": None},
    "no offset": {"captured_at": "2026-11-20T22:10:00"},
    "id of another version": {"id": "019ab0de-0000-4000-8000-0000000000ff"},
    "no such session": {"session_id": "019ab0de-0000-7000-8000-0000000000ff"},
}


def _differences(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    for name, wanted in expected.items():
        for part, left, right in zip(("status", "answer", "ledger"), wanted, found[name], strict=True):
            try:
                equal._same(left, right, name)
            except equal.Different as error:
                yield f"{part}: {error}"
                break


async def _check(url: str) -> bool:
    connection = await asyncpg.connect(url)
    is_alike = True
    with tempfile.TemporaryDirectory(prefix="check-") as folder:
        bench = Bench(url, Path(folder), app_cores=(), other_cores=())
        await bench.open()
        running = [start(OURS, url, Path(folder))]
        try:
            check = Check(bench, connection, running[0], *await connection.fetchrow(_NEWEST))
            expected = await check.ask(running[0])
            print(f"ours: {', '.join(f'{name} {found[0]}' for name, found in expected.items())}")
            for peer in peers():
                try:
                    running.append(start(peer, url, Path(folder)))
                except RuntimeError as error:
                    print(f"{peer.name}: does not start. {error}")
                    is_alike = False
                    continue
                problems = list(_differences(expected, await check.ask(running[-1])))
                print(f"{peer.name}: {len(expected)} requests, " + ("alike" if not problems else "different:"))
                print("".join(f"  {problem}\n" for problem in problems), end="")
                is_alike &= not problems
        finally:
            for one in running:
                one.stop()
            await bench.close()
            await connection.close()
    return is_alike


def main() -> None:
    """The command line. Ends with 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database-url", required=True)
    sys.exit(0 if asyncio.run(_check(parser.parse_args().database_url)) else 1)


if __name__ == "__main__":
    main()
