"""Characters that show nothing count as nothing, whatever Unicode calls them."""

import unicodedata

import pytest

from integration_api.core.texts import has_letter_or_digit, hides_nothing, is_blank, is_one_line

INVISIBLE = {
    "space": " ",
    "no-break space": "\u00a0",
    "ideographic space": "\u3000",
    "soft hyphen": "\u00ad",
    "zero width space": "\u200b",
    "zero width non-joiner": "\u200c",
    "zero width joiner": "\u200d",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "right-to-left mark": "\u200f",
    "right-to-left override": "\u202e",
    "isolate": "\u2066",
    "line separator": "\u2028",
    "blank Braille": "\u2800",
    "Hangul filler": "\u3164",
    "Hangul choseong filler": "\u115f",
    "Hangul jungseong filler": "\u1160",
    "halfwidth Hangul filler": "\uffa0",
    "variation selector": "\ufe0f",
    "variation selector of the supplement": "\U000e0100",
    "tag": "\U000e0041",
    "unassigned tag": "\U000e0fff",
    "combining grapheme joiner": "\u034f",
    "combining accent": "\u0301",
    "enclosing circle": "\u20dd",
    "Mongolian vowel separator": "\u180e",
    "Khmer inherent vowel": "\u17b4",
    "null notehead": "\U0001d159",
    "bell": "\a",
    "next line": "\u0085",
}
NAMES = ["Rowan", "Ян", "李", "יעל", "أمل", "ก้อง", "한", "Zoë", "Zoe\u0308", "O\u2019Neill", "7", "٣", "नमिता"]
SIGNS = ["...", "." * 20, "-", "!?", "\U0001f642", "\u2022", "$"]


@pytest.mark.parametrize("char", INVISIBLE.values(), ids=INVISIBLE)
def test_what_shows_nothing_is_blank_alone_and_in_company(char: str) -> None:
    for text in (char, char * 20, f" {char}\n"):
        assert is_blank(text)
        assert not has_letter_or_digit(text)
    assert not is_blank(f"{char}a{char}")


def test_nothing_is_blank() -> None:
    assert is_blank(None)
    assert is_blank("")


@pytest.mark.parametrize("text", [*NAMES, *SIGNS], ids=ascii)
def test_what_shows_is_not_blank_in_any_script(text: str) -> None:
    assert not is_blank(text)
    assert is_one_line(text)


def test_a_name_has_a_letter_or_a_digit_of_any_script() -> None:
    assert [name for name in NAMES if not has_letter_or_digit(name)] == []
    assert [signs for signs in SIGNS if has_letter_or_digit(signs)] == []


@pytest.mark.thorough
def test_every_control_character_and_change_of_direction_breaks_a_line() -> None:
    controls = {chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) in ("Cc", "Zl", "Zp")}
    for char in controls | set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"):
        assert not is_one_line(f"Rowan{char}Sample"), ascii(char)
    assert is_one_line("יעל\u200f (Yael)")  # a mark that such text needs


def test_an_address_hides_no_character() -> None:
    for shown in ("a.b+c@example.org", "renée@example.org", "rene\u0301e@example.org", "иван@пример.рф"):
        assert hides_nothing(shown)
    for hidden in ("a\u200b@example.org", "a\u00ad@example.org", "a\u202e@example.org", "a b@example.org"):
        assert not hides_nothing(hidden)
