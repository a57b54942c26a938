"""Programs of a clinic's own: secrets, tokens, and what they may do."""

from dataclasses import replace
from typing import get_args
from uuid import UUID, uuid4

import pytest

from integration_api.access.actor import Role
from integration_api.access.statements import READ_STORED_RESPONSE
from integration_api.app import action_routes
from integration_api.core.ids import new_id
from integration_api.resources.delivery.changes.rules import ChangeKind
from integration_api.resources.people.service_accounts.schemas import AnyScope, ServiceScope
from integration_api.web.idempotency import StoredResponse, digest
from tests.factories import notes
from tests.support import Json, Person, World, new_source

SCOPES = ["patient:list", "patient:read", "care_team:list"]


async def program(world: World, *scopes: str, admin: Person | None = None) -> tuple[Json, Person]:
    """A program with a token."""
    made = await (admin or world.admin).post(
        "/service-accounts", {"name": "Front desk", "scopes": list(scopes or SCOPES)}
    )
    return made, Person(world.api, world.admin.actor, (await token(world, made))["access_token"])


async def token(world: World, made: Json, expect: int = 201) -> Json:
    body = {"client_id": made["id"], "client_secret": made["client_secret"]}
    answer = await world.api.send("POST", "/auth/service-tokens", json=body)
    assert answer.status_code == expect, answer.text
    found: Json = answer.json()
    return found


async def test_nobody_and_no_therapist_manages_programs(world: World) -> None:
    body = {"name": "Front desk", "scopes": SCOPES}
    assert (await world.api.send("POST", "/service-accounts", json=body)).status_code == 401
    therapist = await world.therapist()
    await therapist.post("/service-accounts", body, expect=403)
    await therapist.get("/service-accounts", expect=403)
    await world.admin.patch(f"/service-accounts/{new_id()}", {"name": "N"}, 1, expect=404)
    await world.admin.patch(f"/service-accounts/{therapist.id}", {"name": "N"}, 1, expect=404)


