"""The phone's newer screens by keyboard alone: nothing needs a finger or a mouse, and the focus is where one reads."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.apart import OFTEN, SLEEP, give_dose
from tests.browser.clinic import IMANI, JUNIPER, ROWAN, WREN, Clinic, marker
from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def clinic(apart: Clinic) -> Clinic:
    """The clinic that has something on each screen."""
    return apart


@pytest.fixture
def desk_sized(new_phone: NewPhone) -> Phone:
    """A device with a keyboard."""
    return new_phone(is_mobile=False, has_touch=False)


def to(phone: Phone, wanted: "Locator") -> None:
    """Press Tab until that has the focus; it must then be in sight."""
    wanted.first.wait_for()
    phone.settle()
    for _ in range(80):
        if wanted.first.evaluate("one => one === document.activeElement"):
            box = wanted.first.bounding_box()
            size = phone.page.viewport_size
            assert box is not None
            assert size is not None
            assert 0 <= box["y"] < size["height"], "what has the focus is in sight"
            return
        phone.page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def press(phone: Phone, name: str) -> None:
    """Reach a button by Tab, and press it."""
    to(phone, phone.page.get_by_role("button", name=name, exact=True))
    phone.page.keyboard.press("Enter")


def follow(phone: Phone, name: str) -> None:
    """Reach a link by Tab, and follow it."""
    to(phone, phone.page.get_by_role("link", name=name))
    phone.page.keyboard.press("Enter")


def has_focus(phone: Phone, heading: str) -> None:
    """Wait until the heading of a screen has the focus."""
    script = "document.activeElement.tagName + ' ' + document.activeElement.textContent"
    phone.until(lambda: phone.page.evaluate(script) == f"H1 {heading}", f"the focus on {heading}")


def test_a_questionnaire_is_answered_by_keyboard(desk_sized: Phone, clinic: Clinic) -> None:
    give_dose(clinic, WREN, timedelta(hours=20))
    phone = desk_sized
    phone.sign_in(WREN)
    follow(phone, "Your nights")
    press(phone, "Begin")
    for number in range(3):
        has_focus(phone, SLEEP[number])
        press(phone, OFTEN[number])
    has_focus(phone, "Is it all as you mean it?")
    press(phone, "Send to my care team")
    has_focus(phone, "It is kept")
    phone.wait_until_sent()
    (stored, *_) = clinic.member(WREN).ask("GET", "/measure-responses?instrument_id=own_sleep")["items"]
    assert stored["answers"] == {"own_sleep.1": 0, "own_sleep.2": 1, "own_sleep.3": 2}


def test_a_consent_is_signed_and_taken_back_by_keyboard(desk_sized: Phone) -> None:
    phone = desk_sized
    phone.sign_in(JUNIPER)
    phone.open("consents")
    follow(phone, "Consent to research")
    to(phone, phone.page.get_by_role("checkbox"))
    phone.page.keyboard.press("Space")
    press(phone, "Sign")
    phone.sees("Signed.")
    press(phone, "Take my consent back")
    press(phone, "Yes, take it back")
    phone.sees("You took it back on")


def test_messages_are_chosen_by_keyboard(desk_sized: Phone, clinic: Clinic) -> None:
    phone = desk_sized
    phone.sign_in(ROWAN)
    phone.open("telling")
    for label in ("a plan waits for my answer", "Tell me nothing at night"):
        to(phone, phone.page.get_by_label(label))
        phone.page.keyboard.press("Space")
    press(phone, "Keep")
    phone.sees("Kept.")
    stored = clinic.member(ROWAN).ask("GET", "/me/notification-settings")
    assert (stored["kinds"], stored["quiet_from"]) == (["plan_to_answer"], "22:00")


def test_a_copy_is_asked_for_and_who_sees_an_entry_is_read_by_keyboard(desk_sized: Phone, clinic: Clinic) -> None:
    phone, text = desk_sized, marker("by keyboard")
    entry = clinic.member(JUNIPER).ask("POST", "/reflections", {"text": text})
    clinic.staff(IMANI)
    phone.sign_in(JUNIPER)
    phone.open(f"entry/{entry['id']}")
    follow(phone, "Who can see this")
    has_focus(phone, "Who can see this")
    phone.sees("Only you can see this.")
    phone.open("more")
    follow(phone, "Take my journal with me")
    has_focus(phone, "Take my journal with me")
    press(phone, "Make the file")
    phone.sees("It is ready:")
    to(phone, phone.page.get_by_role("button", name="Save the file"))


def test_goals_and_a_count_at_home_are_given_by_keyboard(desk_sized: Phone, clinic: Clinic) -> None:
    phone, remark = desk_sized, marker("counted by keyboard")
    phone.sign_in(ROWAN)
    phone.open("count")
    to(phone, phone.page.get_by_label("Left at home, in mg"))
    phone.page.keyboard.type("150")
    to(phone, phone.page.get_by_label("A few words"))
    phone.page.keyboard.type(remark)
    press(phone, "Keep and send")
    phone.wait_until_sent()
    counts = clinic.member(ROWAN).ask("GET", "/home-counts")["items"]
    assert [one["counted_mg"] for one in counts if one["remark"] == remark] == [150]
    levels = ["I stay in.", "Once a week.", "Most days.", "Every day.", "I ask somebody along."]
    chart = clinic.member(ROWAN).ask("GET", "/me")["patient_id"]
    body = {"patient_id": chart, "title": marker("Going out"), "levels": levels}
    goal = clinic.staff(IMANI).ask("POST", "/goals", body)
    phone.reload()
    phone.open("goals")
    card = phone.page.locator("section.card", has_text=goal["title"])
    to(phone, card.get_by_role("radio").first)
    phone.page.keyboard.press("ArrowDown")
    to(phone, card.get_by_role("button", name="Keep"))
    phone.page.keyboard.press("Enter")
    phone.wait_until_sent()
    (rating,) = clinic.member(ROWAN).ask("GET", f"/goals/{goal['id']}/ratings")["items"]
    assert rating["level"] == 1
