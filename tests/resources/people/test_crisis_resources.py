"""The data file of crisis resources."""

import json
import re
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


TWO_LISTS = {
    "US": {"988"},
    "CA": {"988"},
    "GB": {"116 123", "85258"},
    "IE": {"116 123", "1800 247 247", "50808"},
    "AU": {"13 11 14"},
    "NZ": {"1737"},
    "FR": {"3114"},
    "ES": {"024"},
    "DE": {"0800 111 0 111", "0800 111 0 222"},
    "NL": {"113", "0800-0113"},
    "DK": {"70 201 201"},
    "SE": {"90101"},
    "NO": {"116 123"},
    "FI": {"09 2525 0111"},
    "IN": {"14416"},
    "JP": {"0120-279-338"},
    "KR": {"109"},
    "BR": {"188"},
    "MX": {"800 911 2000"},
    "ZA": {"0800 567 567"},
    "SG": {"1767"},
    "PL": {"800 70 2222"},
    "TH": {"1323"},
    "TW": {"1925"},
    "AR": {"135"},
}
ONE_LIST = {
    "AT": {"142"},
    "BE": {"1813"},
    "CH": {"143"},
    "IT": {"02 2327 2327"},
    "PT": {"808 200 204"},
    "HK": {"18111"},
    "MY": {"15555"},
    "ID": {"119"},  # and extension 8, which its name says: a button dials what stands here
    "PH": {"1553"},
    "US": {"741741"},
    "JP": {"0120-279-226"},
}
NOT_FOUND = {"IL": {"1201"}}
NOT_ALWAYS = {("DK", "70 201 201"), ("SE", "90101"), ("JP", "0120-279-338"), ("IT", "02 2327 2327")}
EMERGENCY = {
    **{country: ["112"] for country in ("AT", "BE", "DE", "DK", "ES", "FI", "FR", "IT", "NL", "PL", "PT", "SE")},
    "US": ["911"],
    "CA": ["911"],
    "GB": ["999"],
    "IE": ["112", "999"],
    "AU": ["000"],
    "NZ": ["111"],
}
"""Source: clinical.md section 6, Crisis lines."""
DIALLED: set[tuple[str, str]] = set()
"""Nobody has dialled one. Add what a person has, with its day in the file."""
LISTED = date(2026, 11, 28)


@pytest.mark.parametrize("confidence", ["two_lists", "one_list"])
def test_the_lines_are_those_of_the_lists(confidence: str) -> None:
    found = {
        country: {
            line["contact"] for line in lines if (line["kind"], line["confidence"]) == ("crisis_line", confidence)
        }
        for country, lines in KNOWN.items()
    }
    wanted = TWO_LISTS if confidence == "two_lists" else ONE_LIST
    assert {country: lines for country, lines in found.items() if lines} == wanted


@pytest.mark.parametrize("country", sorted(KNOWN))
def test_each_country_has_an_emergency_number_first_and_claims_only_what_was_checked(country: str) -> None:
    items = crisis_resources(country)
    assert list(items) == KNOWN[country]
    emergency = [item["contact"] for item in items if item["kind"] == "emergency"]
    assert emergency == [item["contact"] for item in items[: len(emergency)]] != []
    assert emergency == EMERGENCY.get(country, emergency)
    assert any(item["kind"] == "crisis_line" for item in items) == (country not in {"*", *NOT_FOUND})
    for item in items:
        assert item["contact"] not in NOT_FOUND.get(country, ())
        assert re.fullmatch(r"[0-9][0-9 -]*", item["contact"]), "one number: a button dials it"
        assert (item["verified_on"] is not None) == ((country, item["contact"]) in DIALLED)
        checked_on, source = item["checked_on"], item["source"]
        assert (checked_on is None) == (source is None) == (item["confidence"] == "background")
        assert checked_on is None or date.fromisoformat(checked_on) <= LISTED
        assert source is None or "//" not in source
        assert (item["hours"] is not None) == ((country, item["contact"]) in NOT_ALWAYS)
        assert "24 h" not in (item["hours"] or "").replace("not 24 h", "")


def test_any_other_country_gets_the_general_number() -> None:
    assert crisis_resources("ZZ") == crisis_resources("*")


async def test_they_follow_the_clinics_country(api: Api) -> None:
    api.clock.reset()
    world = await World.build(api, country="NZ", time_zone="Pacific/Auckland")
    found = await (await world.patient_of(await world.therapist())).get("/crisis-resources")
    assert [item["contact"] for item in found["items"]] == ["111", "1737"]
