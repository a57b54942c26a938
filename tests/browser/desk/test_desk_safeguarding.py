"""A report about staff at the desk: those who receive it work on it, and nobody else sees a trace."""

import pytest

from tests.browser.clinic import ADA, Clinic, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def at_reports(desk: Desk) -> Desk:
    """Open the page on which concerns are reported."""
    desk.sign_in()
    desk.open("safeguarding")
    desk.page.get_by_role("heading", name="Who reads it").wait_for()
    return desk


def test_a_report_reaches_the_lead_and_nobody_who_is_named(
    new_desk: NewDesk, clinic: Clinic, imani: Staff, greta: Staff, axe: str
) -> None:
    ada, words = clinic.staff(ADA), marker("He asked for a loan.")
    admin = at_reports(new_desk(ada))
    admin.press("Designate")
    dialog = admin.page.get_by_role("dialog")
    dialog.get_by_label("Lead").select_option(greta.id)
    dialog.get_by_label("Deputy").select_option(ada.id)
    fill(admin, {"Somebody outside to turn to": "The ombuds office, 555 0100"})
    assert faults_of(admin, axe) == []
    send(admin, "Designate them")
    admin.sees("The ombuds office")

    desk = at_reports(new_desk())
    desk.sees("Lead: ")
    desk.press("Write a report")
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label("What it is about").select_option("financial")
    fill(desk, {"What happened": words})
    dialog.get_by_label(ada.ask("GET", "/me")["name"]).check()
    dialog.get_by_label("I want to be contacted").check()
    fill(desk, {"A safe way to reach you": "My own phone, evenings"})
    assert faults_of(desk, axe) == []
    send(desk, "Send it")
    desk.sees("The lead was told.")
    assert faults_of(desk, axe) == []
    assert words not in str(desk.kept("integration-journal-desk", "drafts"))
    assert words not in str(desk.kept("integration-journal-desk", "device"))

    admin.reload()
    admin.page.get_by_role("heading", name="Who reads it").wait_for()
    assert admin.page.get_by_text("Reports that you received").count() == 0, "the deputy is named"

    lead = at_reports(new_desk(greta))
    lead.page.locator("summary", has_text="Money").first.click()
    lead.sees(words)
    lead.sees("My own phone, evenings")
    lead.press("Move on, keep notes")
    lead.page.get_by_role("dialog").get_by_label("State").select_option("triage")
    fill(lead, {"Notes of the lead and the deputy": "Called both."})
    send(lead, "Keep it")
    lead.sees("Called both.")
    assert faults_of(lead, axe) == []
    assert lead.page.url.endswith("#/safeguarding"), "no id is in the address"
    (report, *_) = imani.ask("GET", "/safeguarding-reports?place=reporter")["items"]
    assert report["state"] == "triage"
