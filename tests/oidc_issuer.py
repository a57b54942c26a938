"""A small OpenID Connect issuer for tests: `python -m tests.oidc_issuer PORT`. Signs what it is asked to."""

import asyncio
import json
import os
import sys
import time
from typing import Any
from uuid import uuid4

import httpx
import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.processes import Child, free_port, start
from tests.waiting import STUCK_SECONDS

ALGORITHMS = ("RS256", "ES256", "EdDSA")
_CONVERTERS: dict[str, Any] = {
    "RS256": jwt.algorithms.RSAAlgorithm,
    "ES256": jwt.algorithms.ECAlgorithm,
    "EdDSA": jwt.algorithms.OKPAlgorithm,
}


def new_key(algorithm: str) -> Any:
    """A private key."""
    if algorithm == "RS256":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ec.generate_private_key(ec.SECP256R1()) if algorithm == "ES256" else ed25519.Ed25519PrivateKey.generate()


def public_jwk(algorithm: str, key: Any, kid: str) -> dict[str, Any]:
    """The key as it is published."""
    made = json.loads(_CONVERTERS[algorithm].to_jwk(key.public_key()))
    return {**made, "kid": kid, "use": "sig", "alg": algorithm}


def application(port: int) -> Starlette:  # noqa: C901  one small server
    """What answers."""
    here = f"http://127.0.0.1:{port}"
    keys: dict[str, tuple[str, Any]] = {}
    hits: list[str] = []
    mode = {"is": "well"}

    def rotate() -> None:
        keys.clear()
        keys.update({algorithm: (uuid4().hex, new_key(algorithm)) for algorithm in ALGORITHMS})

    async def discovery(request: Request) -> Response:
        hits.append("discovery")
        other = "http://198.51.100.7/keys" if mode["is"] == "elsewhere" else f"{here}/keys"
        issuer = "https://somebody.example" if mode["is"] == "somebody" else here
        return JSONResponse({"issuer": issuer, "jwks_uri": other})

    async def published(request: Request) -> Response:
        hits.append("keys")
        if mode["is"] == "slow":
            await asyncio.sleep(20)
        if mode["is"] == "redirect":
            return Response(status_code=302, headers={"Location": f"{here}/real-keys"})
        if mode["is"] == "huge":
            return Response(b'{"keys": [' + b" " * 300_000 + b"]}", media_type="application/json")
        if mode["is"] in ("garbage", "nested", "list"):
            return Response({"garbage": b"\xff{", "nested": b"[" * 100_000, "list": b"[]"}[mode["is"]])
        return await real(request)

    async def real(_: Request) -> Response:
        found: list[Any] = [public_jwk(algorithm, key, kid) for algorithm, (kid, key) in keys.items()]
        found += [{"kty": "oct", "k": "c2VjcmV0" * 6, "kid": "symmetric", "alg": "HS256"}, "nonsense", {"kty": []}]
        return JSONResponse({"keys": found})

    async def sign(request: Request) -> Response:
        asked = await request.json()
        kid, key = keys[asked["algorithm"]]
        headers = {"typ": "at+jwt", "kid": kid, **asked["headers"]}
        if headers["kid"] is None:
            del headers["kid"]
        return JSONResponse(jwt.encode(asked["claims"], key, asked["algorithm"], headers=headers))

    async def command(request: Request) -> Response:
        asked = await request.json()
        if asked.get("rotate"):
            rotate()
        mode["is"] = asked.get("mode", "well")
        seen = list(hits)
        hits.clear()
        return JSONResponse(seen)

    rotate()
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", discovery),
            Route("/keys", published),
            Route("/real-keys", real),
            Route("/sign", sign, methods=["POST"]),
            Route("/command", command, methods=["POST"]),
        ]
    )


class IssuerProcess:
    """One, running."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: Child | None = None

    def start(self) -> None:
        """Until it answers."""
        self.process = start("module", ["tests.oidc_issuer", str(self.port)], os.environ)
        latest = time.monotonic() + STUCK_SECONDS
        while True:
            try:
                self.command()
                return
            except httpx.TransportError:
                assert time.monotonic() < latest
                assert self.process.poll() is None
                time.sleep(0.05)

    def stop(self) -> None:
        """End it."""
        assert self.process is not None
        self.process.kill()

    def command(self, **what: object) -> list[str]:
        """`rotate=True`, `mode="slow"`; answers what was asked for since the last command."""
        found: list[str] = httpx.post(f"{self.url}/command", json=what, timeout=STUCK_SECONDS).json()
        return found

    def sign(self, claims: dict[str, Any], algorithm: str = "RS256", **headers: object) -> str:
        """A token with one of its keys."""
        body = {"claims": claims, "algorithm": algorithm, "headers": headers}
        return str(httpx.post(f"{self.url}/sign", json=body, timeout=STUCK_SECONDS).json())


if __name__ == "__main__":
    uvicorn.run(application(int(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
