"""The rule of a medicine's two days."""

from datetime import date

from integration_api.web.errors import FieldError


def period_problems(started_on: date | None, ended_on: date | None) -> list[FieldError]:
    """Return what is wrong with the days on which a medicine was begun and stopped; nothing if one is not known."""
    if started_on is None or ended_on is None or started_on <= ended_on:
        return []
    return [{"field": "body.ended_on", "code": "before_start", "message": "must not be before started_on"}]
