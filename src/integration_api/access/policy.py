"""The policy: the grant of an operation's record to an actor; without one it is refused. See `docs/actions.md`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from integration_api.access.actor import Actor, Role
from integration_api.access.operations import Operation, Relation
from integration_api.ledger.events import Purpose

PURPOSES: Mapping[Role, Purpose] = {
    Role.CLINIC_ADMIN: Purpose.OPERATIONS,
    Role.THERAPIST: Purpose.TREATMENT,
    Role.PRESCRIBER: Purpose.TREATMENT,
    Role.SUPERVISOR: Purpose.SUPERVISION,
    Role.AUDITOR: Purpose.OVERSIGHT,
    Role.PRIVACY_OFFICER: Purpose.OVERSIGHT,
    Role.PATIENT: Purpose.OWN,
    Role.SERVICE: Purpose.OPERATIONS,
    Role.OUTSIDE_THERAPIST: Purpose.TREATMENT,
}
"""The purpose for which each role reads and acts."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A permission for one operation: the scopes of `visible`, and the role that has it.

    If several of the actor's roles have it, `role` is the first in the order of `Role`.
    """

    role: Role
    purpose: Purpose
    is_clinic: bool
    is_team: bool
    is_own: bool


@lru_cache(maxsize=4096)
def grant(operation: Operation, roles: tuple[Role, ...]) -> Grant | None:
    """Return the widest grant of these roles for the operation, or None if there is none."""
    row = operation.who
    held = [(role, row[role]) for role in roles if role in row]
    if not held:
        return None
    relations = {relation for _, relation in held}
    return Grant(
        role=held[0][0],
        purpose=PURPOSES[held[0][0]],
        is_clinic=Relation.CLINIC in relations,
        is_team=bool(relations & {Relation.TEAM, Relation.AUTHOR}),
        is_own=Relation.OWN in relations,
    )


_BY_FHIR = Grant(Role.SERVICE, PURPOSES[Role.SERVICE], is_clinic=True, is_team=False, is_own=False)


def granted(operation: Operation, actor: Actor, through: str | None = None) -> Grant | None:
    """Return what the policy gives an actor; to a service account only what is in its scopes too.

    `through` is the scope of the type of FHIR as which the things are read. A token of FHIR reads them no other way.
    """
    if not actor.is_service:
        return grant(operation, actor.roles)
    if not actor.is_by_fhir:
        return grant(operation, actor.roles) if operation.action in actor.scopes else None
    is_read = through is not None and through in actor.scopes and through in operation.programs_read
    return _BY_FHIR if operation.is_of_fhir or is_read else None
