"""The data file of crisis resources."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from integration_api.resources.people import clinics
from integration_api.resources.people.clinics.crisis import crisis_resources
from tests.support import Api, World

KNOWN: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(clinics.__file__).parent / "crisis_resources.json").read_text("utf-8")
)


@pytest.mark.parametrize("country", sorted(KNOWN))
def test_each_country_has_an_emergency_number_first_and_claims_only_what_was_checked(country: str) -> None:
    items = crisis_resources(country)
    assert items[0]["kind"] == "emergency"
    assert country == "*" or any(item["kind"] == "crisis_line" for item in items)
    assert list(items) == KNOWN[country]
    for item in items:
        day, source = item["verified_on"], item["source"]
        assert (day is None) == (source is None)
        assert day is None or date.fromisoformat(day) <= date(2026, 11, 22)
        assert source is None or "//" not in source


def test_any_other_country_gets_the_general_number() -> None:
    assert crisis_resources("ZZ") == crisis_resources("*")


async def test_they_follow_the_clinics_country(api: Api) -> None:
    api.clock.reset()
    world = await World.build(api, country="NZ", time_zone="Pacific/Auckland")
    found = await (await world.patient_of(await world.therapist())).get("/crisis-resources")
    assert [item["contact"] for item in found["items"]] == ["111", "1737"]
