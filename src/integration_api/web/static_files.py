"""The built front ends: files that are read once, at the start, and served from memory.

Each folder of `front_ends/` is served below its name, as `/name/`. A request for one reaches no operation. It takes no
slot of the load shedder, asks no database, and leaves no row in the audit log. `make front-ends` builds the files.
"""

import gzip
import hashlib
import mimetypes
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from integration_api.web.errors import NotFound
from integration_api.web.etag import is_match
from integration_api.web.problems import NO_SNIFFING, problem_response
from integration_api.web.protocol_errors import MethodNotAllowed
from integration_api.web.routing import without_body

FOLDER = Path(__file__).parent / "front_ends"
MIN_COMPRESSED_BYTES = 500
_COMPRESSED = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
_HASHED = "/assets/"
"""The build puts files here whose names change with their content."""
_TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}
"""Media types that this machine's own list may have otherwise."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; "
    "media-src blob:; manifest-src 'self'; worker-src 'self'; form-action 'none'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
_PROTECTED = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Encoding",
    NO_SNIFFING[0].decode(): NO_SNIFFING[1].decode(),
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file: its bytes, also compressed if that pays, and its headers."""

    body: bytes
    compressed: bytes | None
    headers: Mapping[str, str]

    def response(self, accept_encoding: str, if_none_match: str) -> Response:
        """Return it, or 304 if the client has it."""
        if if_none_match and is_match(if_none_match, self.headers["ETag"]):
            kept = ("ETag", "Cache-Control", "Vary")
            return Response(status_code=304, headers={name: self.headers[name] for name in kept})
        if self.compressed is not None and _takes_gzip(accept_encoding):
            return Response(self.compressed, headers={**self.headers, "Content-Encoding": "gzip"})
        return Response(self.body, headers=dict(self.headers))


class StaticFiles:
    """The ASGI application that serves the front ends; every other request goes to `app`."""

    def __init__(self, app: ASGIApp, files: Mapping[str, StaticFile]) -> None:
        """`files` are by path; each front end's page stands at the path of its folder, as `/name/`."""
        self.app, self._files = app, files
        self._names = frozenset(path.split("/", 2)[1] for path in files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"].split("/", 2)[1] not in self._names:
            return await self.app(scope, receive, send)
        return await self._response(scope)(scope, receive, without_body(send) if scope["method"] == "HEAD" else send)

    def _response(self, scope: Scope) -> Response:
        path, request_id = scope["path"], os.urandom(16).hex()
        if scope["method"] not in {"GET", "HEAD"}:
            return problem_response(MethodNotAllowed(("GET", "HEAD")), request_id)
        file = self._files.get(path)
        if file is None:
            return (
                RedirectResponse(f"{path}/", 308)
                if path[1:] in self._names
                else problem_response(NotFound(), request_id)
            )
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        return file.response(headers.get(b"accept-encoding", ""), headers.get(b"if-none-match", ""))


@cache
def front_ends(folder: Path = FOLDER) -> Mapping[str, StaticFile]:
    """Return every file of every front end, by path."""
    return dict(_read(folder))


def names(files: Mapping[str, StaticFile]) -> list[str]:
    """Return the front ends that these files are of."""
    return sorted({path.split("/", 2)[1] for path in files})


def _read(folder: Path) -> Iterator[tuple[str, StaticFile]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            path = f"/{file.relative_to(folder).as_posix()}"
            yield path.removesuffix("index.html"), _file(path, file.suffix, file.read_bytes())


def _file(path: str, suffix: str, body: bytes) -> StaticFile:
    kind = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = kind.startswith("text/")
    is_compressed = kind.startswith(_COMPRESSED) and len(body) >= MIN_COMPRESSED_BYTES
    headers = {
        "Content-Type": f"{kind}; charset=utf-8" if is_text else kind,
        "Cache-Control": "public, max-age=31536000, immutable" if _HASHED in path else "no-cache",
        "ETag": f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"',
        **_PROTECTED,
    }
    return StaticFile(body, gzip.compress(body, mtime=0) if is_compressed else None, headers)


def _takes_gzip(accept_encoding: str) -> bool:
    """Return whether a client takes gzip. One that refuses it by `q=0` gets the plain bytes."""
    parts = [part.replace(" ", "").lower() for part in accept_encoding.split(",")]
    return any(
        part == "gzip" or (part.startswith("gzip;q=") and part[7:] not in {"0", "0.0", "0.00"}) for part in parts
    )
