"""The cast of the demo. All of them are invented, and so are their addresses (RFC 2606)."""

from dataclasses import dataclass

from integration_api.access.actor import Role

SLUG = "willow-house"
DEMO_PASSWORD = "paper-lantern-harbour"  # noqa: S105  everybody may know it: nobody in the demo is real
DEMO_TOTP_SECRET = "WILLOWHOUSEDEMOWILLOWHOUSEDEMOAB"  # noqa: S105  as above: the second factor of all staff


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works at the clinic."""

    key: str
    role: Role
    name: str
    email: str
    credential: str = ""


STAFF = (
    Member("admin", Role.CLINIC_ADMIN, "Ada Keeper", "ada.keeper@example.org"),
    Member("therapist", Role.THERAPIST, "Imani Vale", "imani.vale@example.org", "LMFT"),
    Member("therapist_2", Role.THERAPIST, "Tobias Example", "tobias.example@example.org", "Associate MFT"),
    Member("prescriber", Role.PRESCRIBER, "Noor Placeholder", "noor.placeholder@example.org", "MD"),
    Member("supervisor", Role.SUPERVISOR, "Greta Specimen", "greta.specimen@example.org", "PsyD"),
    Member("auditor", Role.AUDITOR, "Milo Ledger", "milo.ledger@example.org"),
)

PATIENTS = {
    "patient": "rowan.sample@example.org",
    "patient_2": "wren.invented@example.org",
    "patient_3": "juniper.mock@example.org",
    "patient_4": "ash.fictional@example.org",
}

SIGN_INS: tuple[tuple[str, str], ...] = (*((member.key, member.email) for member in STAFF), *PATIENTS.items())
"""Role and e-mail address of everybody who can sign in."""
