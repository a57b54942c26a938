"""Records out of QuestionnaireResponses: answers to an instrument, or an entry of the patient."""

from collections.abc import Iterator

from integration_api.fhir.elements import HERE
from integration_api.operating.foreign.answers import answer_of, instrument_of, response_values
from integration_api.operating.foreign.bundle_contexts import Context
from integration_api.operating.foreign.bundle_parts import Json, listed, part, text
from integration_api.operating.foreign.import_findings import Found, LeftOut, Unfit
from integration_api.operating.foreign.mapping_files import QuestionnaireMapping
from integration_api.operating.foreign.note_authors import check_named
from integration_api.operating.foreign.record_values import ReflectionValues
from integration_api.resources.measures.instruments.definitions import Item
from integration_api.resources.measures.instruments.scores import Answer
from integration_api.resources.oversight.imported_records.tables import ImportedKind

_OURS, _PROMPTS = f"{HERE}:instrument:", f"{HERE}:prompt-set:"
_DONE = frozenset({"completed", "amended"})
_MAX_DEPTH = 20


def read_answers(resource: Json, context: Context) -> Found:
    """Return answers to an instrument, or an entry of the patient. Raises Unfit, LeftOut, ValidationError."""
    canonical = text(resource, "questionnaire") or ""
    address, _, version = canonical.partition("|")
    mapped = context.mapping.fhir.questionnaires.get(address)
    patient = context.subject(resource)
    is_own = context.found(resource, "author") == patient and (not address or address.startswith(_PROMPTS))
    if mapped.is_reflection if mapped is not None else is_own:
        check_is_own(resource, context, patient)
        return _reflection(resource, context, patient)
    if text(resource, "status") not in _DONE:
        raise LeftOut("status: the answers are not complete")
    if mapped is None and not address.startswith(_OURS):
        raise LeftOut("questionnaire: the mapping does not name it")
    name = mapped.instrument or "" if mapped is not None else address.removeprefix(_OURS)
    number = int(version) if mapped is None and version.isascii() and version.isdigit() else None
    instrument = instrument_of(name, number)
    items = {item.id: item for item in instrument.items}
    answers = dict(_answers(resource, mapped or QuestionnaireMapping(is_reflection=True), items))
    if not answers:
        raise LeftOut("item: nothing is answered")
    values = response_values(instrument, answers, context.past(resource, "authored"))
    if "author" in resource:
        check_named(resource, part(resource, "author"), context, "author")
        context.into.not_taken("QuestionnaireResponse.author")
    base = context.of(ImportedKind.MEASURE_RESPONSE, patient)
    return Found(*base, values, session=context.found(resource, "encounter"))


def check_is_own(resource: Json, context: Context, patient: str) -> None:
    """Raise LeftOut, Unfit for an entry that says that somebody else wrote it, or answered in the patient's place."""
    for name in ("author", "source"):
        key = context.found(resource, name)
        if part(resource, name, "reference") is not None and key != patient:
            check_named(resource, part(resource, name), context, name)
            raise LeftOut(f"{name}: it is somebody else than the patient, whose own words an entry here is")


def _answers(resource: Json, mapped: QuestionnaireMapping, items: dict[str, Item]) -> Iterator[tuple[str, Answer]]:
    for item in _items(resource):
        link, given = text(item, "linkId") or "", listed(item, "answer")
        name = mapped.items.get(link, link)
        if link in mapped.ignore or not given:
            continue
        if name not in items:
            raise Unfit("item.linkId: the mapping names no item for one; name it, or put it below `ignore`")
        if len(given) > 1:
            raise Unfit(f"{name}: it has several answers")
        yield name, _answer(items[name], given[0], mapped)


def _answer(item: Item, given: Json, mapped: QuestionnaireMapping) -> Answer:
    number = part(given, "valueInteger")
    number = part(given, "valueDecimal") if number is None else number
    if number is not None:
        if isinstance(number, bool) or not isinstance(number, int | float) or int(number) != number:
            raise Unfit(f"{item.id}: it is no whole number")
        return int(number)
    is_true = part(given, "valueBoolean")
    written = text(given, "valueCoding", "code") or text(given, "valueString")
    written = ("yes" if is_true else "no") if isinstance(is_true, bool) else written
    if written is None:
        raise Unfit(f"{item.id}: it has no answer of a kind that is read")
    return mapped.answers[written] if written in mapped.answers else answer_of(item, written)


def _items(resource: Json, depth: int = 0) -> Iterator[Json]:
    if depth > _MAX_DEPTH:
        raise Unfit("item: it is nested too deeply")
    for item in listed(resource, "item"):
        yield item
        yield from _items(item, depth + 1)
        for answer in listed(item, "answer"):
            yield from _items(answer, depth + 1)


def _reflection(resource: Json, context: Context, patient: str) -> Found:
    """Return what the patient wrote, as one text. Its ratings and choices are lines of it: no rule looks at them."""
    lines = []
    for item in _items(resource):
        said = [words for answer in listed(item, "answer") if (words := _said(answer))]
        label = text(item, "text") or text(item, "linkId") or ""
        if said:
            lines.append(", ".join(said) if label == "text" else f"{label}: {', '.join(said)}")
    if not lines:
        raise LeftOut("item: nothing is written")
    is_submitted = text(resource, "status") in _DONE
    values = ReflectionValues(
        is_submitted=is_submitted, happened_at=context.past(resource, "authored"), text="\n".join(lines)
    )
    base = context.of(ImportedKind.REFLECTION, patient)
    return Found(*base, values, session=context.found(resource, "encounter"))


def _said(answer: Json) -> str | None:
    coded = text(answer, "valueCoding", "display") or text(answer, "valueCoding", "code")
    if coded is not None:
        return coded
    for name in ("valueString", "valueInteger", "valueDecimal", "valueBoolean", "valueDate", "valueDateTime"):
        value = part(answer, name)
        if isinstance(value, str | int | float):
            return str(value)
    return None
