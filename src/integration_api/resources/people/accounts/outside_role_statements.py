"""Statements of an account that becomes one of a therapist of another clinic."""

from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel

from integration_api.access.tables import AccountTable, CareTeamTable
from integration_api.access.viewers import is_of_staff
from integration_api.access.visible import actor_is_current, in_clinic, is_granted_now
from integration_api.resources.people.accounts.statements import AT_VERSION
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_accounts, _team = table_of(AccountTable), table_of(CareTeamTable)
_memberships = sa.select(_team.c.account_id.label("id")).where(
    in_clinic(_team), _team.c.account_id == param("id", _team.c.account_id), is_granted_now(_team)
)


class TeamAccount(BaseModel):
    """An account that is on a care team."""

    id: UUID


STANDING_MEMBERSHIP = Read(
    "standing_membership",
    _memberships.where(actor_is_current()).limit(1),
    TeamAccount,
    Scope.CLINIC,
    "whether an account is on any care team now; nothing of a chart is read",
)
_newcomer = _accounts.alias("newcomer")
IS_STAFF = (
    sa.select(sa.literal_column("1"))
    .where(in_clinic(_newcomer), _newcomer.c.id == param("account_id", _newcomer.c.id), is_of_staff(_newcomer))
    .exists()
)
"""Matches if `account_id` is of the clinic's staff still: it may have gone outside meanwhile."""
TURN_OUTSIDE = Change(
    "turn_account_outside",
    AT_VERSION.where(~_memberships.exists()),
    Scope.CLINIC,
    "whether an account is on any care team; nothing of a chart is read",
)
"""As `update_account`; a membership that began meanwhile stops it."""
