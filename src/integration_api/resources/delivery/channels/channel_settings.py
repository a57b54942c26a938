"""The settings of sending: the mail server, and whom a push service may ask."""

from email.utils import parseaddr
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings

from integration_api.core.addresses import is_loopback, is_safe_address
from integration_api.core.texts import without_unseen_ends
from integration_api.resources.delivery.channels.mail import MailSecurity, MailServer


class ChannelSettings(BaseSettings):
    """The means of telling people beyond the API."""

    webhook_seconds: float = Field(
        default=1, ge=0, le=3600, description="The interval of looking for webhook messages to send; 0: not in here."
    )
    notification_seconds: float = Field(
        default=1, ge=0, le=3600, description="The interval of looking for notifications to send; 0: not in here."
    )
    notification_link: str | None = Field(
        default=None, description="Address of the front end that e-mail and Web Push lead to, such as `https://app…`."
    )
    smtp_host: str | None = Field(default=None, description="Server that takes e-mail; without it none is sent.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port.")
    smtp_security: MailSecurity = Field(
        default="starttls",
        description="`starttls`, or `tls` from the first byte (port 465). `none`: for a server on this machine alone.",
    )
    smtp_user: str | None = Field(default=None, description="Name to sign in to the mail server with.")
    smtp_password: SecretStr | None = Field(default=None, description="Password for the mail server.")
    smtp_password_file: Path | None = Field(
        default=None, description="File with the password for the mail server; used if none is given."
    )
    mail_from: str | None = Field(
        default=None,
        description="Address that e-mail comes from; needed beside the server. Let it name no treatment.",
    )
    push_contact: str | None = Field(
        default=None,
        description="Address that push services may write to, `mailto:…` or `https://…`; without it, no Web Push.",
    )

    @model_validator(mode="after")
    def _means_are_whole(self) -> Self:
        if self.smtp_host is not None and "@" not in parseaddr(self.mail_from or "")[1]:
            msg = "INTEGRATION_API_MAIL_FROM must be an e-mail address beside INTEGRATION_API_SMTP_HOST"
            raise ValueError(msg)
        if self.smtp_security == "none" and self.smtp_host and not is_loopback(f"smtp://{self.smtp_host}"):
            msg = "INTEGRATION_API_SMTP_SECURITY may be none for a mail server on this machine alone"
            raise ValueError(msg)
        contact = self.push_contact
        if (
            contact is not None
            and not contact.startswith("mailto:")
            and not is_safe_address(contact, allow_loopback=False)
        ):
            msg = "INTEGRATION_API_PUSH_CONTACT must begin with mailto: or https:"
            raise ValueError(msg)
        return self

    @property
    def mail_server(self) -> MailServer | None:
        """Return the mail server; None if none is named. Raises OSError for the file of its password."""
        if self.smtp_host is None or self.mail_from is None:
            return None
        password = self.smtp_password.get_secret_value() if self.smtp_password else None
        if password is None and self.smtp_password_file is not None:
            password = without_unseen_ends(self.smtp_password_file.read_text())
        return MailServer(self.smtp_host, self.smtp_port, self.smtp_security, self.smtp_user, password, self.mail_from)
