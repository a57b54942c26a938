"""The sign-ins of this device, and the stores that keep them."""

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Account:
    """The account that signed in last, also when the sign-in has ended: what is written offline is theirs."""

    account_id: str
    clinic_id: str | None = None
    patient_id: str | None = None
    """Their own chart, if they are a patient."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one sign-in."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """The account, tokens and device tokens that a device keeps."""

    account: Account | None = None
    tokens: Tokens | None = None
    devices: dict[str, str] = field(default_factory=dict)
    """Device tokens by a digest of the address. They stay after signing out, and are sent with the next sign-in."""

    def signed_out(self) -> "Kept":
        """Return what is kept when the sign-in has ended."""
        return replace(self, tokens=None)


def device_of(email: str) -> str:
    """Return the digest of an address under which its device token is kept."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]


class TokenStore(Protocol):
    """A place for what is kept. The newest refresh token must be there before it is used."""

    def load(self) -> Kept:
        """Return what is kept."""

    def save(self, kept: Kept) -> None:
        """Keep this instead; it is safe when the call returns."""


class MemoryTokens:
    """Kept until the process ends."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept = Kept()

    def load(self) -> Kept:
        """Return what is kept."""
        return self._kept

    def save(self, kept: Kept) -> None:
        """Keep this instead."""
        self._kept = kept


class FileTokens:
    """Kept in a file that only its owner can read. Several processes may share it."""

    def __init__(self, path: Path | str) -> None:
        """Name the file; it need not exist."""
        self._path = Path(path)

    def load(self) -> Kept:
        """Return what is kept; nothing if there is no such file, or it is damaged."""
        try:
            read = json.loads(self._path.read_text("utf-8"))
            account, tokens = read["account"], read["tokens"]
            return Kept(
                Account(**account) if account else None, Tokens(**tokens) if tokens else None, dict(read["devices"])
            )
        except (OSError, ValueError, KeyError, TypeError):
            return Kept()

    def save(self, kept: Kept) -> None:
        """Keep this instead: a power cut leaves the one or the other."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        number, made = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}-")
        try:
            with os.fdopen(number, "w", encoding="utf-8") as file:
                json.dump(asdict(kept), file)
                file.flush()
                os.fsync(file.fileno())
            Path(made).replace(self._path)
            _make_durable(self._path.parent)
        except BaseException:
            with suppress(OSError):
                Path(made).unlink()
            raise


def _make_durable(folder: Path) -> None:
    """Write the names in a folder to the disk, if the system can."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
