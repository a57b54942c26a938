"""Statements of the links between accounts and people of the external issuer."""

import sqlalchemy as sa

from integration_api.access.tables import ExternalIdentityRow, ExternalIdentityTable
from integration_api.access.visible import actor_is_current, in_clinic, insert_for_clinic
from integration_api.storage.statements import Change, Read, Scope, param
from integration_api.storage.tables import table_of

_identities = table_of(ExternalIdentityTable)
_is_it = sa.and_(in_clinic(_identities), actor_is_current(), _identities.c.id == param("id", _identities.c.id))

READ_IDENTITY = Read("read_external_identity", sa.select(_identities).where(_is_it), ExternalIdentityRow, Scope.CLINIC)

INSERT_IDENTITY = Change("insert_external_identity", insert_for_clinic(ExternalIdentityTable), Scope.CLINIC)

MOVE_IDENTITY = Change(
    "move_external_identity",
    sa.update(_identities)
    .where(_is_it)
    .values(
        {name: param(name, _identities.c[name]) for name in ("subject_index", "linked_at", "linked_by_id", "binding")}
    ),
    Scope.CLINIC,
)

REMOVE_IDENTITY = Change("remove_external_identity", sa.delete(_identities).where(_is_it), Scope.CLINIC)
