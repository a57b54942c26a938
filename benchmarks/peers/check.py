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
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import asyncpg

from benchmarks import equal
from benchmarks.cells import Bench
from benchmarks.targets import Signing, Target, bench_tokens, targets
from benchmarks.variants import OURS, Running, peers, start
from integration_api.access.actor import Actor
from integration_api.core.ids import new_id

__all__ = ["main"]

_WORKLOADS = ("W1", "W2", "W3", "W4")
_LEDGER = (
    "SELECT event, action, outcome, reason, actor_id, actor_role, subject_id, patient_id, is_private FROM ledger "
    "WHERE at >= $1 ORDER BY at, id"
)
_END = "UPDATE sign_ins SET revoked_at = $3 WHERE clinic_id = $1 AND id = $2"


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

    def __init__(self, bench: Bench, connection: Any, ours: Running) -> None:  # noqa: ANN401  asyncpg ships no types
        """`connection` reads the ledger."""
        self.bench, self.connection, self.ours = bench, connection, ours
        who, random = bench.who, Random(1)  # noqa: S311  who asks, no secret
        self.sign = Signing()
        row_id, patient_id = random.choice(who.reflections)
        self.therapist = who.therapists[who.therapist_of[patient_id]]
        self.stranger = next(
            one
            for one in who.therapists.values()
            if one.clinic_id == self.therapist.clinic_id and one.id != self.therapist.id
        )
        self.patient = next(one for one in who.patients if one.patient_id == patient_id)
        self.writer = next(one for one in who.patients if one.id != self.patient.id)
        self.nothing = self.taken = new_id()
        self.read, self.list = f"/v1/reflections/{row_id}", f"/v1/reflections?patient_id={patient_id}"

    def cases(self) -> Iterator[tuple[str, Target]]:
        """Requests one by one, each with a name; `ended` is asked with a sign-in that has ended."""
        create, therapist = "/v1/reflections", self.sign.token(self.therapist)
        stranger, patient = self.sign.token(self.stranger), self.sign.token(self.patient)
        writer = self.sign.token(self.writer)
        stolen = bench_tokens().issue(replace(self.patient, id=self.stranger.id), datetime.now(UTC))
        for workload in _WORKLOADS:
            for at, target in enumerate(targets(workload, self.bench.who)[:3]):
                yield f"{workload} {at}", target
        yield "own reflection", Target("GET", self.read, patient)
        yield "own list", Target("GET", self.list, patient)
        yield "not signed in", Target("GET", self.read, "")
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
        yield "ended: read", Target("GET", self.read, therapist)
        yield "ended: list", Target("GET", self.list, therapist)
        yield "ended: worklist", Target("GET", "/v1/worklist", therapist)
        yield "ended: create", Target("POST", create, writer, body='{"text":"a"}')

    async def ask(self, running: Running) -> dict[str, tuple[int, object, object]]:
        """Status, answer and ledger rows of every case."""
        found: dict[str, tuple[int, object, object]] = {}
        self.taken = new_id()
        for name, target in self.cases():
            ended = (self.writer, self.therapist) if name.startswith("ended") else ()
            await self._end(ended, datetime.now(UTC))
            since = datetime.now(UTC)
            status, answer = await asyncio.to_thread(_send, running, target)
            if status == 200 and answer.get("next_cursor"):
                path = f"{target.path}{'&' if '?' in target.path else '?'}cursor={answer['next_cursor']}"
                answer["next"] = list(_send(running, replace(target, path=path)))
            rows = [dict(row) for row in await self.connection.fetch(_LEDGER, since)]
            await self._end(ended, None)
            if status == 201:
                again = replace(target, method="GET", path=f"/v1/reflections/{answer['id']}", body="-")
                if equal._plain(_send(self.ours, again)[1], is_new=False) != equal._plain(answer, is_new=False):
                    status = 0
                rows[0]["subject_id"] = str(rows[0]["subject_id"]) == answer["id"]
            found[name] = status, equal._plain(answer, is_new=status == 201), rows
        return found

    async def _end(self, actors: Sequence[Actor], at: datetime | None) -> None:
        for actor in actors:
            await self.connection.execute(_END, actor.clinic_id, actor.sign_in_id, at)


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
            check = Check(bench, connection, running[0])
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
