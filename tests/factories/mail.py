"""A mail server on loopback, which speaks SMTP, keeps what it gets, and refuses as it is told."""

import asyncio
import email
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from integration_api.resources.delivery.channels.mail import MailServer

SENDER = "Messages <messages@clinic.example.org>"


@dataclass
class Mailbox:
    """The server, and what it was given."""

    port: int = 0
    got: list[tuple[str, EmailMessage]] = field(default_factory=list)
    """The address of the envelope, and the message."""
    refusals: list[bytes] = field(default_factory=list)
    """The answers to the next recipients, in order; 250 after the last."""
    tls: ssl.SSLContext | None = None
    was_encrypted: list[bool] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, object]:
        """The settings of an application that sends by this server, without encryption."""
        return {
            "smtp_host": "localhost",
            "smtp_port": self.port,
            "smtp_security": "none",
            "mail_from": SENDER,
        }

    def server(self, security: str = "starttls") -> MailServer:
        """The server as the product knows it, with a name and a password."""
        return MailServer("localhost", self.port, security, "api", "pass phrase", SENDER)  # type: ignore[arg-type]  # one of three words

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take messages from one client."""
        is_encrypted, to = False, ""

        async def say(line: bytes) -> None:
            writer.write(line + b"\r\n")
            await writer.drain()

        await say(b"220 localhost ESMTP")
        while line := await reader.readline():
            word, _, rest = line.decode().strip().partition(" ")
            match word.upper():
                case "EHLO":
                    more = [b"250-STARTTLS"] if self.tls and not is_encrypted else [b"250-AUTH PLAIN"]
                    await say(b"\r\n".join([b"250-localhost", *more, b"250 8BITMIME"]))
                case "STARTTLS":
                    await say(b"220 ready")
                    assert self.tls is not None
                    try:
                        await writer.start_tls(self.tls)
                    except ssl.SSLError:  # the client does not trust the certificate
                        break
                    is_encrypted = True
                case "AUTH":
                    self.signed_in.append(rest)
                    await say(b"235 welcome")
                case "RCPT":
                    to = rest.partition(":")[2].strip("<>")
                    await say(self.refusals.pop(0) if self.refusals else b"250 ok")
                case "DATA":
                    await say(b"354 go on")
                    raw = await reader.readuntil(b"\r\n.\r\n")
                    found = email.message_from_bytes(raw.removesuffix(b".\r\n"), policy=default)
                    self.got.append((to, found))
                    self.was_encrypted.append(is_encrypted)
                    await say(b"250 kept")
                case "QUIT":
                    await say(b"221 bye")
                    break
                case _:
                    await say(b"250 ok")
        writer.close()


@asynccontextmanager
async def taking_mail(tls: ssl.SSLContext | None = None) -> AsyncIterator[Mailbox]:
    """A mail server on a port of its own, which offers STARTTLS if there is a context for it."""
    made = Mailbox(tls=tls)
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made
