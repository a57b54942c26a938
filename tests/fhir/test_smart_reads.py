"""The data that a program reads by FHIR: of the types that were granted, of who permits sharing, and of one clinic."""

import json

import pytest

from integration_api.access.policy import granted
from integration_api.fhir.requested_scopes import SCOPES
from integration_api.fhir.served_types import KIND_OF, ROUTES, TYPES
from integration_api.fhir.translation import scope_of
from integration_api.storage.statements import STATEMENTS
from tests.factories import notes
from tests.factories.consents import published, signed, withdrawn
from tests.factories.smart import PUBLIC, Program, with_keys
from tests.fhir.charts import Charts
from tests.fhir.clients import Caller, all_that_is_said, ask, pages, resources_of, search
from tests.fhir.validators import findings
from tests.matrix.looking import MARKS, canaries
from tests.support import Json, World

pytestmark = pytest.mark.thorough
ALL = " ".join(SCOPES)
KINDS = [kind for kind in TYPES if scope_of(kind) in SCOPES]
NEVER = [kind for kind in TYPES if scope_of(kind) not in SCOPES]
OF_CHARTS = [kind for kind in KINDS if any(source.filters for source in TYPES[kind])]
MAY_READ = {"text", "person", "staff", "team"}
"""Audiences of texts that a program with every type is shown: what the care team and the patient read, and names."""


