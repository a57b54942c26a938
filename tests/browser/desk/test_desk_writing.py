"""Templates, group sessions, who can see a thing, and finding words, at the desk."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.clinic import ADA, Clinic, Json, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def template(clinic: Clinic) -> Json:
    """A template with a section that is needed, and one that is not."""
    sections = [{"title": "Since last time", "hint": "Sleep, mood."}, {"title": "In the room", "is_required": False}]
    made: Json = clinic.staff(ADA).ask("POST", "/note-templates", {"title": marker("Check-in"), "sections": sections})
    return made


def test_an_admin_writes_a_template_and_its_next_version(new_desk: NewDesk, clinic: Clinic, axe: str) -> None:
    ada, title = clinic.staff(ADA), marker("Group check-in")
    desk = new_desk(ada)
    desk.sign_in()
    desk.open("clinic")
    assert faults_of(desk, axe) == []
    desk.page.get_by_role("link", name="Note templates").click()
    desk.press("New template")
    fill(desk, {"Name of the template": title})
    dialog = desk.page.get_by_role("dialog")
    for number, heading in enumerate(("In the room", "Since last time"), 1):
        if number > 1:
            dialog.get_by_role("button", name="Add a section").click()
        section = dialog.get_by_role("group", name=f"Section {number}")
        section.get_by_label("Heading").fill(heading)
    dialog.get_by_role("group", name="Section 1").get_by_label("Needed to sign").uncheck()
    dialog.get_by_role("button", name="Move up: section 2").click()
    dialog.get_by_role("group", name="Section 1").get_by_label("Hint for whoever writes").fill("Sleep, mood.")
    assert faults_of(desk, axe) == []
    send(desk, "Keep the template")
    desk.page.get_by_role("heading", name=title).wait_for()
    assert faults_of(desk, axe) == []
    (made,) = [one for one in ada.ask("GET", "/note-templates?limit=100")["items"] if one["title"] == title]
    assert [(one["title"], one["hint"], one["is_required"]) for one in made["sections"]] == [
        ("Since last time", "Sleep, mood.", True),
        ("In the room", None, False),
    ]
    desk.press(f"Next version: {title}")
    fill(desk, {"Name of the template": f"{title}, again"})
    desk.page.get_by_role("dialog").get_by_role("button", name="Remove: section 2").click()
    send(desk, "Keep the next version")
    desk.page.get_by_role("heading", name=f"{title}, again").wait_for()
    assert ada.ask("GET", f"/note-templates/{made['id']}")["state"] == "replaced"
    desk.press(f"Retire: {title}, again")
    desk.page.get_by_role("dialog").get_by_role("button", name="Retire", exact=True).click()
    desk.until(lambda: desk.page.get_by_role("heading", name=title).count() == 0, "the template to go")


def test_a_note_by_a_template_has_its_headings_and_is_signed(
    desk: Desk, clinic: Clinic, imani: Staff, chart: Json, axe: str
) -> None:
    layout, words = template(clinic), marker("Slept well.")
    desk.open(f"chart/{chart['patient_id']}")
    desk.press("New note")
    desk.page.get_by_role("dialog").get_by_label("Format").select_option(layout["title"])
    desk.press("Begin")
    desk.sees("Sleep, mood.")
    desk.press("Sign")
    desk.page.get_by_role("dialog").get_by_role("button", name="Sign").click()
    desk.sees("Still empty: Since last time.")
    desk.press("Cancel")
    desk.field("Since last time").fill(words)
    desk.wait_until_saved()
    assert faults_of(desk, axe) == []
    desk.press("Sign")
    send(desk, "Sign")
    desk.page.get_by_role("heading", name="Since last time").wait_for()
    (note,) = imani.ask("GET", f"/notes?patient_id={chart['patient_id']}")["items"]
    assert (note["template_id"], note["sections"]["section_1"], note["state"]) == (layout["id"], words, "signed")


def test_a_group_is_planned_and_each_member_has_a_note(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    topic, first = marker("Sleep"), imani.ask("GET", f"/patients/{chart['patient_id']}")["name"]
    other = imani.new_chart(marker("Second Person").replace("-", " "))
    second = imani.ask("GET", f"/patients/{other['patient_id']}")["name"]
    third = imani.new_chart(marker("Third Person").replace("-", " "))
    desk.open("groups")
    desk.press("Plan a group session")
    fill(desk, {"Topic": topic})
    for name in (first, second):
        desk.page.get_by_role("dialog").get_by_label(name).check()
    assert faults_of(desk, axe) == []
    send(desk, "Plan it")
    desk.page.locator("a[data-row]", has_text=topic).click()
    desk.page.get_by_role("heading", name="2 members").wait_for()
    assert faults_of(desk, axe) == []
    desk.press("Add a member")
    desk.page.get_by_role("dialog").get_by_label("Member").select_option(third["patient_id"])
    send(desk, "Add them")
    desk.page.get_by_role("heading", name="3 members").wait_for()
    desk.press(f"Write a note: {first}")
    desk.page.get_by_role("dialog").get_by_label("Format").select_option("soap")
    desk.page.get_by_role("dialog").get_by_role("button", name="Begin").click()
    desk.field("Subjective").fill("Spoke little.")
    desk.wait_until_saved()
    desk.page.go_back()
    desk.page.get_by_role("link", name="SOAP note, draft").wait_for()
    (note,) = imani.ask("GET", f"/notes?patient_id={chart['patient_id']}")["items"]
    session = imani.ask("GET", f"/sessions/{note['session_id']}")
    assert (session["is_group"], session["patient_id"]) == (True, chart["patient_id"])


def test_a_word_that_is_another_members_name_is_confirmed(desk: Desk, imani: Staff, chart: Json) -> None:
    other, begun = imani.new_chart(marker("Linnea Birch")), datetime.now(UTC) - timedelta(hours=2)
    times = {"planned_start_at": begun.isoformat(), "planned_end_at": (begun + timedelta(hours=1)).isoformat()}
    patients = {"patient_ids": [chart["patient_id"], other["patient_id"]]}
    group = imani.ask("POST", "/group-sessions", {"phase": "integration", "modality": "in_person", **times, **patients})
    (session,) = [one for one in group["sessions"] if one["patient_id"] == chart["patient_id"]]
    body = {"session_id": session["id"], "format": "narrative", "sections": {"narrative": "They sat under a birch."}}
    note = imani.ask("POST", "/notes", body)["id"]
    desk.open(f"note/{note}")
    desk.field("Narrative").wait_for()
    desk.press("Sign")
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Sign").click()
    dialog.get_by_label("The word is no name of somebody in the group").check()
    send(desk, "Sign")
    assert imani.note(note)["state"] == "signed"


def test_who_can_see_a_note_and_how_a_supervisor_reads_it(
    desk: Desk, imani: Staff, greta: Staff, chart: Json, axe: str
) -> None:
    words = marker("There was a lake.")
    imani.ask("POST", f"/patients/{chart['patient_id']}/care-team", {"account_id": greta.id, "role": "supervisor"})
    sections = dict.fromkeys(("subjective", "objective", "assessment", "plan"), words)
    note = imani.new_note(chart, **sections)
    imani.ask("POST", f"/notes/{note}/sign", {}, version=1)
    desk.open(f"note/{note}")
    desk.page.get_by_text("Who can see this").click()
    told = imani.ask("GET", f"/notes/{note}/visibility")["viewers"]
    for one in told:
        desk.sees(one["explanation"])
    desk.field("As").select_option("supervisor")
    desk.press("Show")
    desk.page.locator(".shown", has_text=words).wait_for()
    assert faults_of(desk, axe) == []
    desk.field("As").select_option("prescriber")
    desk.press("Show")
    desk.sees("Nobody of that role sees it.")


def test_words_are_found_in_the_new_kinds(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    patient, word = chart["patient_id"], marker("lantern").split()[-1]
    begun = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    imani.ask(
        "POST",
        "/medicines",
        {"patient_id": patient, "kind": "supplement", "name": f"Example {word}", "started_on": begun},
    )
    goal = {"patient_id": patient, "title": f"A {word}", "levels": list("abcde"), "baseline_level": -1, "weight": 1}
    imani.ask("POST", "/goals", goal)
    desk.open(f"chart/{patient}")
    desk.field("Find words in this chart").fill(word)
    desk.press("Search")
    found = desk.page.locator("section", has=desk.page.get_by_role("search")).locator(".rows li")
    desk.until(lambda: found.count() == 2, "both to be found")
    assert any("Medicine" in one for one in found.all_inner_texts())
    assert faults_of(desk, axe) == []
    found.get_by_role("link").click()
    desk.page.get_by_role("heading", name=f"A {word}").wait_for()
