"""The people whom other systems name: found on any page, told if they have no name, refused if no file has them."""

from collections.abc import Callable

import pytest

from integration_api.operating.foreign.mapping_files import MappingFile
from integration_api.operating.foreign.note_authors import NOT_THERE
from integration_api.operating.foreign.record_values import SessionValues
from tests.factories.foreign_files import DIARY, bundle, resources
from tests.operating.test_foreign_bundles import mapped, put, read, ref
from tests.support import Json

__all__ = ["mapped"]


@pytest.mark.parametrize("is_by_role", [False, True])
def test_an_author_is_found_on_another_page(is_by_role: bool, mapped: MappingFile) -> None:
    found = resources()
    people = {"practitioner": found.pop("practitioner")}
    if is_by_role:
        people["role"] = {"resourceType": "PractitionerRole", "id": "w1", "practitioner": ref("Practitioner/d1")}
        found["document"]["author"] = [ref("PractitionerRole/w1")]
    [note] = [one for one in read(bundle(found), mapped, bundle(people)).found if one.author is not None]
    assert note.author is not None
    assert (note.author.key, note.author.name) == ("Practitioner/d1", "Imani Vale")


@pytest.mark.parametrize(
    "author", [{"type": "Practitioner"}, {"identifier": {"value": "12"}}, ref("Practitioner/x"), ref("Device/x")]
)
def test_an_author_without_a_name_is_told(author: Json, mapped: MappingFile) -> None:
    found = resources()
    found["document"]["author"] = [author]
    nameless = {name: {"resourceType": name, "id": "x"} for name in ("Practitioner", "Device")}
    read_all = read(bundle(found), mapped, bundle(nameless))
    assert read_all.unmapped["author[0] has no name in the files"] == 1
    [told] = [one.author for one in read_all.found if one.author is not None]
    assert told.name == "Somebody at Harbour practice software"


UNRESOLVED: list[tuple[str, Callable[[Json], None], str]] = [
    ("document", put("author", value=[ref("Practitioner/x")]), "author[0].reference"),
    ("document", put("author", value=[ref("urn:uuid:x")]), "author[0].reference"),
    ("document", put("author", value=[ref("#x")]), "author[0].reference"),
    ("document", put("author", value=[ref("PractitionerRole/w1")]), "author[0], practitioner.reference"),
    (
        "encounter",
        put("participant", value=[{"individual": ref("Practitioner/x")}]),
        "participant.individual.reference",
    ),
    ("answers", put("author", value=ref("Practitioner/x")), "author.reference"),
    ("mapped entry", put("author", value=ref("Patient/x")), "author.reference"),
    ("mapped entry", put("source", value=ref("RelatedPerson/x")), "source.reference"),
]


@pytest.mark.parametrize(("name", "change", "said"), UNRESOLVED, ids=range(len(UNRESOLVED)))
def test_a_reference_to_somebody_whom_no_file_has_is_refused(
    name: str, change: Callable[[Json], None], said: str, mapped: MappingFile
) -> None:
    found, people = _with_a_mapped_entry()
    change(found[name])
    read_all = read(bundle(found), mapped, bundle(people))
    [told] = read_all.refused.told
    assert told.reason == f"{said}: {NOT_THERE}"


def _with_a_mapped_entry() -> tuple[dict[str, Json], dict[str, Json]]:
    """The resources with an entry to a questionnaire of diaries, and a page of people, one of them without a person."""
    found = resources()
    found["mapped entry"] = {**found["entry"], "id": "r2", "questionnaire": DIARY}
    role = {"resourceType": "PractitionerRole", "id": "w1", "practitioner": ref("Practitioner/x")}
    return found, {"role": role, "close": {"resourceType": "RelatedPerson", "id": "m"}}


@pytest.mark.parametrize(("element", "who"), [("author", "Practitioner/d1"), ("source", "RelatedPerson/m")])
def test_the_words_of_somebody_else_are_no_entry_of_the_patient(element: str, who: str, mapped: MappingFile) -> None:
    found, people = _with_a_mapped_entry()
    found["mapped entry"][element] = ref(who)
    read_all = read(bundle(found), mapped, bundle(people))
    assert read_all.refused.told == []
    [told] = [one for one in read_all.left_out.told if one.reason.startswith(f"{element}: it is somebody else")]
    assert "r2" in str(told)
    assert "QuestionnaireResponse/r2" not in {one.identifier for one in read_all.found}


@pytest.mark.parametrize("named", ["Practitioner/x", "urn:uuid:x", "#x"])
def test_a_display_names_somebody_whom_no_file_has_and_that_is_told(named: str, mapped: MappingFile) -> None:
    found, who = resources(), {**ref(named), "display": "Ash"}
    found["encounter"]["participant"] = [{"individual": who}]
    found["document"]["author"] = [who]
    read_all = read(bundle(found), mapped)
    assert read_all.refused.told == []
    told = {name: count for name, count in read_all.unmapped.items() if name.endswith("is known by its display alone")}
    assert {name.partition(" ")[0]: count for name, count in told.items()} == {
        "author[0]": 1,
        "participant.individual": 1,
    }
    [session] = [one.values for one in read_all.found if one.identifier == "Encounter/e1"]
    assert isinstance(session, SessionValues)
    assert [one.name for one in session.people] == ["Ash"]
    assert [one.author.name for one in read_all.found if one.author is not None] == ["Ash"]


def test_a_care_team_names_its_members(mapped: MappingFile) -> None:
    found = resources()
    found["document"]["author"] = [ref("Practitioner/x")]
    member = {**ref("https://ehr.example.org/fhir/Practitioner/x"), "display": "Wren Hale"}
    team = {"resourceType": "CareTeam", "id": "t1", "participant": [{"member": member}, {"member": ref("Patient/p1")}]}
    read_all = read(bundle(found), mapped, bundle({"team": team}))
    assert read_all.refused.told == []
    assert [one.author.name for one in read_all.found if one.author is not None] == ["Wren Hale"]


def test_the_mapping_names_those_whom_no_file_has(mapped: MappingFile) -> None:
    authors = mapped.fhir.model_copy(update={"authors": {"Practitioner/x": "Wren Hale"}})
    found = resources()
    found["document"]["author"] = [ref("Practitioner/x")]
    read_all = read(bundle(found), mapped.model_copy(update={"fhir": authors}))
    assert read_all.refused.told == []
    [author] = [one.author for one in read_all.found if one.author is not None]
    assert (author.key, author.name) == ("Practitioner/x", "Wren Hale")
