"""Starting processes so that none outlives who started it: each is a child of the run's keeper (`tests/keeper.py`)."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from tests.keeper import HEAD, PORT, SOCKET, USAGE
from tests.waiting import STUCK_SECONDS

ROOT = Path(__file__).parents[1]
_FOLDER = "TEST_RUN_FOLDER"
_MAX_PATH = 60
"""Characters: the address of a socket below it has little more than a hundred."""

_held: list[int] = []
"""Descriptors of connections to the keeper. No object of Python holds them: they are closed by this process's end."""


def enter_run() -> Path:
    """Take part in the run of this process's parents, or begin one. Returns the run's folder, which ends with it.

    From here on this process's temporary files are made in that folder.
    """
    folder = Path(os.environ.get(_FOLDER) or _begun())
    if not _held:
        _held.append(_connect(folder).detach())
    if tempfile.tempdir != str(folder / "tmp"):
        os.environ[_FOLDER] = str(folder)
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder / "tmp")
    return folder


def _begun() -> str:
    """A new folder and its keeper."""
    base = tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix="journal-", dir=base if len(base) < _MAX_PATH else "/tmp"))  # noqa: S108  mkdtemp's own name in it
    folder.chmod(0o711)  # a database server that may not be root's reaches what it owns in there
    (folder / "tmp").mkdir(mode=0o711)
    found = os.pathsep.join(map(str, (ROOT / "src", ROOT, ROOT / "clients" / "python" / "src")))
    env = {**os.environ, "PYTHONPATH": found, _FOLDER: str(folder)}
    ours, theirs = socket.socketpair()
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.keeper", str(folder)],
        cwd=ROOT,
        env=env,
        stdin=theirs.fileno(),
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # what a terminal or a runner sends to the whole group does not reach it
    )
    theirs.close()
    assert ours.recv(64) == b"ready\n"
    keeper.returncode = 0  # it outlives this process: nobody waits for it here
    _held.append(ours.detach())
    return str(folder)


def _connect(folder: Path) -> socket.socket:
    made = socket.socket(socket.AF_UNIX)
    made.connect(str(folder / SOCKET))
    return made


class Child:
    """A process that the keeper has started; it ends with this process, whatever becomes of it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection, self._read = connection, b""
        self.pid = int(self._line(STUCK_SECONDS))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """What it ended with, negative for a signal; None while it runs."""
        with suppress(TimeoutError):
            self.wait(0)
        return self.returncode

    def wait(self, seconds: float = STUCK_SECONDS) -> int:
        """What it ended with. Raises TimeoutError while it runs."""
        if self.returncode is None:
            self.returncode = int(self._line(seconds))
            self._connection.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Nothing happens where it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """As a power cut would end it; returns when it has gone."""
        self.send_signal(signal.SIGKILL)
        self.wait()

    def _line(self, seconds: float) -> bytes:
        latest = time.monotonic() + seconds
        while b"\n" not in self._read:
            ready, _, _ = select.select([self._connection], [], [], max(0.0, latest - time.monotonic()))
            if not ready:
                raise TimeoutError
            part = self._connection.recv(64)
            assert part, "the keeper of processes has gone"
            self._read += part
        line, _, self._read = self._read.partition(b"\n")
        return line


def start(
    kind: str,
    words: Sequence[str],
    env: Mapping[str, str],
    *,
    stdin: int | IO[bytes] = subprocess.DEVNULL,
    stdout: int | IO[bytes] = subprocess.DEVNULL,
    stderr: int | IO[bytes] | None = None,
    user: str | None = None,
) -> Child:
    """Start the product's command line (`integration_api`), a `module` of the tests, or a `program` of the system.

    `words` begin with the name; a stream is a file, DEVNULL, or for `stderr` None: where this process's own goes.
    """
    connection = _connect(enter_run())
    request = {"kind": kind, "words": list(words), "env": dict(env), "folder": str(ROOT), "user": user}
    body = json.dumps(request).encode()
    with open(os.devnull, "r+b", buffering=0) as nothing:  # noqa: PTH123  unbuffered, for both ways
        streams = [stdin, stdout, sys.__stderr__ if stderr is None else stderr]
        numbers = [_number(nothing if stream == subprocess.DEVNULL else stream) for stream in streams]
        socket.send_fds(connection, [HEAD.pack(len(body))], numbers)
        connection.sendall(body)
        return Child(connection)


def cpu_seconds() -> float:
    """Processor time of this process, of those it waited for, and of all that ended under the run's keeper."""
    return sum(os.times()[:4]) + float(_asked(USAGE))


def free_port() -> int:
    """A port that nobody listens on, of no other test of this run."""
    return int(_asked(PORT))


def _asked(kind: str) -> str:
    body = json.dumps({"kind": kind}).encode()
    with _connect(enter_run()) as connection, connection.makefile() as said:
        connection.sendall(HEAD.pack(len(body)) + body)
        return said.readline()


def _number(stream: object) -> int:
    return stream if isinstance(stream, int) else stream.fileno()  # type: ignore[attr-defined]  # a file


def run(kind: str, words: Sequence[str], env: Mapping[str, str], text: str = "") -> subprocess.CompletedProcess[str]:
    """Start it, give it this text, and return when it has ended."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(text.encode())
        given.seek(0)
        code = start(kind, words, env, stdin=given, stdout=out, stderr=err).wait()
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(list(words), code, out.read().decode(), err.read().decode())
