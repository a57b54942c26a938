"""The envelope of a continuity package: a tar of files, encrypted by `age` to the key of the receiving deployment.

Both are written and read as streams, so no plain byte of a chart is ever on a disk here. Anybody opens one with the
`age` program: `age -d -i KEYFILE chart.age | tar x`. Source: the age format, https://age-encryption.org/v1.
"""

import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO, Any

from integration_api.operating.checks import NotDone
from integration_api.storage.objects import write_through

PIECE_BYTES = 512 * 1024
MAX_KEY_BYTES = 64 * 1024
_PLAIN = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE})


def new_identity() -> tuple[str, str]:
    """Return a new key, and the name of it that senders are given."""
    from pyrage import x25519  # noqa: PLC0415  only who moves charts needs it

    made = x25519.Identity.generate()
    return str(made), str(made.to_public())


def _recipient(text: str) -> Any:  # noqa: ANN401  the library has no types
    from pyrage import RecipientError, x25519  # noqa: PLC0415  as above

    try:
        return x25519.Recipient.from_str(text.strip())
    except RecipientError:
        raise NotDone("the receiving key is none: it begins with age1, and the receiving deployment tells it") from None


def read_identities(path: Path) -> list[Any]:
    """Return the keys in a file, as `age-keygen` writes it. Raises NotDone, OSError."""
    from pyrage import IdentityError, x25519  # noqa: PLC0415  as above

    lines = path.read_bytes()[:MAX_KEY_BYTES].decode("utf-8", "replace").splitlines()
    found = [line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")]
    try:
        keys = [x25519.Identity.from_str(line) for line in found]
    except IdentityError:
        keys = []
    if not keys:
        raise NotDone(f"{path} holds no key of age")
    return keys


class _Piped:
    """One side of a pipe, and the thread that works on the other one."""

    def __init__(self, work: Callable[[], None], *ends: IO[bytes]) -> None:
        """Begin; the thread closes `ends` when it ends."""
        self._work, self._ends = work, ends
        self.failure: Exception | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001  it is raised where the thread is waited for
            self.failure = error
        for end in self._ends:
            try:
                end.close()  # it writes what is buffered, and whoever reads may have gone
            except OSError as error:
                self.failure = self.failure or error

    def wait(self) -> Exception | None:
        """Wait for it, and return what it failed with."""
        self._thread.join()
        return self.failure


class EnvelopeWriter:
    """Writes the files of one package."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Begin with the stream of a tar."""
        self._stream = stream

    def add(self, path: str, data: bytes) -> None:
        """Write one file."""
        self.begin(path, len(data))
        self.write(data)
        self.end(len(data))

    def begin(self, path: str, size_bytes: int) -> None:
        """Begin a file of this size."""
        made = tarfile.TarInfo(path)
        made.size, made.mode = size_bytes, 0o600
        self._stream.write(made.tobuf(tarfile.PAX_FORMAT))

    def write(self, piece: bytes) -> None:
        """Write a piece of it."""
        self._stream.write(piece)

    def end(self, size_bytes: int) -> None:
        """Fill the last block."""
        self._stream.write(b"\0" * (-size_bytes % tarfile.BLOCKSIZE))


@contextmanager
def sealed_envelope(path: Path, to: str) -> Iterator[EnvelopeWriter]:
    """Write a new file, which is there only if all went well. Raises NotDone, OSError."""
    from pyrage import encrypt_io  # noqa: PLC0415  as above

    recipient = _recipient(to)
    if path.exists():
        raise NotDone(f"{path} is there already")
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    out, aside = os.fdopen(descriptor, "wb"), Path(name)
    reading, writing = os.pipe()
    source = os.fdopen(reading, "rb")
    try:
        piped = _Piped(lambda: encrypt_io(source, out, [recipient]), source)
        try:
            with os.fdopen(writing, "wb") as stream:
                yield EnvelopeWriter(stream)
                stream.write(b"\0" * tarfile.RECORDSIZE)
        except BrokenPipeError:
            if piped.wait() is None:
                raise
        finally:
            piped.wait()
        if piped.failure is not None:
            raise NotDone(f"{path} could not be written: {piped.failure}") from piped.failure
        out.flush()
        os.fsync(out.fileno())
        _name(aside, path)
    finally:
        with suppress(OSError):  # what is to be kept was written through above
            out.close()
        aside.unlink(missing_ok=True)


def _name(aside: Path, path: Path) -> None:
    """Give a whole file its name; one that was made meanwhile is not overwritten. Raises NotDone, OSError."""
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        raise NotDone(f"{path} was made meanwhile") from None
    write_through(path.parent)


@dataclass(frozen=True, slots=True)
class EnvelopeFile:
    """A file of a package that is being read."""

    path: str
    size_bytes: int
    _content: IO[bytes]

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes, some at a time. Raises NotDone if they end too early."""
        try:
            while piece := self._content.read(PIECE_BYTES):
                yield piece
        except tarfile.TarError:
            raise NotDone(f"{self.path} is not whole") from None

    def read(self, limit: int) -> bytes:
        """Return all of it. Raises NotDone if it is larger."""
        if self.size_bytes > limit:
            raise NotDone(f"{self.path} is too large")
        return b"".join(self.pieces())


def opened_envelope(path: Path, identities: list[Any]) -> Iterator[EnvelopeFile]:
    """Yield the files of a package, in order; each is read before the next. Raises NotDone, OSError."""
    from pyrage import decrypt_io  # noqa: PLC0415  as above

    with path.open("rb") as sealed:
        reading, writing = os.pipe()
        target = os.fdopen(writing, "wb")
        piped = _Piped(lambda: decrypt_io(sealed, target, identities), target)
        failure: Exception | None = None
        try:
            with os.fdopen(reading, "rb") as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
                for member in tar:
                    is_plain = member.type in _PLAIN and not member.issparse()
                    content = tar.extractfile(member) if is_plain else None
                    if content is None:
                        raise NotDone(f"{path} holds something that is no plain file")
                    yield EnvelopeFile(member.name, member.size, content)
                while stream.read(PIECE_BYTES):
                    pass
        except tarfile.TarError as error:
            failure = error
        finally:
            piped.wait()
        if piped.failure is not None or failure is not None:
            raise NotDone(f"{path} does not open with this key, or is not whole") from (piped.failure or failure)
