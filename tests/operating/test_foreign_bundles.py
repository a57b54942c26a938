"""Bundles of other systems: each entry is found, left out or refused with its path; never a traceback."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration_api.operating.foreign.bundle_contexts import Index
from integration_api.operating.foreign.bundle_files import index_bundle, read_bundle
from integration_api.operating.foreign.import_findings import MAX_NAMES, Readings, RecordsRefused
from integration_api.operating.foreign.mapping_files import MappingFile, read_mapping
from integration_api.operating.foreign.record_values import ReflectionValues, ResponseValues
from tests.factories.foreign_files import MAPPING, bundle, resources
from tests.support import Json

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> MappingFile:
    path = tmp_path_factory.mktemp("mapping") / "map.toml"
    path.write_text(MAPPING)
    return read_mapping(path)


def read(data: bytes, mapping: MappingFile, *more: bytes) -> Readings:
    """One file, and further pages of it."""
    into, index, files = Readings(), Index(), {"b.json": data, **{f"{n}.json": page for n, page in enumerate(more)}}
    for name, page in files.items():
        index_bundle(page, name, index)
    for name, page in files.items():
        read_bundle(page, name, "ab" * 32, mapping, NOW, into, index)
    assert into.read == len(into.found) + into.left_out.count + into.refused.count
    return into


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is not JSON"),
        (b"[" * 100_000, "the file is nested deeper than 32"),
        (b"{" * 10, "the file is not JSON"),
        (b"\xef\xbb\xbf{}", "the file starts with a byte order mark"),
        ("{}".encode("utf-16"), "the file is not UTF-8"),
        (b"{}", "it is no Bundle"),
        (b"[]", "it is no Bundle"),
        (b'{"resourceType": "Patient"}', "it is no Bundle"),
        (b'{"resourceType": "Bundle", "entry": {}}', "it must be a list"),
        (b'{"resourceType": "Bundle", "type": 1e999}', "Numbers must be finite"),
        (b'{"resourceType": "Bundle", "resourceType": "Bundle"}', "A key is given twice"),
        (b'{"resourceType": "Bundle", "id": "a\\u0000"}', "NUL"),
    ],
)
def test_what_is_no_bundle_is_refused_in_one_sentence(data: bytes, said: str, mapped: MappingFile) -> None:
    with pytest.raises(RecordsRefused) as refused:
        read(data, mapped)
    assert str(refused.value).startswith("b.json")
    assert said in str(refused.value)


def put(*path: str | int, value: object) -> Callable[[Json], None]:
    def change(resource: Json) -> None:
        at: Any = resource
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value

    return change


def ref(name: str) -> Json:
    return {"reference": name}


def _planned(encounter: Json) -> None:
    encounter.update(status="planned", period={"start": "2099-03-02T10:00:00Z"})


def _by_one_inside(kind: str) -> Callable[[Json], None]:
    def change(document: Json) -> None:
        document.update(contained=[{"resourceType": kind, "id": "x", "name": [{"text": "Ash"}]}], author=[ref("#x")])

    return change


FAULTS: list[tuple[str, Callable[[Json], None], str]] = [
    ("patient", put("resourceType", value="a dragon"), "resourceType: it is no name of a resource"),
    ("patient", put("resourceType", value=None), "resourceType: it is no name of a resource"),
    ("patient", put("id", value=None), "id: it has neither an id nor a fullUrl"),
    ("patient", put("name", value="Rowan"), "name: it must be a list of objects"),
    ("patient", put("name", value=[]), "name: Input should be a valid string"),
    ("patient", put("birthDate", value="1988"), "birthDate: it is no day as YYYY-MM-DD"),
    ("patient", put("birthDate", value="2999-01-01"), "birthDate: it lies ahead"),
    ("patient", put("modifierExtension", value=[{"url": "x"}]), "modifierExtension: it changes the meaning"),
    ("goal", put("description", "modifierExtension", value=[]), "modifierExtension: it changes the meaning"),
    ("goal", put("implicitRules", value="http://example.org/rules"), "implicitRules: it changes the meaning"),
    ("plan", put("activity", 0, "detail", "doNotPerform", value=True), "activity[0].detail.doNotPerform: a strategy"),
    ("document", put("author", value=[{"display": "..."}]), "author[0].name: must have a letter"),
    ("document", put("author", value=[{"display": "x" * 201}]), "author[0].name: String should have at most 200"),
    (
        "encounter",
        put("participant", value=[{"individual": {"display": "..."}}]),
        "participant.individual.name: must",
    ),
    ("encounter", put("period", "end", value="2099-03-02T11:00:00Z"), "period.end: it lies ahead"),
    ("encounter", put("subject", value=None), "subject: it names no patient"),
    ("encounter", put("subject", value={"reference": "nobody"}), "subject.reference: it names no resource"),
    ("encounter", put("period", value="yesterday"), "period: it must be an object"),
    ("encounter", put("period", "start", value="2025-03-02"), "period.start: it is no time"),
    ("encounter", put("period", "start", value="2099-03-02T10:00:00Z"), "period.end: it is before period.start"),
    ("encounter", put("period", "end", value="2025-01-02T10:00:00Z"), "period.end: it is before period.start"),
    ("encounter", put("type", value=[]), "type: the mapping gives it no phase"),
    ("document", put("date", value=None), "date: it is needed"),
    ("document", put("date", value="2099-01-01T00:00:00Z"), "date: it lies ahead"),
    ("document", put("content", 0, "attachment", "data", value="%%%"), "attachment.data: it is no text in base 64"),
    ("document", put("content", 0, "attachment", "data", value="IA=="), "text: must have a character"),
    ("answers", put("item", 0, "item", 0, "linkId", value="/x"), "item.linkId: the mapping names no item"),
    (
        "answers",
        put("item", 0, "item", 0, "answer", value=[{"valueCoding": {"code": "LA1"}}]),
        "phq9.1: it is no whole number",
    ),
    ("answers", put("item", 0, "item", 1, "answer", value=[{"valueInteger": 9}]), "phq9.2: the instrument does not"),
    ("answers", put("item", 0, "item", 1, "answer", value=[{"valueDecimal": 1.5}]), "phq9.2: it is no whole number"),
    ("answers", put("item", 0, "item", 1, "answer", value=[{"valueBoolean": True}]), "phq9.2: it is no whole number"),
    ("answers", put("item", 0, "item", 1, "answer", value=[{}, {}]), "phq9.2: it has several answers"),
    ("answers", put("authored", value="2025-03-02"), "authored: it is no time"),
    ("plan", put("title", value="x" * 300), "title: String should have at most 200 characters"),
    ("plan", put("title", value=None), "title: it has neither a title nor a description"),
    ("plan", put("activity", value=[{}]), "activity[0].detail: it has neither"),
    ("goal", put("description", value={"text": ""}), "title: Input should be a valid string"),
]


@pytest.mark.parametrize(("name", "change", "said"), FAULTS, ids=range(len(FAULTS)))
def test_what_cannot_be_taken_is_told_with_its_path(
    name: str, change: Callable[[Json], None], said: str, mapped: MappingFile
) -> None:
    found = resources()
    change(found[name])
    read_all = read(bundle(found), mapped)
    [told] = [one for one in read_all.refused.told if said in one.reason]
    assert str(told).startswith("b.json, entry[")
    assert read_all.refused.count == 1


LEFT: list[tuple[str, Callable[[Json], None], str]] = [
    ("encounter", put("status", value="unknown"), "status: it says of no session"),
    ("encounter", put("status", value="entered-in-error"), "entered in error"),
    ("document", put("context", value={}), "context.encounter: a note here belongs to one session"),
    ("document", put("status", value="superseded"), "another document took its place"),
    ("document", put("content", 0, "attachment", value={"url": "http://x/y.pdf"}), "only a text/plain"),
    ("document", put("meta", value={"security": [{"code": "PSYTHPN"}]}), "psychotherapy notes are not imported"),
    (
        "document",
        put("securityLabel", value=[{"coding": [{"code": "R"}, {"code": "PSYTHPN"}]}]),
        "psychotherapy notes are not imported",
    ),
    ("document", put("author", value=[ref("Patient/p1")]), "author: the patient or somebody close"),
    (
        "document",
        put("author", value=[{"display": "Ash", "type": "Patient"}]),
        "author: the patient or somebody close",
    ),
    ("document", put("author", 0, value={**ref("RelatedPerson/m"), "display": "Ash"}), "author: the patient or"),
    ("document", _by_one_inside("RelatedPerson"), "author: the patient or somebody close"),
    ("encounter", _planned, "it is still to come: plan it here"),
    ("patient", put("resourceType", value="Dragon"), "Dragon is not imported"),
    ("answers", put("questionnaire", value="http://example.org/other"), "the mapping does not name it"),
    ("answers", put("status", value="in-progress"), "the answers are not complete"),
    ("answers", put("item", value=[]), "nothing is answered"),
    ("entry", put("item", value=[]), "nothing is written"),
    ("plan", put("category", value=[{"coding": [{"code": "735324008"}]}]), "a safety plan is agreed on"),
    ("goal", put("lifecycleStatus", value="entered-in-error"), "entered in error"),
]


@pytest.mark.parametrize(("name", "change", "said"), LEFT, ids=range(len(LEFT)))
def test_what_has_no_place_here_is_left_out_and_told(
    name: str, change: Callable[[Json], None], said: str, mapped: MappingFile
) -> None:
    found = resources()
    change(found[name])
    read_all = read(bundle(found), mapped)
    assert read_all.refused.told == []
    assert [one for one in read_all.left_out.told if said in one.reason] != []
    assert name != "document" or all(one.author is None for one in read_all.found)


def test_answers_and_entries_are_told_apart(mapped: MappingFile) -> None:
    found = {one.identifier: one.values for one in read(bundle(), mapped).found}
    answers = found["QuestionnaireResponse/q1"]
    assert isinstance(answers, ResponseValues)
    assert answers.answers == {"phq9.1": 1, "phq9.2": 2, **{f"phq9.{n}": 1 for n in range(3, 10)}}
    assert isinstance(found["QuestionnaireResponse/r1"], ReflectionValues)


def test_entries_without_ids_are_named_by_their_urn(mapped: MappingFile) -> None:
    found = resources()
    entries = []
    for name, one in found.items():
        entries.append({"fullUrl": f"urn:uuid:{name}", "resource": {k: v for k, v in one.items() if k != "id"}})
    text = json.dumps({"resourceType": "Bundle", "entry": entries})
    for kind, name in (("Patient/p1", "patient"), ("Practitioner/d1", "practitioner")):
        text = text.replace(f'"{kind}"', f'"urn:uuid:{name}"')
    text = text.replace("https://ehr.example.org/fhir/Encounter/e1", "urn:uuid:encounter")
    read_all = read(text.encode(), mapped)
    assert read_all.refused.told == []
    [note] = [one for one in read_all.found if one.identifier == "urn:uuid:document"]
    assert (note.patient, note.session) == ("urn:uuid:patient", "urn:uuid:encounter")
    assert note.author is not None
    assert note.author.name == "Imani Vale"


def test_two_entries_of_one_address_are_refused(mapped: MappingFile) -> None:
    entries = [{"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Goal", "id": name}} for name in ("a", "b")]
    with pytest.raises(RecordsRefused, match=r"b\.json, Goal/b, fullUrl: it is that of another entry"):
        read(json.dumps({"resourceType": "Bundle", "entry": entries}).encode(), mapped)


def test_each_element_that_nothing_is_taken_from_is_told(mapped: MappingFile) -> None:
    found = resources()
    label = {"security": [{"code": "R"}]}
    found["patient"].update(gender="other", identifier=[], active=False, meta=label)
    found["encounter"].update(extension=[{"url": "http://example.org/x"}], language="de")
    found["document"].update(type={}, category=[], securityLabel=[])
    found["answers"].update(source=ref("Patient/p1"), author=ref("Practitioner/d1"))
    found["plan"].update(category=[], created="2025-01-01")
    found["goal"].update(startDate="2025-01-01", lifecycleStatus="completed", target=[{"dueDate": "2025-02-01"}])
    read_all = read(bundle(found), mapped)
    assert read_all.refused.told == []
    assert {*read_all.unmapped} == {
        *(f"Patient.{name}" for name in ("gender", "identifier", "active", "maritalStatus", "meta.security")),
        *("Encounter.extension", "Encounter.language"),
        *(f"DocumentReference.{name}" for name in ("docStatus", "type", "category", "securityLabel")),
        *("QuestionnaireResponse.source", "QuestionnaireResponse.author"),
        *(f"CarePlan.{name}" for name in ("status", "intent", "category", "created")),
        *("Goal.startDate", "Goal.lifecycleStatus", "Goal.target"),
    }


def test_names_of_a_file_are_told_printable_and_short(mapped: MappingFile) -> None:
    found = resources()
    found["patient"]["\x1b[2Jname"] = 1
    found["goal"].update({"id": "\x1b[31m" + "g" * 500, "\n" + "x" * 5000: 1})
    read_all = read(bundle(found), mapped)
    told = [*map(str, read_all.refused.told), *read_all.unmapped]
    assert read_all.refused.count == 1
    assert all(one.isprintable() and len(one) < 500 for one in told)
    many = resources()["patient"] | {f"x{number}": 1 for number in range(MAX_NAMES + 5)}
    counted = read(bundle({"patient": many}), mapped).unmapped
    assert len(counted) == MAX_NAMES + 1
    assert counted["others"] > 1


def test_a_page_of_several_is_told(mapped: MappingFile) -> None:
    link = [{"relation": "next", "url": "http://x"}]
    assert read(bundle(link=link), mapped).warnings == ["b.json: it is one page of several; import the others too"]


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["reference", "coding", "code"]), inner)
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.sampled_from(sorted(resources())), st.data())
def test_any_value_in_any_element_is_read_left_out_or_refused(name: str, data: st.DataObject) -> None:
    mapping = MappingFile.model_validate(
        {
            "format": "integration-journal-mapping",
            "version": 1,
            "source": "Harbour",
            "fhir": {"default_phase": "dosing"},
        }
    )
    found = resources()
    places = [*_places(found[name])]
    path = data.draw(st.sampled_from(places))
    put(*path, value=data.draw(JSON))(found[name])
    read(bundle(found), mapping)


def _places(value: object, path: tuple[str | int, ...] = ()) -> Any:
    if path:
        yield path
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _places(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _places(part, (*path, number))


MAPPINGS = {
    "no toml": ("version = ", "Invalid value"),
    "deep": ("a = " + "[" * 5_000, "nested too deeply"),
    "unknown": (MAPPING.replace("[fhir]", "[fihr]", 1), "fihr: Extra inputs are not permitted"),
    "version": (MAPPING.replace("version = 1", "version = 2"), "version: Input should be 1"),
    "instrument": (
        MAPPING.replace('instrument = "phq9"\nitems', 'instrument = "phq99"\nitems'),
        "must be an instrument",
    ),
    "item": (MAPPING.replace('"phq9.1", "/44255', '"phq9.77", "/44255'), "'phq9.77' is no item of phq9"),
    "field": (MAPPING.replace('name = "Name"', 'nmae = "Name"'), "'nmae' is no field of patients"),
    "column": (MAPPING.replace('name = "Name", ', ""), "patients need a column for 'name'"),
    "zone": (MAPPING.replace("Europe/Berlin", "Europe/Bonn"), "time_zone: "),
    "phase": (MAPPING.replace('"prep" = "preparation"', '"prep" = "warm_up"'), "fhir.phases.prep: "),
    "twice": (MAPPING.replace("sessions.csv", "patients.csv"), "two tables name the same file"),
}


@pytest.mark.parametrize("name", MAPPINGS)
def test_a_mapping_that_is_wrong_is_refused_by_its_key(name: str, tmp_path: Path) -> None:
    text, said = MAPPINGS[name]
    (tmp_path / "map.toml").write_text(text)
    with pytest.raises(RecordsRefused) as refused:
        read_mapping(tmp_path / "map.toml")
    assert str(refused.value).startswith("map.toml: ")
    assert said in str(refused.value)


def test_a_mapping_may_be_json(tmp_path: Path) -> None:
    facts = {"format": "integration-journal-mapping", "version": 1, "source": "Harbour"}
    (tmp_path / "map.json").write_text(json.dumps(facts))
    assert read_mapping(tmp_path / "map.json").source == "Harbour"
    (tmp_path / "map.json").write_text("{" * 100)
    with pytest.raises(RecordsRefused, match=r"map\.json: the mapping is nested"):
        read_mapping(tmp_path / "map.json")
