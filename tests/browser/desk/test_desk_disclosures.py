"""Disclosures at the desk: recorded, shown to the patient's side as it is, and withdrawn with a reason."""

import pytest

from tests.browser.clinic import Json, marker
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.desk.test_desk_keyboard import opened, sent, tab_to, through
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def recorded(imani: Staff, chart: Json, *, withdrawn: bool = False) -> list[Json]:
    """The disclosures that the API has."""
    query = f"patient_id={chart['patient_id']}&withdrawn={str(withdrawn).lower()}"
    found: list[Json] = imani.ask("GET", f"/disclosures?{query}")["items"]
    return found


def test_one_is_recorded_and_withdrawn(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    court = marker("County court")
    desk.open(f"chart/{chart['patient_id']}")
    desk.page.get_by_role("link", name="Disclosures").click()
    desk.sees("Nothing is recorded.")
    assert faults_of(desk, axe) == []
    desk.press("Record a disclosure")
    fill(desk, {"Who was told": court, "Their address, if you know it": "1 Example Square", "When": "2026-01-05T09:00"})
    fill(desk, {"What of the chart": "The dates.", "For what": "An order."})
    desk.page.get_by_role("dialog").get_by_label("Ground in law").select_option("court")
    assert faults_of(desk, axe) == []
    send(desk, "Record it")
    desk.page.get_by_role("heading", name=court).wait_for()
    assert faults_of(desk, axe) == []
    (one,) = recorded(imani, chart)
    assert {name: one[name] for name in ("recipient", "address", "content", "purpose", "basis", "is_permitted")} == {
        "recipient": court,
        "address": "1 Example Square",
        "content": "The dates.",
        "purpose": "An order.",
        "basis": "court",
        "is_permitted": None,
    }
    assert one["disclosed_at"].startswith("2026-01-05T14:00"), "the computer's own time"
    desk.press(f"Withdraw: {court}")
    fill(desk, {"Why": "It was another chart."})
    send(desk, "Withdraw")
    desk.sees("Nothing is recorded.")
    desk.field("Show").select_option("withdrawn")
    desk.sees("It was another chart.")
    assert faults_of(desk, axe) == []
    assert [one["id"] for one in recorded(imani, chart, withdrawn=True)] == [one["id"]]


def test_one_without_consent_says_so_and_is_recorded_by_keys(desk: Desk, imani: Staff, chart: Json) -> None:
    desk.open(f"disclosures/{chart['patient_id']}")
    tab_to(desk, "Record a disclosure")
    through(desk, "Enter")
    opened(desk, "Record a disclosure")
    desk.page.keyboard.type("A research group")
    tab_to(desk, "What of the chart")
    desk.page.keyboard.type("Scores.")
    tab_to(desk, "For what")
    desk.page.keyboard.type("A study.")
    tab_to(desk, "Ground in law")
    desk.page.keyboard.type("Research")
    sent(desk)
    desk.sees("No consent of the patient permitted it.")
    (one,) = recorded(imani, chart)
    assert (one["basis"], one["is_permitted"]) == ("research", False)


def test_the_accounting_prints_whole_without_what_is_only_of_the_screen(desk: Desk, imani: Staff, chart: Json) -> None:
    facts = {"patient_id": chart["patient_id"], "content": "x" * 300, "purpose": "An order.", "basis": "court"}
    for number in range(51):  # more than the screen reads at once
        imani.ask(
            "POST", "/disclosures", {**facts, "recipient": f"Court {number}", "disclosed_at": "2026-01-05T09:00:00Z"}
        )
    desk.open(f"disclosures/{chart['patient_id']}")
    desk.page.locator("article").nth(49).wait_for()
    desk.page.evaluate("window.print = () => (document.title = `${document.querySelectorAll('article').length} shown`)")
    desk.press("Print all of it")
    desk.wait("document.title === '51 shown'", "all of it to be printed")
    desk.page.emulate_media(media="print")
    desk.page.set_viewport_size({"width": 680, "height": 960})  # A4 without its margins
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off"
    wider = """[...document.querySelectorAll('main *')].filter(
      one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflow !== 'visible').length"""
    assert desk.page.evaluate(wider) == 0
    for shown in ("Court 0", "Court 50", "Printed "):
        assert desk.page.get_by_text(shown).first.is_visible(), shown
    assert not desk.page.get_by_role("button").first.is_visible()
    assert not desk.field("Show").is_visible()
    assert desk.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
