"""Reading the instruments that the API scores."""

from integration_api.access.work import Work
from integration_api.resources.measures.instruments.catalogue import catalogue, instruments, sources_of
from integration_api.resources.measures.instruments.schemas import DefinedInstrument, Instruments, InstrumentSummary
from integration_api.web.errors import NotFound


async def list_instruments(work: Work) -> Instruments:
    """Return the newest version of every instrument, in brief."""
    await work.confirm()
    return Instruments(
        items=[
            InstrumentSummary(**one.model_dump(include=set(InstrumentSummary.model_fields)), item_count=len(one.items))
            for one in instruments().values()
        ]
    )


async def read_instrument(work: Work, instrument_id: str) -> DefinedInstrument:
    """Return the newest version of one instrument, with its sources. Raises NotFound."""
    await work.confirm()
    found = instruments().get(instrument_id)
    if found is None:
        raise NotFound
    known = catalogue().sources
    return DefinedInstrument(definition=found, sources={name: known[name] for name in sources_of(found)})
