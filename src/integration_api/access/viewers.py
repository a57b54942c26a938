"""Viewers: the accounts that may see a thing now, and the thing as one of them is shown it.

Both are asked by the expressions that every list and every read of the thing is built of. Here the parameters of the
actor in them become an account: a row of `accounts` in `viewers_of`, or the parameters of `ViewedBy` in `viewed`. So no
rule about who sees what is written a second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.sql import operators, visitors
from sqlmodel import SQLModel

from integration_api.access.actor import Actor, Role
from integration_api.access.operations import Operation, Relation
from integration_api.access.tables import AccountState, AccountTable, CareTeamBasis, CareTeamTable
from integration_api.access.visible import actor_is_current, in_clinic, is_granted_now, visible
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Read, Scope, any_for_row, param
from integration_api.storage.tables import table_of

MAX_VIEWERS = 200
"""The viewers that one answer names: the patient, who asks, and others in the order of their accounts."""
_MEMBERSHIPS = 2
"""The current memberships that an account may have of one care team: of the team, and by an emergency."""

Query = sa.Select[Any]
Element = TypeVar("Element", bound=sa.ColumnElement[Any] | sa.Select[Any])
Row = TypeVar("Row", bound=BaseModel)
_account = table_of(AccountTable).alias("viewer")
_team = table_of(CareTeamTable).alias("viewer_membership")


class SeenBy(StrEnum):
    """The rule by which somebody who may see a chart sees one thing in it."""

    CHART = "chart"
    """Everybody sees it who sees the chart."""
    AUTHOR = "author"
    SHARED = "shared"
    """It is shared with the other side."""
    FINISHED = "finished"
    """It is no draft any more, so the care team reads it."""
    COSIGNER = "cosigner"
    """It waits for a co-signature, and they supervise on the care team."""
    SUPERVISOR = "supervisor"
    """The account of its author names them as supervisor."""
    RESPONSIBLE = "responsible"
    """They answer for it: as its signer, or as the successor of an author who is gone."""
    LEFT = "left"
    """Its author is gone, and they supervise on the care team."""


Rules = Mapping[SeenBy, sa.ColumnElement[bool]]
"""The rules of a kind of thing; who matches one of them, and may see the chart, sees the thing."""


class Seer(Protocol):
    """Somebody for whom a thing is presented, and the time at which it is."""

    @property
    def actor(self) -> Actor:
        """Return the account that is shown the thing."""

    @property
    def now(self) -> datetime:
        """Return the time."""


@dataclass(frozen=True, slots=True)
class Onlooker:
    """A viewer to present a thing for, who has not asked for it."""

    actor: Actor
    now: datetime


@dataclass(frozen=True)
class ViewedBy:
    """The parameters of a Statement that reads a thing as one viewer is shown it."""

    viewer_id: UUID
    viewer_patient_id: UUID | None
    viewer_is_supervisor: bool
    viewer_is_of_team: bool


class ViewerRow(BaseModel):
    """One viewer of a thing; one of the care team comes once for each current membership."""

    patient_id: UUID
    account_id: UUID
    name: str | None
    roles: list[str]
    own_chart_id: UUID | None
    is_member: bool
    ends_at: datetime | None
    rules: int
    """One bit for each rule of the kind that holds, the first in the lowest. One of them does."""


def asked_for(
    asked: Element,
    viewer: Mapping[str, sa.ColumnElement[Any]],
    is_current: sa.ColumnElement[bool],
    *,
    is_each: bool = False,
) -> Element:
    """Return an expression with these in the place of the actor's parameters, and of `actor_is_current`.

    If it `is_each`, the viewer is a column. PostgreSQL could then hash an EXISTS and read a whole clinic, so each
    becomes `any_for_row`.
    """
    current = actor_is_current()

    def replaced(element: Any, **_: Any) -> Any:  # noqa: ANN401  elements of SQLAlchemy
        if element is current:
            return is_current
        if isinstance(element, sa.BindParameter) and element.key in viewer:
            return viewer[element.key].self_group(against=operators.and_)
        if is_each and isinstance(element, sa.Exists):
            found = asked_for(element.element.element, viewer, is_current, is_each=True)
            return any_for_row(found).self_group(against=operators.and_)
        return None

    whole = cast(visitors.ExternallyTraversible, asked)
    return cast(Element, visitors.replacement_traverse(whole, {}, replaced))


def holds_role(roles: sa.ColumnElement[Any], *wanted: Role) -> sa.ColumnElement[bool]:
    """Match the roles of an account that holds one of these: its text is another one without them."""
    text = sa.type_coerce(roles, sa.String())
    return sa.or_(*(sa.func.replace(text, f'"{role.value}"', "") != text for role in wanted))


def is_of_staff(accounts: sa.FromClause) -> sa.ColumnElement[bool]:
    """Match an account of the clinic's own staff: no patient, no program, and no therapist of another clinic."""
    return sa.and_(
        accounts.c.patient_id.is_(None),
        accounts.c.scopes.is_(None),
        sa.not_(holds_role(accounts.c.roles, Role.OUTSIDE_THERAPIST)),
    )


def _team_roles(read: Operation) -> tuple[Role, ...]:
    """Return the roles that read such a thing by their care team. Raises TypeError for a role that reads otherwise."""
    found = tuple(role for role, relation in read.who.items() if relation in (Relation.TEAM, Relation.AUTHOR))
    if {*read.who} != {*found, Role.PATIENT}:
        msg = f"{read} is granted by more than own chart and care team"
        raise TypeError(msg)
    return found


