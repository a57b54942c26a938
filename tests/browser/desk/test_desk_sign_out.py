"""A computer that others use too: after the sign-out nothing of the person is shown or sent, in no tab."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import Json
from tests.browser.desk.office import Desk, words
from tests.browser.members import Staff

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


def test_what_is_being_saved_when_a_person_signs_out_is_kept_for_them(desk: Desk, imani: Staff, chart: Json) -> None:
    """The request has left the page, and the network holds it until the person has signed out; that it holds longer."""
    note, text = imani.new_note(chart), words("On its way")
    of_the_desk = imani.sign_ins()[0]
    held: list[Route] = []
    desk.context.route(f"**/v1/notes/{note}", lambda route: held.append(route) if is_save(route) else route.continue_())

    def is_save(route: "Route") -> bool:
        return route.request.method == "PATCH" and not held

    desk.open(f"note/{note}")
    desk.wait_without_limit()
    desk.field("Subjective").fill(text)
    desk.until(lambda: held, "the note to be on its way")
    desk.new_page()
    desk.open("you")
    telling = desk.hold_sign_out()
    desk.press("Sign out")
    desk.page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    desk.page.get_by_role("heading", name="Sign in").wait_for()
    desk.until(lambda: telling, "the sign-out to be on its way")
    desk.let_go(held[0])
    assert imani.note(note)["sections"] == {}, "the page has ended it; the API would have taken it"
    telling[0].continue_()
    desk.until(lambda: of_the_desk not in imani.sign_ins(), "the sign-in to end at the API")
    assert imani.note(note)["sections"] == {}
    desk.sign_in()
    desk.open(f"note/{note}")
    desk.wait_for_value("Subjective", text)
    desk.wait_until_saved()
    assert imani.note(note)["sections"] == {"subjective": text}


def test_signing_out_offline_ends_the_other_tabs_and_is_told_later(desk: Desk, imani: Staff) -> None:
    of_the_desk, other = imani.sign_ins()[0], desk.page
    desk.new_tab()
    desk.offline()
    desk.open("you")
    desk.press("Sign out")
    for page in (desk.page, other):
        page.get_by_role("heading", name="Sign in").wait_for()
    desk.online()
    desk.until(lambda: of_the_desk not in imani.sign_ins(), "the sign-in to end at the API")
    desk.sign_in()
