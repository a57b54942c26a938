"""Set and setting on the wire."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.web.schemas import Remark, Schema, response_part

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


class SetAndSetting(Schema):
    """The patient's state of mind and the place, each in a few words. Source: clinical.md section 1.6."""

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


@response_part
class SetAndSettingThen(TypedDict):
    """The patient's state of mind and the place, as they were given; null if nothing was said."""

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
