"""Telling the progress of long work: first its size, then each part that is done."""

from collections.abc import Callable

Advance = Callable[[int], None]
Begin = Callable[[int], Advance]


def silent(_: int) -> Advance:
    """Begin something that tells nobody."""
    return lambda _done: None


def counted_down(begin: Begin) -> Callable[[int, int, int], None]:
    """Return what SQLite's backup tells of the pages that are left, made into parts that are done."""
    told: list[Advance] = []
    done = 0

    def tell(_: int, left: int, pages: int) -> None:
        nonlocal done
        if not told:
            told.append(begin(pages))
        told[0](pages - left - done)
        done = pages - left

    return tell
