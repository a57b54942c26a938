"""People and roles at the admin's page: somebody comes, is signed out, gets a new password, and leaves."""

import pytest

from tests.browser.bureau import Bureau, send, shown_once, sure
from tests.browser.clinic import ADA, GRETA, IMANI, TOBIAS, Clinic, Json, marker
from tests.browser.conftest import NewBureau
from tests.browser.desk.rooms import faults_of, fill
from tests.browser.members import NEXT, PASSWORD, code_now

pytestmark = pytest.mark.browser
CODE = "One-time code"


def account_of(clinic: Clinic, email: str) -> Json:
    """The account with this address, as it is stored."""
    [found] = [one for one in clinic.staff(ADA).ask("GET", "/accounts?limit=100")["items"] if one["email"] == email]
    account: Json = found
    return account


def test_somebody_comes_and_leaves(bureau: Bureau, new_bureau: NewBureau, clinic: Clinic, axe: str) -> None:
    name = marker("Robin Example").replace("-", "")
    email = f"{name.split()[-1]}@example.org"
    bureau.page.get_by_role("link", name="People", exact=True).first.click()
    bureau.press("Add somebody")
    dialog = bureau.page.get_by_role("dialog")
    fill(bureau, {"Name": name, "E-mail address": email, "Credential": "LMFT", "Licence valid until": "2031-01-31"})
    dialog.get_by_label("Supervisor", exact=True).check()
    assert faults_of(bureau, axe) == []
    send(bureau, "Add")
    bureau.page.get_by_role("heading", name=name).wait_for()
    bureau.press("Make an invitation")
    code = shown_once(bureau, CODE)

    theirs = new_bureau()
    theirs.open()
    theirs.press("I have a code from my clinic")
    theirs.field("Code from your clinic").fill(code)
    theirs.field("New password, 15 characters or more").fill(PASSWORD)
    theirs.press("Keep this password")
    theirs.sees("Your password is kept.")
    theirs.field("E-mail address").fill(email)
    theirs.field("Password").fill(PASSWORD)
    theirs.press("Sign in")
    theirs.page.locator("header nav").wait_for()
    assert account_of(clinic, email)["roles"] == ["therapist", "supervisor"]

    bureau.reload()
    bureau.sees("without a second factor")
    assert faults_of(bureau, axe) == []
    sure(bureau, "End it: A device without a name", "End it")
    bureau.sees("Nowhere.")
    theirs.open("people")
    theirs.sees("Your sign-in has ended.")

    sure(bureau, "Make a reset code", "Make the code")
    assert shown_once(bureau, CODE) != code
    bureau.press("Disable")
    imani = clinic.staff(IMANI).id
    successor = bureau.page.get_by_role("dialog").get_by_label("Successor")
    assert successor.locator(f"option[value='{clinic.staff(GRETA).id}']").count() == 0, (
        "who is no clinician is no choice"
    )
    successor.select_option(imani)
    send(bureau, "Disable")
    bureau.page.get_by_role("button", name="Enable again").wait_for()
    found = account_of(clinic, email)
    assert (found["state"], found["successor_id"]) == ("disabled", imani)
    bureau.open("people")
    bureau.page.get_by_text("Disabled (", exact=False).first.click()
    bureau.page.get_by_role("link", name=name).wait_for()


def test_roles_are_changed_and_one_s_own_are_not(bureau: Bureau, clinic: Clinic) -> None:
    before = account_of(clinic, TOBIAS)
    bureau.open(f"person/{before['id']}")
    bureau.press("Change roles")
    bureau.page.get_by_role("dialog").get_by_label("Privacy officer").check()
    send(bureau, "Keep it")
    bureau.sees("Therapist, Privacy officer")
    changed = account_of(clinic, TOBIAS)
    assert changed["roles"] == ["therapist", "privacy_officer"]
    clinic.staff(ADA).ask("PATCH", f"/accounts/{before['id']}", {"roles": before["roles"]}, changed["version"])
    bureau.open(f"person/{clinic.staff(ADA).id}")
    bureau.sees("This is your own account.")
    assert bureau.page.get_by_role("button", name="Change roles").count() == 0


def test_a_change_on_what_another_admin_changed_is_repeated_on_the_present(bureau: Bureau, clinic: Clinic) -> None:
    before = account_of(clinic, GRETA)
    path, region = f"/accounts/{before['id']}", marker("Region").replace("-", " ")
    bureau.open(f"person/{before['id']}")
    bureau.press("Change facts")
    fill(bureau, {"Credential": "LMFT, invented"})
    clinic.staff(ADA).ask("PATCH", path, {"licence_region": region}, before["version"])
    bureau.press("Keep it")
    bureau.sees("It was read again; look at it")
    assert bureau.field("Credential").input_value() == "LMFT, invented"
    assert bureau.field("Licence region").input_value() == region
    assert bureau.page.locator("dd", has_text=region).count() == 1, "the page behind shows the present"
    send(bureau, "Keep it")
    bureau.page.locator("dd", has_text="LMFT, invented").wait_for()
    changed = account_of(clinic, GRETA)
    assert (changed["credential"], changed["licence_region"]) == ("LMFT, invented", region)
    facts = {name: before[name] for name in ("credential", "licence_region")}
    clinic.staff(ADA).ask("PATCH", path, facts, changed["version"])


def test_one_signs_in_by_password_and_code_and_proves_it_again(new_bureau: NewBureau, clinic: Clinic) -> None:
    bureau = new_bureau()
    bureau.open()

    nav, wrong = bureau.page.locator("header nav"), bureau.page.get_by_text("That code is not right")

    def is_in() -> bool:
        bureau.field("E-mail address").fill(ADA)
        bureau.field("Password").fill(PASSWORD)
        bureau.press("Sign in")
        code = bureau.field("Code from your authenticator app")
        code.wait_for()
        bureau.page.get_by_role("button", name="Sign in", exact=True, disabled=False).wait_for()
        code.fill(code_now(NEXT))
        bureau.press("Sign in")
        bureau.until(lambda: bool(nav.count() or wrong.count()), "an answer to the code")
        return bool(nav.count())

    bureau.until(is_in, "a code that arrives while it counts")
    bureau.page.route("**/v1/accounts/*/password-reset", _refuse_once())
    account = account_of(clinic, TOBIAS)
    bureau.open(f"person/{account['id']}")
    sure(bureau, "Make a reset code", "Make the code")
    bureau.page.get_by_role("heading", name="Is it still you?").wait_for()
    shown_once(bureau, CODE)


def _refuse_once() -> object:
    """Ask for a fresh proof, once: as the API does five minutes after the sign-in."""
    refused: list[str] = []
    body = '{"type":"about:blank","title":"Prove it","status":403,"code":"step-up-required","request_id":"1"}'

    def answer(route: object) -> None:
        if refused:
            route.fallback()  # type: ignore[attr-defined]  # Playwright is not there for `make test`
            return
        refused.append("once")
        route.fulfill(status=403, content_type="application/problem+json", body=body)  # type: ignore[attr-defined]

    return answer
