"""The phone keeps the answer to a write, also if it reads everything anew at that moment."""

from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import ROWAN, marker
from tests.browser.phone import Phone
from tests.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Route

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


def fetched_at(phone: Phone) -> float:
    """When the last reading ended, by the device's clock."""
    return max(one for one in phone.kept("integration-journal-phone", "things") if isinstance(one, int | float))


def test_an_entry_that_is_sent_during_a_reading_is_in_the_copy(phone: Phone) -> None:
    phone.sign_in(ROWAN)
    text = marker("meanwhile")
    held: list[Route] = []
    phone.context.route("**/v1/prompt-sets", lambda route: held.append(route))  # noqa: PLW0108  Playwright takes no builtin
    phone.page.evaluate(_SLOW_DISK, text)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    until(lambda: phone.page.evaluate("true") and held, "a reading to begin")
    phone.write(text)
    phone.wait("told.length > 0", "the answer to the write")
    before = fetched_at(phone)
    phone.let_go(held[0])  # the readings after this one are held back for good
    until(lambda: fetched_at(phone) > before, "the end of the reading")
    phone.page.evaluate("told.forEach(tell => tell())")
    phone.wait_until_sent()
    phone.offline()
    phone.reload()
    phone.open_entry(text)
    phone.sees("Sent. Only you can read it")
