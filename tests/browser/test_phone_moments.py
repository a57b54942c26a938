"""Moments on the phone: caught by touch, shared later, and nothing to decide so soon after a dose."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from tests.browser.clinic import JUNIPER, TOBIAS, WREN, Clinic, Json, marker
from tests.browser.phone import Phone
from tests.browser.test_phone_access import findings

pytestmark = pytest.mark.browser

DOSE = {"route": "im", "amount": 60, "weight_kg": 70, "given_while_held": True}


def begin(phone: Phone, form: str) -> None:
    phone.open("write/new")
    phone.page.get_by_role("radio", name=form, exact=True).check()


def keep(phone: Phone) -> None:
    phone.press("Keep on this phone")
    phone.page.get_by_role("heading", name="It is kept").wait_for()


def fragments(clinic: Clinic, email: str) -> list[Json]:
    """The fragments of this person, the newest first."""
    return [one["fragment"] for one in clinic.member(email).ask("GET", "/reflections?kind=fragment")["items"]]


def test_a_word_a_mood_and_a_body_are_caught_in_taps(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(JUNIPER)
    word = marker("word").replace(" ", "-")
    begin(phone, "One word")
    phone.press("Keep on this phone")
    phone.sees("Write one word first.")
    phone.page.fill("#field-word", word)
    keep(phone)
    begin(phone, "Three taps")
    for name, number in (("mood", 6), ("anxiety", 3), ("connection", 8)):
        phone.page.locator(f"input[name=tap-{name}]").nth(number).check()
    keep(phone)
    phone.offline()
    begin(phone, "My body")
    for region, number in (("Chest", 8), ("Hands", 3)):
        phone.page.locator(".body-map").get_by_role("button", name=region).click()
        phone.page.locator(f"input[name=region-{region.lower()}]").nth(number).check()
    keep(phone)
    phone.open("entries")
    phone.sees("Chest 8, Hands 3")
    phone.online()
    phone.wait_until_sent()
    body, mood, first = fragments(clinic, JUNIPER)[:3]
    assert body["regions"] == [{"region": "chest", "intensity": 8}, {"region": "hands", "intensity": 3}]
    assert mood["mood"] == {"mood": 6, "anxiety": 3, "connection": 8}
    assert first["word"] == word
    phone.open_entry(word)
    phone.page.get_by_role("link", name="Say more about it").click()
    text = marker("more")
    phone.page.fill("#field-text", text)
    keep(phone)
    phone.wait_until_sent()
    assert clinic.member(JUNIPER).entry(text)["elaborates_id"] is not None
    phone.open_entry(text)
    phone.sees("This says more about an earlier entry")


def test_a_share_waits_an_hour_and_says_what_that_means(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(JUNIPER)
    text = marker("later")
    phone.write(text)
    phone.sees("You can take it back until somebody has read it.")
    phone.page.get_by_role("button", name="Yes, but not before").first.click()
    phone.wait_until_sent()
    entry = clinic.member(JUNIPER).entry(text)
    assert entry["release_at"] is not None
    phone.open_entry(text)
    phone.sees("Your care team can read it from")


def test_help_is_said_not_to_wait_before_anything_is_chosen(phone: Phone) -> None:
    phone.sign_in(JUNIPER)
    phone.open("write/new")
    phone.page.fill("#field-text", marker("contact"))
    phone.page.get_by_label("Please contact me").check()
    keep(phone)
    phone.sees("reaches your care team at once, whatever you choose here")


@contextmanager
def a_dose(clinic: Clinic) -> Iterator[None]:
    """A dose of this moment in the chart of Wren, withdrawn afterwards."""
    staff = clinic.staff(TOBIAS)
    chart = clinic.member(WREN).ask("GET", "/me")["patient_id"]
    now = datetime.now(UTC).isoformat()
    facts = {"patient_id": chart, "phase": "dosing", "modality": "in_person", "planned_start_at": now}
    made = staff.ask("POST", "/sessions", facts)
    staff.ask("POST", f"/sessions/{made['id']}/start", {}, made["version"])
    dose = staff.ask("POST", f"/sessions/{made['id']}/doses", DOSE)
    yield
    staff.ask("POST", f"/sessions/{made['id']}/doses/{dose['id']}/withdraw", {"reason": "Made for a test."}, 1)


@pytest.fixture
def dosed(clinic: Clinic) -> Iterator[None]:
    """A dose of this moment, as long as the test runs."""
    with a_dose(clinic):
        yield


def test_a_dose_is_noticed_while_an_entry_is_open(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(WREN)
    text = marker("before")
    phone.write(text)
    phone.wait_until_sent()
    phone.open_entry(text)
    phone.page.get_by_role("button", name="Delete", exact=True).wait_for()
    with a_dose(clinic):
        phone.sees("sharing, taking back and deleting wait until")


@pytest.mark.usefixtures("dosed")
def test_so_soon_after_a_dose_nobody_is_asked_to_decide(phone: Phone, clinic: Clinic, axe: str) -> None:
    phone.sign_in(WREN)
    text = marker("held")
    phone.write(text)
    phone.sees("sharing waits until")
    assert findings(phone, axe) == []
    assert phone.page.get_by_role("button", name="Yes, share it now").count() == 0
    phone.wait_until_sent()
    phone.open_entry(text)
    phone.sees("sharing, taking back and deleting wait until")
    assert findings(phone, axe) == []
    assert clinic.member(WREN).entry(text)["sharing"] == "private"
