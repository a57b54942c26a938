"""The rooms of the desk by keyboard alone: nothing here is pressed with a mouse."""

import pytest

from tests.browser.clinic import ADA, Clinic, Json, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.members import Staff

pytestmark = pytest.mark.browser

_NAME = """() => {
  const here = document.activeElement;
  const label = here.getAttribute('aria-label') ?? here.labels?.[0]?.textContent;
  return (label ?? here.textContent).trim();
}"""
MAX_STOPS = 150


def tab_to(desk: Desk, name: str) -> None:
    """Press the tab key until what has this name has the focus; and it is to be seen."""
    passed = []
    for _ in range(MAX_STOPS):
        desk.page.keyboard.press("Tab")
        passed.append(desk.page.evaluate(_NAME))
        if passed[-1] == name:
            box = desk.page.evaluate(
                "(r => r.width > 0 && r.height > 0)(document.activeElement.getBoundingClientRect())"
            )
            assert box, f"{name} has the focus, and nobody sees it"
            return
    raise AssertionError(f"{name} is not among {passed}")


def opened(desk: Desk, name: str) -> None:
    """Wait until a dialog is open, and has the focus."""
    desk.page.get_by_role("dialog", name=name).wait_for()
    desk.settle()


def sent(desk: Desk) -> None:
    """Send the form of the dialog, and wait until it is closed; the focus is somewhere then."""
    desk.page.keyboard.press("Control+Enter")
    desk.page.get_by_role("dialog").wait_for(state="detached")
    desk.settle()
    assert desk.page.evaluate("document.activeElement !== document.body"), "the focus is lost"


def through(desk: Desk, *keys: str) -> None:
    """Press keys one after the other."""
    for key in keys:
        desk.page.keyboard.press(key)


def test_a_flag_is_found_acknowledged_and_worked_on(desk: Desk, imani: Staff, chart: Json) -> None:
    body = {"patient_id": chart["patient_id"], "severity": "critical", "text": "seen"}
    flag = imani.ask("POST", "/flags", body)
    row = f"#/flag/{flag['id']}"

    def is_there() -> bool:
        through(desk, "g", "f")
        desk.settle()
        return bool(desk.page.get_by_role("heading", name="Flags", exact=True).count())

    desk.settle()
    desk.until(is_there, "the keys g and f to open the flags")
    desk.page.locator(f"a[href='{row}']").wait_for()
    desk.settle()
    for _ in range(MAX_STOPS):
        through(desk, "j")
        if desk.page.evaluate("document.activeElement.getAttribute('href')") == row:
            break
    through(desk, "Enter")
    desk.sees("Nobody has acknowledged it")
    desk.settle()
    tab_to(desk, "Acknowledge")
    through(desk, "Enter")
    opened(desk, "Acknowledge")
    tab_to(desk, "Also the other flags of this rule in the same session")
    through(desk, "Space")
    sent(desk)
    tab_to(desk, "Record a contact")
    through(desk, "Enter")
    opened(desk, "Record a contact")
    tab_to(desk, "Who you reached")
    through(desk, "ArrowDown")
    tab_to(desk, "In a few words")
    desk.page.keyboard.type("Their sister picked up.")
    sent(desk)
    desk.page.locator(".addendum", has_text="Their sister picked up.").wait_for()
    events = imani.ask("GET", f"/flags/{flag['id']}/events")["items"]
    assert (events[0]["kind"], events[0]["reached"]) == ("contact", "proxy")


def test_the_rooms_of_the_clinic_are_opened_and_used(desk: Desk, imani: Staff) -> None:
    words = marker("Typed by keys")
    tab_to(desk, "Clinic")
    through(desk, "Enter")
    desk.page.get_by_role("heading", name="Clinic", exact=True).wait_for()
    desk.settle()
    through(desk, "j", "Enter")
    desk.page.get_by_role("heading", name="Roster").wait_for()
    tab_to(desk, "Shifts")  # a wide table is a stop of its own, so that it scrolls by keys
    desk.page.go_back()
    desk.page.get_by_role("heading", name="Clinic", exact=True).wait_for()
    desk.settle()
    assert desk.page.evaluate("document.activeElement.getAttribute('href')") == "#/roster", "back at its row"
    desk.open("safeguarding")
    tab_to(desk, "Write a report")
    through(desk, "Enter")
    opened(desk, "Write a report")
    tab_to(desk, "What happened")
    desk.page.keyboard.type(words)
    tab_to(desk, "I want to be contacted")
    through(desk, "Space")
    tab_to(desk, "A safe way to reach you")
    desk.page.keyboard.type("By letter")
    sent(desk)
    desk.sees("It was sent.")
    report = imani.ask("GET", "/safeguarding-reports?place=reporter")["items"][0]
    assert imani.ask("GET", f"/safeguarding-reports/{report['id']}")["text"] == words
    desk.open("messages")
    tab_to(desk, "Change")
    through(desk, "Enter")
    opened(desk, "Change")
    through(desk, "Escape")
    desk.page.get_by_role("dialog").wait_for(state="detached")
    desk.settle()
    assert desk.page.evaluate(_NAME) == "Change", "the focus goes back to the button"


