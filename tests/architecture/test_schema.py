"""The models are the migrations, on both databases, to the last CHECK; every key carries the clinic."""

import re
import sqlite3
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from integration_api.resources.register import RESOURCES, TABLES_BELOW, metadata
from integration_api.storage import migrations
from integration_api.storage.tables import EncryptedText, JsonText
from tests.architecture.test_arrows import SOURCE, modules
from tests.databases import new_postgres_database

MAX_NAME_LENGTH = 50
TABLES = sorted(metadata().tables.values(), key=lambda table: table.name)


def differences(connection: sa.Connection) -> list[Any]:
    context = MigrationContext.configure(
        connection,
        opts={"compare_type": same_type, "compare_server_default": True, "target_metadata": metadata()},
    )
    return list(compare_metadata(context, metadata()))


def same_type(_c: object, _i: object, _m: object, _inspected: object, declared: object) -> bool | None:
    """The product's own types are compared as what they are kept as."""
    return False if isinstance(declared, EncryptedText | JsonText) else None


def schema_of(path: Path) -> dict[str, list[str]]:
    """SQLite's own text of each table and index, its parts in a fixed order."""
    with sqlite3.connect(path) as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'"
        ).fetchall()
    return {name: sorted(_parts(sql)) for name, sql in rows if name != "alembic_version"}


def _parts(sql: str) -> list[str]:
    body = re.sub(r"\s+", " ", sql)
    start, depth, parts, part = body.index("("), 0, [], ""
    for character in body[start + 1 :]:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            break
        if character == "," and depth == 0:
            parts.append(part.strip())
            part = ""
        else:
            part += character
    return [*parts, part.strip(), body[:start].replace('"', "").strip()]


@pytest.mark.thorough
def test_sqlite_migrated_is_sqlite_declared(tmp_path: Path) -> None:
    migrated, declared = tmp_path / "migrated.sqlite3", tmp_path / "declared.sqlite3"
    migrations.migrate_sqlite(migrated)
    engine = sa.create_engine(migrations.sqlite_url(declared))
    metadata().create_all(engine)
    engine.dispose()
    assert schema_of(migrated) == schema_of(declared)
    engine = sa.create_engine(migrations.sqlite_url(migrated))
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


async def test_postgres_migrated_is_postgres_declared(postgres_url: str) -> None:
    migrated, declared = await new_postgres_database(postgres_url), await new_postgres_database(postgres_url)
    await migrations.migrate_postgres(migrated)
    engine = migrations.postgres_engine(declared)
    async with engine.begin() as connection:
        await connection.run_sync(metadata().create_all)
    await engine.dispose()
    assert await constraints_of(migrated) == await constraints_of(declared)
    engine = migrations.postgres_engine(migrated)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def constraints_of(url: str) -> set[tuple[str, str]]:
    connection = await asyncpg.connect(url)
    rows = await connection.fetch(
        "SELECT conname AS name, pg_get_constraintdef(oid) AS text FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace UNION ALL "
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    )
    await connection.close()
    return {(row["name"], row["text"]) for row in rows if "alembic_version" not in row["name"]}


@pytest.mark.thorough
def test_down_and_up_again_on_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    migrations.migrate_sqlite(path)
    before = schema_of(path)
    migrations.migrate_sqlite(path, "base")
    assert schema_of(path) == {}
    migrations.migrate_sqlite(path)
    assert schema_of(path) == before


async def test_down_and_up_again_on_postgres(postgres_url: str) -> None:
    url = await new_postgres_database(postgres_url)
    await migrations.migrate_postgres(url)
    before = await constraints_of(url)
    await migrations.migrate_postgres(url, "base")
    assert await constraints_of(url) == set()
    await migrations.migrate_postgres(url)
    assert await constraints_of(url) == before


