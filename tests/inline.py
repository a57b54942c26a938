"""SQLite asked in the event loop's own thread: most tests send one request at a time, and a thread costs more than SQL.

Batches and the order of the work stay as they are. No commit waits for the disk, as on the PostgreSQL of a run: nobody
pulls the plug on this process. Servers that tests start keep the product's threads and commits.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from integration_api.storage.database import Driver
from integration_api.storage.sqlite import SqliteDriver

_threaded: list[object] = []
"""Who wants threads at present."""


def answer_inline(driver: Driver) -> None:
    """Let an open driver of SQLite need no thread from here on, but `with_threads`."""
    if not isinstance(driver, SqliteDriver):
        return

    async def read(kind: None, asked: Sequence[Any]) -> Sequence[Any]:
        return await driver._read_together(kind, asked) if _threaded else driver._read_all(asked)

    async def commit(kind: None, changes: Sequence[Any]) -> Sequence[Any]:
        return await driver._commit_together(kind, changes) if _threaded else driver._write_all(changes)

    threaded_scrub = driver.scrub

    async def scrub() -> None:
        """The writer's connection is this thread's, too."""
        await threaded_scrub() if _threaded else driver._empty_log()

    assert driver._writing is not None
    driver._writing.execute("PRAGMA synchronous=OFF")
    driver._reads._run, driver._writes._run = read, commit
    vars(driver)["scrub"] = scrub


@contextmanager
def with_threads() -> Iterator[None]:
    """Let whoever waits for the file wait in a thread meanwhile, as in the product, and hold nobody else up."""
    mark = object()
    _threaded.append(mark)
    try:
        yield
    finally:
        _threaded.remove(mark)
