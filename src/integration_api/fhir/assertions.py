"""Assertions by which a program proves who it is: a JWT that it signed (RFC 7523), as SMART asks for it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import jwt

from integration_api.fhir.oauth_errors import InvalidClient
from integration_api.resources.people.service_accounts.key_sets import ALGORITHMS, address_in, key_named

MAX_LIFETIME = timedelta(minutes=5)
"""Source: SMART App Launch 2.2, client authentication: asymmetric."""
SKEW = timedelta(seconds=10)
"""The time by which the clock of a program may be ahead of ours."""
KEPT_FOR = MAX_LIFETIME + 2 * SKEW
"""A `jti` is kept for so long: until no assertion with it can be accepted any more."""
MAX_ASSERTION_CHARACTERS = 8_000
_MAX_WORD = 200


@dataclass(frozen=True, slots=True)
class Assertion:
    """An assertion that was not verified yet."""

    text: str
    clinic_id: UUID
    account_id: UUID
    kid: str
    algorithm: str
    jku: object

    def used_id(self, jti: str) -> UUID:
        """Return the id under which a `jti` of this program is kept: it names the program, and nothing in clear."""
        return UUID(bytes=sha256(self.account_id.bytes + jti.encode()).digest()[:16])


def read_assertion(text: str) -> Assertion:
    """Return whom an assertion claims to be of. Raises InvalidClient."""
    try:
        if len(text) > MAX_ASSERTION_CHARACTERS:
            raise InvalidClient
        header = jwt.get_unverified_header(text)
        issuer = _word(jwt.decode(text, options={"verify_signature": False}).get("iss"))
        clinic_id, _, account_id = issuer.partition(".")
        found = Assertion(
            text, UUID(clinic_id), UUID(account_id), _word(header.get("kid")), _word(header["alg"]), header.get("jku")
        )
    except (jwt.PyJWTError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidClient from error
    is_spelled = issuer == f"{found.clinic_id}.{found.account_id}"
    if not is_spelled or found.algorithm not in ALGORITHMS.values() or "crit" in header:
        raise InvalidClient
    return found


def verified(claimed: Assertion, registered: Sequence[str], keys: Sequence[str], audience: str, now: datetime) -> str:
    """Return the `jti` of an assertion that holds now; `keys` are those of `registered`. Raises InvalidClient."""
    key = key_named(keys, claimed.kid, claimed.algorithm)
    if key is None or claimed.jku not in (None, address_in(registered)):
        raise InvalidClient
    try:
        claims = jwt.decode(
            claimed.text,
            key.key,
            algorithms=[claimed.algorithm],
            options={
                "require": ["iss", "sub", "aud", "exp", "jti"],
                "verify_exp": False,  # times and audience are compared below: exactly, and by the product's own clock
                "verify_iat": False,
                "verify_nbf": False,
                "verify_aud": False,
            },
        )
        return _checked(claims, audience, now)
    except (jwt.PyJWTError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise InvalidClient from error


def _checked(claims: Mapping[str, Any], audience: str, now: datetime) -> str:
    """Return the `jti` of claims that hold now. Raises InvalidClient, TypeError."""
    seconds, latest = now.timestamp(), (now + SKEW).timestamp()
    expires, begins, issued = (_seconds(claims.get(name, 0)) for name in ("exp", "nbf", "iat"))
    if claims["iss"] != claims["sub"] or claims["aud"] != audience:
        raise InvalidClient
    if expires <= seconds or expires > latest + MAX_LIFETIME.total_seconds():
        raise InvalidClient
    if begins > latest or issued > latest:
        raise InvalidClient
    return _word(claims["jti"])


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not math.isfinite(value):
        raise TypeError
    return float(value)


def _word(value: object) -> str:
    """Return a short text of printable ASCII. Raises TypeError."""
    if not isinstance(value, str) or not 0 < len(value) <= _MAX_WORD or not (value.isascii() and value.isprintable()):
        raise TypeError
    return value
