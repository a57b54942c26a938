"""The application: its routes, its errors, and the resources that it opens at start and closes at the end."""

import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from integration_api import __version__
from integration_api.access.external import ExternalIssuer
from integration_api.access.issuer import Issuer, Trust
from integration_api.access.password_hashes import Passwords
from integration_api.access.route import ActionRoute
from integration_api.access.runtime import RelyingParty, Runtime
from integration_api.access.tokens import Tokens
from integration_api.core import logs
from integration_api.core.clock import Clock, system_clock
from integration_api.ledger.seal import Signer
from integration_api.ledger.sealer import Sealer, sealing
from integration_api.resources import health
from integration_api.resources.attention.notices.router import router as notices
from integration_api.resources.attention.worklist.router import router as worklist
from integration_api.resources.care.courses.router import router as courses
from integration_api.resources.care.sessions.router import router as sessions
from integration_api.resources.health import READ_REVISION
from integration_api.resources.journal.notes.router import router as notes
from integration_api.resources.journal.plans.router import router as plans
from integration_api.resources.journal.practices.router import router as practices
from integration_api.resources.journal.reflections.router import router as reflections
from integration_api.resources.journal.strategy_library.router import router as strategy_library
from integration_api.resources.oversight.ledger_view.router import router as ledger
from integration_api.resources.oversight.retention.router import router as retention
from integration_api.resources.people.accounts.router import router as accounts
from integration_api.resources.people.clinics.router import router as clinics
from integration_api.resources.people.devices.router import router as devices
from integration_api.resources.people.emergencies.router import router as emergencies
from integration_api.resources.people.factors.router import router as factors
from integration_api.resources.people.patients.router import router as patients
from integration_api.resources.people.service_accounts.router import router as service_accounts
from integration_api.resources.people.sign_in.router import router as sign_in
from integration_api.resources.views.timeline.router import router as timeline
from integration_api.server.admission import LoadShedder
from integration_api.server.client_address import networks
from integration_api.server.wire import Wire
from integration_api.settings import Settings
from integration_api.storage.database import Database, Driver
from integration_api.storage.keys import unlock
from integration_api.storage.migrations import head
from integration_api.storage.postgres import PostgresDriver
from integration_api.storage.sqlite import SqliteDriver
from integration_api.storage.statements import compile_all
from integration_api.storage.vault import Vault
from integration_api.web import docs
from integration_api.web.errors import ApiError, InternalError, MethodNotAllowed, NotFound
from integration_api.web.openapi import builder
from integration_api.web.problems import problem_response, request_id_of
from integration_api.web.routing import Router

ROUTERS = (
    clinics,
    notices,
    sign_in,
    factors,
    devices,
    accounts,
    service_accounts,
    patients,
    emergencies,
    worklist,
    courses,
    sessions,
    notes,
    reflections,
    strategy_library,
    plans,
    practices,
    retention,
    timeline,
    ledger,
)
PREFIX = "/v1"
DESCRIPTION = """The back end of integration work in ketamine-assisted therapy: session notes, patient reflections and
coping plans, for any front end. Errors are `application/problem+json` (RFC 9457) with a stable `code`. Single
resources carry an `ETag`; changing one needs it as `If-Match`. Every POST takes an `Idempotency-Key`. Lists are
`{items, next_cursor}`. Nothing here gives dosing advice."""

SHED_LAST = frozenset({"/v1/crisis-resources"})
PROBES = frozenset({health.LIVE, health.READY})
"""Paths that are never shed, and are logged at DEBUG: probes ask them all the time."""


class NotAtHead(Exception):
    """The database is not at the revision this program needs; the message says the command."""


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """Open database and vault; refuse a database that is not at head, or whose master key is another.

    Raises MasterKeyMissing, NotAtHead, MasterKeyWrong, DatabaseDown.
    """
    previous = settings.previous_key_source
    vault = Vault(settings.key_source.read(), previous.read() if previous else None)
    driver: Driver = SqliteDriver(settings.sqlite_path, settings.database_wait_seconds)
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        driver = PostgresDriver(
            url, settings.postgres_connections, settings.postgres_apply, settings.database_wait_seconds
        )
    database = Database(driver, vault)
    await driver.open()
    try:
        await _check_revision(database)
        await unlock(database, system_clock())
        yield database
    finally:
        await driver.close()


@asynccontextmanager
async def open_runtime(settings: Settings, clock: Clock = system_clock) -> AsyncIterator[Runtime]:
    """Open the objects that every unit of work uses. Raises as `open_database`."""
    async with open_database(settings) as database:
        passwords = Passwords(settings.argon2_memory_kib, database.vault.derive("password-pepper"))
        try:
            yield Runtime(
                database=database,
                vault=database.vault,
                clock=clock,
                tokens=Tokens(database.vault.derive("access-token")),
                passwords=passwords,
                cursor_key=database.vault.derive("cursor"),
                refresh_key=database.vault.derive("refresh-token"),
                relying_party=RelyingParty(
                    settings.passkey_rp_id,
                    tuple(origin.strip() for origin in settings.passkey_origins.split(",")),
                ),
                throttle_key=database.vault.derive("throttle"),
                external=_external(settings),
                trusted_proxies=networks(settings.trusted_proxies),
            )
        finally:
            passwords.close()


