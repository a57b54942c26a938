"""The command line: serve, init, migrate, database-role, backup, restore, restored, move, ledger, chart, records,
conformance, keys, doctor, code, demo, openapi.
"""

import asyncio
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
import uvicorn
from pydantic import ValidationError

from integration_api.access import sandbox_clock
from integration_api.access.totp import code_at
from integration_api.access.work import Work
from integration_api.app import create_app, open_database, open_runtime
from integration_api.cli import backups, catalogues, moves, sandboxes
from integration_api.cli.chart_commands import charts
from integration_api.cli.conformance_kit import conformance_command
from integration_api.cli.doctor_command import doctor_command
from integration_api.cli.key_commands import keys_cli
from integration_api.cli.ledger import ledger_cli
from integration_api.cli.metrics_process import EndedWorkers, serve_metrics
from integration_api.cli.record_commands import records
from integration_api.cli.upgrades import migrate, migrate_command
from integration_api.core import logs
from integration_api.core.addresses import is_loopback
from integration_api.ledger.protection import ONLY_GROW
from integration_api.operating.checks import NotDone
from integration_api.operating.file_modes import check_modes, warnings_of_place
from integration_api.resources.health import NotAtHead
from integration_api.resources.people.accounts.schemas import AdminFacts
from integration_api.resources.people.accounts.service import create_first_admin
from integration_api.resources.people.clinics import operations as clinics_operations
from integration_api.resources.people.clinics.schemas import ClinicFacts
from integration_api.resources.people.clinics.service import create_clinic
from integration_api.resources.register import Subject
from integration_api.server import workers
from integration_api.server.timeouts import IDLE_SECONDS, with_timeout
from integration_api.settings import OneProcessOnly, Settings
from integration_api.storage import grants
from integration_api.storage.database import DatabaseDown, DatabaseUnfit
from integration_api.storage.key_sources import MasterKeyMissing
from integration_api.storage.keys import MasterKeyWrong
from integration_api.telemetry.preparation import prepare
from integration_api.web.errors import ApiError, Conflict
from integration_api.web.openapi_documents import MAIN, file_name
from integration_api.web.static_files import front_ends, names

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="The Integration Journal API."
)
cli.add_typer(keys_cli, name="keys")
cli.add_typer(ledger_cli, name="ledger")
cli.add_typer(charts, name="chart")
cli.add_typer(records, name="records")
cli.command("migrate")(migrate_command)
cli.command("backup")(backups.backup_command)
cli.command("restore")(backups.restore_command)
cli.command("restored")(backups.restored_command)
cli.command("move")(moves.move_command)
cli.command("conformance")(conformance_command)
cli.command("doctor")(doctor_command)


@cli.command()
def serve(
    processes: Annotated[
        int | None, typer.Option("--workers", help="Processes on the port; needs PostgreSQL when more than one.")
    ] = None,
) -> None:
    """Serve the API. Refuses a database that is not at head."""
    _serve(Settings() if processes is None else Settings(workers=processes))


def _serve(settings: Settings) -> None:
    logs.configure(settings.log_level)
    if settings.workers > 1 and settings.is_embedded:
        msg = "the embedded database is served by one process; set INTEGRATION_API_DATABASE_URL to run several"
        raise OneProcessOnly(msg)
    for warning in (*check_modes(settings), *warnings_of_place(settings)):
        logs.event("files_unsafe", logs.WARNING, warning=warning)
    settings = settings.holding_keys()
    _check(settings)
    folder = prepare(settings)
    sockets = workers.listen(settings.host, settings.port)
    config = configuration(settings)
    config.load()
    server = partial(uvicorn.Server(config).run, sockets)
    if settings.workers > 1:
        beside = (partial(serve_metrics, settings, folder), EndedWorkers(folder).ended) if folder else ()
        workers.keep(settings.workers, server, settings.grace_seconds + 2, *beside)
    else:
        with suppress(KeyboardInterrupt):
            server()


def configuration(settings: Settings) -> uvicorn.Config:
    """Build the application and serve it in this process."""
    return uvicorn.Config(
        create_app(settings, sandbox=sandboxes.routes(settings)),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=with_timeout(settings.request_seconds, settings.browser_origins),
        ws="none",
        timeout_graceful_shutdown=settings.grace_seconds,
        timeout_keep_alive=IDLE_SECONDS,
    )


@cli.command("database-role")
def database_role(
    role: Annotated[str, typer.Argument(help="An existing PostgreSQL role, for `serve` to connect as.")],
) -> None:
    """Grant a PostgreSQL role the rights that the product needs. It can add to the ledger, never change it.

    Run as the owner of the tables, after every `migrate`.
    """
    settings = Settings()
    if settings.database_url is None:
        msg = "the embedded database has no roles: its file refuses changes of the ledger by itself"
        raise grants.RoleUnfit(msg)
    given = asyncio.run(grants.grant_role(settings.database_url.get_secret_value(), role, ONLY_GROW))
    typer.echo(f"{role} may use {len(given)} tables; of {', '.join(ONLY_GROW)} it can only read and add rows")


