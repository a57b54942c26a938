"""Sign-ins of a member of staff, as an admin sees and ends them: a computer that was lost, a person who left."""

from uuid import UUID

from integration_api.access.notices import tell_account
from integration_api.access.work import Work
from integration_api.ledger.events import Event
from integration_api.resources.people.accounts import account_sign_in_statements as sql
from integration_api.resources.people.accounts import operations
from integration_api.resources.people.accounts.service import load_staff
from integration_api.resources.people.devices.schemas import Device
from integration_api.resources.people.devices.service import present
from integration_api.resources.people.devices.statements import END_CALENDAR_ADDRESS
from integration_api.resources.people.sign_in.statements import END_SIGN_INS
from integration_api.web.errors import NotFound
from integration_api.web.paging import Page, Window


async def list_account_sign_ins(work: Work, account_id: UUID, window: Window) -> Page[Device]:
    """List the sign-ins of a member of staff that stand. Raises NotFound, also for a patient's account."""
    await load_staff(work, account_id)
    found = await work.page(
        sql.LIST_ACCOUNT_SIGN_INS,
        window,
        lambda row: (row.created_at, row.id),
        lambda row: present(work, row),
        account_id=account_id,
    )
    work.record(account_id)
    return found


async def end_account_sign_in(work: Work, account_id: UUID, sign_in_id: UUID) -> None:
    """End one, and tell the person. Raises NotFound, also for one that has ended, and for a patient's account."""
    await load_staff(work, account_id)
    _tell(work, account_id, operations.END_ACCOUNT_SIGN_IN.recorded, sign_in_id)
    work.change(sql.END_ACCOUNT_SIGN_IN, missed=NotFound, account_id=account_id, id=sign_in_id)


async def end_account_sign_ins(work: Work, account_id: UUID) -> None:
    """End all, and the calendar address with them; tell the person. Raises NotFound, also for a patient's account."""
    await load_staff(work, account_id)
    _tell(work, account_id, operations.END_ACCOUNT_SIGN_INS.recorded, account_id)
    work.change(END_CALENDAR_ADDRESS, rows=None, clinic_id=work.actor.clinic_id, id=account_id)
    work.change(END_SIGN_INS, rows=None, account_id=account_id)


def _tell(work: Work, account_id: UUID, event: Event, subject_id: UUID) -> None:
    """Record it first: the sign-in that ends may be the one that asks."""
    work.record(subject_id)
    tell_account(work, account_id, event, subject_id, clinic_id=work.actor.clinic_id)
