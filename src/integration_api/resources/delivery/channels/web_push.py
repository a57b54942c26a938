"""Web Push: a message encrypted for one browser, and the proof of who sends it.

One record of `aes128gcm` (RFC 8188) with the keys of RFC 8291, and a token of RFC 8292 (VAPID) for the push service.
The primitives are those of `cryptography`; ADR 65 says why no library of Web Push is used.
"""

import base64
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SALT_BYTES = 16
_RECORD_BYTES = 4096
_LAST_RECORD = b"\x02"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order of P-256. Source: FIPS 186-5."""
_TOKEN_LASTS = timedelta(hours=12)
"""At most a day. Source: RFC 8292, 2."""
URGENT_SECONDS, OTHER_SECONDS = 15 * 60, 24 * 60 * 60
"""For so long a push service keeps a message for a device that is not reached."""


def padless(raw: bytes) -> str:
    """Return base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return the uncompressed point of a public key."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypted(plain: bytes, browser: bytes, auth: bytes, own: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """Return the body of a message for the browser with this key and secret. `own` and `salt` are of this message.

    Raises ValueError if `browser` is no point of the curve. Source: RFC 8291, 3.4; RFC 8188, 2.
    """
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), browser)
    ours = point(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    keys = _derived(auth, shared, b"WebPush: info\0" + browser + ours, 32)
    key, nonce = (_derived(salt, keys, b"Content-Encoding: " + name, size) for name, size in _PARTS)
    head = salt + _RECORD_BYTES.to_bytes(4) + len(ours).to_bytes(1) + ours
    return head + AESGCM(key).encrypt(nonce, plain + _LAST_RECORD, None)


_PARTS = ((b"aes128gcm\0", 16), (b"nonce\0", 12))


def _derived(salt: bytes, secret: bytes, info: bytes, size: int) -> bytes:
    return HKDF(SHA256(), size, salt, info).derive(secret)


class Pusher:
    """Makes messages of Web Push, with the key pair of this installation."""

    def __init__(self, seed: bytes, contact: str) -> None:
        """`seed` is 32 secret bytes, the same in every process. `contact` is whom a push service asks: mailto or https.

        Another seed makes another key, and every subscription void.
        """
        self._key = ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, ec.SECP256R1())
        self._contact = contact

    @cached_property
    def public_key(self) -> str:
        """The `applicationServerKey` of subscriptions."""
        return padless(point(self._key.public_key()))

    def message(
        self, url: str, browser: bytes, auth: bytes, plain: bytes, now: datetime, *, is_urgent: bool
    ) -> tuple[Mapping[str, str], bytes]:
        """Return headers and body of a message to a subscription. Raises ValueError for keys that are none."""
        body = encrypted(plain, browser, auth, ec.generate_private_key(ec.SECP256R1()), os.urandom(SALT_BYTES))
        return {
            "Authorization": f"vapid t={self._token(url, now)}, k={self.public_key}",
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(URGENT_SECONDS if is_urgent else OTHER_SECONDS),
            "Urgency": "high" if is_urgent else "normal",
        }, body

    def _token(self, url: str, now: datetime) -> str:
        parts = urlsplit(url)
        claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now + _TOKEN_LASTS, "sub": self._contact}
        return jwt.encode(claims, self._key, algorithm="ES256")
