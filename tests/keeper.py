"""The keeper of a run: one process that starts every other process of it, and ends what the run leaves behind.

`python -m tests.keeper FOLDER` listens in FOLDER. A child is started over a connection of its own and lives no longer
than that connection, so it ends with the process that asked for it, however that process ended. When the last
connection of all has closed, the keeper ends whatever still descends from it, deletes FOLDER, and ends.

Children that run the product are forked from this process after it has loaded the product once, so a start costs no
second of imports. `tests/processes.py` is the other side.
"""

import atexit
import ctypes
import gc
import json
import os
import random
import runpy
import selectors
import shutil
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import psutil

SOCKET = "keeper"
HEAD = struct.Struct("!I")
"""The length of a request; the three standard streams of the child travel with it."""

PRODUCT = "integration_api"
USAGE = "usage"
"""Asked for instead of a child: the processor time of the keeper and of all that has ended under it."""

PORT = "port"
"""Asked for instead of a child: a port that nobody listens on and that this run has not used before."""

_SET_CHILD_SUBREAPER = 36
_STREAMS = 3
_PORTS = range(20_000, 32_000)

Job = Callable[[], None]


def _free_ports() -> Iterator[int]:
    """Below the ports that systems give to connections going out: none of those can take one before a server does."""
    while True:
        for port in range(random.choice(_PORTS), _PORTS.stop):
            with socket.socket() as probe:
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    continue
            yield port


@dataclass
class Keeper:
    """Connections, and the child of each."""

    folder: Path
    children: dict[int, socket.socket] = field(default_factory=dict)
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    ports: Iterator[int] = field(default_factory=_free_ports)

    def keep(self) -> Job | None:
        """Serve until the last connection has closed. In a new child: what it has to run."""
        _adopt_orphans()
        waking, woken = socket.socketpair()
        for end in (waking, woken):
            end.setblocking(False)
        signal.set_wakeup_fd(waking.fileno())
        signal.signal(signal.SIGCHLD, lambda *_: None)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(self.folder / SOCKET))
        listening.listen(64)
        first = socket.socket(fileno=os.dup(0))  # of who started it
        for one in (listening, woken, first):
            self.selector.register(one, selectors.EVENT_READ)
        first.sendall(b"ready\n")
        count = 1
        while True:
            for key, _ in self.selector.select():
                if key.fileobj is listening:
                    connection, _ = listening.accept()
                    self.selector.register(connection, selectors.EVENT_READ)
                    count += 1
                elif key.fileobj is woken:
                    woken.recv(4096)
                    self._report_ended()
                else:
                    assert isinstance(key.fileobj, socket.socket)
                    request, streams = _received(key.fileobj)
                    if request is not None:
                        job = self._start(key.fileobj, request, streams)
                        if job is not None:
                            return job
                        continue
                    self._close(key.fileobj)
                    count -= 1
                    if count == 0:
                        _ignore_deaths()
                        return None

    def _start(self, connection: socket.socket, request: dict[str, Any], streams: list[int]) -> Job | None:
        if request["kind"] in (USAGE, PORT):
            _answer(connection, sum(os.times()[:4]) if request["kind"] == USAGE else next(self.ports))
            return None
        if request["kind"] == PRODUCT:
            _load_product()
        pid = os.fork()
        if pid == 0:
            return self._become(request, streams)
        for stream in streams:
            os.close(stream)
        self.children[pid] = connection
        _answer(connection, pid)
        return None

    def _become(self, request: dict[str, Any], streams: list[int]) -> Job:
        """In the child: nothing of the keeper stays but what it has loaded."""
        _ignore_deaths()
        # Whoever started the run in the background may have it ignored; a program gets the system's own way.
        signal.signal(signal.SIGINT, signal.SIG_DFL if request["kind"] == "program" else signal.default_int_handler)
        for key in list(self.selector.get_map().values()):
            assert isinstance(key.fileobj, socket.socket)
            key.fileobj.close()
        self.selector.close()
        os.setsid()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os.chdir(request["folder"])
        os.environ.clear()
        os.environ.update(request["env"])
        return lambda: _run(request["kind"], request["words"], request["user"])

    def _report_ended(self) -> None:
        while self.children:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            connection = self.children.pop(pid, None)  # None: an orphan that came to this process
            if connection is not None:
                _answer(connection, os.waitstatus_to_exitcode(status))

    def _close(self, connection: socket.socket) -> None:
        self.selector.unregister(connection)
        connection.close()
        for pid, owner in self.children.items():
            if owner is connection:
                end_tree(pid)


