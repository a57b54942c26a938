"""Programs that sign in by SMART backend services: their keys, their assertions and their tokens."""

import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from httpx import Response
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from tests.fhir.clients import Caller
from tests.support import Api, Json, Person, World, new_source

PUBLIC = "https://journal.example.org"
TOKEN_URL = f"{PUBLIC}/oauth/token"
ASSERTED = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FORM = "application/x-www-form-urlencoded"


def key_pair(algorithm: str) -> Any:
    """A new private key for this algorithm."""
    is_rsa = algorithm.startswith(("RS", "PS"))
    return rsa.generate_private_key(65537, 2048) if is_rsa else ec.generate_private_key(ec.SECP384R1())


def jwk(key: Any, kid: str) -> Json:
    """The public key as a JWK."""
    of = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
    return {**json.loads(of.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


@dataclass
class Program:
    """A program of a clinic, and the key that it signs with."""

    api: Api
    account: Json
    client_id: str
    key: Any
    kid: str = "one"
    algorithm: str = "ES384"

    def claims(self, **changes: object) -> Json:
        """The claims of an assertion that is right, but for the changes; None takes one out."""
        now = self.api.clock().timestamp()
        right: Json = {"iss": self.client_id, "sub": self.client_id, "aud": TOKEN_URL, "exp": int(now) + 240}
        return {name: value for name, value in ({**right, "jti": uuid4().hex} | changes).items() if value is not None}

    def assertion(self, headers: Json | None = None, **changes: object) -> str:
        """An assertion that this program signs."""
        named = {"kid": self.kid, "typ": "JWT", **(headers or {})}
        return jwt.encode(self.claims(**changes), self.key, self.algorithm, headers=named)

    async def ask(
        self, scope: str | None = "system/*.rs", assertion: str | None = None, source: str | None = None, **changes: Any
    ) -> Response:
        """Ask for a token, of a source of its own if none is given; a change that is None leaves its parameter out."""
        right = {
            "grant_type": "client_credentials",
            "scope": scope,
            "client_assertion_type": ASSERTED,
            "client_assertion": assertion or self.assertion(),
        }
        sent = {name: value for name, value in (right | changes).items() if value is not None}
        return await post_form(self.api, urlencode(sent), **{"X-Forwarded-For": source or new_source()})

    async def token(self, scope: str = "system/*.rs") -> Caller:
        """The program with a token of these scopes."""
        answer = await self.ask(scope)
        assert answer.status_code == 200, answer.text
        return Caller(self.api, answer.json()["access_token"])


async def post_form(api: Api, form: str, path: str = "/oauth/token", **headers: str) -> Response:
    """Send a form to the token endpoint."""
    sent = {"X-Forwarded-For": new_source(), "Content-Type": FORM, **headers}
    return await api.client.request("POST", path, content=form.encode(), headers=sent)


async def with_keys(world: World, *scopes: str, algorithm: str = "ES384", admin: Person | None = None) -> Program:
    """A new program with a key of its own."""
    admin = admin or world.admin
    account = await admin.post("/service-accounts", {"name": "Data platform", "scopes": list(scopes)})
    program = Program(world.api, account, "", key_pair(algorithm), algorithm=algorithm)
    body = {"jwks": {"keys": [jwk(program.key, program.kid)]}}
    kept = await admin.put(f"/service-accounts/{account['id']}/keys", body, 1)
    return replace(program, client_id=kept["client_id"])
