"""What people choose to be told; each person has at most one row."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene

_BODY = {
    "kinds": ["plan_to_answer", "roster_gap"],
    "by_email": True,
    "quiet_from": "22:00",
    "quiet_until": "07:30",
    "time_zone": "Europe/Berlin",
}

reads("read_notification_settings", "patient", "/me/notification-settings")


@operation("update_notification_settings")
async def _(s: Scene) -> Request:
    version = (await s.other.get("/me/notification-settings"))["version"]
    return Request(s.other, "PUT", "/me/notification-settings", _BODY, version)
