"""The front ends, as the process serves them: from memory, protected, and past everything that a request costs."""

import gzip
import re
from pathlib import Path

import pytest
from httpx import Response

from integration_api.app import create_app
from integration_api.settings import Settings
from integration_api.web.static_files import CONTENT_SECURITY_POLICY, FOLDER, front_ends
from tests.applications import application
from tests.asgi_client import Client
from tests.support import Api, World

PATHS = sorted(front_ends())
MAX_SCRIPT_BYTES = 60_000
"""Gzipped, of all that a front end loads by itself; a phone on a slow network has it in a second (ADR 81)."""
MAX_ROOM_BYTES = 15_000
"""Gzipped, of all that one room adds when it is opened."""
MAX_FIRST_BYTES = 40_000
"""Gzipped, of all that a first screen waits for: a fifth of a second at 1.6 Mbit/s."""


_STATIC = re.compile(rb"""(?:\bfrom|\bimport)\s*["'`]\./([^"'`]+)""")
_DYNAMIC = re.compile(rb"""\bimport\s*\(\s*["'`]\./([^"'`]+)""")


def files_of(name: str) -> dict[str, bytes]:
    """The files of one front end, by their paths below its page."""
    found = {path.removeprefix(f"/{name}/"): file.body for path, file in front_ends().items()}
    return {path: body for path, body in found.items() if not path.startswith("/")}


def names_in(pattern: re.Pattern[bytes], body: bytes) -> list[str]:
    return [f"assets/{one.decode()}" for one in pattern.findall(body)]


def loaded_with(files: dict[str, bytes], script: str) -> set[str]:
    """A script, and all that it cannot begin without."""
    found, waiting = set[str](), [script]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += names_in(_STATIC, files[one])
    return found


def loads_of(name: str) -> tuple[set[str], dict[str, set[str]]]:
    """The scripts that load by themselves; and those that each room adds to them."""
    files = files_of(name)
    (script,) = re.findall(r'<script[^>]* src="\./([^"]+)"', files[""].decode())
    first = loaded_with(files, script)
    for inside in names_in(_DYNAMIC, files[script]):
        if inside.startswith("assets/inside-"):  # the others are languages, of which one loads if it is chosen
            first |= loaded_with(files, inside)
    rooms = {room for one in first for room in names_in(_DYNAMIC, files[one])} - first
    return first, {room: loaded_with(files, room) - first for room in rooms}


def size_of(name: str, scripts: set[str]) -> int:
    files = files_of(name)
    return sum(len(gzip.compress(files[one])) for one in scripts)


async def get(api: Api, path: str, method: str = "GET", **headers: str) -> Response:
    return await api.client.request(method, path, headers={name.replace("_", "-"): v for name, v in headers.items()})


def test_the_phone_is_among_the_front_ends() -> None:
    assert {"/phone/", "/phone/sw.js", "/phone/manifest.webmanifest"} <= set(PATHS)


@pytest.mark.parametrize("path", PATHS)
async def test_each_file_is_served_with_its_protections(api: Api, path: str) -> None:
    answer = await get(api, path)
    file = FOLDER / (path.removeprefix("/") + ("index.html" if path.endswith("/") else ""))
    assert (answer.status_code, answer.content) == (200, file.read_bytes())
    headers = answer.headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    is_hashed = "/assets/" in path
    assert headers["cache-control"] == ("public, max-age=31536000, immutable" if is_hashed else "no-cache")
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/phone/", "text/html; charset=utf-8"),
        ("/phone/sw.js", "text/javascript; charset=utf-8"),
        ("/phone/manifest.webmanifest", "application/manifest+json"),
        ("/phone/icon.svg", "image/svg+xml"),
        ("/phone/icon-192.png", "image/png"),
    ],
)
async def test_a_file_has_its_media_type(api: Api, path: str, kind: str) -> None:
    assert (await get(api, path)).headers["content-type"] == kind


