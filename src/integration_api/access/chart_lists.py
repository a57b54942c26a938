"""Lists of rows of charts: of one chart if the caller or the actor names one, else of every chart the actor may see.

A caller may instead name up to 100 rows by their ids, as the change feed tells them.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated, Any, Generic, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
from fastapi import Depends, Query
from pydantic import BaseModel
from sqlmodel import SQLModel

from integration_api.access.visible import in_clinic, visible
from integration_api.access.work import Work
from integration_api.core.ids import ID_PATTERN
from integration_api.core.models import trusted
from integration_api.ledger.events import Event
from integration_api.storage.compiling import WRAPPED_KEY
from integration_api.storage.statements import VAULT_KEYS, Read, param
from integration_api.storage.tables import key_owner, table_of
from integration_api.web.errors import Invalid
from integration_api.web.paging import DEFAULT_LIMIT, Cursor, Limit, Page, Window
from integration_api.web.schemas import Resource

MAX_IDS = 100
IDS = tuple(f"id_{n}" for n in range(MAX_IDS))
"""The parameters of a Statement that reads rows by their ids."""
IDS_PATTERN = f"^{ID_PATTERN}(,{ID_PATTERN}){{0,{MAX_IDS - 1}}}$"

IdsQuery = Annotated[
    str | None,
    Query(pattern=IDS_PATTERN, description="Only these, at most 100, with commas between; without other filters."),
]


@dataclass(frozen=True, slots=True)
class ChartWindow(Window):
    """A page, or the rows that the caller names."""

    ids: tuple[UUID, ...] = ()


def _chart_window(
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
    ids: IdsQuery = None,
) -> ChartWindow:
    return ChartWindow(limit, cursor, tuple(map(UUID, ids.split(","))) if ids else ())


ChartPageQuery = Annotated[ChartWindow, Depends(_chart_window)]
"""`limit`, `cursor` and `ids` of a list of rows of charts."""


def rows_by_ids(
    model: type[SQLModel],
    *guards: sa.ColumnElement[bool],
    more: Iterable[sa.ColumnElement[Any]] = (),
    without: Container[str] = (),
) -> sa.Select[Any]:
    """SELECT the rows of IDS in charts that the actor may see, if every guard holds, with the key of their text.

    The key is a scalar subquery. PostgreSQL may hash a join with so many rows, and read the keys of a whole clinic.
    """
    table = table_of(model)
    owner_id = table.c[key_owner(table)]
    key = sa.select(VAULT_KEYS.c.wrapped_key).where(in_clinic(VAULT_KEYS), VAULT_KEYS.c.id == owner_id)
    columns = (column for column in table.c if column.name not in without)
    named = table.c.id.in_([param(name, table.c.id) for name in IDS])
    found = (
        sa.select(*columns, *more, key.scalar_subquery().label(WRAPPED_KEY))
        .where(in_clinic(table), visible(owner_id), named, *guards)
        .limit(MAX_IDS)
        .subquery()
    )
    return sa.select(*found.c).where(found.c[WRAPPED_KEY].is_not(None))


class ChartFilter(Protocol):
    """The filters of a list: a dataclass whose fields are parameters of its Statements."""

    @property
    def patient_id(self) -> UUID | None:
        """Return the patient whose rows are asked for."""


Row = TypeVar("Row", bound=BaseModel)
Item = TypeVar("Item", bound=Resource)
_patient: Callable[[Resource], UUID] = attrgetter("patient_id")


@dataclass(frozen=True, slots=True)
class ChartList(Generic[Row]):
    """The Statements of one list, made by `list_by_chart`, `list_by_team` and `rows_by_ids`."""

    of_chart: Read[Row]
    of_team: Read[Row]
    by_ids: Read[Row]
    at: str
    """The column that the list is sorted by."""
    bound: str
    """The filter that bounds `at` on the side where the list begins."""
    ascending: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError if the rows have no such column."""
        if self.at not in self.of_chart.into.model_fields:
            msg = f"{self.of_chart.name} has no column {self.at}"
            raise ValueError(msg)


async def list_charts(
    work: Work,
    read: ChartList[Row],
    window: Window,
    only: ChartFilter,
    present: Callable[[Row], Item],
    *,
    event: Event | None = None,
    is_private: bool = False,
) -> Page[Item]:
    """Return one page of a list, and record each chart in it, by the operation's Event or by `event`."""
    if isinstance(window, ChartWindow) and window.ids:
        is_alone = window.cursor is None and only == type(only)()
        rows = await work.all(read.by_ids, **values_of_ids(window.ids, is_alone=is_alone))
        in_order = sorted(rows, key=attrgetter(read.at, "id"), reverse=not read.ascending)
        found = trusted(Page[Item], {"items": [present(row) for row in in_order], "next_cursor": None})
    else:
        patient_id = only.patient_id or work.actor.patient_id
        found = await work.page(
            read.of_chart if patient_id else read.of_team,
            window,
            attrgetter(read.at, "id"),
            present,
            ascending=read.ascending,
            until=getattr(only, read.bound),
            **{**vars(only), "patient_id": patient_id},
        )
    work.record_list(map(_patient, found.items), event=event, is_private=is_private)
    return found


def values_of_ids(ids: Sequence[UUID], *, is_alone: bool) -> dict[str, object]:
    """Return the values of IDS: the ids that the caller names, at least one. Raises Invalid beside another filter."""
    if not is_alone:
        message = "no cursor and no other filter goes with it"
        raise Invalid(errors=[{"field": "query.ids", "code": "not_alone", "message": message}])
    return dict(zip(IDS, (*ids, *(ids[0],) * (MAX_IDS - len(ids))), strict=True))
