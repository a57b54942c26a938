"""Computers with the therapist's desk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.clinic import GRETA, IMANI, Clinic, Json
from tests.browser.desk.office import Desk, words
from tests.browser.device import new_context
from tests.browser.members import Staff

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NewDesk = Callable[..., Desk]


@pytest.fixture
def imani(clinic: Clinic) -> Staff:
    """The demo's therapist."""
    return clinic.staff(IMANI)


@pytest.fixture
def greta(clinic: Clinic) -> Staff:
    """The demo's supervisor."""
    return clinic.staff(GRETA)


@pytest.fixture
def chart(imani: Staff) -> Json:
    """A new chart with one session that is over."""
    return imani.new_chart(words("Test Person").replace("-", " "))


@pytest.fixture
def new_desk(clinic: Clinic, imani: Staff, chromium: "Browser") -> Iterator[NewDesk]:
    """Make a computer that nobody has used yet; the options are those of a browser context of Playwright."""
    opened: list[Desk] = []

    def make(staff: Staff = imani, **options: object) -> Desk:
        given: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, **options}
        desk = Desk(new_context(chromium, **given), clinic, staff)
        opened.append(desk)
        return desk

    try:
        yield make
        for desk in opened:
            assert desk.faults == [], "the page reported faults"
            assert desk.hosts <= {clinic.root.removeprefix("http://")}, "the page asked another host"
    finally:
        for desk in opened:
            desk.close()


@pytest.fixture
def desk(new_desk: NewDesk) -> Desk:
    """One computer, with the therapist signed in."""
    made = new_desk()
    made.sign_in()
    return made


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which the front end's own lock names."""
    path = Path(__file__).parents[3] / "frontends" / "desk" / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text("utf-8")
