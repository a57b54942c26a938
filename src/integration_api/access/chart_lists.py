"""Lists of rows of charts: of one chart if the caller or the actor names one, else of every chart the actor may see."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from pydantic import BaseModel

from integration_api.access.work import Work
from integration_api.ledger.events import Event
from integration_api.storage.statements import Read
from integration_api.web.paging import Page, Window
from integration_api.web.schemas import Resource


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
    """The two Statements of one list, made by `list_by_chart` and `list_by_team`."""

    of_chart: Read[Row]
    of_team: Read[Row]
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
