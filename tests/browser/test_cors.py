"""A page of another origin uses the API in a real browser, if the operator named its origin; else it reads nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.clinic import PASSWORD, ROWAN, Clinic
from tests.browser.device import new_context

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SCRIPT = """async ([api, email, password]) => {
  const json = {"Content-Type": "application/json"};
  const told = async (path, options) => {
    let answer;
    try { answer = await fetch(api + path, options); } catch (error) { return {blocked: true}; }
    const header = name => answer.headers.get(name);
    const body = answer.status === 204 || options?.method === "HEAD" ? null : await answer.json();
    return {status: answer.status, code: body?.code ?? null, body, etag: header("ETag"),
            location: header("Location"), request_id: header("X-Request-Id"), how: header("WWW-Authenticate"),
            again: header("Idempotency-Replayed")};
  };
  const signed_in = await told("/auth/tokens", {method: "POST", headers: json,
    body: JSON.stringify({email, password})});
  const mine = {...json, Authorization: `Bearer ${signed_in.body?.access_token}`};
  return {
    signed_in,
    me: await told("/me", {headers: mine}),
    nobody: await told("/me"),
    nowhere: await told("/nowhere"),
    changed: await told("/clinic", {method: "PATCH", headers: {...mine, "If-Match": '"7"', "X-Request-Id": "page-1"},
      body: "{}"}),
    too_large: await told("/auth/tokens", {method: "POST", headers: json, body: " ".repeat(1 << 21)}),
    cookies: await told("/version", {credentials: "include"}),
  };
}"""


class _Page(BaseHTTPRequestHandler):
    """An empty page: what it asks, the test says."""

    def do_GET(self) -> None:
        body = b"<!doctype html><title>A front end</title>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@contextmanager
def page_served(port: int) -> Iterator[None]:
    """Serve the page from an origin of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", port), _Page)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def found_by(chromium: "Browser", clinic: Clinic, host: str) -> Any:
    """Open the page by this name of the machine, and return what it was told."""
    context = new_context(chromium)
    try:
        page = context.new_page()
        page.goto(f"http://{host}:{clinic.page_port}/")
        return page.evaluate(SCRIPT, [f"{clinic.server.url}/v1", ROWAN, PASSWORD])
    finally:
        context.close()


def test_a_named_origin_reads_everything_and_another_nothing(chromium: "Browser", clinic: Clinic) -> None:
    with page_served(clinic.page_port):
        found = found_by(chromium, clinic, "127.0.0.1")
        stranger = found_by(chromium, clinic, "localhost")
    statuses = {name: told.get("status") for name, told in found.items()}
    assert statuses == {
        "signed_in": 201,
        "me": 200,
        "nobody": 401,
        "nowhere": 404,
        "changed": 403,
        "too_large": 413,
        "cookies": None,
    }
    assert found["me"]["body"]["id"] == clinic.member(ROWAN).ask("GET", "/me")["id"]
    assert all(told["request_id"] for name, told in found.items() if name != "cookies")
    assert (found["nobody"]["code"], found["nobody"]["how"]) == ("unauthenticated", "Bearer")
    assert found["changed"]["request_id"] == "page-1"
    assert stranger == {name: {"blocked": True} for name in found}
