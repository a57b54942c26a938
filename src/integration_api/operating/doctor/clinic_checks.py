"""Findings about clinics: nobody on call in the next day, and crisis lines that nobody has verified."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from integration_api.access.countries import LIST_COUNTRIES, CountryOfClinic
from integration_api.operating.doctor.findings import Finding
from integration_api.resources.attention.roster.rules import DAYS_BACK, RosterGap, gaps, spans
from integration_api.resources.attention.roster.shift_statements import SHIFTS_OF_CLINIC
from integration_api.resources.delivery.channels.escalation_statements import NEXT_ROSTER_CLINIC
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.storage.database import Database

AHEAD = timedelta(days=1)
_FIRST = UUID(int=0)


async def clinic_findings(database: Database, now: datetime) -> list[Finding]:
    """Return what is wrong with clinics. Raises DatabaseDown."""
    countries = await database.all(LIST_COUNTRIES, {"after_id": _FIRST})
    return [*await _roster_findings(database, now), *_line_findings(countries)]


async def _roster_findings(database: Database, now: datetime) -> list[Finding]:
    found, last = [], _FIRST
    while clinic := await database.one(NEXT_ROSTER_CLINIC, {"last_clinic_id": last}):
        last = clinic.clinic_id
        since_on = (now - DAYS_BACK).date()
        shifts = await database.all(SHIFTS_OF_CLINIC, {"clinic_id": last, "since_on": since_on})
        missing = gaps(spans(shifts, now, now + AHEAD), now, now + AHEAD)
        if missing:
            found.append(_gap(last, missing))
    return found


def _gap(clinic_id: UUID, missing: list[RosterGap]) -> Finding:
    first = missing[0]
    return Finding(
        "roster-gap",
        f"Nobody is on call in clinic {clinic_id} from {first.starts_at:%Y-%m-%d %H:%M} until "
        f"{first.ends_at:%Y-%m-%d %H:%M} UTC ({len(missing)} such times within a day).",
        "Tell the clinic's admins: they enter shifts (docs/roster.md).",
    )


def _line_findings(countries: list[CountryOfClinic]) -> Iterator[Finding]:
    for country in sorted({row.country for row in countries}):
        lines = crisis_resources(country)
        unverified = [line["contact"] for line in lines if line["verified_on"] is None]
        if unverified:
            yield Finding(
                "crisis-lines-unverified",
                f"Nobody has verified these crisis lines of {country}: {', '.join(unverified)}.",
                "Call them, and report to whoever maintains crisis_resources.json what answered.",
            )
