"""Every screen of the phone: axe-core finds nothing in light, in dark at 320 px, and with text twice as large."""

from datetime import timedelta
from typing import Any

import pytest

from tests.browser.all_screens import PHONE
from tests.browser.apart import give_dose
from tests.browser.clinic import ROWAN, WREN, Clinic
from tests.browser.conftest import NewPhone
from tests.browser.members import Member
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings

pytestmark = pytest.mark.browser

_AFTER_A_DOSE = ("check-in", "measure")
"""What only a patient sees who had a dose of late."""
_OF_NOBODY = ("sign-in", "code", "capture", "observer")
"""What needs no sign-in."""
SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}
LARGE = "document.documentElement.style.setProperty('font-size', '200%')"


@pytest.fixture(scope="module")
def clinic(apart: Clinic) -> Clinic:
    """The clinic that has documents, and asks questionnaires after each dose."""
    return apart


def first(member: Member, path: str) -> Any:
    """The first thing of a list."""
    return member.ask("GET", path)["items"][0]


def ids_of(clinic: Clinic) -> dict[str, str]:
    """The ids that the addresses of Rowan's screens need."""
    rowan = clinic.member(ROWAN)
    plan = rowan.ask("GET", f"/plans/{first(rowan, '/plans?state=active')['id']}")
    return {
        "entry": next(one["id"] for one in rowan.ask("GET", "/reflections")["items"] if one["state"] == "submitted"),
        "plan": plan["id"],
        "strategy": plan["strategies"][0]["id"],
        "note": first(rowan, "/notes")["id"],
        "document": first(rowan, "/consent-documents")["id"],
    }


def seen(phone: Phone, axe: str) -> list[str]:
    """What is wrong with the screen that is shown."""
    phone.settle()
    return findings(phone, axe) + phone.page.evaluate(OVERFLOWING)


@pytest.mark.parametrize("look", ["light", "narrow", "large"])
def test_every_screen_can_be_used_by_everybody(new_phone: NewPhone, clinic: Clinic, axe: str, look: str) -> None:
    give_dose(clinic, WREN, timedelta(hours=26))
    window = clinic.member(WREN).ask("GET", "/me/next")["now"][0]["arc_window_id"]
    own = [name for name in PHONE if name not in (*_AFTER_A_DOSE, *_OF_NOBODY)]
    visits = ((None, _OF_NOBODY, {}), (ROWAN, own, ids_of(clinic)), (WREN, _AFTER_A_DOSE, {"window": window}))
    found, visited = {}, list[str]()
    for email, names, ids in visits:
        phone = new_phone(reduced_motion="reduce", **(SMALL if look == "narrow" else {}))
        if look == "large":
            phone.page.add_init_script(f"addEventListener('DOMContentLoaded', () => {LARGE})")
        if email is not None:
            phone.sign_in(email)
        for name in names:
            phone.open(PHONE[name].format(**ids))
            visited.append(name)
            if wrong := seen(phone, axe):
                found[name] = wrong
    assert found == {}
    assert sorted(visited) == sorted(PHONE)
