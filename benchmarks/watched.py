"""The product's own `serve`, and a thread that sees its event loop stand still: `python -m benchmarks.watched`.

The loop beats every millisecond. While a beat is late, the thread looks at what the loop's thread runs, and keeps the
innermost function of the product for the longest delay of each place. On SIGUSR1 it writes to `BENCH_STALLS` what it
saw since the last time.
"""

import asyncio
import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from integration_api.cli.main import main

_BEAT_SECONDS = 0.001
MIN_STALL_SECONDS = 0.005
"""Shorter delays are the turn of the scheduler."""
_SOURCE = "integration_api"


class Watch:
    """The beats of a loop, and its stalls: seconds, by the place that held it."""

    def __init__(self, report: Path) -> None:
        """`report` is written on SIGUSR1."""
        self.report, self.beat_at, self.loop_thread = report, 0.0, 0
        self.stalls: list[tuple[float, str]] = []

    async def beat(self) -> None:
        """Beat for as long as the loop runs; a late beat is a stall, of whatever was seen during it."""
        self.loop_thread = threading.get_ident()
        self.beat_at = time.monotonic()
        threading.Thread(target=self._look, daemon=True).start()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, self._write)
        while True:
            await asyncio.sleep(_BEAT_SECONDS)
            now = time.monotonic()
            late, self.beat_at = now - self.beat_at - _BEAT_SECONDS, now
            if late >= MIN_STALL_SECONDS:
                self.stalls.append((late, self._most_seen()))

    def _look(self) -> None:
        self.seen: Counter[str] = Counter()
        while True:
            time.sleep(_BEAT_SECONDS)
            if time.monotonic() - self.beat_at > MIN_STALL_SECONDS:
                self.seen[place_of(sys._current_frames().get(self.loop_thread))] += 1

    def _most_seen(self) -> str:
        found = self.seen.most_common(1)
        self.seen.clear()
        return found[0][0] if found else "unseen"

    def _write(self) -> None:
        self.report.write_text(json.dumps(self.stalls))
        self.stalls = []


def place_of(frame: FrameType | None) -> str:
    """The innermost function of the product on a stack; else the innermost of all."""
    innermost = frame
    while frame is not None:
        path = Path(frame.f_code.co_filename)
        if _SOURCE in path.parts:
            return f"{path.stem}.{frame.f_code.co_qualname}"
        frame = frame.f_back
    return innermost.f_code.co_qualname if innermost is not None else "nothing"


def watched(watch: Watch) -> None:
    """Let a server beat from its first moment on."""
    serve = uvicorn.Server.serve

    async def beating(self: uvicorn.Server, sockets: Sequence[Any] | None = None) -> None:
        beats = asyncio.create_task(watch.beat())
        await serve(self, list(sockets or ()))
        beats.cancel()

    uvicorn.Server.serve = beating  # type: ignore[method-assign]  # this process serves nothing else


if __name__ == "__main__":
    watched(Watch(Path(os.environ["BENCH_STALLS"])))
    sys.argv = ["integration-api", "serve"]
    main()
