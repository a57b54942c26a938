"""The readable chart as a document of Typst: every entry, in words that run nothing, each text its own way."""

import pytest

from integration_api.resources.oversight.exports.typst_markup import document, is_right_to_left, literal, named

FLAG, FAMILY, WAVE = "🇺🇳", "👩‍👩‍👧", "🌊"
ENTRY = (
    '<article id="e-notes-1" class="own"><h3 id="h-e-notes-1">Note</h3><p class="by"><span class="mark">By you</span>'
    ', <time datetime="x">today</time></p><div lang="he"><p dir="auto" class="text">{}</p>'
    "<dl><div><dt>State</dt><dd>signed</dd></div></dl></div></article>\n"
)


def page(*texts: str, more: str = "") -> str:
    entries = "".join(ENTRY.format(text) for text in texts)
    return f"<!doctype html><html><head><title>A chart</title><style>p {{}}</style></head><body>{more}{entries}</body>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("אני", True),
        ("والماء", True),
        ("12, אני and more", True),
        ("the אגם", False),
        ("🌊 lake", False),
        ("...", False),
        ("", False),
    ],
)
def test_a_text_runs_as_its_first_letter_does(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected
    assert f"#prose({'rtl' if expected else 'ltr'})" in document(page(text), ["A"], frozenset())


@pytest.mark.parametrize("text", ['"]; #read("/etc/passwd")', "\\", '\\"', "#let x = 1", "$x$ *bold* @ref <label>"])
def test_what_people_wrote_runs_nothing(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    assert f"#{literal(text)};" in document(page(escaped), ["A"], frozenset())


def test_a_literal_ends_where_the_text_ends() -> None:
    assert literal('a"b\\"c\\') == '"a\\"b\\\\\\"c\\\\"'
    assert "\n" not in literal("a\nb")


def test_each_line_of_a_text_is_a_line() -> None:
    assert '#"one";#linebreak();#"  two";' in document(page("one\n  two"), ["A"], frozenset())


def test_entries_links_and_headings_are_kept_and_the_rest_of_html_is_not() -> None:
    made = document(page("a", more='<a class="skip" href="#now">Skip</a><h1>Chart</h1>'), ["A", "B"], frozenset())
    assert 'title: "A chart"' in made
    assert 'font: ("A", "B",)' in made
    assert made.count("\n#entry(true)[") == 1
    assert '#heading(level: 3)[#"Note";] <e-notes-1>' in made
    assert '#facts([#term[#"State";]],[#"signed";],);' in made
    assert "Skip" not in made
    assert "p {" not in made


def test_a_link_leads_to_what_is_in_this_part_alone() -> None:
    links = '<p><a href="#e-notes-1">here</a> <a href="#e-notes-2">there</a> <a href="attachments/x.png">file</a></p>'
    made = document(page("a", more=links), ["A"], frozenset())
    assert '#link(label("e-notes-1"))[#"here";];' in made
    assert '#"there";#" ";#"file";#": attachments/x.png";' in made


@pytest.mark.parametrize(
    ("text", "missing", "expected"),
    [
        (f"{WAVE} lake", WAVE, "[water wave] lake"),
        (f"a {FAMILY} b", "👩👧", "a [woman, woman, girl] b"),
        (f"a {FAMILY} b", "👩👧\u200d", "a [woman, woman, girl] b"),
        (FLAG, FLAG, "[flag UN]"),
        ("👍🏽!", "👍", "[thumbs up sign]!"),
        (f"{WAVE}{WAVE}", WAVE, "[water wave, water wave]"),
        ("\ue000", "\ue000", "[sign E000]"),
        (f"{WAVE}", "", WAVE),
    ],
)
def test_signs_that_no_font_has_stand_as_their_names(text: str, missing: str, expected: str) -> None:
    assert named(text, frozenset(missing)) == expected
