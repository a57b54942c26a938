"""The care team as its patient may know it: by name and credential."""

from datetime import datetime

import sqlalchemy as sa

from integration_api.access.tables import AccountTable, CareTeamTable
from integration_api.access.visible import to_key
from integration_api.resources.attention.worklist.statements import IN_TEAM, READS_PROSE, TeamMember, to_account
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Read, Scope
from integration_api.storage.tables import table_of

_team, _accounts = table_of(CareTeamTable), table_of(AccountTable)


class AnsweringMember(TeamMember):
    """A member of a care team now, as its patient may know them."""

    started_at: datetime
    name: str | None
    credential: str | None
    licence_region: str | None
    is_supervised: bool


ANSWERING_TEAM = Read(
    "answering_team",
    sa.select(
        _team.c.account_id,
        _team.c.role,
        READS_PROSE,
        _team.c.started_at,
        VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
        *(_accounts.c[name].label(f"account_{name}") for name in ("clinic_id", "id", "version")),
        _accounts.c.name,
        _accounts.c.credential,
        _accounts.c.licence_region,
        _accounts.c.supervised_by.is_not(None).label("is_supervised"),
    )
    .join(*to_account)
    .join(*to_key(_accounts))
    .where(*IN_TEAM),
    AnsweringMember,
    Scope.OWNER,
)
