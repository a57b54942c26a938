"""The statement to a patient about who watches, in the form in which it is encrypted and answered: plain JSON."""

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from integration_api.resources.people.clinics.schemas import CrisisResource
from integration_api.resources.people.patients.next_safety_steps import NextSafetyStep
from integration_api.web.schemas import response_part

ToldGroup = Annotated[Literal["team", "supervisors", "owner", "nobody"], Field(title="ToldGroup")]
"""Those who are told of something; without `nobody`, each is somebody of the clinic."""

_MOMENT = Field(json_schema_extra={"format": "date-time"})


@response_part
class Answerer(TypedDict):
    """Somebody of the care team who means to answer, as far as their patient may know them."""

    name: Annotated[str, Field(description="Name.", examples=["Imani Vale"])]
    credential: Annotated[str | None, Field(description="Credential; null: none is known.", examples=["LMFT"])]
    licence_region: Annotated[str | None, Field(description="Region of the licence.", examples=["OR"])]
    is_supervised: Annotated[bool, Field(description="Whether a supervisor stands behind them.", examples=[False])]


@response_part
class Monitoring(TypedDict):
    """The statement to the patient: who, if anybody, watches, who reviews by when, and whom to call."""

    stated_at: Annotated[
        str,
        _MOMENT,
        Field(description="When it was said (UTC); it was true then.", examples=["2026-11-20T21:14:00Z"]),
    ]
    is_monitored_now: Annotated[
        bool, Field(description="Always false: nobody watches entries as they come in.", examples=[False])
    ]
    reviewed_by: Annotated[
        str | None,
        _MOMENT,
        Field(
            description="Until when the care team means to read it; null: no time is set.",
            examples=["2026-11-23T21:14:00Z"],
        ),
    ]
    answered_by: NotRequired[
        Annotated[
            Answerer | None,
            Field(description="The one who means to answer by then; null: nobody is named. Absent in old ones."),
        ]
    ]
    clinic_opens_at: Annotated[
        str | None,
        _MOMENT,
        Field(
            description="When the clinic opens next; null: it is open now, or has no hours.",
            examples=["2026-11-23T14:00:00Z"],
        ),
    ]
    next_step: NotRequired[
        Annotated[
            NextSafetyStep | None,
            Field(
                description="The patient's own next step, to be shown first; null: nothing is urgent, or no safety "
                "plan is in force. Absent in old ones."
            ),
        ]
    ]
    text: Annotated[
        str,
        Field(
            description="The statement in plain sentences, to be shown as it is.",
            examples=[
                "Nobody watches entries as they come in. If it becomes urgent, do not wait: call 911 (Emergency "
                "services)."
            ],
        ),
    ]
    told: Annotated[
        ToldGroup | None,
        Field(description="Those who were told; null: nobody is told of what is private.", examples=["team"]),
    ]
    crisis_resources: Annotated[
        list[CrisisResource], Field(description="The crisis lines that answer now, emergency services first.")
    ]


MonitoringNow = Annotated[
    Monitoring | None,
    Field(description="The statement to the patient who wrote it just now; null otherwise.", examples=[None]),
]
