"""Columns about the doses of a session that can end last, for Statements of `sessions`."""

from typing import Any

import sqlalchemy as sa

from integration_api.resources.care.doses.bands import CLOCKS
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.resources.care.orders.limits import DoseRoute
from integration_api.resources.care.sessions.tables import SessionTable
from integration_api.storage.tables import table_of

_sessions = table_of(SessionTable)


def clock_columns(clinic_id: sa.ColumnElement[Any]) -> tuple[sa.Label[Any], ...]:
    """Return the columns of a `ClockedRow`, in a Statement of `sessions`. `clinic_id` is its parameter."""
    lasts = {"last_im_at": DoseRoute.IM, "last_sublingual_at": DoseRoute.SUBLINGUAL, "last_oral_at": DoseRoute.ORAL}
    infusion = DoseRoute.IV_INFUSION
    return (
        _last(clinic_id, "last_dose_at", "given_at"),
        *(_last(clinic_id, name, "given_at", route) for name, route in lasts.items()),
        _last(clinic_id, "last_iv_at", "given_at", infusion),
        _last(clinic_id, "last_iv_minutes", "infusion_minutes", infusion),
        _longest_at(clinic_id).label("longest_iv_at"),
        _longest(clinic_id, "longest_iv_minutes").label("longest_iv_minutes"),
    )


def _of_session(
    doses: sa.FromClause, clinic_id: sa.ColumnElement[Any], route: DoseRoute | None
) -> tuple[sa.ColumnElement[bool], ...]:
    """Match the doses of a session that stand, of all routes that have the clock of this one."""
    stand = (
        doses.c.clinic_id == clinic_id,
        doses.c.patient_id == _sessions.c.patient_id,
        doses.c.session_id == _sessions.c.id,
        doses.c.withdrawn_at.is_(None),
    )
    of_clock = [one for one in DoseRoute if route is not None and CLOCKS[one] == CLOCKS[route]]
    return (*stand, sa.or_(*(doses.c.route == one for one in of_clock))) if of_clock else stand


def _last(clinic_id: sa.ColumnElement[Any], name: str, column: str, route: DoseRoute | None = None) -> sa.Label[Any]:
    """Return a column of the last dose."""
    doses = table_of(DoseTable).alias(f"of_{name}")
    found = sa.select(doses.c[column]).where(*_of_session(doses, clinic_id, route))
    last = found.order_by(doses.c.given_at.desc(), doses.c.id.desc()).limit(1)
    return last.correlate(_sessions).scalar_subquery().label(name)


def _longest(clinic_id: sa.ColumnElement[Any], name: str) -> sa.ScalarSelect[Any]:
    """Return the minutes of the longest infusion."""
    doses = table_of(DoseTable).alias(f"of_{name}")
    found = sa.select(sa.func.max(doses.c.infusion_minutes))
    longest = found.where(*_of_session(doses, clinic_id, DoseRoute.IV_INFUSION))
    return longest.correlate(_sessions).scalar_subquery()


def _longest_at(clinic_id: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return when the last infusion of the longest began."""
    doses = table_of(DoseTable).alias("of_longest_iv_at")
    found = sa.select(sa.func.max(doses.c.given_at)).where(
        *_of_session(doses, clinic_id, DoseRoute.IV_INFUSION),
        doses.c.infusion_minutes == _longest(clinic_id, "longest_iv"),
    )
    return found.correlate(_sessions).scalar_subquery()
