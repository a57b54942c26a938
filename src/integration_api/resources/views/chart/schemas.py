"""The screen of a chart on the wire."""

from pydantic import Field

from integration_api.resources.attention.worklist.schemas import Task
from integration_api.resources.care.medicines.schemas import Medicine
from integration_api.resources.care.sessions.schemas import Session
from integration_api.resources.journal.plans.schemas import PlanListItem
from integration_api.resources.people.patients.schemas import CareTeamMember, Patient
from integration_api.resources.views.timeline.schemas import TimelineItem
from integration_api.web.schemas import ReadSchema, example_with

_PARTS = ("alerts", "care_team", "medicines", "plans", "next_sessions", "last_sessions", "notes", "reflections")


class Chart(ReadSchema):
    """A chart as its care team opens it: the first rows of each list."""

    model_config = example_with({part: [] for part in _PARTS})

    patient: Patient = Field(description="The patient.")
    alerts: list[Task] = Field(
        description="At most 10 urgent tasks of anybody in this chart, the most urgent first; none by emergency "
        "access. An entry that you may not read now is `help_asked`, with the patient as `subject_id`."
    )
    tasks: list[Task] = Field(description="At most 10 tasks of yours in this chart; all: `GET /v1/worklist`.")
    care_team: list[CareTeamMember] = Field(
        description="The newest 20 now; all: `GET /v1/patients/{patient_id}/care-team`."
    )
    medicines: list[Medicine] = Field(description="The newest 20 that are taken; all: `GET /v1/medicines`.")
    plans: list[PlanListItem] = Field(description="The newest 10 active plans; all: `GET /v1/plans`.")
    next_sessions: list[Session] = Field(description="The next 5; all: `GET /v1/sessions`.")
    last_sessions: list[Session] = Field(description="The last 5, the latest first.")
    notes: list[TimelineItem] = Field(description="The newest 5 notes, without text; all: `GET /v1/notes`.")
    reflections: list[TimelineItem] = Field(
        description="The newest 5 that are shared, without text and unread; all: `GET /v1/reflections`."
    )
