"""Programs of the clinic's own."""

from tests.factories.smart import jwk, key_pair
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Json

_KEYS: Json = {"jwks_url": "https://app.example.org/.well-known/jwks.json"}


def _body(s: Scene) -> Json:
    return {"name": s.word("program-name"), "scopes": ["patient:read"]}


@planted
async def program(s: Scene) -> None:
    """Add a program with the address of its public keys, and one with the keys themselves."""
    of_set: Json = {"jwks": {"keys": [jwk(key_pair("ES384"), "one")]}}
    for name, keys in (("program_id", _KEYS), ("program_of_set_id", of_set)):
        s.ids[name] = (await _program(s))["id"]
        await s.world.admin.put(f"/service-accounts/{s.ids[name]}/keys", keys, 1)


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


@operation("read_service_keys")
async def _(s: Scene) -> Request:
    made = await _program(s)
    return Request(s.world.admin, "GET", f"/service-accounts/{made['id']}/keys")


@operation("set_service_keys")
async def _(s: Scene) -> Request:
    made = await _program(s)
    return Request(s.world.admin, "PUT", f"/service-accounts/{made['id']}/keys", _KEYS, 1)
