"""The difference of two texts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration_api.core.differences import Part, PartKind, difference

SAME, REMOVED, ADDED = PartKind
TEXTS = st.text(st.sampled_from("ab \n\u00e9."), max_size=200)


@given(TEXTS, TEXTS)
def test_the_parts_make_up_both_texts_again(before: str, after: str) -> None:
    parts = difference(before, after)
    assert "".join(part.text for part in parts if part.kind is not ADDED) == before
    assert "".join(part.text for part in parts if part.kind is not REMOVED) == after
    assert all(part.text for part in parts)
    assert all(one.kind is not other.kind for one, other in pairwise(parts))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert difference(text, text) == ([Part(SAME, text)] if text else [])


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("", "new", [(ADDED, "new")]),
        ("old", "", [(REMOVED, "old")]),
        (
            "I rest at night.",
            "I rest at noon.",
            [(SAME, "I rest at "), (REMOVED, "night"), (ADDED, "noon"), (SAME, ".")],
        ),
        ("one\ntwo\nthree\n", "one\nthree\n", [(SAME, "one\n"), (REMOVED, "two\n"), (SAME, "three\n")]),
        ("a\nb c\nd", "a\nb e\nd", [(SAME, "a\nb "), (REMOVED, "c"), (ADDED, "e"), (SAME, "\nd")]),
    ],
)
def test_it_differs_in_words(before: str, after: str, parts: list[tuple[PartKind, str]]) -> None:
    assert difference(before, after) == parts
