"""Until when a chart is to be kept: dates in, dates out."""

from datetime import date

_LAST_YEAR = date.max.year


def keep_until(last_on: date, birth_on: date | None, *, retention_years: int, majority_years: int) -> date:
    """Return the first day on which a chart may be erased whose last meeting (or opening) was on `last_on`.

    If the person was under age then, the years count from the day they came of age. Source: HIPAA names no period
    for records, state law does, and longer for minors (clinical.md section 2, Retention); both numbers are POLICY.
    """
    begins = last_on
    if birth_on is not None:
        begins = max(begins, _years_after(birth_on, majority_years))
    return _years_after(begins, retention_years)


def _years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 1 March for a 29 February that does not exist."""
    year = min(day.year + years, _LAST_YEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
