"""The charts that each account opened lately in one process. They decide when the ledger must be asked for the count.

Each process keeps them, and the number of new charts it may open before it asks. The count itself comes from the ledger
(`charts.py`), plus the charts that this process let through since. So a request for charts that are open already, or
for a few new ones, needs no further query.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

WINDOW = timedelta(minutes=10)
DEFAULT_CHARTS_PER_TEN_MINUTES = 60
"""For a clinic that has not set its own limit; 0 means no limit."""
STEP = 10
"""The number of new charts that one process may open for one person before it asks the ledger."""

_ASK_AGAIN = timedelta(minutes=1)
"""The time after which a raised limit of a clinic is seen."""

_MAX_ACTORS = 10_000
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Opened:
    """The charts that one person opened, with their times, and the number that may be opened without asking."""

    charts: dict[UUID, datetime]
    left: int
    limit: int = 0
    full_until: datetime = _NEVER


class OpenedCharts:
    """The charts that were opened in one process, by account."""

    def __init__(self) -> None:
        """Start empty."""
        self._actors: dict[UUID, _Opened] = {}

    def must_ask(self, actor_id: UUID, charts: Collection[UUID], now: datetime) -> bool:
        """Return whether the ledger must be asked before these charts are opened."""
        known = self._actors.get(actor_id)
        if known is None:
            known = self._remember(actor_id, {}, STEP)
        new = sum(known.charts.get(chart, now - WINDOW) <= now - WINDOW for chart in charts)
        if new > known.left:
            return True
        known.left -= new
        known.charts.update(dict.fromkeys(charts, now))
        return False

    def let_through(self, actor_id: UUID, now: datetime) -> dict[UUID, datetime]:
        """Return the charts that this process let through lately, whether the ledger has them yet or not."""
        known = self._actors.get(actor_id)
        return {chart: at for chart, at in known.charts.items() if at > now - WINDOW} if known else {}

    def seconds_full(self, actor_id: UUID, charts: Collection[UUID], now: datetime) -> int:
        """Return the seconds until these charts may be opened, if the ledger said "none" in the last minute; else 0."""
        known = self._actors.get(actor_id)
        if known is None or now >= known.full_until or len(charts) > known.limit:
            return 0
        return seconds_until_free(self.let_through(actor_id, now), charts, known.limit, now)

    def learn(self, actor_id: UUID, opened: Mapping[UUID, datetime], limit: int, now: datetime) -> None:
        """Keep the charts that are open, and the number of further ones until the ledger is asked again."""
        left = limit - len(opened) if limit else STEP
        known = self._remember(actor_id, dict(opened), max(0, min(left, STEP)))
        known.limit = limit
        if left <= 0:
            known.full_until = now + _ASK_AGAIN

    def _remember(self, actor_id: UUID, charts: dict[UUID, datetime], left: int) -> _Opened:
        if len(self._actors) >= _MAX_ACTORS and actor_id not in self._actors:
            del self._actors[next(iter(self._actors))]
        made = self._actors[actor_id] = _Opened(charts, left)
        return made


def seconds_until_free(opened: Mapping[UUID, datetime], charts: Collection[UUID], limit: int, now: datetime) -> int:
    """Return the whole seconds until enough charts are closed for these, at most `limit`, to be opened; 0 if now."""
    others = sorted(at for chart, at in opened.items() if chart not in charts)
    too_many = len(others) + len(set(charts)) - limit
    if not limit or too_many <= 0 or opened.keys() >= set(charts):
        return 0
    return math.ceil((others[too_many - 1] + WINDOW - now) / timedelta(seconds=1))
