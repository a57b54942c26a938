"""A printer: it has the PDF of the readable chart made, part by part, each in a process of its own that is bounded.

The PDF is a by-product. Whatever happens to such a process, the export goes on, and says why it has no PDF.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from integration_api.core import logs
from integration_api.resources.oversight.exports.print_process import DONE, LETTERS_MISSING, NOT_POSSIBLE
from integration_api.resources.oversight.exports.rules import LeftOutKind
from integration_api.resources.oversight.exports.spools import Place, Spool

PART_BYTES: Final = 400_000
"""Bytes of HTML that go into one PDF: some 80 pages of entries, or 130 of prose. Typst takes 2 MiB of memory a page."""
MAX_PARTS: Final = 50
_MODULE = "integration_api.resources.oversight.exports.print_process"
_STOPPED: Final = frozenset(
    -number
    for number in (signal.SIGABRT, signal.SIGALRM, signal.SIGKILL, signal.SIGSEGV, signal.SIGXCPU, signal.SIGXFSZ)
)
"""The ends of a process that met its bounds. Typst aborts if there is no more memory."""
_OUT_OF_MEMORY = 1
"""The status of Python after an error that nobody caught, as MemoryError."""


class NotPrinted(Exception):
    """There is no PDF, and why."""

    def __init__(self, kind: LeftOutKind) -> None:
        """Name the line of what is left out."""
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Printer:
    """Bounds of each process. Our own choice: a part of 86 pages took 216 MiB and 1.5 seconds."""

    memory_bytes: int = 1 << 30
    seconds: int = 30
    """Of processor time; by the clock twice as many."""
    pdf_bytes: int = 20_000_000
    part_bytes: int = PART_BYTES
    max_parts: int = MAX_PARTS

    async def print_chart(
        self, pages: Sequence[Iterator[bytes]], spool: Spool, go_on: Callable[[], Awaitable[None]]
    ) -> list[Place]:
        """Return the places of the PDFs of some pages, all of them or none. Raises NotPrinted, and as `go_on`."""
        if len(pages) > self.max_parts:
            raise _refused(LeftOutKind.PDF_BOUNDS)
        places = []
        for page in pages:
            await go_on()
            made = await self.print(await asyncio.to_thread(b"".join, page))
            places.append(await asyncio.to_thread(spool.add, made))
        return places

    async def print(self, page: bytes) -> bytes:
        """Return the PDF of one page of HTML. Raises NotPrinted."""
        try:
            async with asyncio.timeout(2 * self.seconds):
                status, made = await self._run(page)
        except TimeoutError:
            raise _refused(LeftOutKind.PDF_BOUNDS) from None
        except OSError:
            raise _refused(LeftOutKind.PDF) from None
        if status == LETTERS_MISSING:
            raise _refused(LeftOutKind.PDF_LETTERS)
        if status == _OUT_OF_MEMORY or status in _STOPPED or len(made) > self.pdf_bytes:
            raise _refused(LeftOutKind.PDF_BOUNDS)
        if status != DONE or not made.startswith(b"%PDF-"):
            raise _refused(LeftOutKind.PDF)
        return made

    async def _run(self, page: bytes) -> tuple[int, bytes]:
        """Return the status of a process and what it wrote, up to one byte more than it may. Raises OSError."""
        command = (sys.executable, "-P", "-m", _MODULE, str(self.memory_bytes), str(self.seconds))
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment()
        )
        try:
            made = await self._exchanged(process, page)
            return await process.wait() if len(made) <= self.pdf_bytes else NOT_POSSIBLE, made
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.communicate()  # to the end of what it wrote, so that its pipes are closed

    async def _exchanged(self, process: Process, page: bytes) -> bytes:
        assert process.stdin is not None  # noqa: S101  both are pipes
        assert process.stdout is not None  # noqa: S101
        with suppress(BrokenPipeError, ConnectionResetError):  # its status says why it did not read
            process.stdin.write(page)
            await process.stdin.drain()
        process.stdin.close()
        try:
            return await process.stdout.readexactly(self.pdf_bytes + 1)
        except asyncio.IncompleteReadError as error:
            return error.partial


def _environment() -> dict[str, str]:
    """Return all that the process is told: where modules and programs are, and to use one thread. No setting."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "LC_ALL": "C.UTF-8",
        "RAYON_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "1",
    }


def _refused(kind: LeftOutKind) -> NotPrinted:
    logs.event("export_without_pdf", logs.WARNING, reason=kind.value)
    return NotPrinted(kind)
