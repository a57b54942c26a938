"""A page of another origin uses the API in a real browser, if the operator named its origin; else it reads nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.browser.chromium import FrontEnd, front_end
from tests.processes import free_port
from tests.serving import Server, command, environment
from tests.test_process import INIT, PASSWORD

pytestmark = pytest.mark.browser

SCRIPT = """
  const api = "http://127.0.0.1:API_PORT/v1", json = {"Content-Type": "application/json"};
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
    body: JSON.stringify({email: "ada@example.org", password: "PASSWORD"})});
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
"""


@contextmanager
def served(folder: Path) -> Iterator[FrontEnd]:
    """The API, and a front end whose origin by address is named to it, and by the machine's name is not."""
    port = free_port()
    with front_end(SCRIPT.replace("API_PORT", str(port)).replace("PASSWORD", PASSWORD)) as page:
        env = environment(
            folder,
            INTEGRATION_API_ARGON2_MEMORY_KIB="8192",
            INTEGRATION_API_BROWSER_ORIGINS=f"http://127.0.0.1:{page.port}",
        )
        assert command("migrate", env=env).returncode == 0
        assert command(*INIT, env=env, text=PASSWORD + "\n").returncode == 0
        server = Server(env)
        server.port = port
        server.env["INTEGRATION_API_PORT"] = str(port)
        server.start()
        try:
            yield page
        finally:
            server.stop()


def test_a_named_origin_reads_everything_and_another_nothing(tmp_path: Path) -> None:
    with served(tmp_path / "data") as page:
        found = page.opened("127.0.0.1", tmp_path)
        stranger = page.opened("localhost", tmp_path)
    assert "failed" not in found, found
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
    assert found["me"]["body"]["name"] == "Ada"
    assert all(told["request_id"] for name, told in found.items() if name != "cookies")
    assert (found["nobody"]["code"], found["nobody"]["how"]) == ("unauthenticated", "Bearer")
    assert (found["changed"]["code"], found["changed"]["request_id"]) == ("second-factor-required", "page-1")
    assert stranger == {name: {"blocked": True} for name in found}
