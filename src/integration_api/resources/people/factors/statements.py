"""Statements of one's own second factors and recovery codes."""

import sqlalchemy as sa

from integration_api.access.factor_tables import FactorTable, RecoveryCodeTable
from integration_api.access.tables import AccountTable
from integration_api.access.visible import actor_is_current, in_clinic, insert_for_clinic
from integration_api.resources.people.sign_in.second_factor_statements import UnusedCode
from integration_api.storage.statements import Change, Read, Scope, insert_rows, next_version, param
from integration_api.storage.tables import table_of

_factors = table_of(FactorTable)
_codes = table_of(RecoveryCodeTable)
_accounts = table_of(AccountTable)
_me = sa.bindparam("actor_id", type_=sa.Uuid())

INSERT_FACTOR = Change("insert_factor", insert_for_clinic(FactorTable), Scope.CLINIC)

INSERT_FIRST_FACTOR = Change(
    "insert_first_factor",
    insert_rows(FactorTable),
    Scope.SYSTEM,
    "people of the demo; run by the command line",
)

CONFIRM_FACTOR = Change(
    "confirm_factor",
    sa.update(_factors)
    .where(
        in_clinic(_factors),
        actor_is_current(),
        _factors.c.account_id == _me,
        _factors.c.id == param("id", _factors.c.id),
        _factors.c.confirmed_at.is_(None),
    )
    .values(
        confirmed_at=param("now", _factors.c.confirmed_at),
        last_used_at=param("now", _factors.c.last_used_at),
        last_step=param("last_step", _factors.c.last_step),
    ),
    Scope.CLINIC,
)

_other = _factors.alias("other_factor")

DELETE_FACTOR = Change(
    "delete_factor",
    sa.delete(_factors).where(
        in_clinic(_factors),
        actor_is_current(),
        _factors.c.account_id == _me,
        _factors.c.id == param("id", _factors.c.id),
        sa.or_(
            sa.bindparam("may_be_last", type_=sa.Boolean()),
            _factors.c.confirmed_at.is_(None),
            sa.select(sa.literal_column("1"))
            .where(
                _other.c.clinic_id == sa.bindparam("actor_clinic_id", type_=sa.Uuid()),
                _other.c.account_id == _me,
                _other.c.id != param("id", _factors.c.id),
                _other.c.confirmed_at.is_not(None),
            )
            .exists(),
        ),
    ),
    Scope.CLINIC,
)

FACTOR_WENT = Change(
    "factor_went",
    sa.update(_accounts)
    .where(
        in_clinic(_accounts),
        actor_is_current(),
        _accounts.c.id == _me,
        _accounts.c.version == param("expected_version", _accounts.c.version),
    )
    .values(next_version(_accounts, ())),
    Scope.CLINIC,
)
"""With a factor that counted, the account's version moves on. If two factors are removed at the same time, one of the
two requests does not find the version that it read."""

DELETE_UNCONFIRMED = Change(
    "delete_unconfirmed_factors",
    sa.delete(_factors).where(
        in_clinic(_factors), actor_is_current(), _factors.c.account_id == _me, _factors.c.confirmed_at.is_(None)
    ),
    Scope.CLINIC,
)

# ── recovery codes ──

UNUSED_CODES = Read(
    "unused_recovery_codes",
    sa.select(_codes.c.id).where(
        in_clinic(_codes), actor_is_current(), _codes.c.account_id == _me, _codes.c.used_at.is_(None)
    ),
    UnusedCode,
    Scope.CLINIC,
)

INSERT_CODE = Change("insert_recovery_code", insert_for_clinic(RecoveryCodeTable), Scope.CLINIC)

DELETE_CODES = Change(
    "delete_recovery_codes",
    sa.delete(_codes).where(in_clinic(_codes), actor_is_current(), _codes.c.account_id == _me),
    Scope.CLINIC,
)
