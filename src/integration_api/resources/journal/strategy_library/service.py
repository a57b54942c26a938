"""Reading the strategy library, adding to it, and ending versions of its entries."""

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter

from integration_api.access.reads import StartAgain
from integration_api.access.references import referred_by
from integration_api.access.revisions import Superseded, check_version
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.journal.strategy_library import statements as sql
from integration_api.resources.journal.strategy_library.schemas import (
    LibraryEntry,
    LibraryEntryCreate,
    LibraryFilter,
    LibrarySource,
)
from integration_api.resources.journal.strategy_library.tables import LibraryRow, LibraryState
from integration_api.web.paging import Page, Window, bound_key, page

_STARTER_FILE = Path(__file__).parent / "starter_library.json"


async def check_entry(work: Work, entry_id: UUID) -> None:
    """There is such an entry, ours or the clinic's own; for other slices. Raises NotFound."""
    if all(entry.id != entry_id for entry in built_in_entries()):
        await work.get(sql.READ_LIBRARY_ENTRY, id=entry_id)


async def list_strategy_library(work: Work, window: Window, only: LibraryFilter) -> Page[LibraryEntry]:
    """List the clinic's own entries and the built-in ones, newest first. No built-in one has ended."""
    key = bound_key(work.runtime.cursor_key, work.actor.id, sql.LIST_LIBRARY.name, vars(only))
    cursor = window.values(key)
    own = await work.all(sql.LIST_LIBRARY, **cursor, **vars(only))
    ours = [
        entry
        for entry in built_in_entries()
        if not only.ended
        and only.category in {None, entry.category}
        and _position(entry) < (cursor["cursor_at"], cursor["cursor_id"])
    ]
    entries = sorted([*map(_present, own), *ours], key=_position, reverse=True)
    return page(entries, window, key, _position, lambda entry: entry)


async def add_strategy_library_entry(work: Work, body: LibraryEntryCreate) -> LibraryEntry:
    """Add an entry of the clinic's own, or the next version of one. Raises NotFound, Superseded, IdTaken."""
    values = new_values(work, body)
    row = LibraryRow(**values, created_by_id=work.actor.id, family_id=values["id"], number=1)
    if body.replaces_id is not None:
        with referred_by("replaces_id"):
            replaced = await _load(work, body.replaces_id)
        _end(work, replaced, replaced_at=work.now)
        number = (replaced.number or 1) + 1
        row = row.model_copy(update={"family_id": replaced.family_id or replaced.id, "number": number})
    work.create(sql.INSERT_LIBRARY_ENTRY, row)
    work.record(row.id)
    return _present(row)


async def read_strategy_library_entry(work: Work, entry_id: UUID) -> LibraryEntry:
    """Return one version, the clinic's own or a built-in one. Raises NotFound."""
    ours = next((entry for entry in built_in_entries() if entry.id == entry_id), None)
    return ours or _present(await _load(work, entry_id))


async def retire_strategy_library_entry(work: Work, entry_id: UUID, expected_version: int) -> LibraryEntry:
    """Take an entry of the clinic's own out of use. Raises NotFound, StaleVersion, Superseded."""
    row = await _load(work, entry_id)
    check_version(row, expected_version)
    changed = _end(work, row, retired_at=work.now)
    work.record(row.id)
    return _present(changed)


async def _load(work: Work, entry_id: UUID) -> LibraryRow:
    return await work.get(sql.READ_LIBRARY_ENTRY, id=entry_id)


def _end(
    work: Work, row: LibraryRow, *, replaced_at: datetime | None = None, retired_at: datetime | None = None
) -> LibraryRow:
    """Replace or retire a version. Raises Superseded, also if another request was first."""
    if _state(row) is not LibraryState.ACTIVE:
        raise Superseded
    values = {"replaced_at": replaced_at, "retired_at": retired_at}
    return work.revise(sql.END_LIBRARY_ENTRY, row, values, missed=StartAgain)


def _state(row: LibraryRow) -> LibraryState:
    if row.retired_at is not None:
        return LibraryState.RETIRED
    return LibraryState.ACTIVE if row.replaced_at is None else LibraryState.REPLACED


@lru_cache
def built_in_entries() -> tuple[LibraryEntry, ...]:
    """Return the entries of the starter library; each is the only version of itself."""
    entries = [
        {**entry, "family_id": entry["id"], "number": 1, "replaces_id": None, "state": LibraryState.ACTIVE}
        for entry in json.loads(_STARTER_FILE.read_bytes())
    ]
    return tuple(TypeAdapter(list[LibraryEntry]).validate_json(json.dumps(entries)))


def _present(row: LibraryRow) -> LibraryEntry:
    own = {"family_id": row.family_id or row.id, "number": row.number or 1}
    return LibraryEntry.of(row, source=LibrarySource.CLINIC, state=_state(row), **own)


def _position(entry: LibraryEntry) -> tuple[datetime, UUID]:
    return entry.created_at, entry.id
