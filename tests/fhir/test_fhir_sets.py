"""By every role and every type: what FHIR shows is what the plain API shows, and texts of others are in no byte."""

import json
import re
from uuid import UUID

import pytest

from integration_api.access.policy import granted
from integration_api.fhir.identifiers import joined
from integration_api.fhir.mappers.condition import condition
from integration_api.fhir.mappers.provenance import note_provenance
from integration_api.fhir.served_types import COMPARTMENT, SEARCHED_ALONE, TYPES, Source
from tests.fhir.charts import Charts
from tests.fhir.clients import all_that_is_said, ask, pages, plain_items, resources_of, search
from tests.matrix.looking import MARKS, PEOPLE, canaries
from tests.matrix.test_canaries import MAY_READ
from tests.support import Json, Person

pytestmark = pytest.mark.thorough

REFERRED = re.compile(r'"reference": "(\w+)/')
OF_NO_RESOURCE = {"confided", "granted", "emergency", "hold", "program", "library", "stock", "own"}
"""Audiences of texts that no FHIR resource has: psychotherapy notes first of all."""
LISTED = [kind for kind in TYPES if not any(source.whole for source in TYPES[kind])]


def may_list(person: Person, source: Source) -> bool:
    return granted(source.list_route.operation, person.actor) is not None


def ids_of(source: Source, items: list[Json]) -> list[str]:
    if source.within is not None:
        return [source.prefix + joined(UUID(item[source.within.place]), UUID(item["id"])) for item in items]
    return [source.prefix + item["id"] for item in items if is_shown(source, item)]


def is_shown(source: Source, item: Json) -> bool:
    """Return whether an item becomes a resource; said again here, so that the product's own rule is compared."""
    if source.mapped is condition:
        return bool(item["indication"])
    return source.mapped is not note_provenance or item["signature"] is not None


async def expected(person: Person, kind: str, chart: str | None, own: str) -> list[str] | None:
    """Return the ids of the plain API, in its order, source by source; None if the role may list none."""
    sources = [source for source in TYPES[kind] if may_list(person, source)]
    if not sources:
        return None
    found: list[str] = []
    for source in sources:
        if source.is_of_patient_alone and chart not in (None, str(person.actor.patient_id)):
            continue
        query = {source.filters["patient"]: chart} if chart and "patient" in source.filters else {}
        items = await plain_items(person, source, query, own if source.within is None else chart or "")
        assert items is not None
        found += ids_of(source, items)
    return found


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("kind", [kind for kind in LISTED if kind not in SEARCHED_ALONE])
async def test_the_same_ids_are_shown_as_by_the_plain_api(charts: Charts, who: str, kind: str) -> None:
    person = charts.people[who]
    is_of_chart = any("patient" in source.known for source in TYPES[kind])
    for chart in (None, charts.own.chart, charts.other.chart) if is_of_chart else (None,):
        wanted = await expected(person, kind, chart, charts.own.chart)
        asked = f"{kind}?_count=3" + (f"&patient={chart}" if chart else "")
        if wanted is None:
            assert (await ask(person, asked)).status_code == 403
            continue
        found = [resource["id"] for resource in await search(person, asked)]
        assert found == wanted


async def test_the_search_is_not_empty_everywhere(charts: Charts) -> None:
    """Each type is shown to somebody, so that the comparison is of something."""
    for kind in LISTED:
        shown = [await ask(person, f"{kind}?_count=100") for person in charts.people.values()]
        is_found = any(answer.json().get("entry") for answer in shown if answer.status_code == 200)
        assert is_found or await search(charts.people["author"], f"{kind}?_count=100"), kind


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("kind", [kind for kind in TYPES if kind not in SEARCHED_ALONE])
async def test_the_same_can_be_read_by_its_id(charts: Charts, who: str, kind: str) -> None:
    """Each thing of both charts that anybody is shown: as the plain API answers, so does FHIR."""
    person = charts.people[who]
    for source in TYPES[kind]:
        for resource_id, plain in (await shown_to_anybody(charts, source)).items():
            answer = await ask(person, f"{kind}/{resource_id}")
            assert answer.status_code == await status_of(person, source, plain), f"{kind}/{resource_id}"
            if answer.status_code == 200:
                assert answer.json()["id"] == resource_id


async def shown_to_anybody(charts: Charts, source: Source) -> dict[str, Json]:
    """Return what somebody is shown of both charts, by the ids of FHIR."""
    found: dict[str, Json] = {}
    for person in (*charts.people.values(), charts.other.therapist, charts.other.patient):
        for chart in (charts.own.chart, charts.other.chart):
            if source.whole is not None:
                found[chart] = {"id": chart}
            elif may_list(person, source):
                listed = await plain_items(person, source, {}, chart) or []
                items = [item for item in listed if is_shown(source, item)][:5]
                found |= zip(ids_of(source, items), items, strict=True)
    assert found
    return found


