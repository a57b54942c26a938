"""Metadata taken out of images: places, cameras, names, thumbnails, and whatever follows the image's end.

No pixel is decoded. A walk takes the file in pieces of any size, copies the segments that an image needs to be shown,
and leaves out all others. It holds one segment at most (64 KiB) beside the piece. A JPEG keeps its orientation.
Source: JPEG: ITU-T T.81, annex B; PNG: W3C PNG third edition, 5; WebP: RFC 9649, 2.
"""

import re
import struct
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field

from integration_api.resources.journal.notes.tables import MediaType

MAX_SEGMENTS = 50_000
"""Segments or chunks of an image. Our own choice: a photograph in chunks of 4 KiB has a tenth of that."""
MAX_FILL_BYTES = 1024
"""Fill bytes before one marker of a JPEG. Our own choice: encoders write none, or a few to align."""


class BrokenImage(Exception):
    """It is no image of this type, it ends too early, or it is made of nothing but segments or fill."""


@dataclass(slots=True)
class _Stream:
    """The bytes that have come and not been looked at yet, and those that are kept."""

    size_bytes: int
    coming: bytearray = field(default_factory=bytearray)
    kept: bytearray = field(default_factory=bytearray)
    segments: int = 0

    def count(self) -> None:
        """Count a segment. Raises BrokenImage after MAX_SEGMENTS, each of which takes time however short it is."""
        self.segments += 1
        if self.segments > MAX_SEGMENTS:
            raise BrokenImage


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


def _pass(stream: _Stream, size: int, *, is_kept: bool, is_blanked: bool = False) -> Walk:
    """Copy the next `size` bytes as they come, or leave them out, or put zeros in their place."""
    while size > 0:
        some = stream.coming[:size]
        del stream.coming[:size]
        size -= len(some)
        if is_kept:
            stream.kept += some
        elif is_blanked:
            stream.kept += bytes(len(some))
        if size > 0:
            yield


# ── JPEG ──

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_OF_PIXELS = frozenset({*range(0xC0, 0xD0), *range(0xDA, 0xDE)})
"""Frames, tables, scans and intervals. Every other segment is left out, unless it is one of those below."""
_APP0, _APP1, _APP2, _APP14 = 0xE0, 0xE1, 0xE2, 0xEE
_JFIF, _PROFILE, _ADOBE = b"JFIF\x00", b"ICC_PROFILE\x00", b"Adobe"
_JFIF_BYTES, _ADOBE_BYTES = 14, 12
"""Source: JFIF 1.02; its last two bytes are the size of a thumbnail. Adobe's: ITU-T T.872, 6.5.3."""
_NO_SEGMENT = frozenset({0x00, 0x01, _SOI, *range(0xD0, 0xD8)})
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_EXIF = b"Exif\x00\x00"
_ORIENTATION, _MAX_ORIENTATION, _MAX_ENTRIES, _ENTRY_BYTES = 0x0112, 8, 200, 12


def _jpeg(stream: _Stream) -> Walk:
    if (yield from _take(stream, 2)) != b"\xff\xd8":
        raise BrokenImage
    stream.kept += b"\xff\xd8"
    while (marker := (yield from _marker(stream))) != _EOI:
        stream.count()
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
    for _ in range(MAX_FILL_BYTES):
        found = yield from _take(stream, 1)
        if found != b"\xff":
            return found[0]
    raise BrokenImage


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
    if marker == _APP0 and body.startswith(_JFIF) and len(body) >= _JFIF_BYTES:
        return body[: _JFIF_BYTES - 2] + b"\x00\x00"
    if marker == _APP14 and body.startswith(_ADOBE) and len(body) >= _ADOBE_BYTES:
        return body[:_ADOBE_BYTES]
    is_kept = marker in _OF_PIXELS or (marker == _APP2 and body.startswith(_PROFILE))
    return body if is_kept else None


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
        stream.count()
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
_FRAME_KEPT = frozenset({b"VP8 ", b"VP8L", b"ALPH"})
_EXTENDED_BYTES, _OF_METADATA, _ANIMATION_BYTES, _FRAME_BYTES = 10, 0x0C, 6, 16
"""The length of VP8X, and its flags for Exif and XMP; the length of ANIM, and of what each frame begins with."""
_BLANK = b"JUNK"


def _webp(stream: _Stream) -> Walk:
    head = yield from _take(stream, 12)
    left = int.from_bytes(head[4:8], "little") - 4
    if head[:4] != b"RIFF" or head[8:] != b"WEBP" or left <= 0:
        raise BrokenImage
    stream.kept += head[:4] + max(stream.size_bytes - _RIFF_HEAD, 0).to_bytes(4, "little") + head[8:]
    has_pixels = False
    while left >= _RIFF_HEAD:
        stream.count()
        chunk = yield from _take(stream, _RIFF_HEAD)
        kind, size = chunk[:4], int.from_bytes(chunk[4:], "little")
        padded = size + size % 2
        left -= _RIFF_HEAD + padded
        has_pixels |= kind in _WEBP_PIXELS
        if size != {b"VP8X": _EXTENDED_BYTES, b"ANIM": _ANIMATION_BYTES}.get(kind, size):
            raise BrokenImage
        stream.kept += chunk if kind in _WEBP_KEPT else b""
        if kind == b"VP8X":
            flags = (yield from _take(stream, 1))[0]
            stream.kept.append(flags & ~_OF_METADATA)
            padded -= 1
        if kind == b"ANMF":
            yield from _frame(stream, padded)
            continue
        yield from _pass(stream, padded, is_kept=kind in _WEBP_KEPT)
    if left != 0 or not has_pixels:
        raise BrokenImage


def _frame(stream: _Stream, left: int) -> Walk:
    """Keep a frame of an animation. What is no pixel in it becomes zeros, so that its length stays as it was told."""
    if left < _FRAME_BYTES:
        raise BrokenImage
    stream.kept += yield from _take(stream, _FRAME_BYTES)
    left -= _FRAME_BYTES
    while left >= _RIFF_HEAD:
        stream.count()
        chunk = yield from _take(stream, _RIFF_HEAD)
        size = int.from_bytes(chunk[4:], "little")
        padded = size + size % 2
        left -= _RIFF_HEAD + padded
        if left < 0:
            break
        is_kept = chunk[:4] in _FRAME_KEPT
        stream.kept += chunk if is_kept else _BLANK + chunk[4:]
        yield from _pass(stream, padded, is_kept=is_kept, is_blanked=True)
    if left != 0:
        raise BrokenImage


_WALKS: Mapping[MediaType, Callable[[_Stream], Walk]] = {
    MediaType.JPEG: _jpeg,
    MediaType.PNG: _png,
    MediaType.WEBP: _webp,
}
