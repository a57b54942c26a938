"""The latest migrations go down and up again with rows in all that they touch, and lose no more than they say."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.script import Script, ScriptDirectory

from integration_api.access.actor import Role
from integration_api.settings import Settings
from integration_api.storage import migrations
from tests.applications import application
from tests.architecture.test_schema import constraints_of, schema_of
from tests.factories.split_care import nobody_outside
from tests.scene import Scene
from tests.support import Json, Person, World

pytestmark = pytest.mark.thorough

FIRST = "2026_11_30_60"
TOUCHED = {
    "2026_11_30_60": ("note_addenda", "reflection_replies", "strategies"),
    "2026_11_30_61": ("doses WHERE altered_until IS NOT NULL",),
    "2026_11_30_62": ("reflections WHERE promised_at IS NOT NULL", "tasks WHERE kind = 'reply_missed'"),
    "2026_11_30_63": ("reflections WHERE kind = 'fragment'", "reflections WHERE elaborates_id IS NOT NULL"),
    "2026_11_30_64": ("tasks WHERE kind = 'readiness_to_check'", "tasks WHERE kind = 'session_to_document'"),
    "2026_11_30_65": ("attachments WHERE state = 'ready'", "attachments WHERE state = 'uploading'"),
    "2026_11_30_66": (
        *("remote_sessions", "support_tokens", "observer_checks", "link_events", "session_versions"),
        "sessions WHERE links_noted > 0",
        "tasks WHERE kind = 'observer_check_missed'",
        "tasks WHERE kind = 'observer_alarm'",
        "tasks WHERE kind = 'link_lost'",
    ),
    "2026_11_30_67": (
        *("custody_containers", "custody_entries", "home_counts"),
        "tasks WHERE kind = 'home_count_to_read'",
        "tasks WHERE kind = 'refill_to_decide'",
        "inbox_items WHERE kind = 'refill_decided'",
    ),
    "2026_11_30_68": (
        *("goals", "goal_ratings"),
        "strategies WHERE goal_id IS NOT NULL",
        "strategies WHERE insight_id IS NOT NULL",
        "plans WHERE resumed_at IS NOT NULL",
        "tasks WHERE kind = 'goal_to_read'",
    ),
    "2026_11_30_69": (
        *("measure_responses", "measure_scores"),
        "tasks WHERE kind = 'measure_response_to_read'",
    ),
    "2026_11_30_71": (
        "remote_session_versions",
        "sessions WHERE observer_left_at IS NOT NULL",
        "sessions WHERE patient_left_at IS NOT NULL",
    ),
    "2026_11_30_72": ("patients WHERE attachments_announced > 0",),
    "2026_11_30_78": (
        *("notification_choices", "notifications", "notification_channels", "notification_tries", "shifts"),
        *("roster_calls", "roster_incidents"),
    ),
    "2026_11_30_75": ("own_instruments", "instrument_wordings"),
    "2026_11_30_83": ("group_sessions", "sessions WHERE group_session_id IS NOT NULL"),
    "2026_11_30_82": ("note_templates", "notes WHERE format = 'template'"),
    "2026_11_30_73": (
        *("arc_protocols", "arc_windows", "check_ins"),
        "sessions WHERE first_dose_at IS NOT NULL",
        "tasks WHERE kind = 'check_in_missed'",
        "tasks WHERE kind = 'check_in_to_read'",
    ),
    "2026_11_30_85": (
        *("consent_documents", "consents"),
        "disclosures WHERE is_permitted IS NOT NULL",
        "tasks WHERE kind = 'consent_withdrawn'",
    ),
    "2026_11_30_86": ("safeguarding_designations", "safeguarding_reports"),
    "2026_11_30_88": (
        "flags WHERE hold_ended_at IS NOT NULL",
        "flag_events WHERE kind = 'assessed'",
        "flag_events WHERE kind = 'hold_ended'",
    ),
    "2026_11_30_95": ("service_keys",),
    "2026_11_30_96": ("bulk_exports", "bulk_files"),
    "2026_11_30_93": ("tasks WHERE kind = 'rems_form_reminder'", "tasks WHERE kind = 'rems_form_overdue'"),
    "2026_11_30_92": ("capture_links", "reflections WHERE capture_link_id IS NOT NULL"),
    "2026_11_30_87": ("exports WHERE state = 'ready'",),
    "2026_11_30_97": ("chart_imports",),
    "2026_11_30_99": (
        *("record_requests", "exports WHERE record_request_id IS NOT NULL"),
        "tasks WHERE kind = 'record_request_to_answer'",
        "inbox_items WHERE kind = 'record_request_answered'",
    ),
    "2026_12_01_02": ("alembic_version WHERE serves_from IS NOT NULL",),
    "2026_12_01_98": ("imported_records",),
    "2026_12_01_99": ("flags",),
    "2026_12_02_26": ("webhook_deliveries", "reflections"),
    "2026_12_02_25": ("vitals WHERE device IS NOT NULL",),
    "2026_12_02_24": ("tasks WHERE kind = 'check_in_closing'",),
    "2026_12_02_14": ("split_care",),
    "2026_12_02_04": (
        *("shared_summaries", "shared_summary_versions"),
        "tasks WHERE kind = 'summary_to_read'",
        "inbox_items WHERE kind = 'summary_to_read'",
    ),
    "2026_12_02_01": (
        *("lab_results", "flags WHERE origin = 'lab_result'"),
        *(f"tasks WHERE kind = '{kind}'" for kind in ("monitoring_gap", "pressure_missed", "oxygen_missed")),
        "tasks WHERE kind = 'sedation_not_gone'",
    ),
    "2026_12_02_03": ("research_exports", "research_studies"),
    "2026_11_30_76": (
        *("flag_events", "flags"),
        "tasks WHERE kind = 'flag_raised'",
        "tasks WHERE kind = 'flag_to_follow'",
        "tasks WHERE kind = 'flag_to_review'",
    ),
    "2026_12_01_03": (
        "strategy_library WHERE replaces_id IS NOT NULL",
        "strategy_library WHERE retired_at IS NOT NULL",
    ),
}
"""The rows that each migration made, changed or would lose: there is one of each before it goes down."""
_LOST = {"insight_id", "goal_id", "resumed_at", "altered_until", "template_id", "is_group", "imported_at"}
"""The fields that a downgrade takes along, or that an upgrade works out anew."""
_BECOMES = {("format", "template"): "narrative"}
"""What a downgrade writes in the place of a word that it takes along."""
NOTICES = ("tasks", "inbox_items")
"""The tables that lose the rows of a kind with the migration that made the kind."""
LOSES = {"2026_11_30_99": {"exports"}}
"""Further tables that lose rows: the version before would show copies for record requests as the patient's own."""
Answer = TypeVar("Answer")


