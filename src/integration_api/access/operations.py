"""One record per operation: its Action, its Event, who may, and what else holds for it.

An operation of the API is declared once, in `operations.py` of its resource. Its router names it, its service records
its Event, the exchange enforces it, and `docs/actions.md`, `docs/events.md` and the OpenAPI document are made from it.
"""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Any

from starlette.responses import Response

from integration_api.access.actor import Role
from integration_api.access.runtime import Runtime
from integration_api.ledger.events import SIGNED_IN, TOKENS_REFRESHED, Event


class Relation(StrEnum):
    """The relation to a thing that an operation asks of its actor."""

    OWN = "own"
    """It is the actor's own chart."""
    TEAM = "team"
    """The actor is on the patient's care team now."""
    AUTHOR = "author"
    """On the care team now, and the one who wrote it."""
    CLINIC = "clinic"
    """It belongs to the actor's clinic."""
    SELF = "self"
    """It is about the actor's own account."""


Who = Mapping[Role, Relation]
"""The roles that may, and what somebody of that role must be to the thing."""
_Row = dict[Role, Relation]
_PEOPLE: list[Role] = [role for role in Role if role not in (Role.SERVICE, Role.OUTSIDE_THERAPIST)]

PATIENT: _Row = {Role.PATIENT: Relation.OWN}
CLINICIANS: _Row = {Role.THERAPIST: Relation.TEAM, Role.PRESCRIBER: Relation.TEAM}
SUPERVISORS: _Row = {Role.SUPERVISOR: Relation.TEAM}
TEAM: _Row = CLINICIANS | SUPERVISORS
AUTHORS: _Row = {Role.THERAPIST: Relation.AUTHOR, Role.PRESCRIBER: Relation.AUTHOR}
EVERYBODY: _Row = dict.fromkeys(_PEOPLE, Relation.SELF)
ACCOUNT_HOLDERS: _Row = EVERYBODY | {Role.OUTSIDE_THERAPIST: Relation.SELF}
"""Everybody with an account of a person, for what concerns that account and its sign-ins alone."""
ANYONE_IN_CLINIC: _Row = dict.fromkeys(_PEOPLE, Relation.CLINIC)
STAFF: _Row = {role: Relation.CLINIC for role in _PEOPLE if role is not Role.PATIENT}
CLINICIANS_OF_CLINIC: _Row = {Role.THERAPIST: Relation.CLINIC, Role.PRESCRIBER: Relation.CLINIC}
ADMINS: _Row = {Role.CLINIC_ADMIN: Relation.CLINIC}
AUDITORS: _Row = {Role.AUDITOR: Relation.CLINIC}
PRIVACY_OFFICERS: _Row = {Role.PRIVACY_OFFICER: Relation.CLINIC}
PROGRAMS: _Row = {Role.SERVICE: Relation.CLINIC}


_ACTIONS: set[str] = set()
Otherwise = Callable[[Runtime, str, str, int], Response]
"""The answer instead of an error, made of the header `Authorization`, the request's id, and the status of the error."""

Beside = Callable[[Runtime, str, object, int], dict[str, object]]
"""The members of a refusal of a status beside the problem, made of `Authorization`, and of the body if it was JSON."""
CAPTURE = "capture:write"
"""The Action of the tokens of capture links."""


class Operation:
    """One thing that can be asked of the product."""

    def __init__(
        self,
        action: str,
        event: Event | str | None,
        who: Who | None = None,
        *,
        is_public: bool = False,
        takes_any_token: bool = False,
        is_command: bool = False,
        needs_step_up: bool = False,
        needs_factor: bool = True,
        is_private: bool = False,
        is_of_sandbox: bool = False,
        is_confidential: bool = False,
        otherwise: Otherwise | None = None,
        takes_reading_tokens: bool = False,
        takes_capture_links: bool = False,
        beside: Beside | None = None,
        is_of_fhir: bool = False,
        programs_read: Collection[str] = (),
    ) -> None:
        """Declare an operation: `Operation("note:sign", "note.signed", AUTHORS)`.

        `action` is `noun:verb`. `event` is the Event that it records; None if it touches nothing clinical and leaves
        no row in the ledger. `who` may ask for it. `is_public`: without a sign-in. `takes_any_token`:
        public, yet it answers for whom a token names; it refuses none. `is_command`: of the command line alone, so
        that no route may name it. `needs_step_up`: only with a fresh proof of who asks. `needs_factor`: not before a
        member of staff has a second factor. `is_private`: what it is refused for may be the patient's alone, so
        auditors do not see the refusal. `is_confidential`: nobody is shown its rows of the ledger, refusals and
        replays included. `is_of_sandbox`: in no document of the product. `otherwise` answers instead of any error but
        403: nothing about the request can be refused then. `takes_reading_tokens`: a reading token for its Action is
        accepted too. `takes_capture_links`: the token of a capture link is. `beside` adds members to each refusal.
        `is_of_fhir`: a program does it with a token of FHIR. `programs_read` are the types of FHIR as which programs
        read its things; every Statement behind it holds them to who permits sharing.

        Raises TypeError unless exactly one of `who`, `is_public` and `is_command` is given; `takes_any_token` is for
        public ones.
        """
        if (who is not None) + is_public + is_command != 1 or who == {}:
            msg = f"{action} must be either public, of the command line, or granted to some role"
            raise TypeError(msg)
        if takes_any_token and not is_public:
            msg = f"{action} is not public, and so refuses some tokens"
            raise TypeError(msg)
        self.action = action
        if not is_of_sandbox:
            _ACTIONS.add(action)
        self.event = Event(event) if isinstance(event, str) and not isinstance(event, Event) else event
        self.who: Who = who or {}
        self.is_public, self.is_command, self.takes_any_token = is_public, is_command, takes_any_token
        self.needs_step_up, self.needs_factor = needs_step_up, needs_factor
        self.is_private, self.is_confidential = is_private, is_confidential
        self.otherwise, self.takes_reading_tokens = otherwise, takes_reading_tokens
        self.takes_capture_links = takes_capture_links
        self.beside = beside
        self.is_of_fhir = is_of_fhir
        self.programs_read = frozenset(f"system/{kind}.rs" for kind in programs_read)

    @property
    def recorded(self) -> Event:
        """Return the Event that it records. Raises TypeError if it records none."""
        if self.event is None:
            msg = f"{self.action} records no Event"
            raise TypeError(msg)
        return self.event

    def __repr__(self) -> str:
        """Return its Action, for messages."""
        return f"Operation({self.action!r})"


def list_actions(schema: dict[str, Any]) -> None:
    """Add every Action to a schema; asked for when every module is loaded. More may come: an open enumeration."""
    schema |= {"title": "ActionName", "x-extensible-enum": sorted(_ACTIONS)}


SIGN_IN = Operation("auth:sign_in", SIGNED_IN, is_public=True)
REFRESH_TOKENS = Operation("auth:refresh", TOKENS_REFRESHED, is_public=True)
