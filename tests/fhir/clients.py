"""Asking by FHIR, and asking the plain API for the same."""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from httpx import Response

from integration_api.fhir.bundles import PATH
from integration_api.fhir.served_types import ROUTES, Above, Source
from tests.support import Api, Json, Person, new_source

FHIR = "application/fhir+json"
MAX_PAGES = 500


@dataclass
class Caller:
    """Somebody with an access token."""

    api: Api
    token: str


async def ask(person: Person | Caller | None, path: str, method: str = "GET", **sent: Any) -> Response:
    """Send one request below the address of FHIR. Its answer is FHIR, whatever it is."""
    assert person is not None or "client" in sent
    client = sent.pop("client", None) or person.api.client  # type: ignore[union-attr]  # one of the two is there
    headers = {"X-Forwarded-For": new_source(), **sent.pop("headers", {})}
    if person is not None:
        headers["Authorization"] = f"Bearer {person.token}"
    answer: Response = await client.request(method, f"{PATH}/{path}", headers=headers, **sent)
    assert answer.headers["cache-control"] == "no-store"
    if answer.content:
        assert answer.headers["content-type"] == FHIR, answer.text
        is_refused = answer.status_code >= 400
        assert (answer.json()["resourceType"] == "OperationOutcome") is is_refused, answer.text
    return answer


async def pages(person: Person | Caller, path: str) -> list[Json]:
    """Return the Bundle of every page of a search."""
    found: list[Json] = []
    following: str | None = path
    while following is not None:
        answer = await ask(person, following)
        assert answer.status_code == 200, answer.text
        found.append(answer.json())
        links = {link["relation"]: link["url"] for link in found[-1]["link"]}
        following = links["next"].partition(f"{PATH}/")[2] if "next" in links else None
        assert len(found) < MAX_PAGES
    return found


def resources_of(bundles: list[Json], mode: str = "") -> list[Json]:
    """Return the resources of some Bundles, or those that are there for this reason alone: `match` or `include`."""
    entries = [entry for bundle in bundles for entry in bundle.get("entry", ())]
    return [entry["resource"] for entry in entries if mode in ("", entry["search"]["mode"])]


async def search(person: Person | Caller, path: str) -> list[Json]:
    """Return the resources of every page of a search."""
    return resources_of(await pages(person, path))


async def plain_items(person: Person, source: Source, query: Mapping[str, str], patient_id: str) -> list[Json] | None:
    """Return what the plain API lists of a source; None if the role may not."""
    if source.within is not None:
        return await _below(person, source, source.within, patient_id)
    route, found, cursor = source.list_route, list[Json](), None
    names = route.declared.query_names
    path = route.path.format(patient_id=patient_id)
    while True:
        asked = {**source.always, **query} | ({"limit": "100"} if "limit" in names else {})
        answer = await person.send("GET", path, params=asked | ({"cursor": cursor} if cursor else {}))
        if answer.status_code == 403:
            return None
        assert answer.status_code in (200, 404), answer.text
        if answer.status_code == 404:
            return []
        body = answer.json()
        found += body.get("items", [body])
        cursor = body.get("next_cursor")
        if cursor is None:
            return found


async def _below(person: Person, source: Source, above: Above, patient_id: str) -> list[Json]:
    """Return what is below the dosing sessions or the reflections of a patient, one after the other."""
    found: list[Json] = []
    asked = {**above.always, "limit": "100"} | ({"patient_id": patient_id} if patient_id else {})
    for one in (await person.get(ROUTES[above.lists].path, params=asked))["items"]:
        path = source.list_route.path.format(**{above.place: one["id"]})
        found += (await person.get(path, params={"limit": "100"}))["items"]
    return found


def all_that_is_said(value: object) -> Iterator[str]:
    """Yield every text of a resource; that of an attachment is decoded."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "data" and isinstance(part, str):
                yield base64.b64decode(part).decode()
            else:
                yield from all_that_is_said(part)
    elif isinstance(value, list):
        for part in value:
            yield from all_that_is_said(part)
    elif isinstance(value, str):
        yield value
