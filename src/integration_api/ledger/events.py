"""The Events: names of what can happen. An operation's own Event stands in its record (`access/operations.py`)."""

from enum import StrEnum
from typing import ClassVar, Self

from pydantic_core import PydanticKnownError, core_schema


class Outcome(StrEnum):
    """The outcome of a request."""

    DONE = "done"
    DENIED = "denied"


class Purpose(StrEnum):
    """The purpose of an access. It follows from the role by which the policy allowed it."""

    TREATMENT = "treatment"
    SUPERVISION = "supervision"
    OPERATIONS = "operations"
    OVERSIGHT = "oversight"
    OWN = "own"


class Event(str):
    """The name of what happened: `note.signed`. The part before the dot is the kind of its subject."""

    __slots__ = ()
    known: ClassVar[dict[str, "Event"]] = {}
    """Every Event of the product, once all of its modules are loaded. `docs/events.md` lists them."""

    def __new__(cls, name: str) -> Self:
        """Register an Event. Raises ValueError if two have one name."""
        if name in cls.known:
            msg = f"there are two Events named {name}"
            raise ValueError(msg)
        made = super().__new__(cls, name)
        cls.known[name] = made
        return made

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: object, _handler: object) -> core_schema.CoreSchema:
        """Take the name of a known Event."""
        return core_schema.no_info_after_validator_function(_known, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: core_schema.CoreSchema, _handler: object) -> dict[str, object]:
        """List all of them; asked for when every module is loaded. More may come, so it is an open enumeration."""
        return {"type": "string", "title": "EventName", "x-extensible-enum": sorted(cls.known)}


def _known(name: str) -> Event:
    if name not in Event.known:
        raise PydanticKnownError("enum", {"expected": "the Events that the API document lists"})
    return Event.known[name]


# Events that no single operation owns, or that a lower layer records.
REQUEST_REFUSED = Event("request.refused")
REQUEST_REPLAYED = Event("request.replayed")
SIGNED_IN = Event("auth.signed_in")
TOKENS_REFRESHED = Event("auth.refreshed")
SIGN_IN_FAILED = Event("auth.sign_in_failed")
CHART_LIMIT_EXCEEDED = Event("security.volume_exceeded")
BINDING_BROKEN = Event("security.binding_broken")
"""A row that decides access was moved, edited or inserted by hand."""
DATABASE_RESTORED = Event("database.restored")
"""The database was put back to the moment of a backup (`restores.py`)."""
SIGN_INS_ENDED = Event("database.sign_ins_ended")
"""With a restore: everybody signs in anew."""
PATIENT_CREATED = Event("patient.created")
PATIENTS_LISTED = Event("patient.listed")
PATIENTS_SEARCHED = Event("patient.searched")
WORKLIST_READ = Event("worklist.read")
REFLECTION_RELEASED = Event("reflection.released")
"""The time came from which the care team may read it; recorded by the sealer, as those below."""
REPLY_MISSED = Event("reflection.reply_missed")
"""The time came by which a reply was promised, and there was none."""
ARC_WINDOW_MISSED = Event("arc_window.missed")
"""A window of the integration arc closed without an answer."""
FLAG_UNANSWERED = Event("flag.unanswered")
"""A flag was overdue, and nobody was left to tell: R36. The clinic's admins get a notice."""
WITHHOLDING_ENDED = Event("note.withholding_ended")
MEMBERSHIP_LAPSED = Event("care_team.lapsed")
PSYCHOTHERAPY_GRANT_LAPSED = Event("psychotherapy_note.grant_lapsed")
TASK_OPENED = Event("task.opened")
