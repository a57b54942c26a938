"""Psychotherapy notes at the desk: the author alone, nothing on the disk, a supervisor while the author says so."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import NOOR, Clinic, Json, marker
from tests.browser.desk.conftest import NewDesk
from tests.browser.desk.office import Desk
from tests.browser.desk.rooms import faults_of, fill, send
from tests.browser.desk.test_desk_keyboard import opened, tab_to, through
from tests.browser.members import Staff

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser

_DISK = """async () => {
  const rows = database => new Promise((resolve, reject) => {
    const opening = indexedDB.open(database);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = async () => {
      const stores = [...opening.result.objectStoreNames];
      const all = await Promise.all(stores.map(store => new Promise(done => {
        const asked = opening.result.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
      })));
      opening.result.close();
      resolve(all);
    };
  });
  const kept = [{ ...localStorage }, { ...sessionStorage }, history.state, location.href, document.title];
  for (const { name } of await indexedDB.databases()) kept.push(await rows(name));
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) {
    if (!url.includes('/assets/')) kept.push(url, await (await (await caches.open(name)).match(url)).text());
  }
  return JSON.stringify(kept);
}"""
"""Everything that this computer keeps for the page."""


def no_trace(desk: Desk, words: str) -> None:
    """Assert that these words are nowhere on the disk; the page itself has a database there."""
    kept: str = desk.page.evaluate(_DISK)
    assert "holder" in kept or desk.staff.email in kept or len(kept) > 100, "the search looks into what is there"
    assert words not in kept


def begin(desk: Desk, chart: Json) -> None:
    """Begin a new note in that chart."""
    desk.open(f"chart/{chart['patient_id']}")
    desk.page.get_by_role("link", name="Your psychotherapy notes").click()
    desk.page.get_by_text("You have written none here.").wait_for()
    desk.press("New psychotherapy note")
    send_begin(desk)
    desk.field("Note").wait_for()


def send_begin(desk: Desk) -> None:
    """Begin about no session."""
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Begin", exact=True).click()


def own(staff: Staff, chart: Json) -> list[Json]:
    """The notes of that chart, with their texts, as the API has them."""
    items = staff.ask("GET", f"/psychotherapy-notes?patient_id={chart['patient_id']}")["items"]
    return [staff.ask("GET", f"/psychotherapy-notes/{one['id']}") for one in items]


def made(staff: Staff, chart: Json, text: str) -> Json:
    """A draft of theirs."""
    note: Json = staff.ask("POST", f"/patients/{chart['patient_id']}/psychotherapy-notes", {"text": text})
    return note


def test_it_is_saved_by_itself_and_nothing_stays_on_the_disk(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    words = marker("He spoke of his father")
    begin(desk, chart)
    desk.sees("Nothing is written yet.")
    assert faults_of(desk, axe) == []
    desk.field("Note").fill(words)
    desk.wait_for_save("saved")
    (note,) = own(imani, chart)
    assert (note["text"], note["state"]) == (words, "draft")
    desk.wait(f"location.hash === '#/own-note/{note['id']}'", "its address")
    assert desk.page.evaluate("document.activeElement.id") == "field-own", "whoever writes goes on writing"
    desk.offline()
    more = f"{words} and of the sea"
    desk.field("Note").fill(more)
    desk.wait_for_save("offline")
    desk.sees("kept in this window alone")
    assert "kept on this computer" not in desk.page.locator("body").inner_text(), "nothing promises the disk"
    assert faults_of(desk, axe) == []
    no_trace(desk, words)
    assert desk.drafts() == []
    desk.page.evaluate("location.hash = '#/own-notes'")
    desk.page.get_by_role("heading", name="Not saved, and in this window alone").wait_for()
    desk.page.locator(".warning a").click()
    desk.wait_for_value("Note", more)
    desk.online()
    desk.wait_for_save("saved")
    desk.until(lambda: own(imani, chart)[0]["text"] == more, "what was written offline to be saved")
    no_trace(desk, words)


def test_a_lost_answer_makes_no_second_note(desk: Desk, imani: Staff, chart: Json) -> None:
    words, sent = marker("The bridge"), list[str]()
    begin(desk, chart)

    def lose(route: "Route") -> None:
        if not sent:
            sent.append(route.request.url)
            route.fetch()  # the API has it, and the page never hears so
        route.abort()

    desk.page.route("**/patients/*/psychotherapy-notes", lose)
    desk.field("Note").fill(words)
    desk.wait_for_save("offline")
    assert [one["text"] for one in own(imani, chart)] == [words]
    desk.field("Note").fill(f"{words}, and the water")
    desk.page.unroute("**/patients/*/psychotherapy-notes")
    desk.wait_for_save("saved")
    desk.until(
        lambda: [one["text"] for one in own(imani, chart)] == [f"{words}, and the water"], "one note with all of it"
    )


def test_two_texts_are_both_shown(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    note = made(imani, chart, "The lake.")
    desk.open(f"own-note/{note['id']}")
    desk.field("Note").wait_for()
    imani.ask("PATCH", f"/psychotherapy-notes/{note['id']}", {"text": "The river."}, version=note["version"])
    desk.field("Note").fill("The lake, still.")
    desk.wait_for_save("conflict")
    desk.page.locator(".conflict", has_text="The river.").wait_for()
    assert faults_of(desk, axe) == []
    desk.press("Keep both, one after the other")
    desk.wait_for_save("saved")
    desk.field("Note").fill("")
    desk.sees("An empty note is not saved.")
    desk.field("Note").fill("The river.\n\nThe lake, still.")
    desk.wait_for_save("saved")
    desk.until(lambda: own(imani, chart)[0]["text"] == "The river.\n\nThe lake, still.", "both texts to be saved")


def test_it_is_signed_with_a_fresh_proof(desk: Desk, imani: Staff, chart: Json, axe: str) -> None:
    note, asked = made(imani, chart, "Signed soon."), list[str]()
    stale = {"title": "", "status": 403, "code": "step-up-required", "detail": "", "errors": [], "request_id": ""}

    def refuse_once(route: "Route") -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            route.fulfill(status=403, json=stale)
        else:
            route.continue_()

    desk.page.route("**/sign", refuse_once)
    desk.open(f"own-note/{note['id']}")
    desk.press("Sign")
    assert faults_of(desk, axe) == []
    desk.page.get_by_role("dialog").get_by_role("button", name="Sign", exact=True).click()
    desk.page.get_by_role("dialog", name="Is it still you?").get_by_role("button", name="Use a passkey").click()
    desk.page.locator("article", has_text="Signed soon.").wait_for()
    assert desk.page.locator("#field-own").count() == 0, "a signed note is not written on"
    assert faults_of(desk, axe) == []
    assert (own(imani, chart)[0]["state"], len(asked)) == ("signed", 2)


def test_a_supervisor_reads_it_as_long_as_the_author_says(
    desk: Desk, new_desk: NewDesk, clinic: Clinic, imani: Staff, greta: Staff, chart: Json, axe: str
) -> None:
    note = made(imani, chart, marker("For supervision"))
    noor = clinic.staff(NOOR)
    imani.ask("POST", f"/patients/{chart['patient_id']}/care-team", {"account_id": noor.id, "role": "prescriber"})
    other = new_desk(noor)
    other.sign_in()
    other.open(f"own-notes/{chart['patient_id']}")
    other.page.get_by_text("You have written none here.").wait_for()
    other.open(f"own-note/{note['id']}")
    other.page.get_by_role("button", name="Try again").wait_for()
    desk.open(f"own-note/{note['id']}")
    desk.sees("You alone.")
    desk.press("Let a supervisor read it")
    desk.page.get_by_role("dialog").get_by_label("Supervisor").select_option(greta.id)
    fill(desk, {"Why": "My own training."})
    assert faults_of(desk, axe) == []
    send(desk, "Give permission")
    desk.page.locator("li", has_text="My own training.").wait_for()
    assert faults_of(desk, axe) == []
    (grant,) = imani.ask("GET", f"/psychotherapy-notes/{note['id']}/grants")["items"]
    days = datetime.fromisoformat(grant["until"]) - datetime.now(UTC)
    assert timedelta(days=28) < days < timedelta(days=32)
    reader = new_desk(greta)
    reader.sign_in()
    reader.open("own-notes")
    reader.page.locator(f"a[href='#/own-note/{note['id']}']").click()
    reader.sees("For supervision")
    reader.sees("You can read it until")
    assert reader.page.get_by_role("heading", name="Who may read this note").count() == 0
    assert faults_of(reader, axe) == []
    no_trace(reader, "For supervision")
    desk.press("End it now: Greta Specimen")
    desk.page.get_by_role("dialog").get_by_role("button", name="End it now", exact=True).click()
    desk.sees("You alone.")
    reader.open(f"own-notes/{chart['patient_id']}")
    reader.page.get_by_text("Nobody lets you read one.").wait_for()


def test_what_is_unsaved_goes_with_the_sign_out(desk: Desk, imani: Staff, chart: Json) -> None:
    words = marker("Not for the next")
    note = made(imani, chart, "Begun.")
    desk.open(f"own-note/{note['id']}")
    desk.page.route(f"**/psychotherapy-notes/{note['id']}", lambda route: route.abort())
    desk.field("Note").fill(words)
    desk.wait_for_save("offline")
    desk.open("you")
    desk.press("Sign out")
    desk.page.get_by_role("button", name="Use a passkey").wait_for()
    no_trace(desk, words)
    assert words not in desk.page.content()
    desk.page.unroute(f"**/psychotherapy-notes/{note['id']}")
    desk.press("Use a passkey")
    desk.page.locator("header nav").wait_for()
    desk.open(f"own-notes/{chart['patient_id']}")
    desk.page.locator("a[data-row]").wait_for()
    assert desk.page.locator(".warning").count() == 0, "no words are left of before the sign-out"
    assert own(imani, chart)[0]["text"] == "Begun."


def test_it_is_written_and_deleted_by_keys(desk: Desk, imani: Staff, chart: Json) -> None:
    desk.open(f"own-notes/{chart['patient_id']}")
    tab_to(desk, "New psychotherapy note")
    through(desk, "Enter")
    opened(desk, "New psychotherapy note")
    through(desk, "Control+Enter")
    desk.field("Note").wait_for()
    desk.settle()
    through(desk, "e")
    desk.page.keyboard.type("Typed.")
    desk.wait_for_save("saved")
    tab_to(desk, "Delete this draft")
    through(desk, "Enter")
    opened(desk, "Delete this draft")
    through(desk, "Control+Enter")
    desk.page.get_by_role("heading", name="Psychotherapy notes").wait_for()
    desk.until(lambda: own(imani, chart) == [], "the draft to be deleted")
