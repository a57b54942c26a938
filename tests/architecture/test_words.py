"""The words of docstrings, comments, documents and users' texts (docs/style.md), held as a ratchet.

`words.json` says how many breaches each package still has. A number may only fall, and the commit that lowers it writes
it down: `python -m tests.words --lower`. `python -m tests.words storage` lists the breaches of a package.
"""

import pytest

from tests import words


@pytest.mark.thorough
def test_each_package_breaks_the_style_as_often_as_its_ceiling_says() -> None:
    assert words.counted(words.findings()) == words.ceilings()


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ('"""What it is."""', ["first word"]),
        ('"""Return what it is."""', []),
        ('def f():\n    """Whoever asks."""', ["first word"]),
        ('A = 1\n"""How many."""', ["first word"]),
        ('def f():\n    """The open tasks."""', ["not imperative"]),
        ('def f():\n    """Return the open tasks."""', []),
        ('class A:\n    """A task."""\n\n    @property\n    def name(self):\n        """The name."""', []),
        ('"""Return the row, or None where it is hidden."""', ["where"]),
        ('"""Raises NotFound where it is hidden."""', ["where"]),
        ('"""The folder where it is."""', []),
        ("# Where it fails, go on.", ["where"]),
        ('"""' + "word " * 26 + '."""', ["long sentence"]),
        ('"""' + "word " * 24 + "end. " + "Word " * 24 + 'end."""', []),
        ('"""Head.\n\nThe tree::\n\n    ' + "word " * 20 + "\n\n      " + "word " * 20 + '\n\nEnd.\n"""', []),
        ('"""Head.\n\nThe tree::\n\n    word\n\n' + "word " * 26 + '\n"""', ["long sentence"]),
        ("# " + "word " * 13 + "\n# " + "word " * 13, ["long sentence"]),
        ("MOST_ROWS = 3\n_TAKING = 1\nMAX_ROWS = 2", ["constant", "constant"]),
        ("class A:\n    LEAST_AGE: int = 1", ["constant"]),
        ('Field(description="Who is there.")', ["text: first word"]),
        ('Field(description="' + "word " * 26 + '")', ["text: long sentence"]),
        ('Field("' + "word " * 26 + '")', []),
        ('raise BadRequest("Nothing where it is hidden.")', ["text: where"]),
        ('raise BadRequest(f"Nothing where {it} is hidden.")', ["text: where"]),
        ('msg = f"What {it} is."', ["text: first word"]),
        ('class Gone(Conflict):\n    title = "What it was"', ["text: first word"]),
        ('errors=[{"field": "x", "message": "How it is"}]', ["text: first word"]),
        ('typer.Option(help="What to do.", prompt="Who")', ["text: first word"] * 2),
        ('typer.echo("Where it is")', ["text: first word"]),
        ('class Gone(Conflict):\n    remedy = "Whoever asks."', ["text: first word"]),
        ('members = {"ends_at": Member(date, "What ends.", "2026-11-21")}', ["text: first word"]),
        ('_POOLER = "What is there"\nraise DatabaseUnfit(_POOLER)\nraise DatabaseUnfit(_POOLER)', ["text: first word"]),
        ('_WHY = {"SQLITE_FULL": "Who knows"}', ["text: first word"]),
        ('_SQL = "Where it is"\nread(_SQL)', []),
    ],
)
def test_the_count_sees_each_breach_in_a_module(source: str, kinds: list[str]) -> None:
    found = words._of_module(source, words.SOURCE / "core" / "made_up.py")
    assert [finding.kind for finding in found] == kinds


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("# Title\n\n" + "word " * 25 + "end.", ["long sentence"]),
        ("- " + "word " * 20 + "\n- " + "word " * 20, []),
        ("| " + "word " * 20 + "| " + "word " * 20 + "|", []),
        ("```\n" + "word " * 40 + "\n```", []),
        ("`" + "word " * 40 + "` is code.", []),
        ("Where it fails, go on.", ["first word", "where"]),
        ("It is. Whoever asks, gets it.", ["first word"]),
        ("- **What a phone keeps.** It stays.", ["first word"]),
        ("## Who asks?", ["first word"]),
        ("`Who` is code.", []),
        ("a\n\n" * 160, ["long document"]),
    ],
)
def test_the_count_sees_each_breach_in_a_document(source: str, kinds: list[str]) -> None:
    found = words._of_document(source, words.ROOT / "docs" / "made_up.md")
    assert [finding.kind for finding in found] == kinds


def test_the_glossary_has_at_most_sixty_terms_of_one_meaning() -> None:
    lines = (words.ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    terms = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]
    terms = [term for term in terms if term != "term"]
    assert len(terms) <= 60
    assert len(terms) == len(set(terms))
