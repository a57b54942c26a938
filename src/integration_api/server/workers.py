"""Preforked worker processes on one port, replaced by their keeper if they end, and ended together.

The keeper loads the application before it forks, so the code is in memory once. Workers share the listening socket
and nothing else: threads, connections and event loops are made after the fork. A worker that dies or cannot start is
replaced, and the others go on serving. Each worker reads from a pipe that only the keeper can write to. When the
keeper ends, even by kill -9, the pipe closes and the workers end.
"""

import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from types import FrameType

from integration_api.core import logs

_LOOK_EVERY = 0.1
_PAUSE = 1.0
_ENDING = (signal.SIGTERM, signal.SIGINT)
MAX_ACCEPTED_TOGETHER = 16
"""Connections that a process accepts in one turn of its event loop."""


class CannotListen(Exception):
    """The address cannot be listened on; the message says which one and why."""


def listen(host: str, port: int) -> list[socket.socket]:
    """Return a bound socket, and copies of it, to listen with; child processes inherit them. Raises CannotListen.

    An event loop of libuv accepts one connection of each socket in a turn. With one socket, the last of many that
    connect at once would wait for as many turns, each full of the others' requests.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
    except OSError as error:
        made.close()
        msg = f"cannot listen on {host} port {port}: {error.strerror}"
        raise CannotListen(msg) from error
    return [made, *(made.dup() for _ in range(MAX_ACCEPTED_TOGETHER - 1))]


def keep(
    count: int,
    serve: Callable[[], None],
    grace_seconds: float,
    beside: Callable[[], None] | None = None,
    ended: Callable[[int], None] = lambda _: None,
) -> None:
    """Run `serve` in `count` processes until SIGTERM or SIGINT, then end them all; and `beside` in one more.

    The calling process has no threads, and has loaded what they need. A worker that ended is replaced, at the
    earliest a second after its start, and `ended` is called with its process id. A worker that has not ended within
    `grace_seconds` is killed.
    """
    is_wanted = True

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_wanted
        is_wanted = False

    for number in _ENDING:
        signal.signal(number, stop)
    gc.collect()
    gc.freeze()  # a collector that marks what was loaded would copy all of it
    watched, held = os.pipe()
    nurseries = [_Nursery(one, watched, held) for one in (*[serve] * count, *([beside] if beside else ()))]
    places: list[tuple[float, ForkProcess | None]] = [(-_PAUSE, None)] * len(nurseries)
    try:
        while is_wanted:
            for at, (started, process) in enumerate(places):
                if _is_alive(process) or time.monotonic() - started < _PAUSE:
                    continue
                if process is not None:
                    logs.event("worker_ended", logs.ERROR, worker=process.pid, status=process.exitcode)
                    ended(process.pid or 0)
                places[at] = (time.monotonic(), nurseries[at].start())
            time.sleep(_LOOK_EVERY)
    finally:
        _end([process for _, process in places if process is not None], grace_seconds)


def _is_alive(process: ForkProcess | None) -> bool:
    return process is not None and process.is_alive()


@dataclass(frozen=True, slots=True)
class _Nursery:
    """The values that every worker is started with."""

    serve: Callable[[], None]
    watched: int
    held: int
    """The two ends of the pipe; this process alone holds the second."""

    def start(self) -> ForkProcess | None:
        """Start one more worker; None if the machine has no room for it now.

        Signals are blocked until the worker has replaced the keeper's handlers. Otherwise a signal would run them.
        """
        process = get_context("fork").Process(target=self._begin)
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
        try:
            process.start()
        except OSError as error:
            logs.event("worker_not_started", logs.ERROR, failed=error)
            return None
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        logs.event("worker_started", worker=process.pid)
        return process

    def _begin(self) -> None:
        """Begin in the new process, in a process group of its own, so that the terminal signals only the keeper."""
        os.close(self.held)
        os.setpgid(0, 0)
        for number in _ENDING:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
        threading.Thread(target=self._end_with_keeper, name="keeper", daemon=True).start()
        self.serve()

    def _end_with_keeper(self) -> None:
        os.read(self.watched, 1)
        os.kill(os.getpid(), signal.SIGTERM)


def _end(processes: Sequence[ForkProcess], grace_seconds: float) -> None:
    for process in processes:
        process.terminate()
    latest = time.monotonic() + grace_seconds
    for process in processes:
        process.join(max(0.0, latest - time.monotonic()))
        if process.is_alive():
            logs.event("worker_killed", logs.ERROR, worker=process.pid)
            process.kill()
            process.join()
