"""Statements of safeguarding reports. No scope of a chart or a role opens one: a row is held to three accounts."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from integration_api.access.audience import declare
from integration_api.access.tables import AccountState, AccountTable
from integration_api.access.visible import (
    actor_is_current,
    at_version,
    clinic_rows,
    in_clinic,
    insert_for_clinic,
    key_stands,
    to_key,
)
from integration_api.ledger.changes import Changed, Channel
from integration_api.resources.attention.flags.tables import DesignationRow, DesignationTable
from integration_api.resources.people.safeguarding_reports.rules import SafeguardingPlace
from integration_api.resources.people.safeguarding_reports.tables import (
    SafeguardingReportFactsRow,
    SafeguardingReportRow,
    SafeguardingReportTable,
)
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, next_version, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

KIND = "safeguarding_report"
PARTIES = "a safeguarding report is its reporter's, the lead's and the deputy's whom it was sent to"
_reports, _designations = table_of(SafeguardingReportTable), table_of(DesignationTable)
_accounts = table_of(AccountTable).alias("designated_account")
_ACTOR_ID = sa.bindparam("actor_id", type_=sa.Uuid())
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")


# ── designations ──


class SeenDesignation(DesignationRow):
    """A designation, and whether the accounts of the lead and the deputy stand."""

    lead_stands: bool
    deputy_stands: bool


def _stands(account_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return (
        sa.select(_ONE)
        .where(
            in_clinic(_accounts),
            _accounts.c.id == account_id,
            _accounts.c.state == AccountState.ACTIVE,
            _accounts.c.patient_id.is_(None),
        )
        .exists()
    )


READ_DESIGNATION = Read(
    "read_safeguarding_designation",
    clinic_rows(
        DesignationTable,
        _stands(_designations.c.lead_id).label("lead_stands"),
        _stands(_designations.c.deputy_id).label("deputy_stands"),
    )
    .where(_designations.c.version > 0)
    .order_by(_designations.c.version.desc())
    .limit(1),
    SeenDesignation,
    Scope.CLINIC,
)
"""The newest version; no row if nobody was ever designated."""
INSERT_DESIGNATION = Change("insert_safeguarding_designation", insert_for_clinic(DesignationTable), Scope.CLINIC)

# ── reports ──

_FACTS = tuple(_reports.c[name] for name in SafeguardingReportFactsRow.model_fields)
_handled = sa.or_(_reports.c.lead_id == _ACTOR_ID, _reports.c.deputy_id == _ACTOR_ID)
_is_it = _reports.c.id == param("id", _reports.c.id)


def readable(reports: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match reports that the actor may read now: as the reporter, the lead or the deputy."""
    is_party = sa.or_(*(reports.c[name] == _ACTOR_ID for name in ("reporter_id", "lead_id", "deputy_id")))
    return sa.and_(is_party, key_stands(reports.c.id))


READ_REPORT = Read(
    "read_safeguarding_report",
    clinic_rows(SafeguardingReportTable).where(_is_it, readable(_reports)),
    SafeguardingReportRow,
    Scope.CLINIC,
    PARTIES,
)
READ_HANDLED_REPORT = Read(
    "read_handled_safeguarding_report",
    clinic_rows(SafeguardingReportTable).where(_is_it, _handled),
    SafeguardingReportRow,
    Scope.CLINIC,
    "only the lead and the deputy whom it was sent to handle it",
)


def _list(place: SafeguardingPlace, column: sa.ColumnElement[Any]) -> Read[SafeguardingReportFactsRow]:
    """Return the Statement that lists the reports in which the actor has this place."""
    return Read(
        f"list_safeguarding_reports_as_{place.value}",
        newest_first(
            sa.select(*_FACTS, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY))
            .join(*to_key(_reports))
            .where(in_clinic(_reports), actor_is_current(), column == _ACTOR_ID),
            _reports.c.created_at,
            _reports.c.id,
        ),
        SafeguardingReportFactsRow,
        Scope.CLINIC,
        PARTIES,
    )


LIST_AS_REPORTER = _list(SafeguardingPlace.REPORTER, _reports.c.reporter_id)
LIST_AS_LEAD = _list(SafeguardingPlace.LEAD, _reports.c.lead_id)
LIST_AS_DEPUTY = _list(SafeguardingPlace.DEPUTY, _reports.c.deputy_id)
INSERT_REPORT = Change(
    "insert_safeguarding_report",
    insert_for_clinic(
        SafeguardingReportTable,
        sa.bindparam("reporter_id", type_=sa.Uuid()) == _ACTOR_ID,
    ),
    Scope.CLINIC,
    "the actor's own report; its key is made in the same step",
)


def _update(*columns: str) -> sa.Update:
    """UPDATE these columns of a report that the actor handles, at `expected_version`."""
    return (
        sa.update(_reports)
        .where(
            in_clinic(_reports),
            actor_is_current(),
            *at_version(SafeguardingReportTable),
            _handled,
            key_stands(_reports.c.id),
        )
        .values(next_version(_reports, columns))
    )


UPDATE_REPORT = Change("update_safeguarding_report", _update("state", "moved_at", "handling"), Scope.CLINIC, PARTIES)
HAND_OVER_REPORT = Change("hand_over_safeguarding_report", _update("lead_id", "deputy_id"), Scope.CLINIC, PARTIES)


def _to_parties(row: SafeguardingReportFactsRow, _: object) -> Iterator[Changed]:
    """Yield the accounts of the reporter, the lead and the deputy, each once, and nobody else."""
    for account_id in dict.fromkeys((row.reporter_id, row.lead_id, row.deputy_id)):
        if account_id is not None:
            yield Changed(KIND, row.id, Channel.ACCOUNT, account_id=account_id)


def _of_clinic(row: DesignationRow, _: object) -> tuple[Changed, ...]:
    """Return the clinic itself: the designation is read with it, and everybody sees it."""
    return (Changed("clinic", row.clinic_id, Channel.CLINIC),)


declare(SafeguardingReportTable, _to_parties)
declare(DesignationTable, _of_clinic)