def scripts() -> Iterator[Script]:
    """The migrations that are asked for, the latest first."""
    for script in ScriptDirectory.from_config(migrations.config()).walk_revisions():
        if script.revision >= FIRST:
            yield script


async def migrate(settings: Settings, revision: str) -> None:
    if settings.database_url is None:
        migrations.migrate_sqlite(settings.sqlite_path, revision)
    else:
        await migrations.migrate_postgres(settings.database_url.get_secret_value(), revision)


async def at(settings: Settings, look: Callable[[sa.Connection], Answer]) -> Answer:
    """Look into the database itself, or write to it by hand."""
    if settings.database_url is not None:
        engine = migrations.postgres_engine(settings.database_url.get_secret_value())
        async with engine.begin() as connection:
            found = await connection.run_sync(look)
        await engine.dispose()
        return found
    made = sa.create_engine(migrations.sqlite_url(settings.sqlite_path))
    with made.begin() as file:
        found = look(file)
    made.dispose()
    return found


async def declared(settings: Settings) -> object:
    """Tables, constraints and indexes as they are."""
    if settings.database_url is not None:
        return await constraints_of(settings.database_url.get_secret_value())
    return schema_of(settings.sqlite_path)


def unsound(connection: sa.Connection) -> list[object]:
    """Return the faults that SQLite finds in rows that a migration copied; PostgreSQL checks them as it goes."""
    if connection.dialect.name != "sqlite":
        return []
    checks = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [*(one for one in checks if one != "ok"), *connection.exec_driver_sql("PRAGMA foreign_key_check")]


