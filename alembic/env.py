"""Runs migrations on the connection that `integration_api.storage.migrations` hands over, or writes their SQL."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlmodel.sql.sqltypes import AutoString

from integration_api.ledger.protection import ONLY_GROW, refuse_statements
from integration_api.resources.register import metadata
from integration_api.storage.migrations import SERVES_SINCE, serves_from
from integration_api.storage.tables import EncryptedText, JsonText


def render_item(kind: str, item: object, autogen_context: Any) -> str | bool:
    """Write plain SQLAlchemy types into revisions, so that they do not depend on today's code."""
    if kind != "type":
        return False
    if isinstance(item, EncryptedText):
        return "sa.LargeBinary()"
    if isinstance(item, JsonText):
        return "sa.Text()"
    if isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    if type(item).__name__ == "UTCDateTime":
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.Enum):
        values = ", ".join(repr(value) for value in item.enums)
        return f"sa.Enum({values}, name={item.name!r}, native_enum=False, create_constraint=True, length=32)"
    return False


def protect(connection: sa.Connection) -> None:
    """Make the triggers of SQLite that are missing: a table that a revision makes anew loses them."""
    if connection.dialect.name == "sqlite" and set(ONLY_GROW) <= set(inspect(connection).get_table_names()):
        for statement in refuse_statements():
            connection.exec_driver_sql(statement)


def keep_what_is_served(ctx: MigrationContext, heads: Collection[str], **_: Any) -> None:
    """In the transaction of a revision: keep which servers may go on, and protect what the revision made anew."""
    if ctx.connection is None:
        return
    revision = max(heads, default="")
    if revision >= SERVES_SINCE:
        ctx.connection.execute(_KEEP, {"revision": serves_from(revision)})
    protect(ctx.connection)
    context.config.attributes["done"](1)


_KEEP = sa.text("UPDATE alembic_version SET serves_from = :revision")
if context.is_offline_mode():
    context.configure(dialect_name="postgresql", literal_binds=True, output_buffer=context.config.attributes["output"])
    context.run_migrations()
else:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata(),
        compare_type=True,
        compare_server_default=True,
        render_as_batch=True,
        render_item=render_item,
        transactional_ddl=True,
        transaction_per_migration=True,
        on_version_apply=keep_what_is_served,
    )
    with context.begin_transaction():
        context.run_migrations()
    protect(context.config.attributes["connection"])
