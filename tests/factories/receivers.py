"""A receiver of webhooks: a small server on loopback, which keeps what it gets and answers as it is told."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

from tests.support import Json, World


@dataclass
class Got:
    """One message as it arrived."""

    headers: dict[str, str]
    body: bytes
    path: str


@dataclass
class Receiver:
    """The receiver that a clinic's program runs."""

    port: int = 0
    answers: list[bytes] = field(default_factory=list)
    """The responses to give, in order; 204 after the last."""
    got: list[Got] = field(default_factory=list)
    held: asyncio.Event = field(default_factory=asyncio.Event)
    """Answers wait for it; set unless a test clears it."""

    @property
    def host(self) -> str:
        """As the setting names it."""
        return f"localhost:{self.port}"

    @property
    def url(self) -> str:
        """As a webhook names it."""
        return f"http://{self.host}/journal"

    def bodies(self, secret: str) -> list[Json]:
        """The bodies of all messages, each of which this secret has signed."""
        return [opened(secret, got) for got in self.got]

    def told(self, secret: str) -> list[tuple[str, str, str]]:
        """Kind, id and word of each message."""
        found = [body["data"] for body in self.bodies(secret)]
        return [(data["kind"], data["id"], data["change"]) for data in found]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one message."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.got.append(Got(headers, body, first.split(" ")[1]))
        answer = self.answers.pop(0) if self.answers else b"HTTP/1.1 204 No Content\r\n\r\n"
        await self.held.wait()
        writer.write(answer)
        await writer.drain()
        writer.close()


def opened(secret: str, got: Got) -> Json:
    """The body of a message that this secret has signed, whenever that was."""
    at = datetime.fromtimestamp(int(got.headers["webhook-timestamp"]), UTC)
    assert Webhook(secret).sign(got.headers["webhook-id"], at, got.body.decode()) in signatures(got)
    found: Json = json.loads(got.body)
    return found


def signatures(got: Got) -> list[str]:
    """The signatures of a message, one of each secret."""
    return got.headers["webhook-signature"].split(" ")


def status(code: int, *headers: str) -> bytes:
    """An answer without a body."""
    return "\r\n".join([f"HTTP/1.1 {code} Said", "Content-Length: 0", *headers, "", ""]).encode()


@asynccontextmanager
async def receiving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    """A receiver on a port of its own, with TLS if there is a context for it."""
    made = Receiver()
    made.held.set()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=tls)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


async def program(world: World, kinds: Sequence[str]) -> Json:
    """A service account that may be told of these kinds."""
    scopes = ["clinic:read", *(f"changes:{kind}" for kind in kinds)]
    made: Json = await world.admin.post("/service-accounts", {"name": "Front desk", "scopes": scopes})
    return made
