"""Who is asking."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

__all__ = ["Actor", "Role"]


class Role(StrEnum):
    """What an account may be. A staff account may hold several; a patient's account holds `patient` alone."""

    CLINIC_ADMIN = "clinic_admin"
    THERAPIST = "therapist"
    PRESCRIBER = "prescriber"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in account, as its access token claims it.

    The claims are a hint: every Statement that acts for an actor proves in the database that the sign-in still
    stands and that `epoch` is still the account's (it changes with roles, state and password).
    """

    clinic_id: UUID
    id: UUID
    sign_in_id: UUID
    epoch: int
    roles: tuple[Role, ...]
    patient_id: UUID | None

    @property
    def is_patient(self) -> bool:
        """Whether this is a patient's own account."""
        return self.patient_id is not None
