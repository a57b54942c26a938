"""Python's garbage collector in a process that serves."""

import gc


def spare_the_collector() -> None:
    """Exempt present objects from garbage collection, and collect rarely: pages make many objects, but no cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
