"""Crisis resources: data with a source and a date, by country."""

from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from integration_api.resources.people.clinics.schemas import CrisisResource

_CRISIS_FILE = Path(__file__).parent / "crisis_resources.json"


@lru_cache
def crisis_resources(country: str) -> tuple[CrisisResource, ...]:
    """Return the crisis resources of a country, emergency services first; those for any country if it has none."""
    known = TypeAdapter(dict[str, list[CrisisResource]]).validate_json(_CRISIS_FILE.read_bytes())
    return tuple(sorted(known.get(country) or known["*"], key=lambda item: item["kind"] != "emergency"))
