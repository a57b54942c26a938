"""Reads the log of the whole run, at DEBUG, as the product writes it, and remembers what must not be there.

What the product writes in this process passes by as it is written; what server processes wrote is read when they end.
"""

import io
import json
import logging
import re
from pathlib import Path

from integration_api.core import logs
from tests.corpus import MARK

CANARY = "Zephyrine"
"""The word that tests plant in every text."""

FORBIDDEN = re.compile(
    "|".join(
        [
            CANARY,
            MARK,
            r"[^\s\"]@[^\s\"]",  # an address, whoever's
            r"eyJ[\w-]+\.[\w-]+",  # a token
            r"(?i:bearer )",
            r"(?i:\binsert into\b|\bselect .* from\b|\bupdate .* set\b)",
            r"\$argon2",
            "Rowan Sample|Imani Vale|The lake was still|What was seen of|quiet-otter|paper-lantern",  # factories' words
            r"[\x00-\x09\x0b-\x1f\x7f\x1b]",  # control characters: a line is one event
        ]
    )
)
_SUSPECT = tuple(
    part.casefold()
    for part in (
        *(CANARY, MARK, "@", "eyJ", "bearer ", "insert into", "select ", "update ", "$argon2"),
        *("Rowan Sample", "Imani Vale", "The lake was still", "What was seen of", "quiet-otter", "paper-lantern"),
    )
)
"""A part of whatever is forbidden, but for control characters: most lines have none, and are not looked at closely."""
_MOST = 20


class LogWatch(io.StringIO):
    """A stream that keeps nothing but what is wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = 0
        self.found: list[str] = []
        self._handler: logging.Handler | None = None

    def attach(self) -> None:
        """Stand where standard error would."""
        logs.configure("debug")
        handler = logging.getLogger().handlers[0]
        assert isinstance(handler, logging.StreamHandler)
        handler.setStream(self)
        self._handler = handler

    def leave(self) -> None:
        """Read what is still held back, and go."""
        assert self._handler is not None
        self._handler.flush()
        logging.getLogger().removeHandler(self._handler)

    def write(self, text: str) -> int:
        """Look at each line."""
        for line in text.split("\n"):
            if not line:
                continue
            self.lines += 1
            if (is_forbidden(line) or not _is_event(line)) and len(self.found) < _MOST:
                self.found.append(line)
        return len(text)

    def look_at(self, path: Path, start: int) -> None:
        """Look at what a server process has written to its log from `start` on; its last line may be cut off."""
        with path.open("rb") as file:
            file.seek(start)
            whole, _, _ = file.read().decode().rpartition("\n")
        if whole:
            self.write(f"{whole}\n")


WATCH = LogWatch()
"""The one of this run."""


def is_forbidden(line: str) -> bool:
    """Whether it holds what no log may; with a glance first, at a fifth of the cost."""
    small = line.casefold()
    if line.isprintable() and not any(part in small for part in _SUSPECT):
        return False
    return FORBIDDEN.search(line) is not None


def _is_event(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