async def test_a_program_does_what_it_was_given_and_nothing_else(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made, desk = await program(world)
    assert made["scopes"] == SCOPES
    chart = world.chart_id(patient)
    assert [item["id"] for item in (await desk.get("/patients"))["items"]] == [chart]
    assert (await desk.get(f"/patients/{chart}"))["name"] == "Rowan Sample"
    await desk.patch(f"/patients/{chart}", {"name": "R"}, 1, expect=403)
    await desk.get("/accounts", expect=403)
    await desk.get("/me", expect=403)
    note = await notes.signed_note(therapist, chart)
    for path in (f"/notes/{note['id']}", "/notes", "/reflections", "/plans", "/sessions", "/ledger", "/worklist"):
        assert (await desk.get(path, expect=403))["code"] == "forbidden"
    await desk.get(f"/patients/{uuid4()}", expect=404)
    other = await World.build(world.api)
    theirs = await other.patient_of(await other.therapist())
    await desk.get(f"/patients/{other.chart_id(theirs)}", expect=404)


async def test_the_ledger_names_the_program(world: World) -> None:
    patient = await world.patient_of(await world.therapist())
    made, desk = await program(world)
    await desk.get(f"/patients/{world.chart_id(patient)}")
    auditor = await world.staff(Role.AUDITOR)
    [row] = (await auditor.get("/ledger", params={"event": "patient.read", "actor_id": made["id"]}))["items"]
    assert (row["actor_role"], row["actor_id"]) == ("service", made["id"])


async def kept_answer(person: Person, key: str) -> StoredResponse:
    """What the database holds for a retry, opened."""
    found = await person.api.runtime.database.one(READ_STORED_RESPONSE, {**person.ambient(), "key_digest": digest(key)})
    assert found is not None
    return found


async def test_a_secret_is_shown_once_and_kept_as_a_digest(world: World) -> None:
    made = await world.admin.post("/service-accounts", {"name": "Front desk", "scopes": SCOPES}, key="made")
    path = f"/service-accounts/{made['id']}/rotate-secret"
    fresh = await world.admin.post(path, match=1, expect=200, key="rotated")
    for key in ("made", "rotated"):
        assert (await kept_answer(world.admin, key)).body is None
    assert (await token(world, fresh))["expires_in"] == 900
    listed = (await world.admin.get("/service-accounts"))["items"]
    assert [item["id"] for item in listed] == [made["id"]]
    assert "client_secret" not in listed[0]
    assert made["id"] not in {item["id"] for item in (await world.admin.get("/accounts"))["items"]}
    await world.admin.get(f"/accounts/{made['id']}", expect=404)
    await world.admin.patch(f"/accounts/{made['id']}", {"roles": ["therapist"]}, 1, expect=404)
    await world.admin.post("/invitations", {"account_id": made["id"]}, expect=404)


@pytest.mark.thorough
@pytest.mark.parametrize("secret", ["", "x", "é", "A" * 86 + "==", "A" * 128, None])
async def test_a_wrong_secret_gets_nothing_and_is_counted(world: World, secret: str | None) -> None:
    made, _ = await program(world)
    wrong = made["client_secret"][:-8] + "AAAAAAA=" if secret is None else secret
    refused = await token(world, {**made, "client_secret": wrong}, expect=401)
    unknown = await token(world, {"id": str(new_id()), "client_secret": made["client_secret"]}, expect=401)
    assert {**refused, "request_id": ""} == {**unknown, "request_id": ""}
    for _ in range(40):
        body = {"client_id": made["id"], "client_secret": wrong}
        answer = await world.api.send("POST", "/auth/service-tokens", json=body)
    assert answer.status_code == 429
    assert (await token(world, made))["expires_in"] == 900
    world.api.source = new_source()


async def test_two_secrets_work_while_rotating(world: World) -> None:
    made, desk = await program(world)
    fresh = await world.admin.post(f"/service-accounts/{made['id']}/rotate-secret", match=1, expect=200)
    assert fresh["client_secret"] != made["client_secret"]
    assert (fresh["version"], fresh["previous_secret_ends_at"] is not None) == (2, True)
    await token(world, made)
    await token(world, fresh)
    await desk.get("/patients")
    again = await world.admin.post(f"/service-accounts/{made['id']}/rotate-secret", match=2, expect=200)
    await token(world, made, expect=401)
    await token(world, fresh)
    await world.admin.post(f"/service-accounts/{made['id']}/rotate-secret", match=2, expect=412)
    world.api.clock.advance(hours=25)
    await token(world, fresh, expect=401)
    await token(world, again)


async def test_a_change_of_scopes_holds_on_the_next_request_with_the_same_token(world: World) -> None:
    made, desk = await program(world, "patient:list")
    await desk.get("/accounts", expect=403)
    path = f"/service-accounts/{made['id']}"
    changed = await world.admin.patch(path, {"scopes": ["account:list"]}, 1)
    await desk.get("/patients", expect=403)
    assert (await desk.get("/accounts"))["items"]
    await world.admin.patch(path, {"scopes": ["patient:list"]}, changed["version"])
    await desk.get("/patients")
    await desk.get("/accounts", expect=403)


async def test_disabling_ends_tokens_at_once_and_for_good(world: World) -> None:
    made, desk = await program(world)
    await world.admin.patch(f"/service-accounts/{made['id']}", {"state": "disabled"}, 1)
    await desk.get("/patients", expect=401)
    await token(world, made, expect=401)
    await world.admin.patch(f"/service-accounts/{made['id']}", {"state": "active"}, 2)
    await desk.get("/patients", expect=401)
    await token(world, made)


async def test_a_token_ends_and_cannot_be_refreshed(world: World) -> None:
    made, desk = await program(world)
    world.api.clock.advance(minutes=16)
    await desk.get("/patients", expect=401)
    assert "refresh_token" not in await token(world, made)


async def test_programs_are_made_with_a_fresh_proof_alone(world: World) -> None:
    stale = replace(world.admin.actor, proved_at=world.api.clock().replace(year=2020))
    admin = Person(world.api, stale, world.api.runtime.tokens.issue(stale, world.api.clock()))
    body = {"name": "Front desk", "scopes": SCOPES}
    assert (await admin.post("/service-accounts", body, expect=403))["code"] == "step-up-required"
    made, _ = await program(world)
    for path in ("", "/rotate-secret"):
        method = "POST" if path else "PATCH"
        answer = await admin.send(method, f"/service-accounts/{made['id']}{path}", None if path else {}, match=1)
        assert answer.json()["code"] == "step-up-required"


async def told(person: Person) -> list[tuple[str, str]]:
    return [(n["event"], n["subject_id"]) for n in (await person.get("/notices"))["items"]]


async def test_the_other_admins_are_told(world: World) -> None:
    made, _ = await program(world)
    await world.admin.patch(f"/service-accounts/{made['id']}", {"scopes": ["patient:list"]}, 1)
    assert (await told(world.admin))[:2] == [
        ("service_account.updated", made["id"]),
        ("service_account.created", made["id"]),
    ]


async def test_a_program_invites_and_keeps_care_teams(world: World) -> None:
    therapist, colleague = await world.therapist(), await world.therapist()
    chart = (await therapist.post("/patients", {"name": "Rowan Sample", "email": f"{uuid4().hex}@example.org"}))["id"]
    made, desk = await program(world, "invitation:create", "care_team:add", "care_team:list")
    assert (await desk.post("/invitations", {"patient_id": chart}))["code"]
    await desk.post("/invitations", {"account_id": therapist.id}, expect=403)
    member = {"account_id": colleague.id, "role": "therapist"}
    await desk.post(f"/patients/{chart}/care-team", member)
    nobody = {"account_id": made["id"], "role": "therapist"}
    await desk.post(f"/patients/{chart}/care-team", nobody, expect=403)


async def test_a_program_invites_and_grants_in_the_open(world: World) -> None:
    """What an admin would be seen to do is seen where a program does it for them."""
    therapist, colleague = await world.therapist(), await world.therapist()
    officer = await world.staff(Role.PRIVACY_OFFICER)
    chart = (await therapist.post("/patients", {"name": "Rowan Sample", "email": f"{uuid4().hex}@example.org"}))["id"]
    _, desk = await program(world, "invitation:create", "care_team:add")
    await desk.post("/invitations", {"patient_id": chart})
    assert ("invitation.created", chart) in await told(officer)
    added = await desk.post(f"/patients/{chart}/care-team", {"account_id": colleague.id, "role": "therapist"})
    assert ("care_team.added", added["id"]) in await told(world.admin)


async def test_an_admin_s_program_does_not_let_the_admin_in(world: World) -> None:
    """Nobody puts themselves on a care team, by a program of their own neither."""
    patient = await world.patient_of(await world.therapist())
    both = await world.staff(Role.CLINIC_ADMIN, Role.THERAPIST)
    _, desk = await program(world, "care_team:add", admin=both)
    path = f"/patients/{world.chart_id(patient)}/care-team"
    for role in ("therapist", "supervisor"):
        refused = await desk.post(path, {"account_id": both.id, "role": role}, expect=403)
        assert refused["code"] == "not-by-program"
    await both.get(f"/patients/{world.chart_id(patient)}/timeline", expect=404)


async def test_a_create_is_not_repeated(world: World) -> None:
    body, key = {"name": "Front desk", "scopes": SCOPES}, uuid4().hex
    first = await world.admin.post("/service-accounts", body, key=key)
    assert (await world.admin.post("/service-accounts", body, key=key, expect=409))["code"] == "shown-once"
    await world.admin.post("/service-accounts", {**body, "name": "Another"}, key=key, expect=422)
    await world.admin.post("/service-accounts", {**body, "id": first["id"]}, expect=409)
    path = f"/service-accounts/{first['id']}/rotate-secret"
    fresh = await world.admin.post(path, match=1, expect=200, key="rotated")
    assert (await world.admin.post(path, match=1, expect=409, key="rotated"))["code"] == "shown-once"
    await token(world, fresh)  # what was shown works: a retry has rotated nothing
    assert [item["version"] for item in (await world.admin.get("/service-accounts"))["items"]] == [2]
    await world.admin.post("/service-accounts", {**body, "scopes": ["note:read"]}, expect=422)
    assert UUID(first["id"]).version == 7


def test_scopes_are_what_the_policy_gives_programs_and_nothing_clinical_or_stepped_up() -> None:
    given = {route.operation for route in action_routes() if Role.SERVICE in route.operation.who}
    assert {operation.action for operation in given} == set(get_args(ServiceScope))
    assert not [operation for operation in given if operation.needs_step_up]
    clinical = ("note", "reflection", "plan", "session", "course", "practice", "timeline", "strategy", "worklist")
    assert not [operation for operation in given if operation.action.startswith(clinical)]


TOLD = {"patient", "care_team", "course", "session", "medicine", "note", "reflection", "plan", "practice"}
"""The kinds that a program can be told of. None is private, a draft, or a psychotherapy note."""


@pytest.mark.parametrize("kind", [*ChangeKind, "safeguarding_report"])
async def test_a_program_is_told_of_these_kinds_alone(world: World, kind: str) -> None:
    body = {"name": "Front desk", "scopes": [f"changes:{kind}"]}
    answer = await world.admin.send("POST", "/service-accounts", body)
    assert answer.status_code == (201 if kind in TOLD else 422)


def test_no_scope_is_for_psychotherapy_notes_safeguarding_or_private_links() -> None:
    """Webhooks tell of kinds by scopes: what has none can never be granted."""
    never = (ChangeKind.PSYCHOTHERAPY_NOTE, ChangeKind.SAFEGUARDING_REPORT, "capture", "flag", "measure")
    assert "changes:note" in get_args(AnyScope)
    assert [scope for scope in get_args(AnyScope) if any(word in scope for word in never)] == []
