"""Shifts of the roster: one that stands, and one that was withdrawn."""

from tests.factories.roster import ALL_DAYS, shift
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted


@planted
async def roster(s: Scene) -> None:
    """Put the admin on call, but not on weekends."""
    made = await shift(s.world.admin, s.world.admin, weekdays=["mon", "tue", "wed", "thu", "fri"])
    gone = await shift(s.world.admin, s.world.admin, last_on="2027-01-31")
    await s.world.admin.post(f"/shifts/{gone['id']}/withdraw", expect=200, match=1)
    s.ids["shift_id"] = made["id"]


reads("read_roster", "admin", "/clinic/roster")
reads("list_shifts", "admin", "/shifts")
reads("read_shift", "admin", "/shifts/{shift_id}")


@operation("create_shift")
async def _(s: Scene) -> Request:
    body = {"account_id": s.world.admin.id, "rank": "backup", "first_on": "2026-11-20", **ALL_DAYS}
    return Request(s.world.admin, "POST", "/shifts", body)


@operation("withdraw_shift")
async def _(s: Scene) -> Request:
    made = await shift(s.world.admin, s.world.admin)
    return Request(s.world.admin, "POST", f"/shifts/{made['id']}/withdraw", None, 1)
