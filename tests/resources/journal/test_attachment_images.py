"""Metadata taken out of images, without HTTP: what stays, what goes, and that no bytes whatever break a walk."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration_api.resources.journal.attachments.image_metadata import (
    MAX_FILL_BYTES,
    MAX_SEGMENTS,
    BrokenImage,
    Stripper,
)
from integration_api.resources.journal.attachments.rules import begins_as, wanted_range
from integration_api.resources.journal.notes.tables import MediaType
from tests.factories.attachments import CAMERA, PDF, exif, jpeg, png, segment, webp

IMAGES = {MediaType.JPEG: jpeg(), MediaType.PNG: png(), MediaType.WEBP: webp()}
KINDS = st.sampled_from(sorted(IMAGES))
EACH = pytest.mark.parametrize("kind", IMAGES, ids=str)


def stripped(kind: MediaType, data: bytes, piece: int = 1 << 20) -> bytes:
    """The image without its metadata, by two ways through, as the product goes."""
    size = 0
    for _ in range(2):
        stripper = Stripper(kind, size)
        kept = b"".join(stripper.feed(data[at : at + piece]) for at in range(0, max(len(data), 1), piece))
        stripper.end()
        size = stripper.kept_bytes
    return kept


@EACH
def test_no_word_of_the_metadata_is_left(kind: MediaType) -> None:
    kept = stripped(kind, IMAGES[kind])
    assert CAMERA in IMAGES[kind]
    assert CAMERA not in kept
    assert begins_as(kind, kept)


@EACH
def test_a_clean_image_stays_as_it_is(kind: MediaType) -> None:
    kept = stripped(kind, IMAGES[kind])
    assert stripped(kind, kept) == kept


@EACH
@given(st.integers(1, 70))
def test_pieces_of_any_size_give_the_same(kind: MediaType, piece: int) -> None:
    assert stripped(kind, IMAGES[kind], piece) == stripped(kind, IMAGES[kind])


@EACH
def test_an_image_that_ends_too_early_is_broken(kind: MediaType) -> None:
    whole = IMAGES[kind]
    end = whole.rindex(b"\xff\xd9") + 2 if kind is MediaType.JPEG else len(whole)
    for at in range(end):
        with pytest.raises(BrokenImage):
            stripped(kind, whole[:at])


@given(KINDS, st.binary(max_size=300))
def test_no_bytes_break_a_walk(kind: MediaType, data: bytes) -> None:
    for begun in (b"", IMAGES[kind][:12], IMAGES[kind][:40]):
        try:
            stripped(kind, begun + data, 7)
        except BrokenImage:
            continue


@given(KINDS, st.data())
def test_a_changed_image_never_shows_what_was_left_out(kind: MediaType, data: st.DataObject) -> None:
    """No byte of a segment that is left out comes through, wherever another byte of the head was changed."""
    whole = bytearray(IMAGES[kind])
    whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = stripped(kind, bytes(whole))
    except BrokenImage:
        return
    assert stripped(kind, kept) == kept


def test_what_shows_an_image_stays_without_a_thumbnail() -> None:
    """Source: JFIF 1.02: the thumbnail's width and height end a head of 14 bytes. Adobe's has 12."""
    kept = stripped(MediaType.JPEG, jpeg())
    assert segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00") in kept
    assert segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01") in kept
    assert segment(0xE2, b"ICC_PROFILE\x00\x01\x01profile") in kept


def test_a_frame_of_an_animation_keeps_its_pixels_alone() -> None:
    kept = stripped(MediaType.WEBP, webp())
    begin = kept.index(b"ANMF")
    assert struct.unpack("<I", kept[begin + 4 : begin + 8])[0] == len(kept) - begin - 8
    assert b"ALPH\x05\x00\x00\x00alpha" in kept[begin:]
    assert b"VP8L\x0c\x00\x00\x00frame pixels" in kept[begin:]
    assert b"EXIF" not in kept


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_keeps_its_orientation_and_nothing_else(orientation: int, order: str) -> None:
    told = segment(0xE1, b"Exif\x00\x00" + exif(orientation=orientation, order=order))
    kept = stripped(MediaType.JPEG, b"\xff\xd8" + told + b"\xff\xd9")
    assert kept == b"\xff\xd8" + segment(0xE1, b"Exif\x00\x00" + _alone(orientation)) + b"\xff\xd9"


def _alone(orientation: int) -> bytes:
    """A directory with one entry. Source: TIFF 6.0, section 2; Exif 2.32, 4.6.4: tag 0x0112, SHORT."""
    return b"MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + bytes([orientation]) + bytes(6)


@given(st.binary(max_size=80))
def test_no_directory_breaks_the_search_for_an_orientation(tiff: bytes) -> None:
    for mark in (b"", b"II*\x00\x08\x00\x00\x00", b"MM\x00*\x00\x00\x00\x08"):
        body = segment(0xE1, b"Exif\x00\x00" + mark + tiff)
        kept = stripped(MediaType.JPEG, b"\xff\xd8" + body + b"\xff\xd9")
        assert len(kept) in {4, 4 + 38}


def test_several_scans_and_fill_bytes_come_through() -> None:
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x01\xff\x00\xff\xd7\x02"
    data = b"\xff\xd8\xff\xff" + segment(0xDB, bytes(65))[1:] + scan + b"\xff" + segment(0xC4, b"table") + scan
    kept = stripped(MediaType.JPEG, data + b"\xff\xd9", 3)
    assert kept.count(b"\x01\xff\x00\xff\xd7\x02") == 2
    assert kept.endswith(b"\xff\xd9")


def _frames(count: int) -> bytes:
    frame = bytes(16) + b"ODD!\x00\x00\x00\x00" * count
    return b"RIFF" + struct.pack("<I", 12 + len(frame)) + b"WEBPANMF" + struct.pack("<I", len(frame)) + frame


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (MediaType.JPEG, b"\xff\xd8" + b"\xff" * (MAX_FILL_BYTES + 1) + b"\xd9"),
        (MediaType.JPEG, b"\xff\xd8" + segment(0xFE, b"") * (MAX_SEGMENTS + 1) + b"\xff\xd9"),
        (MediaType.PNG, png()[:-12] + b"\x00\x00\x00\x00tEXt\x00\x00\x00\x00" * MAX_SEGMENTS + png()[-12:]),
        (
            MediaType.WEBP,
            b"RIFF"
            + struct.pack("<I", 12 + 8 * MAX_SEGMENTS)
            + b"WEBPVP8 "
            + bytes(4)
            + b"ODD!\x00\x00\x00\x00" * MAX_SEGMENTS,
        ),
        (MediaType.WEBP, _frames(MAX_SEGMENTS)),
    ],
    ids=["fill", "segments", "chunks", "riff", "frame"],
)
def test_an_image_of_fill_or_of_empty_segments_is_refused(kind: MediaType, data: bytes) -> None:
    """A walk is short, whatever it is given: each segment takes time, and an image of 20 MB may have millions."""
    with pytest.raises(BrokenImage):
        stripped(kind, data)


def test_a_webp_tells_its_new_length_and_no_metadata() -> None:
    kept = stripped(MediaType.WEBP, webp())
    assert struct.unpack("<I", kept[4:8])[0] == len(kept) - 8
    assert kept[kept.index(b"VP8X") + 8] == 0x20, "the flags of Exif and XMP are cleared, that of a profile stays"


@pytest.mark.parametrize(
    ("kind", "data", "is_right"),
    [
        (MediaType.JPEG, b"\xff\xd8\xff\xe0", True),
        (MediaType.JPEG, png(), False),
        (MediaType.PNG, png(), True),
        (MediaType.WEBP, webp(), True),
        (MediaType.WEBP, b"RIFF\x04\x00\x00\x00WAVEfmt ", False),
        (MediaType.WAV, b"RIFF\x04\x00\x00\x00WAVEfmt ", True),
        (MediaType.MP3, b"ID3\x04\x00", True),
        (MediaType.MP3, b"\xff\xfb\x90\x00", True),
        (MediaType.MP3, b"\xff\xd8\xff\xe0", False),
        (MediaType.MP4, b"\x00\x00\x00\x1cftypM4A \x00", True),
        (MediaType.MP4, b"\x00\x00\x00\x1cftypheic\x00", False),
        (MediaType.OGG, b"OggS\x00\x02", True),
        (MediaType.WEBM, b"\x1aE\xdf\xa3\x9f", True),
        (MediaType.PDF, PDF, True),
        (MediaType.PDF, b"<html>" + PDF, False),
        (MediaType.PDF, b"", False),
    ],
)
def test_a_file_begins_as_its_type_does(kind: MediaType, data: bytes, is_right: bool) -> None:
    assert begins_as(kind, data) is is_right


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (None, None),
        ("bytes=0-0", range(1)),
        ("bytes=3-", range(3, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-30", range(10)),
        ("bytes=5-99", range(5, 10)),
        ("bytes=10-", None),
        ("bytes=5-4", None),
        ("bytes=-0", None),
        ("bytes=-", None),
        ("bytes=0-1,3-4", None),
        ("bytes=a-b", None),
        ("seconds=1-2", None),
    ],
)
def test_one_range_is_served_and_any_other_ignored(header: str | None, wanted: range | None) -> None:
    """Source: RFC 9110, 14.1.2 and 14.2."""
    assert wanted_range(header, 10) == wanted
