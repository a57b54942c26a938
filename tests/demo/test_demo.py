"""The demo clinic: complete, made once, and whole or not at all."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as dtime
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, cast
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from httpx import ASGITransport, AsyncClient
from pydantic import SecretStr
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from integration_api import demo
from integration_api.access.actor import Actor
from integration_api.access.binding_check import CHECKS, check_access
from integration_api.app import create_app, open_database
from integration_api.core.ids import new_id
from integration_api.demo import ensure_demo
from integration_api.demo.days import Days
from integration_api.demo.front import Clock, Front, Person
from integration_api.demo.people import DEMO_PASSWORD, PATIENTS, SIGN_INS, STAFF
from integration_api.demo.stories import CHARTS, CLINIC
from integration_api.demo.story import Story
from integration_api.demo.teller import write_chart
from integration_api.demo.transfer import Rows, copy_into, copy_objects, rows_of
from integration_api.resources.people.accounts.rules import MIN_PASSWORD_CHARACTERS, password_fault
from integration_api.resources.people.emergencies.statements import CHECK_EMERGENCIES
from integration_api.resources.people.service_accounts.statements import CHECK_SECRETS
from integration_api.resources.views.timeline.rules import TimelineKind
from integration_api.settings import Settings
from integration_api.storage import migrations
from integration_api.storage.statements import READ_VAULT_KEY, VAULT_KEYS
from integration_api.storage.vault import NOBODY
from tests.applications import MASTER_KEY
from tests.databases import migrated_postgres, migrated_sqlite
from tests.demo.visitor import EMAILS, Visitor
from tests.keeper import PRODUCT
from tests.processes import start
from tests.serving import environment
from tests.support import Api, Json, SettableClock
from tests.waiting import until

pytestmark = pytest.mark.anyio
Make = Callable[[], Awaitable[Settings]]


class CutOff(NamedTuple):
    """A database in which a demo was begun."""

    settings: Settings
    rows: dict[str, int]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def new_settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes settings of an empty migrated database."""

    async def make() -> Settings:
        folder = tmp_path_factory.mktemp("demo")
        if request.param == "sqlite":
            return embedded(folder)
        return settings_in(folder, await migrated_postgres(request.getfixturevalue("postgres_url")))

    return make


def settings_in(folder: Path, url: str | None) -> Settings:
    given = SecretStr(url) if url else None
    return Settings(data_dir=folder, database_url=given, master_key=MASTER_KEY, argon2_memory_kib=8192, seal_seconds=0)


def embedded(folder: Path) -> Settings:
    migrated_sqlite(folder / "journal.sqlite3")
    return settings_in(folder, None)


@pytest.fixture(scope="module")
async def cut_off(tmp_path_factory: pytest.TempPathFactory) -> CutOff:
    """A database for which a demo was begun, and what it held after the power cut."""
    settings, folder = embedded(tmp_path_factory.mktemp("begun")), tmp_path_factory.mktemp("cut")
    env = environment(settings.data_dir, TMPDIR=str(folder))
    _begin_and_cut_off({**env, "INTEGRATION_API_MASTER_KEY": MASTER_KEY.get_secret_value()}, settings.data_dir, folder)
    return CutOff(settings, await count(settings))


class Told(NamedTuple):
    """A database with the demo in it, and all rows before anybody has come in."""

    settings: Settings
    rows: Rows


@pytest.fixture(scope="module")
async def told(cut_off: CutOff) -> Told:
    """The second demo that was begun for this database."""
    settings = cut_off.settings
    await ensure_demo(settings)
    async with open_database(settings) as database:
        root = await database.one(READ_VAULT_KEY, {"clinic_id": NOBODY, "id": NOBODY})
    assert root is not None
    return Told(settings, [(VAULT_KEYS, [root.model_dump()]), *rows_of(settings.sqlite_path)])


@pytest.fixture(scope="module")
async def made(told: Told, new_settings: Make) -> Settings:
    """The demo in a database of each kind. The year is told in an embedded one, whichever it is for, and told once.

    `test_story.py` has the whole of it made for both kinds.
    """
    settings = await new_settings()
    if settings.database_url is None:
        return told.settings
    await copy_objects(told.settings, settings)
    await copy_into(settings, told.rows)
    return settings


