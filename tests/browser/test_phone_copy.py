"""The phone keeps the answer to a write, also if it reads at that moment; it reads what the change feed names alone."""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import JUNIPER, ROWAN, Clinic, marker
from tests.browser.phone import Phone

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse, Route

pytestmark = pytest.mark.browser

_SLOW_DISK = """text => {
  const put = IDBObjectStore.prototype.put;
  window.told = [];
  IDBObjectStore.prototype.put = function (thing, ...key) {
    const request = put.call(this, thing, ...key);
    if (this.name !== "things" || thing?.text !== text) return request;
    IDBObjectStore.prototype.put = put;
    const listen = request.addEventListener.bind(request);
    request.addEventListener = (kind, listener) => listen(kind, event => told.push(() => listener(event)));
    return request;
  };
}"""
"""Holds back, for the first write of one entry to the disk, the event that tells the page of its success."""
_DROPPED = """() => new Promise(resolve => {
  const opening = indexedDB.open("integration-journal-phone");
  opening.onsuccess = () => {
    const change = opening.result.transaction("things", "readwrite");
    change.objectStore("things").clear();
    change.oncomplete = () => { opening.result.close(); resolve(null); };
  };
})"""
"""Drops what was fetched, as another tab does whose sign-in has ended."""


def has_place(phone: Phone) -> bool:
    """Whether the copy on the disk has a place in the change feed."""
    kept = phone.kept("integration-journal-phone", "things")
    return any(isinstance(one, dict) and one.get("cursor") for one in kept)


def fetched_at(phone: Phone) -> float:
    """When the last reading ended, by the device's clock."""
    return max(one for one in phone.kept("integration-journal-phone", "things") if isinstance(one, int | float))


def test_an_entry_that_is_sent_during_a_reading_is_in_the_copy(phone: Phone, clinic: Clinic) -> None:
    phone.sign_in(ROWAN)
    text = marker("meanwhile")
    held: list[tuple[Route, APIResponse]] = []
    phone.context.route("**/v1/reflections?*", lambda route: held.append((route, route.fetch())))
    phone.page.evaluate(_SLOW_DISK, text)
    clinic.member(ROWAN).ask("POST", "/reflections", {"text": marker("elsewhere")})
    phone.until(lambda: held, "a reading of entries")
    phone.write(text)
    phone.wait("told.length > 0", "the answer to the write")
    before = fetched_at(phone)
    route, answer = held[0]
    route.fulfill(response=answer)  # the readings after this one are held back for good
    phone.until(lambda: fetched_at(phone) > before, "the end of the reading")
    phone.page.evaluate("told.forEach(tell => tell())")
    phone.wait_until_sent()
    phone.offline()
    phone.reload()
    phone.open_entry(text)
    phone.sees("Sent. Only you can read it")


def test_what_is_written_elsewhere_is_shown_without_a_tap_and_nothing_else_is_read(
    phone: Phone, clinic: Clinic
) -> None:
    phone.sign_in(ROWAN)
    phone.open("entries")
    paths: list[str] = []
    phone.context.on("request", lambda request: paths.append(request.url.split("?")[0].split("/v1/")[-1]))
    text = marker("elsewhere")
    clinic.member(ROWAN).ask("POST", "/reflections", {"text": text})
    phone.page.locator("a.row-link", has_text=text).wait_for()
    assert "reflections" in paths
    assert not {"goals", "practices", "prompt-sets", "check-in-items", "crisis-resources"} & set(paths)


def test_a_copy_that_was_dropped_meanwhile_has_no_place_in_the_feed_until_all_is_read(
    phone: Phone, clinic: Clinic
) -> None:
    phone.sign_in(ROWAN)
    phone.until(lambda: has_place(phone), "the first reading to be kept")
    held: list[Route] = []
    phone.context.route("**/v1/reflections?*", lambda route: held.append(route) if not held else route.continue_())
    text = marker("dropped")
    clinic.member(ROWAN).ask("POST", "/reflections", {"text": text})
    phone.until(lambda: held, "a reading of entries")
    phone.page.evaluate(_DROPPED)
    refusing = [True]
    refused: list[str] = []

    def answer(route: "Route") -> None:
        if not refusing:
            route.continue_()
            return
        refused.append(route.request.url)
        problem = {"type": "about:blank", "title": "No", "status": 403, "code": "forbidden", "request_id": "1"}
        route.fulfill(status=403, content_type="application/problem+json", body=json.dumps(problem))

    phone.context.route("**/v1/goals?*", answer)
    held[0].continue_()
    phone.until(lambda: len(refused) > 1, "everything to be read again, twice")
    assert not has_place(phone), "a cursor without its contents"
    phone.open("entries")
    phone.page.locator("a.row-link", has_text=text).wait_for()
    refusing.clear()
    phone.until(lambda: has_place(phone), "everything to be read")
    phone.offline()
    phone.reload()
    phone.open_entry(text)


def test_what_may_be_done_is_read_again_when_the_window_after_a_dose_is_over(phone: Phone, clinic: Clinic) -> None:
    text, ends = marker("window"), [datetime.now(UTC) + timedelta(hours=1)]
    clinic.member(JUNIPER).ask("POST", "/reflections", {"text": text})

    def answer(route: "Route") -> None:
        response = route.fetch()
        body = response.json()
        if datetime.now(UTC) < ends[0]:
            for one in body["items"]:
                one.update(held_until=ends[0].isoformat(), allowed_actions=["update"])
        route.fulfill(response=response, json=body)

    phone.context.route("**/v1/reflections?*", answer)
    phone.sign_in(JUNIPER)
    phone.open_entry(text)
    phone.sees("sharing, taking back and deleting wait until")
    assert phone.page.get_by_role("button", name="Delete", exact=True).count() == 0
    ends[0] = datetime.now(UTC) + timedelta(seconds=4)
    phone.reload()
    phone.page.get_by_role("button", name="Delete", exact=True).wait_for()
    assert datetime.now(UTC) >= ends[0]


def test_what_is_asked_is_read_again_when_a_window_opens(phone: Phone) -> None:
    asked: list[str] = []
    opens = [datetime.now(UTC) + timedelta(hours=1)]

    def answer(route: "Route") -> None:
        response = route.fetch()
        at = opens[0].isoformat()
        window = {"arc_window_id": "019ab0de-0000-7000-8000-000000000052", "opens_at": at, "due_at": at}
        asked.append(at)
        route.fulfill(response=response, json={**response.json(), "soon": [window]})

    phone.context.route("**/v1/me/next", answer)
    phone.sign_in(ROWAN)
    opens[0] = datetime.now(UTC) + timedelta(seconds=5)
    phone.reload()
    at = opens[0].isoformat()
    phone.until(lambda: at in asked, "the phone to know when the window opens")
    while datetime.now(UTC) < opens[0]:
        phone.page.wait_for_timeout(100)
    asked.clear()
    phone.until(lambda: asked, "it to be read when the window opens")
