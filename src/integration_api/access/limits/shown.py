"""The charts that one process showed to each account lately. They decide when the ledger must be asked for the count.

Each process keeps them, and the number of new charts it may show before it asks. The count itself comes from the ledger
(`charts.py`), plus the charts that this process let through since. So a request for charts that were shown before, or
for a few new ones, needs no further query.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

WINDOW = timedelta(minutes=10)
DEFAULT_CHARTS_PER_TEN_MINUTES = 60
"""For a clinic that has not set its own limit; 0 means no limit."""
STEP = 10
"""The number of new charts that one process may show to one person before it asks the ledger."""

_ASK_AGAIN = timedelta(minutes=1)
"""The time after which a raised limit of a clinic is seen."""

_MAX_ACTORS = 10_000
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Shown:
    """The charts shown to one person, with their times, and the number that may be shown without asking."""

    charts: dict[UUID, datetime]
    left: int
    full_until: datetime = _NEVER


class ShownCharts:
    """The charts that one process showed, by account."""

    def __init__(self) -> None:
        """Start empty."""
        self._actors: dict[UUID, _Shown] = {}

    def must_ask(self, actor_id: UUID, charts: Collection[UUID], now: datetime) -> bool:
        """Return whether the ledger must be asked before these charts are shown."""
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

    def seconds_full(self, actor_id: UUID, now: datetime) -> int:
        """Return the seconds for which no new chart may be shown, if the ledger said so in the last minute; else 0."""
        known = self._actors.get(actor_id)
        if known is None or now >= known.full_until:
            return 0
        return seconds_until(min(known.charts.values()) + WINDOW, now)

    def learn(self, actor_id: UUID, charts: Mapping[UUID, datetime], left: int, now: datetime) -> None:
        """Keep the charts shown, and the number of further ones until the ledger is asked again."""
        known = self._remember(actor_id, dict(charts), max(0, min(left, STEP)))
        if left <= 0:
            known.full_until = min(min(charts.values(), default=now) + WINDOW, now + _ASK_AGAIN)

    def _remember(self, actor_id: UUID, charts: dict[UUID, datetime], left: int) -> _Shown:
        if len(self._actors) >= _MAX_ACTORS and actor_id not in self._actors:
            del self._actors[next(iter(self._actors))]
        made = self._actors[actor_id] = _Shown(charts, left)
        return made


def seconds_until(at: datetime, now: datetime) -> int:
    """Return the whole seconds until an instant, at least one."""
    return int((at - now).total_seconds()) + 1
