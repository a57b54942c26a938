"""The screen of a patient on the wire."""

from datetime import date

from pydantic import Field

from integration_api.resources.attention.inbox.schemas import InboxItem
from integration_api.resources.care.sessions.schemas import Session
from integration_api.resources.journal.plans.occurrence_schemas import Occurrence
from integration_api.resources.journal.plans.schemas import Plan
from integration_api.resources.journal.practices.schemas import Practice
from integration_api.resources.journal.reflections.schemas import Reflection
from integration_api.resources.people.clinics.schemas import ClinicPhone, EmergencyInstruction
from integration_api.resources.people.patients.schemas import TheirTimeZone
from integration_api.web.schemas import ReadSchema, example_with


class Home(ReadSchema):
    """A patient's day: the first rows of each list, and whom to call."""

    model_config = example_with({part: [] for part in ("sessions", "plans", "occurrences", "reflections", "practices")})

    time_zone: TheirTimeZone
    today: date = Field(description="The day by the patient's calendar.", examples=["2026-11-30"])
    clinic_phone: ClinicPhone | None
    emergency_instruction: EmergencyInstruction | None
    unread: int = Field(description="Unread items of the inbox; 100 means 100 or more.", examples=[1])
    inbox: list[InboxItem] = Field(description="The newest 5 that are unread; all: `GET /v1/me/inbox`.")
    sessions: list[Session] = Field(description="The next 5; all: `GET /v1/sessions`.")
    plans: list[Plan] = Field(description="The newest 10 active plans; all: `GET /v1/plans`.")
    occurrences: list[Occurrence] = Field(description="When their strategies are due today.")
    reflections: list[Reflection] = Field(description="The newest 5; all: `GET /v1/reflections`.")
    practices: list[Practice] = Field(description="The last 5; all: `GET /v1/practices`.")
