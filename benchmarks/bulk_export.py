"""Bulk export of FHIR on SQLite: resources a second, beside a limit by hand, and the peak of memory.

`python -m benchmarks.bulk_export --folder DIR --resources 1000 10000 100000` fills the demo clinic with medicines of
its patients, and lets the job of the product export them, in each of `--rounds` (3). The limit of `bulk_limit.py`
writes the same rows in the same round, before or after it. A million takes its time in filling, too.
"""

import argparse
import asyncio
import resource
import sqlite3
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from benchmarks.bulk_limit import uuid_of, written_by_hand
from benchmarks.filling import Keys, fill, rows_of
from benchmarks.world import MASTER_KEY_TEXT
from integration_api.access.actor import Role
from integration_api.access.runtime import Runtime
from integration_api.access.tables import AccountRow, AccountState, AccountTable, SignInRow, SignInTable
from integration_api.app import open_runtime
from integration_api.core.ids import new_id
from integration_api.demo import ensure_demo
from integration_api.fhir.bulk_exporter import BulkExporter
from integration_api.resources.care.medicines.tables import MedicineKind, MedicineTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.resources.people.service_accounts.tables import BulkExportRow, BulkExportTable, ExportState
from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.sqlite import connect
from integration_api.storage.statements import STATEMENTS, VAULT_KEYS, Read, Scope
from integration_api.storage.tables import table_of
from integration_api.storage.vault import DataKey

CHUNK = 20_000
MAX_TURNS = 1_000
KIND = "MedicationStatement"


class Chart(BaseModel):
    """A patient of the demo, and the key of their text."""

    clinic_id: UUID
    id: UUID
    wrapped_key: bytes


def _charts() -> Read[Chart]:
    patients = table_of(PatientTable)
    query = (
        sa.select(patients.c.clinic_id, patients.c.id, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY))
        .join(VAULT_KEYS, sa.and_(VAULT_KEYS.c.clinic_id == patients.c.clinic_id, VAULT_KEYS.c.id == patients.c.id))
        .where(patients.c.erased_at.is_(None))
    )
    made = Read("bench_charts", query, Chart, Scope.SYSTEM, "made up by the benchmark")
    del STATEMENTS[made.name]  # it is none of the product's
    return made


def _medicines(charts: list[Chart], author: UUID, runtime: Runtime, count: int) -> Iterator[Mapping[str, Any]]:
    begins = runtime.clock() - timedelta(days=400)
    for number, chart in islice(enumerate(cycle(charts)), count):
        row = dict.fromkeys(column.name for column in table_of(MedicineTable).c) | {
            "clinic_id": chart.clinic_id,
            "id": new_id(),
            "created_at": begins + timedelta(seconds=number),
            "updated_at": begins + timedelta(seconds=number),
            "version": 1,
            "patient_id": chart.id,
            "name": f"Invented medicine {number}",
            "dose": "one tablet in the morning",
            "kind": MedicineKind.PRESCRIBED,
            "created_by_id": author,
        }
        yield row


def _rows(runtime: Runtime, clinic_id: UUID) -> tuple[AccountRow, SignInRow, BulkExportRow]:
    """Return a program, the sign-in of its job, and its export."""
    now, bindings = runtime.clock(), runtime.bindings
    account = AccountRow(
        clinic_id=clinic_id,
        id=new_id(),
        created_at=now,
        updated_at=now,
        name="Data platform",
        state=AccountState.ACTIVE,
        roles=[Role.SERVICE.value],
        scopes=[f"system/{KIND}.rs"],
        email_index=new_id().bytes * 2,
    )
    account = bindings.bound("accounts", account)
    sign_in = SignInRow(
        clinic_id=clinic_id,
        id=new_id(),
        account_id=account.id,
        created_at=now,
        refreshed_at=now,
        expires_at=now + timedelta(hours=24),
        proved_at=now,
    )
    export = BulkExportRow(
        clinic_id=clinic_id,
        id=new_id(),
        created_at=now,
        updated_at=now,
        account_id=account.id,
        sign_in_id=sign_in.id,
        epoch=account.epoch,
        kinds=[KIND],
        is_of_patients=False,
        state=ExportState.MAKING,
        due_at=now,
    )
    return account, bindings.bound("sign_ins", sign_in), export


