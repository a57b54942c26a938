"""The rooms of the clinic at the desk: the roster, and consent."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.clinic import ADA, Clinic, Json, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


@pytest.fixture
def ada(new_desk: NewDesk, clinic: Clinic) -> Desk:
    """The admin's computer, on the page of the clinic's rooms."""
    desk = new_desk(clinic.staff(ADA))
    desk.sign_in()
    desk.page.get_by_role("link", name="Clinic", exact=True).click()
    desk.page.get_by_role("link", name="Roster").wait_for()
    return desk


def standing(staff: Staff) -> list[Json]:
    """The shifts that were not withdrawn."""
    return [one for one in staff.ask("GET", "/shifts?limit=100")["items"] if one["withdrawn_at"] is None]


def test_an_admin_enters_a_shift_and_withdraws_it(ada: Desk, imani: Staff, axe: str) -> None:
    name, before = imani.ask("GET", "/me")["name"], standing(imani)
    ada.page.get_by_role("link", name="Roster").click()
    ada.press("Enter a shift")
    dialog = ada.page.get_by_role("dialog")
    dialog.get_by_label("Who").select_option(imani.id)
    fill(ada, {"Begins at": "00:00", "Ends at": "00:00"})
    dialog.get_by_label("Sunday").uncheck()
    assert faults_of(ada, axe) == []
    send(ada, "Enter it")
    ada.page.get_by_role("heading", name="The next 14 days", exact=True).wait_for()
    ada.until(lambda: len(standing(imani)) == len(before) + 1, "the shift to be entered")
    (shift,) = [one for one in standing(imani) if one["id"] not in {each["id"] for each in before}]
    assert (shift["account_id"], shift["weekdays"]) == (imani.id, ["mon", "tue", "wed", "thu", "fri", "sat"])
    row = ada.page.get_by_role("region", name="Shifts").locator("tr", has_text="00:00 to 00:00")
    row.wait_for()
    gaps = imani.ask("GET", "/clinic/roster")["gaps"]
    shown = ada.page.locator("section", has=ada.page.get_by_role("heading", name="Gaps in the next 14 days"))
    assert shown.locator("li").count() == len(gaps)
    assert faults_of(ada, axe) == []
    row.get_by_role("button", name=f"Withdraw the shift of {name}").click()
    ada.page.get_by_role("dialog").get_by_role("button", name="Withdraw", exact=True).click()
    ada.until(lambda: row.count() == 0, "the shift to go")
    assert imani.ask("GET", f"/shifts/{shift['id']}")["withdrawn_at"] is not None


def test_staff_read_the_roster_and_cannot_change_it(desk: Desk) -> None:
    desk.open("roster")
    desk.page.get_by_role("heading", name="On call now").wait_for()
    assert desk.page.get_by_role("button", name="Enter a shift").count() == 0


def test_a_document_is_published_signed_on_paper_withdrawn_and_retired(
    ada: Desk, new_desk: NewDesk, imani: Staff, chart: Json, axe: str
) -> None:
    title, text = marker("Research"), marker("We count you, without your name.")
    ada.page.get_by_role("link", name="Consent documents").click()
    ada.press("Publish a version")
    ada.page.get_by_role("dialog").get_by_label("Purpose").select_option("research")
    fill(ada, {"Title": title, "The whole text": text})
    assert faults_of(ada, axe) == []
    send(ada, "Publish it")
    ada.page.get_by_role("heading", name="Research").wait_for()
    ada.page.get_by_text("The text", exact=True).first.click()
    ada.sees(text)
    assert faults_of(ada, axe) == []

    desk = new_desk()
    desk.sign_in()
    desk.open(f"chart/{chart['patient_id']}")
    desk.page.get_by_role("link", name="Consents").click()
    desk.page.locator("section", has_text="Research").get_by_text("Not signed").wait_for()
    desk.press("Record paper: Research")
    before = datetime.now(UTC) - timedelta(minutes=90)
    signed = desk.page.evaluate(
        "at => new Date(at - new Date(at).getTimezoneOffset() * 6e4).toISOString().slice(0, 16)",
        1000 * before.timestamp(),
    )
    fill(desk, {"When it was signed": signed})
    assert faults_of(desk, axe) == []
    send(desk, "Record it")
    desk.sees("signed on paper")
    (consent,) = imani.ask("GET", f"/consents?patient_id={chart['patient_id']}")["items"]
    assert (consent["purpose"], consent["mode"]) == ("research", "paper")
    assert abs(datetime.fromisoformat(consent["signed_at"]) - before) < timedelta(minutes=2)
    desk.press("Withdraw: Research")
    desk.page.get_by_role("dialog").get_by_role("button", name="Withdraw", exact=True).click()
    desk.sees("It permits nothing since.")
    assert faults_of(desk, axe) == []

    ada.press(f"Retire: Research, version {consent['number']}")
    ada.page.get_by_role("dialog").get_by_role("button", name="Retire", exact=True).click()
    ada.until(lambda: ada.page.get_by_role("heading", name="Research").count() == 0, "the document to go")
    desk.page.get_by_text(f"Research: Version {consent['number']}, signed on paper").wait_for()  # by itself
