"""Verification of tokens of an external issuer (OpenID Connect): signature, issuer, audience, times.

Only the keys count that the issuer named in the settings publishes. Headers of a token that name keys (`jku`, `jwk`,
`x5u`, `x5c`) are not read. Keys are fetched when needed and cached for ten minutes. An unknown key is looked up at most
once a minute. If the issuer cannot be reached, known keys work for one hour; then every token is refused.
Source: RFC 9068 (access tokens), RFC 8725 (JWT practices).
"""

import asyncio
import json
import ssl
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from integration_api.core import logs
from integration_api.core.addresses import is_loopback, is_safe_address
from integration_api.core.trace_context import trace_headers
from integration_api.web.errors import Unavailable
from integration_api.web.token_errors import TokenExpired, TokenInvalid

ALGORITHMS = frozenset({"RS256", "PS256", "ES256", "ES384", "EdDSA"})
FRESH, LIFETIME, PAUSE = timedelta(minutes=10), timedelta(hours=1), timedelta(minutes=1)
_FIRST_PAUSE = timedelta(seconds=5)
_SECONDS = 3.0
_MAX_RESPONSE_BYTES, _MAX_KEYS, _MIN_RSA_BITS = 128 * 1024, 50, 2048
_SKEW = 60
"""Seconds by which the issuer's clock may be ahead of ours."""
_REMEMBERED = 5_000
_REQUIRED = ("iss", "aud", "exp", "iat", "sub")


@dataclass(frozen=True, slots=True)
class Trust:
    """The issuer that the operator trusts, and the tokens that are accepted from it."""

    issuer: str
    audience: str
    jwks_url: str | None
    token_type: str
    strong_values: frozenset[str]


@dataclass(frozen=True, slots=True)
class VerifiedClaims:
    """The claims of a verified token: subject, sign-in at the issuer (`family`), expiry, and authentication."""

    subject: str
    family: str
    expires_at: datetime
    proved_at: datetime
    is_strong: bool


class _Unreachable(Exception):
    """The issuer did not answer as it should."""


