"""The objects that every unit of work of one process shares."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from integration_api.access.bindings import Bindings
from integration_api.access.external import ExternalIssuer
from integration_api.access.limits.opened import OpenedCharts
from integration_api.access.password_hashes import Passwords
from integration_api.access.tokens import Tokens
from integration_api.core.clock import Clock
from integration_api.ledger.watch import Watch
from integration_api.server.client_address import Network
from integration_api.storage.database import Database
from integration_api.storage.objects import Objects
from integration_api.storage.vault import Vault

MAX_COUNTRIES = 10_000


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The relying party of passkeys: the domain, and the front ends (scheme, host, port) that may ask for them."""

    id: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Means:
    """The means of telling people beyond the API: whether e-mail is sent, and the public key of Web Push."""

    emails: bool = False
    push_key: str | None = None


@dataclass(slots=True)
class Runtime:
    """The objects of one process."""

    database: Database
    vault: Vault
    clock: Clock
    tokens: Tokens
    passwords: Passwords
    cursor_key: bytes
    refresh_key: bytes
    relying_party: RelyingParty
    throttle_key: bytes
    retry_key: bytes
    calendar_key: bytes
    mail_key: bytes
    bindings: Bindings
    watch: Watch
    objects: Objects
    trusted_proxies: Sequence[Network] = ()
    webhook_test_hosts: frozenset[str] = frozenset()
    public_url: str | None = None
    """The address at which clients reach the product; None: as each request names it."""
    backup_runs: Path | None = None
    """The folder in which the command records backups; None if the database is not embedded."""
    means: Means = Means()
    external: ExternalIssuer | None = None
    """None if no issuer is configured."""
    running_keys: set[tuple[UUID, bytes]] = field(default_factory=set)
    opened_charts: OpenedCharts = field(default_factory=OpenedCharts)
    countries: dict[UUID, str] = field(default_factory=dict)
    """The country of each clinic that was read lately, for crisis lines without the database."""
    written: set[UUID] = field(default_factory=set)
    """Clinics whose ledgers this process has written, or is about to write, since the sealer last ran."""

    def remember_country(self, clinic_id: UUID, country: str) -> None:
        """Remember the country of a clinic, of the last MAX_COUNTRIES."""
        self.countries.pop(clinic_id, None)
        self.countries[clinic_id] = country
        if len(self.countries) > MAX_COUNTRIES:
            del self.countries[next(iter(self.countries))]
