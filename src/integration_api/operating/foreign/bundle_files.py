"""Reading a FHIR R4 Bundle: its entries, who is named in them, and the record of each."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from integration_api.operating.foreign.bundle_parts import Json, listed, part, text
from integration_api.operating.foreign.csv_records import take
from integration_api.operating.foreign.import_findings import Found, LeftOut, Place, Readings, RecordsRefused, Unfit
from integration_api.operating.foreign.mapping_files import MappingFile
from integration_api.operating.foreign.questionnaire_answers import read_answers
from integration_api.operating.foreign.resource_records import (
    Context,
    read_care_plan,
    read_document,
    read_encounter,
    read_goal,
    read_patient,
)
from integration_api.operating.foreign.resource_types import RESOURCE_TYPES
from integration_api.web.protocol_errors import BadRequest
from integration_api.web.strict_json import parse

MAX_ENTRIES = 100_000
_BASE = frozenset({"resourceType", "id", "meta", "status", "subject", "language", "implicitRules"})
_READERS: Mapping[str, tuple[Callable[[Json, Context], Found], frozenset[str]]] = {
    "Patient": (
        read_patient,
        frozenset({"name", "telecom", "birthDate", "contact", "communication", "active", "gender", "identifier"}),
    ),
    "Encounter": (
        read_encounter,
        frozenset({"class", "type", "period", "participant", "extension"}),
    ),
    "DocumentReference": (
        read_document,
        frozenset({"docStatus", "type", "category", "date", "author", "content", "context"}),
    ),
    "QuestionnaireResponse": (
        read_answers,
        frozenset({"questionnaire", "encounter", "authored", "author", "source", "item"}),
    ),
    "CarePlan": (read_care_plan, frozenset({"intent", "category", "title", "description", "activity", "created"})),
    "Goal": (read_goal, frozenset({"lifecycleStatus", "description", "target", "statusReason", "startDate"})),
}
"""By type: what reads it, and the elements that it looks at."""
_KEPT_APART = frozenset({"PSYTHPN"})
"""The label of a psychotherapy note, which is kept apart by law. Source: HL7 v3-ActCode."""
_PEOPLE = ("Practitioner", "RelatedPerson", "Organization", "PractitionerRole")


def read_bundle(data: bytes, name: str, sha256: str, mapping: MappingFile, now: datetime, into: Readings) -> None:
    """Read one file. Raises RecordsRefused if it is no Bundle."""
    bundle = _parsed(data, name)
    entries = bundle.get("entry", [])
    if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
        raise RecordsRefused(f"{name}, entry: it must be a list of at most {MAX_ENTRIES:,}")
    links = part(bundle, "link")
    if isinstance(links, list) and any(isinstance(one, dict) and one.get("relation") == "next" for one in links):
        into.warnings.append(f"{name}: it is one page of several; import the others too")
    named = {key: entry["resource"] for entry in entries if (key := _key(entry)) is not None}
    aliases = {
        entry["fullUrl"]: key
        for entry in entries
        if (key := _key(entry)) is not None and isinstance(entry.get("fullUrl"), str)
    }
    context = Context(mapping, now, named, aliases)
    for number, entry in enumerate(entries):
        into.read += 1
        place = Place(name, sha256, f"entry[{number}]" + (f" {key}" if (key := _key(entry)) else ""))
        take(into, place, partial(_found, entry, context, into))


def _parsed(data: bytes, name: str) -> Json:
    try:
        bundle = parse(data)
    except BadRequest as error:
        raise RecordsRefused(f"{name}: {error.detail.replace('The body', 'the file')}") from None
    except (RecursionError, ValueError):
        raise RecordsRefused(f"{name}: the file is not JSON that can be read") from None
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise RecordsRefused(f"{name}, resourceType: it is no Bundle")
    return bundle


def _key(entry: Any) -> str | None:  # noqa: ANN401  any JSON
    """Return what references name an entry by: `Encounter/12`, or its URL if it has no id."""
    resource = entry.get("resource") if isinstance(entry, dict) else None
    if not isinstance(resource, dict):
        return None
    kind, found, url = resource.get("resourceType"), resource.get("id"), entry.get("fullUrl")
    if isinstance(kind, str) and isinstance(found, str) and found:
        return f"{kind}/{found}"[:200]
    return url[:200] if isinstance(url, str) and url else None


def _found(entry: Any, context: Context, into: Readings, place: Place) -> Found:  # noqa: ANN401  any JSON
    key, resource = _key(entry), entry.get("resource") if isinstance(entry, dict) else None
    if not isinstance(resource, dict):
        raise Unfit("resource: there is none")
    kind = resource.get("resourceType")
    if not isinstance(kind, str) or kind not in RESOURCE_TYPES:
        raise Unfit("resourceType: FHIR R4 has no such resource")
    if key is None or not key.isprintable():
        raise Unfit("id: it has neither an id nor a fullUrl")
    if key in context.mapping.leave_out:
        raise LeftOut("the mapping leaves it out")
    if kind not in _READERS:
        raise LeftOut(
            f"{kind} is used for the names of authors alone" if kind in _PEOPLE else f"{kind} is not imported"
        )
    read, used = _READERS[kind]
    if "modifierExtension" in resource:
        raise Unfit("modifierExtension: it changes the meaning in a way that is not known here")
    if _KEPT_APART & {code for label in listed(resource, "meta", "security") for code in [text(label, "code")]}:
        raise LeftOut("psychotherapy notes are not imported: their author keeps them apart")
    if text(resource, "status") == "entered-in-error":
        raise LeftOut("it was entered in error there")
    found = read(resource, context.at(key, place))
    into.unmapped.update(f"{kind}.{name}" for name in resource if name not in used | _BASE)
    return found
