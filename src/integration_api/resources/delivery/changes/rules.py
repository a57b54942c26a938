"""The words of the change feed."""

from enum import StrEnum


class ChangeKind(StrEnum):
    """The kind of a thing that changed. Its content is read with the thing itself."""

    CHART = "chart"
    """A chart that opens or closes to the reader."""
    PATIENT = "patient"
    CARE_TEAM = "care_team"
    COURSE = "course"
    SESSION = "session"
    READINESS = "readiness"
    ORDER = "order"
    DOSE = "dose"
    VITALS = "vitals"
    """The vitals of a session, which the id is of."""
    ADVERSE_EVENT = "adverse_event"
    ASSESSMENT = "assessment"
    """The therapist's assessment of a session, which the id is of."""
    DISCHARGE = "discharge"
    REMS_FORM = "rems_form"
    REMOTE_SESSION = "remote_session"
    """The remote record, the checks and the links of a session, which the id is of."""
    CUSTODY_CONTAINER = "custody_container"
    """A container of the clinic and its register, which the staff see."""
    HOME_SUPPLY = "home_supply"
    """The home supply of a patient, whom the id is of."""
    HOME_COUNT = "home_count"
    MEDICINE = "medicine"
    NOTE = "note"
    AMENDMENT_REQUEST = "amendment_request"
    DISCLOSURE = "disclosure"
    PSYCHOTHERAPY_NOTE = "psychotherapy_note"
    REFLECTION = "reflection"
    GOAL = "goal"
    PLAN = "plan"
    PRACTICE = "practice"
    SAFETY_PLAN = "safety_plan"
    MEASURE_RESPONSE = "measure_response"
    WORKLIST = "worklist"
    INBOX = "inbox"
    NOTICE = "notice"
    ACCOUNT = "account"
    CLINIC = "clinic"
    STRATEGY_LIBRARY = "strategy_library"
    INSTRUMENT = "instrument"
    """A wording or a definition that the clinic has added to the instruments."""


class ChangeWord(StrEnum):
    """The word for what happened to a thing, as its reader sees it."""

    CHANGED = "changed"
    GONE = "gone"
    OPENED = "opened"
    CLOSED = "closed"


AUDIENCE = "audience"
"""A change of who reads drafts: not told as such; whoever it is about begins anew."""
