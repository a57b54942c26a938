"""Definitions that a clinic writes: the shape of `Instrument`, less what only the product can say."""

import json
from collections.abc import Iterator, Mapping

from fastapi.exceptions import RequestValidationError
from pydantic import JsonValue, TypeAdapter, ValidationError

from integration_api.resources.measures.instruments.consistency import problems_of
from integration_api.resources.measures.instruments.definitions import OWN_PREFIX, Instrument
from integration_api.resources.measures.instruments.vocabulary import InstrumentState, TextDistribution, Verification
from integration_api.web.endpoint import names_in
from integration_api.web.errors import FieldError, Invalid
from integration_api.web.problems import invalid

_ADAPTER = TypeAdapter(Instrument)
_NAMES = frozenset({"body", "definition", *names_in(_ADAPTER.json_schema())})
_MAX_PROBLEMS = 20
_OF_THE_PRODUCT: dict[str, JsonValue] = {
    "state": InstrumentState.ACTIVE.value,
    "text_distribution": TextDistribution.FREE.value,
    "licence_owner": "The clinic",
    "licence_terms": "Defined by the clinic itself.",
    "licence_source": None,
    "licence_status": Verification.POLICY.value,
    "derivable_from": None,
    "default_remission": None,
    "answer_loinc": None,
    "panel_loinc": None,
    "loinc_status": Verification.NONE_FOUND.value,
}
"""Fields that a clinic does not give: nothing of its own is shown as verified."""
_ABSENT: Mapping[str, dict[str, JsonValue]] = {
    "": {"recall_days": None, "off_window_days": None, "bands": [], "cutoffs": [], "changes": [], "notes": []},
    "items": {
        **dict.fromkeys(("min", "max", "values", "asked_if")),
        "is_scored": True,
        "may_not_apply": False,
    },
    "scores": dict.fromkeys(
        (
            *("items", "domains", "either_or", "other_score", "factor", "clusters", "at_least"),
            *("min", "max", "missing"),
        )
    ),
    "bands": {},
    "cutoffs": {},
    "changes": {"note": None},
}
"""By list, the fields that may be left out, and what they are then."""
_SAID: Mapping[str, dict[str, JsonValue]] = {
    "items": {"loinc": None},
    "scores": {"tool": None, "loinc": None, "source": None, "status": Verification.POLICY.value},
    "bands": {"source": None, "status": Verification.POLICY.value},
    "cutoffs": {"source": "clinic", "status": Verification.POLICY.value},
    "changes": {"source": "clinic", "status": Verification.POLICY.value},
}
"""By list, what the product says of each entry."""
_CONDITION: dict[str, JsonValue] = {"lowest_limit": None, "highest_limit": None, "or_baseline": False}


def own_definition(given: Mapping[str, JsonValue], version: int) -> Instrument:
    """Return the definition as this version of the clinic's own instrument.

    Raises Invalid if a field is wrong, or the whole does not hold together.
    """
    said = [name for name in given if name in _OF_THE_PRODUCT or name == "version"]
    said = [f"body.definition.{path}" for path in (*said, *_said_of_entries(given))][:_MAX_PROBLEMS]
    if said:
        raise Invalid(errors=[_error(field, "not_given", "is said by the product") for field in said])
    whole: dict[str, JsonValue] = {**_ABSENT[""], **given, **_OF_THE_PRODUCT, "version": version}
    for name, facts in _SAID.items():
        entries = whole.get(name)
        if isinstance(entries, list):
            whole[name] = [_entry(name, one, facts) for one in entries]
    try:
        made = _ADAPTER.validate_json(json.dumps(whole), strict=True, extra="forbid")
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
        place = ("body", "definition")
        raise invalid(
            RequestValidationError([{**one, "loc": (*place, *one["loc"])} for one in wrong]), _NAMES
        ) from error
    problems = list(problems_of(made))[:_MAX_PROBLEMS]
    if not made.id.startswith(OWN_PREFIX):
        problems.append(f"the id must begin with {OWN_PREFIX}")
    if problems:
        raise Invalid(errors=[_error("body.definition", "inconsistent", one) for one in problems])
    return made


def stored_definition(stored: Mapping[str, JsonValue]) -> Instrument:
    """Return a definition as it was stored."""
    return _ADAPTER.validate_json(json.dumps(stored))


def _said_of_entries(given: Mapping[str, JsonValue]) -> Iterator[str]:
    """Yield the paths of what only the product says of an entry."""
    for name, facts in _SAID.items():
        entries = given.get(name)
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            if isinstance(entry, dict):
                yield from (f"{name}.{number}.{field}" for field in facts if field in entry)


def _entry(name: str, given: JsonValue, facts: dict[str, JsonValue]) -> JsonValue:
    if not isinstance(given, dict):
        return given
    made: dict[str, JsonValue] = {**_ABSENT[name], **given, **facts}
    if name == "cutoffs" and isinstance(when := made.get("when"), dict):
        made["when"] = {**_CONDITION, **when}
    if name == "changes" and isinstance(conditions := made.get("all_of"), list):
        made["all_of"] = [{**_CONDITION, **one} if isinstance(one, dict) else one for one in conditions]
    if name == "scores" and isinstance(missing := made.get("missing"), dict):
        numbers: dict[str, JsonValue] = {"max_missing": None, "min_answered_percent": None}
        made["missing"] = {**numbers, **missing, "status": Verification.POLICY.value}
    return made


def _error(field: str, code: str, message: str) -> FieldError:
    return {"field": field, "code": code, "message": message}
