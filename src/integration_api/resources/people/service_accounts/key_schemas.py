"""Public keys of service accounts on the wire."""

from typing import Annotated

from pydantic import MISSING, Field, StringConstraints

from integration_api.resources.people.service_accounts.key_sets import MAX_KEYS
from integration_api.web.schemas import Resource, Schema, example, example_with

_NUMBER = StringConstraints(pattern="^[A-Za-z0-9_-]{1,1400}$")
KeyId = Annotated[
    str,
    StringConstraints(pattern="^[!-~]{1,200}$"),
    Field(description="The id of the key, which a signature names as `kid`.", examples=["key-2026-11"]),
]
KeyNumber = Annotated[str, _NUMBER, Field(description="A number of the key, in base64url.")]
KeySetUrl = Annotated[
    str,
    StringConstraints(max_length=2000),
    Field(
        description="The address of the key set: https, by a public name. It is asked at each sign-in.",
        examples=["https://app.example.org/.well-known/jwks.json"],
    ),
]


class PublicKey(Schema):
    """One public key as a JWK (RFC 7517): RSA of 2048 bits or more for RS384, or EC on P-384 for ES384."""

    model_config = example(
        {"kty": "EC", "kid": "key-2026-11", "crv": "P-384", "x": "A" * 64, "y": "A" * 64, "use": "sig"}
    )

    kty: str = Field(max_length=3, description="`RSA` or `EC`.", examples=["EC"])
    kid: KeyId
    use: str | None = Field(default=None, max_length=3, description="`sig`, if it is there.", examples=["sig"])
    alg: str | None = Field(default=None, max_length=5, description="`RS384` or `ES384`.", examples=["ES384"])
    key_ops: list[str] | None = Field(
        default=None, max_length=5, description="Read and not kept.", examples=[["verify"]]
    )
    n: KeyNumber | None = Field(default=None, examples=[None])
    e: KeyNumber | None = Field(default=None, examples=[None])
    crv: str | None = Field(default=None, max_length=5, description="`P-384` of an EC key.", examples=["P-384"])
    x: KeyNumber | None = Field(default=None, examples=["A" * 64])
    y: KeyNumber | None = Field(default=None, examples=["A" * 64])


class KeySet(Schema):
    """A set of public keys (JWKS)."""

    keys: list[PublicKey] = Field(min_length=1, max_length=MAX_KEYS, description="The keys; each has its own id.")


class ServiceKeysUpdate(Schema):
    """The keys themselves, or their address. With neither, the program signs in by its secret alone."""

    model_config = example({"jwks_url": "https://app.example.org/.well-known/jwks.json"})

    jwks: KeySet | MISSING = Field(default=MISSING, description="The keys themselves.")
    jwks_url: KeySetUrl | MISSING = MISSING


class ServiceKeys(Resource):
    """The public keys of a program; id and version are those of the program."""

    model_config = example_with({"jwks_url": None})

    client_id: str = Field(
        description="The id to sign as: `iss` and `sub` of the assertion.",
        examples=["019ab0de-0000-7000-8000-000000000001.019ab0de-0000-7000-8000-000000000012"],
    )
    key_ids: list[str] = Field(description="The ids of the keys that are kept here.", examples=[["key-2026-11"]])
    jwks_url: KeySetUrl | None
