"""Rules of attachments: sizes, the first bytes of each media type, and ranges of a content. Pure functions."""

import re
from collections.abc import Mapping
from datetime import timedelta

from integration_api.resources.journal.notes.tables import MediaType

PART_BYTES = 512 * 1024
"""Every part has so many bytes, and the last one the rest: in base64 it is within the body of one request (1 MiB)."""
MAX_BYTES = 50_000_000
"""Of one attachment. Source: product.md names a 50 MB file; POLICY."""
MAX_IMAGE_BYTES = 20_000_000
"""Of an image, which is written anew without its metadata. Our own choice: a photograph of a phone has 3 to 12 MB."""
MAX_OF_PARENT = 20
"""Attachments of one note or reflection. Our own choice."""
MAX_CHART_BYTES = 5_000_000_000
"""Of all attachments of one chart together, so that nobody fills the disk. Our own choice."""
UPLOAD_WITHIN = timedelta(days=1)
"""An upload that is not completed by then is forgotten. Our own choice: longer than a night without a network."""
SWEPT_AFTER = timedelta(hours=1)
"""An object of this age that no row names is deleted. A request that wrote one ends within minutes."""

IMAGES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
_BEGINNINGS: Mapping[MediaType, re.Pattern[bytes]] = {
    MediaType.JPEG: re.compile(rb"\xff\xd8\xff", re.DOTALL),
    MediaType.PNG: re.compile(rb"\x89PNG\r\n\x1a\n", re.DOTALL),
    MediaType.WEBP: re.compile(rb"RIFF.{4}WEBPVP8[ LX]", re.DOTALL),
    MediaType.MP3: re.compile(rb"ID3[\x02-\x04]|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]", re.DOTALL),
    MediaType.MP4: re.compile(rb"\x00\x00.{2}ftyp(M4A |M4B |isom|iso[2-9]|mp4[12]|dash|MSNV)", re.DOTALL),
    MediaType.OGG: re.compile(rb"OggS\x00", re.DOTALL),
    MediaType.WEBM: re.compile(rb"\x1aE\xdf\xa3", re.DOTALL),
    MediaType.WAV: re.compile(rb"RIFF.{4}WAVE", re.DOTALL),
    MediaType.PDF: re.compile(rb"%PDF-[12]\.[0-9]", re.DOTALL),
}
"""The beginning of a file of each type, at its very first byte. Source: MIME Sniffing (WHATWG), 6; `ftyp` and its
brands: ISO 14496-12; Matroska: RFC 8794."""
EXTENSIONS: Mapping[MediaType, str] = {
    MediaType.JPEG: "jpg",
    MediaType.PNG: "png",
    MediaType.WEBP: "webp",
    MediaType.MP3: "mp3",
    MediaType.MP4: "m4a",
    MediaType.OGG: "ogg",
    MediaType.WEBM: "webm",
    MediaType.WAV: "wav",
    MediaType.PDF: "pdf",
}
_SOUNDS = frozenset({MediaType.MP3, MediaType.MP4, MediaType.OGG, MediaType.WEBM, MediaType.WAV})
_TYPES_OF_FORM: Mapping[str, frozenset[MediaType]] = {"drawing": IMAGES, "voice": _SOUNDS}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def max_bytes(content_type: MediaType) -> int:
    """Return how large an attachment of this type may be."""
    return MAX_IMAGE_BYTES if content_type in IMAGES else MAX_BYTES


def fits_form(form: str | None, content_type: MediaType) -> bool:
    """Return whether a fragment of this form, or an entry that is none, takes a file of this type."""
    return form is None or content_type in _TYPES_OF_FORM.get(form, MediaType)


def spare_announcements(of_parent: int, chart_bytes: int, size: int) -> int:
    """Return how many others may be announced meanwhile, whatever they are, and still leave room for this size.

    Negative if there is no room.
    """
    return min(MAX_OF_PARENT - of_parent - 1, (MAX_CHART_BYTES - chart_bytes - size) // MAX_BYTES)


def begins_as(content_type: MediaType, data: bytes) -> bool:
    """Return whether the first bytes are those of this type."""
    return _BEGINNINGS[content_type].match(data) is not None


def next_part_bytes(size: int, received: int) -> int:
    """Return how many bytes the next part must have; 0 if all were received."""
    return max(min(PART_BYTES, size - received), 0)


def is_last_part(size: int, received: int) -> bool:
    """Return whether the next part is the last one."""
    return size - received <= PART_BYTES


def wanted_range(header: str | None, size: int) -> range | None:
    """Return the bytes that a Range header asks for; None for all of them.

    One range is served. A header with several, or with one beyond the end, is ignored, as RFC 9110, 14.2 allows.
    """
    found = _RANGE.fullmatch(header.replace(" ", "")) if header else None
    if found is None or found.group() == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        begin, end = max(size - int(last), 0), size
    else:
        begin, end = int(first), min(int(last) + 1, size) if last else size
    return range(begin, end) if begin < end else None
