"""Correcting a session that is over: the facts change with a reason, and the version before stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integration_api.access.work import Work
from integration_api.resources.care.sessions.rules import MissingItem, missing_items
from integration_api.resources.care.sessions.tables import SessionRow, SessionState
from integration_api.web.errors import Conflict, Invalid, Member
from integration_api.web.instants import check_not_in_future

_ONLY_IN_CORRECTIONS = ("state", "started_at", "ended_at", "end_reason", "correction_reason")


class SessionClosed(Conflict):
    """The session is over, or will not take place; it changes only as a correction, with `correction_reason`."""

    code = "session-closed"
    title = "Session closed"
    remedy = "If what is recorded is wrong, ask why and send `correction_reason` too. What is to be added is a note."


class NotComplete(Conflict):
    """The session lacks what completing it needs; `blocking` names each missing item."""

    code = "not-complete"
    title = "Something is missing"
    remedy = (
        "Ask for each item in `blocking`, change the session, then complete it. For `discharge`, show the `blocking` "
        "of the discharge itself."
    )
    members = {
        "blocking": Member(
            list[MissingItem],
            "`staff_person`: `people` names nobody who is there for the clinic (therapist, prescriber, supervisor or "
            "monitor). `intention`: a dosing session needs its `intention`. `dosing_record`: it needs a dose, or a "
            "`no_dose_reason`. `discharge`: after a dose, it needs a discharge that lacks nothing or was overridden.",
            [MissingItem.STAFF_PERSON],
        )
    }


def check_complete(row: SessionRow) -> None:
    """Raise NotComplete if the session lacks what completing it needs."""
    has_dosing_record = bool(row.doses_recorded) or row.no_dose_reason is not None
    needs_discharge = bool(row.doses_recorded) and row.discharge_settled_at is None
    present = [person["role"] for person in row.people]
    if blocking := missing_items(
        row.phase,
        present,
        row.intention,
        has_dosing_record=has_dosing_record,
        needs_discharge=needs_discharge,
    ):
        raise NotComplete(extra={"blocking": blocking})


def check_is_no_correction(given: Mapping[str, object]) -> None:
    """Raise Invalid for fields that only a correction changes: until a session is over, its steps set them."""
    errors: list[Any] = [
        {"field": f"body.{name}", "code": "only_in_correction", "message": "changes only once the session is over"}
        for name in _ONLY_IN_CORRECTIONS
        if name in given
    ]
    if errors:
        raise Invalid(errors=errors)


def of_correction(work: Work, row: SessionRow, given: Mapping[str, Any]) -> dict[str, object]:
    """Return what a correction changes. A new state takes along what the old one says of times and reasons.

    Raises SessionClosed, Invalid, NotComplete.
    """
    if "correction_reason" not in given:
        raise SessionClosed
    values: dict[str, object] = {**given, "corrected_at": work.now, "corrected_by_id": work.actor.id}
    state = SessionState(given.get("state", row.state))
    if state is not row.state:
        values = {"end_reason": None, **values, "state": state}
    if state is SessionState.NO_SHOW:
        values = {"started_at": None, "ended_at": None, **values}
    for name in ("started_at", "ended_at"):
        check_not_in_future(f"body.{name}", given.get(name), work.now)
    corrected = row.model_copy(update=values)
    _check_times(state, corrected.started_at, corrected.ended_at)
    if corrected.started_at is None and row.doses_recorded:
        message = "doses are recorded; withdraw them first"
        raise Invalid(errors=[{"field": "body.started_at", "code": "has_doses", "message": message}])
    if state is SessionState.COMPLETED:
        check_complete(corrected)
    return values


def _check_times(state: SessionState, started_at: datetime | None, ended_at: datetime | None) -> None:
    """Raise Invalid if the actual times do not go with the state."""
    field, code, message = "body.ended_at", "before_start", "must not be before started_at"
    if state is SessionState.COMPLETED and (started_at is None or ended_at is None):
        field = "body.started_at" if started_at is None else "body.ended_at"
        code, message = "missing", "a completed session began and ended"
    elif (state is SessionState.NO_SHOW and (started_at or ended_at)) or (ended_at is not None and started_at is None):
        code, message = "not_started", "a session that did not begin has no times"
    elif started_at is None or ended_at is None or ended_at >= started_at:
        return
    raise Invalid(errors=[{"field": field, "code": code, "message": message}])