@pytest.fixture(scope="module")
async def api(made: Settings) -> AsyncIterator[Api]:
    """The application on it."""
    clock = SettableClock()
    app = create_app(made, clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app, raise_app_exceptions=False), base_url="http://test") as client,
    ):
        yield Api(app, client, clock)


async def count(settings: Settings) -> dict[str, int]:
    """Rows by table."""
    url = settings.database_url
    if url is None:
        engine = sa.create_engine(migrations.sqlite_url(settings.sqlite_path))
        with engine.connect() as connection:
            found = _count(connection)
        engine.dispose()
        return found
    async_engine = migrations.postgres_engine(url.get_secret_value())
    async with async_engine.connect() as async_connection:
        found = await async_connection.run_sync(_count)
    await async_engine.dispose()
    return found


def _count(connection: sa.Connection) -> dict[str, int]:
    return {t.name: len(connection.execute(_of_clinics(t)).all()) for t in SQLModel.metadata.sorted_tables}


def _of_clinics(table: sa.Table) -> sa.Select[Any]:
    """All but the database's own root secret."""
    return sa.select(table).where(table.c.clinic_id != NOBODY)


def _rows(connection: sa.Connection) -> list[tuple[sa.Table, list[dict[str, Any]]]]:
    tables = SQLModel.metadata.sorted_tables
    return [(t, [dict(row) for row in connection.execute(_of_clinics(t)).mappings()]) for t in tables]


def test_everybody_may_know_the_password_and_nobody_is_real() -> None:
    assert len(DEMO_PASSWORD) >= MIN_PASSWORD_CHARACTERS
    assert not password_fault(DEMO_PASSWORD, ("Willow House", *EMAILS.values()))
    assert all(email.endswith("@example.org") for email in EMAILS.values())
    staff = ["admin", "therapist", "therapist_2", "prescriber", "supervisor", "auditor", "outside"]
    assert [key for key, _ in SIGN_INS] == [*staff, "patient", "patient_2", "patient_3", "patient_4"]


@pytest.mark.parametrize("key", EMAILS)
async def test_each_sign_in_works(api: Api, key: str) -> None:
    me = await (await Visitor.enter(api, key)).get("/me")
    role = key.split("_", maxsplit=1)[0]
    assert me["roles"] == [{"admin": "clinic_admin", "outside": "outside_therapist"}.get(role, role)]


async def test_the_ledger_accounts_for_everybody_s_access(api: Api) -> None:
    runtime = api.runtime
    checks = (*CHECKS, CHECK_EMERGENCIES, CHECK_SECRETS)
    [report] = await check_access(runtime.database, runtime.bindings, checks, api.clock())
    assert report.findings == []
    assert report.rows > 20


async def test_the_clinic_is_complete(api: Api) -> None:
    imani, tobias = await Visitor.enter(api, "therapist"), await Visitor.enter(api, "therapist_2")
    found: dict[str, list[Json]] = {
        kind: [*await imani.every(f"/{kind}"), *await tobias.every(f"/{kind}")]
        for kind in ("patients", "courses", "sessions", "notes", "reflections", "plans", "practices")
    }
    assert {kind: len(items) for kind, items in found.items()} == {
        "patients": 4,
        "courses": 4,
        "sessions": 59,
        "notes": 50,
        "reflections": 15,
        "plans": 7,
        "practices": 213,
    }
    assert {s["state"] for s in found["sessions"]} == {"planned", "completed", "cancelled", "no_show"}
    assert {s["phase"] for s in found["sessions"]} == {
        "screening",
        "preparation",
        "dosing",
        "integration",
        "follow_up",
    }
    assert {s["modality"] for s in found["sessions"]} == {"in_person", "telehealth"}
    assert {n["state"] for n in found["notes"]} == {"draft", "pending_cosign", "signed", "amended"}
    assert len({n["format"] for n in found["notes"]}) == 9
    assert sum(n["is_late_entry"] for n in found["notes"]) == 1
    assert sum(n["addenda_count"] for n in found["notes"]) == 3
    assert {p["state"] for p in found["plans"]} == {"draft", "proposed", "active", "completed", "archived"}


