"""The other doses that the rules of a dose look at: those of its session, and those of the chart about it."""

from collections.abc import Sequence
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.doses import statements as sql
from integration_api.resources.care.doses.rules import MAX_AFTER, Given
from integration_api.resources.care.doses.statements import GivenRow
from integration_api.resources.care.doses.tables import DoseRow
from integration_api.web.paging import first_rows

MAX_READ = 100
"""The doses that one query reads. The next ones are read too if the rules look at more."""


async def doses_of_session(work: Work, patient_id: UUID, session_id: UUID, but: DoseRow | None) -> list[Given]:
    """Return the doses of a session that stand, but for one that is corrected or withdrawn."""
    asked = {"patient_id": patient_id, "session_id": session_id}
    found = page = await work.all(sql.DOSES_OF_SESSION, **first_rows(MAX_READ), **asked)
    while len(page) == MAX_READ:
        page = await work.part(sql.DOSES_OF_SESSION, **_after(page), **asked)
        found = [*found, *page]
    return _given(found, but)


async def doses_around(work: Work, patient_id: UUID, dose: Given, but: DoseRow | None) -> list[Given]:
    """Return the doses of the seven days about a dose, and the session before it by the same route."""
    asked = {"patient_id": patient_id, "given_until": dose.given_at + MAX_AFTER}
    found = page = await work.all(sql.DOSES_UNTIL, **first_rows(MAX_READ), **asked)
    while len(page) == MAX_READ and not _is_enough(dose, found):
        page = await work.part(sql.DOSES_UNTIL, **_after(page), **asked)
        found = [*found, *page]
    return _given(found, but)


def _after(page: Sequence[GivenRow]) -> dict[str, object]:
    """Return the parameters of the next page."""
    return {**first_rows(MAX_READ), "cursor_at": page[-1].given_at, "cursor_id": page[-1].id}


def _is_enough(dose: Given, rows: Sequence[GivenRow]) -> bool:
    """Return whether these hold all of the week before, and the whole session before by the same route."""
    before = [one for one in rows if one.session_id != dose.session_id and one.given_at <= dose.given_at]
    of_route = [one for one in before if one.route is dose.route]
    is_week_read = rows[-1].given_at < dose.given_at - MAX_AFTER
    return is_week_read and bool(of_route) and rows[-1].session_id not in (dose.session_id, of_route[0].session_id)


def _given(rows: Sequence[GivenRow], but: DoseRow | None) -> list[Given]:
    return [
        Given(**{name: getattr(row, name) for name in Given._fields}) for row in rows if but is None or row.id != but.id
    ]
