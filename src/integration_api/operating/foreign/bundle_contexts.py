"""The means by which a resource is read: the mapping, the entries of all files, and its own place."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from integration_api.operating.foreign.bundle_parts import Json, reference, text
from integration_api.operating.foreign.import_findings import Place, Readings, Unfit
from integration_api.operating.foreign.mapping_files import MappingFile
from integration_api.operating.foreign.written_times import instant_of
from integration_api.resources.oversight.imported_records.tables import ImportedKind


@dataclass(frozen=True, slots=True)
class Index:
    """The entries of all files, so that a reference finds its own on whatever page it is."""

    named: dict[str, Json] = field(default_factory=dict)
    """People by their key, with their names alone."""
    keys: set[str] = field(default_factory=set)
    """The keys of all entries."""
    members: dict[str, str] = field(default_factory=dict)
    """The names of those on a care team, by the key of each."""
    aliases: dict[str, str] = field(default_factory=dict)
    """The key of each entry by its `fullUrl`."""


@dataclass(frozen=True, slots=True)
class Context:
    """The means by which a resource is read: the mapping, the other entries, and its own place."""

    mapping: MappingFile
    now: datetime
    index: Index
    into: Readings
    key: str = ""
    place: Place | None = None

    def at(self, key: str, place: Place) -> "Context":
        """Return it for one entry."""
        return replace(self, key=key, place=place)

    def found(self, resource: Json, *path: str | int) -> str | None:
        """Return the key of what a reference names. Raises Unfit."""
        named = reference(resource, *path)
        return None if named is None else self.index.aliases.get(named, named)

    def is_known(self, key: str) -> bool:
        """Return whether a file has the entry of a key, or a care team or the mapping says who it is."""
        return any(
            key in known
            for known in (self.index.keys, self.index.members, self.mapping.patients, self.mapping.fhir.authors)
        )

    def name_of(self, key: str | None) -> str | None:
        """Return the name of somebody whom no file has: the mapping's, or that on a care team."""
        return None if key is None else self.mapping.fhir.authors.get(key) or self.index.members.get(key)

    def subject(self, resource: Json) -> str:
        """Return the key of the patient. Raises Unfit."""
        named = self.found(resource, "subject")
        if named is None:
            raise Unfit("subject: it names no patient")
        return named

    def instant(self, resource: Json, *path: str | int) -> datetime | None:
        """Return an instant (UTC). Raises Unfit."""
        written = text(resource, *path)
        name = ".".join(map(str, path))
        return None if written is None else instant_of(written, name, self.mapping.time_zone)

    def past(self, resource: Json, *path: str | int) -> datetime:
        """Return an instant that is there and has come. Raises Unfit."""
        found = self.instant(resource, *path)
        if found is None or found > self.now:
            raise Unfit(f"{'.'.join(map(str, path))}: {'it is needed' if found is None else 'it lies ahead'}")
        return found

    def of(self, kind: ImportedKind, patient: str) -> tuple[ImportedKind, str, str, Place]:
        """Return what each record begins with."""
        assert self.place is not None  # noqa: S101  `at` gives it
        return kind, self.key, patient, self.place
