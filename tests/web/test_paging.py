"""Where a page begins."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from integration_api.web.paging import Window, page

KEY = b"k" * 32
AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
LATER = timedelta(microseconds=1)
ROW = UUID(int=7)


def cursor_after(at: datetime) -> str:
    """The cursor of a page that ended with a row of this time."""
    cursor = page([at, at], Window(1, None), KEY, lambda _: (at, ROW), lambda row: row).next_cursor
    assert cursor is not None
    return cursor


def begins(cursor: str | None, until: datetime | None) -> tuple[object, object]:
    values = Window(1, cursor).values(KEY, until=until)
    return values["cursor_at"], values["cursor_id"]


def test_a_list_begins_at_its_end_of_time_or_at_the_cursor_whichever_comes_first() -> None:
    assert begins(None, AT) == (AT, UUID(int=0))
    assert begins(cursor_after(AT), None) == (AT, ROW)
    assert begins(cursor_after(AT), AT) == (AT, UUID(int=0))
    assert begins(cursor_after(AT), AT - LATER) == (AT - LATER, UUID(int=0))
    assert begins(cursor_after(AT), AT + LATER) == (AT, ROW)
