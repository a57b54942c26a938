"""Pseudonyms, shifted dates and ages in bands: what an export has in the place of what names a person. Pure.

All follow from the key of one study. So they are the same in each export for it, and other in those for another study.
Without the key, nobody leads them back.
"""

import base64
import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID
from zoneinfo import ZoneInfo

Pseudonym = NewType("Pseudonym", str)
"""A keyed digest in the place of an id, which would tell when it was made: 32 hexadecimal digits."""
ShiftedTime = NewType("ShiftedTime", str)
"""A time by the clock of the clinic and the patient's shifted calendar, to the minute. No offset is told."""
_DIGEST_BYTES = 16
_MINUTES_OF_DAY = 24 * 60
MIN_SHIFT_DAYS, MAX_SHIFT_DAYS = 1, 366
"""Dates go back, so that none tells by lying in the future that it was shifted on. Our own choice, POLICY."""
LIGHTEST_KG, HEAVIEST_KG, WEIGHT_STEP_KG = 50, 120, 10
"""The weights by which doses are told: beside the milligrams, a dose by the true weight tells it. Ours, POLICY."""
OLDEST = 90
"""Ages from here on share a band. Source: 45 CFR 164.514(b)(2)(i)(C)."""


class AgeBand(StrEnum):
    """The age when the study was begun: so no birthday shows between two exports for it."""

    UNDER_18 = "under-18"
    FROM_18 = "18-29"
    FROM_30 = "30-39"
    FROM_40 = "40-49"
    FROM_50 = "50-59"
    FROM_60 = "60-69"
    FROM_70 = "70-79"
    FROM_80 = "80-89"
    OLDEST = "90-or-over"


_FROM: Mapping[int, AgeBand] = {
    OLDEST: AgeBand.OLDEST,
    80: AgeBand.FROM_80,
    70: AgeBand.FROM_70,
    60: AgeBand.FROM_60,
    50: AgeBand.FROM_50,
    40: AgeBand.FROM_40,
    30: AgeBand.FROM_30,
    18: AgeBand.FROM_18,
}


@dataclass(frozen=True, slots=True)
class Disguise:
    """The disguise of one patient in one study."""

    key: bytes
    patient_id: UUID
    zone: ZoneInfo
    """The clinic's. People come at the same time of day all year, so by UTC a change of clocks would show its date."""

    @classmethod
    def of(cls, pseudonym_key: str, patient_id: UUID, zone: ZoneInfo) -> "Disguise":
        """Return that of a patient; `pseudonym_key` is as the row of the study holds it."""
        return cls(base64.b64decode(pseudonym_key), patient_id, zone)

    @property
    def patient(self) -> Pseudonym:
        """Return the pseudonym of the patient."""
        return self.thing("patient", self.patient_id)

    def thing(self, kind: str, thing_id: UUID) -> Pseudonym:
        """Return the pseudonym of a thing in the chart."""
        return Pseudonym(self._digest(f"id {kind}", thing_id)[:_DIGEST_BYTES].hex())

    def optional(self, kind: str, thing_id: UUID | None) -> Pseudonym | None:
        """Return the pseudonym of a thing that may not be there."""
        return None if thing_id is None else self.thing(kind, thing_id)

    @property
    def shift(self) -> timedelta:
        """Return how far the patient's dates go back: whole minutes, always the same, so that intervals stay."""
        span = (MAX_SHIFT_DAYS - MIN_SHIFT_DAYS) * _MINUTES_OF_DAY
        number = int.from_bytes(self._digest("shift", self.patient_id)[:8], "big")
        return timedelta(days=MIN_SHIFT_DAYS, minutes=number % span)

    def at(self, instant: datetime) -> ShiftedTime:
        """Return an instant as it is told. What is less than a minute would be a fingerprint."""
        by_the_clock = instant.astimezone(self.zone).replace(tzinfo=None)
        return ShiftedTime((by_the_clock - self.shift).strftime("%Y-%m-%dT%H:%M"))

    def optional_at(self, instant: datetime | None) -> ShiftedTime | None:
        """Return an instant that may not be there."""
        return None if instant is None else self.at(instant)

    def _digest(self, purpose: str, thing_id: UUID) -> bytes:
        return hmac.new(self.key, purpose.encode() + b"\x00" + thing_id.bytes, hashlib.sha256).digest()


def band_of(birth_on: str | None, on: date) -> AgeBand | None:
    """Return the band of an age on a day; None if the date of birth is not known."""
    if birth_on is None:
        return None
    born = date.fromisoformat(birth_on)
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((band for least, band in _FROM.items() if age >= least), AgeBand.UNDER_18)


def mg_per_kg(amount_mg: float, weight_kg: float | None) -> float | None:
    """Return a dose by the nearest of the weights that are told; None if the weight is not known."""
    if weight_kg is None:
        return None
    steps = int(weight_kg / WEIGHT_STEP_KG + 0.5)
    return round(amount_mg / min(max(steps * WEIGHT_STEP_KG, LIGHTEST_KG), HEAVIEST_KG), 2)


def told_bands(bands: Iterable[AgeBand | None], minimum: int) -> frozenset[AgeBand]:
    """Return the bands that are told: of enough patients, and so that those whose band is not told are enough too."""
    counts = Counter(bands)
    told = {band: count for band, count in counts.items() if band is not None and count >= minimum}
    hidden = counts.total() - sum(told.values())
    while told and 0 < hidden < minimum:
        smallest = min(told, key=lambda band: (told[band], band))
        hidden += told.pop(smallest)
    return frozenset(told)


def told_count(count: int, minimum: int) -> int | None:
    """Return a count of patients as it is told: whole steps of the minimum, and None below it.

    By the steps, two exports that differ by one patient seldom differ in a count, and never by one.
    """
    return count - count % minimum if count >= minimum else None
