"""The policy: one table, Action x role x relation. What is not in it is refused. `docs/actions.md` is made from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from integration_api.access.actions import Action as A
from integration_api.access.actor import Role
from integration_api.ledger.events import Purpose


class Relation(StrEnum):
    """What an actor must be to a thing for the Action."""

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


ADMIN, THERAPIST, PRESCRIBER, SUPERVISOR, AUDITOR, PRIVACY_OFFICER, PATIENT, SERVICE = (
    Role.CLINIC_ADMIN,
    Role.THERAPIST,
    Role.PRESCRIBER,
    Role.SUPERVISOR,
    Role.AUDITOR,
    Role.PRIVACY_OFFICER,
    Role.PATIENT,
    Role.SERVICE,
)

_Row = Mapping[Role, Relation]

_own: _Row = {PATIENT: Relation.OWN}
_clinicians: _Row = {THERAPIST: Relation.TEAM, PRESCRIBER: Relation.TEAM}
_team: _Row = {**_clinicians, SUPERVISOR: Relation.TEAM}
_authors: _Row = {THERAPIST: Relation.AUTHOR, PRESCRIBER: Relation.AUTHOR}
_people = [role for role in Role if role is not SERVICE]
_everybody: _Row = dict.fromkeys(_people, Relation.SELF)
_service: _Row = {SERVICE: Relation.CLINIC}
_staff_of_clinic: _Row = dict.fromkeys(
    (ADMIN, THERAPIST, PRESCRIBER, SUPERVISOR, AUDITOR, PRIVACY_OFFICER), Relation.CLINIC
)
_admin: _Row = {ADMIN: Relation.CLINIC}
_anyone_in_clinic: _Row = dict.fromkeys(_people, Relation.CLINIC)
_patient_and_clinicians: _Row = {**_own, **_clinicians}
_patient_and_team: _Row = {**_own, **_team}

_health = frozenset({A.HEALTH_READ_LIVE, A.HEALTH_READ_READY, A.VERSION_READ})

PUBLIC: frozenset[A] = _health | {
    A.AUTH_SIGN_IN,
    A.AUTH_REFRESH,
    A.AUTH_OFFER_PASSKEY,
    A.AUTH_SIGN_IN_WITH_PASSKEY,
    A.INVITATION_ACCEPT,
    A.SERVICE_TOKEN_CREATE,
}
"""Actions that need no sign-in."""

COMMANDS: frozenset[A] = frozenset({A.CLINIC_CREATE})
"""Actions of the command line alone: no route may name them."""

UNRECORDED: frozenset[A] = _health | {
    A.AUTH_OFFER_PASSKEY,
    A.FACTOR_OFFER_PASSKEY,
    A.ME_READ,
    A.CRISIS_RESOURCE_LIST,
    A.PROMPT_SET_LIST,
    A.STRATEGY_LIBRARY_LIST,
}
"""Actions that touch nothing clinical, and so leave no row in the ledger."""

STEP_UP: frozenset[A] = frozenset(
    {
        A.FACTOR_ADD_TOTP,
        A.FACTOR_CONFIRM_TOTP,
        A.FACTOR_OFFER_PASSKEY,
        A.FACTOR_ADD_PASSKEY,
        A.FACTOR_REMOVE,
        A.RECOVERY_CODE_MAKE,
        A.PASSWORD_CHANGE,
        A.PASSWORD_RESET,
        A.EXTERNAL_IDENTITY_SET,
        A.SERVICE_ACCOUNT_CREATE,
        A.SERVICE_ACCOUNT_UPDATE,
        A.SERVICE_ACCOUNT_ROTATE_SECRET,
        A.PATIENT_ERASE,
        A.CARE_TEAM_OPEN_EMERGENCY,
    }
)
"""Actions that need a fresh proof of who asks (`Actor.is_fresh`), whatever the clinic's own policy says."""

WITHOUT_FACTOR: frozenset[A] = frozenset(
    {
        A.AUTH_SIGN_OUT,
        A.AUTH_STEP_UP,
        A.ME_READ,
        A.FACTOR_LIST,
        A.FACTOR_ADD_TOTP,
        A.FACTOR_CONFIRM_TOTP,
        A.FACTOR_OFFER_PASSKEY,
        A.FACTOR_ADD_PASSKEY,
        A.FACTOR_REMOVE,
        A.SIGN_IN_LIST,
        A.SIGN_IN_END,
        A.SIGN_IN_END_ALL,
        A.CRISIS_RESOURCE_LIST,
    }
)
"""What a member of staff may do who signed in with a password alone: look to their own account, and whom to call."""

