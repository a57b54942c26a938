"""Migrations widen the CHECK of an enumeration by what the database has in it, and narrow it again."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from integration_api.resources.attention.worklist.tables import TaskKind
from integration_api.resources.journal.notes.tables import NoteFormat
from integration_api.settings import Settings
from integration_api.storage.words import add_words, remove_words
from tests.architecture.test_schema import constraints_of, schema_of
from tests.storage.test_downgrades import at, declared

CHECK = "ck_tasks_task_kind"


def migrating(change: Callable[[], None]) -> Callable[[sa.Connection], None]:
    """Run it as a migration does."""

    def run(connection: sa.Connection) -> None:
        with Operations.context(MigrationContext.configure(connection)):
            change()

    return run


async def allowed(settings: Settings) -> str:
    """The whole text of the CHECK, in the words of the database."""
    if settings.database_url is not None:
        return dict(await constraints_of(settings.database_url.get_secret_value()))[CHECK]
    [text] = [part for part in schema_of(settings.sqlite_path)["tasks"] if CHECK in part]
    return text


@pytest.mark.thorough
async def test_words_are_added_after_those_that_are_there_and_removed_again(own: Settings) -> None:
    before, text = await declared(own), await allowed(own)
    await at(own, migrating(lambda: add_words("tasks", CHECK, ("first_new", "second_new"))))
    wider = await allowed(own)
    words = [*TaskKind, "first_new", "second_new"]
    assert [wider.index(f"'{word}'") for word in words] == sorted(wider.index(f"'{word}'") for word in words)
    await at(own, migrating(lambda: add_words("tasks", CHECK, ("third_new",))))
    assert "'second_new'" in await allowed(own)
    await at(own, migrating(lambda: remove_words("tasks", CHECK, ("first_new", "second_new"))))
    assert "'third_new'" in await allowed(own)
    await at(own, migrating(lambda: remove_words("tasks", CHECK, ("third_new",))))
    assert await allowed(own) == text
    assert await declared(own) == before


@pytest.mark.thorough
async def test_one_word_is_left_and_the_others_come_back(own: Settings) -> None:
    """PostgreSQL keeps the CHECK of one word as an equation. The column has another name than usual."""
    check, (_, *others) = "ck_notes_note_format", [one.value for one in NoteFormat]
    before = await declared(own)
    await at(own, migrating(lambda: remove_words("notes", check, others, column="format")))
    assert await declared(own) != before
    await at(own, migrating(lambda: add_words("notes", check, others, column="format")))
    assert await declared(own) == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda: add_words("tasks", CHECK, ("note_to_sign",)), "has these words: note_to_sign"),
        (lambda: remove_words("tasks", CHECK, ("never_there",)), "has no such words: never_there"),
        (lambda: add_words("tasks", "ck_tasks_urgency_rank", ("new",)), "has no constraint ck_tasks_urgency_rank"),
        (lambda: add_words("tasks", "ck_tasks_nothing", ("new",)), "has no constraint ck_tasks_nothing"),
        (lambda: add_words("tasks", CHECK, ("new",), column="format"), f"has no constraint {CHECK}"),
    ],
)
async def test_a_mistake_in_a_migration_stops_it(own: Settings, change: Callable[[], None], said: str) -> None:
    before = await declared(own)
    with pytest.raises(RuntimeError, match=said):
        await at(own, migrating(change))
    assert await declared(own) == before
