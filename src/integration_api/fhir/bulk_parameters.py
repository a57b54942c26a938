"""The parameters of a bulk export, read strictly: what is not known is refused, since ignoring it would export more."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError

from integration_api.fhir.search_parameters import PATIENT, SCOPE, refused
from integration_api.fhir.served_types import TYPES, Source
from integration_api.fhir.translation import scope_of
from integration_api.web.protocol_errors import BadRequest
from integration_api.web.schemas import Instant

MAX_TYPES = 30
_KNOWN = frozenset({"_type", "_since", "_outputFormat"})
_FORMATS = frozenset({"application/fhir+ndjson", "application/fhir ndjson", "application/ndjson", "ndjson"})
"""The second one is what a plus becomes that a client did not escape."""
_INSTANT = TypeAdapter[datetime](Instant)
_ASYNC = "respond-async"


@dataclass(frozen=True, slots=True)
class BulkAsked:
    """A bulk export that a program asks for."""

    kinds: Sequence[str]
    since: datetime | None


def sources_of(kind: str, scopes: Collection[str]) -> list[Source]:
    """Return the lists of a type that a program with these scopes reads over the whole clinic.

    A list of one chart, such as the care team, is not among them.
    """
    scope = scope_of(kind)
    held = scope if scope in scopes else None
    return [
        source
        for source in TYPES[kind]
        if held in source.list_route.operation.programs_read and source.whole is None and source.within is None
    ]


def bulk_asked(scope: Mapping[str, Any], scopes: Collection[str], *, is_of_patients: bool) -> BulkAsked:
    """Return what a request asks for; without `_type` every type of the token. Raises BadRequest."""
    preferences = b",".join(value for name, value in scope["headers"] if name == b"prefer").decode("latin-1")
    if _ASYNC not in {part.strip().lower() for part in preferences.split(",")}:
        raise BadRequest("Send the header `Prefer: respond-async`: a bulk export is made by a job.")
    pairs: Sequence[tuple[str, str]] = scope.get(SCOPE, ())
    counts = Counter(name for name, _ in pairs)
    if not counts.keys() <= _KNOWN:
        raise refused("(unknown)", "not_supported", "this parameter is not supported here")
    if repeated := [name for name, count in counts.items() if count > 1]:
        raise refused(repeated[0], "given_twice", "give it once")
    given = dict(pairs)
    if given.get("_outputFormat", "ndjson") not in _FORMATS:
        raise refused("_outputFormat", "not_supported", "must be application/fhir+ndjson")
    possible = [kind for kind in TYPES if sources_of(kind, scopes) and (not is_of_patients or _is_of_a_patient(kind))]
    wanted = given["_type"].split(",")[: MAX_TYPES + 1] if "_type" in given else possible
    if not wanted or not set(wanted) <= set(possible):
        raise refused("_type", "not_supported", "must be types of the token that can be exported, with commas between")
    return BulkAsked([kind for kind in possible if kind in wanted], _since(given.get("_since")))


def _is_of_a_patient(kind: str) -> bool:
    return kind == "Patient" or any(PATIENT in source.known for source in TYPES[kind])


def _since(value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        return _INSTANT.validate_python(value)
    except ValidationError as error:
        raise refused("_since", "datetime_type", "must be an instant with its zone") from error
