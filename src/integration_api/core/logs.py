"""One JSON line per event: ids, codes, durations. Never a body, a name, a query string or an exception's text."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Final

CRITICAL, ERROR, WARNING, INFO, DEBUG = (
    logging.CRITICAL,
    logging.ERROR,
    logging.WARNING,
    logging.INFO,
    logging.DEBUG,
)

__all__ = ["CRITICAL", "DEBUG", "ERROR", "INFO", "WARNING", "configure", "event"]

_FIELDS: Final = "fields"
_log = logging.getLogger("integration_api")


class _JsonLines(logging.Formatter):
    """Only what was passed as fields, and for other libraries' records the logger's name and the error's type."""

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
    """Where it happened: file and line of each frame, without any value."""
    trace = record.exc_info[2] if record.exc_info else None
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-12:]


def configure(level: str) -> None:
    """Send every logger's records to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)  # what it says at start and end, the product says itself


def event(name: str, level: int = logging.INFO, *, failed: BaseException | None = None, **fields: object) -> None:
    """Log one event by name with plain fields."""
    _log.log(level, name, extra={_FIELDS: fields}, exc_info=failed)
