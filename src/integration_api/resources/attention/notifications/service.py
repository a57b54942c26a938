"""Telling people beyond this API. Slices call `tell` in their own change; a job sends afterwards."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from integration_api.access.revisions import check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.resources.attention.notifications import statements as sql
from integration_api.resources.attention.notifications.rules import NotificationKind, clock_text, minute_of
from integration_api.resources.attention.notifications.schemas import NotificationChoices, NotificationSettings
from integration_api.resources.attention.notifications.tables import UNIQUE_CHOICES, ChoicesRow, NotificationRow
from integration_api.web.errors import Invalid, StaleVersion


async def read_notification_settings(work: Work) -> NotificationSettings:
    """Return the actor's choices; until some are made, none, with version 0."""
    row = await _load(work)
    if row.version == 0:
        await work.confirm()  # no row proved that the sign-in stands
    work.record(row.id)
    return _present(work, row)


async def update_notification_settings(
    work: Work, body: NotificationChoices, expected_version: int
) -> NotificationSettings:
    """Replace the actor's choices. Raises StaleVersion, Invalid."""
    row = await _load(work)
    check_version(row, expected_version)
    if (body.quiet_from is None) != (body.quiet_until is None):
        raise Invalid(errors=[{"field": "body.quiet_until", "code": "one_of", "message": "give both times, or none"}])
    quiet = {
        name: None if text is None else minute_of(text)
        for name, text in (("quiet_from", body.quiet_from), ("quiet_until", body.quiet_until))
    }
    if row.version == 0:
        values = new_values(work, body, kinds=_sorted(body), **quiet)
        row = ChoicesRow(**{**values, "id": work.actor.id}, version=1)
        work.create(sql.INSERT_CHOICES, row, {UNIQUE_CHOICES: StaleVersion})
    else:
        given = {"by_email": body.by_email, "time_zone": body.time_zone, "kinds": _sorted(body), **quiet}
        row = work.revise(sql.UPDATE_CHOICES, row, given)
    work.record(row.id)
    return _present(work, row)


def tell(work: Work, accounts: Collection[UUID], kind: NotificationKind, subject_id: UUID | None = None) -> None:
    """Tell these accounts of the actor's clinic, once this step is applied. Nothing of it is sent if it is not."""
    for account_id in sorted(set(accounts)):
        work.create(sql.INSERT_NOTIFICATION, notification(work, work.actor.clinic_id, account_id, kind, subject_id))


def tell_patient_beyond(work: Work, patient_id: UUID, kind: NotificationKind, subject_id: UUID) -> None:
    """Tell the patient of a chart, if they have an account and have chosen it, of what staff do in this step."""
    if work.actor.is_patient:
        return
    row = notification(work, work.actor.clinic_id, patient_id, kind, subject_id)  # the Statement finds the account
    work.change(sql.INSERT_FOR_PATIENT, row, rows=None, patient_id=patient_id)


def notification(
    work: Work,
    clinic_id: UUID,
    account_id: UUID,
    kind: NotificationKind,
    subject_id: UUID | None,
    *,
    own_id: UUID | None = None,
    due_at: datetime | None = None,
) -> NotificationRow:
    """Return a new notification, due now unless said."""
    return NotificationRow(
        clinic_id=clinic_id,
        id=own_id or new_id(),
        account_id=account_id,
        kind=kind,
        subject_id=subject_id,
        created_at=work.now,
        due_at=due_at or work.now,
    )


async def _load(work: Work) -> ChoicesRow:
    row = await work.one(sql.READ_CHOICES)
    if row is not None:
        return row
    me = work.actor
    return ChoicesRow(
        clinic_id=me.clinic_id,
        id=me.id,
        created_at=work.now,
        updated_at=work.now,
        version=0,
        kinds=[],
        by_email=False,
    )


def _sorted(body: NotificationChoices) -> list[str]:
    return sorted(set(body.kinds))


def _present(work: Work, row: ChoicesRow) -> NotificationSettings:
    means = work.runtime.means
    return NotificationSettings.of(
        row,
        quiet_from=None if row.quiet_from is None else clock_text(row.quiet_from),
        quiet_until=None if row.quiet_until is None else clock_text(row.quiet_until),
        emails=means.emails,
        push_key=means.push_key,
    )
