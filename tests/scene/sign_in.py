"""Signing in, with each kind of proof."""

from tests.factories import factors
from tests.scene.requests import Request, operation, reads
from tests.scene.scene import Scene, planted
from tests.support import Person

PASSWORD = factors.PASSWORD

reads("read_me", "therapist", "/me")


@planted
async def newcomer(s: Scene) -> None:
    """Add a therapist on no care team, who has signed in with a password on a device of theirs."""
    mail = f"{s.word('staff-mail')}@example.org"
    email, _ = await factors.invite(s.world, name=s.word("staff-newcomer"), email=mail)
    pair = await factors.sign_in(s.world.api, email, device=s.word("own-device"))
    s.people["newcomer"] = factors.with_token(s.world.api, pair["access_token"])


@operation("sign_in")
async def _(s: Scene) -> Request:
    body, _ = await factors.signed_in(s.world)
    return Request(None, "POST", "/auth/tokens", body)


@operation("sign_in (from a known device)")
async def _(s: Scene) -> Request:
    body, pair = await factors.signed_in(s.world)
    return Request(None, "POST", "/auth/tokens", {**body, "device_token": pair["device_token"]})


@operation("sign_in (with a code)")
async def _(s: Scene) -> Request:
    body, pair = await factors.signed_in(s.world)
    _, secret = await factors.add_totp(factors.with_token(s.world.api, pair["access_token"]))
    return Request(None, "POST", "/auth/tokens", {**body, "totp_code": factors.code_of(s.world.api, secret)})


@operation("sign_in (with a recovery code)")
async def _(s: Scene) -> Request:
    body, pair = await factors.signed_in(s.world)
    person, _ = await factors.add_totp(factors.with_token(s.world.api, pair["access_token"]))
    codes = (await person.post("/me/recovery-codes"))["codes"]
    return Request(None, "POST", "/auth/tokens", {**body, "recovery_code": codes[0]})


@operation("sign_in (the factor is missing)")
async def _(s: Scene) -> Request:
    body, pair = await factors.signed_in(s.world)
    await factors.add_totp(factors.with_token(s.world.api, pair["access_token"]))
    return Request(None, "POST", "/auth/tokens", body, status=401)


@operation("offer_passkey")
async def _(s: Scene) -> Request:
    return Request(None, "POST", "/auth/passkey-options")


async def _with_passkey(s: Scene) -> tuple[Person, factors.Authenticator]:
    key = factors.Authenticator()
    return await key.added_to(await s.world.therapist()), key


@operation("sign_in_with_passkey")
async def _(s: Scene) -> Request:
    _, key = await _with_passkey(s)
    return Request(None, "POST", "/auth/passkey", {"credential": key.get(await key.options(s.world.api))})


@operation("step_up (a code)")
async def _(s: Scene) -> Request:
    person, secret = await factors.add_totp(await s.world.therapist())
    return Request(person, "POST", "/auth/step-up", {"totp_code": factors.code_of(s.world.api, secret)})


@operation("step_up (a passkey)")
async def _(s: Scene) -> Request:
    person, key = await _with_passkey(s)
    return Request(person, "POST", "/auth/step-up", {"credential": key.get(await key.options(s.world.api))})


@operation("refresh_tokens")
async def _(s: Scene) -> Request:
    _, pair = await factors.signed_in(s.world)
    return Request(None, "POST", "/auth/tokens/refresh", {"refresh_token": pair["refresh_token"]})


@operation("sign_out")
async def _(s: Scene) -> Request:
    _, pair = await factors.signed_in(s.world)
    headers = {"Authorization": f"Bearer {pair['access_token']}"}
    return Request(None, "DELETE", "/auth/tokens/current", headers=headers)
