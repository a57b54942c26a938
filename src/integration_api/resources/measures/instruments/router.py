"""`/instruments`."""

from typing import Annotated

from fastapi import APIRouter, Path

from integration_api.access.route import ActionRoute, allow
from integration_api.access.work import Work
from integration_api.resources.measures.instruments import operations, service
from integration_api.resources.measures.instruments.definitions import InstrumentId
from integration_api.resources.measures.instruments.schemas import DefinedInstrument, Instruments

router = APIRouter(route_class=ActionRoute)


@router.get("/instruments")
async def list_instruments(work: Annotated[Work, allow(operations.LIST_INSTRUMENTS)]) -> Instruments:
    """List the instruments that the API can score, in brief."""
    return await service.list_instruments(work)


@router.get("/instruments/{instrument_id}")
async def read_instrument(
    instrument_id: Annotated[InstrumentId, Path(description="The instrument.", examples=["phq9"])],
    work: Annotated[Work, allow(operations.READ_INSTRUMENT)],
) -> DefinedInstrument:
    """Read one instrument: items by topic, ranges, scoring, bands, rules of change, each with its source.

    The official wording is not among it; show your own licensed copy beside the ids of its items.
    """
    return await service.read_instrument(work, instrument_id)
