"""All that `doctor` looks at, in order. What cannot be asked is a finding itself, and the rest goes on."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError

from integration_api.app import driver_of
from integration_api.core.clock import system_clock
from integration_api.operating.doctor.clinic_checks import clinic_findings
from integration_api.operating.doctor.file_checks import file_findings
from integration_api.operating.doctor.findings import Finding
from integration_api.operating.doctor.settings_checks import settings_findings
from integration_api.operating.doctor.state_checks import clock_findings, run_findings, state_findings
from integration_api.resources.health import READ_REVISION, READ_SERVES_FROM
from integration_api.settings import Settings
from integration_api.storage.database import Database, DatabaseDown, DatabaseUnfit
from integration_api.storage.key_sources import MasterKeyMissing
from integration_api.storage.keys import master_keys_in_use
from integration_api.storage.migrations import is_newer, latest_revision, may_serve, why_not_migratable
from integration_api.storage.statements import READ_VAULT_KEY
from integration_api.storage.vault import NOBODY, DecryptionFailed, Vault
from integration_api.telemetry.state import look

_GOES_ON = "revision-newer-served"


def read_settings() -> tuple[Settings | None, list[Finding]]:
    """Return the settings; None, and what is wrong with each, if they cannot be used."""
    try:
        return Settings(), []
    except ValidationError as error:
        return None, [
            Finding(
                "setting-invalid",
                f"{_variable(one['loc'])}: {one['msg']}.",
                "Correct it in the environment: docs/settings.md.",
            )
            for one in error.errors(include_input=False, include_url=False)
        ]


def _variable(place: tuple[int | str, ...]) -> str:
    return f"INTEGRATION_API_{'.'.join(map(str, place)).upper()}" if place else "The settings together"


async def examine(settings: Settings, now: datetime | None = None) -> list[Finding]:
    """Return everything that is wrong with an installation."""
    now = now or system_clock()
    found = [*settings_findings(settings), *file_findings(settings), *clock_findings(now)]
    try:
        found += await _database_findings(settings, now)
    except DatabaseUnfit as error:
        found.append(_unfit(error))
    except (DatabaseDown, OSError) as error:
        reason = error.reason if isinstance(error, DatabaseDown) else type(error).__name__
        found.append(
            Finding(
                "database-unreachable",
                f"The database cannot be reached ({reason}).",
                "Is it running, and is INTEGRATION_API_DATABASE_URL right?",
            )
        )
    return found


async def _database_findings(settings: Settings, now: datetime) -> list[Finding]:
    driver = driver_of(settings)
    await driver.open()
    try:
        database = Database(driver, _vault(settings))
        found = await _revision_findings(database)
        if found and found[0].code != _GOES_ON:
            return found
        found += await _key_findings(database)
        state = await look(database, settings, now)
        found += [*state_findings(state), *run_findings(settings, state)]
        return [*found, *await clinic_findings(database, now)]
    finally:
        await driver.close()


def _vault(settings: Settings) -> Vault:
    """Return the vault; if there is no key, one that opens nothing, so that the rest can be looked at."""
    try:
        previous = settings.previous_key_source
        return Vault(settings.key_source.read(), previous.read() if previous else None)
    except MasterKeyMissing:
        return Vault(bytes(32))


async def _revision_findings(database: Database) -> list[Finding]:
    """Return why the tables are not those of this program; then nothing else can be asked, unless it may go on."""
    try:
        row = await database.one(READ_REVISION, {})
    except DatabaseUnfit:
        raise
    except DatabaseDown as error:
        if error.reason not in {"SQLITE_ERROR", "42P01"}:
            raise
        row = None
    if row is None:
        return [Finding("database-empty", "The database has no tables yet.", "integration-api migrate")]
    if row.revision == latest_revision():
        return []
    if is_newer(row.revision):
        told = await database.one(READ_SERVES_FROM, {})
        if may_serve(row.revision, told.serves_from if told else None):
            says = f"The database is at revision {row.revision}, newer than this program's {latest_revision()}."
            return [Finding(_GOES_ON, says, "This program may go on. Upgrade it when you can: docs/upgrading.md.")]
    if why := why_not_migratable(row.revision):
        return [Finding("revision-newer", f"{why[0].upper()}{why[1:]}.", "Do not migrate with this program.")]
    says = f"The database is at revision {row.revision}, older than this program's {latest_revision()}."
    return [Finding("revision-older", says, "Make a backup, then integration-api migrate.")]


async def _key_findings(database: Database) -> list[Finding]:
    in_use = await master_keys_in_use(database)
    missing = [header[1:].hex() for header in in_use if not database.vault.accepts(header)]
    others = [header[1:].hex() for header in in_use if header != database.vault.header]
    if missing:
        says = f"Data of this database is under master key {' and '.join(missing)}, which was not given."
        return [Finding("key-wrong", says, "Give the key that belongs to this database: docs/keys.md.")]
    root = await database.one(READ_VAULT_KEY, {"clinic_id": NOBODY, "id": NOBODY})
    try:
        if root is not None:
            database.vault.unlock(root.wrapped_key)
    except DecryptionFailed:
        return [Finding("root-secret-broken", "The root secret of this database was altered.", "Restore a backup.")]
    if others:
        says = f"The master key is being exchanged: {' and '.join(others)} is still needed."
        return [Finding("key-being-exchanged", says, "integration-api keys rotate")]
    return []


def _unfit(error: DatabaseUnfit) -> Finding:
    return Finding("database-unfit", f"{error}.", "See docs/runbook.md, at the alert JournalDown.")


def told(found: list[Finding]) -> Iterator[str]:
    """Yield the lines for an operator."""
    for finding in found:
        yield f"{finding.code}: {finding.says}"
        yield f"    {finding.do}"
