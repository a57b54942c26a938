"""A demo clinic that is served, for the TypeScript client in Node.

No browser is driven from these processes: Playwright holds an event loop, beside which no other test's loop can run.
"""

from collections.abc import Iterator

import pytest

from tests.browser.clinic import Clinic, make_demo, served_copy


@pytest.fixture(scope="session")
def clinic(worker_id: str) -> Iterator[Clinic]:
    """The demo clinic, made once and served for the whole run."""
    with served_copy(make_demo(f"node-demo-{worker_id}"), f"node-served-{worker_id}") as served:
        yield served