def sealer_of(runtime: Runtime) -> Sealer:
    """Return the sealer of the ledger, with the signing key of this database."""
    return Sealer(runtime.database, runtime.clock, Signer(runtime.vault.derive("ledger-signing")))


def _external(settings: Settings) -> ExternalIssuer | None:
    if settings.oidc_issuer is None or settings.oidc_audience is None:
        return None
    trust = Trust(
        settings.oidc_issuer,
        settings.oidc_audience,
        settings.oidc_jwks_url,
        settings.oidc_token_type,
        frozenset(settings.oidc_strong_values),
    )
    return ExternalIssuer(Issuer(trust))


async def _check_revision(database: Database) -> None:
    try:
        found = await database.one(READ_REVISION, {})
    except Exception as error:  # no such table, which each driver says in its own way
        msg = "The database has no tables yet; run `python -m integration_api migrate`."
        raise NotAtHead(msg) from error
    if found is None or found.revision != head():
        msg = f"The database is not at revision {head()}; run `python -m integration_api migrate`."
        raise NotAtHead(msg)


def _spare_the_collector() -> None:
    """Exempt present objects from garbage collection, and collect rarely: pages make many objects, but no cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def create_app(settings: Settings | None = None, clock: Clock = system_clock) -> FastAPI:
    """Make the ASGI application. Raises TypeError if a route names no operation."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_runtime(settings, clock) as runtime,
            sealing(sealer_of(runtime), runtime.written, settings.seal_seconds),
        ):
            app.state.runtime = runtime
            _spare_the_collector()
            logs.event("started", version=__version__, database=runtime.database.driver.dialect, process=os.getpid())
            yield
        logs.event("stopped")
        logs.write_out()

    app = FastAPI(
        title="Integration Journal API",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        openapi_tags=TAGS,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # nobody decided what of a chart may leave so
    )
    app.include_router(health.router)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    if settings.docs:
        app.router.routes.extend(docs.routes(app))
    app.add_exception_handler(HTTPException, _answer_http_exception)
    app.add_exception_handler(ApiError, _answer_api_error)
    app.add_exception_handler(Exception, _answer_exception)
    public = {route.name for route in action_routes() if route.operation.is_public}
    app.openapi = builder(app, public.__contains__)  # type: ignore[method-assign]  # the way FastAPI documents
    # FastAPI's own layers stand behind the router: they see only what is no operation.
    others = app.build_middleware_stack()
    compile_all("sqlite" if settings.is_embedded else "postgresql")
    app.middleware_stack = Wire(
        Router(others, _operations()), LoadShedder(settings.max_in_flight, SHED_LAST, PROBES), PROBES
    )
    return app


def action_routes() -> list[ActionRoute]:
    """Return every operation of the product, in order."""
    routes = [route for router in (health.router, *ROUTERS) for route in router.routes]
    strangers = [route for route in routes if not isinstance(route, ActionRoute)]
    if strangers:
        msg = f"{strangers} name no operation"
        raise TypeError(msg)
    return [route for route in routes if isinstance(route, ActionRoute)]


def _operations() -> dict[tuple[str, str], ASGIApp]:
    """Return every operation by method and path."""
    found: dict[tuple[str, str], ASGIApp] = {}
    for prefix, router in [("", health.router), *((PREFIX, router) for router in ROUTERS)]:
        for route in router.routes:
            if isinstance(route, ActionRoute):
                found |= {(method, prefix + route.path): route.serve for method in route.methods or ()}
    return found


TAGS = [
    {"name": "accounts", "description": "Signing in, staff accounts and invitations."},
    {"name": "service accounts", "description": "Programs of a clinic's own, and what each may do."},
    {"name": "clinic", "description": "The clinic: hours, time zone, policies; crisis resources."},
    {"name": "patients", "description": "Charts and care teams. Visibility follows the current team."},
    {"name": "worklist", "description": "What waits for a clinician."},
    {"name": "courses", "description": "Series of treatment."},
    {"name": "sessions", "description": "Meetings, from screening to follow-up: planned, begun, completed."},
    {"name": "notes", "description": "Staff prose about a session: draft, signature, addenda, amendments, sharing."},
    {"name": "reflections", "description": "What patients write: private until they share it. Nobody watches it live."},
    {"name": "plans", "description": "Coping plans both sides agree to, their strategies, and what was practised."},
    {"name": "timeline", "description": "Everything in one chart, newest first."},
    {"name": "ledger", "description": "What happened: for auditors, and for patients in their own chart."},
    {"name": "health", "description": "For those who run it."},
]


async def _answer_http_exception(request: Request, error: Exception) -> Response:
    """Answer what Starlette itself refuses: an unknown address or method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    known: dict[int, Callable[[], ApiError]] = {404: NotFound, 405: MethodNotAllowed}
    answer = problem_response(known.get(status, InternalError)(), request_id_of(request))
    if isinstance(error, HTTPException):
        answer.headers.update(error.headers or {})
    return answer


async def _answer_api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101  registered for this class
    return problem_response(error, request_id_of(request))


async def _answer_exception(request: Request, error: Exception) -> Response:
    logs.event("failed", logs.ERROR, failed=error, request_id=request_id_of(request))
    return problem_response(InternalError(), request_id_of(request))
