"""One JSON line per event: ids, codes, durations. Never a body, a name, a query string or an exception's text."""

import asyncio
import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Final, TextIO

from integration_api.core.trace_context import TRACE

CRITICAL, ERROR, WARNING, INFO, DEBUG = (
    logging.CRITICAL,
    logging.ERROR,
    logging.WARNING,
    logging.INFO,
    logging.DEBUG,
)

_FIELDS: Final = "fields"
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"})
_NAMES: Final = {DEBUG: "debug", INFO: "info"}
_HELD_SECONDS: Final = 0.05
_log = logging.getLogger("integration_api")


class _JsonLines(logging.Formatter):
    """Format the fields of our own records; of other libraries' records only the logger's name and the error's type."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        fields = getattr(record, _FIELDS, None)
        if fields is None:
            line |= {"event": "library", "logger": record.name, "line": record.lineno}
        else:
            line |= {"event": record.msg, **fields}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _places(record)
        return json.dumps(line, default=str)


def _places(record: logging.LogRecord) -> list[str]:
    """Return file and line of each frame, without any value."""
    trace = record.exc_info[2] if record.exc_info else None
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-12:]


class _Lines(logging.StreamHandler[TextIO]):
    """A handler that writes the lines of one moment together, since each write costs as much as a query.

    A warning or worse is written at once, with everything before it. A process that is killed loses the lines of
    its last 50 milliseconds.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._held: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.hold(self.format(record))
        if record.levelno > INFO:
            self.flush()

    def hold(self, line: str) -> None:
        """Write this line soon, or at once if no event loop runs."""
        self._held.append(line)
        if len(self._held) == 1:
            try:
                asyncio.get_running_loop().call_later(_HELD_SECONDS, self.flush)
            except RuntimeError:
                self.flush()

    def flush(self) -> None:
        """Write the lines that are held."""
        held, self._held = self._held, []
        with suppress(OSError):  # a disk that is full, or nobody who reads: the work goes on
            if held:
                self.stream.write("\n".join(held) + "\n")
            super().flush()


def configure(level: str) -> None:
    """Send every logger's records to standard error as JSON lines."""
    handler = _Lines(sys.stderr)
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in ("uvicorn", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)  # what they say of each request, the product says itself


def write_out() -> None:
    """Write all lines that are held. Call it before the process ends."""
    for handler in logging.getLogger().handlers:
        handler.flush()


Heard = Callable[[str, int], None]


class _Audience:
    """Those who count events, also events below the lowest level that is written."""

    def __init__(self) -> None:
        self.listeners: tuple[Heard, ...] = ()


_audience = _Audience()


@contextmanager
def heard_by(listener: Heard) -> Iterator[None]:
    """Tell `listener` of each event meanwhile: its name, and how many times it happened."""
    _audience.listeners += (listener,)
    try:
        yield
    finally:
        _audience.listeners = tuple(one for one in _audience.listeners if one is not listener)


def event(name: str, level: int = logging.INFO, *, failed: BaseException | None = None, **fields: object) -> None:
    """Log one event by name with plain fields. A field `refused` is how many times it happened."""
    for listener in _audience.listeners:
        times = fields.get("refused", 1)
        listener(name, times if isinstance(times, int) else 1)
    if (trace := TRACE.get()) is not None:
        fields["trace_id"] = trace.trace_id
    _log.log(level, name, extra={_FIELDS: fields}, exc_info=failed)


def request(method: str, template: str | None, status: int, ms: float, request_id: str, level: int = INFO) -> None:
    """Log one request: `event("request", ...)` in the cheapest way, for the most frequent line.

    The values are the product's own words, except two. A `method` is logged only if it is known. A `request_id` holds
    letters, digits, dot, dash and underscore. `level` is INFO or DEBUG.
    """
    if not _log.isEnabledFor(level):
        return
    trace = TRACE.get()
    of_trace = "" if trace is None else f', "trace_id": "{trace.trace_id}"'
    line = (
        f'{{"at": "{datetime.now(UTC).isoformat(timespec="milliseconds")}", "level": "{_NAMES[level]}", '
        f'"event": "request", "method": "{method if method in _METHODS else "other"}", '
        f'"route": {json.dumps(template)}, "status": {status}, "ms": {ms:.1f}, "request_id": "{request_id}"{of_trace}}}'
    )
    for handler in logging.getLogger().handlers:
        if isinstance(handler, _Lines):
            handler.hold(line)
