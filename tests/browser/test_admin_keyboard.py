"""The admin's page by keyboard alone: nothing here is pressed with a mouse."""

import pytest

from tests.browser.bureau import Bureau
from tests.browser.clinic import ADA, TOBIAS, Clinic
from tests.browser.desk.test_desk_keyboard import MAX_STOPS, opened, sent, tab_to, through
from tests.browser.test_admin_people import account_of

pytestmark = pytest.mark.browser


def test_a_successor_is_named_by_keys_alone(bureau: Bureau, clinic: Clinic) -> None:
    before = account_of(clinic, TOBIAS)
    row = f"#/person/{before['id']}"

    def is_there() -> bool:
        through(bureau, "g", "p")
        bureau.settle()
        return bool(bureau.page.get_by_role("heading", name="People", exact=True).count())

    bureau.settle()
    bureau.until(is_there, "the keys g and p to open the people")
    bureau.page.locator(f"a[href='{row}']").wait_for()
    bureau.settle()
    for _ in range(MAX_STOPS):
        through(bureau, "j")
        if bureau.page.evaluate("document.activeElement.getAttribute('href')") == row:
            break
    through(bureau, "Enter")
    bureau.page.get_by_role("button", name="Change roles").wait_for()
    bureau.settle()
    tab_to(bureau, "Change roles")
    through(bureau, "Enter")
    opened(bureau, "Change roles")
    tab_to(bureau, "Successor")
    through(bureau, "ArrowDown")
    sent(bureau)
    bureau.until(lambda: account_of(clinic, TOBIAS)["successor_id"] is not None, "the successor to be named")
    account = account_of(clinic, TOBIAS)
    clinic.staff(ADA).ask("PATCH", f"/accounts/{account['id']}", {"successor_id": None}, account["version"])


def test_the_list_of_keys_opens_and_closes(bureau: Bureau) -> None:
    bureau.settle()
    through(bureau, "?")
    opened(bureau, "Keys")
    through(bureau, "Escape")
    bureau.page.get_by_role("dialog").wait_for(state="detached")
    tab_to(bureau, "Records")
    through(bureau, "Enter")
    bureau.page.get_by_role("heading", name="Records", exact=True).wait_for()
