"""FHIR in a patient's export: the same things as in its data files, of one read, counted in the manifest and valid."""

import json
from collections.abc import Callable
from zipfile import ZipFile

import pytest

from integration_api.fhir.chart_lines import LISTS, SOURCES
from integration_api.fhir.served_types import KIND_OF, Source
from integration_api.resources.oversight.exports.export_kinds import KINDS
from tests.factories.exports import opened, things
from tests.fhir.charts import Charts
from tests.fhir.test_fhir_sets import ids_of
from tests.fhir.validators import findings
from tests.support import Json

pytestmark = pytest.mark.thorough
SHOWN: dict[str, Callable[[Json], bool]] = {
    "Procedure": lambda item: item["phase"] == "dosing",
    "Condition": lambda item: bool(item["indication"]),
}
"""The things of a list that become a resource of a type, said again here."""


def resources(archive: ZipFile, kind: str) -> list[Json]:
    return [json.loads(line) for line in archive.read(f"fhir/{kind}.ndjson").decode().split("\n") if line]


def wanted(source: Source, items: list[Json]) -> list[str]:
    if KIND_OF[source] in SHOWN:
        items = [item for item in items if SHOWN[KIND_OF[source]](item)]
    if source.prefix == "score-":
        items = [item for item in items if item["state"] == "completed"]
    return ids_of(source, items)


def test_each_list_is_of_a_kind_of_an_export() -> None:
    assert set(LISTS) <= {kind.name for kind in KINDS}
    assert all(SOURCES.values())


async def test_the_files_of_fhir_have_the_things_of_the_data_files(charts: Charts) -> None:
    archive = await opened(charts.own.patient)
    expected: dict[str, list[str]] = {}
    for kind, sources in SOURCES.items():
        for source in sources:
            if named := wanted(source, things(archive, kind)):
                expected.setdefault(KIND_OF[source], []).extend(named)
    names = {name.removeprefix("fhir/").removesuffix(".ndjson") for name in archive.namelist() if name[:5] == "fhir/"}
    assert names == set(expected)
    manifest = json.loads(archive.read("manifest.json"))
    counts = {one["path"]: one["count"] for one in manifest["files"]}
    for kind, ids in expected.items():
        found = resources(archive, kind)
        if kind != "AuditEvent":  # in a ledger, each look is a row of its own
            assert sorted(one["id"] for one in found) == sorted(ids), kind
        assert counts[f"fhir/{kind}.ndjson"] == len(found) == len(ids)
        assert [fault for one in found for fault in findings(one)] == [], kind
    assert {"Patient", "Composition", "Communication", "Consent", "Provenance", "CarePlan"} <= names
    assert "Flag" not in names
