"""E-mail by SMTP: the standard library's client, in threads of its own (ADR 65)."""

import asyncio
import smtplib
import ssl
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from integration_api.resources.attention.notifications.rules import SUBJECT
from integration_api.resources.delivery.channels.tables import TryError

SECONDS = 10.0
"""For each step of the talk with the server."""
MAX_MAILS = 4
"""Sent at the same time by one process, and as many that are urgent."""
_SENT = 250

MailSecurity = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that takes e-mail from this installation, and the address that it comes from."""

    host: str
    port: int
    security: MailSecurity
    user: str | None
    password: str | None
    sender: str


class Mailer:
    """Sends e-mail; each in a connection of its own."""

    def __init__(self, server: MailServer, tls: ssl.SSLContext | None = None) -> None:
        """`tls` verifies the server's certificate; by default with the certificates of the system."""
        self._server, self._tls = server, tls or ssl.create_default_context()
        self._threads = ThreadPoolExecutor(MAX_MAILS, thread_name_prefix="mail")
        self._urgent = ThreadPoolExecutor(MAX_MAILS, thread_name_prefix="urgent-mail")

    async def send(
        self, to: str, text: str, message_id: str, now: datetime, *, is_urgent: bool = False
    ) -> tuple[TryError | None, int | None]:
        """Send one e-mail; return what went wrong, and the status of the answer if there was one."""
        try:
            mail = self._written(to, text, message_id, now)
        except ValueError:
            return TryError.ADDRESS_REFUSED, None
        try:
            threads = self._urgent if is_urgent else self._threads
            await asyncio.get_running_loop().run_in_executor(threads, self._deliver, mail)
        except smtplib.SMTPRecipientsRefused as error:
            return TryError.ADDRESS_REFUSED, next((status for status, _ in error.recipients.values()), None)
        except smtplib.SMTPResponseException as error:
            return TryError.STATUS, error.smtp_code
        except TimeoutError:
            return TryError.TIMED_OUT, None
        except (smtplib.SMTPException, OSError, UnicodeError):
            return TryError.UNREACHABLE, None
        return None, _SENT

    def _written(self, to: str, text: str, message_id: str, now: datetime) -> EmailMessage:
        """Return the message. Raises ValueError for an address that a header cannot hold."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._server.sender, to, SUBJECT
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = f"<{message_id}@{self._server.sender.rpartition('@')[2].strip('>')}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        return mail

    def _deliver(self, mail: EmailMessage) -> None:
        server = self._server
        if server.security == "tls":
            talk: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=self._tls)
        else:
            talk = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        with talk:
            if server.security == "starttls":
                talk.starttls(context=self._tls)
            if server.user is not None and server.password is not None:
                talk.login(server.user, server.password)
            talk.send_message(mail)

    def close(self) -> None:
        """End the threads; what is being sent goes on to its end."""
        self._threads.shutdown(wait=False)
        self._urgent.shutdown(wait=False)