PURPOSES: Mapping[Role, Purpose] = {
    ADMIN: Purpose.OPERATIONS,
    THERAPIST: Purpose.TREATMENT,
    PRESCRIBER: Purpose.TREATMENT,
    SUPERVISOR: Purpose.SUPERVISION,
    AUDITOR: Purpose.OVERSIGHT,
    PRIVACY_OFFICER: Purpose.OVERSIGHT,
    PATIENT: Purpose.OWN,
    SERVICE: Purpose.OPERATIONS,
}
"""What each role looks and acts for."""

PRIVATE: frozenset[A] = frozenset(action for action in A if action.value.startswith("reflection:"))
"""Actions on what may be a patient's alone: what is refused to the patient there is not shown to auditors either."""

POLICY: Mapping[A, _Row] = {
    A.AUTH_SIGN_OUT: _everybody,
    A.AUTH_STEP_UP: _everybody,
    A.ME_READ: _everybody,
    A.FACTOR_LIST: _everybody,
    A.FACTOR_ADD_TOTP: _everybody,
    A.FACTOR_CONFIRM_TOTP: _everybody,
    A.FACTOR_OFFER_PASSKEY: _everybody,
    A.FACTOR_ADD_PASSKEY: _everybody,
    A.FACTOR_REMOVE: _everybody,
    A.RECOVERY_CODE_MAKE: _everybody,
    A.PASSWORD_CHANGE: {**_everybody, **_own},
    A.PASSWORD_RESET: {**_admin, **_clinicians},
    A.SIGN_IN_LIST: _everybody,
    A.SIGN_IN_END: _everybody,
    A.SIGN_IN_END_ALL: _everybody,
    A.ME_READ_ACCESS_LOG: _own,
    A.CLINIC_READ: {**_anyone_in_clinic, **_service},
    A.CLINIC_UPDATE: _admin,
    A.CRISIS_RESOURCE_LIST: _everybody,
    A.ACCOUNT_LIST: {**_staff_of_clinic, **_service},
    A.ACCOUNT_READ: {**_staff_of_clinic, **_service},
    A.ACCOUNT_CREATE: _admin,
    A.ACCOUNT_UPDATE: _admin,
    A.EXTERNAL_IDENTITY_SET: _admin,
    A.EXTERNAL_IDENTITY_REMOVE: _admin,
    A.SERVICE_ACCOUNT_LIST: _admin,
    A.SERVICE_ACCOUNT_CREATE: _admin,
    A.SERVICE_ACCOUNT_UPDATE: _admin,
    A.SERVICE_ACCOUNT_ROTATE_SECRET: _admin,
    A.NOTICE_LIST: _everybody,
    A.INVITATION_CREATE: {**_admin, **_clinicians, **_service},
    A.PATIENT_LIST: {**_admin, **_patient_and_team, **_service},
    A.PATIENT_SEARCH: {**_admin, **_team, **_service},
    A.PATIENT_READ: {**_admin, **_patient_and_team, **_service},
    A.PATIENT_CREATE: {THERAPIST: Relation.CLINIC, PRESCRIBER: Relation.CLINIC},
    A.PATIENT_UPDATE: {**_admin, **_clinicians, **_service},
    A.PATIENT_READ_ACCOUNT: {**_admin, **_clinicians},
    A.PATIENT_READ_HOLD: _admin,
    A.PATIENT_HOLD: _admin,
    A.PATIENT_RELEASE: _admin,
    A.PATIENT_ERASE: _admin,
    A.CARE_TEAM_LIST: {**_admin, **_patient_and_team, **_service},
    A.CARE_TEAM_ADD: {**_admin, **_clinicians, **_service},
    A.CARE_TEAM_END: {**_admin, **_clinicians, **_service},
    A.CARE_TEAM_OPEN_EMERGENCY: {THERAPIST: Relation.CLINIC, PRESCRIBER: Relation.CLINIC},
    A.EMERGENCY_LIST: {PRIVACY_OFFICER: Relation.CLINIC},
    A.EMERGENCY_REVIEW: {PRIVACY_OFFICER: Relation.CLINIC},
    A.WORKLIST_READ: _team,
    A.COURSE_LIST: _patient_and_team,
    A.COURSE_READ: _patient_and_team,
    A.COURSE_CREATE: _clinicians,
    A.COURSE_UPDATE: _clinicians,
    A.SESSION_LIST: _patient_and_team,
    A.SESSION_READ: _patient_and_team,
    A.SESSION_CREATE: _clinicians,
    A.SESSION_UPDATE: _clinicians,
    A.SESSION_START: _clinicians,
    A.SESSION_COMPLETE: _clinicians,
    A.SESSION_CANCEL: _clinicians,
    A.SESSION_NO_SHOW: _clinicians,
    A.NOTE_LIST: _patient_and_team,
    A.NOTE_READ: _patient_and_team,
    A.NOTE_CREATE: _clinicians,
    A.NOTE_UPDATE: _authors,
    A.NOTE_DELETE: _authors,
    A.NOTE_SIGN: _authors,
    A.NOTE_COSIGN: {SUPERVISOR: Relation.TEAM},
    A.NOTE_RETURN: {SUPERVISOR: Relation.TEAM},
    A.NOTE_ADD_ADDENDUM: _team,
    A.NOTE_AMEND: _authors,
    A.NOTE_ENTER_IN_ERROR: _authors,
    A.NOTE_SET_SHARING: _authors,
    A.NOTE_LIST_VERSIONS: _patient_and_team,
    A.NOTE_READ_PROOF: _patient_and_team,
    A.PROMPT_SET_LIST: _everybody,
    A.REFLECTION_LIST: _patient_and_team,
    A.REFLECTION_READ: _patient_and_team,
    A.REFLECTION_CREATE: _own,
    A.REFLECTION_UPDATE: _own,
    A.REFLECTION_DELETE: _own,
    A.REFLECTION_SUBMIT: _own,
    A.REFLECTION_SHARE: _own,
    A.REFLECTION_UNSHARE: _own,
    A.REFLECTION_REPLY: _patient_and_clinicians,
    A.REFLECTION_LIST_REPLIES: _patient_and_team,
    A.REFLECTION_REVIEW: _clinicians,
    A.REFLECTION_LIST_VERSIONS: _own,
    A.PLAN_LIST: _patient_and_team,
    A.PLAN_READ: _patient_and_team,
    A.PLAN_CREATE: _patient_and_clinicians,
    A.PLAN_UPDATE: _patient_and_clinicians,
    A.PLAN_PROPOSE: _patient_and_clinicians,
    A.PLAN_ACCEPT: _patient_and_clinicians,
    A.PLAN_DECLINE: _patient_and_clinicians,
    A.PLAN_PAUSE: _patient_and_clinicians,
    A.PLAN_RESUME: _patient_and_clinicians,
    A.PLAN_COMPLETE: _patient_and_clinicians,
    A.PLAN_ARCHIVE: _patient_and_clinicians,
    A.PLAN_LIST_VERSIONS: _patient_and_team,
    A.STRATEGY_LIST: _patient_and_team,
    A.STRATEGY_ADD: _patient_and_clinicians,
    A.STRATEGY_UPDATE: _patient_and_clinicians,
    A.STRATEGY_REMOVE: _patient_and_clinicians,
    A.STRATEGY_LIBRARY_LIST: _everybody,
    A.STRATEGY_LIBRARY_ADD: {THERAPIST: Relation.CLINIC, PRESCRIBER: Relation.CLINIC},
    A.PRACTICE_LIST: _patient_and_team,
    A.PRACTICE_READ: _patient_and_team,
    A.PRACTICE_LOG: _own,
    A.TIMELINE_READ: _patient_and_team,
    A.LEDGER_LIST: {AUDITOR: Relation.CLINIC, PRIVACY_OFFICER: Relation.CLINIC},
}


@dataclass(frozen=True, slots=True)
class Grant:
    """What the policy gives an actor for one Action: the scopes of `visible`, and the role it is given to.

    Of several roles that are given it, the first in the order of `Role`: which of them was meant, nobody says.
    """

    role: Role
    purpose: Purpose
    is_clinic: bool
    is_team: bool
    is_own: bool


@lru_cache(maxsize=4096)
def grant(action: A, roles: tuple[Role, ...]) -> Grant | None:
    """The widest grant of these roles for the Action, or None: refused."""
    row = POLICY.get(action, {})
    held = [(role, row[role]) for role in roles if role in row]
    if not held:
        return None
    relations = {relation for _, relation in held}
    return Grant(
        role=held[0][0],
        purpose=PURPOSES[held[0][0]],
        is_clinic=Relation.CLINIC in relations,
        is_team=bool(relations & {Relation.TEAM, Relation.AUTHOR}),
        is_own=Relation.OWN in relations,
    )
