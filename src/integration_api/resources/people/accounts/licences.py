"""Licences of staff: valid until the end of a day at the clinic."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from integration_api.access.tables import AccountRow
from integration_api.access.work import Work
from integration_api.resources.people.clinics.service import load_clinic
from integration_api.web.errors import Forbidden


class LicenceEnded(Forbidden):
    """Your licence has ended, by `licence_ends_on` of your account, so you cannot sign."""

    code = "licence-ended"
    title = "Licence ended"
    remedy = "Keep the draft. Once an admin has entered the renewed licence in the account, sign again."


async def check_licence(work: Work, account: AccountRow) -> None:
    """Raise LicenceEnded if the last day on which the account's licence is valid is over, where the clinic is."""
    ends_on = account.licence_ends_on
    if ends_on is None or ends_on > (work.now + timedelta(days=1)).date():
        return  # no time zone is further ahead, so the usual request does not ask for the clinic's
    zone = ZoneInfo((await load_clinic(work)).time_zone)
    if ends_on < work.now.astimezone(zone).date():
        raise LicenceEnded
