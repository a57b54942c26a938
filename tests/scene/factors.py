"""Second factors."""

from tests.factories import factors
from tests.scene.requests import Request, operation
from tests.scene.scene import Scene, planted


@planted
async def factor(s: Scene) -> None:
    """Give the newcomer an app for codes."""
    s.people["newcomer"], _ = await factors.add_totp(s.people["newcomer"], label=s.word("own-factor"))
    [made] = (await s.people["newcomer"].get("/me/factors"))["items"]
    s.ids["factor_id"] = made["id"]


@operation("list_factors")
async def _(s: Scene) -> Request:
    person, _ = await factors.add_totp(await s.world.therapist())
    return Request(person, "GET", "/me/factors")


@operation("add_totp")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/me/factors/totp", {"label": s.word("own-factor")})


@operation("confirm_totp")
async def _(s: Scene) -> Request:
    person = await s.world.therapist()
    begun = await person.post("/me/factors/totp", {})
    code = {"totp_code": factors.code_of(s.world.api, begun["secret"])}
    return Request(person, "POST", f"/me/factors/totp/{begun['id']}/confirm", code)


@operation("offer_new_passkey")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/me/factors/passkeys/options")


@operation("add_passkey")
async def _(s: Scene) -> Request:
    person = await s.world.therapist()
    options = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
    return Request(person, "POST", "/me/factors/passkeys", {"credential": factors.Authenticator().create(options)})


@operation("remove_factor")
async def _(s: Scene) -> Request:
    person, _ = await factors.add_totp(await s.world.therapist())
    person, _ = await factors.add_totp(person)
    [made, _] = (await person.get("/me/factors"))["items"]
    return Request(person, "DELETE", f"/me/factors/{made['id']}")


@operation("make_recovery_codes")
async def _(s: Scene) -> Request:
    person, _ = await factors.add_totp(await s.world.therapist())
    return Request(person, "POST", "/me/recovery-codes")
