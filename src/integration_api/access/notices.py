"""Notices: one row for all of a role, or for one account, made in the same step as the event."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from integration_api.access.actor import Role
from integration_api.access.audience import declare
from integration_api.access.visible import insert_for_clinic
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.ledger.changes import Changed, Channel
from integration_api.ledger.events import Event
from integration_api.storage.statements import Change, Scope, insert_rows
from integration_api.storage.tables import ClinicRow


class NoticeRow(ClinicRow):
    """An event and its recipients: everybody of one role in the clinic, or one account."""

    at: datetime
    event: str = Field(max_length=40)
    to_role: str | None = Field(default=None, max_length=20)
    to_account_id: UUID | None = None
    actor_id: UUID | None = None
    subject_id: UUID | None = None
    patient_id: UUID | None = None


class NoticeTable(NoticeRow, table=True):
    """Notices, read newest first."""

    __tablename__ = "notices"
    __table_args__ = (
        sa.ForeignKeyConstraint(["clinic_id", "to_account_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.ForeignKeyConstraint(["clinic_id", "actor_id"], ["accounts.clinic_id", "accounts.id"]),
        sa.CheckConstraint("(to_role IS NULL) <> (to_account_id IS NULL)", name="has_one_audience"),
        sa.Index("ix_notices_at", "clinic_id", "at", "id"),
    )


INSERT_NOTICE = Change(
    "insert_notice",
    insert_for_clinic(NoticeTable),
    Scope.CLINIC,
    "a notice names a chart by id at most, and is made in the step that changed it",
)

INSERT_OWN_NOTICE = Change(
    "insert_own_notice",
    insert_rows(NoticeTable),
    Scope.SYSTEM,
    "told by the product itself, without an actor: of a secret that was shown or changed, or a broken binding",
)


def tell_role(
    work: Work,
    role: Role,
    event: Event,
    subject_id: UUID | None = None,
    patient_id: UUID | None = None,
    *,
    clinic_id: UUID | None = None,
) -> None:
    """Tell everybody who holds this role in the clinic, now or later, in the same step as the event.

    `clinic_id` is named if there is no actor, as for `tell_account`.
    """
    change = INSERT_NOTICE if clinic_id is None else INSERT_OWN_NOTICE
    work.create(change, _notice(work, event, role, None, subject_id, patient_id, clinic_id))


def tell_account(
    work: Work,
    account_id: UUID,
    event: Event,
    subject_id: UUID | None = None,
    patient_id: UUID | None = None,
    *,
    clinic_id: UUID | None = None,
    names_actor: bool = True,
) -> None:
    """Tell one person, in the same step as the event.

    Give `clinic_id` if there is no actor: nobody is signed in, or the step itself changes the actor. Unless it
    `names_actor`, the notice does not say who caused it.
    """
    change = INSERT_NOTICE if clinic_id is None else INSERT_OWN_NOTICE
    row = _notice(work, event, None, account_id, subject_id, patient_id, clinic_id)
    if names_actor:
        work.create(change, row)
    else:
        work.change(INSERT_OWN_NOTICE, row, actor_id=None)


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
        event=event,
        to_role=role.value if role else None,
        to_account_id=account_id,
        actor_id=work.actor.id if work.role_is_granted else None,
        subject_id=subject_id,
        patient_id=patient_id,
    )


_CHANNELS: dict[str | None, Channel] = {
    Role.CLINIC_ADMIN.value: Channel.ADMINS,
    Role.PRIVACY_OFFICER.value: Channel.PRIVACY,
}
"""Prescribers have no channel: the thing that a notice of theirs is about is told to all staff."""


def _audience(row: NoticeRow, _: object) -> Iterator[Changed]:
    """Yield the account that is told, or everybody who holds the role, if the role has a channel."""
    if row.to_account_id is not None:
        yield Changed("notice", row.id, Channel.ACCOUNT, None, row.to_account_id)
    elif (channel := _CHANNELS.get(row.to_role)) is not None:
        yield Changed("notice", row.id, channel)


declare(NoticeTable, _audience)
