"""The charts that one process showed to whom lately: when the ledger has to be asked how many there were.

Each process remembers them, and how many more it may show before it has to ask. How many there were is what the
ledger says (`charts.py`), and what this process let through that is not in
it yet. So a request that shows what was shown before, or a few new charts, asks nothing more of the database.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

WINDOW = timedelta(minutes=10)
DEFAULT_CHARTS_PER_TEN_MINUTES = 60
"""For a clinic that has not set its own; 0 means any number."""
STEP = 10
"""How many new charts one process may show to one person before it asks."""

_ASK_AGAIN = timedelta(minutes=1)
"""A clinic that raises its limit is heard within this time."""

_MAX_ACTORS = 10_000
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class _Shown:
    """What is known of one person: when each chart was shown or let through, and how many may be shown unasked."""

    charts: dict[UUID, datetime]
    left: int
    full_until: datetime = _NEVER


class ShownCharts:
    """One process's memory of who was shown what."""

    def __init__(self) -> None:
        """Nothing is known."""
        self._actors: dict[UUID, _Shown] = {}

    def must_ask(self, actor_id: UUID, charts: Collection[UUID], now: datetime) -> bool:
        """Whether the ledger has to be asked before these charts are shown."""
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
        """The charts that this process let through lately, whether the ledger says so yet or not."""
        known = self._actors.get(actor_id)
        return {chart: at for chart, at in known.charts.items() if at > now - WINDOW} if known else {}

    def seconds_full(self, actor_id: UUID, now: datetime) -> int:
        """For how long no new chart may be shown, where the ledger has said so in the last minute; else 0."""
        known = self._actors.get(actor_id)
        if known is None or now >= known.full_until:
            return 0
        return seconds_until(min(known.charts.values()) + WINDOW, now)

    def learn(self, actor_id: UUID, charts: Mapping[UUID, datetime], left: int, now: datetime) -> None:
        """What was shown, and how many more may be before the ledger is asked again."""
        known = self._remember(actor_id, dict(charts), max(0, min(left, STEP)))
        if left <= 0:
            known.full_until = min(min(charts.values(), default=now) + WINDOW, now + _ASK_AGAIN)

    def _remember(self, actor_id: UUID, charts: dict[UUID, datetime], left: int) -> _Shown:
        if len(self._actors) >= _MAX_ACTORS and actor_id not in self._actors:
            del self._actors[next(iter(self._actors))]
        made = self._actors[actor_id] = _Shown(charts, left)
        return made


def seconds_until(at: datetime, now: datetime) -> int:
    """Whole seconds, at least one."""
    return int((at - now).total_seconds()) + 1
