"""Reading the wording of an instrument out of a FHIR R4 Questionnaire: what matches, and every difference.

A question is matched by a code of LOINC or by its linkId. Source: hl7.org/fhir/R4/questionnaire.html; the value of an
answer: hl7.org/fhir/extension-ordinalvalue.html and its successor itemWeight.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from integration_api.core import texts
from integration_api.resources.measures.instruments.definitions import MAX_ITEMS, Instrument, Item
from integration_api.resources.measures.instruments.tables import ItemWording

LOINC = "http://loinc.org"
MAX_DEPTH = 5
MAX_QUESTIONS = 2 * MAX_ITEMS
MAX_TEXT_CHARACTERS = 2000
MAX_TITLE_CHARACTERS = 200
MAX_DIFFERENCES = 50
_MAX_NAMED_ANSWERS = 10
_VALUE_EXTENSIONS = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
_COPYING_ERRORS = {"gad7": "not at all sure"}
"""Words of known false copies, by instrument. Source: measures.md, GAD-7."""
Element = Mapping[str, object]


@dataclass
class Wording:
    """The matched wording, and each difference in words."""

    items: dict[str, ItemWording] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)


def wording_of(questionnaire: Element, instrument: Instrument) -> Wording:
    """Return the wording of every item that matches, and what does not match."""
    found = Wording()
    if questionnaire.get("resourceType") != "Questionnaire":
        found.differences.append("resourceType is not Questionnaire")
        return found
    if len(word_of(questionnaire, "title")) > MAX_TITLE_CHARACTERS:
        found.differences.append(f"its title has more than {MAX_TITLE_CHARACTERS} characters")
    for number, question in enumerate(questions(questionnaire), start=1):
        if number > MAX_QUESTIONS:
            found.differences.append(f"it has more than {MAX_QUESTIONS} questions")
            break
        _take(f"question {number}", question, instrument, found)
    for item in instrument.items:
        if item.is_scored and item.id not in found.items:
            found.differences.append(f"{item.id} ({item.topic}) is asked by no question")
    del found.differences[MAX_DIFFERENCES:]
    return found


def questions(element: Element, depth: int = 0) -> Iterator[Element]:
    """Yield the questions in order, out of their groups; what is only displayed is none."""
    for one in _elements(element, "item"):
        if one.get("type") == "group":
            if depth < MAX_DEPTH:
                yield from questions(one, depth + 1)
        elif one.get("type") != "display":
            yield one


def codes_of(element: Element) -> set[str]:
    """Return the LOINC codes of a question or a questionnaire."""
    found = {word_of(one, "code") for one in _elements(element, "code") if one.get("system") == LOINC}
    return {code for code in found if code}


def _take(name: str, question: Element, instrument: Instrument, found: Wording) -> None:
    link, text = word_of(question, "linkId"), word_of(question, "text")
    item = _matched(question, link, instrument)
    if item is None:
        found.differences.append(f"{name} matches no item")
    elif item.id in found.items:
        found.differences.append(f"{name} is a second one for {item.id}")
    elif texts.is_blank(text) or len(text) > MAX_TEXT_CHARACTERS:
        found.differences.append(f"{name} has no text, or one of more than {MAX_TEXT_CHARACTERS} characters")
    else:
        options = _options(question, instrument)
        found.differences += [f"{name}: {one}" for one in _misfits(options, item, instrument)]
        found.items[item.id] = {"text": text, "options": options or {}}


def _matched(question: Element, link: str, instrument: Instrument) -> Item | None:
    codes = codes_of(question) | {link.rpartition("/")[2]}
    for item in instrument.items:
        if link == item.id or (item.loinc is not None and item.loinc in codes):
            return item
    return None


def _options(question: Element, instrument: Instrument) -> dict[str, str] | None:
    """Return the texts of the answers, by answer; None if it offers none. An answer without a value has no name."""
    offered = _elements(question, "answerOption")
    if not offered:
        return None
    of_loinc = {code: answer for answer, code in (instrument.answer_loinc or {}).items()}
    found: dict[str, str] = {}
    for option in offered:
        coding = option.get("valueCoding")
        coded: Element = coding if isinstance(coding, Mapping) else {}
        number = option.get("valueInteger")
        if not isinstance(number, int):
            number = next((value for one in (option, coded) if (value := _value(one)) is not None), None)
        code = word_of(coded, "code")
        answer = str(number) if number is not None else of_loinc.get(code, code)
        found[answer] = word_of(coded, "display") or word_of(option, "valueString") or answer
    return found


def _value(element: Element) -> int | None:
    for one in _elements(element, "extension"):
        value = one.get("valueDecimal")
        if one.get("url") not in _VALUE_EXTENSIONS:
            continue
        if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
            return int(value)
    return None


def _misfits(options: Mapping[str, str] | None, item: Item, instrument: Instrument) -> Iterator[str]:
    if options is None:
        return
    if any(len(text) > MAX_TEXT_CHARACTERS for text in options.values()):
        yield f"the text of an answer has more than {MAX_TEXT_CHARACTERS} characters"
    taken = set(item.values or ()) or {str(answer) for answer in range(item.min or 0, (item.max or 0) + 1)}
    if item.may_not_apply:
        options = {answer: text for answer, text in options.items() if answer != "na"}
    if set(options) != taken:
        yield f"its answers are not those of {item.id}, which takes {_named(item)}"
    false = _COPYING_ERRORS.get(instrument.id)
    if false is not None and any(false in text.lower() for text in options.values()):
        yield "its lowest answer is worded as in a known false copy"


def _named(item: Item) -> str:
    """Return the answers of an item in a few words: a wide range by its ends."""
    low, high = item.min or 0, item.max or 0
    if item.values is None and high - low > _MAX_NAMED_ANSWERS:
        return f"{low} to {high}"
    return ", ".join(item.values or map(str, range(low, high + 1)))


def _elements(element: Element, name: str) -> Sequence[Element]:
    found = element.get(name)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def word_of(element: Element, name: str) -> str:
    """Return the text of a field; the empty text if it has none."""
    found = element.get(name)
    return found if isinstance(found, str) else ""
