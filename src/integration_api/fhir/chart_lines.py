"""The lines of FHIR in a patient's export: the mappers of searches, given what the export has read."""

import json
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from integration_api.fhir.elements import pruned
from integration_api.fhir.served_types import KIND_OF, Source

LISTS: Mapping[str, str] = {
    "patient": "list_patients",
    "clinic": "read_clinic",
    "consents": "list_consents",
    "courses": "list_courses",
    "sessions": "list_sessions",
    "orders": "list_orders",
    "doses": "list_doses",
    "vitals": "list_vitals",
    "medicines": "list_medicines",
    "adverse_events": "list_adverse_events",
    "notes": "list_notes",
    "reflections": "list_reflections",
    "reflection_replies": "list_reflection_replies",
    "goals": "list_goals",
    "plans": "list_plans",
    "practices": "list_practices",
    "safety_plans": "list_safety_plans",
    "shared_summaries": "list_shared_summaries",
    "measure_responses": "list_measure_responses",
    "access_log": "read_access_log",
}
"""By kind of an export, the operation whose items its things are. The other kinds have no resource of FHIR."""
SOURCES: Mapping[str, Sequence[Source]] = {
    kind: [source for source in KIND_OF if source.lists == name and source.whole is None]
    for kind, name in LISTS.items()
}


def chart_lines(kind: str, things: Sequence[BaseModel]) -> Mapping[str, Sequence[bytes]]:
    """Return the lines of some things of a kind of an export, by type of FHIR."""
    found: dict[str, list[bytes]] = {}
    for source in SOURCES.get(kind, ()):
        lines = [_line(source, thing) for thing in things if source.shows(thing)]
        if lines:
            found.setdefault(KIND_OF[source], []).extend(lines)
    return found


def _line(source: Source, thing: BaseModel) -> bytes:
    return json.dumps(pruned(source.mapped(thing)), ensure_ascii=False, allow_nan=False).encode() + b"\n"