async def status_of(person: Person, source: Source, plain: Json) -> int:
    """Return the status that the plain API answers with."""
    if source.read_route is not None:
        ids = [*([plain[source.within.place]] if source.within else []), plain["id"]]
        path = source.read_route.path.format(**dict(zip(source.parameters, ids, strict=True)))
        return int((await person.send("GET", path)).status_code)
    if source.whole is not None:
        return int((await person.send("GET", source.list_route.path.format(patient_id=plain["id"]))).status_code)
    query = {"ids": plain["id"]} if source.takes_ids else {}
    place = {source.within.place: plain[source.within.place]} if source.within else {}
    answer = await person.send("GET", source.list_route.path.format(**place), params=query)
    if answer.status_code != 200:
        return int(answer.status_code)
    body = answer.json()
    return 200 if plain["id"] in [item["id"] for item in body.get("items", [body])] else 404


@pytest.mark.parametrize("who", PEOPLE)
async def test_everything_is_what_the_lists_show(charts: Charts, who: str) -> None:
    person = charts.people[who]
    for chart in (charts.own.chart, charts.other.chart):
        path = f"Patient/{chart}/$everything?_count=50"
        plain = await person.send("GET", f"/patients/{chart}")
        if plain.status_code != 200:
            assert (await ask(person, path)).status_code == plain.status_code
            continue
        wanted = {("Patient", chart)}
        for kind, sources in TYPES.items():
            for source in sources:
                if source in COMPARTMENT and may_list(person, source):
                    query = {source.filters["patient"]: chart} if source.filters else {}
                    items = await plain_items(person, source, query, chart) or []
                    wanted |= {(kind, one) for one in ids_of(source, items)} if not source.whole else {(kind, chart)}
        bundles = await pages(person, path)
        found = [(one["resourceType"], one["id"]) for one in resources_of(bundles, "match")]
        assert len(found) == len(set(found))
        assert set(found) == wanted
        await is_closed(person, bundles)


async def is_closed(person: Person, bundles: list[Json]) -> None:
    """Each page has the Practitioners that it refers to, once, as the plain API shows them; nothing else is added."""
    answer = await person.send("GET", "/accounts?limit=100")
    shown = {one["id"] for one in answer.json()["items"]} if answer.status_code == 200 else set[str]()
    for bundle in bundles:
        named = set(re.findall(r'"Practitioner/([0-9a-f-]{36})"', json.dumps(bundle)))
        included = [(one["resourceType"], one["id"]) for one in resources_of([bundle], "include")]
        assert sorted(included) == sorted(("Practitioner", one) for one in named & shown)
    said = json.dumps(bundles)
    assert not shown or "Practitioner/" in said
    assert set(REFERRED.findall(said)) <= {*TYPES}


async def test_staff_by_their_ids_are_the_same_as_in_the_list(charts: Charts) -> None:
    person = charts.people["author"]
    listed = (await person.get("/accounts?limit=100"))["items"]
    ids = ",".join(one["id"] for one in listed[1:3])
    assert (await person.get(f"/accounts?ids={ids},{charts.own.chart}"))["items"] == listed[1:3]
    refused = await person.send("GET", f"/accounts?ids={ids}&role=therapist")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_alone")
    found = [one["id"] for one in await search(person, f"Practitioner?_id={ids}")]
    assert found == [one["id"] for one in listed[1:3]]


@pytest.mark.parametrize("who", PEOPLE)
async def test_only_texts_that_are_theirs_to_read_are_in_any_byte(charts: Charts, who: str) -> None:
    person = charts.people[who]
    answers: list[Json] = []
    for kind in TYPES:
        for chart in (None, charts.own.chart, charts.other.chart):
            answer = await ask(person, f"{kind}?_count=100" + (f"&patient={chart}" if chart else ""))
            answers.append(answer.json())
            if answer.status_code == 200 and kind != "AuditEvent":
                shown = [f"{kind}/{resource['id']}" for resource in resources_of([answer.json()])]
                answers += [(await ask(person, path)).json() for path in shown]
    for chart in (charts.own.chart, charts.other.chart):
        if (await ask(person, f"Patient/{chart}/$everything")).status_code == 200:
            answers += await pages(person, f"Patient/{chart}/$everything")
    said = "\n".join(text for answer in answers for text in all_that_is_said(answer))
    texts, _ = canaries(said + json.dumps(answers))
    assert texts <= MAY_READ[who]
    assert {kind for _, kind in texts}.isdisjoint(OF_NO_RESOURCE)
    assert {mark for mark, _ in texts} <= set(MARKS[:2])
    if who in ("author", "patient"):
        assert len(texts) >= 4


async def test_what_an_auditor_reads_of_the_ledger_is_what_the_plain_api_shows(charts: Charts) -> None:
    auditor, patient = charts.people["auditor"], charts.people["patient"]
    plain = await auditor.get(f"/ledger?patient_id={charts.own.chart}&limit=20")
    [bundle, *_] = [(await ask(auditor, f"AuditEvent?patient={charts.own.chart}&_count=20")).json()]
    found = [one["id"] for one in resources_of([bundle])]
    wanted = [one["id"] for one in plain["items"]]
    assert len(set(found) & set(wanted)) >= 19  # the list itself is a row that came between
    log = (await patient.get("/me/access-log?limit=20"))["items"]
    shown = resources_of([(await ask(patient, "AuditEvent?_count=20")).json()])
    assert len({one["id"] for one in log} & {one["id"] for one in shown}) >= 19
