"""The sources of the master key: a file, the environment, or a key service. It is read once, at start."""

import base64
import binascii
import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from integration_api.core.addresses import is_safe_address
from integration_api.storage.vault import KEY_BYTES

_SECONDS = 5.0
_OK = 200
_WRAPPED = re.compile(r"[a-z]+:v[0-9]+:[A-Za-z0-9+/=]+")


class MasterKeyMissing(Exception):
    """There is no usable master key. The message names the source, never its content."""


class KeySource(Protocol):
    """A source of the master key."""

    @property
    def where(self) -> str:
        """The place of the key, for an operator."""

    def read(self) -> bytes:
        """Return the 32 bytes. Raises MasterKeyMissing."""


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that was given as text, in base64."""

    text: str = field(repr=False)
    where: str

    def read(self) -> bytes:
        """Return the 32 bytes. Raises MasterKeyMissing."""
        return _decoded(self.text, self.where)


@dataclass(frozen=True, slots=True)
class FileKey:
    """A key in a file, in base64."""

    path: Path
    advice: str = ""

    @property
    def where(self) -> str:
        """The file."""
        return str(self.path)

    def read(self) -> bytes:
        """Return the 32 bytes. Raises MasterKeyMissing."""
        return _decoded(_text_of(self.path, "master key", self.advice), str(self.path))


@dataclass(frozen=True, slots=True)
class TransitKey:
    """A key wrapped by a key service: the transit API of HashiCorp Vault and OpenBao.

    A file holds the wrapped key (`vault:v1:...`, made by the service from the key in base64); the service unwraps it.
    """

    address: str
    name: str
    token: str = field(repr=False)
    wrapped: Path

    @property
    def where(self) -> str:
        """The service, and the file with what it wrapped."""
        return f"the key service at {self.address}, which wrapped it into {self.wrapped}"

    def read(self) -> bytes:
        """Ask the service, once. Raises MasterKeyMissing."""
        import httpx  # noqa: PLC0415  only a start with a key service needs it

        where = _checked_address(self.address)
        ciphertext = _text_of(self.wrapped, "wrapped master key")
        if not _WRAPPED.fullmatch(ciphertext):
            msg = f"what is in {self.wrapped} is no key that a key service has wrapped"
            raise MasterKeyMissing(msg)
        path = f"{self.address.rstrip('/')}/v1/transit/decrypt/{quote(self.name, safe='')}"
        # No proxy and no netrc of the environment: the token must reach the service alone.
        client = httpx.Client(
            timeout=_SECONDS, trust_env=False, follow_redirects=False, verify=ssl.create_default_context()
        )
        try:
            with client:
                answer = client.post(path, json={"ciphertext": ciphertext}, headers={"X-Vault-Token": self.token})
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            msg = f"the key service at {where} cannot be reached ({type(error).__name__})"
            raise MasterKeyMissing(msg) from None
        if answer.status_code != _OK:
            msg = f"the key service at {where} refused to open the master key (status {answer.status_code})"
            raise MasterKeyMissing(msg)
        try:
            text = answer.json()["data"]["plaintext"]
        except (ValueError, KeyError, TypeError):
            text = None
        return _decoded(text if isinstance(text, str) else "", f"the answer of the key service at {where}")


def _checked_address(address: str) -> str:
    """Return host and port of a key service that may receive a token. Raises MasterKeyMissing."""
    if not is_safe_address(address, allow_loopback=True) or "?" in address:
        msg = "the address of the key service must be https://host[:port] (http only on this machine itself)"
        raise MasterKeyMissing(msg)
    return urlsplit(address).netloc


def _text_of(path: Path, what: str, advice: str = "") -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        msg = f"no {what} at {path}{advice}"
        raise MasterKeyMissing(msg) from None


def _decoded(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        msg = f"the master key in {where} is not {KEY_BYTES} bytes in base64"
        raise MasterKeyMissing(msg)
    return key
