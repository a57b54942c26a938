"""Tokens that an external issuer did not make, or not for us, or not for now."""

import base64
import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import jwt

from tests.oidc_issuer import new_key, public_jwk
from tests.support import Json

if TYPE_CHECKING:
    from tests.access.test_federation import House

STRANGERS_KEY = new_key("RS256")


def signed(claims: Json, key: Any, algorithm: str, **headers: object) -> str:
    """Signed with any key by any algorithm."""
    return jwt.encode(claims, key, algorithm, headers={"typ": "at+jwt", **headers})


def _kid(house: "House") -> str:
    return str(jwt.get_unverified_header(house.token())["kid"])


def _public_pem(house: "House") -> bytes:
    """The issuer's public key, used as if it were a shared secret."""
    return _kid(house).encode() * 2


FORGERIES: dict[str, Any] = {
    "a stranger's key under the issuer's name": lambda h: signed(h.claims(), STRANGERS_KEY, "RS256", kid=_kid(h)),
    "a stranger's key under its own name": lambda h: signed(h.claims(), STRANGERS_KEY, "RS256", kid="x"),
    "no algorithm": lambda h: jwt.encode(h.claims(), None, "none", headers={"typ": "at+jwt", "kid": _kid(h)}),  # type: ignore[arg-type]  # what is forged
    "a shared secret": lambda h: signed(h.claims(), _public_pem(h), "HS256", kid=_kid(h)),
    "a shared secret of 512": lambda h: signed(h.claims(), _public_pem(h), "HS512", kid=_kid(h)),
    "the published symmetric key": lambda h: signed(h.claims(), b"secret" * 6, "HS384", kid="symmetric"),
    "the symmetric key's name": lambda h: signed(h.claims(), STRANGERS_KEY, "RS256", kid="symmetric"),
    "another algorithm for the key": lambda h: signed(h.claims(), STRANGERS_KEY, "PS256", kid=_kid(h)),
    "a curve's signature under an RSA key": lambda h: signed(h.claims(), new_key("ES256"), "ES256", kid=_kid(h)),
    "a key in the header": lambda h: signed(
        h.claims(), STRANGERS_KEY, "RS256", kid="own", jwk=public_jwk("RS256", STRANGERS_KEY, "own")
    ),
    "an address of keys in the header": lambda h: signed(
        h.claims(), STRANGERS_KEY, "RS256", kid="own", jku=f"{h.issuer.url}/real-keys"
    ),
    "an address of a certificate": lambda h: signed(
        h.claims(), STRANGERS_KEY, "RS256", kid="own", x5u=f"{h.issuer.url}/real-keys"
    ),
    "no key's name": lambda h: h.token(headers={"kid": None}),
    "a header that must be understood": lambda h: h.token(headers={"crit": ["exp"]}),
    "an ID token": lambda h: h.token(headers={"typ": "JWT"}),
    "no type": lambda h: h.token(headers={"typ": None}),
    "another issuer": lambda h: h.token(iss="https://somebody.example"),
    "the issuer with a slash": lambda h: h.token(iss=h.issuer.url + "/"),
    "another audience": lambda h: h.token(aud="somebody"),
    "no audience": lambda h: h.token(aud="left out"),
    "no subject": lambda h: h.token(sub="left out"),
    "no end": lambda h: h.token(exp="left out"),
    "no beginning": lambda h: h.token(iat="left out"),
    "ended": lambda h: h.token(exp=h.claims()["iat"] - 1),
    "not yet": lambda h: h.token(nbf=h.claims()["iat"] + 3600),
    "made in the future": lambda h: h.token(iat=h.claims()["iat"] + 3600),
    "an end that is no number": lambda h: h.token(exp="tomorrow"),
    "an end that is true": lambda h: h.token(exp=True),
    "an end beyond all time": lambda h: h.token(exp=1e300),
    "another subject": lambda h: h.token(sub=uuid4().hex),
    "changed after signing": lambda h: _swapped(h.token(), h.token(sub="x")),
    "one of ours, signed by them": lambda h: h.token(clinic=str(h.world.clinic_id), roles=["clinic_admin"], sub="x"),
    "an algorithm that is a list": lambda h: _headed(h.token(), alg=[]),
    "an algorithm that is an object": lambda h: _headed(h.token(), alg={"RS256": 1}),
    "a type that is a list": lambda h: _headed(h.token(), typ=["at+jwt"]),
    "a key's name that is a list": lambda h: _headed(h.token(), kid=[_kid(h)]),
    "a key's name that is a number": lambda h: _headed(h.token(), kid=7),
    "cut off": lambda h: h.token()[:-10],
    "three dots": lambda _: "a.b.c",
}


def _swapped(one: str, other: str) -> str:
    head, _, signature = one.split(".")
    return ".".join((head, other.split(".")[1], signature))


def _headed(token: str, **changes: object) -> str:
    """Another head, which no library would write."""
    head = json.dumps({**jwt.get_unverified_header(token), **changes}).encode()
    return ".".join((base64.urlsafe_b64encode(head).decode().rstrip("="), *token.split(".")[1:]))
