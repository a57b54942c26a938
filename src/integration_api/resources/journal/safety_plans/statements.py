"""Statements of safety plans. No state of the chart hides one: whoever may see the chart reads every version."""

import sqlalchemy as sa

from integration_api.access.audience import declare, of_chart
from integration_api.access.chart_lists import ChartList, rows_by_ids
from integration_api.access.tables import ClinicTable
from integration_api.access.visible import (
    chart_rows,
    in_clinic,
    insert_for_chart,
    list_by_chart,
    list_by_team,
    optional,
    update_in_chart,
)
from integration_api.resources.people.patients.tables import SafetyPlanRow, SafetyPlanState, SafetyPlanTable
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import between

MAX_CURRENT = 3
"""The version in force, the draft, and the newest one if it is neither."""
_plans, _clinics = table_of(SafetyPlanTable), table_of(ClinicTable)
_of_patient = _plans.c.patient_id == param("patient_id", _plans.c.patient_id)
_is_current = _plans.c.state < SafetyPlanState.REPLACED
"""A draft, or in force: the word of a replaced version comes after theirs, so an index enters at the current ones."""
_in_force = (_of_patient, _plans.c.state == SafetyPlanState.IN_FORCE)
_filters = (optional(_plans.c.state), between(_plans.c.created_at, "created_after", "created_before"))

READ_SAFETY_PLAN = Read(
    "read_safety_plan",
    chart_rows(SafetyPlanTable).where(_plans.c.id == param("id", _plans.c.id)),
    SafetyPlanRow,
    Scope.OWNER,
)
CURRENT_SAFETY_PLANS = Read(
    "current_safety_plans",
    chart_rows(SafetyPlanTable).where(_of_patient, _is_current).limit(MAX_CURRENT),
    SafetyPlanRow,
    Scope.OWNER,
)
"""The draft, if there is one, and the version in force, in no order. The newest version is always among them."""
SAFETY_PLAN_IN_FORCE = Read(
    "safety_plan_in_force",
    chart_rows(SafetyPlanTable).where(*_in_force),
    SafetyPlanRow,
    Scope.OWNER,
)
_country = sa.select(_clinics.c.country).where(in_clinic(_clinics), _clinics.c.id == _plans.c.clinic_id)


class SafetyPlanWithCountry(SafetyPlanRow):
    """A version, and the country of its clinic."""

    country: str


MY_SAFETY_PLAN = Read(
    "my_safety_plan",
    chart_rows(SafetyPlanTable, _country.scalar_subquery().label("country")).where(*_in_force),
    SafetyPlanWithCountry,
    Scope.OWNER,
)
TWO_SAFETY_PLANS = Read(
    "two_safety_plans",
    chart_rows(SafetyPlanTable)
    .where(
        _of_patient,
        sa.or_(
            _plans.c.number == param("from_number", _plans.c.number),
            _plans.c.number == param("to_number", _plans.c.number),
        ),
    )
    .limit(2),
    SafetyPlanRow,
    Scope.OWNER,
)
LIST_SAFETY_PLANS = Read(
    "list_safety_plans", list_by_chart(SafetyPlanTable, "created_at", *_filters), SafetyPlanRow, Scope.OWNER
)
LIST_TEAM_SAFETY_PLANS = Read(
    "list_team_safety_plans", list_by_team(SafetyPlanTable, "created_at", *_filters), SafetyPlanRow, Scope.OWNER
)
SAFETY_PLANS_BY_IDS = Read("safety_plans_by_ids", rows_by_ids(SafetyPlanTable), SafetyPlanRow, Scope.OWNER)
SAFETY_PLANS = ChartList(
    LIST_SAFETY_PLANS, LIST_TEAM_SAFETY_PLANS, SAFETY_PLANS_BY_IDS, at="created_at", bound="created_before"
)
INSERT_SAFETY_PLAN = Change("insert_safety_plan", insert_for_chart(SafetyPlanTable), Scope.OWNER)
REPLACE_SAFETY_PLAN = Change(
    "replace_safety_plan",
    update_in_chart(SafetyPlanTable, ("state",), _plans.c.state != SafetyPlanState.REPLACED),
    Scope.OWNER,
)
CONFIRM_SAFETY_PLAN = Change(
    "confirm_safety_plan",
    update_in_chart(
        SafetyPlanTable,
        ("state", "confirmed_at", "confirmed_by_id"),
        _plans.c.state == SafetyPlanState.DRAFT,
        _plans.c.patient_id == sa.bindparam("scope_patient_id", type_=sa.Uuid()),
    ),
    Scope.OWNER,
)
REVIEW_SAFETY_PLAN = Change(
    "review_safety_plan",
    update_in_chart(SafetyPlanTable, ("review_on",), _plans.c.state == SafetyPlanState.IN_FORCE),
    Scope.OWNER,
)

declare(SafetyPlanTable, of_chart("safety_plan"))
