"""Every room of the admin's page: as everybody whom it is for, in light and dark, narrow, with large text."""

import re

import pytest

from integration_api.core.ids import new_id
from tests.browser.all_screens import ADMIN
from tests.browser.bureau import REVIEWED, Bureau, newcomer, operations_of
from tests.browser.clinic import ADA, IMANI, MILO, Clinic, marker
from tests.browser.conftest import NewBureau
from tests.browser.desk.rooms import faults_of
from tests.browser.desk.test_desk_access import findings, no_more_to_come
from tests.browser.members import Staff
from tests.matrix.test_admin_page import called

pytestmark = pytest.mark.browser

SIGNING_IN = {"offer_passkey", "sign_in_with_passkey", "sign_in", "refresh_tokens", "sign_out", "step_up"}
"""The requests that the client itself makes."""


def rooms_of(clinic: Clinic, staff: Staff) -> list[str]:
    """Every room that this member of staff may open, with something in each."""
    ids = {"person": staff.ask("GET", "/accounts?limit=1")["items"][0]["id"]}
    ids["study"] = str(new_id())  # which an admin and an auditor are not shown
    if staff.email not in {ADA, MILO}:
        ids["study"] = staff.ask("POST", "/research-studies", {"name": marker("Sleep")})["id"]
    if staff.email != ADA:
        return [*REVIEWED, *(ADMIN[name].format(**ids) for name in ("person", "study"))]
    ids["patient"] = staff.ask("GET", "/patients?limit=1")["items"][0]["id"]
    body = {"name": "Front desk", "scopes": ["patient:list", "changes:session"]}
    program = staff.ask("POST", "/service-accounts", body)["id"]
    address = {"account_id": program, "url": "https://hooks.example.org/journal", "kinds": ["session"]}
    ids["webhook"] = staff.ask("POST", "/webhooks", address)["id"]
    return [path.format(**ids) for path in ADMIN.values()]


def whole(bureau: Bureau) -> None:
    """Wait until a room is read, and check that nothing of it was refused."""
    no_more_to_come(bureau)
    bureau.settle()
    assert bureau.page.locator("main [role=alert]").filter(has_text=re.compile(".")).count() == 0


@pytest.mark.parametrize("who", ["admin", "auditor", "privacy officer"])
def test_everybody_sees_what_the_api_lets_them(new_bureau: NewBureau, clinic: Clinic, axe: str, who: str) -> None:
    made = {"admin": lambda: clinic.staff(ADA), "auditor": lambda: clinic.staff(MILO)}
    staff = made.get(who, lambda: newcomer(clinic, "privacy_officer"))()
    bureau = new_bureau(staff)
    bureau.sign_in()
    found = {}
    for path in rooms_of(clinic, staff):
        bureau.open(path)
        whole(bureau)
        if told := faults_of(bureau, axe):
            found[path] = told
    assert found == {}
    assert operations_of(bureau.asked) <= called() | SIGNING_IN
    pages = bureau.page.locator("header nav a").all_inner_texts()
    assert ("Programs" in pages) == (who == "admin")
    bureau.open("ledger")
    whole(bureau)
    assert bureau.page.get_by_role("heading", name="Entries").count() == (who != "admin")


def test_nothing_is_cut_off_with_large_text(new_bureau: NewBureau, clinic: Clinic, axe: str) -> None:
    ada = clinic.staff(ADA)
    bureau = new_bureau(ada, color_scheme="dark", viewport={"width": 640, "height": 800}, reduced_motion="reduce")
    large = "document.documentElement.style.setProperty('font-size', '200%')"
    bureau.page.add_init_script(f"addEventListener('DOMContentLoaded', () => {large})")
    bureau.open()
    found = {"sign-in": findings(bureau, axe)}
    bureau.sign_in()
    for path in rooms_of(clinic, ada):
        bureau.open(path)
        whole(bureau)
        found[path] = findings(bureau, axe)
    assert {path: told for path, told in found.items() if told} == {}


def test_a_therapist_is_led_to_the_desk(new_bureau: NewBureau, clinic: Clinic) -> None:
    bureau = new_bureau(clinic.staff(IMANI))
    bureau.sign_in()
    bureau.sees("This page is for admins, auditors and privacy officers")
    assert bureau.page.locator("header nav a").all_inner_texts() == ["You"]
    bureau.page.get_by_role("link", name="Open the desk").wait_for()
