"""Runs migrations on the connection that `integration_api.storage.migrations` hands over."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlalchemy import inspect
from sqlmodel.sql.sqltypes import AutoString

from integration_api.ledger.protection import ONLY_GROW, refuse_statements
from integration_api.resources.register import metadata
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


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata(),
    compare_type=True,
    compare_server_default=True,
    render_as_batch=True,
    render_item=render_item,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
if connection.dialect.name == "sqlite" and set(ONLY_GROW) <= set(inspect(connection).get_table_names()):
    for statement in refuse_statements():
        connection.exec_driver_sql(statement)
