"""Objects in a bucket of an S3-compatible store, by the library `obstore`, which is loaded if it is needed.

Its functions are called in threads. Those for an event loop call back from threads of their own, and a process that
ends at that moment is aborted.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from integration_api.storage.objects import LIST_PAGE, ObjectName, ObjectsDown, StoreThreads

_TIMEOUT = timedelta(seconds=20)
_RETRY: Any = {"max_retries": 3, "retry_timeout": timedelta(seconds=30)}


@dataclass(frozen=True, slots=True, repr=False)
class Bucket:
    """A bucket and the way to it. `endpoint` is None for Amazon's own; without keys the machine's role is used."""

    name: str
    endpoint: str | None
    region: str
    access_key: str | None
    secret_key: str | None


class BucketObjects:
    """Objects of one bucket."""

    def __init__(self, bucket: Bucket) -> None:
        """Ask nobody yet."""
        from obstore.store import S3Store  # noqa: PLC0415  5 MB, which a folder does not need

        given: dict[str, Any] = {
            "endpoint": bucket.endpoint,
            "access_key_id": bucket.access_key,
            "secret_access_key": bucket.secret_key,
        }
        # Without TLS, on this machine alone, there is no certificate; the library must not look for authorities then.
        is_plain = bucket.endpoint is not None and bucket.endpoint.startswith("http:")
        self._threads = StoreThreads()
        self._store = S3Store(
            bucket.name,
            region=bucket.region,
            **{name: value for name, value in given.items() if value is not None},
            client_options={"timeout": _TIMEOUT, "allow_http": is_plain, "allow_invalid_certificates": is_plain},
            retry_config=_RETRY,
        )

    async def put(self, name: ObjectName, data: bytes) -> None:
        """Send an object. The store has it for good when it responds."""
        with _reported():
            await self._threads.run(partial(self._store.put, name.path, data, use_multipart=False))

    async def get(self, name: ObjectName) -> bytes:
        """Fetch an object."""
        with _reported():
            return await self._threads.run(lambda: bytes(self._store.get(name.path).bytes()))

    async def delete(self, names: Iterable[ObjectName]) -> None:
        """Delete objects together."""
        paths = [name.path for name in names]
        with _reported():
            if paths:
                await self._threads.run(partial(self._store.delete, paths))

    async def pages(self) -> AsyncIterator[list[ObjectName]]:
        """Yield the names of all objects, in order."""
        with _reported():
            listed = iter(self._store.list(chunk_size=LIST_PAGE))
            while page := await self._threads.run(partial(next, listed, ())):
                found = (ObjectName.parse(one["path"]) for one in page)
                yield [name for name in found if name is not None]

    def close(self) -> None:
        """End its threads."""
        self._threads.close()


@contextmanager
def _reported() -> Iterator[None]:
    """Raise ObjectsDown in the place of what the store says: its texts may have names and keys in them."""
    from obstore.exceptions import BaseError  # noqa: PLC0415  as above

    try:
        yield
    except (BaseError, OSError) as error:
        raise ObjectsDown(error.__class__.__name__) from None
