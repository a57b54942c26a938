"""Requests of patients at the desk: a copy is made, looked at and handed over; a letter is written down; a denial."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.browser.clinic import ROWAN, Clinic, Json, marker
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Staff

pytestmark = pytest.mark.browser


def asked(clinic: Clinic, text: str) -> Json:
    """A request of a patient of the demo."""
    member = clinic.member(ROWAN)
    made: Json = member.ask(
        "POST", "/record-requests", {"patient_id": member.ask("GET", "/me")["patient_id"], "text": text}
    )
    return made


def test_a_copy_is_made_saved_and_handed_over(desk: Desk, clinic: Clinic, imani: Staff, axe: str) -> None:
    text = marker("the notes of this year")
    request = asked(clinic, text)
    desk.page.get_by_role("link", name="Clinic", exact=True).click()
    desk.page.get_by_role("link", name="Requests of patients").click()
    row = desk.page.locator("li", has_text=text)
    row.get_by_text("To be answered until").wait_for()
    assert faults_of(desk, axe) == []
    row.get_by_role("link").click()
    desk.page.get_by_text("No copy was made yet").wait_for()
    desk.press("Make a copy")
    save = desk.page.get_by_role("button", name="Save the copy")
    save.wait_for()
    assert faults_of(desk, axe) == []
    with desk.page.expect_download() as saved:
        save.click()
    assert "README.html" in zipfile.ZipFile(io.BytesIO(Path(saved.value.path()).read_bytes())).namelist()
    desk.press("Hand it over")
    desk.page.get_by_role("dialog").get_by_role("button", name="Hand it over", exact=True).click()
    desk.page.get_by_text("Fulfilled,").wait_for()
    assert imani.ask("GET", f"/record-requests/{request['id']}")["state"] == "fulfilled"
    [copy] = clinic.member(ROWAN).ask("GET", f"/record-requests/{request['id']}/copies")["items"]
    assert copy["state"] == "ready"


def test_a_letter_is_written_down_and_denied(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    desk.open(f"requests/{chart['patient_id']}")
    received = (datetime.now(UTC) - timedelta(days=9)).strftime("%Y-%m-%dT09:00")
    desk.press("Write down a request")
    fill(desk, {"Received": received, "Which part, in which form": "An old file, on paper."})
    send(desk, "Write down a request")
    row = desk.page.locator("li", has_text="An old file, on paper.")
    row.get_by_text("To be answered until").wait_for()
    row.get_by_role("link").click()
    desk.press("Take 30 days more")
    fill(desk, {"Why it takes longer": "It is in a cellar."})
    send(desk, "Take 30 days more")
    desk.page.get_by_text("It is in a cellar.").wait_for()
    desk.press("Deny")
    desk.page.get_by_role("dialog").get_by_label("Ground").select_option("not_held")
    fill(desk, {"Answer, in writing": "Another clinic has it."})
    send(desk, "Deny")
    desk.page.get_by_text("Denied,").wait_for()
    desk.page.get_by_text("You may complain").wait_for()
    assert faults_of(desk, axe) == []
    desk.until(
        lambda: (
            [one["state"] for one in imani.ask("GET", f"/record-requests?patient_id={chart['patient_id']}")["items"]]
            == ["denied"]
        ),
        "the denial to be stored",
    )


def test_what_is_late_cannot_be_put_off(desk: Desk, chart: Json) -> None:
    desk.open(f"requests/{chart['patient_id']}")
    desk.press("Write down a request")
    fill(desk, {"Received": "2026-01-05T09:00", "Which part, in which form": "An older file."})
    send(desk, "Write down a request")
    row = desk.page.locator("li", has_text="An older file.")
    row.get_by_text("Was to be answered until").wait_for()
    row.get_by_role("link").click()
    desk.page.get_by_role("button", name="Deny").wait_for()
    assert desk.page.get_by_role("button", name="Take 30 days more").count() == 0


def test_a_change_that_was_asked_for_by_word_of_mouth_is_written_down_and_denied(
    desk: Desk, imani: Staff, chart: Json, axe: str
) -> None:
    note = imani.new_note(chart, **dict.fromkeys(("subjective", "objective", "assessment", "plan"), "there"))
    imani.ask("POST", f"/notes/{note}/sign", {}, version=1)
    desk.open(f"note/{note}")
    desk.press("Write down a request")
    fill(desk, {"What should change": "It was my aunt.", "Why": "She raised me."})
    send(desk, "Write down a request")
    desk.page.get_by_role("link", name="It was my aunt.").wait_for()
    assert faults_of(desk, axe) == []
    desk.page.get_by_role("link", name="It was my aunt.").click()
    desk.press("Take 30 days more")
    fill(desk, {"Why it takes longer": "Its author is away."})
    send(desk, "Take 30 days more")
    desk.sees("Its author is away.")
    desk.press("Deny")
    fill(desk, {"Answer, in writing": "The note tells what was said."})
    send(desk, "Deny")
    desk.sees("You may write a statement of disagreement.")
    assert faults_of(desk, axe) == []
    (one,) = imani.ask("GET", f"/amendment-requests?note_id={note}")["items"]
    assert (one["state"], one["text"], one["reason"]) == ("denied", "It was my aunt.", "She raised me.")
