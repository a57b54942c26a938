"""Signing in, second factors, passwords and devices."""

from tests.costs.operations import PASSWORD, Request, Scene, operation, pair_of
from tests.factories import factors
from tests.support import Json, Person


def _signed_in(s: Scene, pair: Json) -> Person:
    return factors.with_token(s.world.api, pair["access_token"])


@operation("sign_in (with a code)")
async def _(s: Scene) -> Request:
    body, pair = await pair_of(s)
    _, secret = await factors.add_totp(_signed_in(s, pair))
    return Request(None, "POST", "/auth/tokens", {**body, "totp_code": factors.code_of(s.world.api, secret)})


@operation("sign_in (with a recovery code)")
async def _(s: Scene) -> Request:
    body, pair = await pair_of(s)
    person, _ = await factors.add_totp(_signed_in(s, pair))
    codes = (await person.post("/me/recovery-codes"))["codes"]
    return Request(None, "POST", "/auth/tokens", {**body, "recovery_code": codes[0]})


@operation("sign_in (the factor is missing)")
async def _(s: Scene) -> Request:
    body, pair = await pair_of(s)
    await factors.add_totp(_signed_in(s, pair))
    return Request(None, "POST", "/auth/tokens", body, status=401)


@operation("offer_passkey")
async def _(s: Scene) -> Request:
    return Request(None, "POST", "/auth/passkey-options")


async def _key(s: Scene) -> tuple[Person, factors.Authenticator]:
    key = factors.Authenticator()
    return await key.added_to(await s.world.therapist()), key


@operation("sign_in_with_passkey")
async def _(s: Scene) -> Request:
    _, key = await _key(s)
    return Request(None, "POST", "/auth/passkey", {"credential": key.get(await key.options(s.world.api))})


@operation("step_up (a code)")
async def _(s: Scene) -> Request:
    person, secret = await factors.add_totp(await s.world.therapist())
    return Request(person, "POST", "/auth/step-up", {"totp_code": factors.code_of(s.world.api, secret)})


@operation("step_up (a passkey)")
async def _(s: Scene) -> Request:
    person, key = await _key(s)
    return Request(person, "POST", "/auth/step-up", {"credential": key.get(await key.options(s.world.api))})


@operation("add_totp")
async def _(s: Scene) -> Request:
    return Request(s.therapist, "POST", "/me/factors/totp", {"label": "Phone"})


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
    [factor, _] = (await person.get("/me/factors"))["items"]
    return Request(person, "DELETE", f"/me/factors/{factor['id']}")


@operation("list_factors")
async def _(s: Scene) -> Request:
    person, _ = await factors.add_totp(await s.world.therapist())
    return Request(person, "GET", "/me/factors")


@operation("make_recovery_codes")
async def _(s: Scene) -> Request:
    person, _ = await factors.add_totp(await s.world.therapist())
    return Request(person, "POST", "/me/recovery-codes")


@operation("change_password")
async def _(s: Scene) -> Request:
    _, pair = await pair_of(s)
    person, _ = await factors.add_totp(_signed_in(s, pair))
    return Request(person, "PUT", "/me/password", {"old_password": PASSWORD, "password": "nine lamps beside a ferry"})


@operation("create_password_reset")
async def _(s: Scene) -> Request:
    _, pair = await pair_of(s)
    return Request(s.world.admin, "POST", f"/accounts/{pair['account_id']}/password-reset")


@operation("accept_invitation (a reset)")
async def _(s: Scene) -> Request:
    _, pair = await pair_of(s)
    reset = await s.world.admin.post(f"/accounts/{pair['account_id']}/password-reset")
    return Request(None, "POST", "/invitations/accept", {"code": reset["code"], "password": PASSWORD})


@operation("end_sign_in")
async def _(s: Scene) -> Request:
    body, pair = await pair_of(s)
    other = (await s.world.api.send("POST", "/auth/tokens", json=body)).json()
    return Request(_signed_in(s, pair), "DELETE", f"/me/sign-ins/{_signed_in(s, other).actor.sign_in_id}")


@operation("end_sign_ins")
async def _(s: Scene) -> Request:
    _, pair = await pair_of(s)
    return Request(_signed_in(s, pair), "DELETE", "/me/sign-ins")
