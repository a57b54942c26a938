"""Sign-ins of one's own devices."""

from tests.factories import factors
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted

reads("list_sign_ins", "therapist", "/me/sign-ins")


@planted
async def sign_in(s: Scene) -> None:
    """Name the newcomer's sign-in."""
    s.ids["sign_in_id"] = str(s.people["newcomer"].actor.sign_in_id)


@operation("end_sign_ins")
async def _(s: Scene) -> Request:
    _, pair = await factors.signed_in(s.world)
    return Request(factors.with_token(s.world.api, pair["access_token"]), "DELETE", "/me/sign-ins")


@operation("end_sign_in")
async def _(s: Scene) -> Request:
    body, pair = await factors.signed_in(s.world)
    again = (await s.world.api.send("POST", "/auth/tokens", json=body)).json()
    sign_in_id = factors.with_token(s.world.api, again["access_token"]).actor.sign_in_id
    return Request(factors.with_token(s.world.api, pair["access_token"]), "DELETE", f"/me/sign-ins/{sign_in_id}")
