"""`chart.html` of a patient's export, opened out of the unpacked file: no network, no fault, whole, also on paper."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.clinic import ROWAN, Clinic, marker
from tests.browser.device import STUCK_MS
from tests.browser.test_phone_access import CRITERIA, OVERFLOWING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

RIGHT_TO_LEFT = "עליתי במדרגות אל אור"
EMOJI = "🌊🦊👩🏽‍🚀"
LONG = "unbroken" * 40
DIRECTION = """text => {
  const found = [...document.querySelectorAll("p, li, td, dd, span, h3")].filter(one => one.textContent.includes(text));
  const last = found.at(-1);
  const {width, height} = last.getBoundingClientRect();
  return [getComputedStyle(last).direction, width > 0 && height > 0];
}"""
"""The direction of the innermost part with a text, and whether it takes room on the page."""


@pytest.fixture(scope="module")
def unpacked(apart: Clinic, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an unpacked export of Rowan's chart, with texts that are hard to show."""
    rowan = apart.member(ROWAN)
    for text in (RIGHT_TO_LEFT, f"{EMOJI} {LONG}", "<b>not bold</b> <script>alert(1)</script>"):
        made = rowan.ask("POST", "/reflections", {"text": marker(text)})
        rowan.ask("POST", f"/reflections/{made['id']}/submit", {"share": True}, made["version"])
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(io.BytesIO(rowan.exported())) as archive:
        archive.extractall(folder)
    return folder


class Reader:
    """A page that shows a file; it notes what is asked for, and what the browser reports."""

    def __init__(self, page: "Page", folder: Path) -> None:
        self.page, self.faults, self.asked = page, list[str](), list[str]()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda message: self.faults.append(f"{message.type}: {message.text}"))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto((folder / "chart.html").as_uri())
        page.locator("h1").first.wait_for()


@pytest.fixture(params=[("light", 1280), ("dark", 320)], ids=["light", "dark and narrow"])
def reader(request: pytest.FixtureRequest, unpacked: Path, chromium: "Browser") -> Iterator[Reader]:
    """The chart in a browser without a network."""
    scheme, width = request.param
    context = chromium.new_context(
        offline=True, color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 4000}
    )
    context.set_default_timeout(STUCK_MS)
    yield Reader(context.new_page(), unpacked)
    context.close()


def test_it_is_whole_without_a_network(reader: Reader, axe: str) -> None:
    page = reader.page
    assert page.evaluate(DIRECTION, RIGHT_TO_LEFT) == ["rtl", True]
    assert page.evaluate(DIRECTION, EMOJI) == ["ltr", True]
    assert page.locator("b", has_text="not bold").count() == 0, "texts are texts"
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(OVERFLOWING) == []
    page.evaluate(axe)
    told = page.evaluate("tags => axe.run(document, {runOnly: tags})", CRITERIA)
    assert told["passes"], "axe looked at nothing"
    assert [f"{one['id']}: {node['html'][:120]}" for one in told["violations"] for node in one["nodes"]] == []
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page") > 1
    assert {url.partition(":")[0] for url in reader.asked} == {"file"}
    assert reader.faults == []
