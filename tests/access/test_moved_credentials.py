"""Somebody who can write to the database, and has no key, signs in nowhere by what they move, edit or insert there.

Each case is direct SQL, as the database's owner could run it, and then an attempt over HTTP. It runs twice: as the
product is, and with the protection taken out. The second run must get in, else the first one would prove nothing.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from httpx import Response

from integration_api.access.actor import Role
from integration_api.access.bindings import Bindings
from integration_api.access.password_hashes import Passwords
from integration_api.access.tokens import unpack_secret
from integration_api.resources.people.sign_in import second_factors
from integration_api.resources.people.sign_in.rules import normal_code
from integration_api.settings import Settings
from tests.architecture.test_privacy import Said
from tests.architecture.test_privacy import log as log  # noqa: PLC0414  a fixture
from tests.factories.factors import Authenticator, add_totp, code_of, with_token
from tests.storage.hand import Hand
from tests.support import Api, Json, Person, World

pytestmark = pytest.mark.thorough

MINE, THEIRS = "quiet-otter-rows-upstream", "nine-lamps-beside-a-ferry"


@dataclass
class Case:
    """Two members of staff: the one who writes to the database, and the one whom they want to be."""

    world: World
    hand: Hand
    mine: Json
    theirs: Json

    @property
    def api(self) -> Api:
        return self.world.api

    async def post(self, path: str, body: object) -> Response:
        return await self.api.send("POST", path, json=body, headers={"X-Request-Id": "same"})

    async def enter(self, who: Json, **more: object) -> Response:
        """Sign in with one's own password."""
        return await self.post("/auth/tokens", {"email": who["email"], "password": who["password"], **more})

    async def entered(self, who: Json) -> Person:
        return with_token(self.api, (await self.enter(who)).json()["access_token"])

    async def give(self, table: str, row_id: object, column: str = "account_id") -> None:
        """Let a row be of the other account."""
        await self.hand.put(table, str(row_id), column, UUID(self.theirs["id"]))

    async def give_factor(self) -> None:
        """Let one's own factor be the other's."""
        mine = await self.hand.value("SELECT id FROM factors WHERE account_id = ?", UUID(self.mine["id"]))
        await self.give("factors", UUID(str(mine)))

    async def copy(self, table: str, *columns: str) -> None:
        """Copy columns from one's own row to the other's."""
        for column in columns:
            value = await self.hand.value(f"SELECT {column} FROM {table} WHERE id = ?", UUID(self.mine["id"]))  # noqa: S608
            await self.hand.put(table, self.theirs["id"], column, value)


async def member(world: World, password: str, *roles: str) -> Json:
    """A member of staff with a password and no factor."""
    email = f"{uuid4().hex}@example.org"
    account = await world.admin.post("/accounts", {"name": "Imani Vale", "email": email, "roles": list(roles)})
    invitation = await world.admin.post("/invitations", {"account_id": account["id"]})
    body = {"code": invitation["code"], "password": password}
    assert (await world.api.send("POST", "/invitations/accept", json=body)).status_code == 204
    return {**account, "password": password}


@pytest.fixture
async def case(world: World, settings: Settings) -> Case:
    mine, theirs = await member(world, MINE, "therapist"), await member(world, THEIRS, "clinic_admin")
    return Case(world, Hand(settings), mine, theirs)


async def a_password(c: Case) -> Response:
    await c.copy("accounts", "password_hash")
    return await c.enter({**c.theirs, "password": MINE})


async def a_password_with_its_binding(c: Case) -> Response:
    await c.copy("accounts", "password_hash", "binding", "epoch")
    return await c.enter({**c.theirs, "password": MINE})


async def roles(c: Case) -> Response:
    value = await c.hand.value("SELECT roles FROM accounts WHERE id = ?", UUID(c.theirs["id"]))
    await c.hand.put("accounts", c.mine["id"], "roles", value)
    return await c.enter(c.mine)


async def roles_with_a_passkey(c: Case) -> Response:
    key = Authenticator()
    await key.added_to(await c.entered(c.mine))
    await c.hand.put("accounts", c.mine["id"], "roles", '["clinic_admin"]')
    return await c.post("/auth/passkey", {"credential": key.get(await key.options(c.api))})


async def a_state(c: Case) -> Response:
    await c.world.admin.patch(f"/accounts/{c.mine['id']}", {"state": "disabled"}, 2)
    await c.hand.put("accounts", c.mine["id"], "state", "active")
    return await c.enter(c.mine)


async def the_chart_of_an_account(c: Case) -> Response:
    """Somebody of the staff becomes a patient, whose sign-in needs no factor."""
    chart = await (await c.world.therapist()).post("/patients", {"name": "Rowan Sample"})
    await c.hand.put("accounts", c.mine["id"], "patient_id", UUID(chart["id"]))
    return await c.enter(c.mine)


