"""Validators of FHIR R4 that know nothing of this product, and our own assertions for what none of them sees."""

import json
import re
from collections.abc import Iterator
from typing import Any

import fhirkit
from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError

from tests.support import Json

_DIV = re.compile(r'<div xmlns="http://www.w3.org/1999/xhtml">')
_TAGS = re.compile(r"</?\s*([A-Za-z][A-Za-z0-9]*)")
_TABLE = ("sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul")
_ALLOWED = frozenset(
    {*("a", "b", "br", "code", "div", "em", "i", "li", "ol", "p", "pre", "small", "span", "strong"), *_TABLE}
)


def by_fhirkit(resource: Json) -> list[str]:
    """Return the findings of `fhirkit-rs`: structure, types, cardinality, dates."""
    return [str(issue) for issue in fhirkit.validate(json.dumps(resource))]


def by_models(resource: Json) -> list[str]:
    """Return the findings of `fhir.resources`, another reading of the same definitions."""
    try:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    except ValidationError as error:
        return [f"{found['loc']}: {found['msg']}" for found in error.errors()]
    return []


def by_ourselves(resource: Json) -> list[str]:
    """Return what no validator here sees.

    That is narrative beyond the XHTML of FHIR, a period that ends before it starts, a code without its system, and a
    contained resource that nothing refers to.
    """
    text = json.dumps(resource)
    loose = [one["id"] for one in resource.get("contained", ()) if f'"#{one["id"]}"' not in text]
    return [*_ours(resource, resource.get("resourceType", "")), *(f"contained {one}: not referred to" for one in loose)]


def _ours(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _ours(part, place)
    if not isinstance(value, dict):
        return
    if isinstance(value.get("div"), str):
        yield from _of_narrative(value["div"], place)
    if {"start", "end"} <= value.keys() and str(value["end"]) < str(value["start"]):
        yield f"{place}: ends before it starts"
    is_coded = (
        "code" in value
        and isinstance(value["code"], str)
        and ({"value", "display"} & value.keys() or place.endswith(("coding", "Coding")))
    )
    if is_coded and "system" not in value:
        yield f"{place}: a code without its system"
    for name, part in value.items():
        yield from _ours(part, f"{place}.{name}")


def _of_narrative(div: str, place: str) -> Iterator[str]:
    if not _DIV.match(div):
        yield f"{place}.div: without its namespace"
    if not {name.lower() for name in _TAGS.findall(div)} <= _ALLOWED:
        yield f"{place}.div: more than the XHTML of FHIR"


def findings(resource: Json) -> list[str]:
    """Return all findings."""
    return [*by_fhirkit(resource), *by_models(resource), *by_ourselves(resource)]
