"""Characters that a reader can see: the one test of whether a text is blank, is a line, or can be a name.

Unicode has many characters that show nothing beside whitespace: zero-width ones, fillers, selectors, and marks that
need a character to stand on. A text of these alone is as good as empty.
"""

import re
import unicodedata
from collections.abc import Iterable

MAX_TITLE_CHARACTERS = 80

_HANGUL_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_SHOWS_NOTHING = _HANGUL_FILLERS | frozenset("\u2800\U0001d159")  # also blank Braille and the null notehead
_TAGS = range(0xE0000, 0xE1000)  # ignorable, also those not yet assigned
_NO_GLYPH = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn", "Mc", "Me"})
_GAPS = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_LETTER_OR_DIGIT = frozenset("LN")
_NOT_IN_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def is_blank(text: str | None) -> bool:
    """Return whether a reader sees nothing of it; null is blank too."""
    return text is None or not any(map(_is_visible, text))


def has_letter_or_digit(text: str) -> bool:
    """Return whether it has a letter or a digit of any script, as names and reasons must."""
    return any(unicodedata.category(char)[0] in _LETTER_OR_DIGIT and char not in _HANGUL_FILLERS for char in text)


def without_unseen_ends(text: str) -> str:
    """Return a text without the blanks, controls and format characters around it, which are copied with an address."""
    return text.strip("".join(filter(is_gap, text)) or None)


def is_gap(char: str) -> bool:
    """Return whether it is a blank, a line break, or a control or format character that nobody sees."""
    return unicodedata.category(char) in _GAPS


def is_one_line(text: str) -> bool:
    """Return whether it shows as one line that reads in the order in which it is stored.

    It has no control character (Unicode category Cc), no line or paragraph separator, and none that embeds, overrides
    or isolates a direction. Marks such as U+200F, which Hebrew and Arabic text needs, may stand in it.
    """
    return _NOT_IN_A_LINE.search(text) is None


def hides_nothing(text: str) -> bool:
    """Return whether each character shows, by itself or as a mark, as in an address that people compare."""
    return all(_is_visible(char) or unicodedata.category(char).startswith("M") for char in text)


def _is_visible(char: str) -> bool:
    if "!" <= char <= "~":
        return True
    return not (unicodedata.category(char) in _NO_GLYPH or char in _SHOWS_NOTHING or ord(char) in _TAGS)


def first_words(texts: Iterable[str | None]) -> str | None:
    """Return the beginning of the first text that has words, on one line; None if none has."""
    line = next((words for text in texts if text and (words := " ".join(text.split()))), None)
    if line is None or len(line) <= MAX_TITLE_CHARACTERS:
        return line
    whole, _, _ = line[:MAX_TITLE_CHARACTERS].rpartition(" ")
    return (whole or line[: MAX_TITLE_CHARACTERS - 1]) + "\N{HORIZONTAL ELLIPSIS}"
