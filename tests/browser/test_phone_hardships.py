"""A phone that is killed, or whose clock is wrong, keeps and sends every entry once."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from tests.browser.clinic import WREN, Clinic, marker
from tests.browser.device import STUCK_MS
from tests.browser.phone import Phone
from tests.waiting import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser


@contextmanager
def profile(chromium: "Browser", folder: Path, clinic: Clinic) -> Iterator[Phone]:
    """A browser of its own, whose disk outlasts it."""
    context = chromium.browser_type.launch_persistent_context(
        folder, executable_path=shutil.which("chromium"), args=["--no-sandbox"], timeout=STUCK_MS
    )
    context.set_default_timeout(STUCK_MS)
    try:
        yield Phone(context, clinic)
    finally:
        if processes(folder):
            context.close()


def processes(folder: Path) -> list[psutil.Process]:
    """The processes of the browser that has this folder as its disk."""
    of_folder = f"--user-data-dir={folder}"
    every = psutil.process_iter(["cmdline", "status"])
    alive = [one for one in every if one.info["status"] != psutil.STATUS_ZOMBIE]
    return [one for one in alive if of_folder in (one.info["cmdline"] or [])]


def kill(folder: Path) -> None:
    """Take the power away from a browser: no page has the time to do anything more."""
    for one in processes(folder):
        one.kill()
    until(lambda: not processes(folder), "the browser to be gone")


def test_a_phone_that_is_killed_in_the_middle_of_its_queue_loses_nothing(
    chromium: "Browser", tmp_path: Path, clinic: Clinic
) -> None:
    texts = [marker(f"killed {number}") for number in range(5)]
    done: list[int] = []

    def take_the_answer(route: "Route") -> None:
        """Let the API do it, and never tell the phone."""
        if route.request.method == "POST":
            done.append(route.fetch().status)
        else:
            route.continue_()

    with profile(chromium, tmp_path, clinic) as phone:
        phone.sign_in(WREN)
        phone.offline()
        for text in texts:
            phone.write(text)
        phone.context.route("**/v1/**", take_the_answer)
        phone.online()
        phone.until(lambda: done, "the API to have done some of it")
        kill(tmp_path)
    with profile(chromium, tmp_path, clinic) as phone:
        phone.open()
        ended = phone.page.locator(".status a[href='#/sign-in']")
        ended.or_(phone.page.locator(".status", has_text="Everything is sent.")).first.wait_for()
        if ended.count():  # the cookie was not on the disk yet
            phone.open("sign-in")
            phone.sign_in(WREN)
        phone.is_ready()
        assert [len(clinic.member(WREN).entries(text)) for text in texts] == [1] * len(texts)


@pytest.mark.parametrize("year", [1970, 2099])
def test_an_entry_of_a_phone_whose_clock_is_wrong_is_kept_and_marked(phone: Phone, clinic: Clinic, year: int) -> None:
    phone.sign_in(WREN)
    text = marker(f"written in {year}")
    phone.page.clock.set_system_time(datetime(year, 5, 6, 7, 8, tzinfo=UTC))
    phone.write(text)
    phone.wait_until_sent()
    stored = clinic.member(WREN).entry(text)
    assert (stored["captured_at"][:4], stored["clock_skewed"]) == (str(year), True)
    assert stored["happened_at"][:4] == str(datetime.now(UTC).year)
