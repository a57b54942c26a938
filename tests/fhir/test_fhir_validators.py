"""Every resource is valid by validators that know nothing of this product; planted faults prove that they look."""

import json
from collections.abc import Callable
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from integration_api.fhir.capabilities import capability_statement
from integration_api.fhir.elements import Json
from integration_api.fhir.mappers.careteam import care_team
from integration_api.fhir.served_types import TYPES, Source
from integration_api.ledger.events import Event
from integration_api.resources.people.patients.schemas import CareTeamMember
from tests.fhir.charts import Charts
from tests.fhir.clients import ask, pages, resources_of
from tests.fhir.faults import FAULTS, KIT, MODELS, OURS, RIGHT, Fault
from tests.fhir.rows import rows, written
from tests.fhir.validators import by_fhirkit, by_models, by_ourselves, findings
from tests.matrix.looking import PEOPLE

HERE: dict[str, Callable[[Json], list[str]]] = {KIT: by_fhirkit, MODELS: by_models, OURS: by_ourselves}
"""The validators of `make test`; `make fhir` has the others."""
MAPPED = [(kind, source) for kind, sources in TYPES.items() for source in sources if source.whole is None]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_seen_by_those_who_must_see_it(fault: Fault) -> None:
    assert {name for name, look in HERE.items() if look(fault.resource)} == fault.seen_by & HERE.keys()


@pytest.mark.parametrize("resource", RIGHT, ids=lambda resource: resource["resourceType"])
def test_without_a_fault_nobody_finds_any(resource: Json) -> None:
    assert findings(resource) == []


def row_type(source: Source) -> type[BaseModel]:
    """Return what the plain API presents: the items of its page, or what it reads."""
    model: Any = source.list_route.response_model
    fields = model.model_fields
    if "items" not in fields:
        return model  # type: ignore[no-any-return]  # the declared one
    [items] = fields["items"].annotation.__args__
    found: type[BaseModel] = (get_args(items) or (items,))[0]
    return found


def read_type(source: Source) -> type[BaseModel]:
    model: Any = source.read_route.response_model if source.read_route else row_type(source)
    return model  # type: ignore[no-any-return]  # the declared one


@pytest.mark.thorough
@pytest.mark.parametrize(("kind", "source"), MAPPED, ids=lambda value: getattr(value, "lists", str(value)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_whatever_a_row_holds_its_resource_is_valid(kind: str, source: Source, data: st.DataObject) -> None:
    for model in dict.fromkeys((row_type(source), read_type(source))):
        row = data.draw(rows(model).filter(source.shows))
        resource = written(source.mapped(row))
        assert resource["resourceType"] == kind
        assert resource["id"].startswith(source.prefix)
        assert source.within is not None or resource["id"] == f"{source.prefix}{row.id}"
        assert findings(resource) == []


@pytest.mark.thorough
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(members=st.lists(rows(CareTeamMember), max_size=3), patient_id=st.uuids(version=4))
def test_whatever_a_care_team_holds_its_resource_is_valid(members: list[CareTeamMember], patient_id: UUID) -> None:
    assert findings(written(care_team(patient_id, members))) == []


def test_the_capability_statement_is_valid() -> None:
    assert findings(written(capability_statement("http://localhost/fhir/R4"))) == []


@pytest.mark.thorough
@pytest.mark.parametrize("who", PEOPLE)
async def test_every_resource_and_bundle_of_the_scene_is_valid(charts: Charts, who: str) -> None:
    person, bundles = charts.people[who], list[Json]()
    for kind in TYPES:
        answer = await ask(person, f"{kind}?_count=100")
        if answer.status_code == 200:
            bundles.append(answer.json())
        else:
            assert findings(answer.json()) == []
    if (await ask(person, f"Patient/{charts.own.chart}")).status_code == 200:
        bundles += await pages(person, f"Patient/{charts.own.chart}/$everything?_count=100")
    for bundle in bundles:
        assert findings(bundle) == [], json.dumps(bundle)[:500]
    read = [one for one in resources_of(bundles) if one["resourceType"] != "AuditEvent"]
    for one in read[::3]:
        whole = (await ask(person, f"{one['resourceType']}/{one['id']}")).json()
        assert findings(whole) == []


def test_events_are_words_of_ours() -> None:
    """The rows of an AuditEvent name Events, of which Hypothesis is given two."""
    assert {"note.read", "request.refused"} <= set(Event.known)
