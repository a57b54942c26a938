"""The doses of a session that can end last: by them its observation time and its late time are known. All is pure.

Each dose that stands has its own clock, and a further dose shortens none. Source: clinical.md section 1.2, POLICY.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from pydantic import BaseModel

from integration_api.resources.care.doses.bands import clock_end
from integration_api.resources.care.doses.watch_rules import OfDose
from integration_api.resources.care.orders.limits import DoseRoute


class ClockDose(NamedTuple):
    """The facts of a dose from which its clock counts."""

    route: DoseRoute
    given_at: datetime
    infusion_minutes: int | None = None


class ClockedRow(BaseModel):
    """The doses of a session that can end last: of routes with one clock the last, of infusions the longest too."""

    last_dose_at: datetime | None
    last_im_at: datetime | None
    last_sublingual_at: datetime | None
    last_oral_at: datetime | None
    last_iv_at: datetime | None
    last_iv_minutes: int | None
    longest_iv_at: datetime | None
    longest_iv_minutes: int | None


def deciding(row: ClockedRow) -> tuple[ClockDose, ...]:
    """Return the doses that can end last."""
    found = (
        (DoseRoute.IM, row.last_im_at, None),
        (DoseRoute.SUBLINGUAL, row.last_sublingual_at, None),
        (DoseRoute.ORAL, row.last_oral_at, None),
        (DoseRoute.IV_INFUSION, row.last_iv_at, row.last_iv_minutes),
        (DoseRoute.IV_INFUSION, row.longest_iv_at, row.longest_iv_minutes),
    )
    return tuple(ClockDose(route, at, minutes) for route, at, minutes in found if at is not None)


def last_end(doses: Collection[OfDose], *, is_late: bool) -> datetime | None:
    """Return when the last observation time, or late time, of these doses ends; None without a dose."""
    ends = [clock_end(one.route, one.given_at, one.infusion_minutes, is_late=is_late) for one in doses]
    return max(ends, default=None)
