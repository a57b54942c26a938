"""Liver values at the desk, and the times in which flags were answered, by quarter."""

from datetime import UTC, datetime

import pytest

from tests.browser.clinic import ADA, Clinic, Json
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def test_a_high_liver_value_is_kept_told_and_withdrawn(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    patient = chart["patient_id"]
    desk.open(f"chart/{patient}")
    desk.page.get_by_role("link", name="Liver values").click()
    desk.sees("No value is known.")
    desk.press("Write a value down")
    desk.page.get_by_role("dialog").get_by_label("Which value").select_option("ast")
    today = datetime.now(UTC).date().isoformat()
    fill(
        desk,
        {"Value (U/L)": "130", "Upper limit of the laboratory (U/L)": "40", "Day on which the blood was taken": today},
    )
    assert faults_of(desk, axe) == []
    send(desk, "Keep the value")
    desk.sees("130 U/L, limit 40")
    desk.sees("above three times the limit")
    assert faults_of(desk, axe) == []
    (flag,) = imani.ask("GET", f"/flags?patient_id={patient}&rule=R27")["items"]
    assert (flag["severity"], flag["origin"]) == ("high", "lab_result")
    desk.press("Withdraw")
    fill(desk, {"Why it was entered in error": "Another chart."})
    send(desk, "Withdraw it")
    desk.sees("No value is known.")


def test_the_times_of_flags_are_told_by_quarter(new_desk: NewDesk, clinic: Clinic, axe: str) -> None:
    desk = new_desk(clinic.staff(ADA))
    desk.sign_in()
    desk.open("flag-times")
    desk.sees("A severity with flags of fewer than 5 people is left out.")
    shown = desk.page.get_by_role("heading", name="Flags raised in").inner_text()
    desk.press("Quarter after")
    desk.press("Quarter after")
    desk.sees("Nothing of this quarter is told before")
    assert desk.page.get_by_role("heading", name="Flags raised in").inner_text() != shown
    assert faults_of(desk, axe) == []
