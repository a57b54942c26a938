"""The first screen of the admin's page waits for its script and its style sheet, and for no answer of the API."""

import pytest

from tests.browser.conftest import NewBureau
from tests.browser.test_first_screen import asked, hold_api, hold_inside

pytestmark = pytest.mark.browser


def test_the_first_screen_of_the_admin_s_page_waits_for_three_files(new_bureau: NewBureau) -> None:
    bureau = new_bureau()
    held, files = hold_api(bureau), asked(bureau)
    hold_inside(bureau)
    bureau.open()
    bureau.page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert (sorted(files), held) == (["document", "script", "stylesheet"], [])
