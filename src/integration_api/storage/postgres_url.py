"""One way from the URL of a PostgreSQL to a connection: for serving, for migrations and for grants.

The URL is libpq's. The driver understands less of it, so each parameter is translated here, or refused by name.
"""

import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import asyncpg

from integration_api.storage.database import DatabaseUnfit
from integration_api.storage.postgres_errors import as_ours
from integration_api.storage.postgres_tls import tls_for

VARIABLE = "INTEGRATION_API_DATABASE_URL"
MAX_OPEN_SECONDS = 10.0
_SCHEMES = ("postgresql", "postgres", "postgresql+asyncpg")
_NEEDLESS = {
    "channel_binding": ("disable", "prefer"),
    "gssencmode": ("disable", "prefer"),
    "load_balance_hosts": ("disable",),
    "client_encoding": ("auto", "utf8", "utf-8"),
    "sslcompression": ("0",),
    "sslsni": ("1",),
    "keepalives": ("1",),
    "replication": ("false", "off", "no", "0"),
}
"""Parameters of libpq that the driver lacks, with the values that it needs no support for."""
_TLS_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
_UNKNOWN = frozenset(
    {
        "hostaddr",
        "keepalives_idle",
        "keepalives_interval",
        "keepalives_count",
        "tcp_user_timeout",
        "require_auth",
        "requirepeer",
        "sslcertmode",
        "sslcrldir",
        "sslkeylogfile",
        "gssdelegation",
        "min_protocol_version",
        "max_protocol_version",
        "oauth_issuer",
        "oauth_client_id",
        "oauth_client_secret",
        "oauth_scope",
        "scram_client_key",
        "scram_server_key",
    }
)
"""Parameters of libpq that the driver lacks."""
_UNREADABLE = f"{VARIABLE} cannot be read: it is postgresql://user:password@host:port/name"
_BEGIN = """
SELECT set_config('synchronous_commit',
    CASE current_setting('synchronous_commit') WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false),
    set_config('default_transaction_isolation', 'read committed', false),
    current_setting('integration_api.backend', true) AS backend
"""
"""A commit is answered when it is on disk, and on the synchronous standby if there is one.

A database or a role may be set to something weaker (`off`, `local`, `remote_write`), which this replaces. Only
`remote_apply` is stronger than `on`. Guards are written for READ COMMITTED, whatever the database's default is."""
_OWN = {"integration_api.backend": "own", "timezone": "UTC"}
"""Settings of every connection. A pooler that drops settings drops the first one too, which shows it."""
_POOLER = (
    f"a connection pooler answers at {VARIABLE}. It gives no backend of its own, on which prepared statements and the "
    "settings of commits depend. Name the PostgreSQL server itself"
)


async def open_connection(
    arguments: Mapping[str, Any], settings: Mapping[str, str], seconds: float, command_seconds: float | None
) -> Any:  # noqa: ANN401  asyncpg ships no types
    """Return a connection of asyncpg within so many seconds, with these settings of the server.

    Raises DatabaseUnfit if it is not a whole PostgreSQL in UTF-8, else what the driver raises.
    """
    try:
        connection = await asyncpg.connect(
            **{
                **arguments,
                "timeout": min(seconds, arguments["timeout"]),
                "server_settings": {**_OWN, **arguments["server_settings"], **settings},
            },
            command_timeout=command_seconds,
            statement_cache_size=0,
        )
    except asyncpg.ClientConfigurationError as error:
        why = error.args[0] if "certificate" in error.args[0] else "a parameter has a value that is not known"
        raise DatabaseUnfit(f"{VARIABLE}: {why}") from None
    except ValueError:  # its text may hold a part of the password
        raise DatabaseUnfit(_UNREADABLE) from None
    except asyncpg.ProtocolViolationError:  # "unsupported startup parameter"
        raise DatabaseUnfit(_POOLER) from None
    except (asyncpg.UndefinedObjectError, asyncpg.InvalidParameterValueError, asyncpg.CantChangeRuntimeParamError):
        raise DatabaseUnfit(f"the PostgreSQL at {VARIABLE} does not take a parameter or an option in it") from None
    try:
        begun = await connection.fetchrow(_BEGIN, timeout=seconds)
        if begun["backend"] != _OWN["integration_api.backend"]:
            raise DatabaseUnfit(_POOLER)
        encoding = connection.get_settings().server_encoding
        if encoding != "UTF8":
            advice = "make one with ENCODING 'UTF8' TEMPLATE template0"
            raise DatabaseUnfit(f"the database at {VARIABLE} has the encoding {encoding}: {advice}")
    except BaseException:
        connection.terminate()
        raise
    return connection


async def connect_alone(url: str) -> Any:  # noqa: ANN401  as above
    """Return the connection of a command, whose statements may take long. Raises DatabaseDown, DatabaseUnfit."""
    try:
        return await open_connection(arguments_of(url), {}, MAX_OPEN_SECONDS, None)
    except Exception as error:
        raise as_ours(error) from error


def arguments_of(url: str) -> dict[str, Any]:
    """Return the arguments of `asyncpg.connect` for this URL. Raises DatabaseUnfit."""
    try:
        parts = urlsplit(url)
        given = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise DatabaseUnfit(_UNREADABLE) from None
    if parts.scheme not in _SCHEMES:
        raise DatabaseUnfit(f"{VARIABLE} must start with postgresql://")
    if parts.fragment or parts.netloc.count("@") > 1 or "@" in parts.path:
        raise DatabaseUnfit(f"in {VARIABLE}, write # as %23; and @ as %40, / as %2F and ? as %3F in a password or name")
    for name in sorted(given):
        if name in _UNKNOWN or (name in _NEEDLESS and given[name].lower() not in _NEEDLESS[name]):
            raise DatabaseUnfit(f"{VARIABLE} asks for {name} in a way that this program cannot do; leave it out")
    if given.get("sslmode", "prefer") not in _TLS_MODES:
        raise DatabaseUnfit(f"sslmode in {VARIABLE} is one of {', '.join(_TLS_MODES)}")
    kept = {name: value for name, value in given.items() if name not in _NEEDLESS}
    made: dict[str, Any] = {"timeout": _seconds(kept.pop("connect_timeout", "0"))}
    fallback = kept.pop("fallback_application_name", "integration-api")
    made["server_settings"] = {"application_name": kept.pop("application_name", fallback)}
    tls = _system_authorities(kept) or tls_for(url)
    if tls is not None:
        made["ssl"] = tls
    return {"dsn": urlunsplit(("postgresql", parts.netloc, parts.path, urlencode(kept), "")), **made}


def _seconds(text: str) -> float:
    if not text.isdecimal():
        raise DatabaseUnfit(f"{VARIABLE} has a connect_timeout that is no number of seconds")
    return min(float(text) or MAX_OPEN_SECONDS, MAX_OPEN_SECONDS)


def _system_authorities(kept: dict[str, str]) -> ssl.SSLContext | None:
    """Take `sslrootcert=system` out of the parameters, which the driver would look for as a file."""
    if kept.get("sslrootcert") != "system":
        return None
    if kept.pop("sslmode", "verify-full") != "verify-full":
        raise DatabaseUnfit(f"{VARIABLE} has sslrootcert=system, which goes with sslmode=verify-full alone")
    del kept["sslrootcert"]
    return ssl.create_default_context()
