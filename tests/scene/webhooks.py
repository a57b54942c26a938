"""A webhook of a program."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


async def _hook(s: Scene) -> Json:
    account = await s.world.admin.post("/service-accounts", {"name": "Front desk", "scopes": ["changes:session"]})
    made: Json = await s.world.admin.post("/webhooks", _body(s, account))
    return made


def _body(s: Scene, account: Json) -> Json:
    url = f"https://hooks.example.org/{s.word('program-address')}"
    return {"account_id": account["id"], "url": url, "kinds": ["session"]}


@planted
async def webhook(s: Scene) -> None:
    """A webhook, and a message that waits."""
    made = await _hook(s)
    s.ids["webhook_id"] = made["id"]
    await s.world.admin.post(f"/webhooks/{made['id']}/test", expect=202)


reads("list_webhooks", "admin", "/webhooks")
reads("list_deliveries", "admin", "/webhooks/{webhook_id}/deliveries")


@operation("create_webhook")
async def _(s: Scene) -> Request:
    account = await s.world.admin.post("/service-accounts", {"name": "Front desk", "scopes": ["clinic:read"]})
    return Request(s.world.admin, "POST", "/webhooks", _body(s, account))


@operation("update_webhook")
async def _(s: Scene) -> Request:
    made = await _hook(s)
    return Request(s.world.admin, "PATCH", f"/webhooks/{made['id']}", {"state": "off"}, 1)


@operation("rotate_webhook_secret")
async def _(s: Scene) -> Request:
    made = await _hook(s)
    return Request(s.world.admin, "POST", f"/webhooks/{made['id']}/rotate-secret", None, 1)


@operation("send_test_event")
async def _(s: Scene) -> Request:
    made = await _hook(s)
    return Request(s.world.admin, "POST", f"/webhooks/{made['id']}/test")


@operation("replay_webhook")
async def _(s: Scene) -> Request:
    made = await _hook(s)
    return Request(s.world.admin, "POST", f"/webhooks/{made['id']}/replay", {"position": 0})
