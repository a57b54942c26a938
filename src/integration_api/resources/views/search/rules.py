"""Whether a text has the words that are looked for, and the passage that shows them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_MARKS = re.compile("[\u0300-\u036f]+")
_BEFORE, _LENGTH = 40, 160
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


def folded(text: str) -> str:
    """Return a text for comparison: without case, accents and forms that only look different (Unicode NFKD)."""
    plain = text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return plain.casefold()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words that are looked for, compared without case and accents."""
    return tuple(dict.fromkeys(folded(text).split()))


def passage(texts: Iterable[str], words: Sequence[str]) -> str | None:
    """Return the passage around the first of the words; None unless the texts together have all of them."""
    missing, first = set(words), None
    for text in texts:
        compared = folded(text)
        found = [compared.find(word) for word in words]
        missing -= {word for word, at in zip(words, found, strict=True) if at >= 0}
        if first is None and (places := [at for at in found if at >= 0]):
            first = text, min(places)
    return _around(*first) if first is not None and not missing else None


def _around(text: str, at: int) -> str:
    """Return the part of a text around a place in its folded form, on one line, cut between words."""
    start = max(0, _unfolded(text, at) - _BEFORE)
    start = text.find(" ", start, start + _BEFORE) + 1 or start if start else 0
    part = text[start : start + _LENGTH]
    if start + _LENGTH < len(text):
        part = (part.rpartition(" ")[0] or part) + _ELLIPSIS
    return (_ELLIPSIS if start else "") + " ".join(part.split())


def _unfolded(text: str, at: int) -> int:
    """Return the place in a text whose folded beginning has `at` characters: folding can make a text longer."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(folded(text[: middle + 1])) <= at:
            low = middle + 1
        else:
            high = middle
    return low
