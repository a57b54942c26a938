"""A spool: pieces of text that wait on the disk, sealed under a key that only this process has.

The readable chart is by month, and things are read by kind. So its entries wait until all are read. The file has no
name, and its key ends with the process: what a crash leaves cannot be read.
"""

import os
import tempfile
from typing import IO, NamedTuple

from integration_api.storage.vault import KEY_BYTES, DataKey

_CONTEXT = b"export-spool"


class Place(NamedTuple):
    """The place of a piece."""

    offset: int
    length: int


class Spool:
    """A spool of one export. Its calls wait for the disk."""

    def __init__(self) -> None:
        """Make the file, which goes with its last user."""
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  it is closed by `close`
        self._key, self._end = DataKey(os.urandom(KEY_BYTES), _CONTEXT), 0

    def add(self, piece: bytes) -> Place:
        """Keep a piece, and return its place."""
        sealed = self._key.encrypt(piece, self._end.to_bytes(8, "big"))
        place = Place(self._end, len(sealed))
        self._file.seek(self._end)
        self._file.write(sealed)
        self._end += len(sealed)
        return place

    def read(self, place: Place) -> bytes:
        """Return a piece. Raises DecryptionFailed."""
        self._file.seek(place.offset)
        return self._key.decrypt(self._file.read(place.length), place.offset.to_bytes(8, "big"))

    def close(self) -> None:
        """Give the file back."""
        self._file.close()
