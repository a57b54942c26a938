"""Rules of consent documents: the digest of a text, and which signatures a new version leaves valid."""

import hashlib

MAX_LANGUAGES = 20
MAX_TEXT_CHARACTERS = 20_000


def digest_of(title: str, text: str) -> str:
    """Return the SHA-256 of what a patient is shown, as 64 hexadecimal digits: the title, a line feed, the text."""
    return hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()


def valid_from(number: int, before: int | None, *, needs_new_signature: bool) -> int:
    """Return the lowest number whose signatures count. `before` is that of the version before; None: there is none."""
    return number if needs_new_signature or before is None else before
