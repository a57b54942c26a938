"""Rules of a session at home: what its record lacks, which check is alarming, and what was missed. All are pure.

Source: clinical.md sections 1.8 and 6.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, Protocol
from uuid import UUID

from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.observer_words import Breathing, Colour, Responds
from integration_api.resources.care.doses.rules import DoseFinding
from integration_api.resources.care.monitoring.rules import Dosed, Measured
from integration_api.resources.care.monitoring.rules import findings as findings_of_reading
from integration_api.resources.care.sessions.session_tasks import LATE_CHECK, MAX_LINK_LOSS

RULES_VERSION = "2026-11-30"
"""The version of the record's items and of the rules of findings."""
MAX_BATCH = 32
"""The checks that one request stores, and the events: eight hours without a connection, at the usual interval."""
ALARM = "observer_check"
"""The item of the hold that an alarming check opens (R10)."""
_CHECK = "clinical.md sections 1.8 and 6, POLICY"
_RULES = "clinical.md section 6, POLICY"


class Link(StrEnum):
    """A link that must stand. Source: clinical.md section 1.8."""

    VIDEO = "video"
    OBSERVER = "observer"


class LinkChange(StrEnum):
    """An event of a link. Source: clinical.md section 1.8."""

    CONNECTED = "connected"
    LOST = "lost"
    RESTORED = "restored"


class RemoteItem(StrEnum):
    """Something that the remote record needs. Source: clinical.md sections 1.8 and 6, R18."""

    EMERGENCY_ADDRESS = "emergency_address"
    LOCAL_EMERGENCY_NUMBER = "local_emergency_number"
    OBSERVER = "observer"
    OBSERVER_ADULT = "observer_adult"
    OBSERVER_BRIEFED = "observer_briefed"
    MEDICAL_ON_CALL = "medical_on_call"


_ALARMING: Mapping[str, tuple[str, ...]] = {
    "responds": (Responds.TO_TOUCH, Responds.NO),
    "breathing": (Breathing.SLOW, Breathing.NONE),
    "colour": (Colour.BLUE,),
}
"""The words that are alarming (R10). Source: clinical.md section 1.8."""


class Look(Protocol):
    """The facts of a check that the rules read."""

    @property
    def responds(self) -> Responds | None:
        """Return how the patient responds."""

    @property
    def breathing(self) -> Breathing | None:
        """Return how the patient breathes."""

    @property
    def colour(self) -> Colour | None:
        """Return the colour of the face."""

    @property
    def pulse(self) -> int | None:
        """Return the pulse."""

    @property
    def spo2(self) -> int | None:
        """Return the oxygen saturation."""

    @property
    def systolic(self) -> int | None:
        """Return the systolic pressure."""

    @property
    def diastolic(self) -> int | None:
        """Return the diastolic pressure."""


class Linked(NamedTuple):
    """One event of a link."""

    at: datetime
    link: Link
    change: LinkChange


class Gap(NamedTuple):
    """A time in which something was missing; `until` is None if it still is."""

    since: datetime
    until: datetime | None
    finding: DoseFinding


def lacking(
    address: str | None,
    number: str | None,
    observer: Mapping[str, str | bool | None] | None,
    on_call: Mapping[str, str | bool | None] | None,
) -> list[RemoteItem]:
    """Return what a remote record lacks (R18), in the order of the items."""
    known = observer or {}
    needed = {
        RemoteItem.EMERGENCY_ADDRESS: address,
        RemoteItem.LOCAL_EMERGENCY_NUMBER: number,
        RemoteItem.OBSERVER: observer,
        RemoteItem.OBSERVER_ADULT: known.get("is_adult"),
        RemoteItem.OBSERVER_BRIEFED: known.get("briefed_at"),
        RemoteItem.MEDICAL_ON_CALL: on_call,
    }
    return [item for item, value in needed.items() if not value]


def words_alarm(look: Mapping[str, object]) -> bool:
    """Return whether the words of a check are alarming, whatever else is wrong with it (R10)."""
    return any(look.get(name) in words for name, words in _ALARMING.items())


