"""`ledger verify` finds grants, roles, states, credentials and emergencies that are not as the ledger says."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.binding_check import CHECKS, check_access, check_clinic
from integration_api.app import sealer_of
from integration_api.ledger.verify import verify_clinic
from integration_api.resources.people.emergencies.statements import CHECK_EMERGENCIES
from integration_api.resources.people.service_accounts.key_statements import CHECK_SERVICE_KEYS
from integration_api.resources.people.service_accounts.statements import CHECK_SECRETS
from integration_api.settings import Settings
from tests.applications import application
from tests.factories.emergencies import WHY
from tests.factories.factors import add_totp, invite, sign_in, with_token
from tests.ledger.hands import hands
from tests.scene import Scene, succeed_all
from tests.storage.hand import Hand
from tests.support import Api, Person, World, account_for

ALL = (*CHECKS, CHECK_EMERGENCIES, CHECK_SECRETS, CHECK_SERVICE_KEYS)
BY_NO_ROW, NOT_NEWEST, BY_HAND = "by no row of the ledger", "not as the newest row", "by hand"


async def findings(api: Api, clinic_id: UUID) -> list[str]:
    report = await check_clinic(api.runtime.database, clinic_id, api.runtime.bindings, ALL, api.clock())
    assert report.rows > 0
    return report.findings


@dataclass
class Clinic:
    """A clinic that the ledger accounts for: a chart with two members, one of whom has left, and somebody outside."""

    world: World
    hand: Hand
    therapist: Person
    other: Person
    officer: Person
    chart: str

    @property
    def api(self) -> Api:
        return self.world.api

    async def put(self, table: str, row: str, column: str, value: object) -> None:
        await self.hand.put(table, row, column, value)

    async def end(self) -> str:
        """The id of a grant that was ended."""
        body = {"account_id": self.other.id, "role": "therapist"}
        made = await self.therapist.post(f"/patients/{self.chart}/care-team", body)
        await self.therapist.delete(f"/patients/{self.chart}/care-team/{made['id']}", match=1)
        return str(made["id"])

    async def open(self) -> str:
        """The id of an emergency access."""
        return str((await self.other.post(f"/patients/{self.chart}/emergency-access", WHY))["id"])

    async def insert_grant(self, account_id: str) -> str:
        """A grant as the product would make it, of somebody else."""
        new, columns = (
            uuid4(),
            "created_at, updated_at, version, patient_id, role, basis, started_at, ends_at, ended_at",
        )
        await self.hand.run(
            f"INSERT INTO care_team (clinic_id, id, account_id, {columns}) "  # noqa: S608
            f"SELECT clinic_id, {self.literal(new)}, {self.literal(UUID(account_id))}, {columns} "
            "FROM care_team WHERE patient_id = ? AND account_id = ?",
            UUID(self.chart),
            UUID(self.therapist.id),
        )
        return str(new)

    def literal(self, value: UUID) -> str:
        return f"'{value.hex}'" if self.api.runtime.database.driver.dialect == "sqlite" else f"'{value}'::uuid"


@pytest.fixture
async def clinic(world: World, settings: Settings) -> Clinic:
    therapist, other = await world.therapist(), await world.therapist()
    officer = await world.staff(Role.PRIVACY_OFFICER)
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    await account_for(world.admin, therapist, other, officer)
    made = Clinic(world, Hand(settings), therapist, other, officer, chart["id"])
    assert await findings(world.api, world.clinic_id) == []
    return made


# ── grants ──


async def a_grant_inserted(c: Clinic) -> str:
    return await c.insert_grant(c.other.id)


async def a_grant_inserted_with_a_ledger_row(c: Clinic) -> str:
    """As old as they like, with the digest of another grant, or of their own making: none is the right one."""
    new = await c.insert_grant(c.other.id)
    made, columns = uuid4(), ", ".join(f'"{name}"' for name in _LEDGER)
    await c.hand.run(
        f"INSERT INTO ledger (clinic_id, id, subject_id, {columns}) "  # noqa: S608
        f"SELECT clinic_id, {c.literal(made)}, {c.literal(UUID(new))}, {columns} "
        "FROM ledger WHERE clinic_id = ? AND event = 'care_team.added' AND digest IS NOT NULL",
        c.world.clinic_id,
    )
    return new


_LEDGER = ("at", "event", "action", "outcome", "digest", "is_private", "request_id")


async def a_grant_that_was_ended(c: Clinic) -> str:
    ended = await c.end()
    await c.hand.run("UPDATE care_team SET ended_at = NULL WHERE id = ?", UUID(ended))
    return ended


async def a_grant_put_back_whole(c: Clinic) -> str:
    ended = await c.end()
    await c.hand.run(
        "UPDATE care_team SET ended_at = NULL, version = 1, updated_at = created_at WHERE id = ?", UUID(ended)
    )
    return ended


async def _grant(c: Clinic) -> str:
    return str(UUID(str(await c.hand.value("SELECT id FROM care_team WHERE patient_id = ?", UUID(c.chart)))))


async def a_grant_given_to_another(c: Clinic) -> str:
    await c.put("care_team", grant := await _grant(c), "account_id", UUID(c.other.id))
    return grant


async def a_grant_to_another_chart(c: Clinic) -> str:
    chart = await c.other.post("/patients", {"name": "Wren Sample"})
    await c.put("care_team", grant := await _grant(c), "patient_id", UUID(chart["id"]))
    return grant


async def a_grant_in_another_role(c: Clinic) -> str:
    await c.put("care_team", grant := await _grant(c), "role", "prescriber")
    return grant


# ── emergencies ──


async def an_emergency_without_an_end(c: Clinic) -> str:
    opened = await c.open()
    await c.hand.run("UPDATE care_team SET basis = 'team', ends_at = NULL WHERE id = ?", UUID(opened))
    return opened


async def an_emergency_that_lasts_longer(c: Clinic) -> str:
    opened = await c.open()
    later = "(SELECT max(expires_at) FROM sign_ins WHERE account_id = care_team.account_id)"
    await c.hand.run(f"UPDATE care_team SET ends_at = {later} WHERE id = ?", UUID(opened))  # noqa: S608
    return opened


async def an_emergency_that_becomes_a_membership(c: Clinic) -> str:
    await c.put("care_team", opened := await c.open(), "basis", "team")
    return opened


async def _reviewed(c: Clinic) -> str:
    opened = await c.open()
    await c.officer.post(f"/emergency-accesses/{opened}/review", {"outcome": "not_justified"}, match=1, expect=200)
    return opened


async def an_emergency_that_was_ended(c: Clinic) -> str:
    opened = await _reviewed(c)
    await c.hand.run("UPDATE care_team SET ended_at = NULL, version = 1 WHERE id = ?", UUID(opened))
    return opened


async def a_review_that_finds_something_else(c: Clinic) -> str:
    opened = await _reviewed(c)
    await c.put("emergency_accesses", opened, "outcome", "justified")
    return opened


async def a_review_undone(c: Clinic) -> str:
    opened = await _reviewed(c)
    undone = "reviewed_at = NULL, reviewed_by_id = NULL, outcome = NULL, version = 1"
    await c.hand.run(f"UPDATE emergency_accesses SET {undone} WHERE id = ?", UUID(opened))  # noqa: S608
    return opened


# ── accounts ──


async def roles(c: Clinic) -> str:
    await c.put("accounts", c.other.id, "roles", '["clinic_admin"]')
    return c.other.id


async def an_old_state_put_back_whole(c: Clinic) -> str:
    """Roles, epoch and binding of before: the account signs in, and is found."""
    columns = ("roles", "epoch", "version", "binding")
    [old] = await c.hand.run(f"SELECT {', '.join(columns)} FROM accounts WHERE id = ?", UUID(c.other.id))  # noqa: S608
    await c.world.admin.patch(f"/accounts/{c.other.id}", {"roles": ["auditor"]}, 1)
    assert await findings(c.api, c.world.clinic_id) == []
    for column, value in zip(columns, old, strict=True):
        await c.put("accounts", c.other.id, column, value)
    return c.other.id


async def an_account_inserted(c: Clinic) -> str:
    new = uuid4()
    copied = "created_at, updated_at, version, state, epoch, roles, password_hash, binding"
    await c.hand.run(
        f"INSERT INTO accounts (clinic_id, id, email_index, {copied}) "  # noqa: S608
        f"SELECT clinic_id, {c.literal(new)}, ?, {copied} FROM accounts WHERE id = ?",
        new.bytes,
        UUID(c.other.id),
    )
    return str(new)


# ── credentials ──


async def a_factor_moved(c: Clinic) -> str:
    await add_totp(c.other)
    factor = str(UUID(str(await c.hand.value("SELECT id FROM factors WHERE account_id = ?", UUID(c.other.id)))))
    await c.put("factors", factor, "account_id", UUID(c.therapist.id))
    return factor


async def a_sign_in_moved(c: Clinic) -> str:
    sign_in_id = str(c.other.actor.sign_in_id)
    await c.put("sign_ins", sign_in_id, "account_id", UUID(c.therapist.id))
    return sign_in_id


async def an_invitation_moved(c: Clinic) -> str:
    reset = await c.world.admin.post(f"/accounts/{c.other.id}/password-reset")
    await c.put("invitations", reset["id"], "account_id", UUID(c.therapist.id))
    return str(reset["id"])


async def a_link_moved(c: Clinic) -> str:
    await c.world.admin.put(f"/accounts/{c.other.id}/external-identity", {"subject": uuid4().hex}, 1)
    await c.put("external_identities", c.other.id, "id", UUID(c.therapist.id))
    return c.therapist.id


async def a_program_s_secret_changed(c: Clinic) -> str:
    made = await c.world.admin.post("/service-accounts", {"name": "N", "scopes": ["patient:list"]})
    await c.put("service_accounts", made["id"], "secret_digest", bytes(32))
    return str(made["id"])


async def a_program_s_keys_changed(c: Clinic) -> str:
    made = await c.world.admin.post("/service-accounts", {"name": "N", "scopes": ["patient:list"]})
    body = {"jwks_url": "https://app.example.org/jwks.json"}
    await c.world.admin.put(f"/service-accounts/{made['id']}/keys", body, 1)
    await c.put("service_keys", made["id"], "key_texts", '["https://elsewhere.example.org/jwks.json"]')
    return str(made["id"])


Tamper = Callable[[Clinic], Awaitable[str]]
TAMPERS: dict[Tamper, tuple[str, str]] = {
    a_grant_inserted: ("care_team", BY_NO_ROW),
    a_grant_inserted_with_a_ledger_row: ("care_team", NOT_NEWEST),
    a_grant_that_was_ended: ("care_team", NOT_NEWEST),
    a_grant_put_back_whole: ("care_team", NOT_NEWEST),
    a_grant_given_to_another: ("care_team", NOT_NEWEST),
    a_grant_to_another_chart: ("care_team", NOT_NEWEST),
    a_grant_in_another_role: ("care_team", NOT_NEWEST),
    an_emergency_without_an_end: ("care_team", NOT_NEWEST),
    an_emergency_that_lasts_longer: ("care_team", NOT_NEWEST),
    an_emergency_that_becomes_a_membership: ("care_team", NOT_NEWEST),
    an_emergency_that_was_ended: ("care_team", NOT_NEWEST),
    a_review_that_finds_something_else: ("emergency_accesses", NOT_NEWEST),
    a_review_undone: ("emergency_accesses", NOT_NEWEST),
    roles: ("accounts", BY_HAND),
    an_old_state_put_back_whole: ("accounts", NOT_NEWEST),
    an_account_inserted: ("accounts", BY_HAND),
    a_factor_moved: ("factors", BY_HAND),
    a_sign_in_moved: ("sign_ins", BY_HAND),
    an_invitation_moved: ("invitations", BY_HAND),
    a_link_moved: ("external_identities", BY_HAND),
    a_program_s_secret_changed: ("service_accounts", BY_HAND),
    a_program_s_keys_changed: ("service_keys", BY_HAND),
}


@pytest.mark.parametrize("tamper", TAMPERS)
async def test_what_was_done_by_hand_is_found(clinic: Clinic, tamper: Tamper) -> None:
    table, why = TAMPERS[tamper]
    row = await tamper(clinic)
    [found] = await findings(clinic.api, clinic.world.clinic_id)
    assert re.fullmatch(rf"{table} {row} .*{why}.*", found), found


@pytest.mark.thorough
async def test_what_the_product_does_is_accounted_for(own: Settings) -> None:
    """Every operation there is, once; the people of the test itself have no ledger row."""
    async with application(own) as api:
        world = await World.build(api)
        scene = await Scene.build(world)
        await succeed_all(scene)
        found = await findings(api, world.clinic_id)
        made = await Hand(own).run(
            "SELECT id FROM accounts WHERE clinic_id = ? AND password_hash = ? AND epoch = 1",
            world.clinic_id,
            "unused",
        )
        grants = await Hand(own).value(
            "SELECT count(*) FROM care_team WHERE clinic_id = ? AND ended_at IS NULL", world.clinic_id
        )
    assert {line for line in found if BY_NO_ROW not in line} == set()
    by_hand = {f"accounts {UUID(str(row[0]))} is accounted for {BY_NO_ROW}" for row in made}
    assert set(found) <= by_hand
    assert grants > 10


async def test_people_who_came_by_invitation_are_accounted_for(world: World) -> None:
    """From the first code to a changed role: never a finding."""
    email, account = await invite(world)
    person = with_token(world.api, (await sign_in(world.api, email))["access_token"])
    person, _ = await add_totp(person)
    chart = await person.post("/patients", {"name": "Rowan Sample", "email": f"{uuid4().hex}@example.org"})
    invitation = await person.post("/invitations", {"patient_id": chart["id"]})
    body = {"code": invitation["code"], "password": "nine-lamps-beside-a-ferry"}
    assert (await world.api.send("POST", "/invitations/accept", json=body)).status_code == 204
    version = (await world.admin.get(f"/accounts/{account['id']}"))["version"]
    await world.admin.patch(f"/accounts/{account['id']}", {"roles": ["therapist", "supervisor"]}, version)
    assert await findings(world.api, world.clinic_id) == [
        f"accounts {world.admin.id} is accounted for by no row of the ledger"
    ]


async def test_no_false_alarm_while_grants_come_and_go(clinic: Clinic) -> None:
    async def come_and_go() -> None:
        for _ in range(6):
            await clinic.end()

    async def look() -> None:
        for _ in range(12):
            assert await findings(clinic.api, clinic.world.clinic_id) == []

    await asyncio.gather(come_and_go(), look(), look())


async def test_every_clinic_is_looked_at_page_by_page(own: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integration_api.access.binding_check.PAGE_ROWS", 2)
    async with application(own) as api:
        worlds = [await World.build(api), await World.build(api)]
        for world in worlds:
            people = [world.admin, *[await world.therapist() for _ in range(4)]]
            await account_for(*people)
            await Hand(own).put("accounts", people[-1].id, "roles", '["clinic_admin"]')
        reports = await check_access(api.runtime.database, api.runtime.bindings, ALL, api.clock())
    assert {report.clinic_id: (len(report.findings), report.rows) for report in reports} == {
        world.clinic_id: (1, 10) for world in worlds
    }


async def test_a_value_that_nobody_can_read_is_a_finding(clinic: Clinic) -> None:
    await clinic.put("accounts", clinic.other.id, "roles", "[")
    [found] = await findings(clinic.api, clinic.world.clinic_id)
    assert found == "accounts: a value cannot be read (JSONDecodeError)"


async def test_a_grant_whose_ledger_row_was_removed_is_found_twice(own: Settings) -> None:
    """By the chain, once it was sealed, and by what is left of it."""
    async with application(own) as api:
        world = await World.build(api)
        therapist = await world.therapist()
        await account_for(world.admin, therapist)
        await therapist.post("/patients", {"name": "Rowan Sample"})
        sealer = sealer_of(api.runtime)
        await sealer.seal(world.clinic_id)
        async with hands(own) as at:
            await at.run("DELETE FROM ledger WHERE event = 'care_team.added'")
        [found] = await findings(api, world.clinic_id)
        assert BY_NO_ROW in found
        [gone] = (await verify_clinic(api.runtime.database, world.clinic_id, sealer.signer.public_key)).findings
        assert gone.endswith("was removed")
