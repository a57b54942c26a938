"""Access tokens, refresh tokens, and secrets that are shown once."""

import base64
import hashlib
import hmac
import secrets
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

from integration_api.access.actor import Actor, Role
from integration_api.web.token_errors import TokenExpired, TokenInvalid

ACCESS_TOKEN_LIFETIME = timedelta(minutes=15)
_ALGORITHM = "HS256"
_ISSUER = "integration-api"
_REMEMBERED = 4_096  # 1.7 KB each
_SECRET_BYTES = 32
_ROTATION_BYTES = 8


class Tokens:
    """Signs and verifies access tokens (JWT, RFC 9068) with a key derived from the root secret."""

    def __init__(self, key: bytes) -> None:
        """Take the key, which is the same in every process."""
        self._key = key
        self._verified: OrderedDict[str, tuple[float, Actor]] = OrderedDict()

    def issue(self, actor: Actor, now: datetime) -> str:
        """Return an access token, valid for 15 minutes."""
        claims: dict[str, object] = {
            "iss": _ISSUER,
            "aud": _ISSUER,
            "iat": int(now.timestamp()),
            "exp": int((now + ACCESS_TOKEN_LIFETIME).timestamp()),
            "sub": str(actor.id),
            "clinic": str(actor.clinic_id),
            "sid": str(actor.sign_in_id),
            "epoch": actor.epoch,
            "roles": list(actor.roles),
            "patient": str(actor.patient_id) if actor.patient_id else None,
            "auth_time": int(actor.proved_at.timestamp()),
            "amr": ["mfa"] if actor.is_strong else ["pwd"],
        }
        if actor.is_service:
            claims["scopes"] = sorted(actor.scopes)
        return jwt.encode(claims, self._key, _ALGORITHM, headers={"typ": "at+jwt"})

    def knows(self, token: str) -> bool:
        """Return whether this process has verified the token before."""
        return token in self._verified

    def verify(self, token: str, now: datetime) -> Actor:
        """Return the actor that the token claims; its signature is checked once. Raises TokenInvalid, TokenExpired."""
        found = self._verified.get(token)
        if found is None:
            found = self._decode(token)
            self._verified[token] = found
            if len(self._verified) > _REMEMBERED:
                self._verified.popitem(last=False)
        expires, actor = found
        if now.timestamp() >= expires:
            raise TokenExpired
        return actor

    def claimed(self, authorization: str) -> Actor | None:
        """Return the actor that a header `Authorization` names, although its token may have expired; None if none."""
        scheme, _, token = authorization.partition(" ")
        try:
            return self._decode(token.strip())[1] if scheme.lower() == "bearer" else None
        except TokenInvalid:
            return None

    def _decode(self, token: str) -> tuple[float, Actor]:
        try:
            if jwt.get_unverified_header(token).get("typ") != "at+jwt":
                raise TokenInvalid
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                audience=_ISSUER,
                issuer=_ISSUER,
                options={
                    "require": [
                        "iss",
                        "aud",
                        "iat",
                        "exp",
                        "sub",
                        "clinic",
                        "sid",
                        "epoch",
                        "roles",
                        "auth_time",
                        "amr",
                    ],
                    "verify_exp": False,  # compared with the product's own clock, on every use
                    "verify_iat": False,
                },
            )
            actor = Actor(
                clinic_id=UUID(claims["clinic"]),
                id=UUID(claims["sub"]),
                sign_in_id=UUID(claims["sid"]),
                epoch=claims["epoch"],
                roles=tuple(Role(role) for role in claims["roles"]),
                patient_id=UUID(claims["patient"]) if claims["patient"] else None,
                proved_at=datetime.fromtimestamp(claims["auth_time"], UTC),
                is_strong="mfa" in claims["amr"],
                scopes=frozenset(claims.get("scopes", ())),
            )
            return float(claims["exp"]), actor
        except (
            jwt.PyJWTError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            OverflowError,
            RecursionError,
        ) as error:
            raise TokenInvalid from error


def expires_at(authorization: str) -> datetime:
    """Return when the token of a header `Authorization` expires, which was verified before."""
    claims = jwt.decode(authorization.partition(" ")[2].strip(), options={"verify_signature": False})
    return datetime.fromtimestamp(float(claims["exp"]), UTC)


def pack_secret(clinic_id: UUID, row_id: UUID) -> tuple[str, bytes]:
    """Return a new secret for a person or client, which names its clinic and row, and the part to store a digest of."""
    return _packed(clinic_id, row_id, secrets.token_bytes(_SECRET_BYTES))


def pack_mailed(key: bytes, clinic_id: UUID, row_id: UUID) -> tuple[str, bytes]:
    """Return the secret of a code that is sent by e-mail. It is derived, so whoever sends it need not store it."""
    return _packed(clinic_id, row_id, hmac.digest(key, clinic_id.bytes + row_id.bytes, "sha256")[:_SECRET_BYTES])


def _packed(clinic_id: UUID, row_id: UUID, secret: bytes) -> tuple[str, bytes]:
    return base64.urlsafe_b64encode(clinic_id.bytes + row_id.bytes + secret).decode(), secret


def unpack_secret(text: str) -> tuple[UUID, UUID, bytes]:
    """Return clinic, row and secret. Raises ValueError."""
    raw = base64.b64decode(text, altchars=b"-_", validate=True)
    if len(raw) != 32 + _SECRET_BYTES:
        msg = "not one of our secrets"
        raise ValueError(msg)
    return UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]), raw[32:]


def pack_refresh(key: bytes, clinic_id: UUID, sign_in_id: UUID, rotation: int) -> str:
    """Return the refresh token of one rotation of a sign-in. It is derived, so nothing of it is stored."""
    counted = rotation.to_bytes(_ROTATION_BYTES)
    proof = _refresh_proof(key, clinic_id, sign_in_id, counted)
    return base64.urlsafe_b64encode(clinic_id.bytes + sign_in_id.bytes + counted + proof).decode()


def unpack_refresh(key: bytes, text: str) -> tuple[UUID, UUID, int]:
    """Return clinic, sign-in and rotation of a token that was issued here, whatever its age. Raises ValueError."""
    clinic_id, sign_in_id, rest = unpack_secret(text)
    counted, proof = rest[:_ROTATION_BYTES], rest[_ROTATION_BYTES:]
    if not hmac.compare_digest(proof, _refresh_proof(key, clinic_id, sign_in_id, counted)):
        msg = "not one of our refresh tokens"
        raise ValueError(msg)
    return clinic_id, sign_in_id, int.from_bytes(counted)


def _refresh_proof(key: bytes, clinic_id: UUID, sign_in_id: UUID, counted: bytes) -> bytes:
    message = clinic_id.bytes + sign_in_id.bytes + counted
    return hmac.new(key, message, hashlib.sha256).digest()[: _SECRET_BYTES - _ROTATION_BYTES]
