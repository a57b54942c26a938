"""The cast of the demo. All of them are invented, and so are their addresses (RFC 2606)."""

from dataclasses import dataclass

from integration_api.access.actor import Role
from integration_api.demo.stories import CHARTS, CLINIC

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


STAFF = tuple(Member(**{**member, "role": Role(member["role"])}) for member in CLINIC["staff"])

PATIENTS = {
    "patient" + ("" if number == 1 else f"_{number}"): chart["chart"]["patient"]["email"]
    for number, chart in enumerate(CHARTS, 1)
}

SIGN_INS: tuple[tuple[str, str], ...] = (*((member.key, member.email) for member in STAFF), *PATIENTS.items())
"""Role and e-mail address of everybody who can sign in."""
