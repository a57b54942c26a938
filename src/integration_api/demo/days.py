"""The demo's year: from a week, a weekday and a time by the clinic's clock to an instant."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from integration_api.resources.people.clinics.rules import DAYS

_WEEKS = 52
_SATURDAY = 5


class Days:
    """Weeks count from 0, a year ago, to 51, the last whole week before this one."""

    def __init__(self, now: datetime, zone: ZoneInfo) -> None:
        """`now` ends the year; times are told by the clocks of `zone`."""
        self.now, self._zone = now, zone
        self._today = now.astimezone(zone).date()
        self._first = self._today - timedelta(days=self._today.weekday(), weeks=_WEEKS)

    def read(self, text: str) -> datetime:
        """Return an instant from the notation of the stories. Raises ValueError.

        `week 3 thu 09:30`, `day -1 20:30` (yesterday), `workday +2 13:00` (the second weekday after today).
        """
        match text.split():
            case ["week", week, day, clock]:
                return self.at(int(week), day, clock)
            case ["day", count, clock]:
                return self._instant(self._today + timedelta(days=int(count)), clock)
            case ["workday", count, clock]:
                return self.workday(int(count), clock)
        msg = f"{text!r} is no time of a story"
        raise ValueError(msg)

    def at(self, week: int, day: str, clock: str) -> datetime:
        """`at(3, "thu", "09:30")`: Thursday of week 3, at half past nine."""
        return self._instant(self._first + timedelta(weeks=week, days=DAYS.index(day)), clock)

    def workday(self, count: int, clock: str) -> datetime:
        """Return the weekday `count` weekdays after today, or before it if `count` is negative."""
        step, day = timedelta(days=1 if count > 0 else -1), self._today
        for _ in range(abs(count)):
            day += step
            while day.weekday() >= _SATURDAY:
                day += step
        return self._instant(day, clock)

    def date_of(self, text: str) -> date:
        """Return the date of an instant from the notation of the stories. Raises ValueError."""
        return self.read(text).astimezone(self._zone).date()

    def _instant(self, day: date, clock: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(clock), self._zone).astimezone(UTC)
