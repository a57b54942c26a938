"""Metadata taken out of images: places, cameras, names, thumbnails, and whatever follows the image's end.

No pixel is decoded. A walk takes the file in pieces of any size, copies the segments that an image needs to be shown,
and leaves out all others. It holds one segment at most (64 KiB) beside the piece. A JPEG keeps its orientation.
Source: JPEG: ITU-T T.81, annex B; PNG: W3C PNG third edition, 5; WebP: RFC 9649, 2.
"""

import re
import struct
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field

from integration_api.resources.journal.reflections.tables import MediaType


class BrokenImage(Exception):
    """It is no image of this type, or it ends too early."""


@dataclass(slots=True)
class _Stream:
    """The bytes that have come and not been looked at yet, and those that are kept."""

    size_bytes: int
    coming: bytearray = field(default_factory=bytearray)
    kept: bytearray = field(default_factory=bytearray)


Taking = Generator[None, None, bytes]
"""It yields whenever it needs more to come, and returns what it has taken."""
Walk = Generator[None, None, None]


class Stripper:
    """One image on its way through."""

    def __init__(self, content_type: MediaType, size_bytes: int = 0) -> None:
        """Begin. `size_bytes` is how much is kept in all, known from an earlier way: a RIFF file tells it first."""
        self._stream = _Stream(size_bytes)
        self._walk = _WALKS[content_type](self._stream)
        self._has_ended = False
        self.kept_bytes = 0

    def feed(self, data: bytes) -> bytes:
        """Take the next piece, and return what is kept. Raises BrokenImage."""
        if self._has_ended:
            return b""
        self._stream.coming += data
        try:
            next(self._walk)
        except StopIteration:
            self._has_ended = True
        kept = bytes(self._stream.kept)
        self._stream.kept.clear()
        self.kept_bytes += len(kept)
        return kept

    def end(self) -> None:
        """Say that no more comes. Raises BrokenImage if the image has not ended."""
        if not self._has_ended:
            raise BrokenImage


def _take(stream: _Stream, size: int) -> Taking:
    while len(stream.coming) < size:
        yield
    taken = bytes(stream.coming[:size])
    del stream.coming[:size]
    return taken


def _pass(stream: _Stream, size: int, *, is_kept: bool) -> Walk:
    """Copy or leave out the next `size` bytes, as they come."""
    while size > 0:
        some = stream.coming[:size]
        del stream.coming[:size]
        size -= len(some)
        if is_kept:
            stream.kept += some
        if size > 0:
            yield


# ── JPEG ──

_SOI, _EOI, _SOS, _COMMENT = 0xD8, 0xD9, 0xDA, 0xFE
_APPLICATION = range(0xE0, 0xF0)
_APP1 = 0xE1
_KEPT_APPLICATIONS: Mapping[int, bytes] = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
"""Application segments that decide how an image looks, by how they begin: its density, colours and transform."""
_NO_SEGMENT = frozenset({0x00, 0x01, _SOI, *range(0xD0, 0xD8)})
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_EXIF = b"Exif\x00\x00"
_ORIENTATION, _MAX_ORIENTATION, _MAX_ENTRIES, _ENTRY_BYTES = 0x0112, 8, 200, 12


def _jpeg(stream: _Stream) -> Walk:
    if (yield from _take(stream, 2)) != b"\xff\xd8":
        raise BrokenImage
    stream.kept += b"\xff\xd8"
    while (marker := (yield from _marker(stream))) != _EOI:
        if marker in _NO_SEGMENT:
            raise BrokenImage
        size = int.from_bytes((yield from _take(stream, 2))) - 2
        if size < 0:
            raise BrokenImage
        kept = _kept_segment(marker, (yield from _take(stream, size)))
        if kept is not None:
            stream.kept += b"\xff" + bytes([marker]) + (len(kept) + 2).to_bytes(2) + kept
        if marker == _SOS:
            yield from _scan(stream)
    stream.kept += b"\xff\xd9"


def _marker(stream: _Stream) -> Generator[None, None, int]:
    """Take the next marker; fill bytes before it are left out."""
    if (yield from _take(stream, 1)) != b"\xff":
        raise BrokenImage
    found = b"\xff"
    while found == b"\xff":
        found = yield from _take(stream, 1)
    return found[0]


