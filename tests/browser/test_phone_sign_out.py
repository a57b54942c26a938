"""A phone that others use too: after the sign-out nothing of the person is shown or sent, with a network or without."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import ROWAN, WREN, Clinic, marker
from tests.browser.phone import Phone

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


def sign_out(phone: Phone) -> None:
    """Sign out, as the person says twice."""
    phone.open("more")
    phone.press("Sign out")
    phone.press("Yes, sign out")
    phone.page.get_by_role("heading", name="Welcome").wait_for()


def test_another_account_on_the_same_phone_sends_and_sees_nothing_of_the_first(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("mine")
    phone.offline()
    phone.write(text)
    phone.open("more")
    phone.press("Sign out")
    phone.sees("It stays on this phone, hidden, until you sign in again.")
    phone.press("Yes, sign out")
    phone.page.get_by_role("heading", name="Welcome").wait_for()
    phone.online()
    phone.reload()
    phone.page.get_by_role("heading", name="Welcome").wait_for()
    phone.sign_in(WREN)
    phone.open("entries")
    assert text not in phone.page.inner_text("main")
    assert clinic.member(WREN).entries(text) == []
    assert clinic.member(ROWAN).entries(text) == []
    assert len(phone.kept("integration-journal-queue", "entries")) == 1
    sign_out(phone)
    phone.sign_in(ROWAN)
    assert len(clinic.member(ROWAN).entries(text)) == 1
    assert phone.kept("integration-journal-queue", "entries") == []


def test_what_is_being_sent_when_a_person_signs_out_is_not_sent(phone: Phone, clinic: Clinic) -> None:
    """The request has left the page, and the network holds it until the person has signed out; that it holds longer."""
    phone.sign_in(ROWAN)
    phone.wait_without_limit()
    text = marker("in mid-flight")
    held: list[Route] = []
    phone.context.route("**/v1/reflections", lambda route: held.append(route) if not held else route.continue_())
    phone.write(text)
    phone.until(lambda: held, "the entry to be on its way")
    rowan = clinic.member(ROWAN)
    of_the_phone = rowan.sign_ins()[0]
    telling = phone.hold_sign_out()
    sign_out(phone)
    phone.until(lambda: telling, "the sign-out to be on its way")
    phone.let_go(held[0])
    assert rowan.entries(text) == [], "the page has ended it; the API would have taken it"
    telling[0].continue_()
    phone.until(lambda: of_the_phone not in rowan.sign_ins(), "the sign-in to end at the API")
    assert len(phone.kept("integration-journal-queue", "entries")) == 1
    phone.sign_in(WREN)
    assert rowan.entries(text) == []
    sign_out(phone)
    phone.sign_in(ROWAN)
    assert len(rowan.entries(text)) == 1


def test_a_sign_out_without_a_network_is_told_before_anybody_signs_in(phone: Phone, clinic: Clinic) -> None:
    rowan, asked, losing = clinic.member(ROWAN), [], [True]

    def answer(route: "Route") -> None:
        asked.append(route.request.method + " " + route.request.url.split("/v1")[1])
        if losing:
            route.abort("connectionreset")
        else:
            route.continue_()

    phone.sign_in(ROWAN)
    of_the_phone = rowan.sign_ins()[0]
    phone.context.route("**/v1/auth/tokens**", answer)
    sign_out(phone)
    phone.reload()
    phone.page.get_by_role("heading", name="Welcome").wait_for()
    assert of_the_phone in rowan.sign_ins(), "the API has heard nothing"
    losing.clear()
    asked.clear()
    phone.sign_in(WREN)
    assert of_the_phone not in rowan.sign_ins()
    told = [one for one in asked if one in ("DELETE /auth/tokens/current", "POST /auth/tokens")]
    assert told == ["DELETE /auth/tokens/current", "POST /auth/tokens"]


def test_a_sign_out_without_a_network_is_told_when_it_is_back(phone: Phone, clinic: Clinic) -> None:
    rowan = clinic.member(ROWAN)
    phone.sign_in(ROWAN)
    of_the_phone = rowan.sign_ins()[0]
    phone.offline()
    sign_out(phone)
    phone.reload()
    phone.online()
    phone.until(lambda: of_the_phone not in rowan.sign_ins(), "the sign-in to end at the API")


def test_signing_out_offline_ends_the_other_tabs(phone: Phone) -> None:
    phone.sign_in(ROWAN)
    other = phone.page
    phone.new_tab()
    phone.offline()
    sign_out(phone)
    other.get_by_role("heading", name="Welcome").wait_for()
