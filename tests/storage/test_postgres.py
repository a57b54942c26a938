"""PostgreSQL alone: a change ends the same whichever way it is applied, and errors are told by their SQLSTATE."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import asyncpg
import pytest

from integration_api.core.ids import new_id
from integration_api.ledger.append import INSERT_LEDGER
from integration_api.resources.people.clinics import statements as clinics_sql
from integration_api.resources.people.patients import statements as patients_sql
from integration_api.storage.database import BrokenReference, DatabaseDown, Duplicate, Missed, Step
from integration_api.storage.postgres import ApplyAs, PostgresDriver
from integration_api.storage.postgres_errors import as_ours
from tests.applications import application, settings_of
from tests.databases import migrated_postgres, new_postgres_database
from tests.storage.test_drivers import clinic_exists, ledger_row, new_clinic
from tests.support import Api, World


@pytest.fixture(scope="module", params=["statement", "transaction"])
async def applying(
    request: pytest.FixtureRequest, postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Api]:
    """An application that applies changes this way."""
    url = await migrated_postgres(postgres_url)
    settings = settings_of(tmp_path_factory.mktemp("applying"), url)
    async with application(settings.model_copy(update={"postgres_apply": request.param})) as api:
        yield api


def steps_of(api: Api) -> tuple[list[Step], str]:
    """A new clinic: its key and its row; and its slug."""
    work, slug = new_clinic(api)
    return [item.step for item in work._pending], slug


def renaming_of_nothing(api: Api) -> Step:
    """A guarded change that hits no row."""
    values: dict[str, object] = {
        "now": api.clock(),
        "name": "N",
        "time_zone": "UTC",
        "country": "US",
        "hours": {},
        "policies": {},
        **dict.fromkeys(("owner_id", "phone", "address", "emergency_instruction")),
    }
    ids = {name: uuid4() for name in ("actor_clinic_id", "actor_id", "actor_sign_in_id")}
    return Step(clinics_sql.UPDATE_CLINIC, {**values, **ids, "actor_epoch": 1, "expected_version": 1})


async def test_a_missed_guard_says_which_and_applies_nothing(applying: Api) -> None:
    for at in (0, 1, 2):
        steps, slug = steps_of(applying)
        steps.insert(at, renaming_of_nothing(applying))
        with pytest.raises(Missed) as caught:
            await applying.runtime.database.apply(steps)
        assert caught.value.step == at
        assert not await clinic_exists(applying, slug)


async def test_a_change_that_may_hit_any_number_misses_nothing(applying: Api) -> None:
    steps, slug = steps_of(applying)
    missing = renaming_of_nothing(applying)
    await applying.runtime.database.apply([*steps, Step(missing.change, missing.values, rows=None)])
    assert await clinic_exists(applying, slug)


async def test_the_first_of_two_misses_is_told(applying: Api) -> None:
    steps, _ = steps_of(applying)
    missing = renaming_of_nothing(applying)
    with pytest.raises(Missed) as caught:
        await applying.runtime.database.apply([*steps, missing, missing])
    assert caught.value.step == len(steps)


async def test_a_duplicate_names_its_constraint_and_applies_nothing(applying: Api) -> None:
    database = applying.runtime.database
    world = await World.build(applying)
    row = ledger_row(applying, world.clinic_id)
    await database.apply([Step(INSERT_LEDGER, row)])
    steps, slug = steps_of(applying)
    with pytest.raises(Duplicate) as caught:
        await database.apply([*steps, Step(INSERT_LEDGER, row)])
    assert caught.value.constraint == "pk_ledger"
    assert not await clinic_exists(applying, slug)
    await database.apply(steps)
    again, _ = steps_of(applying)
    again[1].values = {**again[1].values, "slug": slug}
    with pytest.raises(Duplicate) as caught:
        await database.apply(again)
    assert caught.value.constraint == "uq_clinics_slug"


async def test_a_broken_reference_applies_nothing(applying: Api) -> None:
    world = await World.build(applying)
    chart = await (await world.therapist()).post("/patients", {"name": "Rowan Sample"})
    steps, slug = steps_of(applying)
    part = {"clinic_id": world.clinic_id, "id": new_id(), "part_index": b"x" * 16, **world.admin.ambient()}
    broken = Step(patients_sql.INSERT_FIRST_NAME_PART, {**part, "patient_id": uuid4()})
    with pytest.raises(BrokenReference):
        await applying.runtime.database.apply([*steps, broken])
    assert not await clinic_exists(applying, slug)
    good = Step(patients_sql.INSERT_FIRST_NAME_PART, {**part, "patient_id": UUID(chart["id"])})
    await applying.runtime.database.apply([*steps, good])
    assert await clinic_exists(applying, slug)


# ── errors ──


@pytest.fixture(scope="module")
async def driver(postgres_url: str) -> AsyncIterator[PostgresDriver]:
    """A driver on an empty database that counts tries."""
    url = await new_postgres_database(postgres_url)
    made = PostgresDriver(url, 2)
    await made.open()
    await made.read("CREATE SEQUENCE tries", ())
    yield made
    await made.close()


async def tries_of(driver: PostgresDriver, code: str, failures: int) -> int:
    """How often a query was tried that fails with this SQLSTATE so many times. Raises what the driver says of it."""
    await driver.read("ALTER SEQUENCE tries RESTART", ())
    text = (
        f"DO $$ BEGIN IF nextval('tries') <= {failures} THEN "
        f"RAISE EXCEPTION 'refused' USING ERRCODE = '{code}', CONSTRAINT = 'uq_of_a_test'; END IF; END $$"
    )
    await driver.read(text, ())
    [[tried]] = await driver.read("SELECT last_value FROM tries", ())
    return int(str(tried))


@pytest.mark.parametrize("code", ["40001", "40P01"])
async def test_what_means_try_again_is_tried_again_once(driver: PostgresDriver, code: str) -> None:
    assert await tries_of(driver, code, failures=1) == 2
    with pytest.raises(DatabaseDown):
        await tries_of(driver, code, failures=9)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("23505", Duplicate),
        ("23503", BrokenReference),
        ("08006", DatabaseDown),
        ("25006", DatabaseDown),
        ("53100", DatabaseDown),
        ("53300", DatabaseDown),
        ("55P03", DatabaseDown),
        ("57014", DatabaseDown),
        ("57P01", DatabaseDown),
        ("58030", DatabaseDown),
        ("42501", DatabaseDown),
        ("42P01", DatabaseDown),
        ("0A000", DatabaseDown),
        ("26000", DatabaseDown),
        ("XX000", DatabaseDown),
        ("ZZ999", DatabaseDown),
        ("22003", asyncpg.NumericValueOutOfRangeError),
        ("42703", asyncpg.UndefinedColumnError),
    ],
)
async def test_an_error_is_told_by_its_sqlstate(driver: PostgresDriver, code: str, error: type[Exception]) -> None:
    """In the product's own words; what is the product's own fault stays what it is."""
    with pytest.raises(error) as caught:
        await tries_of(driver, code, failures=9)
    if isinstance(caught.value, Duplicate):
        assert caught.value.constraint == "uq_of_a_test"


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.InternalClientError("cannot switch to state 15"),
        asyncpg.InterfaceError("connection is closed"),
        asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation"),
        asyncpg.exceptions.ProtocolError("of a message"),
        asyncpg.TargetServerAttributeNotMatched("none of the hosts"),
        ConnectionResetError(),
        TimeoutError(),
        IndexError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_anything_else_that_the_driver_raises_means_down(error: Exception) -> None:
    ours = as_ours(error)
    assert isinstance(ours, DatabaseDown)
    assert ours.reason in {"08003", type(error).__name__}


@pytest.mark.parametrize(("apply_as", "shared"), [("statement", True), ("transaction", False)])
async def test_requests_share_a_statement_only_where_clinics_live_together(
    postgres_url: str, apply_as: ApplyAs, *, shared: bool
) -> None:
    driver = PostgresDriver(postgres_url, size=1, apply_as=apply_as)
    await driver.open()
    try:
        found = await asyncio.gather(*(driver.read("SELECT $1::int AS a", (at,)) for at in range(6)))
        assert [[row[0] for row in rows] for rows in found] == [[at] for at in range(6)]
        texts = await driver.read("SELECT statement FROM pg_prepared_statements", ())
        assert any("unnest" in row[0] for row in texts) is shared  # type: ignore[operator]  # a text
    finally:
        await driver.close()


async def test_a_connection_keeps_only_so_many_prepared_statements(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Steps have as many shapes as there are numbers of rows; the server closes those that nobody holds."""
    monkeypatch.setattr("integration_api.storage.postgres_connection._MAX_PREPARED", 5)
    driver = PostgresDriver(postgres_url, 1)
    await driver.open()
    for number in range(40):
        assert await driver.read(f"SELECT {number}", ()) == [(number,)]
    [(kept,)] = await driver.read("SELECT count(*) FROM pg_prepared_statements", ())
    await driver.close()
    assert isinstance(kept, int)
    assert kept <= 7  # those five, and what asks