@pytest.fixture(autouse=True)
def public_address(api: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deployment has a public address."""
    monkeypatch.setattr(api.runtime, "public_url", PUBLIC)  # type: ignore[attr-defined]  # an Api


async def of_charts(charts: Charts) -> tuple[Program, Caller]:
    """A program of the charts' clinic with every type."""
    program = await with_keys(charts.own.world, *SCOPES)
    return program, await program.token(ALL)


async def all_pages(caller: Caller, kind: str, charts: Charts) -> list[Json]:
    if kind == "CareTeam":
        return [
            bundle
            for chart in (charts.own.chart, charts.other.chart)
            for bundle in await pages(caller, f"{kind}?patient={chart}")
        ]
    return await pages(caller, f"{kind}?_count=100")


def test_the_types_that_can_be_granted_are_those_with_something_behind_them() -> None:
    behind = {
        scope_of(KIND_OF[source])
        for source in KIND_OF
        if scope_of(KIND_OF[source]) in source.list_route.operation.programs_read
    }
    assert behind == set(SCOPES)
    declared = {scope for route in ROUTES.values() for scope in route.operation.programs_read}
    assert declared == set(SCOPES)
    assert not [route.name for route in ROUTES.values() if route.operation.programs_read and route.methods != {"GET"}]
    private = ("reflection", "psychotherapy", "safeguarding", "flag", "plan", "check_in", "practice", "ledger")
    assert not [route.name for route in ROUTES.values() if route.operation.programs_read and route.name in private]


async def test_a_program_is_shown_what_was_shared_and_nothing_private(charts: Charts) -> None:
    _, caller = await of_charts(charts)
    bundles = {kind: await all_pages(caller, kind, charts) for kind in KINDS}
    for chart in (charts.own.chart, charts.other.chart):
        bundles[f"everything of {chart}"] = await pages(caller, f"Patient/{chart}/$everything?_count=100")
    answers = [bundle for found in bundles.values() for bundle in found]
    for kind in KINDS:
        resources = resources_of(bundles[kind])
        assert resources, kind
        answers += [(await ask(caller, f"{kind}/{one['id']}")).json() for one in resources[:5]]
    said = "\n".join(text for answer in answers for text in all_that_is_said(answer))
    texts, _ = canaries(said + json.dumps(answers))
    assert {kind for _, kind in texts} <= MAY_READ
    assert {mark for mark, _ in texts} == set(MARKS[:2])
    assert [found for answer in answers for found in findings(answer)] == []
    drafts = [one for one in resources_of(bundles["Composition"]) if one["status"] == "preliminary"]
    assert drafts == []


@pytest.mark.parametrize("kind", NEVER)
async def test_other_types_are_refused(charts: Charts, kind: str) -> None:
    _, caller = await of_charts(charts)
    for path in (f"{kind}", f"{kind}?patient={charts.own.chart}"):
        assert (await ask(caller, path)).status_code == 403


async def test_each_type_needs_its_own_scope(charts: Charts) -> None:
    program, caller = await of_charts(charts)
    for kind in KINDS:
        [some, *_] = resources_of(await all_pages(caller, kind, charts))
        others = " ".join(scope for scope in SCOPES if scope != scope_of(kind))
        without, alone = await program.token(others), await program.token(scope_of(kind))
        query = f"{kind}?patient={charts.own.chart}" if kind == "CareTeam" else kind
        assert (await ask(without, query)).status_code == 403, kind
        assert (await ask(without, f"{kind}/{some['id']}")).status_code == 403, kind
        assert (await ask(alone, query)).status_code == 200, kind
        assert (await ask(alone, f"{kind}/{some['id']}")).status_code == 200, kind


async def test_a_token_of_fhir_opens_nothing_else_and_no_other_opens_fhir(charts: Charts) -> None:
    program, caller = await of_charts(charts)
    api = charts.own.world.api
    for route in ROUTES.values():
        if route.methods == {"GET"} and not route.operation.is_public and "{" not in route.path:
            answer = await api.client.request(
                "GET", f"/v1{route.path}", headers={"Authorization": f"Bearer {caller.token}"}
            )
            assert answer.status_code == 403, route.name
    shown = await charts.own.world.admin.post(
        f"/service-accounts/{program.account['id']}/rotate-secret", match=2, expect=200
    )
    secret = {"client_id": program.account["id"], "client_secret": shown["client_secret"]}
    plain = (await api.send("POST", "/auth/service-tokens", json=secret)).json()
    assert plain["scopes"] == []
    for path in ("Patient", f"Patient/{charts.own.chart}", f"Patient/{charts.own.chart}/$everything"):
        assert (await ask(Caller(api, plain["access_token"]), path)).status_code == 403


async def test_a_narrow_token_stays_narrow_when_the_account_changes(world: World) -> None:
    """A changed account makes the request start over with what it is now: never with more than was asked for."""
    therapist = await world.therapist()
    chart = await therapist.post("/patients", {"name": "Rowan Sample"})
    program = await with_keys(world, "system/Patient.rs", "system/Organization.rs")
    caller = await program.token("system/Organization.rs")
    path = f"/service-accounts/{program.account['id']}"
    await world.admin.patch(path, {"scopes": list(SCOPES)}, 2)
    assert (await ask(caller, f"Patient/{chart['id']}")).status_code == 403
    assert (await ask(caller, "Organization")).status_code == 200
    await world.admin.patch(path, {"scopes": ["system/Patient.rs"]}, 3)
    assert (await ask(caller, "Organization")).status_code == 403
    assert (await ask(caller, "Patient")).status_code == 403
    await world.admin.patch(path, {"state": "disabled"}, 4)
    assert (await ask(caller, "Organization")).status_code == 401
    assert (await program.ask()).status_code == 401


async def test_new_keys_end_the_tokens_of_those_before(world: World) -> None:
    program = await with_keys(world, "system/Organization.rs")
    caller = await program.token()
    assert (await ask(caller, "Organization")).status_code == 200
    await world.admin.put(f"/service-accounts/{program.account['id']}/keys", {}, 2)
    assert (await ask(caller, "Organization")).status_code == 401
    assert (await program.ask()).status_code == 401


async def test_a_patient_who_does_not_permit_sharing_is_not_there(world: World) -> None:
    """Neither by search, nor by id, nor by everything; and again after the next signature. Staff stay."""
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await notes.signed_note(therapist, chart)
    program = await with_keys(world, *SCOPES)
    caller = await program.token()
    before = resources_of(await pages(caller, f"Patient/{chart}/$everything?_count=100"), "match")
    assert {"Patient", "Composition", "Encounter"} <= {one["resourceType"] for one in before}
    document = await published(world.admin, "sharing")
    await nothing_of(caller, chart, before)
    consent = await signed(patient, document)
    again = resources_of(await pages(caller, f"Patient/{chart}/$everything?_count=100"), "match")
    assert {one["id"] for one in again} >= {one["id"] for one in before}
    await withdrawn(patient, consent)
    await nothing_of(caller, chart, again)


async def nothing_of(caller: Caller, chart: str, before: list[Json]) -> None:
    assert (await ask(caller, f"Patient/{chart}/$everything")).status_code == 404
    assert (await ask(caller, f"CareTeam?patient={chart}")).status_code == 404
    for one in before:
        assert (await ask(caller, f"{one['resourceType']}/{one['id']}")).status_code == 404, one["resourceType"]
        assert await search(caller, f"{one['resourceType']}?_id={one['id']}") == []
    for kind in OF_CHARTS:
        assert await search(caller, f"{kind}?patient={chart}") == [], kind
        assert await search(caller, kind) == [], kind
    assert await search(caller, "Patient") == []


async def test_another_clinic_is_not_there(charts: Charts) -> None:
    elsewhere = await World.build(charts.own.world.api)
    program = await with_keys(elsewhere, *SCOPES)
    caller = await program.token()
    assert (await ask(caller, f"Patient/{charts.own.chart}")).status_code == 404
    assert (await ask(caller, f"CareTeam?patient={charts.own.chart}")).status_code == 404
    for kind in OF_CHARTS:
        assert await search(caller, f"{kind}?patient={charts.own.chart}") == [], kind
    assert await search(caller, "Patient") == []


def test_every_statement_that_lists_for_a_program_asks_whether_sharing_is_permitted() -> None:
    """By the text of the SQL: the parameter that tells a program is in each of them."""
    names = (
        *("courses", "sessions", "medicines", "orders", "doses", "adverse_events", "consents"),
        *("measure_responses", "notes"),
    )
    for name in names:
        for statement in (f"list_{name}", f"list_team_{name}", f"{name}_by_ids", f"read_{name.removesuffix('s')}"):
            assert "actor_is_program" in str(STATEMENTS[statement].query), statement


def test_nobody_else_is_held_to_scopes_of_fhir(charts: Charts) -> None:
    for person in charts.people.values():
        for source, kind in KIND_OF.items():
            operation = source.list_route.operation
            assert granted(operation, person.actor, scope_of(kind)) == granted(operation, person.actor)
