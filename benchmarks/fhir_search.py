"""A search by FHIR: processor time of a page of 100, beside the plain list and a limit by hand, on SQLite.

    python -m benchmarks.fhir_search [--rounds 5]

In this process, without a socket. The limit decrypts the same rows and writes the same Bundle; it looks at no token, no
care team and no ledger. Each round asks each ten times, in reverse order in every second round.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

from benchmarks.bulk_limit import LINE_COLUMNS, resource_of, uuid_of
from benchmarks.filling import Keys
from benchmarks.turns import opened
from integration_api.demo.front import Person
from integration_api.settings import Settings
from integration_api.storage.sqlite import connect
from integration_api.storage.statements import READ_VAULT_KEY

ITEMS, TIMES = 100, 10
_CLINIC = {"name": "Willow House", "time_zone": "America/New_York", "country": "US"}
_ROWS = f"SELECT {LINE_COLUMNS} FROM medicines WHERE patient_id = ? ORDER BY created_at DESC, id DESC LIMIT {ITEMS}"


async def measure(rounds: int) -> None:
    """Print the processor time of each, and the ratios."""
    with tempfile.TemporaryDirectory(prefix="bench-fhir-") as folder:
        async with opened(Path(folder)) as (front, client):
            clinic = await front.send("POST", "/sandbox/clinics", _CLINIC)
            of = {person["key"]: person for person in clinic["people"]}
            therapist: Person = await front.sign_in(of["therapist"]["email"], clinic["password"], clinic["totp_secret"])
            chart = (await therapist.make("/patients", {"name": "Rowan Sample"}))["id"]
            for number in range(ITEMS):
                facts = {"patient_id": chart, "name": f"Invented medicine {number}", "kind": "prescribed"}
                await therapist.make("/medicines", {**facts, "dose": "one tablet in the morning"})
            connection = connect(Settings(data_dir=Path(folder)).sqlite_path)
            [(stored, owner)] = connection.execute("SELECT clinic_id, patient_id FROM medicines LIMIT 1").fetchall()
            asked = {"clinic_id": uuid_of(stored), "id": uuid_of(owner)}
            wrapped = await front.runtime.database.one(READ_VAULT_KEY, asked)
            if wrapped is None:
                raise SystemExit("the chart has no key")
            vault = front.runtime.vault
            keys: Keys = {uuid_of(owner): vault.unwrap(wrapped.wrapped_key, asked["clinic_id"], asked["id"])}

            token = front.runtime.tokens.issue(therapist.actor, front.runtime.clock())

            async def by_fhir() -> bytes:
                address = f"/fhir/R4/MedicationStatement?patient={chart}&_count={ITEMS}"
                answer = await client.get(address, headers={"Authorization": f"Bearer {token}"})
                answer.raise_for_status()
                return answer.content

            async def plain() -> bytes:
                address = f"/v1/medicines?patient_id={chart}&limit={ITEMS}"
                answer = await client.get(address, headers={"Authorization": f"Bearer {token}"})
                answer.raise_for_status()
                return answer.content

            async def by_hand() -> bytes:
                rows = connection.execute(_ROWS, (owner,)).fetchall()
                entries = [{"resource": resource_of(row, keys), "search": {"mode": "match"}} for row in rows]
                return json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": entries}).encode()

            await _compared({"fhir": by_fhir, "plain": plain, "by hand": by_hand}, rounds)
            connection.close()


async def _compared(requests: dict[str, Callable[[], Awaitable[bytes]]], rounds: int) -> None:
    taken: dict[str, list[float]] = {name: [] for name in requests}
    for name, ask in requests.items():
        print(f"{name}: {len(await ask()):,} bytes")
    for number in range(rounds):
        for name in [*requests][:: -1 if number % 2 else 1]:
            began = time.process_time()
            for _ in range(TIMES):
                await requests[name]()
            taken[name].append((time.process_time() - began) / TIMES * 1000)
    for name, found in taken.items():
        ratios = [ours / theirs for ours, theirs in zip(taken["fhir"], found, strict=True)]
        print(f"{name:>8}: {median(found):6.2f} ms of processor a page; FHIR takes {median(ratios):.2f} of it")


def main() -> None:
    """Measure."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--rounds", type=int, default=5)
    asyncio.run(measure(words.parse_args().rounds))


if __name__ == "__main__":
    main()
