"""A process that makes one PDF: a page of `chart.html` comes in, the file goes out, and nothing goes to a disk.

It has no setting and no key of the server. It bounds itself before it reads, so what a chart does to the program that
sets it ends this process alone.
"""

import os
import re
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from integration_api.resources.oversight.exports.typst_markup import document

DONE, LETTERS_MISSING, NOT_POSSIBLE = 0, 3, 4
"""The statuses that it ends with by itself."""
FAMILIES: Final = ("Noto Sans", "DejaVu Sans", "Liberation Sans", "Libertinus Serif")
"""The fonts in the order of choice. The last one comes with Typst; every other font of the machine fills gaps."""
_STANDARD: Final = "ua-1"
_MAX_ROUNDS = 4
_NICE = 10
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class LettersMissing(Exception):
    """No font has some letters, and the name of a letter is no writing."""


def bound(memory_bytes: int, seconds: int) -> None:
    """Bound this process: memory, processor time, time, no file, no core. Raises OSError, ValueError."""
    import resource  # noqa: PLC0415  of POSIX systems alone

    for kind, limit in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    signal.alarm(2 * seconds)  # also if the server ends meanwhile
    with suppress(OSError):
        os.nice(_NICE)


def missing_in(diagnostic: str) -> frozenset[str]:
    """Return the signs that no font has, as Typst tells them."""
    found = (_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in _MISSING.findall(diagnostic))
    return frozenset("".join(found))


def check_signs(missing: frozenset[str]) -> None:
    """Let signs be named. Raises LettersMissing."""
    if any(one.isalnum() for one in missing):
        raise LettersMissing


def printed(page: str) -> bytes:
    """Return the PDF of a page, tagged for screen readers. Raises LettersMissing, TypstError."""
    import typst  # noqa: PLC0415  of the extra `pdf`: loaded here alone, within the bounds

    fonts = typst.Fonts()
    known = set(fonts.families())
    families = [one for one in FAMILIES if one in known]
    missing = frozenset[str]()
    for _ in range(_MAX_ROUNDS):
        try:
            made = typst.compile(
                document(page, families, missing).encode(), font_paths=fonts, format="pdf", pdf_standards=_STANDARD
            )
        except typst.TypstError as error:
            found = missing_in(error.diagnostic)
            if found <= missing:
                raise
            check_signs(found)
            missing |= found
            continue
        return bytes(made)
    raise LettersMissing


def main(given: Sequence[str]) -> int:
    """Make one. `given` has the bytes of memory and the seconds that it may take."""
    memory_bytes, seconds = map(int, given)
    try:
        bound(memory_bytes, seconds)
        sys.stdout.buffer.write(printed(sys.stdin.buffer.read().decode()))
        sys.stdout.buffer.flush()
    except LettersMissing:
        return LETTERS_MISSING
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  its text may be of the chart, so nobody is shown it
        return NOT_POSSIBLE
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
