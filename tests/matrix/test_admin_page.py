"""The admin's page asks for nothing that shows a clinical text: read from its sources, asked as everybody."""

import re
from pathlib import Path

import pytest

from integration_api.access.actor import Role
from integration_api.app import action_routes
from tests.matrix.looking import Garden, Seen, look
from tests.support import Api, World

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT / "frontends" / "admin" / "src", ROOT / "frontends" / "shared" / "office")
_CALL = re.compile(r'http\.(GET|POST|PUT|PATCH|DELETE)\(\s*"/v1(/[^"]+)"')
_ANY_CALL = re.compile(r"http\.(?:GET|POST|PUT|PATCH|DELETE)\(")
OFFICE = {Role.CLINIC_ADMIN, Role.AUDITOR, Role.PRIVACY_OFFICER}
NOT_CLINICAL = {"staff", "person", "hold", "program", "library", "own", "study"}
"""Kinds of canaries: names, addresses, why a chart is kept, programs, wordings, own devices, names of studies."""


def called() -> set[str]:
    """The operations that the page calls, by name; the client's own ones of signing in are none of them."""
    routes = {(method, route.path): route.name for route in action_routes() for method in route.methods or ()}
    found = set()
    for folder in SOURCES:
        for file in folder.rglob("*.ts*"):
            text = file.read_text("utf-8")
            calls = _CALL.findall(text)
            assert len(calls) == len(_ANY_CALL.findall(text)), f"a call of {file.name} is written another way"
            found |= {routes[call] for call in calls}
    return found


def test_each_call_is_of_an_operation_that_one_of_the_office_may_do() -> None:
    by_name = {route.name: route.operation for route in action_routes()}
    found = called()
    assert len(found) > 40
    assert {name for name in found if not by_name[name].is_public and not OFFICE & by_name[name].who.keys()} == set()


def test_no_call_is_of_an_operation_on_what_a_care_team_writes() -> None:
    """The name of a patient and the hold on a chart are all that is asked of a chart."""
    of_charts = {name for name in called() if "patient" in name}
    assert of_charts == {
        "hold_patient",
        "list_patients",
        "read_patient",
        "read_patient_hold",
        "release_patient",
        "search_patients",
    }


@pytest.mark.thorough
async def test_whoever_asks_is_shown_no_clinical_text(api: Api) -> None:
    """Also who may read charts elsewhere, as an admin who is a therapist too."""
    api.clock.reset()
    garden = await Garden.build(await World.build(api))
    seen: dict[str, Seen] = {name: await look(garden, name, person, called()) for name, person in garden.people.items()}
    shown = {name: {kind for _, kind in one.texts} - NOT_CLINICAL for name, one in seen.items()}
    assert {name: kinds for name, kinds in shown.items() if kinds} == {}
    told = {kind for _, kind in seen["clinic_admin"].texts}
    assert told >= {"staff", "person", "hold"}, "the canaries are seen where they are"
    assert all(one.answers > 10 for one in seen.values())
