"""A download: the content of an attachment, opened and sent part by part. Nothing of it touches a disk."""

from collections.abc import AsyncIterator

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from integration_api.core import logs
from integration_api.resources.journal.attachments.rules import EXTENSIONS
from integration_api.resources.journal.attachments.sealed_parts import Parts
from integration_api.storage.objects import ObjectsDown
from integration_api.storage.vault import DecryptionFailed
from integration_api.web.event_stream import until_gone
from integration_api.web.routing import IS_HEAD


class Download(Response):
    """The response. A browser saves it under a name of ours, and runs nothing in it."""

    media_type = "application/octet-stream"

    def __init__(self, parts: Parts | None = None, wanted: range | None = None, status_code: int = 200) -> None:
        """Send nothing yet. FastAPI documents the default of `status_code`; without `parts` nothing is sent."""
        super().__init__(status_code=status_code)
        self._left: AsyncIterator[bytes] | None = None
        self._first = b""
        if parts is None:
            return
        row = parts.row
        sent = wanted or range(row.size_bytes)
        self._left = parts.cut(sent)
        self.status_code = 200 if wanted is None else 206
        if wanted is not None:
            self.headers["Content-Range"] = f"bytes {sent.start}-{sent.stop - 1}/{row.size_bytes}"
        self.headers.update(
            {
                "Content-Type": row.content_type.value,
                "Content-Length": str(len(sent)),
                "Content-Disposition": f'attachment; filename="{row.id}.{EXTENSIONS[row.content_type]}"',
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