async def test_the_rooms_of_the_clinic_have_something_in_them(api: Api) -> None:
    keys = ("patient", "patient_3", "therapist", "therapist_2")
    rowan, juniper, imani, tobias = [await Visitor.enter(api, key) for key in keys]
    assert sum(one["capture_link_id"] is not None for one in await juniper.every("/reflections")) == 3
    assert {one["purpose"] for one in await rowan.every("/consents") if one["withdrawn_at"]} == {"research"}
    flags = [*await imani.every("/flags"), *await tobias.every("/flags")]
    assert {"open", "acknowledged", "resolved"} <= {one["state"] for one in flags}
    assert [one["member_count"] for one in await imani.every("/group-sessions")] == [2]
    greta = await Visitor.enter(api, "supervisor")
    own, [granted] = await imani.every("/psychotherapy-notes"), await greta.every("/psychotherapy-notes", granted=True)
    assert [one["state"] for one in own] == ["draft", "signed", "signed"]
    assert granted["id"] == own[1]["id"]
    assert "supervision" in (await greta.get(f"/psychotherapy-notes/{granted['id']}"))["text"]
    assert [one["basis"] for one in await imani.every("/disclosures")] == ["court"]
    [both] = await rowan.every("/shared-summaries")
    assert (both["revision"], both["written_by"], both["endorsed_at"] is None) == (2, "patient", False)
    unread = {one["kind"] for one in await rowan.every("/me/inbox") if one["read_at"] is None}
    assert "summary_to_read" not in unread
    linden = await Visitor.enter(api, "outside")
    [item] = await linden.every("/shared-care")
    shared = await linden.get(f"/shared-care/{item['id']}")
    assert all(shared[part] is not None for part in item["shares"])
    assert [one["format"] for one in shared["visit_notes"]] == ["soap"]
    assert [one["state"] for one in await rowan.every("/safety-plans")] == ["in_force", "replaced"]
    assert all(window["prompts"] and window["items"] for window in (await juniper.get("/me/next"))["now"])
    [export] = await rowan.every("/me/exports")
    answer = await api.send("GET", f"/me/exports/{export['id']}/content", headers=rowan.headers)
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")