async def measured(folder: Path, count: int, rounds: int) -> None:
    """Fill a database of its own, export it in each round, and print what it took."""
    settings = Settings(data_dir=folder, master_key=MASTER_KEY_TEXT, seal_seconds=0)
    migrations.migrate_sqlite(settings.sqlite_path)
    await ensure_demo(settings)
    async with open_runtime(settings) as runtime:
        charts = await runtime.database.all(_charts(), {})
        clinic_id = charts[0].clinic_id
        keys: dict[UUID, DataKey] = {
            one.id: runtime.vault.unwrap(one.wrapped_key, one.clinic_id, one.id) for one in charts
        }
        clinic_key = await runtime.database.one(_clinic_key(clinic_id), {})
        if clinic_key is None:
            raise SystemExit("the demo clinic has no key")
        keys[clinic_id] = runtime.vault.unwrap(clinic_key.wrapped_key, clinic_id, clinic_id)
        charts = [one for one in charts if one.clinic_id == clinic_id]
        connection = connect(settings.sqlite_path)
        connection.execute("PRAGMA synchronous=OFF")
        account = _ask(connection, runtime, clinic_id, keys)
        _fill(connection, _medicines(charts, account.id, runtime, len(charts)), keys)
        await _make(runtime)
        shared = _exported(connection)  # whose patients permit it
        charts = [one for one in charts if one.id in shared]
        _fill(connection, _medicines(charts, account.id, runtime, count), keys)
        [(stored,)] = connection.execute("SELECT clinic_id FROM medicines LIMIT 1")
        keys_of_shared = {one.id: keys[one.id] for one in charts}
        for number in range(rounds):
            _ask(connection, runtime, clinic_id, keys)
            limit = partial(written_by_hand, settings.sqlite_path, folder / f"limit-{number}", stored, keys_of_shared)
            taken = limit() if number % 2 else None
            before, (ours, seconds) = _peak_mib(), await _make(runtime)
            after = _peak_mib()
            by_hand, hand_seconds = taken or limit()
            rate, hand_rate = ours / seconds, by_hand / hand_seconds
            print(
                f"{ours:>9,} resources in {seconds:.1f} s: {rate:,.0f} a second, peak {after:.0f} MiB "
                f"({after - before:+.0f} while it was made); by hand {by_hand:,}: {hand_rate:,.0f} a second, "
                f"so {rate / hand_rate:.3f} of the limit"
            )
        connection.close()


def _fill(connection: sqlite3.Connection, medicines: Iterator[Mapping[str, Any]], keys: Keys) -> None:
    compiled = fill(MedicineTable).compiled("sqlite")
    values = rows_of(compiled, medicines, keys)
    while chunk := list(islice(values, CHUNK)):
        connection.execute("BEGIN")
        connection.executemany(compiled.sql, chunk)
        connection.execute("COMMIT")


def _exported(connection: sqlite3.Connection) -> set[UUID]:
    """Return the charts that an export had in it, as the ledger says."""
    query = "SELECT DISTINCT patient_id FROM ledger WHERE event = 'bulk_export.chart_read'"
    return {uuid_of(found) for (found,) in connection.execute(query)}


def _ask(connection: sqlite3.Connection, runtime: Runtime, clinic_id: UUID, keys: Keys) -> AccountRow:
    """Insert another program with an export that is due, and return its account."""
    account, sign_in, export = _rows(runtime, clinic_id)
    for model, row in ((AccountTable, account), (SignInTable, sign_in), (BulkExportTable, export)):
        compiled = fill(model).compiled("sqlite")
        connection.executemany(compiled.sql, list(rows_of(compiled, [row.model_dump()], keys)))
    return account


async def _make(runtime: Runtime) -> tuple[int, float]:
    """Let the job take turns until the export is made; return its resources, and the seconds that it took."""
    exporter, began = BulkExporter(runtime), time.perf_counter()
    for _ in range(MAX_TURNS):
        if await exporter.turn():
            seconds = time.perf_counter() - began
            found = await runtime.database.one(_made_last(), {})
            return (found.made_count if found else 0), seconds
    raise SystemExit("the export was not made; see the log")


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Made(BaseModel):
    """The resources of an export."""

    made_count: int


def _made_last() -> Read[_Made]:
    exports = table_of(BulkExportTable).c
    query = sa.select(exports.made_count).where(exports.state == ExportState.READY)
    newest = query.order_by(exports.created_at.desc(), exports.id.desc()).limit(1)
    made = Read("bench_made_last", newest, _Made, Scope.SYSTEM, "made up by the benchmark")
    del STATEMENTS[made.name]
    return made


class _Wrapped(BaseModel):
    """The wrapped key of the clinic."""

    wrapped_key: bytes


def _clinic_key(clinic_id: UUID) -> Read[_Wrapped]:
    keys = VAULT_KEYS.c
    query = sa.select(keys.wrapped_key).where(keys.clinic_id == clinic_id, keys.id == clinic_id)
    made = Read("bench_clinic_key", query, _Wrapped, Scope.SYSTEM, "made up by the benchmark")
    del STATEMENTS[made.name]
    return made


def main() -> None:
    """Measure each number in a database of its own."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--folder", type=Path, required=True, help="an empty folder for the databases")
    words.add_argument("--resources", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="numbers to export")
    words.add_argument("--rounds", type=int, default=3, help="exports of each number, by each")
    given = words.parse_args()
    for count in given.resources:
        folder = given.folder / str(count)
        folder.mkdir(parents=True)
        asyncio.run(measured(folder, count, given.rounds))


if __name__ == "__main__":
    main()
