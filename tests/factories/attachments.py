"""Attachments for tests: small files of each type, and their upload."""

import base64
import hashlib
import struct
import zlib

from tests.support import Json, Person

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
CAMERA = b"Lakeside Camera"
"""Bytes that must be in no image that is kept."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(text: bytes = CAMERA, pixels: bytes = b"\x00\xff\x00\x00") -> bytes:
    """One red pixel, and a text beside it."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), _chunk(b"tEXt", b"Author\x00" + text), _chunk(b"eXIf", b"MM\x00*" + text))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + _chunk(b"IDAT", zlib.compress(pixels)) + _chunk(b"IEND", b"")


def exif(text: bytes = CAMERA, orientation: int = 6, order: str = ">") -> bytes:
    """A directory with an orientation and a text."""
    mark = b"MM" if order == ">" else b"II"
    entries = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    entries += struct.pack(order + "HHII", 0x0131, 2, len(text), 38)
    return mark + struct.pack(order + "HIH", 42, 8, 2) + entries + struct.pack(order + "I", 0) + text


def segment(marker: int, body: bytes) -> bytes:
    """One segment of a JPEG."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(text: bytes = CAMERA, scan: bytes = b"\x12\xff\x00\x34\xff\xd0\x56", orientation: int = 6) -> bytes:
    """A JPEG by its segments, not one that can be shown: Exif, a comment, one scan, and something after its end."""
    parts = (
        segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x05" + text),
        segment(0xE0, b"JFXX\x00\x10" + text),
        segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01" + text),
        segment(0xF5, text),
        segment(0x4F, text),
        segment(0xE1, b"Exif\x00\x00" + exif(text, orientation)),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + text),
        segment(0xE2, b"MPF\x00" + text),
        segment(0xE2, b"ICC_PROFILE\x00\x01\x01profile"),
        segment(0xED, b"Photoshop 3.0\x00" + text),
        segment(0xFE, text),
        segment(0xDB, bytes(65)),
        segment(0xC0, b"\x08\x00\x01\x00\x01\x01\x01\x11\x00"),
        segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
    )
    return b"\xff\xd8" + b"".join(parts) + scan + b"\xff\xd9" + b"after the end " + text


def webp(text: bytes = CAMERA) -> bytes:
    """A WebP by its chunks, not one that can be shown."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)

    chunks = chunk(b"VP8X", b"\x2c" + bytes(9)) + chunk(b"VP8 ", b"pixels!") + chunk(b"EXIF", text)
    chunks += chunk(b"XMP ", text) + chunk(b"ODD!", text)
    frame = bytes(16) + chunk(b"ALPH", b"alpha") + chunk(b"EXIF", text) + chunk(b"VP8L", b"frame pixels")
    chunks += chunk(b"ANIM", bytes(6)) + chunk(b"ANMF", frame + chunk(b"ODD!", text))
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WEBP" + chunks


def facts(data: bytes, content_type: str = "image/png", *, is_told: bool = True) -> Json:
    """The announcement of a file."""
    return {
        "content_type": content_type,
        "size_bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest() if is_told else None,
    }


def part(data: bytes) -> Json:
    """The body of one part."""
    return {"data": base64.b64encode(data).decode()}


async def announced(person: Person, parent: str, data: bytes, content_type: str = "image/png") -> Json:
    """A file that is announced; `parent` is the path of its note or reflection."""
    made: Json = await person.post(f"{parent}/attachments", facts(data, content_type))
    return made


async def sent(person: Person, parent: str, data: bytes, content_type: str = "image/png") -> Json:
    """A file whose parts were all sent."""
    made = await announced(person, parent, data, content_type)
    size = made["part_bytes"]
    for at in range(0, len(data), size):
        path = f"/attachments/{made['id']}/parts"
        made = await person.post(path, part(data[at : at + size]), match=made["version"], expect=200)
    return made


async def attached(person: Person, parent: str, data: bytes | None = None, content_type: str = "image/png") -> Json:
    """A file that is whole and checked; by default an image."""
    made = await sent(person, parent, png() if data is None else data, content_type)
    done: Json = await person.post(f"/attachments/{made['id']}/complete", match=made["version"], expect=200)
    return done


async def content(person: Person, attachment_id: str) -> bytes:
    """The bytes that are downloaded."""
    answer = await person.send("GET", f"/attachments/{attachment_id}/content")
    assert answer.status_code == 200, answer.text
    return answer.content
