"""Server-sent events, by the rules of the HTML standard: fields, comments, and lines that are split anywhere."""

from codecs import getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass

_MAX_EVENT_CHARACTERS = 1_000_000
"""An event beyond this is of no server that this client knows."""


class EventTooLong(Exception):
    """A line or an event has no end."""


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event."""

    event: str
    """Its name; `message` if it has none."""
    data: str
    id: str
    """The last id that was given; empty if none was."""


class EventReader:
    """Makes events of the bytes of a stream, however these are cut."""

    def __init__(self) -> None:
        """Begin at the start of a stream."""
        self.id = ""
        self.retry_ms: int | None = None
        """The pause before the next connection, if the server has named one."""
        self._decode = getincrementaldecoder("utf-8-sig")("replace").decode  # it passes over the byte order mark
        self._line, self._name, self._given_id = "", "", ""
        self._data: list[str] = []
        self._size, self._ends_in_cr = 0, False

    def feed(self, part: bytes) -> Iterator[ServerEvent]:
        """Return the events that this part completes. Raises EventTooLong."""
        text = self._decode(part)
        if self._ends_in_cr and text:
            text, self._ends_in_cr = text.removeprefix("\n"), False
        if text.endswith("\r"):
            self._ends_in_cr = True  # a line feed that begins the next part belongs to it
        *lines, rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in lines:
            whole, self._line = self._line + line, ""
            found = self._take(whole)
            if found is not None:
                yield found
        self._line += rest
        if len(self._line) + self._size > _MAX_EVENT_CHARACTERS:
            raise EventTooLong

    def _take(self, line: str) -> ServerEvent | None:
        """Take one line; an empty one ends an event."""
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._data.append(value)
            self._size += len(value) + 1
        elif name == "event":
            self._name = value
        elif name == "id" and "\0" not in value:
            self._given_id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry_ms = int(value[:9])
        return None

    def _dispatch(self) -> ServerEvent | None:
        data, name = self._data, self._name
        self.id, self._data, self._name, self._size = self._given_id, [], "", 0
        return ServerEvent(name or "message", "\n".join(data), self.id) if data else None
