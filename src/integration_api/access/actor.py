"""The actor: the signed-in account that asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations
from uuid import UUID

BY_FHIR = "fhir"
"""The scope of a token for `/fhir/R4` alone. No account has it, and no plain operation is done by such a token."""
FRESH = timedelta(minutes=5)
"""The time for which an authentication counts as fresh. Source: OWASP ASVS 5.0, 7.5.1."""


class Role(StrEnum):
    """The roles of accounts.

    A staff account may hold several; a patient's account holds `patient` alone, a clinic's own program `service`. A
    therapist of another clinic holds `outside_therapist` alone, which no operation names but two of split care.
    """

    CLINIC_ADMIN = "clinic_admin"
    THERAPIST = "therapist"
    PRESCRIBER = "prescriber"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    PRIVACY_OFFICER = "privacy_officer"
    PATIENT = "patient"
    SERVICE = "service"
    OUTSIDE_THERAPIST = "outside_therapist"


STAFF_ROLES = tuple(role for role in Role if role not in (Role.PATIENT, Role.SERVICE, Role.OUTSIDE_THERAPIST))


def staff_role_sets() -> list[list[str]]:
    """Return every set of roles that somebody of the staff can have, each in the order in which accounts hold them."""
    return [[*chosen] for count in range(len(STAFF_ROLES) + 1) for chosen in combinations(STAFF_ROLES, count)]


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in account, as its access token claims it.

    The claims are a hint. Every Statement that acts for an actor proves in the database that the sign-in still stands,
    and that `epoch` is still the account's. The epoch changes with roles, state and password.
    """

    clinic_id: UUID
    id: UUID
    sign_in_id: UUID
    epoch: int
    roles: tuple[Role, ...]
    patient_id: UUID | None
    proved_at: datetime
    """The last complete authentication in this sign-in."""
    is_strong: bool = False
    """Whether a second factor or a passkey was part of that authentication."""
    scopes: frozenset[str] = frozenset()
    """The Actions that a service account was given, out of those of its role; empty for all others."""
    is_by_link: bool = False
    """Whether the token of a capture link is here in the patient's place: nothing of the chart is shown to it."""

    def is_fresh(self, now: datetime) -> bool:
        """Return whether the last authentication is recent enough for an operation that needs a fresh one."""
        return now - self.proved_at <= FRESH

    @property
    def is_service(self) -> bool:
        """Return whether this is a program of the clinic."""
        return Role.SERVICE in self.roles

    @property
    def is_by_fhir(self) -> bool:
        """Return whether a program reads by FHIR, by the types in its scopes."""
        return BY_FHIR in self.scopes

    def scopes_now(self, of_account: frozenset[str]) -> frozenset[str]:
        """Return its scopes by those that the account has now; a token of FHIR keeps to what was asked for."""
        return of_account & self.scopes | {BY_FHIR} if self.is_by_fhir else of_account

    @property
    def may_do_all(self) -> bool:
        """Return whether the authentication is strong enough: staff need a second factor for nearly everything."""
        return self.is_strong or self.is_patient or self.is_service

    @property
    def is_patient(self) -> bool:
        """Return whether this is a patient's own account."""
        return self.patient_id is not None
