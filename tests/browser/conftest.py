"""A demo clinic that is served, and a browser that opens its pages as phones do."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.apart import MEANS, equip
from tests.browser.bureau import Bureau
from tests.browser.clinic import ADA, Clinic, make_demo, served_copy
from tests.browser.device import STUCK_MS, new_context
from tests.browser.members import Staff
from tests.browser.phone import Phone

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NewPhone = Callable[..., Phone]
NewBureau = Callable[..., Bureau]


@pytest.fixture(scope="session")
def demo(worker_id: str) -> Path:
    """The folder of the demo clinic, made once; each file of tests has a copy of its own."""
    return make_demo(f"browser-demo-{worker_id}")


@pytest.fixture(scope="session")
def equipped(demo: Path, worker_id: str) -> Path:
    """The folder of a second demo clinic: it has documents to sign, questionnaires, and means to tell people."""
    name = f"browser-equipped-{worker_id}"
    with served_copy(demo, name, **MEANS) as served:
        equip(served)
    return demo.with_name(name)


@pytest.fixture(scope="module")
def clinic(demo: Path, request: pytest.FixtureRequest) -> Iterator[Clinic]:
    """The demo clinic, served for the tests of one file; each test writes texts of its own."""
    with served_copy(demo, request.module.__name__) as served:
        yield served


@pytest.fixture(scope="module")
def apart(equipped: Path, request: pytest.FixtureRequest) -> Iterator[Clinic]:
    """The second demo clinic, served for the tests of one file."""
    with served_copy(equipped, f"{request.module.__name__}-apart", **MEANS) as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  `make test` has none

    program = shutil.which("chromium")
    assert program is not None, "these tests need Debian's package `chromium`; see CONTRIBUTING.md"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"], timeout=STUCK_MS)
        yield browser
        browser.close()


@pytest.fixture
def new_phone(clinic: Clinic, chromium: "Browser") -> Iterator[NewPhone]:
    """Make a phone that nobody has used yet; the options are those of a browser context of Playwright."""
    opened: list[Phone] = []

    def make(**options: Any) -> Phone:
        given: dict[str, Any] = {
            "viewport": {"width": 390, "height": 844},
            "is_mobile": True,
            "has_touch": True,
            **options,
        }
        phone = Phone(new_context(chromium, **given), clinic)
        opened.append(phone)
        return phone

    try:
        yield make
        for phone in opened:
            assert phone.faults == [], "the page reported faults"
    finally:
        for phone in opened:
            phone.close()


@pytest.fixture
def new_bureau(clinic: Clinic, chromium: "Browser") -> Iterator[NewBureau]:
    """Make a computer for the admin's page; the options are those of a browser context of Playwright."""
    opened: list[Bureau] = []

    def make(staff: Staff | None = None, **options: Any) -> Bureau:
        given: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **options}
        bureau = Bureau(new_context(chromium, **given), clinic, staff or clinic.staff(ADA))
        opened.append(bureau)
        return bureau

    try:
        yield make
        for bureau in opened:
            assert bureau.faults == [], "the page reported faults"
            assert bureau.hosts <= {clinic.root.removeprefix("http://"), ""}, "the page asked another host"
    finally:
        for bureau in opened:
            bureau.close()


@pytest.fixture
def bureau(new_bureau: NewBureau) -> Bureau:
    """One computer, with the clinic's admin signed in."""
    made = new_bureau()
    made.sign_in()
    return made


@pytest.fixture
def phone(new_phone: NewPhone) -> Phone:
    """One phone."""
    return new_phone()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which the front end's own lock names."""
    path = Path(__file__).parents[2] / "frontends" / "phone" / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text("utf-8")
