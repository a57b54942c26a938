"""Programs of the clinic's own."""

from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json


def _body(s: Scene) -> Json:
    return {"name": s.word("program-name"), "scopes": ["patient:read"]}


@planted
async def program(s: Scene) -> None:
    """Add a program."""
    await _program(s)


async def _program(s: Scene) -> Json:
    made: Json = await s.world.admin.post("/service-accounts", _body(s))
    return made


@operation("create_service_token")
async def _(s: Scene) -> Request:
    made = await _program(s)
    body = {"client_id": made["id"], "client_secret": made["client_secret"]}
    return Request(None, "POST", "/auth/service-tokens", body)


reads("list_service_accounts", "admin", "/service-accounts")


@operation("create_service_account")
async def _(s: Scene) -> Request:
    return Request(s.world.admin, "POST", "/service-accounts", _body(s))


@operation("update_service_account")
async def _(s: Scene) -> Request:
    made = await _program(s)
    return Request(s.world.admin, "PATCH", f"/service-accounts/{made['id']}", {"scopes": ["patient:list"]}, 1)


@operation("rotate_service_account_secret")
async def _(s: Scene) -> Request:
    made = await _program(s)
    return Request(s.world.admin, "POST", f"/service-accounts/{made['id']}/rotate-secret", None, 1)
