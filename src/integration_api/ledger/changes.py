"""The things that a ledger row says were changed, and through which channels they are told: the source of the feed.

A *channel* is a stream of changes that the same people are told of. A ledger row names each changed thing once for
each channel, in the column `changed`: ids and fixed words, never content. The sealer keeps the latest change of each
thing in each channel (`changes`), in the step that gives the row its place.

The text is made of entries with a space between. The parts of an entry stand between colons; empty ones at the end
are left out. They are, in this order:

- kind;
- the thing's id, empty for the row's subject;
- channel;
- patient, empty for the row's own, `-` for none;
- account;
- the time from which the channel can see it, in microseconds since 1970; empty for at once, `-` for never;
- the time at which it is to be told of again, in microseconds.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from integration_api.storage.database import Values

CHART = "chart"
"""The kind of a chart that opens or closes to an account."""
MAX_CHANGES = 1000
"""The most that one ledger row names: the sequence of a change is its row's position times this, plus its index."""
AT_ONCE = datetime(1, 1, 2, tzinfo=UTC)
TAKEN_BACK = datetime(1, 1, 3, tzinfo=UTC)
"""Instead of when a channel could see a thing: it could once, and cannot since the row's sequence."""
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NONE = "-"
_ID_BYTES = 16


class Channel(StrEnum):
    """A channel, by who reads it. The first five are of a chart, `account` of one account, the rest of the clinic."""

    CHART = "chart"
    """The patient and the care team."""
    PATIENT = "patient"
    TEAM = "team"
    DRAFTS = "drafts"
    """Staff on the care team, each of whom may read some of it."""
    SUPERVISORS = "supervisors"
    """Supervisors on the care team."""
    ACCOUNT = "account"
    CLINIC = "clinic"
    """Everybody of the clinic."""
    STAFF = "staff"
    ADMINS = "admins"
    PRIVACY = "privacy"
    """Privacy officers."""


_OF_CHART = (Channel.CHART, Channel.PATIENT, Channel.TEAM, Channel.DRAFTS, Channel.SUPERVISORS)


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that was changed, for one channel."""

    kind: str
    id: UUID
    channel: Channel
    patient_id: UUID | None = None
    """The chart that it belongs to: whoever may not see that chart is not told."""
    account_id: UUID | None = None
    """The account of the channel; in `drafts`, the author."""
    visible_from: datetime = AT_ONCE
    """When the channel's readers can see it, if they could not before; NEVER if they cannot."""
    due_at: datetime | None = None
    """When it is to be told of again, because time changes it."""

    @property
    def key(self) -> tuple[str, UUID, Channel, UUID | None]:
        """Return what identifies the change in a step."""
        owner = self.account_id if self.channel is Channel.ACCOUNT else self.patient_id
        return self.kind, self.id, self.channel, owner


def as_text(changed: Iterable[Changed], subject_id: UUID | None, patient_id: UUID | None) -> str | None:
    """Return the text of a ledger row about this subject in this chart; None if nothing was changed."""
    return " ".join(_entry(one, subject_id, patient_id) for one in changed) or None


def _entry(one: Changed, subject_id: UUID | None, patient_id: UUID | None) -> str:
    parts = (
        one.kind,
        "" if one.id == subject_id else one.id.hex,
        one.channel.value,
        "" if one.patient_id == patient_id else one.patient_id.hex if one.patient_id else _NONE,
        one.account_id.hex if one.account_id else "",
        "" if one.visible_from == AT_ONCE else _NONE if one.visible_from == NEVER else _micros(one.visible_from),
        _micros(one.due_at) if one.due_at else "",
    )
    return ":".join(parts).rstrip(":")