async def roles_on_refreshing(c: Case) -> Response:
    pair = (await c.enter(c.mine)).json()
    value = await c.hand.value("SELECT roles FROM accounts WHERE id = ?", UUID(c.theirs["id"]))
    await c.hand.put("accounts", c.mine["id"], "roles", value)
    return await c.post("/auth/tokens/refresh", {"refresh_token": pair["refresh_token"]})


async def roles_within_a_token_s_life(c: Case) -> Response:
    """The epoch is raised, so that the request starts over with what the account is now."""
    token = (await c.enter(c.mine)).json()["access_token"]
    await c.hand.run("UPDATE accounts SET epoch = epoch + 1 WHERE id = ?", UUID(c.mine["id"]))
    return await c.api.send("GET", "/me", headers={"Authorization": f"Bearer {token}"})


async def an_authenticator(c: Case) -> Response:
    _, secret = await add_totp(await c.entered(c.mine))
    await c.give_factor()
    return await c.enter(c.theirs, totp_code=code_of(c.api, secret))


async def a_passkey(c: Case) -> Response:
    key = Authenticator()
    await key.added_to(await c.entered(c.mine))
    await c.give_factor()
    key.user_handle = c.world.clinic_id.bytes + UUID(c.theirs["id"]).bytes
    return await c.post("/auth/passkey", {"credential": key.get(await key.options(c.api))})


async def a_passkey_s_public_key(c: Case) -> Response:
    key, other = Authenticator(), Authenticator()
    await key.added_to(await c.entered(c.mine))
    await other.added_to(await c.entered(c.theirs))
    public_key = await c.hand.value("SELECT public_key FROM factors WHERE account_id = ?", UUID(c.mine["id"]))
    await c.hand.run("UPDATE factors SET public_key = ? WHERE account_id = ?", public_key, UUID(c.theirs["id"]))
    key.credential_id, key.user_handle, key.count = other.credential_id, other.user_handle, 9
    return await c.post("/auth/passkey", {"credential": key.get(await key.options(c.api))})


async def a_recovery_code(c: Case) -> Response:
    person, _ = await add_totp(await c.entered(c.mine))
    await add_totp(await c.entered(c.theirs))
    codes = (await person.post("/me/recovery-codes"))["codes"]
    await c.hand.run(
        "UPDATE recovery_codes SET account_id = ? WHERE account_id = ?", UUID(c.theirs["id"]), UUID(c.mine["id"])
    )
    return await c.enter(c.theirs, recovery_code=codes[0])


async def a_reset_code(c: Case) -> Response:
    reset = await c.world.admin.post(f"/accounts/{c.mine['id']}/password-reset")
    await c.give("invitations", reset["id"])
    return await c.post("/invitations/accept", {"code": reset["code"], "password": "a ferry beside nine lamps"})


async def a_reset_code_s_digest(c: Case) -> Response:
    mine = await c.world.admin.post(f"/accounts/{c.mine['id']}/password-reset")
    theirs = await c.world.admin.post(f"/accounts/{c.theirs['id']}/password-reset")
    _, _, secret = unpack_secret(mine["code"])
    await c.hand.put("invitations", theirs["id"], "code_digest", hashlib.sha256(secret).digest())
    code = base64.urlsafe_b64encode(c.world.clinic_id.bytes + UUID(theirs["id"]).bytes + secret).decode()
    return await c.post("/invitations/accept", {"code": code, "password": "a ferry beside nine lamps"})


async def an_invitation_that_becomes_a_reset(c: Case) -> Response:
    """An admin who kept the code of an invitation could choose the password of the account that it opened."""
    email = f"{uuid4().hex}@example.org"
    account = await c.world.admin.post("/accounts", {"name": "N", "email": email, "roles": ["auditor"]})
    invitation = await c.world.admin.post("/invitations", {"account_id": account["id"]})
    code = invitation["code"]
    assert (await c.post("/invitations/accept", {"code": code, "password": MINE})).status_code == 204
    await c.hand.put("invitations", invitation["id"], "accepted_at", None)
    await c.hand.put("invitations", invitation["id"], "is_reset", True)
    return await c.post("/invitations/accept", {"code": code, "password": "a ferry beside nine lamps"})


async def _programs(c: Case) -> tuple[Json, Json]:
    body = {"name": "Front desk", "scopes": ["patient:list"]}
    return await c.world.admin.post("/service-accounts", body), await c.world.admin.post("/service-accounts", body)


async def a_program_s_secret(c: Case) -> Response:
    c.mine, c.theirs = await _programs(c)
    await c.copy("service_accounts", "secret_digest", "binding")
    _, _, secret = unpack_secret(c.mine["client_secret"])
    text = base64.urlsafe_b64encode(c.world.clinic_id.bytes + UUID(c.theirs["id"]).bytes + secret).decode()
    return await c.post("/auth/service-tokens", {"client_id": c.theirs["id"], "client_secret": text})


