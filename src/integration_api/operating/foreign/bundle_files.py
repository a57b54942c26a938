"""Reading a FHIR R4 Bundle: its entries, who is named in them, and the record of each."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from integration_api.operating.foreign.bundle_contexts import Context, Index
from integration_api.operating.foreign.bundle_parts import Json, changing, codes, listed, part, reference, text
from integration_api.operating.foreign.csv_records import take
from integration_api.operating.foreign.import_findings import (
    Found,
    LeftOut,
    Place,
    Readings,
    RecordsRefused,
    Unfit,
    shown,
)
from integration_api.operating.foreign.mapping_files import MappingFile
from integration_api.operating.foreign.questionnaire_answers import read_answers
from integration_api.operating.foreign.resource_records import (
    read_care_plan,
    read_document,
    read_encounter,
    read_goal,
    read_patient,
)
from integration_api.web.protocol_errors import BadRequest
from integration_api.web.strict_json import parse

MAX_ENTRIES = 100_000
_BASE = frozenset({"resourceType", "id", "meta"})
_READERS: Mapping[str, tuple[Callable[[Json, Context], Found], frozenset[str]]] = {
    "Patient": (read_patient, frozenset({"name", "telecom", "birthDate", "contact", "communication"})),
    "Encounter": (
        read_encounter,
        frozenset({"status", "subject", "class", "type", "period", "participant", "extension"}),
    ),
    "DocumentReference": (
        read_document,
        frozenset({"status", "subject", "date", "author", "content", "context"}),
    ),
    "QuestionnaireResponse": (
        read_answers,
        frozenset({"status", "subject", "questionnaire", "encounter", "authored", "author", "item"}),
    ),
    "CarePlan": (read_care_plan, frozenset({"subject", "title", "description", "activity"})),
    "Goal": (read_goal, frozenset({"subject", "lifecycleStatus", "description", "target", "statusReason"})),
}
"""By type: what reads it, and the elements that it takes something from."""
_KEPT_APART = frozenset({"PSYTHPN"})
"""The label of a psychotherapy note, which is kept apart by law. Source: HL7 v3-ActCode."""
_PEOPLE = ("Practitioner", "RelatedPerson", "Organization", "PractitionerRole")
_TOLD_OF_PEOPLE = ("resourceType", "name", "qualification", "practitioner")
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}")


def index_bundle(data: bytes, name: str, index: Index) -> None:
    """Enter who and what is in one file; all are entered before one is read. Raises RecordsRefused."""
    for entry in _entries(_parsed(data, name), name):
        if (key := _key(entry)) is None:
            continue
        resource, url = entry["resource"], entry.get("fullUrl")
        index.keys.add(key)
        if isinstance(url, str) and index.aliases.setdefault(url, key) != key:
            raise RecordsRefused(f"{name}, {shown(key)}, fullUrl: it is that of another entry")
        if resource.get("resourceType") in (*_PEOPLE, "Patient"):
            index.named[key] = {element: resource[element] for element in _TOLD_OF_PEOPLE if element in resource}
        if resource.get("resourceType") == "CareTeam":
            index.members.update(_members(resource))


def _members(team: Json) -> Iterator[tuple[str, str]]:
    """Yield key and name of each member of a care team that says both; another shape is told when it is read."""
    with suppress(Unfit):
        for one in listed(team, "participant"):
            key, name = reference(one, "member"), text(one, "member", "display")
            if key is not None and name is not None:
                yield key, name


def read_bundle(
    data: bytes, name: str, sha256: str, mapping: MappingFile, now: datetime, into: Readings, index: Index
) -> None:
    """Read one file. Raises RecordsRefused if it is no Bundle."""
    bundle = _parsed(data, name)
    links = part(bundle, "link")
    if isinstance(links, list) and any(isinstance(one, dict) and one.get("relation") == "next" for one in links):
        into.warnings.append(f"{name}: it is one page of several; import the others too")
    context = Context(mapping, now, index, into)
    for number, entry in enumerate(_entries(bundle, name)):
        place = Place(name, sha256, f"entry[{number}]" + (f" {key}" if (key := _key(entry)) else ""))
        take(into, place, partial(_found, entry, context))


def _entries(bundle: Json, name: str) -> list[Any]:
    entries = bundle.get("entry", [])
    if not isinstance(entries, list) or len(entries) > MAX_ENTRIES:
        raise RecordsRefused(f"{name}, entry: it must be a list of at most {MAX_ENTRIES:,}")
    return entries


def _parsed(data: bytes, name: str) -> Json:
    try:
        bundle = parse(data)
    except BadRequest as error:
        raise RecordsRefused(f"{name}: {error.detail.replace('The body', 'the file')}") from None
    except (RecursionError, ValueError):
        raise RecordsRefused(f"{name}: the file is not JSON that can be read") from None
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise RecordsRefused(f"{name}, resourceType: it is no Bundle")
    if "implicitRules" in bundle:
        raise RecordsRefused(f"{name}, implicitRules: they change the meaning in a way that is not known here")
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


def _found(entry: Any, context: Context, place: Place) -> Found:  # noqa: ANN401  any JSON
    key, resource = _key(entry), entry.get("resource") if isinstance(entry, dict) else None
    if not isinstance(resource, dict):
        raise Unfit("resource: there is none")
    if key in context.mapping.leave_out:
        raise LeftOut("the mapping leaves it out")
    kind = resource.get("resourceType")
    if not isinstance(kind, str) or not _TYPE.fullmatch(kind):
        raise Unfit("resourceType: it is no name of a resource")
    if key is None or not key.isprintable():
        raise Unfit("id: it has neither an id nor a fullUrl")
    if kind not in _READERS:
        raise LeftOut(
            f"{kind} is used for the names of authors alone" if kind in _PEOPLE else f"{kind} is not imported"
        )
    _check(entry, resource)
    read, used = _READERS[kind]
    found = read(resource, context.at(key, place))
    for name in (name for name in resource if name not in used | _BASE):
        context.into.not_taken(f"{kind}.{name}")
    if part(resource, "meta", "security") is not None:
        context.into.not_taken(f"{kind}.meta.security")
    return found


def _check(entry: Json, resource: Json) -> None:
    """Raise LeftOut, Unfit for what is not to come, or means something else than it seems to."""
    if _KEPT_APART & {*_labels(resource)}:
        raise LeftOut("psychotherapy notes are not imported: their author keeps them apart")
    if text(resource, "status") == "entered-in-error":
        raise LeftOut("it was entered in error there")
    if (changed := changing(entry)) is not None:
        raise Unfit(f"{changed}: it changes the meaning in a way that is not known here")


def _labels(resource: Json) -> Iterator[str | None]:
    """Yield the code of each label of confidentiality, of the resource and of its document."""
    yield from (text(label, "code") for label in listed(resource, "meta", "security"))
    yield from (code for label in listed(resource, "securityLabel") for _, code in codes(label))
