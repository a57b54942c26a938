"""Properties of the scores of every instrument, whatever was answered, and the needs of a definition."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration_api.resources.measures.instruments import catalogue as catalogue_module
from integration_api.resources.measures.instruments.catalogue import catalogue, instruments, sources_of
from integration_api.resources.measures.instruments.comparisons import changes, cutoffs
from integration_api.resources.measures.instruments.consistency import problems_of
from integration_api.resources.measures.instruments.definitions import Instrument, Item
from integration_api.resources.measures.instruments.scores import (
    NOT_APPLICABLE,
    Answer,
    AnswerRefused,
    Score,
    answered_unasked,
    check_answers,
    scores_of,
)
from integration_api.resources.measures.instruments.vocabulary import MissingRule, Verification

ALL = list(instruments().values())
EACH = pytest.mark.parametrize("instrument", ALL, ids=[one.id for one in ALL])
BOUNDED = [
    one for one in ALL if any(made.missing and made.missing.rule is MissingRule.LOWER_BOUND for made in one.scores)
]
RANDOM = st.randoms(use_true_random=False)
JUNK: list[Any] = [-1, 10**9, 2.5, True, None, "yes", "refused", "NA", NOT_APPLICABLE, "", [], {}]


def answer_to(item: Item, random: Random) -> Answer:
    """Any answer that the item takes."""
    if item.values is not None:
        return random.choice(item.values)
    assert item.min is not None
    assert item.max is not None
    return NOT_APPLICABLE if item.may_not_apply and random.random() < 0.2 else random.randint(item.min, item.max)


def answers_to(instrument: Instrument, random: Random) -> dict[str, Answer | None]:
    """Answers of which none, some or many are missing."""
    missing = random.choice([0, 0.05, 0.3])
    return {item.id: None if random.random() < missing else answer_to(item, random) for item in instrument.items}


def numbers(instrument: Instrument, answers: dict[str, Answer | None]) -> dict[str, float]:
    """The scores that are numbers."""
    found = {one.id: one.value for one in scores_of(instrument, answers)}
    return {
        name: value for name, value in found.items() if isinstance(value, int | float) and not isinstance(value, bool)
    }


@EACH
@given(random=RANDOM)
@settings(max_examples=20, deadline=None)
def test_a_score_is_within_its_range_and_in_one_band(instrument: Instrument, random: Random) -> None:
    answers = answers_to(instrument, random)
    ranges = {one.id: (one.min, one.max) for one in instrument.scores}
    for name, value in numbers(instrument, answers).items():
        low, high = ranges[name]
        assert low is not None
        assert high is not None
        assert low <= value <= high
    for score in scores_of(instrument, answers):
        has_bands = any(one.score == score.id for one in instrument.bands)
        is_whole = score.max_possible in (None, ranges[score.id][1])
        assert (score.band is not None) == (has_bands and score.value is not None and is_whole)
        is_of_words = all(item.values is not None for item in instrument.items)
        assert (score.floor is not None) == (is_of_words and score.value in (None, "incomplete"))


@EACH
@given(random=RANDOM)
@settings(max_examples=20, deadline=None)
def test_a_higher_answer_lowers_no_score(instrument: Instrument, random: Random) -> None:
    answers = answers_to(instrument, random)
    before = numbers(instrument, answers)
    for item in instrument.items:
        answer = answers[item.id]
        if isinstance(answer, int) and answer != item.max:
            after = numbers(instrument, {**answers, item.id: answer + 1})
            assert all(after[name] >= value for name, value in before.items())


@pytest.mark.parametrize("instrument", BOUNDED, ids=[one.id for one in BOUNDED])
@given(random=RANDOM)
@settings(max_examples=20, deadline=None)
def test_a_lower_bound_is_one_whatever_is_missing(instrument: Instrument, random: Random) -> None:
    answers = {item.id: answer_to(item, random) for item in instrument.items}
    whole = numbers(instrument, dict(answers))
    gaps = random.sample(list(answers), 2)
    bounds = [
        one
        for one in scores_of(instrument, {name: None if name in gaps else one for name, one in answers.items()})
        if one.is_lower_bound
    ]
    assert bounds
    for one in bounds:
        assert isinstance(one.value, int | float)
        assert one.value <= whole[one.id]


@EACH
@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_any_answer_is_taken_or_refused_by_name(instrument: Instrument, junk: Any) -> None:
    for item in instrument.items:
        refused: list[AnswerRefused] = []
        try:
            check_answers(instrument, {item.id: junk})
        except AnswerRefused as refusal:
            refused.append(refusal)
        takes = junk is None or (item.values is not None and junk in item.values)
        takes = takes or (item.may_not_apply and junk == NOT_APPLICABLE)
        assert [one.item for one in refused] == ([] if takes else [item.id])


@pytest.mark.parametrize(
    ("name", "answers", "unasked", "floor"),
    [
        ("cssrs_screener", {"cssrs.1": "no", "cssrs.2": "no", "cssrs.4": "yes", "cssrs.6": "no"}, "cssrs.4", "high"),
        ("cssrs_screener", {"cssrs.1": "yes", "cssrs.4": "yes", "cssrs.6": "no"}, "cssrs.4", "high"),
        ("cssrs_screener", {"cssrs.1": "yes", "cssrs.2": "no", "cssrs.3": "no", "cssrs.6": "no"}, "cssrs.3", "low"),
        ("asq", {"asq.1": "no", "asq.2": "no", "asq.4": "no", "asq.5": "yes"}, "asq.5", "acute_positive"),
    ],
)
def test_out_of_order_nothing_is_scored_and_no_yes_is_lost(
    name: str, answers: dict[str, Answer | None], unasked: str, floor: str
) -> None:
    instrument = instruments()[name]
    assert answered_unasked(instrument, answers) == [unasked]
    assert [(one.value, one.floor) for one in scores_of(instrument, answers)] == [(None, floor)]


def scored(name: str, **answers: Answer | None) -> Score:
    """The first score, of these answers by number and 0 for the rest."""
    instrument = instruments()[name]
    prefix = instrument.items[0].id.partition(".")[0]
    given: dict[str, Answer | None] = {item.id: 0 for item in instrument.items}
    return scores_of(instrument, given | {f"{prefix}.{key[1:]}": one for key, one in answers.items()})[0]


def test_a_lower_bound_raises_an_alarm_and_clears_none() -> None:
    cadss, pcl5 = instruments()["cadss"], instruments()["pcl5"]
    current = scored("cadss", n1=4, n2=None, n3=None)
    assert (current.value, current.ceiling) == (4, 12)
    assert changes(cadss, scored("cadss"), current)["returned"] is None, "it may be 12"
    assert changes(cadss, scored("cadss"), scored("cadss", n1=4, n2=1, n3=None))["returned"] is False
    high = {f"n{n}": 4 for n in range(1, 9)}
    assert cutoffs(pcl5, scored("pcl5", **high, n20=None)) == [None], "32, or up to 36"
    assert cutoffs(pcl5, scored("pcl5", **high, n9=1, n20=None)) == [True]
    before = scored("pcl5", **{f"n{n}": 4 for n in range(1, 13)}, n13=2)
    after = scored("pcl5", **high, n19=None, n20=None)
    assert (before.value, after.value, after.ceiling) == (50, 32, 40)
    assert changes(pcl5, before, after)["reliable_improvement"] is None


def test_a_cluster_that_hangs_on_a_missing_answer_is_not_told() -> None:
    """PCL-5: one of 1 to 5, one of 6 and 7, two of 8 to 14, two of 15 to 20, each at least 2."""
    met = dict.fromkeys(("n1", "n6", "n8", "n9", "n15"), 2)
    for last, is_met in ((2, True), (1, False), (None, None)):
        instrument = instruments()["pcl5"]
        answers: dict[str, Answer | None] = {item.id: 0 for item in instrument.items}
        answers |= {f"pcl5.{name[1:]}": answer for name, answer in {**met, "n16": last}.items()}
        [found] = [one.value for one in scores_of(instrument, answers) if one.id == "provisional_dx"]
        assert found is is_met


def test_the_newest_version_of_an_instrument_is_the_one_that_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    known = instruments()["phq9"]
    newer = known.model_copy(update={"version": known.version + 1})
    for order in ([known, newer], [newer, known]):
        both = catalogue().model_copy(update={"instruments": order})
        with monkeypatch.context() as patched:
            patched.setattr(catalogue_module, "catalogue", lambda both=both: both)
            assert instruments.__wrapped__()["phq9"].version == newer.version


def test_scores_of_unlike_ranges_are_not_compared() -> None:
    wsas = instruments()["wsas"]
    before, after = scored("wsas", n1=8, n2=4, n3=4, n4=4, n5=4), scored("wsas", n1="na", n2=4, n3=4, n4=4, n5=4)
    assert (before.max_possible, after.max_possible) == (40, 32)
    assert changes(wsas, before, after) == {"mcid": None}


def test_a_definition_says_what_must_not_be_done() -> None:
    found = {one.id: " ".join(one.notes) for one in ALL}
    assert "Do not use" in found["pcl5"]
    assert "Never make a sum score" in found["cssrs_screener"]
    assert "never compare" in found["wsas"]
    assert instruments()["madrs"].default_remission == "remission_12"
    assert [one.id for one in ALL][:3] == ["phq9", "phq2", "gad7"], "in the order of the file"


@pytest.mark.parametrize("instrument", catalogue().instruments, ids=lambda one: one.id)
def test_a_definition_holds_together_and_names_its_sources(instrument: Instrument) -> None:
    assert list(problems_of(instrument)) == []
    assert set(sources_of(instrument)) <= set(catalogue().sources)


LACKING = {
    "rule": MissingRule.PRORATED,
    "max_missing": None,
    "min_answered_percent": None,
    "status": Verification.POLICY,
}


def damaged(change: dict[str, Any], at: tuple[str, int]) -> Instrument:
    """The first instrument with one thing of it changed."""
    found = instruments()["phq9"].model_dump()
    name, index = at
    found[name][index] |= change
    return Instrument.model_validate(found)


@pytest.mark.parametrize(
    ("at", "change", "words"),
    [
        (("items", 1), {"id": "phq9.1"}, "2 items phq9.1"),
        (("items", 0), {"asked_if": {"any_of": ["phq9.2"], "answers": ["yes"]}}, "does not come before"),
        (("items", 0), {"is_scored": False}, "not scored"),
        (("items", 0), {"max": 4}, "range of total"),
        (("scores", 0), {"items": None}, "lacks what its method"),
        (("scores", 0), {"max": 30}, "range of total"),
        (("scores", 0), {"missing": LACKING}, "lacks its number"),
        (("bands", 1), {"min": 6}, "mild of total does not begin"),
        (("bands", 4), {"max": 26}, "do not end with the score"),
        (("bands", 0), {"score": "index"}, "index, which is no number"),
        (("cutoffs", 0), {"score": "index"}, "index, which is no number"),
        (("changes", 0), {"id": "remission"}, "2 change rules remission"),
    ],
)
def test_a_damaged_definition_is_told(at: tuple[str, int], change: dict[str, Any], words: str) -> None:
    assert any(words in problem for problem in problems_of(damaged(change, at)))
