"""What every unit of work of one process shares."""

from dataclasses import dataclass, field
from uuid import UUID

from integration_api.access.authenticate import Passwords, Tokens
from integration_api.core.clock import Clock
from integration_api.core.database import Database
from integration_api.core.vault import Vault

__all__ = ["RelyingParty", "Runtime"]


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Whom passkeys are for: the domain, and the front ends (scheme, host and port) that may ask for them."""

    id: str
    origins: tuple[str, ...]


@dataclass(slots=True)
class Runtime:
    """What every unit of work of one process uses."""

    database: Database
    vault: Vault
    clock: Clock
    tokens: Tokens
    passwords: Passwords
    cursor_key: bytes
    refresh_key: bytes
    relying_party: RelyingParty
    running_keys: set[tuple[UUID, bytes]] = field(default_factory=set)
    written: set[UUID] = field(default_factory=set)
    """Clinics in whose ledgers this process has something to write, or has written, since the sealer last looked."""
