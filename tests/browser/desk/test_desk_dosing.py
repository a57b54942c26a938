"""A dosing session on one screen: what may begin, what was given, how it went, and what is still missing."""

import pytest

from tests.browser.clinic import JUNIPER, Json
from tests.browser.desk.office import Desk
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def dosed(imani: Staff, route: str) -> Json:
    """The first dose of the demo's Juniper by this route."""
    patient = next(one for one in imani.ask("GET", "/patients?limit=100")["items"] if one["email"] == JUNIPER)
    found: Json = imani.ask("GET", f"/doses?patient_id={patient['id']}&route={route}&limit=100")["items"][-1]
    return found


def card(desk: Desk, heading: str) -> str:
    """The text of one part of the screen."""
    its_heading = desk.page.get_by_role("heading", name=heading, exact=True)
    return str(desk.page.locator("section.card", has=its_heading).inner_text())


def test_an_infusion_is_shown_with_its_readings_and_its_adverse_event(desk: Desk, imani: Staff) -> None:
    dose = dosed(imani, "iv_infusion")
    desk.open(f"dosing/{dose['session_id']}")
    desk.page.get_by_role("heading", name="Vitals").wait_for()
    assert "Ready: everything needed is met." in card(desk, "Before the dose")
    assert "35 mg, 0.5 mg/kg" in card(desk, "Doses")
    assert "By the order of 30\N{EN DASH}40 mg." in card(desk, "Doses")
    assert "1 of 1 session used" in card(desk, "Order")
    vitals = card(desk, "Vitals")
    assert "8 min before" in vitals
    assert "highest 142/88" in vitals
    readings = imani.ask("GET", f"/sessions/{dose['session_id']}/vitals?limit=100")["items"]
    assert desk.page.locator("tbody tr").count() == len({one["taken_at"] for one in readings}) > 0
    events = card(desk, "Adverse events")
    assert "Nausea" in events
    assert "caused by the dose: probable" in events
    assert "Nothing is missing." in card(desk, "Discharge")
    assert "No esketamine was given" in card(desk, "REMS form")


def test_a_spray_session_says_what_its_form_lacks(desk: Desk, imani: Staff) -> None:
    dose = dosed(imani, "intranasal_esketamine")
    form = imani.ask("GET", f"/sessions/{dose['session_id']}/rems-form")
    desk.open(f"dosing/{dose['session_id']}")
    desk.page.get_by_role("heading", name="Vitals").wait_for()
    assert form["missing"] == ["sedation", "dissociation", "respiratory_depression"]
    rems = card(desk, "REMS form")
    for words in ("Whether there was sedation", "Whether there was dissociation", "Whether breathing was depressed"):
        assert words in rems
    assert "2 devices · lot ES-0417" in card(desk, "Doses")


def test_what_holds_a_dose_is_shown_before_it_and_comes_by_itself(desk: Desk, imani: Staff, chart: Json) -> None:
    session = imani.ask("GET", f"/sessions/{chart['session_id']}")
    planned = {key: session[key] for key in ("patient_id", "modality", "planned_start_at", "planned_end_at")}
    made = imani.ask("POST", "/sessions", {**planned, "phase": "dosing"})
    desk.open(f"dosing/{made['id']}")
    desk.page.get_by_role("heading", name="Vitals").wait_for()
    for part, empty in (
        ("Doses", "No dose was recorded."),
        ("Vitals", "No reading was recorded."),
        ("Adverse events", "None was recorded."),
        ("Order", "No order was in force."),
    ):
        assert empty in card(desk, part)
    missing = {"items": {"rd.escort": {"status": "not_met"}}}
    imani.ask("PATCH", f"/sessions/{made['id']}/readiness", missing, version=0)
    told = (
        *("What holds the dose", "Held: no dose starts before a prescriber decides."),
        *("Somebody to take the patient home", "Waits for a prescriber."),
    )
    desk.until(
        lambda: all(text in card(desk, "Before the dose") for text in told), "the hold to be shown"
    )  # read in parts


def test_the_keyboard_comes_to_a_dosing_session_and_reads_its_table(desk: Desk, imani: Staff) -> None:
    dose, keys = dosed(imani, "iv_infusion"), desk.page.keyboard
    desk.open(f"chart/{dose['patient_id']}")
    link = desk.page.locator(f"main a[data-row][href='#/dosing/{dose['session_id']}']")
    desk.press("Sessions")
    link.wait_for()

    def comes_to(what: str) -> bool:
        keys.press("Tab")
        return bool(desk.page.evaluate(f"document.activeElement.matches({what!r})"))

    assert any(comes_to(f"[href='#/dosing/{dose['session_id']}']") for _ in range(200))
    keys.press("Enter")
    desk.page.get_by_role("heading", name="Vitals").wait_for()
    desk.settle()
    assert desk.page.evaluate("document.activeElement.tagName") == "H1"
    assert any(comes_to(".scrolls") for _ in range(50))
    keys.press("g")
    keys.press("c")
    desk.page.get_by_role("heading", name="Timeline").wait_for()
