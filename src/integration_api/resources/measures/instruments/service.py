"""Reading the instruments that the API scores, and adding a clinic's own and the wording of any."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import JsonValue

from integration_api.access.revisions import Superseded
from integration_api.access.rows import new_values
from integration_api.access.work import Work
from integration_api.resources.measures.instruments import statements as sql
from integration_api.resources.measures.instruments.catalogue import catalogue, instruments, sources_of
from integration_api.resources.measures.instruments.definitions import OWN_PREFIX, Instrument
from integration_api.resources.measures.instruments.own_definitions import own_definition, stored_definition
from integration_api.resources.measures.instruments.questionnaires import codes_of, word_of, wording_of
from integration_api.resources.measures.instruments.schemas import (
    DefinedInstrument,
    InstrumentAddition,
    InstrumentCreate,
    Instruments,
    InstrumentSummary,
    InstrumentWording,
)
from integration_api.resources.measures.instruments.tables import InstrumentWordingRow, OwnInstrumentRow
from integration_api.resources.people.clinics.languages import nearest_language
from integration_api.web.errors import Conflict, FieldError, Invalid, NotFound

_NEWEST = 32_767
"""Above every version."""


class TooManyInstruments(Conflict):
    """The clinic has as many instruments of its own as there may be."""

    code = "too-many-instruments"
    title = "Too many instruments"
    remedy = "Add a next version of one that is there, by its id."


async def list_instruments(work: Work) -> Instruments:
    """Return the newest version of every instrument, in brief; the clinic's own come last."""
    own = await load_own_instruments(work)
    if not own:
        await work.confirm()
    return Instruments(
        items=[
            InstrumentSummary(**one.model_dump(include=set(InstrumentSummary.model_fields)), item_count=len(one.items))
            for one in (*instruments().values(), *own)
        ]
    )


async def read_instrument(work: Work, instrument_id: str, language: str | None) -> DefinedInstrument:
    """Return the newest version of one instrument, with its sources and its wording. Raises NotFound."""
    languages = [one.language for one in await work.all(sql.LIST_LANGUAGES, instrument_id=instrument_id)]
    found = await load_instrument(work, instrument_id)
    wanted = nearest_language(language, languages)
    row = (
        await work.one(sql.READ_WORDING, instrument_id=instrument_id, language=wanted) if wanted in languages else None
    )
    if row is None:
        await work.confirm()
    if found is None:
        raise NotFound
    known = catalogue().sources
    return DefinedInstrument(
        definition=found,
        sources={name: known[name] for name in sources_of(found) if name in known},
        languages=languages,
        wording=InstrumentWording.of(row) if row else None,
    )


async def load_own_instruments(work: Work) -> list[Instrument]:
    """Return the newest version of each instrument of the clinic's own, by id."""
    return [stored_definition(row.definition) for row in await work.all(sql.LIST_OWN_INSTRUMENTS)]


async def load_named(work: Work, instrument_ids: Iterable[str]) -> dict[str, Instrument]:
    """Return the newest version of every instrument; of the clinic's own only if one of these is among them."""
    is_own = any(one.startswith(OWN_PREFIX) for one in instrument_ids)
    own = await load_own_instruments(work) if is_own else []
    return {**instruments(), **{one.id: one for one in own}}


async def load_instrument(work: Work, instrument_id: str, version: int | None = None) -> Instrument | None:
    """Return this version of an instrument, or the newest; None if the clinic has none of that id."""
    if not instrument_id.startswith(OWN_PREFIX):
        if version is None:
            return instruments().get(instrument_id)
        of_id = (one for one in catalogue().instruments if one.id == instrument_id)
        return next((one for one in of_id if one.version == version), None)
    row = await work.one(
        sql.READ_OWN_INSTRUMENT,
        instrument_id=instrument_id,
        at_most_version=_NEWEST if version is None else version,
    )
    return None if row is None else stored_definition(row.definition)


async def add_instrument(work: Work, body: InstrumentCreate) -> InstrumentAddition:
    """Import a wording, or add a version of an instrument of the clinic's own.

    Raises Invalid with every difference, Superseded, TooManyInstruments, IdTaken.
    """
    if (body.questionnaire is None) == (body.definition is None):
        raise _invalid([("body", "one_of", "give either questionnaire or definition")])
    row_id = new_values(work, body)["id"]
    if body.questionnaire is not None:
        return await _add_wording(work, row_id, body, body.questionnaire)
    return await _define(work, row_id, body.definition or {})


async def _define(work: Work, row_id: UUID, given: dict[str, JsonValue]) -> InstrumentAddition:
    instrument_id = given.get("id")
    before = await load_instrument(work, instrument_id) if isinstance(instrument_id, str) else None
    made = own_definition(given, (0 if before is None else before.version) + 1)
    if before is None and len(await work.all(sql.LIST_OWN_INSTRUMENTS)) >= sql.MAX_OWN:
        raise TooManyInstruments
    row = OwnInstrumentRow(
        clinic_id=work.actor.clinic_id,
        id=row_id,
        created_at=work.now,
        updated_at=work.now,
        instrument_id=made.id,
        instrument_version=made.version,
        definition=made.model_dump(mode="json"),
        created_by_id=work.actor.id,
    )
    work.create(sql.INSERT_OWN_INSTRUMENT, row, {"uq_own_instruments_version": Superseded})
    work.record(row.id)
    return InstrumentAddition.of(row, language=None, licence_note=None)


async def _add_wording(
    work: Work, row_id: UUID, asked: InstrumentCreate, questionnaire: dict[str, JsonValue]
) -> InstrumentAddition:
    language, licence_note = asked.language, asked.licence_note
    given = {"licence_note": licence_note, "language": language}
    lacking = [(f"body.{name}", "missing", "is needed with questionnaire") for name, one in given.items() if not one]
    panels = codes_of(questionnaire)
    by_code = next((one.id for one in instruments().values() if one.panel_loinc in panels), None)
    named = asked.instrument_id or by_code
    instrument = await load_instrument(work, named) if named is not None else None
    if instrument is None:
        lacking.append(("body.instrument_id", "unknown", "is no instrument of the list"))
    if instrument is None or language is None or licence_note is None:
        raise _invalid(lacking)
    found = wording_of(questionnaire, instrument)
    if found.differences:
        raise _invalid([("body.questionnaire", "differs", one) for one in found.differences])
    row = InstrumentWordingRow(
        clinic_id=work.actor.clinic_id,
        id=row_id,
        created_at=work.now,
        updated_at=work.now,
        instrument_id=instrument.id,
        instrument_version=instrument.version,
        language=language,
        licence_note=licence_note,
        title=word_of(questionnaire, "title") or None,
        items=found.items,
        created_by_id=work.actor.id,
    )
    work.create(sql.INSERT_WORDING, row)
    work.record(row.id)
    return InstrumentAddition.of(row)


def _invalid(found: list[tuple[str, str, str]]) -> Invalid:
    errors: list[FieldError] = [{"field": field, "code": code, "message": words} for field, code, words in found]
    return Invalid(errors=errors)
