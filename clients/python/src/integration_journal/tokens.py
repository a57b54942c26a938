"""The sign-ins of this device, the sign-outs that the API has not heard of, and the stores that keep them."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol, runtime_checkable

from integration_journal.locks import Lock

_MAX_CHANGE_SECONDS = 60.0
"""A change of the file takes a moment. A process that holds it for longer has been stopped."""


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
class SignOut:
    """A sign-in that has ended on this device, of which the API is still to be told: until then it stands there."""

    account_id: str | None
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Kept:
    """The account, tokens and device tokens that a device keeps."""

    account: Account | None = None
    tokens: Tokens | None = None
    devices: dict[str, str] = field(default_factory=dict)
    """Device tokens by a digest of the address. They stay after signing out, and are sent with the next sign-in."""
    untold: tuple[SignOut, ...] = ()
    """The sign-outs that the API has not heard of."""

    def ended(self) -> "Kept":
        """Return what is kept when the API has ended the sign-in: it is known whose the unsent writes are."""
        return replace(self, tokens=None)

    def left(self) -> "Kept":
        """Return what is kept when the person has signed out: of them, what the API is to be told."""
        return Kept(None, None, self.devices, self.untold + self._notes())

    def begun(self, account: Account, tokens: Tokens, devices: dict[str, str]) -> "Kept":
        """Return what is kept when somebody has signed in. A sign-in that stood here before has ended by that."""
        return Kept(account, tokens, {**self.devices, **devices}, self.left().untold)

    def renewed(self, spent: Tokens, tokens: Tokens) -> "Kept":
        """Return what is kept when tokens were exchanged, also if the person has signed out meanwhile."""
        is_ours = self.tokens is not None and (self.tokens == spent or self.tokens.refresh == tokens.refresh)
        untold = tuple(replace(one, tokens=tokens) if one.tokens == spent else one for one in self.untold)
        return replace(self, tokens=tokens if is_ours else self.tokens, untold=untold)

    def told(self, tokens: Tokens) -> "Kept":
        """Return what is kept when the API has heard of the sign-out of these tokens."""
        return replace(self, untold=tuple(one for one in self.untold if one.tokens != tokens))

    def _notes(self) -> tuple[SignOut, ...]:
        if self.tokens is None or any(one.tokens == self.tokens for one in self.untold):
            return ()
        return (SignOut(self.account.account_id if self.account else None, self.tokens),)

    def as_text(self) -> str:
        """Return it as a text that is to be kept secret, for a store of your own."""
        return json.dumps(asdict(self))

    @classmethod
    def of_text(cls, text: str) -> "Kept":
        """Return what such a text says; nothing if it is damaged."""
        try:
            read = json.loads(text)
            account, tokens = read["account"], read["tokens"]
            untold = tuple(SignOut(one["account_id"], Tokens(**one["tokens"])) for one in read.get("untold", ()))
            devices = dict(read["devices"])
            return cls(Account(**account) if account else None, Tokens(**tokens) if tokens else None, devices, untold)
        except (ValueError, KeyError, TypeError, AttributeError):
            return cls()


def device_of(email: str) -> str:
    """Return the digest of an address under which its device token is kept."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:32]


class TokenStore(Protocol):
    """A place for what is kept. The newest refresh token must be there before it is used."""

    def load(self) -> Kept:
        """Return what is kept."""

    def save(self, kept: Kept) -> None:
        """Keep this instead; it is safe when the call returns."""


class Held(Protocol):
    """A lock that is held until it is closed, or its process ends."""

    def close(self) -> None:
        """Let it go."""


@runtime_checkable
class SharedStore(TokenStore, Protocol):
    """A place for what several processes keep together: a refresh token that two of them use ends the sign-in."""

    def changing(self) -> AbstractContextManager[None]:
        """Let nobody else change what is kept, from loading it until it is saved."""

    def begin_refresh(self) -> Held | None:
        """Return the right to exchange the tokens, which one process has at a time; None if another one has it."""


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
        self._change, self._refresh = (self._path.with_name(self._path.name + end) for end in ("-change", "-refresh"))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Let nobody else change the file meanwhile. Raises TimeoutError if a process does not let it go."""
        with Lock(self._change).held(_MAX_CHANGE_SECONDS) as is_held:
            if not is_held:
                msg = f"another process holds {self._change}"
                raise TimeoutError(msg)
            yield

    def begin_refresh(self) -> Held | None:
        """Return the right to exchange the tokens; None if another process has it. It ends with its process."""
        return Lock(self._refresh).take()

    def load(self) -> Kept:
        """Return what is kept; nothing if there is no such file, or it is damaged."""
        try:
            return Kept.of_text(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            return Kept()

    def save(self, kept: Kept) -> None:
        """Keep this instead: a power cut leaves the one or the other."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        number, made = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}-")
        try:
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write(kept.as_text())
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
