"""Identifiers are made in many processes, which may have come from one."""

import os
from multiprocessing import get_context
from multiprocessing.connection import Connection

from integration_api.core.ids import new_id
from tests.waiting import STUCK_SECONDS

RANDOM_BITS = (1 << 62) - 1


def _send_ids(pipe: Connection) -> None:
    pipe.send([new_id().int & RANDOM_BITS for _ in range(50)])


def test_processes_forked_from_one_make_different_ids() -> None:
    """Each begins with a random state of its own, although the first had used its."""
    new_id()
    context = get_context("fork")
    found: list[int] = []
    for _ in range(3):
        near, far = context.Pipe()
        child = context.Process(target=_send_ids, args=(far,))
        child.start()
        assert near.poll(STUCK_SECONDS)
        found += near.recv()
        child.join(STUCK_SECONDS)
        assert child.exitcode == 0
    assert len(set(found)) == 150, os.getpid()
