"""Sets of public keys (RFC 7517), as programs register them: which keys are taken, and how one is found."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

ALGORITHMS = {"RSA": "RS384", "EC": "ES384"}
"""By kind of key, the one algorithm that signs with it. Source: SMART App Launch 2, client authentication."""
MAX_KEYS, MAX_KEY_SET_BYTES = 10, 64 * 1024
_MIN_RSA_BITS, _MAX_RSA_BITS = 2048, 8192
_CURVE = "secp384r1"
_KEPT = {"RSA": ("kty", "kid", "n", "e"), "EC": ("kty", "kid", "crv", "x", "y")}


def usable(key: Mapping[str, Any]) -> str | None:
    """Return a public key as it is kept: its needed members as JSON; None if it cannot be used here."""
    kind = key.get("kty")
    if not isinstance(kind, str) or kind not in ALGORITHMS or "d" in key:
        return None
    if key.get("use") not in (None, "sig") or key.get("alg") not in (None, ALGORITHMS[kind]):
        return None
    kept = {name: key.get(name) for name in _KEPT[kind]}
    if not all(isinstance(value, str) and value for value in kept.values()):
        return None
    made = _public(kept, ALGORITHMS[kind])
    if isinstance(made, RSAPublicKey) and not _MIN_RSA_BITS <= made.key_size <= _MAX_RSA_BITS:
        return None
    if isinstance(made, EllipticCurvePublicKey) and made.curve.name != _CURVE:
        return None
    return None if made is None else json.dumps(kept, sort_keys=True)


def _public(key: Mapping[str, Any], algorithm: str) -> object:
    try:
        return jwt.PyJWK(dict(key), algorithm).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, OverflowError):
        return None


def keys_of(text: bytes) -> list[str]:
    """Return the usable keys of a JWKS; none if it is not one."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    listed = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        return []
    kept = [usable(key) for key in listed[:MAX_KEYS] if isinstance(key, dict)]
    return [key for key in kept if key is not None]


def address_in(key_texts: Sequence[str]) -> str | None:
    """Return the address at which the keys are; None if they are kept here."""
    return next((text for text in key_texts if not text.startswith("{")), None)


def key_ids(key_texts: Sequence[str]) -> list[str]:
    """Return the ids of the keys that are kept here."""
    return [str(json.loads(text)["kid"]) for text in key_texts if text.startswith("{")]


def key_named(key_texts: Sequence[str], kid: str, algorithm: str) -> jwt.PyJWK | None:
    """Return the key of this id for this algorithm; None if there is none."""
    for text in key_texts:
        key = json.loads(text)
        if key["kid"] == kid and ALGORITHMS[key["kty"]] == algorithm:
            return jwt.PyJWK(key, algorithm)
    return None
