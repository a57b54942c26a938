"""Reading the strategy library, and adding to it."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from pydantic import TypeAdapter

from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.journal.strategy_library import statements as sql
from integration_api.resources.journal.strategy_library.schemas import (
    LibraryEntry,
    LibraryEntryCreate,
    LibraryFilter,
    LibrarySource,
)
from integration_api.resources.journal.strategy_library.tables import LibraryRow
from integration_api.web.paging import Page, Window, bound_key, page

_STARTER_FILE = Path(__file__).parent / "starter_library.json"


async def check_entry(work: Work, entry_id: UUID) -> None:
    """There is such an entry, ours or the clinic's own; for other slices. Raises NotFound."""
    if all(entry.id != entry_id for entry in built_in_entries()):
        await work.get(sql.READ_LIBRARY_ENTRY, id=entry_id)


async def list_strategy_library(work: Work, window: Window, only: LibraryFilter) -> Page[LibraryEntry]:
    """List the clinic's own entries and the built-in ones, newest first."""
    key = bound_key(work.runtime.cursor_key, work.actor.id, sql.LIST_LIBRARY.name, vars(only))
    cursor = window.values(key)
    own = await work.all(sql.LIST_LIBRARY, **cursor, **vars(only))
    ours = [
        entry
        for entry in built_in_entries()
        if only.category in {None, entry.category} and _position(entry) < (cursor["cursor_at"], cursor["cursor_id"])
    ]
    entries = sorted([*map(_present, own), *ours], key=_position, reverse=True)
    return page(entries, window, key, _position, lambda entry: entry)


async def add_strategy_library_entry(work: Work, body: LibraryEntryCreate) -> LibraryEntry:
    """Add an entry of the clinic's own. Raises IdTaken."""
    row = LibraryRow(**new_values(work, body), created_by_id=work.actor.id)
    work.create(sql.INSERT_LIBRARY_ENTRY, row)
    work.record(row.id)
    return _present(row)


@lru_cache
def built_in_entries() -> tuple[LibraryEntry, ...]:
    """Return the entries of the starter library."""
    return tuple(TypeAdapter(list[LibraryEntry]).validate_json(_STARTER_FILE.read_bytes()))


def _present(row: LibraryRow) -> LibraryEntry:
    return LibraryEntry.of(row, source=LibrarySource.CLINIC)


def _position(entry: LibraryEntry) -> tuple[datetime, UUID]:
    return entry.created_at, entry.id
