"""A computer that others use too: signing out of the desk can forget a therapist, and says what is lost by that."""

import pytest

from tests.browser.clinic import Json
from tests.browser.desk.office import Desk, words
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def test_forgetting_a_computer_leaves_nothing_and_says_what_is_lost(desk: Desk, imani: Staff, chart: Json) -> None:
    note = imani.new_note(chart, subjective="there")
    desk.open(f"note/{note}")
    desk.field("Subjective").wait_for()
    desk.offline()
    desk.field("Subjective").fill(words("never saved"))
    desk.wait_for_save("offline")
    desk.wait_until_kept()
    desk.open("you")
    desk.page.evaluate("window.isSameLoad = true")
    desk.press("Sign out and forget this computer")
    desk.sees("1 text is only on this computer and will be lost for good.")
    desk.press("Forget everything here")
    desk.page.get_by_role("heading", name="Sign in").wait_for()
    desk.until(lambda: not desk.drafts(), "the text to go, since a person said so")
    desk.online()
    desk.until(lambda: desk.page.evaluate("caches.keys()") == [], "the app's own files to go")
    assert str(desk.kept("integration-journal-desk", "device")) in ("[True]", "[False]"), "whether to end the sign-in"
    assert desk.page.evaluate("localStorage.length") == 0
    assert desk.page.evaluate("window.isSameLoad"), "loading this tab anew would leave the work half done"
    desk.until(lambda: not desk.context.cookies(f"{desk.clinic.root}/v1/auth/tokens/refresh"), "the token to go")
    desk.reload()
    desk.page.get_by_role("heading", name="Sign in").wait_for()
    assert imani.note(note)["sections"] == {"subjective": "there"}
