"""The page for counsel: each rule has its row, each row its test or a reason, and nothing claims too much."""

import re
from pathlib import Path

import pytest

from tests.words import ROOT

PAGE = ROOT / "docs" / "compliance.md"
TEMPLATES = ROOT / "docs" / "templates"
NAMED = re.compile(r"`([\w/.-]+\.py)::(test_\w+)`")
RULES = (
    *(f"164.308(a)({number})" for number in range(1, 9)),
    *("164.308(b)", "164.310(a)", "164.310(b)", "164.310(c)", "164.310(d)"),
    *("164.312(a)(1)", "164.312(a)(2)(i)", "164.312(a)(2)(ii)", "164.312(a)(2)(iii)", "164.312(a)(2)(iv)"),
    *("164.312(b)", "164.312(c)", "164.312(d)", "164.312(e)", "164.314(a)", "164.316(a)", "164.316(b)"),
    *("164.524", "164.526", "164.528", "164.508", "164.514"),
    *("2.11", "2.13", "2.16", "2.22", "2.23", "2.25", "2.26", "2.31", "2.32", "2.33", "2.51", "2.61 to 2.67"),
    *(f"Art. 5(1)({letter})" for letter in "abcdef"),
    *("Art. 5(2)", "Art. 15", "Art. 16", "Art. 17", "Art. 18", "Art. 19", "Art. 20", "Art. 25", "Art. 30"),
    *("Art. 32(1)(a)", "Art. 32(1)(b)", "Art. 32(1)(c)", "Art. 32(1)(d)", "Art. 33", "Art. 34", "Art. 35"),
)
POINTS = {
    "record-of-processing.md": (
        *(f"30(1)({letter})" for letter in "abcdefg"),
        *(f"30(2)({letter})" for letter in "abcd"),
    ),
    "impact-assessment.md": (*(f"35(7)({letter})" for letter in "abcd"), "35(2)", "35(3)(b)", "35(9)", "35(11)"),
    "processor-facts.md": (
        *(f"28(3)({letter})" for letter in "abcdefgh"),
        "33(2)",
        "164.314(a)(2)(i)",
        "164.504(e)(2)",
    ),
}
CLAIMS = re.compile(
    r"\b(?:(?<!been )certified|compliant|(?:ensures|guarantees) compliance|meets all|fully complies)\b", re.IGNORECASE
)


def rows() -> dict[str, list[str]]:
    """The rows of the tables, by their rule."""
    found = {}
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 5 and cells[0] != "rule" and set(cells[0]) != {"-"}:
            assert cells[0] not in found, f"two rows of {cells[0]}"
            found[cells[0]] = cells
    return found


def faults(cells: list[str], tests: Path) -> list[str]:
    """The parts that a row lacks: a word for each party, and a test that is there or the reason for none."""
    shown = cells[3]
    found = ["an empty cell"] * any(not cell for cell in cells)
    if not NAMED.search(shown) and not re.fullmatch(r"no test: [\w ]+", shown):
        found.append("neither a test nor a reason")
    for file, name in NAMED.findall(shown):
        path = tests / file
        if not path.exists() or not re.search(rf"^(?:async )?def {name}\(", path.read_text("utf-8"), re.MULTILINE):
            found.append(f"{file}::{name}")
    return found


def test_each_rule_has_its_row() -> None:
    assert list(rows()) == list(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_each_row_names_a_test_that_there_is(rule: str) -> None:
    assert faults(rows()[rule], ROOT / "tests") == []


def test_the_check_sees_what_is_missing() -> None:
    tests = ROOT / "tests"
    whole = ["1", "asks", "feature", "`test_process.py::test_a_wrong_command_says_what_is_wrong_in_one_line`", "clinic"]
    assert faults(whole, tests) == []
    assert faults([*whole[:4], ""], tests) == ["an empty cell"]
    assert faults([*whole[:3], "see the tests", "clinic"], tests) == ["neither a test nor a reason"]
    gone = "`test_process.py::test_a_wrong_command`"
    assert faults([*whole[:3], gone, "clinic"], tests) == ["test_process.py::test_a_wrong_command"]
    assert faults([*whole[:3], gone.replace("process", "nothing"), "clinic"], tests) == [
        "test_nothing.py::test_a_wrong_command"
    ]


@pytest.mark.parametrize("name", POINTS)
def test_a_template_has_each_point_that_its_article_names(name: str) -> None:
    text = (TEMPLATES / name).read_text("utf-8")
    assert [point for point in POINTS[name] if point not in text] == []
    assert "**FILL IN**" in text
    assert "no legal advice" in text
    assert f"(templates/{name})" in PAGE.read_text("utf-8")


def test_no_template_is_forgotten() -> None:
    assert sorted(path.name for path in TEMPLATES.iterdir()) == sorted(POINTS)


@pytest.mark.parametrize("path", [PAGE, *sorted(TEMPLATES.glob("*.md"))], ids=lambda path: path.name)
def test_nobody_is_told_that_this_is_certified(path: Path) -> None:
    text = (
        path.read_text("utf-8").replace("no program makes a clinic compliant", "").replace("Nobody has certified", "")
    )
    assert CLAIMS.findall(text) == []
    assert "no legal advice" in path.read_text("utf-8")
