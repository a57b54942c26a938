"""Fragments: what is captured in the come-down, when prose is too much. Encrypted and answered as plain JSON values."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.web.schemas import VISIBLE, Line, Schema, Score10, response_part

MAX_MUSIC_SECONDS = 86_400


FragmentForm = Annotated[Literal["word", "mood", "body_map", "music", "drawing", "voice"], Field(title="FragmentForm")]
BodyRegion = Annotated[
    Literal["head", "face", "throat", "shoulders", "chest", "belly", "back", "pelvis", "arms", "hands", "legs", "feet"],
    Field(title="BodyRegion"),
]
"""A region of the body map: our own division, POLICY."""
MAX_REGIONS = 12

Form = Annotated[
    FragmentForm,
    Field(
        description="Its form; the member for it is given, and no other. A `drawing` or `voice` has none: its image or "
        "sound is an attachment.",
        examples=["word"],
    ),
]
Word = Annotated[
    str,
    StringConstraints(pattern=r"^\S{1,60}$"),
    VISIBLE,
    Field(description="`word`: one word.", examples=["weightless"]),
]
Region = Annotated[BodyRegion, Field(description="The region.", examples=["chest"])]
Intensity = Annotated[Score10, Field(description="Intensity of what is felt there, 0 (nothing) to 10.", examples=[7])]
Title = Annotated[Line, Field(description="The piece, in own words.", examples=["The one with the cello"])]
AtSeconds = Annotated[
    int, Field(ge=0, le=MAX_MUSIC_SECONDS, description="The moment in the piece, in seconds.", examples=[215])
]
TapMood = Annotated[Score10, Field(description="Mood, 0 (not at all good) to 10.", examples=[6])]
TapAnxiety = Annotated[Score10, Field(description="Anxiety, 0 (not at all) to 10.", examples=[3])]
TapConnection = Annotated[Score10, Field(description="Feeling connected, 0 (not at all) to 10.", examples=[8])]
_MOOD = Field(description="`mood`: three taps.")
_REGIONS = Field(description="`body_map`: each region once.")
_MUSIC = Field(description="`music`: a moment of a piece.")


class MoodTapsGiven(Schema):
    """Three taps: all of them, in one go."""

    mood: TapMood
    anxiety: TapAnxiety
    connection: TapConnection


class BodyPointGiven(Schema):
    """One region, and how much is felt there."""

    region: Region
    intensity: Intensity


class MusicMomentGiven(Schema):
    """A moment of a piece of music."""

    title: Title
    at_seconds: AtSeconds | None = None


class FragmentGiven(Schema):
    """A moment, captured in a tap or two."""

    form: Form
    word: Word | None = None
    mood: Annotated[MoodTapsGiven | None, _MOOD] = None
    regions: Annotated[list[BodyPointGiven], Field(max_length=MAX_REGIONS), _REGIONS] = Field(default_factory=list)
    music: Annotated[MusicMomentGiven | None, _MUSIC] = None


@response_part
class MoodTaps(TypedDict):
    """Three taps."""

    mood: TapMood
    anxiety: TapAnxiety
    connection: TapConnection


@response_part
class BodyPoint(TypedDict):
    """One region, and how much is felt there."""

    region: Region
    intensity: Intensity


@response_part
class MusicMoment(TypedDict):
    """A moment of a piece of music."""

    title: Title
    at_seconds: AtSeconds | None


@response_part
class Fragment(TypedDict):
    """A moment that was captured in a tap or two."""

    form: Form
    word: Word | None
    mood: Annotated[MoodTaps | None, _MOOD]
    regions: Annotated[list[BodyPoint], _REGIONS]
    music: Annotated[MusicMoment | None, _MUSIC]
