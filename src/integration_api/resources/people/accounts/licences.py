"""Licences of staff: valid until the end of a day at the clinic."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from integration_api.access.tables import AccountRow
from integration_api.access.work import Work
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.web.errors import Forbidden


class LicenceEnded(Forbidden):
    """Your licence has ended, by `licence_ends_on` of your account, so you can neither sign nor prescribe."""

    code = "licence-ended"
    title = "Licence ended"
    remedy = "Keep the draft. Once an admin has entered the renewed licence in the account, repeat the request."


async def check_licence(work: Work, account: AccountRow) -> None:
    """Raise LicenceEnded if the last day on which the account's licence is valid is over, where the clinic is."""
    ends_on = account.licence_ends_on
    if ends_on is None or ends_on > (work.now + timedelta(days=1)).date():
        return  # no time zone is further ahead, so the usual request does not ask for the clinic's
    if licence_has_ended(ends_on, (await load_clinic(work)).time_zone, work.now):
        raise LicenceEnded


def licence_has_ended(ends_on: date | None, time_zone: str, now: datetime) -> bool:
    """Return whether the last day on which a licence is valid, if it has one, is over in this time zone."""
    return ends_on is not None and ends_on < now.astimezone(ZoneInfo(time_zone)).date()