class Issuer:
    """The external issuer and its cached keys."""

    def __init__(self, trust: Trust) -> None:
        """Start without keys; they are fetched for the first token. Load the system's authorities now."""
        _authorities()
        self.trust = trust
        self._keys: dict[str, tuple[str, jwt.PyJWK]] = {}
        self._seen_at: datetime | None = None
        self._tried_at: datetime | None = None
        self._fetching = asyncio.Lock()
        self._verified: OrderedDict[str, tuple[str, jwt.PyJWK, VerifiedClaims]] = OrderedDict()

    def is_for(self, token: str) -> bool:
        """Return whether a token may be the issuer's: its header names another algorithm than the product's."""
        if token in self._verified:
            return True
        try:
            return _header(token).get("alg") != "HS256"
        except TokenInvalid:
            return False

    async def verify(self, token: str, now: datetime) -> VerifiedClaims:
        """Return the claims of a token. Raises TokenInvalid, TokenExpired, or Unavailable if its key cannot be had.

        A verified signature is cached for as long as the issuer has its key.
        """
        found = self._verified.get(token)
        kid = found[0] if found else self._kid(token)
        key = await self._key(kid, now)
        if found is None or found[1] is not key:
            found = kid, key, self._decode(token, key, now)
            self._verified[token] = found
            if len(self._verified) > _REMEMBERED:
                self._verified.popitem(last=False)
        if now >= found[2].expires_at:
            raise TokenExpired
        return found[2]

    def _kid(self, token: str) -> str:
        """Return the key id. Raises TokenInvalid if the header is not one that the issuer would write."""
        header = _header(token)
        kid, kind, algorithm = (header.get(name) for name in ("kid", "typ", "alg"))
        if not (isinstance(kid, str) and isinstance(kind, str) and isinstance(algorithm, str)):
            raise TokenInvalid
        is_kind = kind.lower().removeprefix("application/") == self.trust.token_type.lower()
        if algorithm not in ALGORITHMS or not is_kind or "crit" in header:
            raise TokenInvalid
        return kid

    def _decode(self, token: str, key: jwt.PyJWK, now: datetime) -> VerifiedClaims:
        trust = self.trust
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[key.algorithm_name],
                audience=trust.audience,
                issuer=trust.issuer,
                options={
                    "require": list(_REQUIRED),
                    "verify_exp": False,  # times are compared with the product's own clock
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
            return _verified_claims(claims, token, trust.strong_values, now)
        except (jwt.PyJWTError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise TokenInvalid from error

    # ── keys ──

    async def _key(self, kid: str, now: datetime) -> jwt.PyJWK:
        """Return the issuer's key of this id. Raises TokenInvalid, Unavailable."""
        if self._age(now) > FRESH or kid not in self._keys:
            await self._refresh(kid, now)
        if self._age(now) > LIFETIME:
            raise Unavailable
        if kid not in self._keys:
            if self._tried_at != self._seen_at:  # the last fetch failed: the key may be a new one
                raise Unavailable
            raise TokenInvalid
        return self._keys[kid][1]

    def _age(self, now: datetime) -> timedelta:
        return now - self._seen_at if self._seen_at is not None else timedelta.max

    async def _refresh(self, kid: str, now: datetime) -> None:
        """Fetch the keys, unless that was tried less than a minute ago. A token whose key is known does not wait."""
        if self._fetching.locked() and kid in self._keys and self._age(now) <= LIFETIME:
            return
        async with self._fetching:
            pause = PAUSE if self._seen_at is not None else _FIRST_PAUSE
            if self._tried_at is not None and timedelta() <= now - self._tried_at < pause:
                return
            self._tried_at = now
            try:
                async with asyncio.timeout(_SECONDS):
                    keys = await self._fetch()
            except (_Unreachable, TimeoutError) as error:
                logs.event("issuer_unreachable", logs.WARNING, failed=error)
                return
            self._keys = {name: self._same(name, text) for name, text in keys.items()}
            self._seen_at = now

    def _same(self, name: str, text: str) -> tuple[str, jwt.PyJWK]:
        """Return the known object of an unchanged key: the cache of signatures compares by identity."""
        known = self._keys.get(name)
        return known if known is not None and known[0] == text else (text, jwt.PyJWK(json.loads(text)))

    async def _fetch(self) -> dict[str, str]:
        """Return the usable keys by id, as JSON. Raises _Unreachable."""
        trust = self.trust
        address = trust.jwks_url
        if address is None:
            found = await _get_json(trust.issuer.rstrip("/") + "/.well-known/openid-configuration")
            address = found.get("jwks_uri")
            is_ours = found.get("issuer") == trust.issuer
            if not is_ours or not isinstance(address, str):
                raise _Unreachable
        if not is_safe_address(address, allow_loopback=is_loopback(trust.issuer)):
            raise _Unreachable
        keys = (await _get_json(address)).get("keys")
        if not isinstance(keys, list):
            raise _Unreachable
        usable = {}
        for key in keys[:_MAX_KEYS]:
            if isinstance(key, dict) and _is_usable(key):
                usable[str(key["kid"])] = json.dumps(key, sort_keys=True)
        return usable


def _header(token: str) -> Mapping[str, Any]:
    """Return the unverified header of a token. Raises TokenInvalid if it is no JSON object."""
    try:
        return jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise TokenInvalid from error


@cache
def _authorities() -> ssl.SSLContext:
    """Return a context with the system's authorities; loading them takes tens of milliseconds of processor time."""
    return ssl.create_default_context()


async def _get_json(address: str) -> Mapping[str, Any]:
    """Fetch a small JSON object, without following redirects. Raises _Unreachable."""
    import httpx  # noqa: PLC0415  only needed with an issuer

    body = b""
    try:
        async with (
            httpx.AsyncClient(
                timeout=_SECONDS, follow_redirects=False, trust_env=False, verify=_authorities()
            ) as client,
            client.stream("GET", address, headers={"Accept": "application/json", **trace_headers()}) as answer,
        ):
            if answer.status_code != 200:  # noqa: PLR2004  OK
                raise _Unreachable
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > _MAX_RESPONSE_BYTES:
                    raise _Unreachable
        found = json.loads(body)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
        raise _Unreachable from error
    if not isinstance(found, dict):
        raise _Unreachable
    return found


def _is_usable(key: dict[str, Any]) -> bool:
    """Return whether a published key is acceptable: asymmetric, for signatures, long enough."""
    if not isinstance(key.get("kid"), str) or key.get("use", "sig") != "sig" or "d" in key:
        return False
    if str(key.get("alg", "RS256")) not in ALGORITHMS or str(key.get("kty")) not in {"RSA", "EC", "OKP"}:
        return False
    try:
        made = jwt.PyJWK(key)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return False
    is_long = not isinstance(made.key, RSAPublicKey) or made.key.key_size >= _MIN_RSA_BITS
    return made.algorithm_name in ALGORITHMS and is_long


def _verified_claims(
    claims: Mapping[str, Any], token: str, strong_values: frozenset[str], now: datetime
) -> VerifiedClaims:
    """Check and convert the claims. Raises ValueError, TypeError, KeyError if one is missing, wrong or untimely."""
    latest = now.timestamp() + _SKEW
    expires, issued = _instant(claims["exp"]), _instant(claims["iat"])
    if issued > latest or _instant(claims.get("nbf", 0)) > latest:
        raise ValueError
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject:
        raise TypeError
    # An issuer may issue a new token without asking the person again, so only `auth_time` dates the authentication.
    proved = min(_instant(claims.get("auth_time", 0)), now.timestamp())
    amr, acr = claims.get("amr", []), claims.get("acr")
    said = {value for value in [*(amr if isinstance(amr, list) else []), acr] if isinstance(value, str)}
    family = next((f"{name}:{claims[name]}" for name in ("sid", "jti") if isinstance(claims.get(name), str)), None)
    return VerifiedClaims(
        subject=subject,
        family=family or "token:" + sha256(token.encode()).hexdigest(),
        expires_at=datetime.fromtimestamp(expires, UTC),
        proved_at=datetime.fromtimestamp(proved, UTC),
        is_strong=bool(said & strong_values),
    )


def _instant(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)
