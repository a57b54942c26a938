"""Programs and webhooks at the admin's page."""

import pytest

from tests.browser.bureau import Bureau
from tests.browser.clinic import ADA, Clinic, marker
from tests.browser.desk.rooms import faults_of, fill, send
from tests.waiting import until

pytestmark = pytest.mark.browser


def secret_of(bureau: Bureau, title: str) -> str:
    """What is shown once; then the dialog is closed, and it is nowhere any more."""
    dialog = bureau.page.get_by_role("dialog", name=title)
    secret: str = dialog.locator("code").inner_text()
    dialog.get_by_role("button", name="Close").click()
    dialog.wait_for(state="detached")
    assert secret not in bureau.page.content()
    return secret


def test_a_program_is_told_of_changes_by_webhook(bureau: Bureau, clinic: Clinic, axe: str) -> None:
    ada, name = clinic.staff(ADA), marker("Listener")
    bureau.open("accounts")
    bureau.press("Add a program")
    dialog = bureau.page.get_by_role("dialog")
    fill(bureau, {"Name": name})
    dialog.get_by_label("Patient list").check()
    dialog.get_by_role("group", name="It may be told of changes in").get_by_label("Session").check()
    assert faults_of(bureau, axe) == []
    send(bureau, "Add it")
    assert len(secret_of(bureau, "Its secret")) > 20
    [program] = [one for one in ada.ask("GET", "/service-accounts")["items"] if one["name"] == name]
    assert program["scopes"] == ["patient:list", "changes:session"]

    address = f"https://hooks.example.org/{program['id']}"
    bureau.open("webhooks")
    bureau.press("Add a webhook")
    dialog.get_by_label("Program").select_option(program["id"])
    fill(bureau, {"Address": address})
    dialog.get_by_label("Session").check()
    assert faults_of(bureau, axe) == []
    send(bureau, "Add it")
    assert secret_of(bureau, "The key of the signatures").startswith("whsec_")
    bureau.page.get_by_role("link", name=address).click()
    bureau.press("Send a test")
    bureau.sees("A test is on its way.")
    bureau.press("Read again")
    bureau.page.locator("tbody tr").first.wait_for()
    assert faults_of(bureau, axe) == []
    bureau.press("Send again")
    fill(bureau, {"After position": "0"})
    send(bureau, "Send it again")
    bureau.sees("It is sent again.")
    bureau.press("Pause")
    bureau.page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    bureau.sees("Off: turned off by an admin")

    def state() -> str:
        [found] = [one for one in ada.ask("GET", "/webhooks?limit=100")["items"] if one["url"] == address]
        return str(found["state"])

    assert state() == "off"
    bureau.press("Turn it on")
    until(lambda: state() == "active", "the webhook to be on again")
    bureau.open("accounts")
    bureau.press(f"Disable: {name}")
    bureau.page.get_by_role("dialog").get_by_role("button", name="Disable", exact=True).click()
    bureau.page.get_by_role("button", name=f"Enable again: {name}").wait_for()


def test_prompt_sets_and_instruments_are_shown_and_a_file_that_is_none_is_refused(bureau: Bureau, axe: str) -> None:
    bureau.open("prompts")
    bureau.page.locator("summary").first.click()
    bureau.page.locator("details[open] li").first.wait_for()
    assert faults_of(bureau, axe) == []
    bureau.open("instrument/phq9")
    bureau.field("By which licence the clinic uses it").fill("Invented for a test.")
    bureau.press("Import it")
    bureau.sees("Choose a file first.")
    chooser = bureau.page.locator("input[type=file]")
    chooser.set_input_files({"name": "words.json", "mimeType": "application/json", "buffer": b"no JSON"})
    bureau.press("Import it")
    bureau.sees("This file is no JSON.")
    other = b'{"resourceType": "Questionnaire", "status": "active", "item": []}'
    chooser.set_input_files({"name": "words.json", "mimeType": "application/json", "buffer": other})
    bureau.press("Import it")
    bureau.page.locator("main [role=alert]").filter(has_text="phq9").wait_for()
    assert faults_of(bureau, axe) == []
