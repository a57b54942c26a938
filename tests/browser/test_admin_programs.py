"""Programs and webhooks at the admin's page."""

import pytest

from tests.browser.bureau import Bureau, proved, send, shown_once, sure
from tests.browser.clinic import ADA, Clinic, marker
from tests.browser.desk.rooms import faults_of, fill

pytestmark = pytest.mark.browser


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
    assert len(shown_once(bureau, "Its secret")) > 20
    [program] = [one for one in ada.ask("GET", "/service-accounts")["items"] if one["name"] == name]
    assert set(program["scopes"]) == {"patient:list", "changes:session"}

    address = f"https://hooks.example.org/{program['id']}"
    bureau.open("webhooks")
    bureau.press("Add a webhook")
    dialog.get_by_label("Program").select_option(program["id"])
    fill(bureau, {"Address": address})
    dialog.get_by_label("Session").check()
    assert faults_of(bureau, axe) == []
    send(bureau, "Add it")
    assert shown_once(bureau, "The key of the signatures").startswith("whsec_")
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
    sure(bureau, "Pause", "Pause")
    off = bureau.page.get_by_text("Off: turned off by an admin")
    proved(bureau, lambda: off.count() > 0, "the webhook to be off")

    def state() -> str:
        [found] = [one for one in ada.ask("GET", "/webhooks?limit=100")["items"] if one["url"] == address]
        return str(found["state"])

    assert state() == "off"
    bureau.press("Turn it on")
    proved(bureau, lambda: state() == "active", "the webhook to be on again")
    bureau.open("accounts")
    sure(bureau, f"Disable: {name}", "Disable")
    again = bureau.page.get_by_role("button", name=f"Enable again: {name}")
    proved(bureau, lambda: again.count() > 0, "the program to be disabled")


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
    alert = bureau.page.locator("main [role=alert]")
    bureau.until(lambda: alert.inner_text() not in {"", "This file is no JSON."}, "the differences to be told")
    assert faults_of(bureau, axe) == []