def check_findings(
    look: Look, taken_at: datetime, arrived_at: datetime, first_dose_at: datetime | None
) -> list[DoseFinding]:
    """Return what is unusual about one check: R10 by its words, and the rules of vitals by its numbers.

    The clock of a device may be slow, so numbers are judged by when they arrived if that is later.
    """
    return [*_by_words(look), *_by_numbers(look, max(taken_at, arrived_at), first_dose_at)]


def _by_words(look: Look) -> Iterable[DoseFinding]:
    words = {"responds": look.responds, "breathing": look.breathing, "colour": look.colour}
    for name, word in words.items():
        if word in _ALARMING[name]:
            yield _finding("R10", "critical", f"{name}: {word}", _CHECK)


def _by_numbers(look: Look, taken_at: datetime, first_dose_at: datetime | None) -> Iterable[DoseFinding]:
    values = (
        (VitalField.HEART_RATE, look.pulse, None),
        (VitalField.SPO2, look.spo2, None),
        (VitalField.BLOOD_PRESSURE, look.systolic, look.diastolic),
    )
    dosed = Dosed(first_dose_at)
    for field, value, diastolic in values:
        if value is not None:
            reading = Measured(UUID(int=0), field, taken_at, value, diastolic)
            found = findings_of_reading(reading, dosed)
            yield from found
            if not is_alarming(found):  # a pressure before the dose is recorded: as critical as after it
                yield from (one for one in findings_of_reading(reading, Dosed(taken_at)) if one["rule"] == "R10")


def is_alarming(found: Iterable[DoseFinding]) -> bool:
    """Return whether a check asks for the emergency card: rule R10."""
    return any(one["rule"] == "R10" for one in found)


def next_check_at(first_dose_at: datetime | None, last_check_at: datetime | None, every: timedelta) -> datetime | None:
    """Return when the next check is due; None before the first dose."""
    if first_dose_at is None:
        return None
    return max(first_dose_at, last_check_at or first_dose_at) + every


def missed_checks(
    first_dose_at: datetime | None, checked: Sequence[datetime], until: datetime, every: timedelta, *, is_over: bool
) -> Iterator[Gap]:
    """Yield each time without a check after the first dose that was longer than the interval and five minutes (R25)."""
    if first_dose_at is None:
        return
    looks = [first_dose_at, *sorted(at for at in checked if first_dose_at < at < until), until]
    for since, at in pairwise(looks):
        if at - since > every + LATE_CHECK:
            is_open = at == until and not is_over
            yield Gap(since, None if is_open else at, _finding("R25", "high", "no observer check in time", _RULES))


def lost_links(
    first_dose_at: datetime | None, events: Sequence[Linked], until: datetime, *, is_over: bool
) -> Iterator[Gap]:
    """Yield each time after the first dose for which a link was lost too long (R26), the earliest first."""
    if first_dose_at is None:
        return
    found = []
    for link in Link:
        lost_at: datetime | None = None
        for one in sorted(events, key=lambda one: (one.at, one.change)):
            if one.link is not link:
                continue
            if one.change is LinkChange.LOST:
                lost_at = lost_at or one.at
            elif lost_at is not None:
                found.append((lost_at, min(one.at, until), link, False))
                lost_at = None
        if lost_at is not None:
            found.append((lost_at, until, link, not is_over))
    for lost, at, link, is_open in sorted(found):
        since = max(lost, first_dose_at)
        if at - since > MAX_LINK_LOSS:
            yield Gap(since, None if is_open else at, _finding("R26", "critical", f"{link} lost", _RULES))


def lost_since(events: Iterable[Linked], link: Link) -> datetime | None:
    """Return since when a link is lost; None if its last event says that it stands, or if there is none."""
    lost_at: datetime | None = None
    for one in sorted(events, key=lambda one: (one.at, one.change)):
        if one.link is link:
            lost_at = (lost_at or one.at) if one.change is LinkChange.LOST else None
    return lost_at


def _finding(rule: str, severity: str, text: str, source: str) -> DoseFinding:
    return DoseFinding(rule=rule, version=RULES_VERSION, severity=severity, text=text, source=source)
