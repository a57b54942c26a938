"""Statements of notifications, as units of work of people collect them."""

from typing import Any

import sqlalchemy as sa

from integration_api.access.tables import AccountState, AccountTable
from integration_api.access.visible import actor_is_current, at_version, in_clinic, insert_for_clinic, visible
from integration_api.resources.attention.notifications.tables import (
    ChoicesRow,
    ChoicesTable,
    NotificationTable,
)
from integration_api.storage.statements import Change, Read, Scope, next_version, param
from integration_api.storage.tables import table_of

_choices, _notifications, _accounts = table_of(ChoicesTable), table_of(NotificationTable), table_of(AccountTable)
_ME = sa.bindparam("actor_id", type_=sa.Uuid())
_mine = sa.and_(in_clinic(_choices), actor_is_current(), _choices.c.id == _ME)

READ_CHOICES = Read("read_notification_choices", sa.select(*_choices.c).where(_mine), ChoicesRow, Scope.CLINIC)
INSERT_CHOICES = Change("insert_notification_choices", insert_for_clinic(ChoicesTable), Scope.CLINIC)
UPDATE_CHOICES = Change(
    "update_notification_choices",
    sa.update(_choices)
    .where(_mine, *at_version(ChoicesTable))
    .values(next_version(_choices, ("kinds", "by_email", "quiet_from", "quiet_until", "time_zone"))),
    Scope.CLINIC,
)
INSERT_NOTIFICATION = Change("insert_notification", insert_for_clinic(NotificationTable), Scope.CLINIC)

_patient_id = param("patient_id", _accounts.c.patient_id)
_account_of_patient = sa.select(_accounts.c.id).where(
    in_clinic(_accounts), _accounts.c.patient_id == _patient_id, _accounts.c.state == AccountState.ACTIVE
)
_has_chosen = (
    sa.select(sa.literal_column("1"))
    .where(in_clinic(_choices), _choices.c.id == _account_of_patient.scalar_subquery())
    .exists()
)
_values: dict[str, sa.ColumnElement[Any]] = {column.name: param(column.name, column) for column in _notifications.c}
_values["account_id"] = _account_of_patient.scalar_subquery()
INSERT_FOR_PATIENT = Change(
    "insert_notification_for_patient",
    sa.insert(_notifications).from_select(
        list(_values),
        sa.select(*(value.label(name) for name, value in _values.items())).where(
            param("clinic_id", _notifications.c.clinic_id) == sa.bindparam("actor_clinic_id", type_=sa.Uuid()),
            visible(_patient_id),
            _has_chosen,
        ),
        include_defaults=False,
    ),
    Scope.OWNER,
)
"""For the account of a patient who has chosen anything; whether this kind, is decided when it is sent."""
