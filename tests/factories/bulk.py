"""Bulk exports for tests: asked for, made by the job, and their files read."""

import json
from typing import Any

from httpx import Response

from integration_api.fhir.bulk_exporter import BulkExporter
from integration_api.fhir.bundles import PATH
from tests.fhir.clients import Caller
from tests.support import Json, new_source


async def send(caller: Caller, path: str, method: str = "GET", **headers: str) -> Response:
    """One request below the address of FHIR, whose answer may be a manifest or a file."""
    sent = {"Authorization": f"Bearer {caller.token}", "X-Forwarded-For": new_source(), **headers}
    return await caller.api.client.request(method, f"{PATH}/{path}", headers=sent)


async def asked(caller: Caller, query: str = "$export", expect: int = 202) -> str:
    """The place of a new export, below the address of FHIR."""
    answer = await send(caller, query, Prefer="respond-async", Accept="application/fhir+json")
    assert answer.status_code == expect, answer.text
    return str(answer.headers.get("content-location", "")).partition(f"{PATH}/")[2]


async def made(caller: Caller, query: str = "$export") -> Json:
    """The manifest of a new export that the job has made."""
    place = await asked(caller, query)
    await BulkExporter(caller.api.runtime).turn()
    answer = await send(caller, place)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return {**found, "place": place}


async def resources(caller: Caller, manifest: Json) -> list[Json]:
    """The resources of all files; each file has as many lines of its type as the manifest says."""
    found: list[Json] = []
    for one in manifest["output"]:
        answer = await send(caller, one["url"].partition(f"{PATH}/")[2], Accept="application/fhir+ndjson")
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/fhir+ndjson")
        lines: list[Any] = [json.loads(line) for line in answer.text.split("\n") if line]
        assert len(lines) == one["count"]
        assert {line["resourceType"] for line in lines} == {one["type"]}
        found += lines
    return found
