"""The outcome of reading files of another system: records, what is left out, and what cannot be taken."""

from collections import Counter
from dataclasses import dataclass, field

from integration_api.operating.foreign.record_values import Author, RecordValues
from integration_api.resources.oversight.imported_records.tables import ImportedKind

MAX_RECORDS = 200_000
"""Of one run: our own choice, since what is read is held in memory."""
MAX_TOLD = 50
"""Records that a report names; all are counted."""
MAX_NAMES = 500
_MAX_SHOWN, _OTHERS = 300, "others"


def shown(text: str) -> str:
    """Return words of a file as a report may show them: printable, and not too long."""
    cut = text[:_MAX_SHOWN]
    return cut if cut.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in cut)


def _count(counter: Counter[str], text: str) -> None:
    name = shown(text)
    counter[name if name in counter or len(counter) < MAX_NAMES else _OTHERS] += 1


class RecordsRefused(ValueError):
    """The files or the mapping cannot be read. The message names the file and the place, never a value."""


class Unfit(Exception):
    """One record cannot be taken; the message names the field and what is wrong with it."""


class LeftOut(Exception):
    """One record has no place here, or is not meant to come; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """A record's place in the files."""

    file: str
    sha256: str
    where: str
    """Such as `line 3`, or `entry[4] Encounter/12`."""

    def __str__(self) -> str:
        """Return it for the report."""
        return shown(f"{self.file}, {self.where}")


@dataclass(frozen=True, slots=True)
class Found:
    """One record that fits. `patient` and `session` are identifiers there."""

    kind: ImportedKind
    identifier: str
    patient: str
    place: Place
    values: RecordValues
    session: str | None = None
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A record that is not taken, and why."""

    place: Place
    reason: str

    def __str__(self) -> str:
        """Return it for the report."""
        return f"{self.place}: {self.reason}"


@dataclass(slots=True)
class Untaken:
    """Records that are not taken: all are counted, and the first are named."""

    count: int = 0
    told: list[Told] = field(default_factory=list)
    because: Counter[str] = field(default_factory=Counter)

    def add(self, place: Place, reason: str) -> None:
        """Count one, and name it if there are few."""
        self.count += 1
        _count(self.because, reason)
        if len(self.told) < MAX_TOLD:
            self.told.append(Told(place, reason))


@dataclass(slots=True)
class Readings:
    """All that was read: each record is found, left out or refused."""

    found: list[Found] = field(default_factory=list)
    left_out: Untaken = field(default_factory=Untaken)
    refused: Untaken = field(default_factory=Untaken)
    unmapped: Counter[str] = field(default_factory=Counter)
    """Fields and columns that nothing was taken from, and how often they came."""
    warnings: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each file by its name."""
    read: int = 0

    def not_taken(self, name: str) -> None:
        """Count an element or a column that nothing was taken from."""
        _count(self.unmapped, name)
