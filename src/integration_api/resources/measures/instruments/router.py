"""`/instruments`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from integration_api.access.revisions import Superseded
from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.measures.instruments import operations, service
from integration_api.resources.measures.instruments.definitions import InstrumentId
from integration_api.resources.measures.instruments.schemas import (
    DefinedInstrument,
    InstrumentAddition,
    InstrumentCreate,
    Instruments,
    WordingFilter,
)
from integration_api.resources.measures.instruments.service import TooManyInstruments
from integration_api.web.errors import IdTaken
from integration_api.web.openapi import problems

router = APIRouter(route_class=ActionRoute)


@router.get("/instruments")
async def list_instruments(work: Annotated[Work, allow(operations.LIST_INSTRUMENTS)]) -> Instruments:
    """List the instruments that the API can score, in brief."""
    return await service.list_instruments(work)


@router.get("/instruments/{instrument_id}")
async def read_instrument(
    instrument_id: Annotated[InstrumentId, Path(description="The instrument.", examples=["phq9"])],
    only: Annotated[WordingFilter, Depends()],
    work: Annotated[Work, allow(operations.READ_INSTRUMENT)],
) -> DefinedInstrument:
    """Read one instrument: items by topic, ranges, scoring, bands, rules of change, each with its source.

    The official wording comes with it if the clinic has imported that under its own licence.
    """
    return await service.read_instrument(work, instrument_id, only.language)


@router.post("/instruments", status_code=201, responses=problems(IdTaken, Superseded, TooManyInstruments))
async def add_instrument(
    body: InstrumentCreate, work: Annotated[Work, allow(operations.ADD_INSTRUMENT)]
) -> InstrumentAddition:
    """Import the wording of an instrument, as a FHIR Questionnaire, or define one of the clinic's own.

    A wording whose questions or answers are not those of the instrument is refused with every difference. A definition
    is checked as those of the product are. An id that is there already gets a next version.
    """
    return work.tagged(await service.add_instrument(work, body))
