"""The command line: `integration-api serve | init | migrate | demo | openapi`."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from integration_api import catalogues
from integration_api.app import NotAtHead, create_app
from integration_api.core import logs, migrations
from integration_api.settings import MasterKeyMissing, Settings

__all__ = ["main"]

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="The Integration Journal API.")
GRACE_SECONDS = 8


@cli.command()
def serve() -> None:
    """Serve the API."""
    settings = Settings()
    logs.configure(settings.log_level)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


@cli.command()
def migrate() -> None:
    """Bring the database to the revision this program needs."""
    settings = Settings()
    if settings.database_url is None:
        settings.make_master_key()
        migrations.migrate_sqlite(settings.sqlite_path)
    else:
        asyncio.run(migrations.migrate_postgres(settings.database_url.get_secret_value()))
    typer.echo(f"database at {migrations.head()}")


@cli.command()
def openapi(
    write: Annotated[bool, typer.Option(help="Write openapi.json and the catalogues in docs/.")] = False,
) -> None:
    """Print the OpenAPI document."""
    if write:
        catalogues.write(Path.cwd())
    else:
        sys.stdout.write(catalogues.documents()[Path("openapi.json")])


def main() -> None:
    """Run the command line; an expected failure is one line, not a trace."""
    try:
        cli()
    except (MasterKeyMissing, NotAtHead, ValueError) as error:
        typer.echo(f"integration-api: {error}", err=True)
        raise SystemExit(1) from error
