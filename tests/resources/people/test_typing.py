"""Typing is forgiven if nothing else can be meant. Text that is no code differs from a used code."""

import pytest
from httpx import Response

from tests.factories.factors import PASSWORD, add_totp, code_of, invite, password_person, sign_in, with_token
from tests.support import Api, Json, World

NEW_PASSWORD = "nine-lamps-beside-a-ferry"


def is_no_code(answer: Response, field: str) -> bool:
    """Whether it is said, of this field, that it holds no code."""
    if (answer.status_code, answer.json()["code"]) != (422, "not-a-code"):
        return False
    [error] = answer.json()["errors"]
    return bool((error["field"], error["code"]) == (field, "not_a_code"))


async def asked_to_sign_in(api: Api, email: str, **more: str) -> Response:
    """The answer to signing in."""
    return await api.send("POST", "/auth/tokens", json={"email": email, "password": PASSWORD, **more})


@pytest.mark.parametrize(
    "written",
    [
        "{0}{1}{2}{3}{4}{5}",
        "{0}{1}{2} {3}{4}{5}",
        " {0}{1}{2}-{3}{4}{5}\n",
        "{0} {1} {2} {3} {4} {5}",
        "{0}{1}\u00a0{2}{3}\u2011{4}{5}",
        "\u200e{0}{1}{2}\u2013{3}{4}{5}",
    ],
    ids=ascii,
)
async def test_a_code_of_an_app_may_have_gaps(world: World, written: str) -> None:
    email, person = await password_person(world)
    _, secret = await add_totp(person)
    world.api.clock.advance(seconds=60)
    pair = await sign_in(world.api, email, totp_code=written.format(*code_of(world.api, secret)))
    world.api.clock.advance(seconds=60)
    proof = {"totp_code": written.format(*code_of(world.api, secret))}
    await with_token(world.api, pair["access_token"]).post("/auth/step-up", proof, expect=200)


async def test_the_digits_of_another_keyboard_are_the_same_digits(world: World) -> None:
    email, person = await password_person(world)
    _, secret = await add_totp(person)
    for zero in ("\u0660", "\u06f0", "\uff10"):
        world.api.clock.advance(seconds=60)
        code = "".join(chr(ord(zero) + int(digit)) for digit in code_of(world.api, secret))
        await sign_in(world.api, email, totp_code=code)


async def test_confirming_an_app_forgives_gaps_too(world: World) -> None:
    _, person = await password_person(world)
    begun = await person.post("/me/factors/totp", {"label": "Phone"})
    code = code_of(world.api, begun["secret"])
    path = f"/me/factors/totp/{begun['id']}/confirm"
    assert is_no_code(await person.send("POST", path, {"totp_code": "12345"}), "body.totp_code")
    await person.post(path, {"totp_code": f"{code[:3]} {code[3:]}"}, expect=200)


@pytest.mark.parametrize("written", ["", " ", "12345", "1234567", "12345a", "123,456", "½23456", "one two three"])
async def test_what_is_no_code_of_an_app_is_not_tried(world: World, written: str) -> None:
    email, person = await password_person(world)
    strong, _ = await add_totp(person)
    for _ in range(12):  # more than there are attempts: none of them is one
        assert is_no_code(await asked_to_sign_in(world.api, email, totp_code=written), "body.totp_code")
    assert is_no_code(await strong.send("POST", "/auth/step-up", {"totp_code": written}), "body.totp_code")
    nobody = await asked_to_sign_in(world.api, "nobody@example.org", totp_code=written)
    assert is_no_code(nobody, "body.totp_code")  # alike for an address that is not known
    if written.strip():
        assert written not in nobody.text


@pytest.mark.thorough
async def test_a_recovery_code_may_have_gaps_capitals_and_two_digits_that_it_never_has(world: World) -> None:
    email, person = await password_person(world)
    strong, _ = await add_totp(person)
    codes = (await strong.post("/me/recovery-codes"))["codes"]
    plain = [code.replace("-", "") for code in codes]
    ways = [
        plain[0],
        plain[1].upper(),
        f"  {codes[2]}\n",
        codes[3].replace("-", " - "),
        " ".join(plain[4]),
        codes[5].replace("-", "\u2013"),
        plain[6].replace("o", "0").replace("b", "8"),
    ]
    for way in ways:
        await sign_in(world.api, email, recovery_code=way)
    assert (await strong.get("/me/factors"))["recovery_codes_left"] == 3


