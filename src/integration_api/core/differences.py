"""The difference of two texts, in words: what stayed, what was added, what was removed.

Long texts are compared line by line first, then word by word where lines differ. If too much differs for that, the old
is removed and the new added as a whole, so that a comparison ends in milliseconds.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\s+|\w+(?:[-'\N{RIGHT SINGLE QUOTATION MARK}]\w+)*|\W")
_MAX_PAIRS = 100_000
"""The product of the numbers of tokens up to which two sequences are compared."""


class PartKind(StrEnum):
    """Whether a part of a text stayed."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Part(NamedTuple):
    """A part of a text, and what became of it."""

    kind: PartKind
    text: str


def difference(before: str, after: str) -> list[Part]:
    """Return the parts in order; the same and removed ones make up `before`, the same and added ones `after`."""
    return [*_joined(_compared(_LINES.findall(before), _LINES.findall(after), in_words=True))]


def _compared(before: Sequence[str], after: Sequence[str], *, in_words: bool) -> Iterator[Part]:
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    yield Part(PartKind.SAME, "".join(before[:start]))
    yield from _middle(before[start : len(before) - end], after[start : len(after) - end], in_words=in_words)
    yield Part(PartKind.SAME, "".join(before[len(before) - end :]))


def _middle(before: Sequence[str], after: Sequence[str], *, in_words: bool) -> Iterator[Part]:
    if len(before) * len(after) > _MAX_PAIRS:
        yield from _replaced(before, after)
        return
    for operation, low, high, to_low, to_high in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = before[low:high], after[to_low:to_high]
        if operation == "equal":
            yield Part(PartKind.SAME, "".join(old))
        elif operation == "replace" and in_words:
            yield from _compared(_WORDS.findall("".join(old)), _WORDS.findall("".join(new)), in_words=False)
        else:
            yield from _replaced(old, new)


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Part]:
    yield Part(PartKind.REMOVED, "".join(before))
    yield Part(PartKind.ADDED, "".join(after))


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Yield parts without empty ones; neighbours of one kind become one."""
    last: Part | None = None
    for part in parts:
        if not part.text:
            continue
        if last is not None and last.kind is part.kind:
            last = Part(part.kind, last.text + part.text)
        else:
            if last is not None:
                yield last
            last = part
    if last is not None:
        yield last
