"""Visibility: SQL expressions for "the actor is signed in now" and "the actor may see this chart now".

Their parameters come from the unit of work, never from a slice (`values_of`):

- of the actor: `actor_clinic_id`, `actor_id`, `actor_sign_in_id`, `actor_epoch`, `actor_is_supervisor`,
  `actor_is_program`, and `now`;
- of the policy's grant for the Action: `scope_clinic`, `scope_team`, and `scope_patient_id` (the actor's own chart).
"""

from collections.abc import Callable, Container, Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from integration_api.access.actor import Actor, Role
from integration_api.access.policy import Grant
from integration_api.access.tables import AccountState, AccountTable, CareTeamBasis, CareTeamTable, SignInTable
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, insert_rows, next_version
from integration_api.storage.tables import key_owner, table_of
from integration_api.web.paging import newest_first

InOrder = Callable[[sa.Select[Any], sa.ColumnElement[Any], sa.ColumnElement[Any]], sa.Select[Any]]
"""The order of a list: `newest_first` or `oldest_first` of `web/paging.py`."""

_accounts = table_of(AccountTable)
_sign_ins = table_of(SignInTable)
_care_team = table_of(CareTeamTable)

_clinic_id = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_actor_id = sa.bindparam("actor_id", type_=sa.Uuid())
_sign_in_id = sa.bindparam("actor_sign_in_id", type_=sa.Uuid())
_epoch = sa.bindparam("actor_epoch", type_=sa.Integer())
_now = sa.bindparam("now", type_=_care_team.c.ends_at.type)
_scope_clinic = sa.bindparam("scope_clinic", type_=sa.Boolean())
_scope_team = sa.bindparam("scope_team", type_=sa.Boolean())
_scope_patient_id = sa.bindparam("scope_patient_id", type_=sa.Uuid())
_team, _standing_keys = _care_team.alias("actor_team"), VAULT_KEYS.alias("standing_key")
_members = _care_team.alias("actor_membership")
"""One alias each for all Statements, because every alias copies all columns of its table."""


def values_of(actor: Actor | None, grant: Grant | None, now: datetime) -> dict[str, object]:
    """Return the values of these parameters for what the policy grants the actor; `now` alone if it grants nothing."""
    if actor is None or grant is None:
        return {"now": now}
    return {
        "now": now,
        "actor_clinic_id": actor.clinic_id,
        "actor_id": actor.id,
        "actor_sign_in_id": actor.sign_in_id,
        "actor_epoch": actor.epoch,
        "actor_is_supervisor": Role.SUPERVISOR in actor.roles,
        "actor_is_program": actor.is_service,
        "scope_clinic": grant.is_clinic,
        "scope_team": grant.is_team,
        "scope_patient_id": actor.patient_id if grant.is_own else None,
    }


@cache
def actor_is_current() -> sa.ColumnElement[bool]:
    """Match if the sign-in stands and has not expired, the account is active, and its epoch is the token's."""
    sign_ins, accounts = _sign_ins.alias("actor_sign_in"), _accounts.alias("actor_account")
    return (
        sa.select(sa.literal_column("1"))
        .select_from(sign_ins)
        .join(
            accounts,
            sa.and_(accounts.c.clinic_id == sign_ins.c.clinic_id, accounts.c.id == sign_ins.c.account_id),
        )
        .where(
            sign_ins.c.clinic_id == _clinic_id,
            sign_ins.c.id == _sign_in_id,
            sign_ins.c.account_id == _actor_id,
            sign_ins.c.expires_at > _now,
            sign_ins.c.revoked_at.is_(None),
            accounts.c.state == AccountState.ACTIVE,
            accounts.c.epoch == _epoch,
        )
        .exists()
    )