@pytest.mark.parametrize(
    "written", ["", "short", "k7d2-5fqm-x3tc-w6h", "k7d2-5fqm-x3tc-w6hpp", "k7d2-5fqm-x3tc-w6h1", "?"]
)
async def test_what_is_no_recovery_code_is_not_tried(world: World, written: str) -> None:
    email, person = await password_person(world)
    await add_totp(person)
    for _ in range(12):
        assert is_no_code(await asked_to_sign_in(world.api, email, recovery_code=written), "body.recovery_code")
    wrong = await asked_to_sign_in(world.api, email, recovery_code="k7d2-5fqm-x3tc-w6hp")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "second-factor-wrong")


async def test_blanks_around_an_address_are_passed_over(world: World) -> None:
    email, _ = await invite(world)
    for written in (f" {email}", f"{email}\n", f"\u00a0{email.upper()}\t", f"\ufeff{email}\u200b \u200e"):
        assert (await asked_to_sign_in(world.api, written)).status_code == 201
    for wrong in (f"{email[:3]} {email[3:]}", f"{email} x", "no address"):
        assert (await asked_to_sign_in(world.api, wrong)).status_code == 422


async def test_blanks_around_an_address_are_not_kept(world: World) -> None:
    """Of staff, of patients, and of a change of one; so they sign in without them."""
    therapist, address = await world.therapist(), "ira.vale@example.org"
    staff = {"email": f" {address}\u200b", "roles": ["therapist"], "name": "Ira Vale"}
    assert (await world.admin.post("/accounts", staff))["email"] == address
    patient = {"name": "Rowan Sample", "email": "\u200erowan@example.org\n"}
    chart = await therapist.post("/patients", patient)
    assert chart["email"] == "rowan@example.org"
    changed = await therapist.patch(f"/patients/{chart['id']}", {"email": "\tkit@example.org "}, 1)
    assert changed["email"] == "kit@example.org"


async def test_two_spellings_of_one_letter_are_one_address(world: World) -> None:
    composed, apart = "ren\u00e9e@example.org", "rene\u0301e@example.org"
    await world.admin.post("/accounts", {"email": composed, "roles": ["therapist"], "name": "R"})
    again = {"email": apart, "roles": ["therapist"], "name": "R"}
    assert (await world.admin.post("/accounts", again, expect=409))["code"] == "email-taken"


async def test_the_clinic_s_short_name_may_be_in_capitals(world: World) -> None:
    email, _ = await invite(world)
    slug = (await world.admin.get("/clinic"))["slug"]
    for written in (slug, f" {slug.upper()} "):
        assert (await asked_to_sign_in(world.api, email, clinic=written)).status_code == 201
    assert (await asked_to_sign_in(world.api, email, clinic=f"{slug}x")).status_code == 401


async def invited(world: World) -> Json:
    """An invitation that nobody has accepted."""
    account = await world.admin.post("/accounts", {"email": "new@example.org", "roles": ["therapist"], "name": "N"})
    found: Json = await world.admin.post("/invitations", {"account_id": account["id"]})
    return found


async def accepted(api: Api, code: str, password: str = NEW_PASSWORD) -> Response:
    """The answer to a code and a password."""
    return await api.send("POST", "/invitations/accept", json={"code": code, "password": password})


@pytest.mark.parametrize("written", ["{0}", " {0}\n", "\u00a0{0}\u200b", "{0:.40}\n{1}", "{2}", " {2} "], ids=ascii)
async def test_an_invitation_s_code_may_be_copied_with_what_stands_around_it(world: World, written: str) -> None:
    code = (await invited(world))["code"]
    shown = written.format(code, code[40:], code.rstrip("="))
    answer = await accepted(world.api, shown)
    assert answer.status_code == 204, answer.text


@pytest.mark.parametrize(
    "written", ["", " ", "x", "A" * 87, "A" * 89, "no code!", "AZqw3gAAcACAAAAAAAAAAQ-one-time-code", "ü"]
)
async def test_what_is_no_invitation_s_code_is_not_called_spent(world: World, written: str) -> None:
    assert is_no_code(await accepted(world.api, written), "body.code")


async def test_a_code_that_was_used_or_is_nobody_s_is_spent(world: World) -> None:
    code = (await invited(world))["code"]
    assert (await accepted(world.api, code)).status_code == 204
    used = await accepted(world.api, code, "another-long-phrase-here")
    other = await accepted(world.api, ("A" if code[0] != "A" else "B") + code[1:])
    for answer in (used, other):
        assert (answer.status_code, answer.json()["code"]) == (409, "invitation-spent")
