"""The parts of a database: plain ones, or those that say what they do, if somebody counts or traces."""

from collections.abc import Callable
from dataclasses import dataclass

from integration_api.storage.batching import PLAIN_PARTS, Parts
from integration_api.storage.database import Database, Driver


def _as_it_is(driver: Driver) -> Driver:
    return driver


@dataclass(frozen=True, slots=True)
class Fittings:
    """The parts of a driver, what goes around it, and the class of the database."""

    parts: Parts = PLAIN_PARTS
    around: Callable[[Driver], Driver] = _as_it_is
    database: type[Database] = Database


PLAIN = Fittings()
