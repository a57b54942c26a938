"""Real names are found: any script, any apostrophe, several words, the whole name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration_api.resources.people.patients.rules import MAX_SEARCH_WORDS, name_parts, search_words
from tests.support import Person, World

FOUND = [
    ("Rowan Sample", ["rowan", "SAMPLE", "sample rowan", "Rowan Sample"]),
    (
        "O\u2019Brien-Smith",
        ["o'brien", "obrien", "brien", "smith", "O\u02bcBrien", "o\u2018brien smith", "obriensmith"],
    ),
    ("Jean-Luc d'Artagnan", ["jean luc", "jeanluc", "jean\u2011luc", "artagnan", "D\u2019ARTAGNAN"]),
    ("Van der Berg", ["berg", "van der berg", "van"]),
    ("\u0141ukasz \u00d8rsted", ["lukasz", "\u0142ukasz", "orsted"]),
    ("Stra\u00dfer \u0130nci I\u015f\u0131k", ["strasser", "inci", "isik"]),
    ("\u0110\u1eb7ng \u00c6lfric", ["dang", "\u0111ang", "aelfric"]),
    ("\u0e13\u0e31\u0e10\u0e27\u0e38\u0e12\u0e34 \u0e43\u0e08\u0e14\u0e35", ["\u0e43\u0e08\u0e14\u0e35"]),
    (
        "\u1021\u1031\u102c\u1004\u103a\u1006\u1014\u103a\u1038",
        ["\u1021\u1031\u102c\u1004\u103a\u1006\u1014\u103a\u1038"],
    ),
    ("\u0930\u093e\u0939\u0941\u0932 \u0936\u0930\u094d\u092e\u093e", ["\u0930\u093e\u0939\u0941\u0932", "rahul"]),
    ("\u738b\u5c0f\u660e", ["\u738b\u5c0f\u660e", "\u738b", "wang"]),
    ("\u0645\u062d\u0645\u062f", ["\u0645\u062d\u0645\u062f"]),
]
NOT_FOUND = [("Rowan Sample", ["row", "sampler", "rowan other"]), ("O'Brien", ["obr"])]


@pytest.mark.parametrize(("name", "searches"), FOUND, ids=[name for name, _ in FOUND])
def test_a_name_is_found_by_each_of_these(name: str, searches: list[str]) -> None:
    parts = set(name_parts(name))
    for search in searches:
        words = set(search_words(search))
        assert words, search
        assert words <= parts, f"{search}: {words - parts} of {parts}"


@pytest.mark.parametrize(("name", "searches"), NOT_FOUND, ids=[name for name, _ in NOT_FOUND])
def test_a_name_is_not_found_by_these(name: str, searches: list[str]) -> None:
    for search in searches:
        assert not set(search_words(search)) <= set(name_parts(name)), search


@pytest.mark.thorough
@given(st.text(max_size=200))
def test_every_name_is_found_by_all_of_itself(name: str) -> None:
    assert set(search_words(name)) <= set(name_parts(name))


@pytest.mark.thorough
@given(st.text(st.characters(categories=["L", "M", "N"]), min_size=1, max_size=40))
def test_a_name_with_a_letter_or_digit_has_a_word(name: str) -> None:
    assert name_parts(name) or not any(character.isalnum() for character in name)


async def found(person: Person, words: str, expect: int = 200) -> list[str]:
    answer = await person.post("/patients/search", {"name_part": words}, expect=expect)
    return [item["name"] for item in answer["items"]] if expect == 200 else [answer["errors"][0]["code"]]


async def test_all_words_of_a_search_must_be_in_the_name(world: World) -> None:
    therapist = await world.therapist()
    for name in ("Rowan O\u2019Sample", "Rowan Other", "\u738b\u5c0f\u660e"):
        await therapist.post("/patients", {"name": name, "preferred_name": "Ro" if "Other" in name else None})
    assert await found(therapist, "rowan") == ["Rowan Other", "Rowan O\u2019Sample"]
    assert await found(therapist, "osample ROWAN") == ["Rowan O\u2019Sample"]
    assert await found(therapist, "ro rowan") == ["Rowan Other"]
    assert await found(therapist, "rowan nobody") == []
    assert await found(therapist, "\u738b\u5c0f\u660e") == ["\u738b\u5c0f\u660e"]


async def test_a_search_has_one_to_eight_words(world: World) -> None:
    therapist = await world.therapist()
    for words in ("...", "\u2022", " ".join(f"word{number}" for number in range(MAX_SEARCH_WORDS + 1))):
        assert await found(therapist, words, expect=422) == ["words"]
    assert await found(therapist, "\u2800", expect=422) == ["value_error"]


async def test_a_changed_name_is_found_by_its_new_words_alone(world: World) -> None:
    therapist = await world.therapist()
    made = await therapist.post("/patients", {"name": "Rowan Sample"})
    await therapist.patch(f"/patients/{made['id']}", {"name": "Rowan O'Sample"}, 1)
    assert await found(therapist, "sample rowan") == ["Rowan O'Sample"]
    await therapist.patch(f"/patients/{made['id']}", {"name": "Wren Other"}, 2)
    assert await found(therapist, "sample") == []
    assert await found(therapist, "wren other") == ["Wren Other"]
