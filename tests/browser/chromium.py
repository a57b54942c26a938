"""A real browser, headless, and the front end that it opens: a page served from another origin than the API's."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from tests.processes import start
from tests.waiting import until

_SWITCHES = (
    "--headless",
    "--no-sandbox",  # tests may run as root, in a container
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
)
_PAGE = """<!doctype html><meta charset="utf-8"><title>A front end</title><script type="module">
const tell = found => fetch("/found", {method: "POST", body: JSON.stringify(found)});
try { await tell(await (async () => { %s })()); } catch (error) { await tell({failed: String(error)}); }
</script>"""


class FrontEnd:
    """A front end on a port of its own: one page, whose script says what it found."""

    def __init__(self, script: str) -> None:
        """`script` is the body of an async function in JavaScript; what it returns is found."""
        self.found: list[Any] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(_PAGE % script))
        self.port = self._server.server_port
        self._thread = Thread(target=self._server.serve_forever)

    def _handler(self, page: str) -> type[BaseHTTPRequestHandler]:
        found = self.found

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(page.encode() if self.path == "/" else b"")

            def do_POST(self) -> None:
                found.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self._answer(b"")

            def _answer(self, body: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Nothing is logged."""

        return Handler

    def start(self) -> None:
        """Serve it."""
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def opened(self, host: str, folder: Path) -> Any:
        """Open it in a browser by this name of the machine, and return what its script found."""
        program = shutil.which("chromium")
        assert program is not None, "these tests need Debian's package `chromium`; see CONTRIBUTING.md"
        self.found.clear()
        words = (program, *_SWITCHES, f"--user-data-dir={folder / host}", f"http://{host}:{self.port}/")
        log = folder / f"{host}.log"
        with log.open("wb") as file:
            browser = start("program", words, {**os.environ, "HOME": str(folder)}, stdout=file, stderr=file)
        try:
            until(lambda: self.found or browser.poll() is not None, "the page to say what it found")
            assert self.found, log.read_text()[-2000:]
        finally:
            browser.kill()
        return self.found[0]


@contextmanager
def front_end(script: str) -> Iterator[FrontEnd]:
    """Serve a front end while it is needed."""
    made = FrontEnd(script)
    made.start()
    try:
        yield made
    finally:
        made.stop()
