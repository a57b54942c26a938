"""The Statements of notices."""

import sqlalchemy as sa

from integration_api.access.notices import NoticeRow, NoticeTable
from integration_api.access.visible import actor_is_current, in_clinic
from integration_api.storage.statements import Read, Scope
from integration_api.storage.tables import table_of
from integration_api.web.paging import newest_first

_notices = table_of(NoticeTable)

_ROLES = ("clinic_admin", "privacy_officer", "prescriber")

LIST_NOTICES = Read(
    "list_notices",
    newest_first(
        sa.select(_notices).where(
            in_clinic(_notices),
            actor_is_current(),
            sa.or_(
                _notices.c.to_account_id == sa.bindparam("actor_id", type_=sa.Uuid()),
                *(
                    sa.and_(_notices.c.to_role == role, sa.bindparam(f"is_{role}", type_=sa.Boolean()))
                    for role in _ROLES
                ),
            ),
        ),
        _notices.c.at,
        _notices.c.id,
    ),
    NoticeRow,
    Scope.CLINIC,
    "a notice is its audience's, whoever sees the chart that it names",
)
"""Notices to the actor, or to a role that the actor holds now."""