def test_the_policy_allows_scripts_of_this_origin_alone() -> None:
    rules = dict(rule.split(" ", 1) for rule in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules.pop("img-src") == "'self' blob:", "an attachment is shown from an address of the page's own"
    assert rules.pop("media-src") == "blob:"
    assert set(rules.values()) == {"'none'", "'self'"}


@pytest.mark.parametrize("path", [path for path in PATHS if path.endswith("/")])
async def test_a_page_names_only_files_that_are_there_and_no_script_of_its_own(api: Api, path: str) -> None:
    page = (await get(api, path)).text
    named = re.findall(r'(?:src|href)="(?:\./)?([^"]+)"', page)
    assert len(named) > 2
    assert {path + name for name in named} <= set(PATHS)
    assert re.findall(r"<script(?![^>]* src=)|<style| on\w+=| style=", page) == []


@pytest.mark.parametrize("name", sorted({path.split("/")[1] for path in PATHS}))
def test_a_front_end_is_small_and_names_no_other_host(name: str) -> None:
    files, (first, rooms) = files_of(name), loads_of(name)
    assert 0 < size_of(name, first) < MAX_SCRIPT_BYTES
    assert {room: size for room, added in rooms.items() if (size := size_of(name, added)) >= MAX_ROOM_BYTES} == {}
    for file in files.values():
        hosts = set(re.findall(rb"https?://([\w.-]+)", file))
        assert hosts <= {b"www.w3.org"}, "the names of XML's vocabularies are no addresses"


@pytest.mark.parametrize("name", sorted({path.split("/")[1] for path in PATHS}))
def test_every_script_belongs_to_the_first_load_or_to_a_room_and_is_kept_for_offline(name: str) -> None:
    files, (first, rooms) = files_of(name), loads_of(name)
    scripts = {path for path in files if path.startswith("assets/") and path.endswith(".js")}
    assert first.union(*rooms.values()) == scripts
    kept = re.findall(rb'"([^"]+)"', files["sw.js"])
    assert {one.decode() for one in kept} >= {path for path in files if path.startswith("assets/")}


def test_the_desk_loads_its_rooms_when_they_are_opened() -> None:
    assert len(loads_of("desk")[1]) > 20


@pytest.mark.parametrize("name", sorted({path.split("/")[1] for path in PATHS}))
def test_a_first_screen_waits_for_one_script_and_one_style_sheet(name: str) -> None:
    files = {
        path.removeprefix(f"/{name}/"): file for path, file in front_ends().items() if path.startswith(f"/{name}/")
    }
    page = files[""].body.decode()
    scripts = re.findall(r"<script([^>]*)>", page)
    (script,) = re.findall(r'src="\./([^"]+)"', page)
    (style,) = re.findall(r'rel="stylesheet"[^>]* href="\./([^"]+)"', page)
    assert len(scripts) == 1
    assert 'type="module"' in scripts[0], "a script that is no module holds the parser up"
    assert not re.search(rb"""\bawait\s+import\b|\bimport\s*["'{*]|\bfrom\s*["']\./""", files[script].body), (
        "it waits for no other"
    )
    later = re.findall(rb"\bimport\s*\(\s*[`'\"]\./([^`'\"]+)", files[script].body)
    kinds = {one.decode().split("-")[0] for one in later}
    assert kinds - {"ar", "es"} == {"inside"}, "one more comes while the first screen is shown; before it, a language"
    assert not re.search(rb"@import|url\(", files[style].body), "nor does the style sheet"
    assert sum(len(gzip.compress(files[one].body)) for one in ("", script, style)) < MAX_FIRST_BYTES


async def test_a_known_file_is_not_sent_again(api: Api) -> None:
    first = await get(api, "/phone/")
    again = await get(api, "/phone/", If_None_Match=first.headers["etag"])
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert again.headers["cache-control"] == "no-cache"
    assert (await get(api, "/phone/", If_None_Match='"another"')).status_code == 200


async def test_a_text_is_compressed_for_who_takes_that(api: Api) -> None:
    packed = await get(api, "/phone/", Accept_Encoding="br, gzip;q=0.5")
    plain = await get(api, "/phone/", Accept_Encoding="gzip;q=0, identity")
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content, "the client has unpacked it"
    assert int(packed.headers["content-length"]) < len(plain.content)


async def test_head_has_no_body_and_other_methods_are_refused(api: Api) -> None:
    head, get_ = await get(api, "/phone/", "HEAD"), await get(api, "/phone/")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get_.headers["content-length"]
    refused = await get(api, "/phone/", "POST")
    assert (refused.status_code, refused.json()["code"]) == (405, "method-not-allowed")
    assert refused.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path",
    ["/phone/nothing.js", "/phone/assets/", "/phone/..%2fsw.js", "/phone//sw.js", "/phone/../static_files.py"],
)
async def test_what_is_no_file_is_not_found(api: Api, path: str) -> None:
    answer = await get(api, path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_the_folder_without_its_slash_leads_to_the_page(api: Api) -> None:
    answer = await get(api, "/phone")
    assert (answer.status_code, answer.headers["location"]) == (308, "/phone/")


@pytest.mark.thorough
async def test_a_file_is_served_while_the_process_sheds_load_and_leaves_no_trace(
    settings: Settings, world: World
) -> None:
    full = settings.model_copy(update={"max_in_flight": 0})
    async with application(full, world.api.clock) as api:
        assert (await get(api, "/v1/me")).status_code == 503
        assert (await get(api, "/phone/")).status_code == 200
        assert not api.runtime.written


async def test_nothing_is_read_from_the_disk_for_a_request(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise AssertionError(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert (await get(api, "/phone/")).status_code == 200


@pytest.mark.thorough
async def test_an_operator_can_turn_them_off(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"front_ends": False}))
    async with Client(app) as client:
        assert (await client.get("/phone/")).status_code == 404
