"""The people that a resource names: who was there, and who wrote a note."""

from pydantic import ValidationError

from integration_api.core.texts import without_unseen_ends
from integration_api.operating.foreign.bundle_contexts import Context
from integration_api.operating.foreign.bundle_parts import Json, listed, part, text
from integration_api.operating.foreign.import_findings import LeftOut, Unfit
from integration_api.operating.foreign.record_values import Author, first_fault

_MAX_NAME = 200
NOT_THERE = (
    "no file has whom it names, and it has no display; add the page, or name them in fhir.authors of the mapping"
)
_THEIRS = frozenset({"Patient", "RelatedPerson"})


def human_name(name: Json) -> str | None:
    """Return a name as one text. Raises Unfit."""
    whole = text(name, "text")
    if whole is not None:
        return whole
    given = part(name, "given") or []
    if not isinstance(given, list):
        raise Unfit("name.given: it must be a list")
    parts = [*given, text(name, "family")]
    return " ".join(one for one in parts if isinstance(one, str) and one) or None


def _resolved(resource: Json, named: Json, context: Context) -> tuple[str | None, Json, str | None]:
    """Return the key, the entry and the display of a reference; of a role, those of the person in it. Raises Unfit."""
    key, entry = _entry(resource, named, context)
    display = text(named, "display")
    if text(entry, "resourceType") == "PractitionerRole" and part(entry, "practitioner") is not None:
        display = text(entry, "practitioner", "display") or display
        key, entry = _entry(entry, part(entry, "practitioner"), context)
    return key, entry, display


def check_named(resource: Json, named: Json, context: Context, path: str) -> None:
    """Raise Unfit for a reference to somebody whom no file has; that a `display` alone names them is told."""
    written = text(named, "reference") or ""
    key = context.found(named)
    if key is None:
        is_there = any(text(one, "id") == written[1:] for one in listed(resource, "contained"))
    else:
        is_there = context.is_known(key)
    if written and not is_there:
        if text(named, "display") is None:
            raise Unfit(f"{path}.reference: {NOT_THERE}")
        context.into.not_taken(f"{path} is known by its display alone")
    entry = context.index.named.get(key or "", {})
    if text(entry, "resourceType") == "PractitionerRole" and part(entry, "practitioner") is not None:
        inner = part(entry, "practitioner")
        of_role = context.index.named.get(context.found(inner) or "", {})
        if text(of_role, "resourceType") == "PractitionerRole":
            raise Unfit(f"{path}, practitioner: names a role in the place of a person")
        check_named(entry, inner, context, f"{path}, practitioner")


def _entry(resource: Json, named: Json, context: Context) -> tuple[str | None, Json]:
    written = text(named, "reference") or ""
    if written.startswith("#"):
        inside = (one for one in listed(resource, "contained") if text(one, "id") == written[1:])
        return None, next(inside, {})
    key = context.found(named)
    return key, context.index.named.get(key or "", {})


def person_of(resource: Json, named: Json, context: Context, path: str) -> Author:
    """Return whom a reference names, by the entry, its display, or as somebody there, which is told. Raises Unfit.

    The mapping may name those whom no file has.
    """
    check_named(resource, named, context, path)
    key, entry, display = _resolved(resource, named, context)
    names = [name for one in _names(entry) if (name := human_name(one))]
    name = names[0] if names else context.name_of(key) or display
    if name is None:
        context.into.not_taken(f"{path} has no name in the files")
        name = f"Somebody at {context.mapping.source}"[:_MAX_NAME]
    name = without_unseen_ends(name)
    told = (text(one, "code", "text") for one in listed(entry, "qualification"))
    try:
        return Author(key=key or name, name=name, credential=next(filter(None, told), None))
    except ValidationError as error:
        raise Unfit(f"{path}.{first_fault(error)}") from None


def _names(entry: Json) -> list[Json]:
    found = part(entry, "name")
    return [{"text": found}] if isinstance(found, str) else listed(entry, "name")


def author_of(resource: Json, context: Context) -> Author | None:
    """Return who wrote a note; None if it does not say. Raises Unfit, LeftOut if it was nobody of the staff."""
    authors = listed(resource, "author")
    for one in authors:
        key, entry, _ = _resolved(resource, one, context)
        kinds = {text(entry, "resourceType"), (key or "").partition("/")[0], text(one, "type")}
        if _THEIRS & kinds or key == context.subject(resource):
            raise LeftOut("author: the patient or somebody close to them wrote it, and notes here are of the staff")
    if not authors:
        return None
    return person_of(resource, authors[0], context, "author[0]")
