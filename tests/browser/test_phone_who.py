"""Who sees an entry, on the phone: in plain sentences, before and after it is shared, and offline."""

import pytest

from tests.browser.clinic import IMANI, ROWAN, Clinic, marker
from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings

pytestmark = pytest.mark.browser


def ask(phone: Phone) -> None:
    """Ask who can see what is open."""
    phone.page.get_by_role("link", name="Who can see this").click()
    phone.page.get_by_role("heading", name="Who can see this").wait_for()


def test_an_entry_is_mine_alone_until_i_share_it(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("who sees")
    phone.offline()
    phone.write(text)
    phone.open_entry(text)
    ask(phone)
    phone.sees("It is on this phone only, and was not sent yet.")
    phone.online()
    phone.wait_until_sent()
    phone.sees("Only you can see this.")
    before = clinic.member(ROWAN).entry(text)
    phone.page.get_by_role("link", name="Back").click()
    phone.page.get_by_role("link", name="Share…").click()
    phone.share()
    phone.wait_until_sent()
    ask(phone)
    phone.sees("can see this.")
    therapist = phone.page.locator("li.card", has_text="Imani Vale")
    therapist.get_by_text("On your care team. You shared it.").wait_for()
    after = clinic.member(ROWAN).entry(text)
    assert before["first_read_at"] is after["first_read_at"] is None, "asking is no reading"
    shown = clinic.member(ROWAN).ask("GET", f"/reflections/{after['id']}/visibility")["viewers"]
    assert phone.page.locator("main li.card").count() == len(shown) - 1


def test_who_sees_an_entry_is_not_kept_on_the_phone(phone: Phone, clinic: Clinic) -> None:
    text = marker("who sees, offline")
    clinic.member(ROWAN).ask("POST", "/reflections", {"text": text})
    phone.sign_in(ROWAN)
    phone.wait_until_read_back(text)
    phone.open_entry(text)
    phone.offline()
    ask(phone)
    phone.sees("It shows when you are online.")
    phone.online()
    phone.sees("Only you can see this.")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 320)])
def test_axe_finds_nothing_in_who_sees(new_phone: NewPhone, clinic: Clinic, axe: str, scheme: str, width: int) -> None:
    rowan, text = clinic.member(ROWAN), marker("who sees, for axe")
    made = rowan.ask("POST", "/reflections", {"text": text})
    rowan.ask("POST", f"/reflections/{made['id']}/submit", {"share": True}, made["version"])
    clinic.staff(IMANI)
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 3000})
    phone.sign_in(ROWAN)
    phone.open(f"who/entry/{made['id']}")
    phone.page.locator("li.card").first.wait_for()
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