def _scan(stream: _Stream) -> Walk:
    """Keep the compressed data of a scan, up to the marker after it."""
    while (found := _AFTER_SCAN.search(stream.coming)) is None:
        whole = len(stream.coming) - stream.coming.endswith(b"\xff")
        stream.kept += stream.coming[:whole]
        del stream.coming[:whole]
        yield
    stream.kept += stream.coming[: found.start()]
    del stream.coming[: found.start()]


def _kept_segment(marker: int, body: bytes) -> bytes | None:
    """Return what is kept of a segment, or None."""
    if marker == _APP1 and body.startswith(_EXIF):
        turned = _orientation(body[len(_EXIF) :])
        return None if turned is None else _EXIF + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, *turned, 0, 0)
    if marker in _APPLICATION:
        begins = _KEPT_APPLICATIONS.get(marker)
        return body if begins is not None and body.startswith(begins) else None
    return None if marker == _COMMENT else body


def _orientation(tiff: bytes) -> tuple[int, int, int, int] | None:
    """Return the entry of the orientation in a TIFF header's first directory: tag, type, count, value."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return None
        at = struct.unpack_from(order + "I", tiff, 4)[0]
        entries = min(struct.unpack_from(order + "H", tiff, at)[0], _MAX_ENTRIES)
        for entry in range(at + 2, at + 2 + entries * _ENTRY_BYTES, _ENTRY_BYTES):
            tag, kind, count, value = struct.unpack_from(order + "HHIH", tiff, entry)
            if (tag, kind, count) == (_ORIENTATION, 3, 1) and 1 <= value <= _MAX_ORIENTATION:
                return tag, kind, count, value
    except struct.error:
        pass
    return None


# ── PNG ──

_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split()
)
_MAX_CHUNK_BYTES = 2**31 - 1


def _png(stream: _Stream) -> Walk:
    if (yield from _take(stream, len(_PNG_HEAD))) != _PNG_HEAD:
        raise BrokenImage
    stream.kept += _PNG_HEAD
    kind, is_first = b"", True
    while kind != b"IEND":
        head = yield from _take(stream, 8)
        size, kind = int.from_bytes(head[:4]), head[4:]
        if size > _MAX_CHUNK_BYTES or (kind == b"IHDR") is not is_first:
            raise BrokenImage
        is_kept, is_first = kind in _PNG_KEPT, False
        stream.kept += head if is_kept else b""
        yield from _pass(stream, size + 4, is_kept=is_kept)


# ── WebP ──

_RIFF_HEAD = 8
_WEBP_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ANIM", b"ANMF", b"ALPH", b"ICCP"})
_WEBP_PIXELS = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_EXTENDED_BYTES, _OF_METADATA = 10, 0x0C
"""The length of VP8X, and its flags for Exif and XMP."""


def _webp(stream: _Stream) -> Walk:
    head = yield from _take(stream, 12)
    left = int.from_bytes(head[4:8], "little") - 4
    if head[:4] != b"RIFF" or head[8:] != b"WEBP" or left <= 0:
        raise BrokenImage
    stream.kept += head[:4] + max(stream.size_bytes - _RIFF_HEAD, 0).to_bytes(4, "little") + head[8:]
    has_pixels = False
    while left >= _RIFF_HEAD:
        chunk = yield from _take(stream, _RIFF_HEAD)
        kind, size = chunk[:4], int.from_bytes(chunk[4:], "little")
        padded = size + size % 2
        left -= _RIFF_HEAD + padded
        has_pixels |= kind in _WEBP_PIXELS
        stream.kept += chunk if kind in _WEBP_KEPT else b""
        if kind == b"VP8X":
            if size != _EXTENDED_BYTES:
                raise BrokenImage
            flags = (yield from _take(stream, 1))[0]
            stream.kept.append(flags & ~_OF_METADATA)
            padded -= 1
        yield from _pass(stream, padded, is_kept=kind in _WEBP_KEPT)
    if left != 0 or not has_pixels:
        raise BrokenImage


_WALKS: Mapping[MediaType, Callable[[_Stream], Walk]] = {
    MediaType.JPEG: _jpeg,
    MediaType.PNG: _png,
    MediaType.WEBP: _webp,
}
