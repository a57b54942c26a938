"""Notes to the patient on the phone: read, asked to be changed, disagreed with in writing, offline too."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.clinic import IMANI, ROWAN, Clinic, Json, marker
from tests.browser.conftest import NewPhone
from tests.browser.phone import Phone
from tests.browser.test_phone_access import OVERFLOWING, findings

pytestmark = pytest.mark.browser


def note_about(clinic: Clinic, words: str, *, is_signed: bool = True) -> str:
    """A note of Imani's about Rowan; its id."""
    imani = clinic.staff(IMANI)
    chart = clinic.member(ROWAN).ask("GET", "/me")["patient_id"]
    begun = datetime.now(UTC) - timedelta(hours=2)
    session = {
        "patient_id": chart,
        "phase": "integration",
        "modality": "in_person",
        "planned_start_at": begun.isoformat(),
        "planned_end_at": (begun + timedelta(hours=1)).isoformat(),
    }
    made = imani.ask("POST", "/sessions", session)
    parts = ("subjective", "objective", "assessment", "plan")
    note = imani.new_note({"session_id": made["id"]}, **dict.fromkeys(parts, words))
    if is_signed:
        imani.ask("POST", f"/notes/{note}/sign", {}, version=1)
    return note


def requests_of(clinic: Clinic, note: str) -> list[Json]:
    """What Rowan asked to be changed in a note."""
    found: list[Json] = clinic.member(ROWAN).ask("GET", f"/amendment-requests?note_id={note}")["items"]
    return found


def test_a_signed_note_is_read_and_an_unsigned_one_is_not_there(phone: Phone, clinic: Clinic) -> None:
    words, unsigned = marker("She slept well"), marker("not signed yet")
    note, draft = note_about(clinic, words), note_about(clinic, unsigned, is_signed=False)
    phone.sign_in(ROWAN)
    phone.open("more")
    phone.page.get_by_role("link", name="Notes about me").click()
    phone.page.locator(f"a[href='#/note/{note}']").click()
    phone.page.get_by_role("heading", name="Note of").wait_for()
    phone.sees(words)
    phone.sees("By Imani Vale")
    phone.page.get_by_role("link", name="Who can see this").click()
    phone.page.locator("li.card", has_text="Imani Vale").wait_for()
    phone.open("notes")
    phone.page.locator(f"a[href='#/note/{note}']").wait_for()
    assert phone.page.locator(f"a[href='#/note/{draft}']").count() == 0


def test_a_change_is_asked_for_offline_and_the_written_answer_is_read(phone: Phone, clinic: Clinic) -> None:
    note, wish = note_about(clinic, "It was Monday."), marker("It was Tuesday")
    phone.sign_in(ROWAN)
    phone.open(f"note/{note}")
    phone.press("Ask to change this note")
    phone.offline()
    phone.page.get_by_label("What should be different?").fill(wish)
    phone.page.get_by_label("Why?").fill("The calendar says so.")
    phone.press("Ask for it")
    phone.sees("What you said is on this phone")
    phone.wait_for_status("1 thing on this phone, not sent yet.")
    phone.online()
    phone.wait_until_sent()
    phone.sees("You asked for this change. The clinic answers by")
    (request,) = requests_of(clinic, note)
    assert (request["text"], request["reason"]) == (wish, "The calendar says so.")
    denied = {"basis": "accurate_and_complete", "answer": "The clinic's calendar says Monday."}
    clinic.staff(IMANI).ask("POST", f"/amendment-requests/{request['id']}/deny", denied, request["version"])
    phone.reload()
    phone.sees("The clinic denied it,")
    phone.sees("The clinic's calendar says Monday.")


def test_a_disagreement_stays_with_the_note(phone: Phone, clinic: Clinic) -> None:
    note, words = note_about(clinic, "She was calm."), marker("I was not calm")
    phone.sign_in(ROWAN)
    phone.open(f"note/{note}")
    phone.press("Disagree in writing")
    phone.page.get_by_label("Your statement").fill(words)
    phone.press("Add it to the note")
    phone.wait_until_sent()
    phone.sees("It stays with the note.")
    phone.sees(words)
    assert [one["text"] for one in clinic.staff(IMANI).note(note)["disagreements"]] == [words]


def test_words_about_a_note_are_kept_when_the_page_is_closed(phone: Phone, clinic: Clinic) -> None:
    note, words = note_about(clinic, "A note."), marker("half a sentence")
    phone.sign_in(ROWAN)
    phone.open(f"note/{note}")
    phone.press("Disagree in writing")
    phone.page.get_by_label("Your statement").fill(words)
    phone.settle()
    phone.reload()
    phone.press("Disagree in writing")
    assert phone.page.get_by_label("Your statement").input_value() == words
    phone.offline()
    phone.reload()
    phone.sees("It shows when you are online.")


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 320)])
def test_axe_finds_nothing_in_notes(new_phone: NewPhone, clinic: Clinic, axe: str, scheme: str, width: int) -> None:
    note = note_about(clinic, "A note, for axe.")
    phone = new_phone(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 3000})
    phone.sign_in(ROWAN)
    phone.open("notes")
    phone.page.locator("a.row-link").first.wait_for()
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
    phone.open(f"note/{note}")
    phone.press("Ask to change this note")
    phone.press("Disagree in writing")
    assert findings(phone, axe) + phone.page.evaluate(OVERFLOWING) == []