def _micros(at: datetime) -> str:
    return str((at - _EPOCH) // _MICROSECOND)


def from_text(text: str, subject_id: UUID | None, patient_id: UUID | None) -> Iterator[Changed]:
    """Yield what a ledger row says was changed. Raises ValueError for a text that the product does not write."""
    for entry in text.split(" "):
        kind, thing_id, channel, patient, account, since, due = [*entry.split(":"), *[""] * 6][:7]
        found = UUID(thing_id) if thing_id else subject_id
        if found is None:
            raise ValueError
        yield Changed(
            kind,
            found,
            Channel(channel),
            None if patient == _NONE else UUID(patient) if patient else patient_id,
            UUID(account) if account else None,
            NEVER if since == _NONE else _instant(since) if since else AT_ONCE,
            _instant(due) if due else None,
        )


def _instant(micros: str) -> datetime:
    return _EPOCH + int(micros) * _MICROSECOND


@dataclass(frozen=True, slots=True)
class Told:
    """The latest change of a thing in a channel, as the sealer keeps it: several of one batch are followed into one.

    Seen by the channel, its `visible_from` is past. Taken back after it was seen in this batch, it is TAKEN_BACK.
    Otherwise it is to come: whether the channel saw the thing before, the row that is kept tells (`KEEP_CHANGE`).
    """

    change: Changed
    sequence: int
    at: datetime
    due_at: datetime | None = None
    """When it is to be told of again: what time had changed already is told of now."""
    is_of_time: bool = False
    """Whether time made it (`due.py`): it counts if the thing is due by then. NEVER: time took it back."""

    @classmethod
    def of(cls, change: Changed, sequence: int, at: datetime) -> "Told":
        """Return a change that a step made at this time."""
        due_at = change.visible_from if at < change.visible_from < NEVER else change.due_at
        return cls(change, sequence, at, due_at if due_at is not None and due_at > at else None)

    @property
    def is_hidden(self) -> bool:
        """Whether the channel cannot see the thing after it, and is not known to have seen it before."""
        return self.change.visible_from > self.at

    def followed_by(self, later: "Told") -> "Told":
        """Return both as one: hidden since the first of them, or since the later if it was seen meanwhile."""
        if self.is_of_time or not (later.is_of_time or later.is_hidden):
            return later
        is_over = self.due_at is not None and self.due_at <= later.at
        if later.is_of_time:
            return self._after_time(later, self.due_at) if is_over and self.due_at is not None else self
        if self.change.visible_from == TAKEN_BACK and not is_over:
            return self._kept(later, TAKEN_BACK)
        if self.is_hidden and not is_over:
            return self._kept(later, later.change.visible_from)
        return replace(later, change=replace(later.change, visible_from=TAKEN_BACK))

    def _kept(self, later: "Told", visible_from: datetime) -> "Told":
        """Return the later change in the place of this one: a thing that stays hidden has no news."""
        return replace(self, change=replace(later.change, visible_from=visible_from), due_at=later.due_at)

    def _after_time(self, later: "Told", due_at: datetime) -> "Told":
        """Return this change once its time has come: hidden, it is seen from then on."""
        since = self.change.visible_from
        if later.change.visible_from == NEVER:
            since = TAKEN_BACK
        elif since == TAKEN_BACK:
            since = due_at
        return replace(later, change=replace(self.change, visible_from=since), is_of_time=False)

    def values_in(self, clinic_id: UUID) -> Values:
        """Return the values of its row in this clinic, and `is_of_time`."""
        one = self.change
        channel_id = channel_of(one, clinic_id)
        return {
            "clinic_id": clinic_id,
            "id": row_id_of(one.channel, channel_id, one.kind, one.id),
            "channel": one.channel.value,
            "channel_id": channel_id,
            "kind": one.kind,
            "thing_id": one.id,
            "patient_id": one.patient_id,
            "account_id": one.account_id,
            "sequence": self.sequence,
            "at": self.at,
            "visible_from": one.visible_from,
            "due_at": self.due_at,
            "is_of_time": self.is_of_time,
        }


def channel_of(one: Changed, clinic_id: UUID) -> UUID:
    """Return whose channel it is: a patient's, an account's or the clinic's. Raises ValueError if it does not say."""
    owner: UUID | None = clinic_id
    if one.channel in _OF_CHART:
        owner = one.patient_id
    elif one.channel is Channel.ACCOUNT:
        owner = one.account_id
    if owner is None:
        msg = f"a change in the channel {one.channel} does not name whose it is"
        raise ValueError(msg)
    return owner


def row_id_of(channel: Channel, channel_id: UUID, kind: str, thing_id: UUID) -> UUID:
    """Return the id of the row in `changes`, which the thing has in this channel for ever.

    A membership of a care team has its own, so that a Statement finds the row by the membership.
    """
    if kind == CHART and channel is Channel.ACCOUNT:
        return thing_id
    named = b"".join((channel_id.bytes, thing_id.bytes, f"{channel.value} {kind}".encode()))
    return UUID(bytes=hashlib.sha256(named).digest()[:_ID_BYTES])
