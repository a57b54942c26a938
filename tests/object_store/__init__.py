"""A real S3-compatible server for tests: moto's, in a virtual environment of its own: it needs older libraries."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import httpx

from integration_api.storage.bucket import Bucket
from tests.processes import Child, free_port, start
from tests.waiting import STUCK_SECONDS, until

PROGRAM = Path(sys.prefix) / "object-store" / "bin" / "moto_server"
_KEYS = {"access_key": "AKIAEXAMPLE", "secret_key": "a secret of nobody"}
_SIGNED = "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261128/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=00"


class Store:
    """One server, and one bucket in it."""

    def __init__(self) -> None:
        assert PROGRAM.exists(), "there is no server to test with: `make test` installs it"
        self.port = free_port()
        self.process: Child = start("program", [str(PROGRAM), "-H", "127.0.0.1", "-p", str(self.port)], {})
        until(self._responds, "the store to respond")
        self.bucket = Bucket(f"journal-{uuid4().hex}", self.address, "us-east-1", **_KEYS)
        path = f"{self.address}/{self.bucket.name}"
        made = httpx.put(path, headers={"Authorization": _SIGNED}, timeout=STUCK_SECONDS)
        assert made.status_code == 200, made.text

    @property
    def address(self) -> str:
        """The address at which it listens."""
        return f"http://127.0.0.1:{self.port}"

    def _responds(self) -> bool:
        try:
            return httpx.get(f"{self.address}/moto-api/", timeout=STUCK_SECONDS).is_success
        except httpx.TransportError:
            return False


@contextmanager
def object_store() -> Iterator[Store]:
    """A server that ends with the test."""
    store = Store()
    try:
        yield store
    finally:
        store.process.kill()
