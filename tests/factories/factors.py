"""Second factors as people have them: an app for codes, and an authenticator for passkeys written in software."""

import base64
import hashlib
import json
import os
import struct
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from integration_api.access.totp import code_at
from tests.support import Api, Json, Person, World, new_source

PASSWORD = "quiet-otter-rows-upstream"
ORIGIN = "http://localhost:8000"
RP_ID = "localhost"


async def new_account(world: World, *roles: str, **facts: str) -> Json:
    """A member of staff who has not been invited yet."""
    body = {"name": "Imani Vale", "email": f"{uuid4().hex}@example.org", "credential": "LMFT", **facts}
    account: Json = await world.admin.post("/accounts", {**body, "roles": list(roles or ("therapist",))})
    return account


async def invite(world: World, *roles: str, **facts: str) -> tuple[str, Json]:
    """A member of staff who has accepted the invitation, and has no factor yet: address and account."""
    account = await new_account(world, *roles, **facts)
    invitation = await world.admin.post("/invitations", {"account_id": account["id"]})
    accept = {"code": invitation["code"], "password": PASSWORD}
    answer = await world.api.send("POST", "/invitations/accept", json=accept)
    assert answer.status_code == 204, answer.text
    return account["email"], account


async def sign_in(api: Api, email: str, password: str = PASSWORD, expect: int = 201, **more: object) -> Json:
    """The body of an answer to signing in."""
    answer = await api.send("POST", "/auth/tokens", json={"email": email, "password": password, **more})
    assert answer.status_code == expect, answer.text
    found: Json = answer.json()
    return found


async def signed_in(world: World) -> tuple[Json, Json]:
    """Somebody new, from a new place: the body that they sign in with, and the answer to it."""
    world.api.source = new_source()
    email, _ = await invite(world)
    return {"email": email, "password": PASSWORD}, await sign_in(world.api, email)


def with_token(api: Api, token: str) -> Person:
    """Somebody with this access token."""
    return Person(api, api.runtime.tokens.verify(token, api.clock()), token)


async def password_person(world: World, *roles: str) -> tuple[str, Person]:
    """A member of staff who has signed in with a password alone."""
    email, _ = await invite(world, *roles)
    return email, with_token(world.api, (await sign_in(world.api, email))["access_token"])


def proved_ago(person: Person, **ago: float) -> Person:
    """The same person with an access token of whom the last proof is as long ago as that."""
    actor = replace(person.actor, proved_at=person.api.clock() - timedelta(**ago))
    return Person(person.api, actor, person.api.runtime.tokens.issue(actor, person.api.clock()), person.name)


def code_of(api: Api, secret: str, steps: int = 0) -> str:
    """What the app shows, so many steps of 30 seconds from now."""
    return code_at(secret, api.clock() + timedelta(seconds=30 * steps))


async def add_totp(person: Person, label: str = "Phone") -> tuple[Person, str]:
    """An app for codes, confirmed: the same person with the access token of after, and the secret.

    The code of one step before now is used, so that the present one is free.
    """
    begun = await person.post("/me/factors/totp", {"label": label})
    code = {"totp_code": code_of(person.api, begun["secret"], -1)}
    added = await person.post(f"/me/factors/totp/{begun['id']}/confirm", code, expect=200)
    return with_token(person.api, added["access"]["access_token"]), begun["secret"]


def b64(raw: bytes) -> str:
    """Base64url without its end, as WebAuthn writes it."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unb64(text: str) -> bytes:
    """The bytes of it."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Authenticator:
    """A passkey's home: makes key pairs and signs, as a phone would; anything about it can be wrong."""

    def __init__(self, *, is_ed25519: bool = False) -> None:
        self.key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey = (
            ed25519.Ed25519PrivateKey.generate() if is_ed25519 else ec.generate_private_key(ec.SECP256R1())
        )
        self.credential_id = os.urandom(32)
        self.user_handle = b""
        self.count = 0

    def create(self, options: Mapping[str, Any], **wrong: Any) -> Json:
        """`navigator.credentials.create`, as JSON."""
        self.user_handle = unb64(options["user"]["id"])
        self.count += 1
        key = self._cose()
        attested = bytes(16) + struct.pack(">H", len(self.credential_id)) + self.credential_id + cbor2.dumps(key)
        data = self._data(wrong, 0x41) + attested
        client = self._client("webauthn.create", options, wrong)
        attestation = {"fmt": "none", "attStmt": {}, "authData": data}
        response = {"clientDataJSON": b64(client), "attestationObject": b64(cbor2.dumps(attestation))}
        return self._credential({**response, "transports": ["internal"]})

    def get(self, options: Mapping[str, Any], **wrong: Any) -> Json:
        """`navigator.credentials.get`, as JSON."""
        self.count += 1
        client = self._client("webauthn.get", options, wrong)
        data = self._data(wrong, 0x01)
        signed = data + hashlib.sha256(client).digest()
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            signature = self.key.sign(signed)
        else:
            signature = self.key.sign(signed, ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": b64(client),
            "authenticatorData": b64(data),
            "signature": b64(wrong.get("signature", signature)),
            "userHandle": b64(wrong.get("user_handle", self.user_handle)),
        }
        return self._credential(response)

    def _credential(self, response: Json) -> Json:
        name = b64(self.credential_id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def _client(self, kind: str, options: Mapping[str, Any], wrong: Mapping[str, Any]) -> bytes:
        challenge = wrong.get("challenge", options["challenge"])
        data = {"type": wrong.get("type", kind), "challenge": challenge, "origin": wrong.get("origin", ORIGIN)}
        return json.dumps(data).encode()

    def _data(self, wrong: Mapping[str, Any], flags: int) -> bytes:
        rp_id = hashlib.sha256(str(wrong.get("rp_id", RP_ID)).encode()).digest()
        verified = 0x04 if wrong.get("is_verified", True) else 0
        return rp_id + bytes([flags | verified]) + struct.pack(">I", wrong.get("count", self.count))

    def _cose(self) -> dict[int, Any]:
        public = self.key.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            return {1: 1, 3: -8, -1: 6, -2: public.public_bytes(Encoding.Raw, PublicFormat.Raw)}
        numbers = public.public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}

    async def added_to(self, person: Person) -> Person:
        """Registered with somebody: the same person with the access token of after."""
        options = (await person.post("/me/factors/passkeys/options", expect=200))["public_key"]
        added = await person.post("/me/factors/passkeys", {"credential": self.create(options), "label": "Key"})
        return with_token(person.api, added["access"]["access_token"])

    async def options(self, api: Api) -> Json:
        """What signing in with a passkey asks."""
        answer = await api.send("POST", "/auth/passkey-options")
        assert answer.status_code == 200
        found: Json = answer.json()["public_key"]
        return found

    async def signs_in(self, api: Api, expect: int = 201, **wrong: Any) -> Json:
        """The body of an answer to signing in with this passkey."""
        credential = self.get(await self.options(api), **wrong)
        answer = await api.send("POST", "/auth/passkey", json={"credential": credential})
        assert answer.status_code == expect, answer.text
        found: Json = answer.json()
        return found
