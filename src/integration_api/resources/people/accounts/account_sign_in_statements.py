"""Statements of the sign-ins of a member of staff, for an admin."""

import sqlalchemy as sa

from integration_api.access.tables import SignInTable
from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.resources.people.devices.statements import SignInOnDevice, standing
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_sign_ins = table_of(SignInTable)
_theirs = sa.and_(
    in_clinic(_sign_ins),
    actor_is_current(),
    _sign_ins.c.account_id == param("account_id", _sign_ins.c.account_id),
    _sign_ins.c.revoked_at.is_(None),
)

LIST_ACCOUNT_SIGN_INS = Read("list_account_sign_ins", standing(_theirs), SignInOnDevice, Scope.CLINIC)

END_ACCOUNT_SIGN_IN = Change(
    "end_account_sign_in",
    sa.update(_sign_ins)
    .where(_theirs, _sign_ins.c.id == param("id", _sign_ins.c.id))
    .values(revoked_at=param("now", _sign_ins.c.revoked_at)),
    Scope.CLINIC,
)