@cli.command()
def init(
    clinic: Annotated[str, typer.Option(prompt="Clinic's name", help="Name as patients know it.")],
    slug: Annotated[str, typer.Option(prompt="Short name (a-z, 0-9, -)", help="Short name, unique here.")],
    time_zone: Annotated[str, typer.Option(prompt="Time zone (such as Europe/Berlin)", help="IANA time zone.")],
    country: Annotated[str, typer.Option(prompt="Country (two letters)", help="ISO 3166-1 alpha-2.")],
    admin_name: Annotated[str, typer.Option(prompt="First admin's name", help="Name of the first admin.")],
    admin_email: Annotated[str, typer.Option(prompt="First admin's e-mail", help="Address of the first admin.")],
) -> None:
    """Make a clinic and its first admin. The password is asked for, or read from standard input."""
    settings = Settings()
    if sys.stdin.isatty():
        password = typer.prompt("Password (15 characters or more)", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    facts = {"slug": slug, "name": clinic, "time_zone": time_zone, "country": country.upper()}
    asyncio.run(_init(settings, facts, admin_name, admin_email, password))
    typer.echo(f"clinic {slug} made; {admin_email} can sign in")


@cli.command()
def demo(
    serve_after: Annotated[bool, typer.Option("--serve", help="Go on and serve the API.")] = False,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="Make an empty database a sandbox, for ever.")] = False,
) -> None:
    """Migrate, and make the demo clinic of invented people if it is missing. Never for real patients."""
    from integration_api.demo import ensure_demo  # noqa: PLC0415  only the demo needs it
    from integration_api.demo.people import DEMO_PASSWORD, DEMO_TOTP_SECRET, SIGN_INS  # noqa: PLC0415  as above

    settings = Settings()
    logs.configure("warning")
    if serve_after:
        prepare(settings)  # what is missing is said now, not when the year is told
    migrate(settings)
    if sandbox:
        settings = settings.model_copy(update={"sandbox": True})
        asyncio.run(sandboxes.mark(settings))
    asyncio.run(ensure_demo(settings))
    address = f"http://{settings.host}:{settings.port}"
    typer.echo(f"\nIntegration Journal API  {address}\nDocumentation            {address}/docs")
    for name in names(front_ends()) if settings.front_ends else ():
        page = f"http://localhost:{settings.port}/{name}/" if is_loopback(address) else f"{address}/{name}/"
        typer.echo(f"{name.capitalize():<24} {page}")
    typer.echo()
    typer.echo(f"Demo clinic, invented people, password of all: {DEMO_PASSWORD}")
    for role, email in SIGN_INS:
        typer.echo(f"  {role:<12} {email}")
    typer.echo(f"Staff also need a code: integration-api code {DEMO_TOTP_SECRET}\n")
    sys.stdout.flush()
    if serve_after:
        _serve(settings)


@cli.command()
def code(
    secret: Annotated[str, typer.Argument(help="Base32, as an authenticator app takes it.")],
    sandbox: Annotated[str | None, typer.Option(help="By the clock of this clinic of a sandbox.")] = None,
) -> None:
    """Print the current six-digit code of a secret, to try the API without an authenticator app."""
    typer.echo(code_at(secret.upper(), asyncio.run(sandboxes.now(Settings(), sandbox))))


@cli.command()
def openapi(
    write: Annotated[bool, typer.Option(help="Write the documents, and the catalogues in docs/.")] = False,
    of: Annotated[Subject | None, typer.Option(help="The subject; without it, what every front end calls.")] = None,
) -> None:
    """Print an OpenAPI document."""
    if write:
        catalogues.write(Path.cwd())
    else:
        sys.stdout.write(catalogues.documents()[Path(file_name(of) if of else MAIN)])


def _check(settings: Settings) -> None:
    """Open and close once, so that an error is one line instead of a server that fails to start."""

    async def check() -> None:
        async with open_database(settings) as database:
            await sandbox_clock.check_kind(database, is_sandbox=settings.sandbox)

    asyncio.run(check())


async def _init(settings: Settings, facts: dict[str, str], name: str, email: str, password: str) -> None:
    async with open_runtime(settings) as runtime:
        work = Work(runtime, clinics_operations.CREATE_CLINIC, uuid4().hex)
        clinic = create_clinic(work, **ClinicFacts.model_validate(facts).model_dump())
        admin = AdminFacts(admin_name=name, admin_email=email)
        await create_first_admin(work, clinic, admin.admin_name, admin.admin_email, password)
        await work.apply()


_EXPECTED = (
    ApiError,
    DatabaseDown,
    MasterKeyMissing,
    MasterKeyWrong,
    NotAtHead,
    NotDone,
    OneProcessOnly,
    OSError,
    ValueError,
    workers.CannotListen,
)


def main() -> None:
    """Run the command line; an expected failure is one line, not a trace."""
    try:
        cli()
    except _EXPECTED as error:
        typer.echo(f"integration-api: {_sentence(error)}", err=True)
        raise SystemExit(1) from None


def _sentence(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "a clinic with this short name exists already"
    if isinstance(error, ApiError):
        return error.detail
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, DatabaseDown | OSError) and not isinstance(error, DatabaseUnfit):
        why = error.reason if isinstance(error, DatabaseDown) else type(error).__name__
        return f"the database cannot be reached ({why}); see INTEGRATION_API_DATABASE_URL"
    return str(error)
