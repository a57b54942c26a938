"""The other doses that the rules of a dose look at: those of its session, and those of the chart about it."""

from collections.abc import Callable, Sequence
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.doses import statements as sql
from integration_api.resources.care.doses.rules import MAX_AFTER, Given
from integration_api.resources.care.doses.statements import GivenRow
from integration_api.resources.care.doses.tables import DoseRow
from integration_api.storage.statements import Read
from integration_api.web.paging import first_rows

MAX_READ = 100
"""The doses that one query reads. The next ones are read too if the rules look at more."""


async def doses_of_session(work: Work, patient_id: UUID, session_id: UUID, but: DoseRow | None) -> list[Given]:
    """Return the doses of a session that stand, but for one that is corrected or withdrawn."""
    rows = await _pages(work, sql.DOSES_OF_SESSION, {"patient_id": patient_id, "session_id": session_id}, _never)
    return _given(rows, but)


async def doses_around(work: Work, patient_id: UUID, dose: Given, but: DoseRow | None) -> list[Given]:
    """Return the doses of the seven days about a dose, and the session before it by the same route."""
    asked = {"patient_id": patient_id, "given_until": dose.given_at + MAX_AFTER}
    rows = await _pages(work, sql.DOSES_UNTIL, asked, lambda rows: _is_enough(dose, rows))
    return _given(rows, but)


async def _pages(
    work: Work, read: Read[GivenRow], asked: dict[str, object], is_enough: Callable[[Sequence[GivenRow]], bool]
) -> list[GivenRow]:
    """Return rows page by page, the newest first, until there are enough or no more."""
    found = await work.all(read, **first_rows(MAX_READ), **asked)
    page = found
    while len(page) == MAX_READ and not is_enough(found):
        after = {**first_rows(MAX_READ), "cursor_at": page[-1].given_at, "cursor_id": page[-1].id}
        page = await work.part(read, **after, **asked)
        found = [*found, *page]
    return found


def _never(_: Sequence[GivenRow]) -> bool:
    return False


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
