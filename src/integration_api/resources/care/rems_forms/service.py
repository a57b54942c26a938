"""Filling the REMS form of an esketamine session, and recording that the clinic sent it."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from integration_api.access.revisions import check_version
from integration_api.access.work import Work
from integration_api.resources.care.discharges.service import left_at
from integration_api.resources.care.doses.form_tasks import settle_form
from integration_api.resources.care.doses.rules import REMS_FORM_WITHIN
from integration_api.resources.care.readiness.evaluation import load_dosing_session
from integration_api.resources.care.rems_forms import statements as sql
from integration_api.resources.care.rems_forms.rules import (
    FORM_VERSION,
    LABEL_VERSION,
    Concomitant,
    Filled,
    Pressure,
    changed_since,
    filled_from,
    missing,
    state_of,
)
from integration_api.resources.care.rems_forms.schemas import RemsAnswers, RemsForm, RemsPressure, RemsSubmit
from integration_api.resources.care.rems_forms.tables import RemsFormRow
from integration_api.resources.care.sessions.tables import SessionRow
from integration_api.web.errors import Conflict, Member, StaleVersion
from integration_api.web.instants import check_not_in_future

_BLANK = dict.fromkeys(RemsAnswers.model_fields)
_FILLED = TypeAdapter(Filled)


class NoRemsForm(Conflict):
    """No dose of esketamine stands in the session, so REMS asks for no form."""

    code = "no-rems-form"
    title = "No REMS form"
    remedy = "Show the form for sessions with a dose of `intranasal_esketamine` alone."


class RemsFormIncomplete(Conflict):
    """The form lacks something; `missing` names each field."""

    code = "rems-form-incomplete"
    title = "REMS form incomplete"
    remedy = "Ask for each field in `missing`, or record the dose, vitals or discharge it comes from, then submit."
    members = {"missing": Member(list[str], "The fields that are missing.", ["minutes_observed"])}


async def read_rems_form(work: Work, session_id: UUID) -> RemsForm:
    """Return the form of a session, as the record fills it now. Raises NotFound, NotDosing, NoRemsForm."""
    row, filled = await _load(work, session_id)
    work.record(row.id, row.patient_id)
    return _present(row, filled)


async def update_rems_form(work: Work, session_id: UUID, body: RemsAnswers, expected_version: int) -> RemsForm:
    """Give the answers that the record does not. Raises NotFound, NotDosing, NoRemsForm, StaleVersion."""
    row, filled = await _load(work, session_id)
    check_version(row, expected_version)
    changed = _write(work, row, {"answers": body.model_dump(mode="json")})
    work.record(row.id, row.patient_id)
    return _present(changed, filled)


async def submit_rems_form(work: Work, session_id: UUID, body: RemsSubmit, expected_version: int) -> RemsForm:
    """Record that the clinic sent the form, with what it says now; again, that REMS confirmed it.

    Without a confirmation, a form that has changed was sent anew. Raises NotFound, NotDosing, NoRemsForm,
    RemsFormIncomplete, StaleVersion, Invalid.
    """
    row, filled = await _load(work, session_id)
    check_version(row, expected_version)
    check_not_in_future("body.submitted_at", body.submitted_at, work.now)
    if lacking := missing(filled, _answers(row)):
        raise RemsFormIncomplete(extra={"missing": lacking})
    given: dict[str, Any] = {"confirmation": body.confirmation or row.confirmation}
    if row.submitted_at is None or (body.confirmation is None and _changed(row, filled)):
        given |= {
            "submitted_at": body.submitted_at or work.now,
            "submitted_by_id": work.actor.id,
            "sent": [_FILLED.dump_python(filled, mode="json"), row.answers],
            "confirmation": body.confirmation,
        }
    changed = _write(work, row, given)
    settle_form(work, row.patient_id, row.id)
    work.record(row.id, row.patient_id)
    return _present(changed, filled)


async def _load(work: Work, session_id: UUID) -> tuple[RemsFormRow, Filled]:
    """Return the form of a session, blank if nobody answered yet, and what the record fills in."""
    session = await load_dosing_session(work, session_id)
    asked = {"patient_id": session.patient_id, "session_id": session.id}
    doses = await work.all(sql.ESKETAMINE_OF_SESSION, **asked)
    if not doses:
        raise NoRemsForm
    pressures = await work.all(sql.PRESSURES_OF_SESSION, **asked)
    events = await work.all(sql.EVENTS_OF_SESSION, **asked)
    filled = filled_from(
        doses,
        [Pressure(one.taken_at, one.value, one.diastolic) for one in pressures],
        await left_at(work, session.id),
        has_serious_event=any(one.serious_because for one in events),
    )
    return await work.one(sql.READ_REMS_FORM, id=session.id) or _blank(session), filled


def _answers(row: RemsFormRow) -> dict[str, Any]:
    return {**_BLANK, **row.answers}


def _changed(row: RemsFormRow, filled: Filled) -> list[str]:
    """Return the names of the fields that differ from what was sent; of none before that."""
    if row.sent is None:
        return []
    facts, answers = row.sent
    return changed_since((_FILLED.validate_python(facts), answers), filled, _answers(row))


def _blank(session: SessionRow) -> RemsFormRow:
    """Return the form that nobody answered yet, of version 0; it is not stored."""
    return RemsFormRow(
        clinic_id=session.clinic_id,
        id=session.id,
        created_at=session.created_at,
        updated_at=session.created_at,
        version=0,
        patient_id=session.patient_id,
        answers={},
        updated_by_id=session.created_by_id,
    )


def _write(work: Work, row: RemsFormRow, values: dict[str, Any]) -> RemsFormRow:
    given = {**values, "updated_by_id": work.actor.id}
    if row.version:
        return work.revise(sql.UPDATE_REMS_FORM, row, given)
    made = row.model_copy(update={**given, "version": 1, "created_at": work.now, "updated_at": work.now})
    work.create(sql.INSERT_REMS_FORM, made, {"pk_rems_forms": StaleVersion})
    return made


def _present(row: RemsFormRow, filled: Filled) -> RemsForm:
    answers = _answers(row)
    lacking = missing(filled, answers)
    if answers["concomitant"] is not None:
        answers["concomitant"] = [Concomitant(word) for word in answers["concomitant"]]
    return RemsForm.of(
        row,
        **answers,
        **{name: _shown(value) for name, value in filled._asdict().items()},
        state=state_of(row.submitted_at, row.confirmation, lacking),
        changed_since_sent=_changed(row, filled),
        missing=lacking,
        due_at=filled.first_dose_at + REMS_FORM_WITHIN,
        form_version=FORM_VERSION,
        label_version=LABEL_VERSION,
    )


def _shown(value: object) -> object:
    return RemsPressure(**value._asdict()) if isinstance(value, Pressure) else value
