"""The parameters of a FHIR search, read strictly: what is not known is refused, since ignoring it would show more."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from integration_api.core.ids import id_of
from integration_api.web.errors import FieldError
from integration_api.web.paging import DEFAULT_LIMIT, MAX_LIMIT
from integration_api.web.protocol_errors import BadRequest

MAX_PARAMETERS = 20
MAX_IDS = 100
SCOPE = "fhir_parameters"
"""Name in the ASGI scope of the parameters of a request, in pairs."""
PATIENT, ENCOUNTER, DATE = "patient", "encounter", "date"
_SAME = {"subject": PATIENT}
"""Parameters of another name: `subject` of a resource of ours is always the patient."""
OF_A_READ = frozenset({"_format"})
OF_A_PAGE = OF_A_READ | {"_count", "_cursor"}
OF_A_SEARCH = OF_A_PAGE | {"_id"}
"""Parameters that are no filters."""
_FORMATS = frozenset({"json", "application/json", "application/fhir+json", "application/fhir json"})
"""The last one is what a plus becomes that a client did not escape."""
_KINDS = {PATIENT: "Patient", ENCOUNTER: "Encounter"}
_CURSOR = re.compile(r"([0-9]{1,2})(?:\.([A-Za-z0-9_-]{0,100})(?:\.([A-Za-z0-9_-]{1,100}))?)?")
_DATE = re.compile(
    r"(ge|lt)([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, or a page of `$everything`."""

    ids: Sequence[str] = ()
    patient_id: UUID | None = None
    encounter_id: UUID | None = None
    since: str | None = None
    """Instants by RFC 3339: then or later, and before then."""
    until: str | None = None
    count: int = DEFAULT_LIMIT
    place: int = 0
    """Which of the lists behind the type the page is of."""
    cursor: str | None = None
    """The cursor of that list; of a list below sessions, that of the sessions."""
    inner_cursor: str | None = None
    kept: Sequence[tuple[str, str]] = ()
    """The parameters as they were given, without the cursor, for the link to the next page."""

    def from_the_start(self) -> "Asked":
        """Return the same search, for the first page of a list."""
        return replace(self, cursor=None, inner_cursor=None)

    @property
    def named(self) -> frozenset[str]:
        """Return the filters that were given, but for ids."""
        given = {PATIENT: self.patient_id, ENCOUNTER: self.encounter_id, DATE: self.since or self.until}
        return frozenset(name for name, value in given.items() if value is not None)


def pairs_of(text: bytes) -> list[tuple[str, str]]:
    """Return the parameters of a query or a form. Raises BadRequest."""
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS)
    except ValueError as error:
        raise BadRequest from error


def asked_of(scope: Mapping[str, Any], known: frozenset[str], patient_id: str | None = None) -> Asked:
    """Return the search of a request; `known` are the parameters that it may have, `patient_id` is of its path.

    Raises BadRequest.
    """
    pairs: Sequence[tuple[str, str]] = scope.get(SCOPE, ())
    given: dict[str, str] = {}
    dates: dict[str, str] = {}
    counts = Counter(_SAME.get(name, name) for name, _ in pairs)
    for name, value in pairs:
        plain = _SAME.get(name, name)
        if plain not in known:
            raise refused("(unknown)", "not_supported", "this parameter is not supported here")
        if plain == DATE:
            _add_date(dates, value)
        elif counts[plain] > 1:
            raise refused(plain, "given_twice", "give it once")
        else:
            given[plain] = value
    if given.get("_format", "json") not in _FORMATS:
        raise refused("_format", "not_supported", "must be json")
    place, cursor, inner_cursor = _cursors(given.get("_cursor"))
    return Asked(
        ids=_ids(given.get("_id"), is_alone=not dates and given.keys() <= OF_A_SEARCH),
        patient_id=_reference(PATIENT, given.get(PATIENT)) or id_of(patient_id),
        encounter_id=_reference(ENCOUNTER, given.get(ENCOUNTER)),
        since=dates.get("ge"),
        until=dates.get("lt"),
        count=_count(given.get("_count")),
        place=place,
        cursor=cursor,
        inner_cursor=inner_cursor,
        kept=tuple((name, value) for name, value in pairs if name not in ("_cursor", "_format")),
    )


def _add_date(dates: dict[str, str], value: str) -> None:
    found = _DATE.fullmatch(value)
    if found is None or found[1] in dates:
        raise refused(DATE, "not_supported", "must be `ge` or `lt`, each once, with a date or an instant with its zone")
    try:
        date.fromisoformat(found[2])
    except ValueError as error:
        raise refused(DATE, "date_type", "must be a date of the calendar") from error
    dates[found[1]] = found[2] + (found[3] or "T00:00:00Z")


def _ids(value: str | None, *, is_alone: bool) -> Sequence[str]:
    if value is None:
        return ()
    if not is_alone:
        raise refused("_id", "not_alone", "no other filter goes with it")
    found = tuple(dict.fromkeys(value.split(",")))
    if len(found) > MAX_IDS:
        raise refused("_id", "too_long", f"must have at most {MAX_IDS} ids")
    return found


def _reference(name: str, value: str | None) -> UUID | None:
    if value is None:
        return None
    found = id_of(value.removeprefix(f"{_KINDS[name]}/"))
    if found is None:
        raise refused(name, "uuid_type", f"must be an id, or `{_KINDS[name]}/` and an id")
    return found


def _count(value: str | None) -> int:
    if value is None:
        return DEFAULT_LIMIT
    if re.fullmatch("[1-9][0-9]{0,5}", value) is None:
        raise refused("_count", "int_type", "must be a number from 1 on")
    return min(int(value), MAX_LIMIT)


def _cursors(value: str | None) -> tuple[int, str | None, str | None]:
    if value is None:
        return 0, None, None
    found = _CURSOR.fullmatch(value)
    if found is None:
        raise refused("_cursor", "invalid_cursor", "not a cursor of this search")
    return int(found[1]), found[2] or None, found[3]


def refused(name: str, code: str, message: str) -> BadRequest:
    """Return the refusal of one parameter of a search."""
    errors: list[FieldError] = [{"field": f"query.{name}", "code": code, "message": message}]
    return BadRequest("A search parameter cannot be used.", errors=errors)
