"""Files of a note and of a reflection at the desk, what changed between versions, and a request to change a note."""

import base64
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import ROWAN, Clinic, Json, marker
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.members import Member, Staff
from tests.factories.attachments import PDF, png

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser

SOAP = ("subjective", "objective", "assessment", "plan")
PART_BYTES = 512 * 1024


@pytest.fixture
def made(tmp_path: Path) -> Callable[[str, bytes], str]:
    """Make a file on the computer; its path."""

    def make(name: str, content: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        return str(path)

    return make


def of_note(imani: Staff, note: str) -> list[Json]:
    """The attachments of a note as they are stored."""
    found: list[Json] = imani.ask("GET", f"/attachments?note_id={note}")["items"]
    return found


def test_an_image_and_a_document_are_added_to_a_draft_and_shown(
    desk: Desk, imani: Staff, chart: Json, made: Callable[[str, bytes], str], axe: str
) -> None:
    note = imani.new_note(chart, **dict.fromkeys(SOAP, "there"))
    desk.open(f"note/{note}")
    adding = desk.field("Add an image, a recording or a PDF")
    adding.set_input_files(made("drawing.png", png()))
    image = desk.page.locator(".files img")
    image.wait_for()
    desk.until(lambda: image.evaluate("one => one.naturalWidth") == 1, "the image to be drawn")
    adding.set_input_files(made("letter.pdf", PDF))
    desk.page.get_by_role("button", name="Open: PDF").click()
    desk.page.get_by_role("link", name="Save the PDF").wait_for()
    assert faults_of(desk, axe) == []
    assert [one["state"] for one in of_note(imani, note)] == ["ready", "ready"]
    adding.set_input_files(made("words.txt", b"no file of these kinds"))
    desk.sees("Only images (JPEG, PNG, WebP), recordings and PDF.")
    desk.page.get_by_role("button", name="Remove the file").first.click()
    send(desk, "Remove the file")
    desk.until(lambda: len(of_note(imani, note)) == 1, "the file to be gone")


def test_an_upload_that_broke_off_goes_on_where_it_was(
    desk: Desk, imani: Staff, chart: Json, made: Callable[[str, bytes], str], axe: str
) -> None:
    note = imani.new_note(chart, subjective="begun")
    path = made("song.ogg", b"OggS" + bytes(2 * PART_BYTES + 100))
    sent: list[str] = []

    def lose(route: "Route") -> None:
        sent.append(route.request.url)
        if len(sent) == 2:
            route.fetch()  # the API has the part; its answer is lost
        if len(sent) >= 2:
            route.abort()
        else:
            route.continue_()

    desk.page.route("**/parts", lose)
    desk.open(f"note/{note}")
    desk.field("Add an image, a recording or a PDF").set_input_files(path)
    desk.sees("The connection broke off.")
    (one,) = of_note(imani, note)
    assert (one["state"], one["received_bytes"]) == ("uploading", 2 * PART_BYTES)
    assert faults_of(desk, axe) == []
    desk.page.unroute("**/parts")
    desk.reload()
    desk.page.get_by_label("Choose the same file again to go on").set_input_files(made("other.ogg", b"OggS"))
    desk.sees("This is another file.")
    desk.page.get_by_label("Choose the same file again to go on").set_input_files(path)
    desk.page.get_by_role("button", name="Play: Recording").click()
    desk.page.locator("audio").wait_for()
    (one,) = of_note(imani, note)
    assert (one["state"], one["size_bytes"]) == ("ready", 2 * PART_BYTES + 104)


def test_a_reflection_shows_what_its_patient_added(desk: Desk, clinic: Clinic, imani: Staff, axe: str) -> None:
    rowan = clinic.member(ROWAN)
    entry = rowan.ask("POST", "/reflections", {"text": marker("with a drawing")})
    add_file(rowan, f"/reflections/{entry['id']}", "image/png", png())
    version = rowan.ask("GET", f"/reflections/{entry['id']}")["version"]
    rowan.ask("POST", f"/reflections/{entry['id']}/submit", {"share": True}, version=version)
    desk.open(f"reflection/{entry['id']}")
    desk.until(
        lambda: desk.page.locator(".files img").evaluate("one => one.naturalWidth") == 1, "the image to be drawn"
    )
    desk.sees("Nobody has looked for viruses.")
    assert faults_of(desk, axe) == []


def add_file(member: Member, path: str, kind: str, content: bytes) -> None:
    """Send one file in one part."""
    ask = member.ask
    one = ask("POST", f"{path}/attachments", {"content_type": kind, "size_bytes": len(content)})
    data = {"data": base64.b64encode(content).decode()}
    one = ask("POST", f"/attachments/{one['id']}/parts", data, version=one["version"])
    ask("POST", f"/attachments/{one['id']}/complete", version=one["version"])


def test_the_words_that_changed_between_two_signed_texts_are_marked(
    desk: Desk, imani: Staff, chart: Json, axe: str
) -> None:
    note = imani.new_note(chart, **dict.fromkeys(SOAP, "She slept badly."))
    imani.ask("POST", f"/notes/{note}/sign", {}, version=1)
    same = dict.fromkeys(SOAP, "She slept badly.")
    amended = {"sections": {**same, "subjective": "She slept well."}, "reason": "A wrong word."}
    imani.ask("POST", f"/notes/{note}/amendments", amended, version=2)
    desk.open(f"note/{note}")
    desk.page.get_by_text("What changed", exact=True).click()
    desk.page.locator("del", has_text="badly").wait_for()
    assert "well" in desk.page.locator("ins").inner_text()
    assert faults_of(desk, axe) == []
    again = {"sections": {**same, "subjective": "She slept well enough."}, "reason": "Her word."}
    imani.ask("POST", f"/notes/{note}/amendments", again, version=imani.note(note)["version"])
    desk.page.locator("ins", has_text="enough").wait_for()
    desk.field("Since").select_option("1")
    desk.page.locator("del", has_text="badly").wait_for()


def test_the_words_that_changed_in_the_next_version_of_a_plan_are_marked(desk: Desk, imani: Staff, chart: Json) -> None:
    facts = {"patient_id": chart["patient_id"], "title": "Evenings", "aim": "To rest before ten."}
    plan = imani.ask("POST", "/plans", facts)
    strategy = {"category": "journaling", "title": "A page", "if_cue": "If it is nine", "then_action": "then I write."}
    imani.ask("POST", f"/plans/{plan['id']}/strategies", strategy, version=1)
    version = imani.ask("GET", f"/plans/{plan['id']}")["version"]
    proposed = imani.ask("POST", f"/plans/{plan['id']}/propose", version=version)
    changed = imani.ask("PATCH", f"/plans/{plan['id']}", {"aim": "To rest before eleven."}, version=proposed["version"])
    imani.ask("POST", f"/plans/{plan['id']}/propose", version=changed["version"])
    desk.open(f"plan/{plan['id']}")
    desk.page.get_by_text("What changed", exact=True).click()
    desk.page.locator("del", has_text="ten").wait_for()
    assert "eleven" in desk.page.locator("ins").inner_text()


def test_a_request_to_change_a_note_is_answered(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    note = imani.new_note(chart, **dict.fromkeys(SOAP, "there"))
    imani.ask("POST", f"/notes/{note}/sign", {}, version=1)
    asked = {"text": marker("I said Tuesday"), "reason": "It was not Monday."}
    request = imani.ask("POST", f"/notes/{note}/amendment-requests", asked)
    desk.open(f"note/{note}")
    desk.page.get_by_role("link", name=asked["text"]).click()
    desk.sees("To be answered until")
    assert faults_of(desk, axe) == []
    desk.press("Take 30 days more")
    fill(desk, {"Why it takes longer": "The author is away."})
    send(desk, "Take 30 days more")
    desk.page.get_by_role("button", name="Take 30 days more").wait_for(state="detached")
    desk.press("Deny")
    fill(desk, {"Answer, in writing": "The calendar says Monday."})
    send(desk, "Deny")
    desk.sees("Denied,")
    stored = imani.ask("GET", f"/amendment-requests/{request['id']}")
    assert (stored["denial_basis"], stored["answer"]) == ("accurate_and_complete", "The calendar says Monday.")
