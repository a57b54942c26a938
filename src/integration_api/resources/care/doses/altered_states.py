"""The altered-state window: what a patient is not asked to decide after a dose, and until when.

It is open from each dose that stands until the end of that dose's own clock. Writing and asking for help never wait
for it. Source: clinical.md section 1.2 and product.md, POLICY.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.visible import in_clinic, visible
from integration_api.access.work import Work
from integration_api.resources.care.doses.rules import Given
from integration_api.resources.care.doses.tables import DoseTable
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.errors import Conflict, Member
from integration_api.web.instants import instant

MIN_AFTER_INFUSION = timedelta(minutes=120)
"""The window of an infusion ends no earlier than this after its end. Source: clinical.md section 1.2, POLICY."""
_POLICY = "altered_state_minutes_"

_doses = table_of(DoseTable).alias("altering")
_CLINIC_ID = sa.bindparam("actor_clinic_id", type_=sa.Uuid())
_NOW = sa.bindparam("now", type_=_doses.c.given_at.type)


class AlteredStateHold(Conflict):
    """So soon after a dose this waits until `ends_at`. Writing and asking for help do not."""

    code = "altered-state-hold"
    title = "Waits until the effect of the dose is over"
    remedy = (
        "Keep what was written; hand it in without `share`. Show `ends_at` in the patient's time zone, and offer the "
        "step again from then on. Do not repeat it by yourself: it is for the patient to decide then."
    )
    members = {"ends_at": Member(datetime, "When it can be done (UTC).", "2026-11-20T18:20:00Z")}


def altered_until(policies: Mapping[str, int], dose: Given) -> datetime:
    """Return when the window of a dose ends, by the clinic's policies, given with their defaults."""
    window = timedelta(minutes=policies[_POLICY + dose.route])
    if window and dose.infusion_minutes is not None:
        window = max(window, timedelta(minutes=dose.infusion_minutes) + MIN_AFTER_INFUSION)
    return dose.given_at + window


class HeldRow(BaseModel):
    """The end of the window that is open now."""

    altered_until: datetime


def _standing(patient_id: sa.ColumnElement[Any], at: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[bool], ...]:
    """Match the doses of a chart that were given by this time and stand."""
    return (
        _doses.c.clinic_id == _CLINIC_ID,
        _doses.c.patient_id == patient_id,
        _doses.c.withdrawn_at.is_(None),
        _doses.c.given_at <= at,
    )


def last_dose_at(table: sa.Table, at: sa.ColumnElement[Any]) -> sa.ScalarSelect[Any]:
    """Return when the last dose before `at` was given, in a Statement of this table of a chart."""
    return (
        sa.select(_doses.c.given_at)
        .where(*_standing(table.c.patient_id, at))
        .order_by(_doses.c.given_at.desc(), _doses.c.id.desc())
        .limit(1)
        .correlate(table)
        .scalar_subquery()
    )


def is_altered(table: sa.Table, at: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Return whether `at` lies in the window of a dose, in a Statement of this table of a chart."""
    return (
        sa.select(sa.literal_column("1"))
        .where(*_standing(table.c.patient_id, at), _doses.c.altered_until > at)
        .correlate(table)
        .exists()
    )


def held_until(table: sa.Table) -> sa.ScalarSelect[Any]:
    """Return when the window that is open now ends, in a Statement of this table of a chart; null if none is."""
    return (
        sa.select(sa.func.max(_doses.c.altered_until))
        .where(*_standing(table.c.patient_id, _NOW), _doses.c.altered_until > _NOW)
        .correlate(table)
        .scalar_subquery()
    )


READ_ALTERED_STATE = Read(
    "read_altered_state",
    sa.select(_doses.c.altered_until)
    .where(
        in_clinic(_doses),
        visible(_doses.c.patient_id),
        _doses.c.patient_id == param("patient_id", _doses.c.patient_id),
        _doses.c.withdrawn_at.is_(None),
        _doses.c.given_at <= _NOW,
        _doses.c.altered_until > _NOW,
    )
    .order_by(_doses.c.altered_until.desc())
    .limit(1),
    HeldRow,
    Scope.OWNER,
)


async def check_not_held(work: Work, patient_id: UUID) -> None:
    """Raise AlteredStateHold if the actor is the patient, and in the window now."""
    if not work.actor.is_patient:
        return
    held = await work.one(READ_ALTERED_STATE, patient_id=patient_id)
    if held is not None:
        raise hold(held.altered_until)


def hold(until: datetime) -> AlteredStateHold:
    """Return the refusal of what waits until then."""
    return AlteredStateHold(extra={"ends_at": instant(until)})