async def test_distress_falls_and_some_practices_are_skipped(api: Api) -> None:
    rowan = await Visitor.enter(api, "patient")
    practices = await rowan.every("/practices")
    used = [p for p in reversed(practices) if not p["was_skipped"]]
    assert 5 <= len(practices) - len(used) < len(used)
    assert all(p["distress_after"] < p["distress_before"] for p in used)
    early, late = used[: len(used) // 4], used[-len(used) // 4 :]
    assert sum(p["distress_before"] for p in early) / len(early) > sum(p["distress_before"] for p in late) / len(late)


async def test_a_patient_sees_a_year_of_their_own(api: Api) -> None:
    rowan = await Visitor.enter(api, "patient")
    chart = (await rowan.get("/me"))["patient_id"]
    items = await rowan.every(f"/patients/{chart}/timeline")
    assert {item["kind"] for item in items} == set(TimelineKind)
    first, last = (datetime.fromisoformat(items[at]["at"]) for at in (-1, 0))
    assert last - first > timedelta(days=360)
    reflections = await rowan.every("/reflections")
    assert {(r["state"], r["sharing"]) for r in reflections} == {
        ("draft", "private"),
        ("submitted", "private"),
        ("submitted", "shared"),
    }
    assert {r["kind"] for r in reflections} == {"text", "prompted"}
    notes = await rowan.every("/notes")
    assert {note["state"] for note in notes} == {"signed"}


async def test_every_clinician_finds_something_that_waits(api: Api) -> None:
    wanted = {
        "therapist": {"note_to_sign", "reflection_to_review"},
        "therapist_2": {"plan_to_answer"},
        "supervisor": {"note_to_cosign"},
    }
    for key, kinds in wanted.items():
        waiting = await (await Visitor.enter(api, key)).get("/worklist")
        assert {item["kind"] for item in waiting["items"]} >= kinds, key


async def test_the_auditor_sees_the_ledger_of_the_year(api: Api) -> None:
    entries = await (await Visitor.enter(api, "auditor")).every("/ledger")
    assert len(entries) > 600
    assert "request.refused" not in {entry["event"] for entry in entries}
    first, last = (datetime.fromisoformat(entries[at]["at"]) for at in (-1, 0))
    assert last - first > timedelta(days=363)


async def test_a_second_call_changes_nothing(made: Settings) -> None:
    """It tells no year to find out."""
    before, ran = await count(made), set[Path]()
    assert before["clinics"] == 1

    def look(frame: FrameType, _event: str, _argument: object) -> None:
        ran.add(Path(frame.f_code.co_filename))

    profiler = sys.getprofile()
    sys.setprofile(look)
    try:
        await ensure_demo(made)
    finally:
        sys.setprofile(profiler)
    assert {path for path in ran if path.is_relative_to(Path(demo.__file__).parent)} == {Path(demo.__file__)}
    assert await count(made) == before


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("clock", ["00:01", "02:30", "12:00", "23:59"])
def test_it_can_be_told_at_any_time_of_any_day(day: int, clock: str) -> None:
    zone = ZoneInfo(CLINIC["time_zone"])
    for week in (date(2026, 3, 2), date(2026, 3, 9), date(2026, 10, 26), date(2026, 11, 2), date(2028, 2, 28)):
        now = datetime.combine(week + timedelta(days=day), dtime.fromisoformat(clock), zone)
        days = Days(now.astimezone(UTC), zone)
        nobody = cast(Front, None)
        staff = {m.key: Person(nobody, Actor(new_id(), new_id(), new_id(), 1, (m.role,), None, now)) for m in STAFF}
        names: dict[str, Json] = {person.id: {} for person in staff.values()}
        for chart in CHARTS:
            write_chart(Story(nobody, Clock(now), days, staff, names), chart)  # raises for a step that is still to come


async def test_a_step_at_the_very_end_is_told(made: Settings) -> None:
    """Once, a practice of the last minutes ended the making of the demo, on some hours of a day."""
    now = datetime.now(UTC) + timedelta(hours=2)  # by then the attempts of other tests count no more
    async with Front.open(made, Clock(now), now) as front:
        patient = await front.sign_in(next(iter(PATIENTS.values())), DEMO_PASSWORD)
        assert front.clock() == now
        assert (await patient.read("/me"))["id"] == patient.id


async def test_it_is_copied_whole_or_not_at_all(made: Settings, new_settings: Make) -> None:
    url = made.database_url
    engine = sa.create_engine(migrations.sqlite_url(made.sqlite_path)) if url is None else None
    if engine is not None:
        with engine.connect() as connection:
            tables = _rows(connection)
        engine.dispose()
    else:
        assert url is not None
        async_engine = migrations.postgres_engine(url.get_secret_value())
        async with async_engine.connect() as async_connection:
            tables = await async_connection.run_sync(_rows)
        await async_engine.dispose()
    empty = await new_settings()
    with pytest.raises(IntegrityError):
        await copy_into(empty, [*tables, next(item for item in tables if item[1])])
    assert set((await count(empty)).values()) == {0}
    await copy_into(empty, tables)
    read, found = {table.name: len(rows) for table, rows in tables}, await count(empty)
    assert {name: found[name] for name in read} == read  # jobs of the application write on in the database itself


async def test_a_build_that_was_cut_off_is_made_anew(cut_off: CutOff, told: Told) -> None:
    assert set(cut_off.rows.values()) == {0}
    assert (await count(told.settings))["patients"] == 4
    assert {path.name for path in told.settings.data_dir.iterdir() if path.is_dir()} == {"attachments"}  # the export


def _begin_and_cut_off(env: dict[str, str], *folders: Path) -> None:
    """Run the command until it has told a part of the year somewhere in `folders`, and no longer."""
    process = start(PRODUCT, ("integration-api", "demo"), env)

    def has_told_a_part() -> bool:
        assert process.poll() is None
        return any(p.stat().st_size > 500_000 for f in folders for p in f.glob("demo-*/journal.sqlite3-wal"))

    until(has_told_a_part, "a part of the year")
    process.kill()  # as a power cut would end it
