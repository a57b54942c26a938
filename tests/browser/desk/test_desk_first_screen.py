"""The desk's first screen waits for the page, its script and its style sheet, and for no answer of the API."""

import pytest

from tests.browser.desk.conftest import NewDesk
from tests.browser.test_first_screen import asked, hold_api, hold_inside

pytestmark = pytest.mark.browser


def test_the_first_screen_of_the_desk_waits_for_three_files(new_desk: NewDesk) -> None:
    desk = new_desk()
    held, files = hold_api(desk), asked(desk)
    hold_inside(desk)
    desk.open()
    desk.page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert (sorted(files), held) == (["document", "script", "stylesheet"], [])