def _adopt_orphans() -> None:
    """On Linux: what outlives its own parent becomes a child of this process, which can end it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _ignore_deaths() -> None:
    """Have no signal write to a socket that is about to close."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _answer(connection: socket.socket, number: float) -> None:
    """Send it. If the process that asked has gone, its closed connection is read next."""
    with suppress(OSError):
        connection.sendall(f"{number}\n".encode())


def _received(connection: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """A request and the streams with it; None where the other side has closed."""
    try:
        head, streams, _, _ = socket.recv_fds(connection, HEAD.size, _STREAMS)
        if not head:
            return None, []
        (length,), body = HEAD.unpack(head), b""
        while len(body) < length:
            part = connection.recv(length - len(body))
            if not part:
                raise ConnectionResetError
            body += part
    except ConnectionError:
        return None, []
    request: dict[str, Any] = json.loads(body)
    return request, streams


@cache
def _load_product() -> None:
    """Costs four seconds, and not every run needs it. Children find built what does not depend on their settings."""
    import alembic.command  # noqa: F401, PLC0415

    from integration_api.app import create_app  # noqa: PLC0415
    from integration_api.settings import Settings  # noqa: PLC0415
    from integration_api.storage.statements import compile_all  # noqa: PLC0415

    sys.modules["sniffio"] = None  # type: ignore[assignment]  # as in tests/running.py
    create_app(Settings())
    for database in ("sqlite", "postgresql"):
        compile_all(database)
    gc.freeze()


def _run(kind: str, words: list[str], user: str | None) -> None:
    """Be the product's command line, a module of the tests, or a program."""
    if kind == "program":
        if user is not None:
            import pwd  # noqa: PLC0415  not on every system

            found = pwd.getpwnam(user)
            os.initgroups(user, found.pw_gid)
            os.setgid(found.pw_gid)
            os.setuid(found.pw_uid)
        os.execvp(words[0], words)  # noqa: S606  the program that a test names
    sys.argv = list(words)
    if kind == PRODUCT:
        from integration_api.cli.main import main  # noqa: PLC0415  loaded by now

        main()
    else:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)


def _end(job: Job) -> NoReturn:
    """Run it and end as a program ends, but leave the memory to the system.

    The interpreter would look at each object that the keeper has loaded, for longer than most commands run.
    """
    code: object = None
    try:
        job()
    except SystemExit as ended:
        code = ended.code
    except Exception as error:  # noqa: BLE001  reported as the interpreter reports it
        sys.excepthook(type(error), error, error.__traceback__)
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads, as the interpreter does
    atexit._run_exitfuncs()
    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)  # noqa: T201
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def end_tree(pid: int) -> None:
    """Kill a process and all that descends from it."""
    try:
        parent = psutil.Process(pid)
        doomed = [*parent.children(recursive=True), parent]
    except psutil.NoSuchProcess:
        return
    for process in doomed:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue


def main() -> None:
    """Keep, then clean up; or, in a child, be what was asked for."""
    folder = Path(sys.argv[1])
    job = Keeper(folder).keep()
    if job is not None:
        _end(job)
    while left := psutil.Process().children(recursive=True):  # again: one may have started another meanwhile
        for process in left:
            end_tree(process.pid)
        psutil.wait_procs(left)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
