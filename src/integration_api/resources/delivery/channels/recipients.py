"""Deciding, when a notification is to be sent, whether and by which means its person is told."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from integration_api.access.tables import AccountState
from integration_api.access.tokens import pack_mailed
from integration_api.access.work import Work
from integration_api.resources.attention.notifications.rules import (
    CODES,
    FOR_PATIENTS,
    URGENT,
    NotificationKind,
    quiet_until,
)
from integration_api.resources.attention.notifications.tables import NotificationRow
from integration_api.resources.delivery.channels import courier_statements as sql
from integration_api.resources.delivery.channels.courier_statements import TellAccount, TellPatient
from integration_api.resources.delivery.channels.tables import ChannelRow


@dataclass(frozen=True, slots=True)
class Recipient:
    """The means by which one person is told now; and until when nothing is sent, if these are quiet hours."""

    email: str | None
    channels: tuple[ChannelRow, ...]
    code: str | None = None
    quiet_until: datetime | None = None


async def recipient_of(work: Work, row: NotificationRow) -> Recipient | None:
    """Return how to tell the person of a notification; None if it is over, or not wanted."""
    account = await work.one(sql.ACCOUNT_TO_TELL, clinic_id=row.clinic_id, id=row.account_id)
    if account is None or not await _counts(work, row, account):
        return None
    patient: TellPatient | None = None
    if account.patient_id is not None:
        patient = await work.one(sql.PATIENT_TO_TELL, clinic_id=row.clinic_id, id=account.patient_id)
        if patient is None:
            return None
    email = patient.email if patient is not None else account.email
    if row.kind in CODES:
        assert row.subject_id is not None  # noqa: S101  a code is of an invitation
        code, _ = pack_mailed(work.runtime.mail_key, row.clinic_id, row.subject_id)
        return Recipient(email, (), code)
    channels = await work.part(sql.CHANNELS_OF_ACCOUNT, clinic_id=row.clinic_id, account_id=row.account_id)
    by_email = row.kind in URGENT or bool(account.by_email)
    quiet = None
    if row.kind not in URGENT:
        zone = account.time_zone or (patient.time_zone if patient is not None else account.clinic_time_zone)
        quiet = quiet_until(work.now, zone, account.quiet_from, account.quiet_until)
    return Recipient(email if by_email else None, tuple(channels), quiet_until=quiet)


async def _counts(work: Work, row: NotificationRow, account: TellAccount) -> bool:
    """Return whether the person is still to be told of this."""
    if row.kind in CODES:
        is_there = account.state is not AccountState.DISABLED
        return is_there and await _is_there(work, row, account.id)
    if account.state is not AccountState.ACTIVE:
        return False
    if row.kind in URGENT:
        return account.patient_id is None
    if row.kind.value not in (account.kinds or ()):
        return False
    if (row.kind in FOR_PATIENTS) != (account.patient_id is not None):
        return False
    return row.kind is not NotificationKind.CHECK_IN_OPEN or await _is_open(work, row.clinic_id, row.subject_id)


async def _is_there(work: Work, row: NotificationRow, account_id: UUID) -> bool:
    found = await work.one(sql.OPEN_INVITATION, clinic_id=row.clinic_id, id=row.subject_id, account_id=account_id)
    return found is not None


async def _is_open(work: Work, clinic_id: UUID, window_id: UUID | None) -> bool:
    return await work.one(sql.OPEN_WINDOW, clinic_id=clinic_id, id=window_id) is not None