def _number(value: int) -> sa.ColumnElement[int]:
    return sa.literal(value, sa.Integer())


def viewers_of(name: str, model: type[SQLModel], rules: Rules, read: Operation) -> Read[ViewerRow]:
    """Return the Statement of who may see a thing (`id`) now; it has rows only for an actor who may see it too.

    Its rows are the first MAX_VIEWERS accounts, or more: the patient, the actor, then others by their ids.
    `read` is the operation that reads such a thing: its roles are those of the viewers.
    """
    thing = table_of(model)
    is_active = _account.c.state == AccountState.ACTIVE
    viewer = {
        "actor_id": _account.c.id,
        "actor_is_supervisor": holds_role(_account.c.roles, Role.SUPERVISOR),
        "scope_clinic": sa.false(),
        "scope_team": holds_role(_account.c.roles, *_team_roles(read)),
        "scope_patient_id": _account.c.patient_id,
    }
    held = [asked_for(rule, viewer, is_active, is_each=True) for rule in rules.values()]
    bits: list[sa.ColumnElement[int]] = [
        sa.case((rule, _number(1 << place)), else_=_number(0)) for place, rule in enumerate(held)
    ]
    is_other = sa.case((_account.c.id == sa.bindparam("actor_id", type_=sa.Uuid()), _number(0)), else_=_number(1))
    viewer_may_see = asked_for(visible(thing.c.patient_id), viewer, is_active, is_each=True)
    to_account = _account.c.clinic_id == thing.c.clinic_id

    def arm(
        rank: sa.ColumnElement[int],
        is_member: sa.ColumnElement[bool],
        ends_at: sa.ColumnElement[Any],
        *joined: tuple[Any, Any],
    ) -> Query:
        found = sa.select(
            thing.c.patient_id,
            _account.c.clinic_id.label("account_clinic_id"),
            _account.c.id.label("account_id"),
            _account.c.version.label("account_version"),
            _account.c.name,
            _account.c.roles,
            _account.c.patient_id.label("own_chart_id"),
            is_member.label("is_member"),
            ends_at.label("ends_at"),
            sum(bits[1:], bits[0]).label("rules"),
            rank.label("rank"),
            VAULT_KEYS.c.wrapped_key.label(WRAPPED_KEY),
        ).select_from(thing)
        to_key = sa.and_(VAULT_KEYS.c.clinic_id == _account.c.clinic_id, VAULT_KEYS.c.id == _account.c.clinic_id)
        for table, condition in (*joined, (VAULT_KEYS, to_key)):
            found = found.join(table, condition)
        return found.where(
            in_clinic(thing),
            in_clinic(_account),
            thing.c.id == param("id", thing.c.id),
            visible(thing.c.patient_id),
            sa.or_(*rules.values()),
            viewer_may_see,
            sa.or_(*held),
        )

    to_team = sa.and_(_team.c.clinic_id == thing.c.clinic_id, _team.c.patient_id == thing.c.patient_id)
    own = arm(
        _number(-1),
        sa.false(),
        sa.cast(sa.null(), _team.c.ends_at.type),
        (_account, sa.and_(to_account, _account.c.patient_id == thing.c.patient_id)),
    )
    members = arm(
        is_other,
        _team.c.basis == CareTeamBasis.TEAM,
        _team.c.ends_at,
        (_team, to_team),
        (_account, sa.and_(to_account, _account.c.id == _team.c.account_id)),
    ).where(in_clinic(_team), is_granted_now(_team))
    found = sa.union_all(own, members).order_by("rank", "account_id").limit(MAX_VIEWERS * _MEMBERSHIPS)
    return Read(name, found, ViewerRow, Scope.OWNER)


def viewed(name: str, model: type[SQLModel], read: Read[Row]) -> Read[Row]:
    """Return the Statement of what a viewer is shown by `read`, if the actor may see the chart too."""
    if not isinstance(read.query, sa.Select):
        msg = f"{read.name} is no SELECT"
        raise TypeError(msg)
    viewer: dict[str, sa.ColumnElement[Any]] = {
        "actor_id": sa.bindparam("viewer_id", type_=sa.Uuid()),
        "actor_is_supervisor": sa.bindparam("viewer_is_supervisor", type_=sa.Boolean()),
        "scope_clinic": sa.false(),
        "scope_team": sa.bindparam("viewer_is_of_team", type_=sa.Boolean()),
        "scope_patient_id": sa.bindparam("viewer_patient_id", type_=sa.Uuid()),
    }
    query = asked_for(read.query, viewer, actor_is_current())
    return Read(name, query.where(visible(table_of(model).c.patient_id)), read.into, Scope.OWNER)


def viewed_by(viewer: ViewerRow, read: Operation) -> ViewedBy:
    """Return the parameters of `viewed` for one viewer, by the policy of the operation that reads the thing."""
    roles = frozenset(map(Role, viewer.roles))
    return ViewedBy(
        viewer_id=viewer.account_id,
        viewer_patient_id=viewer.own_chart_id,
        viewer_is_supervisor=Role.SUPERVISOR in roles,
        viewer_is_of_team=not roles.isdisjoint(_team_roles(read)),
    )


def onlooker(viewer: ViewerRow, asker: Seer) -> Onlooker:
    """Return a viewer for whom a thing is presented at the time of the asker."""
    asking = asker.actor
    roles = tuple(map(Role, viewer.roles))
    actor = Actor(
        asking.clinic_id, viewer.account_id, asking.sign_in_id, asking.epoch, roles, viewer.own_chart_id, asker.now
    )
    return Onlooker(actor, asker.now)