def counts(connection: sa.Connection) -> dict[str, int]:
    """The rows of each table."""
    names = [name for name in sa.inspect(connection).get_table_names() if name != "alembic_version"]
    return {name: count_of(connection, name) for name in names}


def count_of(connection: sa.Connection, rows: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {rows}").scalar_one())  # noqa: S608  ours


def add_notices(connection: sa.Connection) -> None:
    """Add a task and an inbox item of each kind that the scene has none of: here one waits."""
    for name in NOTICES:
        table = sa.Table(name, sa.MetaData(), autoload_with=connection)
        like = connection.execute(sa.select(table).limit(1)).mappings().one()
        for rows in {rows for touched in TOUCHED.values() for rows in touched if rows.startswith(f"{name} ")}:
            if not count_of(connection, rows):
                made = {**like, "id": _id_as(like["id"]), "kind": rows.split("'")[1]}
                connection.execute(sa.insert(table).values(made))


def _id_as(other: object) -> object:
    return str(uuid4()) if isinstance(other, str) else uuid4()


async def read(person: Person) -> dict[str, Json]:
    """Return all that stays, as somebody is shown it."""
    return {
        path: await person.get(path, params={"limit": 100})
        for path in ("/sessions", "/notes", "/plans", "/courses", "/practices", "/medicines", "/doses")
    }


def _without_what_is_lost(shown: object) -> object:
    """All but what a downgrade takes along."""
    if isinstance(shown, list):
        return [_without_what_is_lost(one) for one in shown]
    if isinstance(shown, dict):
        return {
            name: _BECOMES.get((name, str(one))) or _without_what_is_lost(one)
            for name, one in shown.items()
            if name not in _LOST
        }
    return shown


async def test_a_role_that_the_version_before_cannot_read_keeps_its_migration(own: Settings) -> None:
    async with application(own) as api:
        await (await World.build(api)).staff(Role.OUTSIDE_THERAPIST)
    await migrate(own, "2026_12_02_14")
    with pytest.raises(RuntimeError, match="outside_therapist"):
        await migrate(own, "2026_12_02_04")
    assert await at(own, partial(count_of, rows="split_care")) == 0


async def test_down_and_up_again_with_rows(own: Settings) -> None:
    async with application(own) as api:
        scene = await Scene.build(await World.build(api))
        before = await read(scene.therapist)
        await nobody_outside(scene.world)
    await at(own, add_notices)
    newest = await declared(own)
    for script in scripts():
        missing = [rows for rows in TOUCHED[script.revision] if not await at(own, partial(count_of, rows=rows))]
        assert missing == [], script.revision
        up, rows_up = await declared(own), await at(own, counts)
        await migrate(own, str(script.down_revision))
        assert await at(own, unsound) == [], script.revision
        down, rows_down = await declared(own), await at(own, counts)
        lost = {name for name, count in rows_down.items() if count != rows_up[name]}
        assert lost <= {*NOTICES, *LOSES.get(script.revision, ())}, script.revision
        await migrate(own, script.revision)
        assert await declared(own) == up, script.revision
        assert await at(own, unsound) == [], script.revision
        await migrate(own, str(script.down_revision))
        assert (await declared(own), await at(own, counts)) == (down, rows_down), script.revision
    await migrate(own, "head")
    assert await declared(own) == newest
    async with application(own) as api:
        scene.therapist.api = api
        now = await read(scene.therapist)
        scene.patient.api = api
        for entry in (await scene.patient.get("/reflections", params={"limit": 100}))["items"]:  # fragments are texts
            assert (await scene.patient.get(f"/reflections/{entry['id']}"))["id"] == entry["id"]
        for path in ("/worklist", "/attachments", "/goals", f"/patients/{scene.chart}/threads"):
            await scene.therapist.get(path)
    for path, shown in before.items():
        assert _without_what_is_lost(now[path]) == _without_what_is_lost(shown), path
    for one, was in zip(now["/doses"]["items"], before["/doses"]["items"], strict=True):
        assert one["altered_until"] > was["altered_until"] == one["given_at"]  # the defaults, in the place of no window
