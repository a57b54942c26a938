"""Every screen of the phone: axe-core finds nothing in light, in dark at 320 px, and with text twice as large."""

from collections.abc import Sequence
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
"""Screens of a patient who had a dose of late."""
_OF_NOBODY = ("sign-in", "code", "capture", "observer")
"""Screens without a sign-in."""
_LOOKS: dict[str, tuple[int, str, int]] = {
    "light": (390, "light", 16),
    "narrow": (320, "dark", 16),
    "large": (390, "dark", 32),
}
"""Width, scheme and size of text."""
_TALL = 4000
"""So that nothing is under the bars, which a person scrolls away."""


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
        "summary": first(rowan, "/shared-summaries")["id"],
        "document": first(rowan, "/consent-documents")["id"],
    }


def seen(phone: Phone, axe: str) -> list[str]:
    """The faults of the screen that is shown."""
    phone.settle()
    overflowing: list[str] = phone.page.evaluate(OVERFLOWING)
    return findings(phone, axe) + overflowing


@pytest.mark.parametrize("look", _LOOKS)
def test_every_screen_can_be_used_by_everybody(new_phone: NewPhone, clinic: Clinic, axe: str, look: str) -> None:
    width, scheme, text = _LOOKS[look]
    give_dose(clinic, WREN, timedelta(hours=26))
    window = clinic.member(WREN).ask("GET", "/me/next")["now"][0]["arc_window_id"]
    own = [name for name in PHONE if name not in (*_AFTER_A_DOSE, *_OF_NOBODY)]
    visits: tuple[tuple[str | None, Sequence[str], dict[str, str]], ...] = (
        (None, _OF_NOBODY, {}),
        (ROWAN, own, ids_of(clinic)),
        (WREN, _AFTER_A_DOSE, {"window": window}),
    )
    found, visited = {}, list[str]()
    for email, names, ids in visits:
        size = {"width": width, "height": _TALL}
        phone = new_phone(reduced_motion="reduce", viewport=size, color_scheme=scheme)
        sizes = {"fontSizes": {"standard": text}}
        phone.context.new_cdp_session(phone.page).send("Page.setFontSizes", sizes)
        if email is not None:
            phone.sign_in(email)
        for name in names:
            phone.open(PHONE[name].format(**ids))
            visited.append(name)
            if wrong := seen(phone, axe):
                found[name] = wrong
    assert found == {}
    assert sorted(visited) == sorted(PHONE)
