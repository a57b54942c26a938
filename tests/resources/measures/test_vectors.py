"""The published and constructed examples of every instrument: answers and scores, refusals, changes."""

import json
from pathlib import Path
from typing import Any

import pytest

from integration_api.resources.measures.instruments.catalogue import instruments
from integration_api.resources.measures.instruments.comparisons import changes, cutoffs, is_improved
from integration_api.resources.measures.instruments.scores import (
    Answer,
    AnswerRefused,
    Score,
    answered_unasked,
    check_answers,
    derived_answers,
    scores_of,
)

_FILE = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
VECTORS: list[dict[str, Any]] = _FILE["vectors"]
_BY_TYPE = {kind: [one for one in VECTORS if one["type"] == kind] for kind in ("score", "reject", "change", "derive")}


def name_of(vector: dict[str, Any]) -> str:
    return f"{vector['instrument']}-{vector['id']}"


def answers_of(vector: dict[str, Any], instrument: str) -> dict[str, Answer | None]:
    """Return the answers of a vector, which stand in the order of the scored items."""
    names = [item.id for item in instruments()[instrument].items if item.is_scored]
    return dict(zip(names, vector["answers"], strict=True))


def test_there_are_all_vectors() -> None:
    assert len(VECTORS) == 198
    assert sum(map(len, _BY_TYPE.values())) == 198
    assert {one["instrument"] for one in VECTORS} == set(instruments())


@pytest.mark.parametrize("vector", _BY_TYPE["score"], ids=name_of)
def test_answers_are_scored_as_published(vector: dict[str, Any]) -> None:
    instrument = instruments()[vector["instrument"]]
    scores = {one.id: one for one in scores_of(instrument, answers_of(vector, instrument.id))}
    main = next(iter(scores.values())) if "index" not in scores else scores["index"]
    for name, expected in vector["expect"].items():
        match name:
            case "flags":  # of the safety rules
                continue
            case "band":
                found: object = main.band
            case "prorated":
                found = main.is_prorated
            case "partial_domain":
                found = main.is_partial
            case "max_possible":
                found = main.max_possible
            case "floor":
                found = main.floor
            case "positive":
                found = cutoffs(instrument, main)[0]
            case _:
                found = scores[name].value
        assert found == (pytest.approx(expected, abs=0.005) if isinstance(expected, float) else expected), name


@pytest.mark.parametrize("vector", _BY_TYPE["reject"], ids=name_of)
def test_what_the_instrument_does_not_take_is_refused(vector: dict[str, Any]) -> None:
    instrument = instruments()[vector["instrument"]]
    expected = vector["expect"]["error"]
    if expected == "item_count":  # answers have names here, so that a shorter list is one with gaps
        assert len(vector["answers"]) < len([item for item in instrument.items if item.is_scored])
        return
    answers = answers_of(vector, instrument.id)
    if expected == "answered_but_not_asked":
        assert answered_unasked(instrument, answers)
        assert {one.value for one in scores_of(instrument, answers)} == {None}
        return
    with pytest.raises(AnswerRefused) as refused:
        check_answers(instrument, answers)
    assert refused.value.reason == expected


@pytest.mark.parametrize("vector", _BY_TYPE["change"], ids=name_of)
def test_two_scores_are_compared_by_the_published_rules(vector: dict[str, Any]) -> None:
    instrument = instruments()[vector["instrument"]]
    before, after = (Score(vector["score"], vector[name]) for name in ("baseline", "current"))
    found = dict(changes(instrument, before, after))
    found["improved"] = is_improved(instrument, vector["baseline"], vector["current"])
    assert {name: found[name] for name in vector["expect"]} == vector["expect"]


@pytest.mark.parametrize("vector", _BY_TYPE["derive"], ids=name_of)
def test_a_short_form_is_derived_from_the_long_one(vector: dict[str, Any]) -> None:
    instrument = instruments()[vector["instrument"]]
    answers = derived_answers(instrument, answers_of(vector, vector["from"]))
    assert {one.id: one.value for one in scores_of(instrument, answers)} == vector["expect"]
