"""A browser with a push subscription, which decrypts what it gets. Written after RFC 8291, apart from the product."""

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from datetime import datetime

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.factories.receivers import Got
from tests.support import Json


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def hmac256(key: bytes, text: bytes) -> bytes:
    return hmac.new(key, text, hashlib.sha256).digest()


@dataclass
class Browser:
    """One subscription."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def public(self) -> bytes:
        """The point of its key."""
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def subscription(self, url: str) -> Json:
        """The body of a channel."""
        return {"kind": "web_push", "url": url, "p256dh": b64(self.public), "auth": b64(self.auth)}

    def opened(self, body: bytes) -> bytes:
        """The plain text of a message. Source: RFC 8188, 2.1; RFC 8291, 3.3."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.key.exchange(ec.ECDH(), point)
        info = b"WebPush: info\x00" + self.public + theirs + b"\x01"
        keys = hmac256(salt, hmac256(hmac256(self.auth, shared), info))
        key = hmac256(keys, b"Content-Encoding: aes128gcm\x00\x01")[:16]
        nonce = hmac256(keys, b"Content-Encoding: nonce\x00\x01")[:12]
        plain = AESGCM(key).decrypt(nonce, record, None)
        assert plain.endswith(b"\x02")
        return plain[:-1]

    def shown(self, got: Got) -> Json:
        """The JSON that its service worker is given."""
        assert got.headers["content-encoding"] == "aes128gcm"
        found: Json = json.loads(self.opened(got.body))
        return found


def vouched(got: Got, push_key: str, at: datetime) -> Json:
    """The claims of the token of a message, which this key has signed. Source: RFC 8292."""
    scheme, _, rest = got.headers["authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert (scheme, parts["k"]) == ("vapid", push_key)
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw_of(push_key))
    found: Json = jwt.decode(parts["t"], key, algorithms=["ES256"], options={"verify_exp": False, "verify_aud": False})
    assert 0 < found["exp"] - at.timestamp() <= 24 * 3600
    return found