def test_a_group_is_planned_and_a_note_begun(desk: Desk, imani: Staff, chart: Json) -> None:
    topic, name = marker("By keys"), imani.ask("GET", f"/patients/{chart['patient_id']}")["name"]
    second = imani.ask("GET", f"/patients/{imani.new_chart(marker('Second'))['patient_id']}")["name"]
    desk.open("groups")
    tab_to(desk, "Plan a group session")
    through(desk, "Enter")
    opened(desk, "Plan a group session")
    tab_to(desk, "Topic")
    desk.page.keyboard.type(topic)
    for one in sorted((name, second), key=lambda one: desk.page.get_by_role("dialog").inner_text().index(one)):
        tab_to(desk, one)
        through(desk, "Space")
    sent(desk)
    desk.page.locator("a[data-row]", has_text=topic).wait_for()
    (group,) = [one for one in imani.ask("GET", "/group-sessions?limit=100")["items"] if one["topic"] == topic]
    desk.open(f"group/{group['id']}")
    tab_to(desk, f"Write a note: {name}")
    through(desk, "Enter")
    opened(desk, f"Write a note: {name}")
    through(desk, "Control+Enter")
    desk.page.locator("[data-field]").first.wait_for()


def test_a_template_is_written(new_desk: NewDesk, clinic: Clinic) -> None:
    ada, title = clinic.staff(ADA), marker("By keys")
    desk = new_desk(ada)
    desk.sign_in()
    desk.open("templates")
    tab_to(desk, "New template")
    through(desk, "Enter")
    opened(desk, "New template")
    tab_to(desk, "Name of the template")
    desk.page.keyboard.type(title)
    tab_to(desk, "Heading")
    desk.page.keyboard.type("First")
    tab_to(desk, "Add a section")
    through(desk, "Enter")
    for _ in range(2):
        tab_to(desk, "Heading")
    desk.page.keyboard.type("Second")
    tab_to(desk, "Move up: section 2")
    through(desk, "Enter")
    sent(desk)
    desk.page.get_by_role("heading", name=title).wait_for()
    (made,) = [one for one in ada.ask("GET", "/note-templates?limit=100")["items"] if one["title"] == title]
    assert [one["title"] for one in made["sections"]] == ["Second", "First"]


def test_consent_and_who_can_see_a_note(desk: Desk, clinic: Clinic, imani: Staff, chart: Json) -> None:
    document = {
        "purpose": "research",
        "texts": [{"language": "en", "title": marker("Research"), "text": "We count you."}],
    }
    made = clinic.staff(ADA).ask("POST", "/consent-documents", document)
    note = imani.new_note(chart, **dict.fromkeys(("subjective", "objective", "assessment", "plan"), "there"))
    imani.ask("POST", f"/notes/{note}/sign", {}, version=1)
    desk.open(f"chart/{chart['patient_id']}")
    tab_to(desk, "Consents")
    through(desk, "Enter")
    desk.page.get_by_role("heading", name="Consents").wait_for()
    desk.page.get_by_role("heading", name="Research").wait_for()
    tab_to(desk, "Record paper: Research")
    through(desk, "Enter")
    opened(desk, "Record paper: Research")
    sent(desk)
    desk.sees("signed on paper")
    tab_to(desk, "Withdraw: Research")
    through(desk, "Enter")
    opened(desk, "Withdraw: Research")
    through(desk, "Control+Enter")
    desk.sees("It permits nothing since.")
    desk.open(f"note/{note}")
    desk.page.get_by_text("Who can see this").wait_for()
    tab_to(desk, "Who can see this")
    through(desk, "Enter")
    desk.field("As").wait_for()
    tab_to(desk, "As")
    through(desk, "ArrowDown")
    tab_to(desk, "Show")
    through(desk, "Enter")
    desk.page.locator(".shown").wait_for()
    clinic.staff(ADA).ask("POST", f"/consent-documents/{made['id']}/retire", version=1)