def test_one_head_and_dated_revisions() -> None:
    scripts = ScriptDirectory.from_config(migrations.config())
    assert scripts.get_heads() == [migrations.latest_revision()]
    for script in scripts.walk_revisions():
        assert re.fullmatch(r"\d{4}_\d{2}_\d{2}_\d{2}", script.revision)
        assert Path(script.path).name.startswith(script.revision)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_constraint_has_a_short_name(table: sa.Table) -> None:
    """A migration has to name what it drops, and PostgreSQL cuts names at 63 bytes."""
    named: list[Any] = [*table.constraints, *table.indexes]
    for constraint in named:
        assert constraint.name is not None
        assert len(str(constraint.name)) < MAX_NAME_LENGTH, constraint.name


def test_every_table_is_in_the_register() -> None:
    """The tests above ask about the tables that they know: one that is left out is compared with nothing."""
    declaring = {path for path in modules() if "__tablename__ = " in path.read_text()}
    dotted = {".".join(("integration_api", *path.relative_to(SOURCE).with_suffix("").parts)) for path in declaring}
    of_resources = {f"{resource.package}.tables" for resource in RESOURCES}
    assert dotted - of_resources == set(TABLES_BELOW)
    assert dotted & of_resources == {name for name in of_resources if find_spec(name)}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_carries_the_clinic(table: sa.Table) -> None:
    assert [column.name for column in table.primary_key] == ["clinic_id", "id"]
    for constraint in table.foreign_key_constraints:
        assert "clinic_id" in constraint.column_keys, f"{constraint.name} could cross clinics"
        assert constraint.ondelete is None
    uniques: list[Any] = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint)]
    for unique in [*uniques, *(index for index in table.indexes if index.unique)]:
        names = {column.name for column in unique.columns}
        assert "clinic_id" in names or (table.name, names) == ("clinics", {"slug"}), f"{unique.name} spans clinics"
    for column in table.c:
        assert column.server_default is None, "values are made in Python"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_free_text_is_sealed(table: sa.Table) -> None:
    """A text column is an enum, a bounded word of ours, or encrypted: prose cannot be stored in the open."""
    ours: dict[str, Callable[[str], bool]] = {
        "clinics": {
            "slug",
            "name",
            "time_zone",
            "country",
            "hours",
            "policies",
            "phone",
            "address",
            "emergency_instruction",
        }.__contains__
    }
    allowed = {
        "time_zone",
        "event",
        "action",
        "reason",
        "actor_role",
        "request_id",
        "etag",
        "location",
        "password_hash",
        "roles",
    }
    for column in table.c:
        plain = isinstance(column.type, sa.String | JsonText) and not isinstance(column.type, sa.Enum)
        if plain and not ours.get(table.name, allowed.__contains__)(column.name):
            assert column.name in OPEN_TEXT.get(table.name, set()), (
                f"{table.name}.{column.name} is neither encrypted nor known"
            )


OPEN_TEXT: dict[str, set[str]] = {
    "accounts": {"scopes"},
    "patients": {"time_zone", "language"},
    "webhooks": {"kinds"},
    "split_care": {"decides", "shares"},  # words of lists
    "bulk_exports": {"kinds", "place"},  # types of FHIR, and a cursor
    "bulk_files": {"kind"},
    "service_keys": {"key_texts"},  # public keys, or their address
    "consent_documents": {"digests"},
    "consents": {"language", "text_sha256"},
    "notification_choices": {"kinds"},
    "exports": {"missing"},  # numbers by fixed reasons
    "observer_checks": {"ignored"},
    "own_instruments": {"instrument_id"},
    "instrument_wordings": {"instrument_id", "language"},
    "arc_windows": {"step_id"},
    "flags": {"rule", "rule_version"},
    "measure_responses": {"instrument_id", "language"},
    "measure_scores": {"instrument_id", "score_id"},
    "notes": {"content_sha256", "attestation", "cosigner_attestation"},
    "note_addenda": {"text_sha256"},
    "note_versions": {"content_sha256", "attestation", "cosigner_attestation"},
}
"""Bounded words of the product's own, by table: versions of prompt sets, hashes, schedules, tags of languages."""