async def a_program_s_secret_of_before(c: Case) -> Response:
    """The replaced secret is made good for a hundred years by hand; a rotation by an admin must not accept that."""
    c.mine, _ = await _programs(c)
    path = f"/service-accounts/{c.mine['id']}"
    await c.world.admin.post(f"{path}/rotate-secret", expect=200, match=1)
    await c.hand.put("service_accounts", c.mine["id"], "previous_digest", hashlib.sha256(bytes(32)).digest())
    made = await c.world.admin.post(f"{path}/rotate-secret", expect=200, match=2)
    return await c.post("/auth/service-tokens", {"client_id": c.mine["id"], "client_secret": made["client_secret"]})


async def a_program_s_scopes(c: Case) -> Response:
    made, _ = await _programs(c)
    await c.hand.put("accounts", made["id"], "scopes", '["care_team:add"]')
    return await c.post("/auth/service-tokens", {"client_id": made["id"], "client_secret": made["client_secret"]})


async def a_sign_in(c: Case) -> Response:
    pair = (await c.enter(c.mine)).json()
    await c.give("sign_ins", with_token(c.api, pair["access_token"]).actor.sign_in_id)
    return await c.post("/auth/tokens/refresh", {"refresh_token": pair["refresh_token"]})


async def the_strength_of_a_sign_in(c: Case) -> Response:
    pair = (await c.enter(c.mine)).json()
    row = str(with_token(c.api, pair["access_token"]).actor.sign_in_id)
    await c.hand.put("sign_ins", row, "is_strong", True)
    return await c.post("/auth/tokens/refresh", {"refresh_token": pair["refresh_token"]})


async def the_proof_of_a_sign_in(c: Case) -> Response:
    pair = (await c.enter(c.mine)).json()
    row = with_token(c.api, pair["access_token"]).actor.sign_in_id
    await c.hand.run("UPDATE sign_ins SET proved_at = expires_at WHERE id = ?", row)
    return await c.post("/auth/tokens/refresh", {"refresh_token": pair["refresh_token"]})


async def an_authenticator_on_stepping_up(c: Case) -> Response:
    _, secret = await add_totp(await c.entered(c.mine))
    victim = await c.entered(c.theirs)
    await c.give_factor()
    return await victim.send("POST", "/auth/step-up", {"totp_code": code_of(c.api, secret)})


async def a_password_on_stepping_up(c: Case) -> Response:
    victim = await c.entered(c.theirs)
    await c.copy("accounts", "password_hash")
    return await victim.send("POST", "/auth/step-up", {"password": MINE})


async def a_password_on_changing_it(c: Case) -> Response:
    victim = await c.world.therapist()
    c.theirs = {"id": victim.id}
    await c.copy("accounts", "password_hash")
    return await victim.send("PUT", "/me/password", {"old_password": MINE, "password": "a ferry beside nine lamps"})


async def an_authenticator_on_confirming(c: Case) -> Response:
    begun = await (await c.entered(c.mine)).post("/me/factors/totp", {})
    victim = await c.entered(c.theirs)
    await c.give("factors", begun["id"])
    code = {"totp_code": code_of(c.api, begun["secret"])}
    return await victim.send("POST", f"/me/factors/totp/{begun['id']}/confirm", code)


Attempt = Callable[[Case], Awaitable[Response]]
CASES: dict[Attempt, tuple[str, str | None]] = {
    a_password: ("wrong-sign-in", "accounts"),
    a_password_with_its_binding: ("wrong-sign-in", "accounts"),
    roles: ("wrong-sign-in", "accounts"),
    roles_with_a_passkey: ("wrong-sign-in", "accounts"),
    a_state: ("wrong-sign-in", "accounts"),
    the_chart_of_an_account: ("wrong-sign-in", "accounts"),
    roles_on_refreshing: ("sign-in-ended", "accounts"),
    roles_within_a_token_s_life: ("sign-in-ended", "accounts"),
    an_authenticator: ("second-factor-wrong", "factors"),
    a_passkey: ("wrong-sign-in", "factors"),
    a_passkey_s_public_key: ("wrong-sign-in", "factors"),
    a_recovery_code: ("second-factor-wrong", None),
    a_reset_code: ("invitation-spent", "invitations"),
    a_reset_code_s_digest: ("invitation-spent", "invitations"),
    an_invitation_that_becomes_a_reset: ("invitation-spent", "invitations"),
    a_program_s_secret: ("wrong-secret", "service_accounts"),
    a_program_s_secret_of_before: ("wrong-secret", "service_accounts"),
    a_program_s_scopes: ("wrong-secret", "accounts"),
    a_sign_in: ("sign-in-ended", "sign_ins"),
    the_strength_of_a_sign_in: ("sign-in-ended", "sign_ins"),
    the_proof_of_a_sign_in: ("sign-in-ended", "sign_ins"),
    an_authenticator_on_stepping_up: ("wrong-proof", "factors"),
    a_password_on_stepping_up: ("wrong-proof", None),
    a_password_on_changing_it: ("wrong-proof", None),
    an_authenticator_on_confirming: ("wrong-proof", "factors"),
}
"""By what is moved: how it is refused, and which table's alarm tells of it. What is keyed by its account needs none."""


