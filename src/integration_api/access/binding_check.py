"""Checking the rows that decide access: that each has the binding of its content, and that the ledger accounts for it.

It reads one clinic after the other, a page at a time, beside a running server. A finding names table and id, never a
value of the row. A change and its ledger row are committed together and read together, so there is no false alarm.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel, create_model
from sqlmodel import SQLModel

from integration_api.access.bindings import COVERED, STATES, Bindings, Facts, fact, state_range
from integration_api.access.factor_tables import FactorTable
from integration_api.access.tables import (
    AccountTable,
    CareTeamTable,
    ClinicTable,
    ExternalIdentityTable,
    InvitationTable,
    ReadingTokenTable,
    SignInTable,
)
from integration_api.ledger.statements import next_clinic
from integration_api.ledger.tables import LedgerTable
from integration_api.ledger.verify import Report
from integration_api.storage.database import Database
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of

PAGE_ROWS = 500
NEWEST = "newest"
"""The name of the column with the newest digest that the ledger holds of a row."""
_FIRST_ID = UUID(int=0)
_CHECKING = "the command line of who runs the service; it tells tables and ids of rows, nothing else of them"
_ledger, _sign_ins, _invitations = table_of(LedgerTable), table_of(SignInTable), table_of(InvitationTable)

NEXT_CLINIC = next_clinic(table_of(ClinicTable))


class Check(Read[BaseModel]):
    """A Statement that reads a page of a table's rows in the order of their ids, for `check_access`."""

    def __init__(self, model: type[SQLModel], *only: sa.ColumnElement[bool]) -> None:
        """Read the rows that are `only` so: what a binding covers, the binding, and the ledger's newest digest."""
        table = table_of(model)
        self.table, self.has_binding = table.name, "binding" in table.c
        names = [name for name in ("clinic_id", "id", *COVERED[table.name], "binding") if name in table.c]
        columns: list[sa.ColumnElement[Any]] = [table.c[name] for name in names]
        if table.name in STATES:
            columns.append(_newest_of(table))
            names.append(NEWEST)
        is_next = table.c.id > param("last_id", table.c.id)
        query = (
            sa.select(*columns)
            .where(table.c.clinic_id == param("clinic_id", table.c.clinic_id), is_next, *only)
            .order_by(table.c.id)
            .limit(sa.bindparam("page_rows", type_=sa.Integer()))
        )
        fields: dict[str, tuple[type, object]] = dict.fromkeys(names, (object, ...))
        row: type[BaseModel] = create_model("CheckedRow", **fields)  # type: ignore[call-overload]  # fields by their names
        super().__init__(f"check_{table.name}", query, row, Scope.SYSTEM, _CHECKING)


def _newest_of(table: sa.Table) -> sa.ColumnElement[Any]:
    """Return the greatest digest of this kind that the ledger holds about a row."""
    since, below = state_range(table.name)
    return (
        sa.select(_ledger.c.digest)
        .where(
            _ledger.c.clinic_id == param("clinic_id", _ledger.c.clinic_id),
            _ledger.c.subject_id == table.c.id,
            _ledger.c.digest >= sa.literal(since, sa.LargeBinary()),
            _ledger.c.digest < sa.literal(below, sa.LargeBinary()),
        )
        .order_by(_ledger.c.digest.desc())
        .limit(1)
        .scalar_subquery()
        .label(NEWEST)
    )


CHECKS = (
    Check(AccountTable),
    Check(CareTeamTable, table_of(CareTeamTable).c.ended_at.is_(None)),
    Check(ExternalIdentityTable),
    Check(FactorTable),
    Check(
        InvitationTable,
        _invitations.c.accepted_at.is_(None),
        _invitations.c.expires_at > param("now", _invitations.c.expires_at),
    ),
    Check(ReadingTokenTable),
    Check(SignInTable, _sign_ins.c.revoked_at.is_(None), _sign_ins.c.expires_at > param("now", _sign_ins.c.expires_at)),
)
"""The tables of this package. What has ended lets nobody in, and is not looked at."""


async def check_access(database: Database, bindings: Bindings, checks: Sequence[Check], now: datetime) -> list[Report]:
    """Check every clinic, one after the other. Raises DatabaseDown."""
    reports, last = [], _FIRST_ID
    while found := await database.one(NEXT_CLINIC, {"last_clinic_id": last}):
        last = found.clinic_id
        reports.append(await check_clinic(database, last, bindings, checks, now))
    return reports


async def check_clinic(
    database: Database, clinic_id: UUID, bindings: Bindings, checks: Sequence[Check], now: datetime
) -> Report:
    """Check the rows of one clinic. Raises DatabaseDown."""
    report = Report(clinic_id)
    for check in checks:
        try:
            await _check_table(database, report, bindings, check, now)
        except (ValueError, KeyError, TypeError, AttributeError) as error:  # what a driver says of a value
            report.find(f"{check.table}: a value cannot be read ({type(error).__name__})")
    return report


async def _check_table(database: Database, report: Report, bindings: Bindings, check: Check, now: datetime) -> None:
    values: dict[str, object] = {"clinic_id": report.clinic_id, "now": now, "page_rows": PAGE_ROWS}
    last: object = _FIRST_ID
    while rows := await database.all(check, {**values, "last_id": last}):
        report.rows += len(rows)
        for row in rows:
            if fault := fault_of(bindings, check, row):
                report.find(f"{check.table} {fact(row, 'id')} {fault}")
        last = fact(rows[-1], "id")


def fault_of(bindings: Bindings, check: Check, row: Facts) -> str | None:
    """Return what is wrong with a row, or None."""
    table = check.table
    if check.has_binding and not bindings.holds(table, row):
        return "was moved, edited or inserted by hand: it does not have the binding of its content"
    if table not in STATES:
        return None
    newest, expected = fact(row, NEWEST), bindings.of(table, row)
    if newest is None:  # a review is accounted for; opening is, by the grant
        is_new = table == "emergency_accesses" and fact(row, "version") == 1 and fact(row, "outcome") is None
        return None if is_new else "is accounted for by no row of the ledger"
    return None if newest == expected else "is not as the newest row of the ledger about it says"
