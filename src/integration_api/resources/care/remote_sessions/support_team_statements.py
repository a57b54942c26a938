"""Statements of those for whom a support person's device opens a task: the care team, or whom it falls to."""

import sqlalchemy as sa

from integration_api.access.tables import AccountState, AccountTable, CareTeamBasis, CareTeamTable, ClinicTable
from integration_api.access.visible import is_granted_now
from integration_api.resources.attention.worklist.statements import Substitute, TeamMember
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of
from integration_api.web.paging import PAGE_ROWS, after

_team, _accounts, _clinics = table_of(CareTeamTable), table_of(AccountTable), table_of(ClinicTable)
_PERSON = "a support person, who has no account: "
_clinic_id, _patient_id = param("clinic_id", _team.c.clinic_id), param("patient_id", _team.c.patient_id)

TEAM_OF_TOKEN = Read(
    "read_team_of_token",
    sa.select(_team.c.account_id, _team.c.role, sa.true().label("reads_prose"))
    .join(_accounts, sa.and_(_accounts.c.clinic_id == _team.c.clinic_id, _accounts.c.id == _team.c.account_id))
    .where(
        _team.c.clinic_id == _clinic_id,
        _team.c.patient_id == _patient_id,
        is_granted_now(_team),
        _team.c.basis == CareTeamBasis.TEAM,
        _accounts.c.state == AccountState.ACTIVE,
    ),
    TeamMember,
    Scope.SYSTEM,
    _PERSON + "the care team, for whom an alarming check opens a task; none of it is told",
)

SUBSTITUTES_OF_TOKEN = Read(
    "substitutes_of_token",
    sa.select(_accounts.c.id.label("account_id"), _accounts.c.roles, _clinics.c.owner_id)
    .join(_clinics, _clinics.c.clinic_id == _accounts.c.clinic_id)
    .where(
        _accounts.c.clinic_id == _clinic_id,
        _accounts.c.state == AccountState.ACTIVE,
        _accounts.c.patient_id.is_(None),
        _accounts.c.scopes.is_(None),
        after(_accounts.c.created_at, _accounts.c.id),
    )
    .order_by(_accounts.c.created_at, _accounts.c.id)
    .limit(PAGE_ROWS),
    Substitute,
    Scope.SYSTEM,
    _PERSON + "whoever an alarm falls to if nobody is on the care team; none of it is told",
)