@pytest.mark.parametrize("attempt", CASES)
async def test_what_was_moved_lets_nobody_in(case: Case, attempt: Attempt) -> None:
    code, table = CASES[attempt]
    answer = await attempt(case)
    assert answer.json()["code"] == code, answer.text
    alarms = await case.hand.run(
        "SELECT reason FROM ledger WHERE clinic_id = ? AND event = ?", case.world.clinic_id, "security.binding_broken"
    )
    assert [row[0] for row in alarms] == ([table] if table else [])


@pytest.mark.parametrize("attempt", CASES)
async def test_without_the_protection_it_lets_them_in(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch, attempt: Attempt
) -> None:
    """The control: so each case above is refused for what protects it, and not for something else."""
    monkeypatch.setattr(Bindings, "holds", lambda *_: True)
    monkeypatch.setattr(
        Passwords, "_peppered", lambda _, password, _of: hmac.new(b"p", password.encode(), "sha256").hexdigest()
    )
    monkeypatch.setattr(
        second_factors, "code_digest", lambda _w, _c, _a, code: hashlib.sha256(normal_code(code).encode()).digest()
    )
    monkeypatch.setattr("integration_api.resources.people.factors.service.code_digest", second_factors.code_digest)
    mine, theirs = await member(world, MINE, "therapist"), await member(world, THEIRS, "clinic_admin")
    answer = await attempt(Case(world, Hand(settings), mine, theirs))
    assert answer.is_success, answer.text


# ── what is told ──


async def test_it_is_refused_as_a_wrong_password_and_told_once_an_hour(case: Case, log: Said) -> None:
    officer = await case.world.staff(Role.PRIVACY_OFFICER)
    wrong = await case.enter({**case.theirs, "password": MINE})
    await case.copy("accounts", "password_hash")
    for hours, told in ((0, 1), (0, 1), (1.1, 2)):
        case.api.clock.advance(hours=hours)
        answer = await case.enter({**case.theirs, "password": MINE})
        assert (answer.status_code, answer.content) == (wrong.status_code, wrong.content)
        for person in (case.world.admin, officer):
            seen = (await person.get("/notices"))["items"]
            alarms = [notice for notice in seen if notice["event"] == "security.binding_broken"]
            assert [notice["subject_id"] for notice in alarms] == [case.theirs["id"]] * told
    lines = [json.loads(line) for line in log.getvalue().splitlines() if "binding_broken" in line]
    assert [(line["level"], line["table"], line["row"]) for line in lines] == [
        ("critical", "accounts", case.theirs["id"])
    ] * 3
    auditor = await case.world.staff(Role.AUDITOR)
    rows = (await auditor.get("/ledger", params={"event": "security.binding_broken"}))["items"]
    assert {(row["subject_id"], row["outcome"], row["reason"]) for row in rows} == {
        (case.theirs["id"], "denied", "accounts")
    }


async def test_a_factor_that_was_broken_is_still_asked_for(case: Case) -> None:
    """Breaking the second factor of somebody whose password one has makes no sign-in of it."""
    await add_totp(await case.entered(case.theirs))
    await case.hand.run("UPDATE factors SET binding = ? WHERE account_id = ?", bytes(32), UUID(case.theirs["id"]))
    answer = await case.enter(case.theirs)
    assert answer.json()["code"] == "second-factor-needed"


@pytest.mark.parametrize("change", [{"name": "Imani Vale"}, {"roles": ["clinic_admin"]}, {"state": "active"}])
async def test_a_change_by_the_product_makes_nothing_good(case: Case, change: Json) -> None:
    """A row that its owner edited by hand stays broken when an admin saves it."""
    await case.hand.put("accounts", case.mine["id"], "roles", '["clinic_admin"]')
    await case.world.admin.patch(f"/accounts/{case.mine['id']}", change, 2)
    assert (await case.enter(case.mine)).json()["code"] == "wrong-sign-in"
    reset = await case.world.admin.post(f"/accounts/{case.mine['id']}/password-reset")
    answer = await case.post("/invitations/accept", {"code": reset["code"], "password": THEIRS})
    assert answer.json()["code"] == "invitation-spent"


async def test_whoever_was_not_touched_signs_in(case: Case) -> None:
    await case.copy("accounts", "password_hash")
    assert (await case.enter(case.mine)).status_code == 201
