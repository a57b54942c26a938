"""Set, setting and music on the wire."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, cast

from pydantic import Field, JsonValue
from typing_extensions import TypedDict

from integration_api.web.schemas import Instant, Line, Remark, Schema, example, response_part

MAX_MUSIC_EVENTS = 100
_PLAYED_AT = "2026-11-20T15:25:00Z"


class Posture(StrEnum):
    """The posture of the patient. Source: clinical.md section 1.6."""

    SUPINE = "supine"
    RECLINED = "reclined"
    SIDE = "side"
    SEATED = "seated"


class EyeshadeUse(StrEnum):
    """Whether an eyeshade is worn. Source: clinical.md section 1.6."""

    ON = "on"
    OFF = "off"
    DECLINED = "declined"


class MusicChange(StrEnum):
    """A change of the music. Source: clinical.md section 1.6."""

    STARTED = "started"
    STOPPED = "stopped"
    SKIPPED = "skipped"
    VOLUME = "volume"
    SILENCE = "silence"


class MusicChoice(StrEnum):
    """The one who chose the music, or asked for a change. Source: clinical.md section 1.6."""

    PATIENT = "patient"
    THERAPIST = "therapist"
    SERVICE = "service"


Expectation = Annotated[
    Remark | None, Field(description="The patient's expectations.", examples=["Curious, a little nervous"])
]
MoodOnArrival = Annotated[Remark | None, Field(description="The patient's mood on arrival.", examples=["Calm"])]
Sleep = Annotated[Remark | None, Field(description="The patient's sleep before the session.", examples=["Seven hours"])]
Food = Annotated[
    Remark | None, Field(description="Last meal and drinks, and when.", examples=["Light breakfast at eight"])
]
Substances = Annotated[
    Remark | None, Field(description="Anything taken in the last 24 hours.", examples=["One coffee"])
]
SupportPerson = Annotated[
    Remark | None,
    Field(description="The people who support them, and who bring them home.", examples=["Sister drives home"]),
]
Room = Annotated[
    Remark | None,
    Field(description="The room, or where they are during telehealth.", examples=["Garden room, curtains half drawn"]),
]
Position = Annotated[Remark | None, Field(description="Sitting, reclined or lying.", examples=["Reclined"])]
Eyeshade = Annotated[Remark | None, Field(description="Eyeshade, and when.", examples=["Wanted, on from the start"])]
Music = Annotated[Remark | None, Field(description="Music and volume.", examples=["Own list, volume low"])]
ScentAndLight = Annotated[Remark | None, Field(description="Scents and lighting.", examples=["No scent, warm light"])]
TouchAgreement = Annotated[
    Remark | None,
    Field(description="Which touch is agreed, and the sign to stop it.", examples=["Hand only; open palm means stop"]),
]
Stance = Annotated[
    Remark | None,
    Field(description="The degree to which staff lead and speak.", examples=["Mostly quiet company"]),
]
ExpectationLevel = Annotated[
    int | None, Field(ge=0, le=10, description="The degree of expectation, 0-10.", examples=[6])
]
PostureIs = Annotated[Posture | None, Field(description="The posture.")]
EyeshadeIs = Annotated[EyeshadeUse | None, Field(description="Whether the eyeshade is worn.")]
ChangeOfMusic = Annotated[MusicChange, Field(description="The change.", examples=["started"])]
Playlist = Annotated[Line | None, Field(description="The list that it is of.", examples=["Quiet water"])]
TitleOfMusic = Annotated[Line | None, Field(description="The piece.")]
ChosenBy = Annotated[MusicChoice | None, Field(description="The one who chose it.", examples=["therapist"])]
AskedBy = Annotated[MusicChoice | None, Field(description="The one who asked for the change.", examples=["patient"])]
_MUSIC_EVENTS = Field(description="The music as it went, whole, in the order given.")


class MusicEventGiven(Schema):
    """One change of the music."""

    model_config = example({"at": _PLAYED_AT, "change": "started", "playlist": "Quiet water"})

    at: Instant = Field(description="When it was.", examples=[_PLAYED_AT])
    change: ChangeOfMusic
    playlist: Playlist = None
    title: TitleOfMusic = None
    chosen_by: ChosenBy = None
    asked_by: AskedBy = None


@response_part
class MusicEvent(TypedDict):
    """One change of the music, as it was written down."""

    at: Annotated[str, Field(description="When it was (UTC).", examples=[_PLAYED_AT])]
    change: ChangeOfMusic
    playlist: Playlist
    title: TitleOfMusic
    chosen_by: ChosenBy
    asked_by: AskedBy


class SetAndSetting(Schema):
    """The patient's state of mind, the place and the music. Source: clinical.md section 1.6."""

    expectation: Expectation = None
    mood_on_arrival: MoodOnArrival = None
    sleep: Sleep = None
    food: Food = None
    substances_24h: Substances = None
    support_person: SupportPerson = None
    room: Room = None
    position: Position = None
    eyeshade: Eyeshade = None
    music: Music = None
    scent_and_light: ScentAndLight = None
    touch_agreement: TouchAgreement = None
    stance: Stance = None
    expectation_level: ExpectationLevel = None
    posture: PostureIs = None
    eyeshade_use: EyeshadeIs = None
    music_events: Annotated[list[MusicEventGiven] | None, Field(max_length=MAX_MUSIC_EVENTS), _MUSIC_EVENTS] = None


@response_part
class SetAndSettingThen(TypedDict):
    """The patient's state of mind, the place and the music, as they were given; null if nothing was said."""

    expectation: Expectation
    mood_on_arrival: MoodOnArrival
    sleep: Sleep
    food: Food
    substances_24h: Substances
    support_person: SupportPerson
    room: Room
    position: Position
    eyeshade: Eyeshade
    music: Music
    scent_and_light: ScentAndLight
    touch_agreement: TouchAgreement
    stance: Stance
    expectation_level: ExpectationLevel
    posture: PostureIs
    eyeshade_use: EyeshadeIs
    music_events: Annotated[list[MusicEvent] | None, _MUSIC_EVENTS]


_OF_LISTS = frozenset({"expectation_level", "posture", "eyeshade_use", "music_events"})
"""The members that are no free text."""
_BLANK: Mapping[str, JsonValue] = dict.fromkeys(SetAndSetting.model_fields)

_WORDS: Mapping[str, type[StrEnum]] = {
    "posture": Posture,
    "eyeshade_use": EyeshadeUse,
    "change": MusicChange,
    "chosen_by": MusicChoice,
    "asked_by": MusicChoice,
}


def whole_setting(stored: Mapping[str, JsonValue] | None) -> SetAndSettingThen | None:
    """Return what is stored with every member: a version before knew fewer of them."""
    if stored is None:
        return None
    whole = _with_words({**_BLANK, **stored})
    if whole["music_events"] is not None:
        whole["music_events"] = [_with_words(event) for event in cast("list[dict[str, object]]", whole["music_events"])]
    return cast("SetAndSettingThen", whole)


def _with_words(stored: Mapping[str, object]) -> dict[str, object]:
    return {
        name: _WORDS[name](str(value)) if name in _WORDS and value is not None else value
        for name, value in stored.items()
    }


def setting_texts(stored: Mapping[str, JsonValue] | None) -> Iterator[str]:
    """Yield the free texts of what is stored."""
    found = whole_setting(stored)
    if found is None:
        return
    yield from (str(text) for name, text in found.items() if name not in _OF_LISTS and text is not None)
    for event in found["music_events"] or ():
        yield from (text for text in (event["playlist"], event["title"]) if text is not None)
