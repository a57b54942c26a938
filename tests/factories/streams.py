"""Clients of the live stream: of an application in this process, and of a server on a port."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.types import Message

from tests.support import Json, Person
from tests.waiting import until_async


@dataclass
class Listening:
    """One open stream, and what it has told."""

    person: Person
    head: Json = field(default_factory=dict)
    text: str = ""
    is_over: bool = False
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)

    def blocks(self) -> list[dict[str, str]]:
        """Everything it was sent, field by field; a comment is the field without a name."""
        whole = self.text.split("\n\n")[:-1]
        return [dict(line.split(": ", 1) for line in block.split("\n")) for block in whole]

    def items(self) -> list[Json]:
        """The items of the feed."""
        return [json.loads(block["data"]) for block in self.blocks() if "data" in block and "event" not in block]

    def words(self, kind: str) -> list[tuple[str, str]]:
        """The id and the word of each change of one kind."""
        return [(item["id"], item["change"]) for item in self.items() if item["kind"] == kind]

    @property
    def last_id(self) -> str:
        """The cursor that it is to come back with."""
        return [block["id"] for block in self.blocks() if "id" in block][-1]

    @property
    def end(self) -> str | None:
        """Why it ended."""
        told = [json.loads(block["data"]) for block in self.blocks() if block.get("event") == "end"]
        return told[-1]["reason"] if told else None

    async def look(self) -> None:
        """Let the application look once, as it does each second, and what is woken by it be told."""
        await self.person.api.runtime.watch.look()
        await self.settled()

    async def settled(self) -> None:
        """Wait until what was woken has read and was told."""
        listeners = self.person.api.runtime.watch._all
        await until_async(lambda: all(one.is_waiting for one in listeners), "the listeners to be told")

    async def told_end(self) -> str | None:
        """Let the application look once, and say why the stream has ended, if it has."""
        await self.look()
        return self.end

    async def ended(self) -> str | None:
        """Wait for its end, and say why it ended."""
        await until_async(lambda: self.is_over, "the stream to end")
        return self.end


@asynccontextmanager
async def listening(person: Person, last_event_id: str | None = None) -> AsyncIterator[Listening]:
    """Open a stream as this person; leaving hangs up."""
    made = Listening(person)
    sent = {"authorization": f"Bearer {person.token}"} | ({"last-event-id": last_event_id} if last_event_id else {})
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/v1/events",
        "raw_path": b"/v1/events",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
    }
    was_asked = False

    async def receive() -> Message:
        nonlocal was_asked
        if not was_asked:
            was_asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await made.hung_up.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            made.head = {"status": message["status"], **{k.decode(): v.decode() for k, v in message["headers"]}}
        else:
            made.text += message.get("body", b"").decode()

    async def serve() -> None:
        await person.api.app(scope, receive, send)
        made.is_over = True

    task = asyncio.create_task(serve())
    try:
        await until_async(lambda: "\n\n" in made.text or made.is_over, "the stream to begin")
        await made.settled()
        yield made
    finally:
        made.hung_up.set()
        await task
