"""The application's PostgreSQL role, with the rights that the Statements need and no others.

The rights come from the list of all Statements: SELECT on each table that one reads, INSERT on each that one fills. The
role owns nothing, creates nothing, and has no right to a table that no Statement touches.
"""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import TableClause

from integration_api.storage.postgres_url import connect_without_timeout
from integration_api.storage.statements import STATEMENTS, Statement, Upsert


class RoleUnfit(ValueError):
    """The role is not fit for the application; the message says why."""


def rights() -> dict[str, set[str]]:
    """Return the rights that all Statements need, by table. Every module with Statements must be loaded."""
    found: dict[str, set[str]] = {}
    for statement in STATEMENTS.values():
        for table, verbs in rights_of(statement).items():
            found.setdefault(table, set()).update(verbs)
    return found


def rights_of(statement: Statement) -> Mapping[str, set[str]]:
    """Return the rights that one Statement needs, by table."""
    query, found = statement.query, dict[str, set[str]]()
    target = query.table if isinstance(query, sa.Insert | sa.Update | sa.Delete) else None
    verb = type(query).__name__.upper()
    if isinstance(target, TableClause):
        # An UPDATE or DELETE reads the columns of its WHERE; a plain INSERT reads nothing.
        found[target.name] = {verb} if verb == "INSERT" else {verb, "SELECT"}
        if isinstance(statement, Upsert):
            found[target.name] = {verb, "UPDATE", "SELECT"}
    inserted = target if verb == "INSERT" else None
    for element in visitors.iterate(query):  # type: ignore[arg-type]  # every Core construct is visitable
        owner = element.table if isinstance(element, sa.ColumnClause) else element
        while isinstance(owner, sa.Alias):
            owner = owner.element
        if isinstance(owner, TableClause) and owner is not inserted:
            found.setdefault(owner.name, set()).add("SELECT")
    return found


_FACTS = """
SELECT rolsuper OR rolbypassrls OR rolreplication AS is_mighty, rolcreaterole OR rolcreatedb AS creates,
       rolname = current_user OR pg_has_role(oid, current_user, 'MEMBER') AS is_owner,
       EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid) AS owns, quote_ident(rolname) AS quoted
FROM pg_roles WHERE rolname = $1
"""


async def grant_role(url: str, role: str, only_grow: Collection[str]) -> dict[str, set[str]]:
    """Give an existing role its rights and revoke all others. Run as the owner of the tables.

    The role can only read and insert rows of the tables in `only_grow`. Raises RoleUnfit, DatabaseDown.
    """
    connection = await connect_without_timeout(url)
    try:
        facts = await connection.fetchrow(_FACTS, role)
        if facts is None:
            msg = f"there is no role {role}; make it first: CREATE ROLE {role} LOGIN PASSWORD '…'"
            raise RoleUnfit(msg)
        for name, why in _UNFIT.items():
            if facts[name]:
                msg = f"the role {role} {why}; the application needs one of its own"
                raise RoleUnfit(msg)
        wanted = rights()
        for table in only_grow:
            if wanted[table] - {"SELECT", "INSERT"}:
                msg = f"a Statement changes rows of {table}, which only grows"
                raise RoleUnfit(msg)
        quoted, database = facts["quoted"], await connection.fetchval("SELECT quote_ident(current_database())")
        async with connection.transaction():
            await connection.execute(
                f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {quoted};"
                f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {quoted}; GRANT USAGE ON SCHEMA public TO {quoted};"
                f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {quoted};"
                f"GRANT CONNECT ON DATABASE {database} TO {quoted};"
                + ";".join(
                    f'GRANT {", ".join(sorted(verbs))} ON public."{table}" TO {quoted}'
                    for table, verbs in sorted(wanted.items())
                )
            )
    finally:
        await connection.close()
    return wanted


_UNFIT = {
    "is_mighty": "is a superuser, passes row security or replicates",
    "creates": "may make roles or databases",
    "is_owner": "is the one that owns the tables, or a member of it",
    "owns": "owns tables",
}
