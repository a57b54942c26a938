"""A phone or computer that others use too: signing out can forget a person, and says what is lost by that."""

import pytest

from tests.browser.clinic import ROWAN, WREN, Clinic, marker
from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone

pytestmark = pytest.mark.browser

PHONE, QUEUE = "integration-journal-phone", "integration-journal-queue"


def forget(phone: Phone) -> None:
    """Forget whoever is signed in, as the person says twice."""
    phone.open("more")
    phone.press("Sign out and forget this device")
    phone.press("Yes, forget everything here")
    phone.page.get_by_role("heading", name="Welcome").wait_for()


def caches(phone: Phone) -> list[str]:
    """Return the names of the caches of this origin."""
    found: list[str] = phone.page.evaluate("caches.keys()")
    return found


def test_forgetting_a_device_leaves_nothing_of_the_person(phone: Phone, clinic: Clinic) -> None:
    rowan = clinic.member(ROWAN)
    phone.sign_in(ROWAN)
    of_the_phone = rowan.sign_ins()[0]
    phone.open("write/new")
    phone.page.fill("#field-text", marker("half"))
    phone.until(lambda: phone.kept(PHONE, "drafts"), "the disk to have what is being written")
    assert caches(phone) != []
    phone.page.evaluate("window.isSameLoad = true")
    forget(phone)
    phone.until(lambda: caches(phone) == [], "the app's own files to go")
    assert phone.kept(PHONE, "things") == phone.kept(PHONE, "drafts") == phone.kept(QUEUE, "entries") == []
    phone.until(lambda: of_the_phone not in rowan.sign_ins(), "the sign-in to end at the API")
    phone.until(lambda: phone.context.cookies(f"{clinic.root}/v1/auth/tokens/refresh") == [], "the token to go")
    assert "rowan" not in str(phone.kept(PHONE, "device"))
    assert phone.page.evaluate("window.isSameLoad"), "loading this tab anew would leave the work half done"
    phone.reload()
    assert phone.page.input_value("#email") == ""


def test_forgetting_says_what_was_not_sent_and_without_a_network_ends_the_sign_in_later(
    phone: Phone, clinic: Clinic
) -> None:
    rowan, text = clinic.member(ROWAN), marker("never sent")
    phone.sign_in(ROWAN)
    of_the_phone = rowan.sign_ins()[0]
    phone.offline()
    phone.write(text)
    phone.open("more")
    phone.press("Sign out and forget this device")
    phone.sees("1 thing is not sent yet and will be lost for good.")
    phone.press("Yes, forget everything here")
    phone.page.get_by_role("heading", name="Welcome").wait_for()
    phone.until(lambda: phone.kept(QUEUE, "entries") == [], "what was not sent to go")
    phone.online()
    phone.reload()
    phone.until(lambda: of_the_phone not in rowan.sign_ins(), "the sign-in to end at the API")
    assert rowan.entries(text) == []


def test_forgetting_one_person_keeps_what_another_has_not_sent(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("of the first")
    phone.offline()
    phone.write(text)
    phone.open("more")
    phone.press("Sign out")
    phone.press("Yes, sign out")
    phone.page.get_by_role("heading", name="Welcome").wait_for()
    phone.online()
    phone.sign_in(WREN)
    forget(phone)
    phone.until(lambda: caches(phone) == [], "the app's own files to go")
    phone.reload()
    phone.sign_in(ROWAN)
    assert clinic.member(ROWAN).entry(text)["text"] == text
    phone.wait_until_read_back(text)
    phone.offline()
    phone.reload()
    phone.open_entry(text)
    assert caches(phone) != [], "the app is there offline again"


def test_forgetting_a_device_ends_its_other_tabs(new_phone: NewPhone) -> None:
    phone = new_phone()
    phone.sign_in(ROWAN)
    other = phone.page
    phone.new_tab()
    forget(phone)
    other.get_by_role("heading", name="Welcome").wait_for()
