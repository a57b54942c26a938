"""The bar of commands that take long, on standard error if that is a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from integration_api.operating.progress import Advance, Begin


@contextmanager
def progress_bar(what: str) -> Iterator[Begin]:
    """Yield what takes a total of `what` and returns what is told of each part."""
    from rich.console import Console  # noqa: PLC0415  serving needs none of it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415  as above

    columns = (what, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, disable=not sys.stderr.isatty(), console=Console(stderr=True)) as bar:

        def begin(total: int) -> Advance:
            task = bar.add_task("", total=total)
            return lambda done: bar.advance(task, done)

        yield begin
