"""Settings, all from the environment (`INTEGRATION_API_*`). `docs/settings.md` is made from this."""

import base64
import os
import re
import secrets
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from integration_api.core.addresses import is_loopback, is_safe_address
from integration_api.resources.delivery.channels.channel_settings import ChannelSettings
from integration_api.server.address_settings import AddressSettings
from integration_api.server.client_address import networks
from integration_api.server.telemetry_settings import TelemetrySettings
from integration_api.storage.database import WAIT_SECONDS
from integration_api.storage.key_sources import FileKey, GivenKey, KeySource, MasterKeyMissing, TransitKey
from integration_api.storage.object_settings import ObjectSettings
from integration_api.storage.postgres import ApplyAs
from integration_api.storage.vault import KEY_BYTES
from integration_api.web.cors import is_origin

_LISTS = ("trusted_proxies", "browser_origins", "passkey_origins", "oidc_strong_values", "webhook_test_hosts")
_ANDROID_APP = re.compile(r"android:apk-key-hash:[A-Za-z0-9_-]{43}")


class OneProcessOnly(Exception):
    """The embedded database has one writer, in the process that serves it."""


class Settings(ObjectSettings, AddressSettings, ChannelSettings, TelemetrySettings):
    """The settings of an operator."""

    model_config = SettingsConfigDict(env_prefix="INTEGRATION_API_", extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    database_url: SecretStr | None = Field(
        default=None,
        description="PostgreSQL 15 or newer, in UTF-8, as `postgresql://user:password@host:port/name` with the "
        "parameters of libpq (`sslmode`, `application_name`, `options`, several hosts with `target_session_attrs`). "
        "It is the server itself, never a connection pooler. "
        "Over a network the server's certificate is verified, unless the URL has an `sslmode` of its own. "
        "Without it: SQLite in the data folder.",
    )
    master_key_file: Path | None = Field(
        default=None,
        description="File with the 32-byte master key in base64. Default: `master.key` in the data folder, "
        "which the embedded database makes on first start.",
    )
    master_key: SecretStr | None = Field(
        default=None, description="The master key itself, in base64; used instead of a file."
    )
    master_key_previous_file: Path | None = Field(
        default=None,
        description="File with a second master key, which opens and never wraps: the other one, while the master key "
        "is exchanged (`docs/keys.md`).",
    )
    master_key_previous: SecretStr | None = Field(
        default=None, description="The second master key itself, in base64; used instead of a file."
    )
    master_key_kms_address: str | None = Field(
        default=None,
        description="Key service that opens the master key at start, as `https://host:port`: the transit API of "
        "HashiCorp Vault or OpenBao. Used instead of a file.",
    )
    master_key_kms_name: str = Field(default="integration-api", description="Name of the key in the key service.")
    master_key_kms_token: SecretStr | None = Field(default=None, description="Token for the key service.")
    master_key_kms_token_file: Path | None = Field(
        default=None, description="File with the token for the key service; used if no token is given."
    )
    master_key_kms_file: Path | None = Field(
        default=None,
        description="The master key as the key service wrapped it. Default: `master.key.wrapped` in the data folder.",
    )
    master_key_kms_previous_file: Path | None = Field(
        default=None, description="File with a second master key as the key service wrapped it, while it is exchanged."
    )
    postgres_connections: int = Field(default=10, ge=1, le=200, description="Database connections of one process.")
    postgres_apply: ApplyAs = Field(
        default="statement",
        description="The way to apply a change: `statement` (one round trip), "
        "or `transaction` for a PostgreSQL distributed by clinic.",
    )
    database_wait_seconds: float = Field(
        default=WAIT_SECONDS,
        gt=0,
        le=300,
        description="The longest wait of a request for a place in a batch, a connection, or the lock of SQLite's "
        "file. Then it is refused with 503 `unavailable`, and nothing was begun.",
    )
    workers: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Processes that serve the port, about one for each core; more than one needs PostgreSQL. "
        "Connections and requests in flight are counted for each; the loaded program is in memory once.",
    )
    max_in_flight: int = Field(
        default=64,
        ge=1,
        description="Requests that one process works on at once; further ones are refused with 503 `overloaded`.",
    )
    request_seconds: float = Field(
        default=10,
        gt=0,
        le=300,
        description="The time in which a client must send the head of a request, and each 4 KiB of its body. "
        "Then its connection is closed. For receiving the response it has three times as long.",
    )
    grace_seconds: int = Field(
        default=8,
        ge=1,
        le=300,
        description="The time for requests in flight to end after the server is asked to stop. Keep it below the "
        "time after which the process is killed.",
    )
    max_streams: int = Field(
        default=500, ge=0, description="Live streams (`GET /events`) of one process; further ones are refused with 503."
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Proxies of your own in front of the port: addresses or networks (CIDR), separated by commas. Only "
        "addresses that they write into `X-Forwarded-For` count; without them the header is ignored.",
    )
    browser_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Front ends on other origins that may use this API from a browser (CORS), by commas: each "
        "as the browser names it, such as `https://app.example.org`. Without them none may. One that uses passkeys is "
        "named in `INTEGRATION_API_PASSKEY_ORIGINS` too.",
    )
    oidc_issuer: str | None = Field(
        default=None,
        description="The `iss` of an OpenID Connect issuer, exactly. Its access tokens are accepted for accounts that "
        "an admin has linked. It must be https, unless it is on this machine.",
    )
    oidc_audience: str | None = Field(default=None, description="The `aud` of the issuer's tokens for this API.")
    oidc_jwks_url: str | None = Field(
        default=None, description="The address of the issuer's keys. Default: from its discovery document."
    )
    oidc_token_type: str = Field(
        default="at+jwt",
        description="The `typ` of the issuer's access tokens; `JWT` for issuers that do not follow RFC 9068.",
    )
    oidc_strong_values: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("mfa",),
        description="Values of `amr` or `acr` that say that a second factor was used, separated by commas.",
    )
    argon2_memory_kib: int = Field(
        default=65536, ge=8192, description="Memory of one password hash, in KiB. Lower it only for tests."
    )
    passkey_rp_id: str = Field(
        default="localhost",
        description="Domain that passkeys are for (WebAuthn relying party id): the front end's, or one above it. "
        "Passkeys made for another one stop working.",
    )
    passkey_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("http://localhost:8000",),
        description="Front ends that may ask for a passkey: scheme, host and port as the browser names them, separated "
        "by commas. For apps, see `docs/passkeys.md`: `android:apk-key-hash:…`, or `https://` and the domain on iOS.",
    )
    seal_seconds: float = Field(
        default=10,
        ge=0,
        le=3600,
        description="The interval at which a process seals new rows of the ledger; 0 turns it off in this process. "
        "Then `integration-api ledger seal` must run now and then.",
    )
    flag_seconds: float = Field(default=10, ge=0, le=3600, description="Interval of the flags' clock; 0: not in here.")
    webhook_test_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="For tests: `host:port`, by commas, where webhooks may lead without TLS, or privately."
    )
    sandbox: bool = Field(default=False, description="Serve a sandbox: docs/sandbox.md. Refused on any other database.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The lowest level of log lines that are written."
    )

    @model_validator(mode="after")
    def _issuer_is_whole(self) -> Self:
        if self.oidc_issuer is None:
            return self
        is_here = is_loopback(self.oidc_issuer)
        addresses = [self.oidc_issuer, *([self.oidc_jwks_url] if self.oidc_jwks_url else [])]
        if not all(is_safe_address(address, allow_loopback=is_here) for address in addresses):
            msg = "the addresses of the OIDC issuer and its keys must be https"
            raise ValueError(msg)
        if not self.oidc_audience:
            msg = "INTEGRATION_API_OIDC_AUDIENCE is needed beside INTEGRATION_API_OIDC_ISSUER"
            raise ValueError(msg)
        return self

    @field_validator(*_LISTS, mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        networks(value)
        return value

    @field_validator("browser_origins")
    @classmethod
    def _are_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(map(is_origin, value)):
            msg = (
                "name each origin as a browser does, such as https://app.example.org. It has https (or http on this "
                "machine), lower case, no path, no slash at the end, no default port; it is never * or null"
            )
            raise ValueError(msg)
        return value

    @field_validator("passkey_origins")
    @classmethod
    def _are_passkey_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value or not all(is_origin(origin) or _ANDROID_APP.fullmatch(origin) for origin in value):
            msg = (
                "name each front end as it names itself: https://app.example.org, without a slash at the end. An "
                "Android app is android:apk-key-hash: and the SHA-256 of its signing certificate in base64url, "
                "43 characters"
            )
            raise ValueError(msg)
        return value

    @property
    def is_embedded(self) -> bool:
        """Return whether the database is the SQLite file."""
        return self.database_url is None

    @property
    def sqlite_path(self) -> Path:
        """Return the path of the embedded database."""
        return self.data_dir / "journal.sqlite3"

    @property
    def key_path(self) -> Path:
        """Return the path of the master key's file."""
        return self.master_key_file or self.data_dir / "master.key"

    @property
    def key_source(self) -> KeySource:
        """Return the source of the master key: the environment, else the key service, else a file."""
        if self.master_key is not None:
            return GivenKey(self.master_key.get_secret_value(), "INTEGRATION_API_MASTER_KEY")
        if self.master_key_kms_address is not None:
            return self._wrapped(self.master_key_kms_file or self.data_dir / "master.key.wrapped")
        return FileKey(
            self.key_path,
            "; `python -m integration_api migrate` makes one for the embedded database, "
            "or set INTEGRATION_API_MASTER_KEY_FILE",
        )

    def holding_keys(self) -> Self:
        """Return a copy that holds the master keys, so that workers do not ask again. Raises MasterKeyMissing."""
        previous = self.previous_key_source
        held = {"master_key": self.key_source} | ({"master_key_previous": previous} if previous else {})
        keys = {name: SecretStr(base64.b64encode(source.read()).decode()) for name, source in held.items()}
        return self.model_copy(update=keys)

    @property
    def previous_key_source(self) -> KeySource | None:
        """Return the source of the second master key, while the master key is rotated."""
        if self.master_key_previous is not None:
            return GivenKey(self.master_key_previous.get_secret_value(), "INTEGRATION_API_MASTER_KEY_PREVIOUS")
        if self.master_key_previous_file is not None:
            return FileKey(self.master_key_previous_file)
        if self.master_key_kms_previous_file is not None:
            return self._wrapped(self.master_key_kms_previous_file)
        return None

    def _wrapped(self, path: Path) -> TransitKey:
        token = self.master_key_kms_token.get_secret_value() if self.master_key_kms_token else ""
        if not token and self.master_key_kms_token_file is not None:
            try:
                token = self.master_key_kms_token_file.read_text().strip()
            except (OSError, UnicodeDecodeError):
                msg = f"no token for the key service at {self.master_key_kms_token_file}"
                raise MasterKeyMissing(msg) from None
        return TransitKey(self.master_key_kms_address or "", self.master_key_kms_name, token, path)

    @property
    def lacks_key_file(self) -> bool:
        """Return whether the master key would be in a file that is not there."""
        return self.master_key is None and self.master_key_kms_address is None and not self.key_path.exists()

    def make_master_key(self) -> bool:
        """Make the key file of the embedded default, readable by its owner only. False if a key exists."""
        if not self.lacks_key_file:
            return False
        self.key_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.key_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
            file.flush()
            os.fsync(file.fileno())
        return True
