"""Statements of the job that sends notifications and goes along the roster. It has no actor, and names the clinic."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountState, AccountTable, ClinicTable, InvitationTable
from integration_api.access.visible import to_key
from integration_api.ledger.statements import next_clinic
from integration_api.resources.attention.notifications.rules import URGENT, NotificationKind
from integration_api.resources.attention.notifications.tables import (
    ChoicesTable,
    NotificationRow,
    NotificationState,
    NotificationTable,
)
from integration_api.resources.care.arc_windows.protocol_parts import ArcKind
from integration_api.resources.care.arc_windows.rules import ArcState
from integration_api.resources.care.arc_windows.tables import ArcWindowTable
from integration_api.resources.delivery.channels.rules import MAX_CHANNELS
from integration_api.resources.delivery.channels.tables import ChannelRow, ChannelTable, TryTable
from integration_api.resources.people.patients.tables import PatientTable
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Change, Read, Scope, insert_rows, param, row_key
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS

_notifications, _choices, _accounts = table_of(NotificationTable), table_of(ChoicesTable), table_of(AccountTable)
_channels, _tries, _patients = table_of(ChannelTable), table_of(TryTable), table_of(PatientTable)
_clinics, _invitations, _windows = table_of(ClinicTable), table_of(InvitationTable), table_of(ArcWindowTable)
_ONE: sa.ColumnElement[Any] = sa.literal_column("1")
_NOW = sa.bindparam("now", type_=_notifications.c.due_at.type)
_clinic_id = param("clinic_id", _notifications.c.clinic_id)
_JOB = "run by the job that sends: kinds and addresses, and nothing of a chart"

NEXT_TOLD_CLINIC = next_clinic(_notifications)
NEXT_CHOOSING_CLINIC = next_clinic(_choices)


class DueNotification(BaseModel):
    """A notification that is due."""

    clinic_id: UUID
    id: UUID
    kind: NotificationKind
    due_at: datetime


_is_urgent = sa.or_(*(_notifications.c.kind == kind for kind in sorted(URGENT)))
_due = sa.select(*(_notifications.c[name] for name in DueNotification.model_fields)).where(
    _notifications.c.clinic_id == _clinic_id,
    _notifications.c.state == NotificationState.PENDING,
    _notifications.c.due_at <= _NOW,
)
_longest_due = (_notifications.c.due_at, _notifications.c.id)
DUE_URGENT = Read(
    "due_urgent_notifications",
    _due.where(_is_urgent).order_by(*_longest_due).limit(PAGE_ROWS),
    DueNotification,
    Scope.SYSTEM,
    _JOB,
)
DUE_NOTIFICATIONS = Read(
    "due_notifications",
    _due.where(~_is_urgent).order_by(*_longest_due).limit(PAGE_ROWS),
    DueNotification,
    Scope.SYSTEM,
    _JOB,
)
"""But for what is urgent, which waits behind none of it."""
CLAIM_NOTIFICATION = Change(
    "claim_notification",
    sa.update(_notifications)
    .where(
        row_key(_notifications),
        _notifications.c.state == NotificationState.PENDING,
        _notifications.c.due_at <= _NOW,
    )
    .values(attempts=_notifications.c.attempts + 1, due_at=param("claimed_until", _notifications.c.due_at)),
    Scope.SYSTEM,
    _JOB,
)
"""One process gets it. If that process ends before it says what became of it, it is due again after its claim."""
READ_NOTIFICATION = Read(
    "read_notification",
    sa.select(*_notifications.c).where(row_key(_notifications)),
    NotificationRow,
    Scope.SYSTEM,
    _JOB,
)
END_TRY = Change(
    "end_notification_try",
    sa.update(_notifications)
    .where(row_key(_notifications), _notifications.c.attempts == param("attempts", _notifications.c.attempts))
    .values({name: param(name, _notifications.c[name]) for name in ("state", "ended_at", "due_at")}),
    Scope.SYSTEM,
    _JOB,
)
"""The outcome of a try; that of a later one is not overwritten."""
PUT_OFF_NOTIFICATION = Change(
    "put_off_notification",
    sa.update(_notifications)
    .where(row_key(_notifications), _notifications.c.attempts == param("attempts", _notifications.c.attempts))
    .values(attempts=_notifications.c.attempts - 1, due_at=param("due_at", _notifications.c.due_at)),
    Scope.SYSTEM,
    _JOB,
)
"""In quiet hours nothing was tried."""
INSERT_TRY = Change("insert_notification_try", insert_rows(TryTable), Scope.SYSTEM, _JOB)


class TellAccount(BaseModel):
    """An account that is to be told, and how it wants to be."""

    clinic_id: UUID
    id: UUID
    version: int
    state: AccountState
    patient_id: UUID | None
    email: str | None
    kinds: list[str] | None
    by_email: bool | None
    quiet_from: int | None
    quiet_until: int | None
    time_zone: str | None
    clinic_time_zone: str


ACCOUNT_TO_TELL = Read(
    "account_to_tell",
    sa.select(
        *(_accounts.c[name] for name in ("clinic_id", "id", "version", "state", "patient_id", "email")),
        *(_choices.c[name] for name in ("kinds", "by_email", "quiet_from", "quiet_until", "time_zone")),
        _clinics.c.time_zone.label("clinic_time_zone"),
        VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
    )
    .join(*to_key(_accounts))
    .join(_clinics, _clinics.c.clinic_id == _accounts.c.clinic_id)
    .outerjoin(_choices, sa.and_(_choices.c.clinic_id == _accounts.c.clinic_id, _choices.c.id == _accounts.c.id))
    .where(row_key(_accounts)),
    TellAccount,
    Scope.SYSTEM,
    _JOB,
)


class TellPatient(BaseModel):
    """The address and the clock of a patient who is to be told."""

    clinic_id: UUID
    id: UUID
    version: int
    email: str | None
    time_zone: str


PATIENT_TO_TELL = Read(
    "patient_to_tell",
    sa.select(*(_patients.c[name] for name in TellPatient.model_fields), VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY))
    .join(*to_key(_patients))
    .where(row_key(_patients)),
    TellPatient,
    Scope.SYSTEM,
    "run by the job that sends: the address of a patient who is told, and their time zone",
)
CHANNELS_OF_ACCOUNT = Read(
    "channels_of_account",
    sa.select(*_channels.c, VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY))
    .join(*to_key(_channels))
    .where(
        _channels.c.clinic_id == _clinic_id,
        _channels.c.account_id == param("account_id", _channels.c.account_id),
        _channels.c.gone_at.is_(None),
    )
    .order_by(_channels.c.created_at.desc(), _channels.c.id.desc())
    .limit(MAX_CHANNELS),
    ChannelRow,
    Scope.SYSTEM,
    _JOB,
)
CHANNEL_GONE = Change(
    "notification_channel_gone",
    sa.update(_channels).where(row_key(_channels), _channels.c.gone_at.is_(None)).values(gone_at=_NOW),
    Scope.SYSTEM,
    _JOB,
)


class StillCounts(BaseModel):
    """The subject of a notification, which is still there."""

    id: UUID


OPEN_WINDOW = Read(
    "open_window_to_tell",
    sa.select(_windows.c.id).where(
        row_key(_windows),
        _windows.c.state == ArcState.OPEN,
        _windows.c.opens_at <= _NOW,
        _windows.c.closes_at > _NOW,
    ),
    StillCounts,
    Scope.SYSTEM,
    "run by the job that sends: whether a check-in is still open",
)
OPEN_INVITATION = Read(
    "open_invitation_to_send",
    sa.select(_invitations.c.id).where(
        row_key(_invitations),
        _invitations.c.account_id == param("account_id", _invitations.c.account_id),
        _invitations.c.accepted_at.is_(None),
        _invitations.c.expires_at > _NOW,
    ),
    StillCounts,
    Scope.SYSTEM,
    "run by the job that sends: whether a code still opens its account",
)


class OpenedWindow(BaseModel):
    """An account that has chosen to be told, and a window of its chart that has opened, if there is one to tell of."""

    id: UUID | None
    account_id: UUID


_told = _notifications.alias("told_of_window")
_chart_id = (
    sa.select(_accounts.c.patient_id)
    .where(
        _accounts.c.clinic_id == _clinic_id, _accounts.c.id == _choices.c.id, _accounts.c.state == AccountState.ACTIVE
    )
    .correlate(_choices)
    .scalar_subquery()
)
_opened = (
    sa.select(_windows.c.id)
    .where(
        _windows.c.clinic_id == _clinic_id,
        _windows.c.patient_id == _chart_id,
        _windows.c.kind == ArcKind.CHECK_IN,
        _windows.c.state == ArcState.OPEN,
        _windows.c.opens_at <= _NOW,
        _windows.c.closes_at > _NOW,
        ~sa.select(_ONE)
        .where(
            _told.c.clinic_id == _clinic_id,
            _told.c.subject_id == _windows.c.id,
            _told.c.kind == NotificationKind.CHECK_IN_OPEN,
        )
        .exists(),
    )
    .order_by(_windows.c.due_at, _windows.c.id)
    .limit(1)
    .correlate(_choices)
    .scalar_subquery()
)
OPENED_WINDOWS = Read(
    "opened_windows_to_tell",
    sa.select(_opened.label("id"), _choices.c.id.label("account_id"))
    .where(_choices.c.clinic_id == _clinic_id, _choices.c.id > param("last_id", _choices.c.id))
    .order_by(_choices.c.id)
    .limit(PAGE_ROWS),
    OpenedWindow,
    Scope.SYSTEM,
    "run by the job that sends: check-ins that have opened, of patients who have chosen to be told of something",
)
"""By way of those who have chosen, each in their own chart: a clinic has many more windows. A second one is told of by
the next look."""
_same = _notifications.alias("same_notification")
INSERT_ONCE = Change(
    "insert_notification_once",
    insert_rows(
        NotificationTable,
        ~sa.select(_ONE).where(_same.c.clinic_id == _clinic_id, _same.c.id == param("id", _same.c.id)).exists(),
    ),
    Scope.SYSTEM,
    "told by the job itself, by an id that follows from what it is about: once, by however many processes",
)
