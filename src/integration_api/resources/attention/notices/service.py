"""Telling people, and reading what one was told."""

from uuid import UUID

from integration_api.access.actor import Role
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.ledger.events import Event
from integration_api.resources.attention.notices import statements as sql
from integration_api.resources.attention.notices.schemas import Notice
from integration_api.resources.attention.notices.tables import NoticeRow
from integration_api.web.paging import Page, Window


async def list_notices(work: Work, window: Window) -> Page[Notice]:
    """What the actor was told, newest first."""
    found = await work.page(
        sql.LIST_NOTICES,
        window,
        lambda row: (row.at, row.id),
        Notice.of,
        is_clinic_admin=Role.CLINIC_ADMIN in work.actor.roles,
        is_privacy_officer=Role.PRIVACY_OFFICER in work.actor.roles,
    )
    work.record(Event.NOTICE_LISTED)
    return found


def tell_role(
    work: Work, role: Role, event: Event, subject_id: UUID | None = None, patient_id: UUID | None = None
) -> None:
    """Everybody who holds this role in the clinic, now or later, is told; in the same step as what happened."""
    work.create(sql.INSERT_NOTICE, _notice(work, event, role, None, subject_id, patient_id))


def tell_account(
    work: Work,
    account_id: UUID,
    event: Event,
    subject_id: UUID | None = None,
    patient_id: UUID | None = None,
    *,
    clinic_id: UUID | None = None,
) -> None:
    """One person is told; in the same step as what happened.

    `clinic_id` is named where no actor stands: nobody is signed in, or the step itself changes the actor.
    """
    change = sql.INSERT_NOTICE if clinic_id is None else sql.INSERT_OWN_NOTICE
    work.create(change, _notice(work, event, None, account_id, subject_id, patient_id, clinic_id))


def _notice(
    work: Work,
    event: Event,
    role: Role | None,
    account_id: UUID | None,
    subject_id: UUID | None,
    patient_id: UUID | None,
    clinic_id: UUID | None = None,
) -> NoticeRow:
    return NoticeRow(
        clinic_id=clinic_id or work.actor.clinic_id,
        id=new_id(),
        at=work.now,
        event=event.value,
        to_role=role.value if role else None,
        to_account_id=account_id,
        actor_id=work.actor.id if work.role_is_granted else None,
        subject_id=subject_id,
        patient_id=patient_id,
    )
