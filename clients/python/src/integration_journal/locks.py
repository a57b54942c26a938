"""Locks between the processes of one device. They are SQLite's own, so they end with their process on every system."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Lock:
    """One file that one process at a time holds, and in it one client. What is in the file does not matter."""

    def __init__(self, path: Path | str) -> None:
        """Name the file; it need not exist."""
        self._path = Path(path)

    @contextmanager
    def held(self, seconds: float = 0.0) -> Iterator[bool]:
        """Hold it for a block; False if somebody else held it all these seconds."""
        held = self.take(seconds)
        try:
            yield held is not None
        finally:
            if held is not None:
                held.close()

    def take(self, seconds: float = 0.0) -> sqlite3.Connection | None:
        """Return it held, until that is closed, by any thread; None if somebody else held it all these seconds."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        taken = sqlite3.connect(self._path, timeout=seconds, isolation_level=None, check_same_thread=False)
        try:
            taken.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            taken.close()
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            return None
        return taken
