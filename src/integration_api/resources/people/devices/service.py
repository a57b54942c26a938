"""One's own sign-ins, on whatever devices they are."""

from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.people.devices import statements as sql
from integration_api.resources.people.devices.schemas import Device
from integration_api.resources.people.devices.statements import SignInOnDevice
from integration_api.resources.people.sign_in import statements as sign_in_sql
from integration_api.resources.people.sign_in.statements import END_SIGN_INS
from integration_api.web.errors import NotFound
from integration_api.web.paging import Page, Window


async def list_sign_ins(work: Work, window: Window) -> Page[Device]:
    """List the actor's sign-ins that stand, newest first."""
    found = await work.page(
        sql.LIST_SIGN_INS, window, lambda row: (row.created_at, row.id), lambda row: present(work, row)
    )
    work.record()
    return found


def present(work: Work, row: SignInOnDevice) -> Device:
    """Return a sign-in as the API shows it."""
    return Device.of(row, last_used_at=row.refreshed_at, is_this_one=row.id == work.actor.sign_in_id)


async def end_sign_in(work: Work, sign_in_id: UUID) -> None:
    """End one: its tokens stop working at once. Raises NotFound, also for one that has ended."""
    work.change(sql.END_SIGN_IN, missed=NotFound, id=sign_in_id)
    work.record(sign_in_id)


async def end_sign_ins(work: Work, *, this_one_too: bool) -> None:
    """End all others, or all, and the actor's calendar address with them."""
    await work.confirm()  # however many there are to end, who asks must be signed in
    if this_one_too:
        work.change(END_SIGN_INS, rows=None, account_id=work.actor.id)
    else:
        work.change(sign_in_sql.END_OTHER_SIGN_INS, rows=None)
    work.change(sql.END_CALENDAR_ADDRESS, rows=None, clinic_id=work.actor.clinic_id, id=work.actor.id)
    work.record()
