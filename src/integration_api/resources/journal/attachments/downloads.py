"""A download: the content of an attachment, opened and sent part by part. Nothing of it touches a disk."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from integration_api.core import logs
from integration_api.resources.journal.attachments.sealed_parts import Parts
from integration_api.storage.objects import ObjectsDown
from integration_api.storage.vault import DecryptionFailed
from integration_api.web.event_stream import until_gone
from integration_api.web.routing import IS_HEAD

_BYTES = {"schema": {"type": "string", "format": "binary", "examples": ["%PDF-1.7"]}}
_FILE: dict[str, object] = {"content": {"application/octet-stream": _BYTES}}
CONTENT: Mapping[int | str, dict[str, object]] = {200: _FILE, 206: _FILE}
"""The responses of a download, for the OpenAPI document."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """The media type of what is sent, and the name that a browser saves it under."""

    content_type: str
    name: str


class Download(Response):
    """The response. A browser saves it under a name of ours, and runs nothing in it."""

    media_type = "application/octet-stream"

    def __init__(
        self,
        parts: Parts | None = None,
        wanted: range | None = None,
        status_code: int = 200,
        sent: SentFile | None = None,
    ) -> None:
        """Send nothing yet. FastAPI documents the default of `status_code`; without `parts` and `sent` nothing is."""
        super().__init__(status_code=status_code)
        self._left: AsyncIterator[bytes] | None = None
        self._first = b""
        if parts is None or sent is None:
            return
        size = parts.row.size_bytes
        part = wanted or range(size)
        self._left = parts.cut(part)
        self.status_code = 200 if wanted is None else 206
        if wanted is not None:
            self.headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
        self.headers.update(
            {
                "Content-Type": sent.content_type,
                "Content-Length": str(len(part)),
                "Content-Disposition": f'attachment; filename="{sent.name}"',
                "Content-Security-Policy": "sandbox; default-src 'none'",
                "Accept-Ranges": "bytes",
            }
        )

    async def begin(self) -> None:
        """Open the first part, so that a broken one is an error and not half a response.

        Raises ObjectsDown, DecryptionFailed.
        """
        if self._left is not None:
            self._first = await anext(self._left, b"")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the head, then one part after the other while the client is there. A HEAD gets the head alone.

        If a part does not open, the connection is cut, so that no client takes what came for the whole.
        """
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        if self._left is None or scope.get(IS_HEAD):
            await send({"type": "http.response.body", "body": b""})
            return
        try:
            await self._send_parts(self._left, receive, send)
        except (ObjectsDown, DecryptionFailed) as error:
            level = logs.WARNING if isinstance(error, ObjectsDown) else logs.CRITICAL
            name = "objects_down" if isinstance(error, ObjectsDown) else "decryption_failed"
            logs.event(name, level, failed=error, request_id=scope["state"]["request_id"])
            raise

    async def _send_parts(self, left: AsyncIterator[bytes], receive: Receive, send: Send) -> None:
        async with until_gone(receive) as client:
            await send({"type": "http.response.body", "body": self._first, "more_body": True})
            self._first = b""
            async for part in left:
                if client.done():
                    return
                await send({"type": "http.response.body", "body": part, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