def is_granted_now(team: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match a care-team grant that has begun and has not ended."""
    return sa.and_(
        team.c.started_at <= _now, team.c.ended_at.is_(None), sa.or_(team.c.ends_at.is_(None), team.c.ends_at > _now)
    )


def was_granted(team: sa.FromClause, at: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Match a care-team grant that held at another instant."""
    ends = [sa.or_(team.c[name].is_(None), team.c[name] > at) for name in ("ends_at", "ended_at")]
    return sa.and_(team.c.started_at <= at, *ends)


def visible(patient_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match a patient whose chart the actor may see now, in this clinic, for this Action."""
    on_team = (
        sa.select(sa.literal_column("1"))
        .where(
            _team.c.clinic_id == _clinic_id,
            _team.c.patient_id == patient_id,
            _team.c.account_id == _actor_id,
            is_granted_now(_team),
        )
        .exists()
    )
    return sa.and_(
        actor_is_current(),
        sa.or_(patient_id == _scope_patient_id, _scope_clinic, sa.and_(_scope_team, on_team)),
    )


def is_member_now(patient_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match a patient on whose care team the actor is now, other than by emergency access."""
    team = _members
    return (
        sa.select(sa.literal_column("1"))
        .where(
            team.c.clinic_id == _clinic_id,
            team.c.patient_id == patient_id,
            team.c.account_id == _actor_id,
            team.c.basis == CareTeamBasis.TEAM,
            is_granted_now(team),
        )
        .exists()
    )


def manages(patient_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match a patient whose care team the actor may change: as a member of it, or as an admin of the clinic."""
    return sa.or_(_scope_clinic, is_member_now(patient_id))


def in_clinic(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match rows of the actor's clinic."""
    return sa.and_(table.c.clinic_id == _clinic_id)


def key_stands(owner_id: sa.ColumnElement[UUID]) -> sa.ColumnElement[bool]:
    """Match an owner whose key exists. A process may have cached a destroyed key, whose ciphertext nobody can read."""
    keys = _standing_keys.c
    return sa.select(sa.literal_column("1")).where(keys.clinic_id == _clinic_id, keys.id == owner_id).exists()


def to_key(table: sa.Table) -> tuple[sa.Table, sa.ColumnElement[bool]]:
    """Return the join to the key of the table's text. A row without its key is not found."""
    owner = table.c[key_owner(table)]
    return VAULT_KEYS, sa.and_(VAULT_KEYS.c.clinic_id == table.c.clinic_id, VAULT_KEYS.c.id == owner)


def _with_key(table: sa.Table, *more: sa.ColumnElement[Any], without: Container[str] = ()) -> sa.Select[Any]:
    columns = (column for column in table.c if column.name not in without)
    return sa.select(*columns, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY), *more).join(*to_key(table))


def chart_rows(model: type[SQLModel], *more: sa.ColumnElement[Any], without: Container[str] = ()) -> sa.Select[Any]:
    """SELECT rows of charts that the actor may see, with the key of their text. Columns of `without` stay unread."""
    table = table_of(model)
    return _with_key(table, *more, without=without).where(in_clinic(table), visible(table.c[key_owner(table)]))


def clinic_rows(model: type[SQLModel], *more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """SELECT rows of the actor's clinic that belong to no chart, with the clinic's key."""
    table = table_of(model)
    return _with_key(table, *more).where(in_clinic(table), actor_is_current())


def insert_for_chart(model: type[SQLModel], *guards: sa.ColumnElement[bool]) -> sa.Insert:
    """INSERT one row of a chart that the actor may see now and that was not erased, if every guard holds."""
    patient_id = sa.bindparam("patient_id", type_=table_of(model).c.patient_id.type)
    is_of_clinic = sa.bindparam("clinic_id", type_=sa.Uuid()) == _clinic_id
    return insert_rows(model, is_of_clinic, visible(patient_id), key_stands(patient_id), *guards)


def insert_for_clinic(model: type[SQLModel], *guards: sa.ColumnElement[bool]) -> sa.Insert:
    """INSERT one row of the actor's clinic, if every guard holds."""
    return insert_rows(model, sa.bindparam("clinic_id", type_=sa.Uuid()) == _clinic_id, actor_is_current(), *guards)


def list_by_chart(
    model: type[SQLModel],
    at: str,
    *guards: sa.ColumnElement[bool],
    more: Iterable[sa.ColumnElement[Any]] = (),
    without: Container[str] = (),
    in_order: InOrder = newest_first,
) -> sa.Select[Any]:
    """SELECT a page of one chart's rows, newest first by column `at`; takes `patient_id` and the cursor.

    `more` are columns besides those of the table; those of `without` stay unread.
    """
    table = table_of(model)
    patient_id = sa.bindparam("patient_id", type_=table.c.patient_id.type)
    found = _with_key(table, *more, without=without).where(
        in_clinic(table), visible(patient_id), table.c.patient_id == patient_id, *guards
    )
    return in_order(found, table.c[at], table.c.id)


def list_by_team(
    model: type[SQLModel],
    at: str,
    *guards: sa.ColumnElement[bool],
    more: Iterable[sa.ColumnElement[Any]] = (),
    without: Container[str] = (),
    in_order: InOrder = newest_first,
) -> sa.Select[Any]:
    """SELECT a page of the rows of every chart that the actor may see, newest first by column `at`."""
    table = table_of(model)
    return in_order(chart_rows(model, *more, without=without).where(*guards), table.c[at], table.c.id)


def update_in_chart(model: type[SQLModel], columns: Iterable[str], *guards: sa.ColumnElement[bool]) -> sa.Update:
    """UPDATE these columns of one row (`id`, `patient_id`) of a visible chart at `expected_version`; raise the version.

    All encrypted columns are written with them, so give the whole changed row.
    """
    table = table_of(model)
    return (
        sa.update(table)
        .where(
            in_clinic(table),
            visible(table.c.patient_id),
            table.c.patient_id == sa.bindparam("patient_id", type_=table.c.patient_id.type),
            *at_version(model),
            key_stands(table.c.patient_id),
            *guards,
        )
        .values(next_version(table, columns))
    )


def delete_in_chart(model: type[SQLModel], *guards: sa.ColumnElement[bool]) -> sa.Delete:
    """DELETE rows of a visible chart (`patient_id`) for good, if every guard holds."""
    table = table_of(model)
    patient_id = sa.bindparam("patient_id", type_=table.c.patient_id.type)
    return sa.delete(table).where(
        in_clinic(table), visible(table.c.patient_id), table.c.patient_id == patient_id, *guards
    )


def at_version(model: type[SQLModel]) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Return the condition for one row (`id`) at the version that the caller read (`expected_version`)."""
    table = table_of(model)
    return (
        table.c.id == sa.bindparam("id", type_=table.c.id.type),
        table.c.version == sa.bindparam("expected_version", type_=table.c.version.type),
    )


def optional(column: sa.ColumnElement[Any], name: str | None = None) -> sa.ColumnElement[bool]:
    """Match a column against an optional filter; null matches all."""
    value = sa.bindparam(name or str(column.key), type_=column.type)
    is_any = sa.cast(value, sa.String) if isinstance(column.type, sa.Enum) else value  # an enum is bound untyped
    return sa.or_(is_any.is_(None), column == value)
