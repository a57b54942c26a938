"""Several processes on one port: started, replaced when one ends, ended together.

Each is the program's own command again, given the listening socket; they share nothing else. A process that
cannot start, or dies, is replaced and never takes the others with it, so the port goes on answering. Their
standard input is a pipe that only this process can write to: when it is closed, however this one ended, they end.
"""

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Sequence
from types import FrameType

from integration_api.core import logs

__all__ = ["CannotListen", "end_with_parent", "keep", "listen"]

_LOOK_EVERY = 0.1
_PAUSE = 1.0


class CannotListen(Exception):
    """The address cannot be listened on; the message says which and why."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that child processes can be given. Raises CannotListen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        msg = f"cannot listen on {host} port {port}: {error.strerror}"
        raise CannotListen(msg) from error
    return made


def keep(count: int, command: Sequence[str], shared: socket.socket, grace_seconds: float) -> None:
    """Run `count` processes of `command` on the socket until SIGTERM or SIGINT, then end them all.

    `command` is given the socket's number as its last word. A process that ended is replaced, a second after
    it was started at the earliest. Who has not ended within `grace_seconds` is killed.
    """
    is_wanted = True

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_wanted
        is_wanted = False

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    places: list[tuple[float, subprocess.Popen[bytes]]] = []
    while is_wanted:
        while len(places) < count and is_wanted:
            places.append((time.monotonic(), _start(command, shared)))
        for at, (started, process) in enumerate(places):
            if process.poll() is not None and time.monotonic() - started > _PAUSE and is_wanted:
                logs.event("worker_ended", logs.ERROR, worker=process.pid, status=process.returncode)
                places[at] = (time.monotonic(), _start(command, shared))
        time.sleep(_LOOK_EVERY)
    shared.close()
    _end([process for _, process in places], grace_seconds)


def _start(command: Sequence[str], shared: socket.socket) -> subprocess.Popen[bytes]:
    """In a process group of its own: what a terminal sends reaches this process only, which ends them in order."""
    number = shared.fileno()
    process = subprocess.Popen(  # noqa: S603  our own command
        [*command, str(number)], stdin=subprocess.PIPE, pass_fds=(number,), process_group=0
    )
    logs.event("worker_started", worker=process.pid)
    return process


def _end(processes: Sequence[subprocess.Popen[bytes]], grace_seconds: float) -> None:
    for process in processes:
        process.terminate()
    latest = time.monotonic() + grace_seconds
    for process in processes:
        try:
            process.wait(max(0.0, latest - time.monotonic()))
        except subprocess.TimeoutExpired:
            logs.event("worker_killed", logs.ERROR, worker=process.pid)
            process.kill()
            process.wait()


def end_with_parent() -> None:
    """In a process that `keep` started: end as if asked to, once the one that keeps it is gone."""

    def wait() -> None:
        while os.read(0, 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()
