"""The front ends on a mid-range phone: how long until a person sees the first screen, and can touch it.

python -m benchmarks.front_ends [--rounds 5] [--slowness 4]

Debian's Chromium with a processor `slowness` times slower and the network of Lighthouse's phone: 150 ms a round trip,
1.6 Mbit/s down, 0.75 up. "First" is a phone that has nothing; "again" has the service worker. A page is interactive
when its first screen has a button, and the main thread has drawn it and taken the next task.
Needs `playwright` (`make test-browser` installs it) and the program `chromium`.
"""

import argparse
import gzip
import shutil
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.variants import OURS, start
from integration_api.web.static_files import front_ends

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("phone", "desk")
DEMO = ("{python}", "-m", "integration_api", "demo", "--serve")
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
"""Milliseconds, and bytes a second."""
_PAUSE_MS = 20
_MARK = """new MutationObserver((_, watching) => {
  if (document.querySelector("main button") === null) return;
  watching.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.interactiveAt = performance.now(); }));
}).observe(document, {childList: true, subtree: true});"""
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def _wait(page: "Page", script: str) -> None:
    """Wait until an expression is true. The page's policy (CSP) allows no eval, so it is asked from outside."""
    while not page.evaluate(script):
        page.wait_for_timeout(_PAUSE_MS)


def _opened(page: "Page", url: str, slowness: float) -> tuple[float, float]:
    """Open it on a slow phone, and return after how many milliseconds it was painted, and interactive."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slowness})
    page.goto(url)
    _wait(page, f"window.interactiveAt > 0 && ({_PAINTED}) > 0")
    return float(page.evaluate(_PAINTED)), float(page.evaluate("window.interactiveAt"))


def _round(browser: "Browser", url: str, slowness: float) -> tuple[float, float, float, float]:
    """One new phone: its first visit, and the next one."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    try:
        context.add_init_script(_MARK)
        first = context.new_page()
        took = _opened(first, url, slowness)
        _wait(first, "navigator.serviceWorker.controller !== null")
        first.close()
        return *took, *_opened(context.new_page(), url, slowness)
    finally:
        context.close()


def _size(name: str) -> int:
    """The bytes of what a first visit waits for: page, script, style, compressed."""
    needed = (f"/{name}/", f"/{name}/assets/index")
    files = [file for path, file in front_ends().items() if path == needed[0] or path.startswith(needed[1])]
    return sum(len(gzip.compress(file.body)) for file in files)


def main() -> None:
    """Measure, and print it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  of another group of packages

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--slowness", type=float, default=4)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        served = replace(OURS, command=DEMO, env={"INTEGRATION_API_DATA_DIR": folder})
        running = start(served, None, Path(folder))
        options: dict[str, Any] = {"executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}
        browser = playwright.chromium.launch(**options)
        try:
            for name in NAMES:
                url = f"{running.url}/{name}/"
                took = [_round(browser, url, given.slowness) for _ in range(given.rounds)]
                seen, first, seen_again, again = (statistics.median(times) for times in zip(*took, strict=True))
                print(f"{name}: {_size(name)} bytes")
                print(f"  first: painted after {seen:.0f} ms, interactive after {first:.0f} ms")
                print(f"  again: painted after {seen_again:.0f} ms, interactive after {again:.0f} ms")
        finally:
            browser.close()
            running.stop()


if __name__ == "__main__":
    main()
