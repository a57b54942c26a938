"""The application: its routes, its errors, and the resources that it opens at start and closes at the end."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from integration_api import __version__
from integration_api.access import sandbox_clock
from integration_api.access.bindings import Bindings
from integration_api.access.countries import remember_countries
from integration_api.access.current import Reader, reading_path
from integration_api.access.external import ExternalIssuer
from integration_api.access.issuer import Issuer, Trust
from integration_api.access.password_hashes import Passwords
from integration_api.access.route import ActionRoute
from integration_api.access.runtime import RelyingParty, Runtime
from integration_api.access.tokens import Tokens
from integration_api.background_jobs import running_jobs
from integration_api.core import logs
from integration_api.core.clock import Clock, system_clock
from integration_api.core.collector import spare_the_collector
from integration_api.fhir import bundles
from integration_api.fhir.bulk_router import router as bulk_router
from integration_api.fhir.operation_outcomes import Outcomes
from integration_api.fhir.router import router as fhir_router
from integration_api.fhir.token_router import router as token_router
from integration_api.ledger.seal import Signer
from integration_api.ledger.sealer import Sealer, sealing
from integration_api.ledger.watch import Watch, sealing_soon, watching
from integration_api.resources import health
from integration_api.resources.delivery.channels.means import means_of
from integration_api.resources.health import check_revision
from integration_api.resources.register import RESOURCES, subjects
from integration_api.server.admission import LoadShedder
from integration_api.server.client_address import networks
from integration_api.server.wire import Wire
from integration_api.settings import Settings
from integration_api.storage.batching import PLAIN_PARTS, Parts
from integration_api.storage.database import Database, DatabaseDown, DatabaseUnfit, Driver
from integration_api.storage.fittings import PLAIN, Fittings
from integration_api.storage.keys import unlock
from integration_api.storage.postgres import PostgresDriver
from integration_api.storage.sqlite import SqliteDriver, explained
from integration_api.storage.statements import compile_all
from integration_api.storage.vault import Vault
from integration_api.telemetry.choice import Telemetry, telemetry_of
from integration_api.web import app_errors, docs
from integration_api.web.cors import Cors
from integration_api.web.etag import version_of_whole
from integration_api.web.openapi import builder
from integration_api.web.routing import Router
from integration_api.web.static_files import StaticFiles, front_ends

PREFIX = "/v1"
DESCRIPTION = """The back end of integration work in ketamine-assisted therapy: session notes, patient reflections and
coping plans, for any front end. Errors are `application/problem+json` (RFC 9457) with a stable `code`. Single
resources carry an `ETag`; changing one needs it as `If-Match`. Every method that writes takes an `Idempotency-Key`.
Lists are `{items, next_cursor}`. `HEAD` is answered wherever `GET` is; `OPTIONS` names the methods of an address.
Nothing here gives dosing advice."""

HEALTH_TAG = {"name": "health", "description": "Probes and the version, for the people who run the process."}
SHED_LAST = frozenset({"/v1/crisis-resources"})
PROBES = frozenset({health.LIVE, health.READY})
HELP = frozenset({"/v1/help"})
SHED_NEVER = PROBES | HELP
"""PROBES: paths that are logged at DEBUG, for probes ask them all the time. HELP: paths whose bodies nobody reads."""


@asynccontextmanager
async def open_database(settings: Settings, fittings: Fittings = PLAIN) -> AsyncIterator[Database]:
    """Open database and vault; refuse a database that is not at head, or whose master key is another.

    Raises MasterKeyMissing, NotAtHead, MasterKeyWrong, DatabaseDown, DatabaseUnfit.
    """
    previous = settings.previous_key_source
    vault = Vault(settings.key_source.read(), previous.read() if previous else None)
    driver = fittings.around(driver_of(settings, fittings.parts))
    database = fittings.database(driver, vault)
    try:
        await driver.open()
        try:
            await check_revision(database)
            await unlock(database, system_clock())
        except BaseException:
            await driver.close()
            raise
    except DatabaseDown as error:
        if not settings.is_embedded or isinstance(error, DatabaseUnfit):
            raise
        raise explained(settings.sqlite_path, error.reason) from error
    try:
        yield database
    finally:
        await driver.close()


def driver_of(settings: Settings, parts: Parts = PLAIN_PARTS) -> Driver:
    """Return the driver of the configured database, not opened yet. Raises DatabaseUnfit."""
    wait_seconds = settings.database_wait_seconds
    if settings.database_url is None:
        return SqliteDriver(settings.sqlite_path, wait_seconds, parts)
    url, size = settings.database_url.get_secret_value(), settings.postgres_connections
    return PostgresDriver(url, size, settings.postgres_apply, wait_seconds, parts)


@asynccontextmanager
async def open_runtime(
    settings: Settings, clock: Clock = system_clock, fittings: Fittings = PLAIN
) -> AsyncIterator[Runtime]:
    """Open the objects that every unit of work uses. Raises as `open_database`."""
    async with open_database(settings, fittings) as database:
        clock = await sandbox_clock.clock_of_database(database, clock)
        written: set[UUID] = set()
        sealer = Sealer(database, clock, Signer(database.vault.derive("ledger-signing")))
        seal = sealing_soon(sealer, written) if settings.seal_seconds else None
        passwords = Passwords(settings.argon2_memory_kib, database.vault.derive("password-pepper"))
        objects = settings.objects
        try:
            yield Runtime(
                database=database,
                vault=database.vault,
                clock=clock,
                tokens=Tokens(database.vault.derive("access-token")),
                passwords=passwords,
                cursor_key=database.vault.derive("cursor"),
                refresh_key=database.vault.derive("refresh-token"),
                relying_party=RelyingParty(settings.passkey_rp_id, settings.passkey_origins),
                throttle_key=database.vault.derive("throttle"),
                retry_key=database.vault.derive("retry"),
                calendar_key=database.vault.derive("calendar"),
                mail_key=database.vault.derive("mailed-code"),
                bindings=Bindings(database.vault.derive("binding")),
                watch=Watch(database, seal, settings.max_streams),
                objects=objects,
                written=written,
                external=_external(settings),
                trusted_proxies=networks(settings.trusted_proxies),
                webhook_test_hosts=frozenset(settings.webhook_test_hosts),
                public_url=settings.public_url,
                backup_runs=settings.runs_dir if settings.is_embedded else None,
                means=means_of(settings, database.vault),
            )
        finally:
            passwords.close()
            objects.close()


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


def create_app(
    settings: Settings | None = None, clock: Clock = system_clock, sandbox: APIRouter | None = None
) -> FastAPI:
    """Make the ASGI application; `sandbox` has its routes. Raises TypeError if a route names no operation."""
    settings = settings or Settings()
    telemetry = telemetry_of(settings, {key: route.name for key, route in _routes(sandbox).items()})

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_runtime(settings, clock, telemetry.fittings) as runtime,
            telemetry.running(settings, runtime),
            sealing(sealer_of(runtime), runtime.written, settings.seal_seconds),
            watching(runtime.watch),
            running_jobs(runtime, settings),
            sandbox_clock.following(runtime.clock),
        ):
            await sandbox_clock.check_kind(runtime.database, is_sandbox=sandbox is not None)
            app.state.runtime = runtime
            await remember_countries(runtime)
            spare_the_collector()
            logs.event("started", version=__version__, database=runtime.database.driver.dialect, process=os.getpid())
            yield
        logs.event("stopped")
        logs.write_out()

    app = FastAPI(
        title="Integration Journal API",
        version=__version__,
        description=DESCRIPTION,
        lifespan=lifespan,
        servers=[{"url": "/", "description": "The server that this document came from."}],
        contact={"name": "The people who run this installation"},
        license_info={"name": "No licence has been granted", "identifier": "LicenseRef-None"},
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        openapi_tags=[*(dict(resource.tag) for resource in RESOURCES), HEALTH_TAG],
        telemetry={"tracing": False, "metrics": False, "logs": False},  # nobody decided what of a chart may leave so
    )
    app.include_router(health.router)
    for resource in RESOURCES:
        app.include_router(resource.router, prefix=PREFIX, tags=[resource.tag["name"]])
    if settings.docs:
        app.router.routes.extend(docs.routes(app, subjects()))
    app_errors.handle(app)
    public = {route.name: route.operation.takes_any_token for route in action_routes() if route.operation.is_public}
    app.openapi = builder(app, public)  # type: ignore[method-assign]  # the way FastAPI documents
    # FastAPI's own layers stand behind the router: they see only what is no operation.
    others = app.build_middleware_stack()
    compile_all("sqlite" if settings.is_embedded else "postgresql")
    router = Router(others, _operations(sandbox, telemetry))
    shedder = LoadShedder(settings.max_in_flight, SHED_LAST, SHED_NEVER)
    wire = telemetry.counted(Wire(Outcomes(router, bundles.PATH), shedder, PROBES, HELP))
    core = sandbox_clock.Following(wire, lambda: app.state.runtime.clock) if sandbox else wire
    served = Cors(core, settings.browser_origins) if settings.browser_origins else core
    app.middleware_stack = StaticFiles(served, front_ends()) if settings.front_ends else served
    return app


def action_routes() -> list[ActionRoute]:
    """Return every operation of the product, in order."""
    routes = [route for router in (health.router, *_routers()) for route in router.routes]
    strangers = [route for route in routes if not isinstance(route, ActionRoute)]
    if strangers:
        msg = f"{strangers} name no operation"
        raise TypeError(msg)
    return [route for route in routes if isinstance(route, ActionRoute)]


def fhir_routes() -> list[ActionRoute]:
    """Return the operations of FHIR and of its tokens, which its own CapabilityStatement describes."""
    routes = [*fhir_router.routes, *bulk_router.routes, *token_router.routes]
    return [route for route in routes if isinstance(route, ActionRoute)]


def _routers() -> list[APIRouter]:
    return [resource.router for resource in RESOURCES]


def _routes(sandbox: APIRouter | None) -> dict[tuple[str, str], ActionRoute]:
    """Return every operation's route by method and path."""
    found: dict[tuple[str, str], ActionRoute] = {}
    mounted = [
        ("", health.router),
        *((PREFIX, router) for router in _routers()),
        (bundles.PATH, fhir_router),
        (bundles.PATH, bulk_router),
        ("", token_router),
    ]
    for prefix, router in [*mounted, (PREFIX, sandbox)] if sandbox else mounted:
        for route in router.routes:
            if isinstance(route, ActionRoute):
                found |= {(method, prefix + route.path): route for method in route.methods or ()}
    return found


def _operations(sandbox: APIRouter | None, telemetry: Telemetry) -> dict[tuple[str, str], ASGIApp]:
    """Return every operation by method and path, each with the GET of what it changes."""
    found = _routes(sandbox)
    models = {path: route.response_model for (method, path), route in found.items() if method == "GET"}
    for (_, path), route in found.items():
        is_of_whole = any(d.call is version_of_whole for d in route.dependant.dependencies)
        reading = reading_path(path, models, is_of_whole=is_of_whole)
        route.reader = Reader(found["GET", reading].answer, reading.count("/") + 1) if reading else None
    return {key: telemetry.traced(route) for key, route in found.items()}
