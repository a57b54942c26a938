"""Instruments on the wire."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query
from pydantic import AfterValidator, Field, JsonValue, StringConstraints
from typing_extensions import TypedDict

from integration_api.access.fields import StaffId
from integration_api.resources.measures.instruments.definitions import Instrument, InstrumentId, InstrumentSource
from integration_api.resources.measures.instruments.vocabulary import (
    Direction,
    InstrumentKind,
    InstrumentState,
    TextDistribution,
)
from integration_api.resources.people.clinics.languages import LANGUAGE_TAG, language_tag
from integration_api.web.schemas import CreateSchema, ReadSchema, Remark, Resource, example, response_part

_QUESTIONNAIRE: dict[str, JsonValue] = {
    "resourceType": "Questionnaire",
    "status": "active",
    "language": "en",
    "item": [
        {"linkId": "own_sleep.1", "type": "decimal", "text": "How long did you sleep?"},
        {"linkId": "own_sleep.2", "type": "decimal", "text": "How rested are you?"},
    ],
}
Language = Annotated[
    str,
    StringConstraints(pattern=LANGUAGE_TAG, max_length=35),
    AfterValidator(language_tag),
    Field(description="A language, as a BCP 47 tag.", examples=["en"]),
]


@dataclass(frozen=True)
class WordingFilter:
    """The wording of an instrument that is shown with it."""

    language: Annotated[Language | None, Query(description="The language to show it in; absent: English.")] = None


class InstrumentSummary(ReadSchema):
    """An instrument in the list."""

    id: InstrumentId = Field(description="The name of the instrument in paths.", examples=["phq9"])
    version: int = Field(description="The newest version of its definition.", examples=[1])
    name: str = Field(description="The name to show.", examples=["Patient Health Questionnaire 9"])
    state: InstrumentState = Field(description="Whether the ranges of its items are verified.", examples=["active"])
    kind: InstrumentKind = Field(description="Whose answers it takes.", examples=["self_report"])
    measures: str = Field(description="The subject of its scores.", examples=["depression"])
    direction: Direction = Field(description="Whether a higher score is better.", examples=["higher_is_worse"])
    item_count: int = Field(description="The number of its questions.", examples=[10])
    text_distribution: TextDistribution = Field(description="The terms of its licence, in short.", examples=["free"])


class Instruments(ReadSchema):
    """Every instrument."""

    items: list[InstrumentSummary] = Field(description="The newest version of each.")


@response_part
class QuestionWording(TypedDict):
    """A question as it is put to people."""

    text: Annotated[str, Field(description="The question.", examples=["How rested are you?"])]
    options: Annotated[
        dict[str, str], Field(description="The answers as they are offered, by answer.", examples=[{"0": "Not at all"}])
    ]


class InstrumentWording(ReadSchema):
    """The wording that the clinic has imported under its own licence, in one language."""

    language: str = Field(description="Its language.", examples=["en"])
    title: str | None = Field(description="Its title.", examples=["Sleep"])
    licence_note: str = Field(description="The licence by which the clinic uses it.", examples=["Our own wording."])
    items: dict[str, QuestionWording] = Field(description="The wording of each item, by its id.")


class DefinedInstrument(ReadSchema):
    """One instrument with the sources of its facts, and with its wording if the clinic has one."""

    definition: Instrument = Field(description="The newest version.")
    sources: dict[str, InstrumentSource] = Field(
        description="The sources that it names, by their names.",
        examples=[{"loinc": {"what": "LOINC term pages", "where": "loinc.org", "authority": "high"}}],
    )
    languages: list[str] = Field(description="The languages that the clinic has its wording in.", examples=[["en"]])
    wording: InstrumentWording | None = Field(description="The wording in the nearest language; null: there is none.")


class InstrumentCreate(CreateSchema):
    """Either a wording to import, or a definition of the clinic's own."""

    model_config = example(
        {
            "questionnaire": _QUESTIONNAIRE,
            "instrument_id": "own_sleep",
            "language": "en",
            "licence_note": "Our own wording.",
        }
    )

    questionnaire: dict[str, JsonValue] | None = Field(
        default=None,
        description="A Questionnaire of FHIR R4. A question matches by its LOINC code, or a `linkId` that is the item.",
    )
    instrument_id: InstrumentId | None = Field(
        default=None,
        description="The instrument that it words. Absent: the one with its LOINC panel code.",
        examples=["own_sleep"],
    )
    language: Language | None = None
    licence_note: Remark | None = Field(
        default=None,
        description="By which licence the clinic uses the wording; needed with `questionnaire`.",
        examples=["Our own wording."],
    )
    definition: dict[str, JsonValue] | None = Field(
        default=None,
        description=(
            "The shape of `Instrument`, with an id that begins with `own_`. What may be null may be absent. The product"
            " says version, sources, statuses and licence."
        ),
    )


class InstrumentAddition(Resource):
    """A wording or a definition that was added. It never changes; the newest counts."""

    instrument_id: str = Field(description="The instrument.", examples=["own_sleep"])
    instrument_version: int = Field(description="The version of its definition.", examples=[1])
    language: str | None = Field(description="Of a wording: its language.", examples=["en"])
    licence_note: str | None = Field(description="Of a wording: its licence.", examples=["Our own wording."])
    created_by_id: StaffId = Field(description="The account that added it.")
