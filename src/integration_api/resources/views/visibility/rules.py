"""Rules of visibility: how viewers are told of, in which order, and in which words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import NamedTuple, TypeVar

from integration_api.access.actor import Role
from integration_api.access.viewers import MAX_VIEWERS, SeenBy, ViewerRow
from integration_api.web.schemas import ReadSchema, Resource

Shown = TypeVar("Shown", bound=ReadSchema)
_OF_VIEWER = frozenset({"allowed_actions"})
"""Fields that say what their reader may do, and nothing about anybody's life."""


class Basis(StrEnum):
    """The basis on which somebody may see the chart."""

    OWN = "own"
    TEAM = "team"
    EMERGENCY = "emergency"


class PreviewRole(StrEnum):
    """A role as whose viewer a thing is previewed."""

    PATIENT = Role.PATIENT.value
    THERAPIST = Role.THERAPIST.value
    PRESCRIBER = Role.PRESCRIBER.value
    SUPERVISOR = Role.SUPERVISOR.value


class Phrase(NamedTuple):
    """A sentence about the reader of the answer, and the same about anybody else."""

    to_you: str
    to_others: str


_OF_BASIS = {
    Basis.OWN: Phrase("It is in your own chart.", "It is in their own chart."),
    Basis.TEAM: Phrase("You are on the care team.", "They are on the care team."),
    Basis.EMERGENCY: Phrase("You opened the chart in an emergency.", "They opened the chart in an emergency."),
}
_OF_RULE = {
    SeenBy.CHART: Phrase("You see everything of this kind in it.", "They see everything of this kind in it."),
    SeenBy.AUTHOR: Phrase("You wrote it.", "They wrote it."),
    SeenBy.SHARED: Phrase("It is shared.", "It is shared."),
    SeenBy.FINISHED: Phrase("It is finished, so you read it.", "It is finished, so they read it."),
    SeenBy.COSIGNER: Phrase("It waits for your co-signature.", "It waits for the co-signature of a supervisor."),
    SeenBy.SUPERVISOR: Phrase("You supervise its author.", "They supervise its author."),
    SeenBy.RESPONSIBLE: Phrase("You answer for it.", "They answer for it."),
    SeenBy.LEFT: Phrase("Its author has left it to you.", "Its author has left it to supervisors."),
}


class Member(NamedTuple):
    """One viewer: all memberships of an account together."""

    row: ViewerRow
    basis: Basis
    ends_at: datetime | None


def members(rows: Iterable[ViewerRow]) -> list[Member]:
    """Return each viewer once, at most the first MAX_VIEWERS, the patient first.

    The rows are in the order of `viewers_of`. Several memberships end with the last of them.
    """
    found: dict[object, list[ViewerRow]] = {}
    for row in rows:
        found.setdefault(row.account_id, []).append(row)
    made = [_member(same) for same in islice(found.values(), MAX_VIEWERS)]
    return sorted(made, key=lambda one: (one.basis is not Basis.OWN, one.row.account_id))


def _member(rows: Sequence[ViewerRow]) -> Member:
    first, ends = rows[0], [row.ends_at for row in rows]
    last = None if None in ends else max(end for end in ends if end is not None)
    if first.own_chart_id is not None:
        return Member(first, Basis.OWN, None)
    is_member = any(row.is_member for row in rows)
    return Member(first, Basis.TEAM if is_member else Basis.EMERGENCY, last)


def rules_of(mask: int, known: Sequence[SeenBy]) -> list[SeenBy]:
    """Return the rules whose bits are set."""
    return [rule for place, rule in enumerate(known) if mask >> place & 1]


def in_words(basis: Basis, rules: Iterable[SeenBy], *, is_you: bool) -> str:
    """Return why somebody sees a thing, in plain sentences."""
    told = (_OF_BASIS[basis], *(_OF_RULE[rule] for rule in rules))
    return " ".join(one.to_you if is_you else one.to_others for one in told)


def previewed(viewers: Sequence[Member], role: PreviewRole, asker_id: object) -> Member | None:
    """Return the viewer as whom a thing is previewed: the first of the role, and somebody else before the asker."""
    fitting = [one for one in viewers if role in one.row.roles]
    return min(fitting, key=lambda one: one.row.account_id == asker_id, default=None)


def as_far_as_shown(theirs: Shown, own: Shown) -> Shown:
    """Return a thing as a viewer reads it, without anything in it that the asker is not shown.

    A field in which both differ is the viewer's only if it is empty, or says what its reader may do.
    """
    changed: dict[str, object] = {}
    for name, mine in own.__dict__.items():
        value = theirs.__dict__[name]
        if value == mine or name in _OF_VIEWER or value in (None, []):
            continue
        changed[name] = _parts_as_shown(value, mine)
    return theirs.model_copy(update=changed)


def _parts_as_shown(theirs: object, own: object) -> object:
    """Return the parts that both are shown, each as far as the asker is; other values as the asker is shown them."""
    if not isinstance(theirs, list) or not isinstance(own, list):
        return own
    known = {part.id: part for part in own if isinstance(part, Resource)}
    return [as_far_as_shown(part, known[part.id]) for part in theirs if isinstance(part, Resource) and part.id in known]
