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
        _column(clinic_id, "last_dose_at", "given_at"),
        *(_column(clinic_id, name, "given_at", route) for name, route in lasts.items()),
        _column(clinic_id, "last_iv_at", "given_at", infusion),
        _column(clinic_id, "last_iv_minutes", "infusion_minutes", infusion),
        _column(clinic_id, "longest_iv_at", "given_at", infusion, is_longest=True),
        _column(clinic_id, "longest_iv_minutes", "infusion_minutes", infusion, is_longest=True),
    )


def _column(
    clinic_id: sa.ColumnElement[Any],
    name: str,
    column: str,
    route: DoseRoute | None = None,
    *,
    is_longest: bool = False,
) -> sa.Label[Any]:
    """Return a column of the last dose that stands, of all routes that have the clock of this one."""
    doses = table_of(DoseTable).alias(f"of_{name}")
    of_clock = [one for one in DoseRoute if route is not None and CLOCKS[one] == CLOCKS[route]]
    found = sa.select(doses.c[column]).where(
        doses.c.clinic_id == clinic_id,
        doses.c.patient_id == _sessions.c.patient_id,
        doses.c.session_id == _sessions.c.id,
        doses.c.withdrawn_at.is_(None),
    )
    if of_clock:
        found = found.where(sa.or_(*(doses.c.route == one for one in of_clock)))
    if is_longest:
        found = found.where(doses.c.infusion_minutes.is_not(None)).order_by(doses.c.infusion_minutes.desc())
    found = found.order_by(doses.c.given_at.desc(), doses.c.id.desc()).limit(1)
    return found.correlate(_sessions).scalar_subquery().label(name)
