"""Which words of a name find a patient, in any script."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields

from anyascii import anyascii
from icu4py.breakers import WordBreaker

_INSIDE_A_WORD = re.compile(r"[\W_]")
_LOCALE = "en"  # the rules for breaking words are the same in all: dictionaries go by script


@dataclass(frozen=True)
class NameWords:
    """The words of a search, each as its keyed digest; None: there is no further word."""

    word_1: bytes
    word_2: bytes | None = None
    word_3: bytes | None = None
    word_4: bytes | None = None
    word_5: bytes | None = None
    word_6: bytes | None = None
    word_7: bytes | None = None
    word_8: bytes | None = None


MAX_SEARCH_WORDS = len(fields(NameWords))


def name_parts(*names: str | None) -> list[str]:
    """Return every word by which these names are found, once each, folded.

    `O'Brien-Smith` is found as `obrien`, `o`, `brien`, `smith` and `obriensmith`. A name in a script without spaces is
    found whole and by its words, as ICU breaks them. Source: Unicode Standard Annex 29.
    """
    found: dict[str, None] = {}
    for name in names:
        for token in _tokens(name):
            pieces = re.split("['-]", token)
            folded = [folded_word(piece) for piece in (*pieces, *_words(token))]
            folded.append("".join(map(folded_word, pieces)))
            folded += ["".join(map(folded_word, part.split("'"))) for part in token.split("-")]
            found |= dict.fromkeys(word for word in folded if word)
    return list(found)


def search_words(text: str) -> list[str]:
    """Return the folded words that a name must have to be found by this text, the longest first."""
    folded = (
        folded_word(word) for token in _tokens(text) for piece in token.split("-") for word in _words(piece) if piece
    )
    return sorted(dict.fromkeys(word for word in folded if word), key=len, reverse=True)


def folded_word(word: str) -> str:
    """Return a word without case, accents and punctuation, in ASCII: `Łukasz` and `LUKASZ` are one."""
    plain = _INSIDE_A_WORD.sub("", anyascii(unicodedata.normalize("NFC", word)).lower())
    return plain or _INSIDE_A_WORD.sub("", word.casefold())


def _tokens(name: str | None) -> list[str]:
    """Split at blanks. Every apostrophe becomes `'`, every hyphen and dot `-`."""
    text = "".join(map(_alike, unicodedata.normalize("NFC", name or "")))
    return [token.strip("'-") for token in text.split() if token.strip("'-")]


_APOSTROPHES = frozenset("'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02bf\u2018\u2019\u201b\u2032\u05f3\uff07")


def _alike(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    kind = unicodedata.category(character)
    if kind == "Pd" or character in ".\u30fb\u00b7":
        return "-"
    if kind in ("Cf", "Cc"):
        return "" if kind == "Cf" else " "
    return " " if kind[0] in "PZS" else character


def _words(token: str) -> Iterator[str]:
    """Yield the words of a token: one for most scripts, several for those that write without spaces."""
    for word in WordBreaker(token.replace("'", ""), _LOCALE):
        if any(character.isalnum() for character in word):
            yield str(word)
