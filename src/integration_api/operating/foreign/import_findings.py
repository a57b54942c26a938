"""The outcome of reading files of another system: records, what is left out, and what cannot be taken."""

from collections import Counter
from dataclasses import dataclass, field

from integration_api.operating.foreign.record_values import RecordValues
from integration_api.resources.oversight.imported_records.tables import ImportedKind


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
        return f"{self.file}, {self.where}"


@dataclass(frozen=True, slots=True)
class Author:
    """The author of a note, as the other system tells of them."""

    key: str
    name: str
    credential: str | None = None


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
class Readings:
    """All that was read: each record is found, left out or refused."""

    found: list[Found] = field(default_factory=list)
    left_out: list[Told] = field(default_factory=list)
    refused: list[Told] = field(default_factory=list)
    unmapped: Counter[str] = field(default_factory=Counter)
    """Fields and columns that nothing was taken from, and how often they came."""
    warnings: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    """The SHA-256 of each file by its name."""
    read: int = 0
