"""Reading and answering the readiness check of a dosing session."""

from collections.abc import Mapping
from uuid import UUID

from integration_api.access.revisions import check_version
from integration_api.access.rows import changed_values
from integration_api.access.work import Work
from integration_api.resources.care.readiness import statements as sql
from integration_api.resources.care.readiness.checklist import CHECKLIST_VERSION, CONTRAINDICATIONS, ITEMS
from integration_api.resources.care.readiness.evaluation import (
    blank_check,
    find_unmet,
    load_check,
    load_dosing_session,
    load_holds,
    settle_holds,
    write_check,
)
from integration_api.resources.care.readiness.rules import Answer, answer_problems
from integration_api.resources.care.readiness.schemas import Readiness, ReadinessUpdate
from integration_api.resources.care.readiness.tables import ReadinessRow
from integration_api.resources.care.sessions.corrections import SessionClosed
from integration_api.resources.care.sessions.tables import SessionState
from integration_api.resources.people.patients.holds import keep_if_held
from integration_api.resources.people.patients.tables import KeptKind
from integration_api.web.errors import Invalid
from integration_api.web.instants import instant

_WRITTEN = ("answered_at", "answered_by_id", "note")
_BLANK_LINE = {"status": "unknown", **dict.fromkeys(_WRITTEN)}
_DETAILS = ("food_at", "fluids_at", "name", "phone", "substances", "pregnancy", "weight_kg", "measured_on")
_BLANK_ITEM = {**_BLANK_LINE, **dict.fromkeys(("answered_by", *_DETAILS))}


async def read_readiness_check(work: Work, session_id: UUID) -> Readiness:
    """Return the check of a dosing session; a blank one if nobody answered yet. Raises NotFound, NotDosing."""
    row = await work.one(sql.READ_READINESS_CHECK, id=session_id)
    if row is None:
        row = blank_check(work, await load_dosing_session(work, session_id))
    work.record(row.id, row.patient_id)
    return present(row)


async def update_readiness_check(
    work: Work, session_id: UUID, body: ReadinessUpdate, expected_version: int
) -> Readiness:
    """Answer items; open and close the holds that follow.

    Raises NotFound, NotDosing, SessionClosed, StaleVersion, and Invalid for answers that do not fit together.
    """
    session = await load_dosing_session(work, session_id)
    row = await load_check(work, session)
    check_version(row, expected_version)
    if session.state not in (SessionState.PLANNED, SessionState.IN_PROGRESS):
        raise SessionClosed
    given = changed_values(body, vars(row), mode="json")
    answers = {name: _signed(work, getattr(row, name), after) for name, after in given.items()}
    if problems := answer_problems(answers.get("items", {})):
        raise Invalid(errors=problems)
    answered = row.model_copy(update=answers)
    found = find_unmet(session, answered, work.now)
    holds = settle_holds(work, session, found, await load_holds(work, session), is_dose=False)
    if row.version:
        before = row.model_dump(mode="json", include={"items", "contraindications"})
        keep_if_held(work, KeptKind.READINESS, row.id, row.patient_id, row.updated_by_id, before)
    changed = write_check(work, answered, found, holds)
    work.record(row.id, row.patient_id)
    return present(changed)


def _signed(work: Work, before: Mapping[str, Answer], after: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers after a change; each new one says when and by which account it was written."""
    signature = Answer(answered_at=instant(work.now), answered_by_id=str(work.actor.id))
    return {
        name: answer if answer == before.get(name) else Answer(**{**answer, **signature})
        for name, answer in after.items()
    }


def present(row: ReadinessRow) -> Readiness:
    """Return a check with every item and every line of the checklist, also those that nobody answered."""
    items = {name: {"rule": item.rule, **_BLANK_ITEM, **row.items.get(name, {})} for name, item in ITEMS.items()}
    lines = {
        code: {**line._asdict(), **_BLANK_LINE, **row.contraindications.get(code, {})}
        for code, line in CONTRAINDICATIONS.items()
    }
    return Readiness.of(
        row,
        items=items,
        contraindications=lines,
        checklist_version=CHECKLIST_VERSION,
        updated_by_id=row.updated_by_id if row.version else None,
    )
