"""Rules of channels: which keys a browser may bring, and what a message says. All is pure."""

import base64
import binascii
import json

from integration_api.resources.attention.notifications.rules import SENTENCES, SUBJECT, NotificationKind

MAX_CHANNELS = 10
"""Of one person. The newest counts; a further one is refused until one is deleted."""
P256DH_BYTES = 65
AUTH_BYTES = 16
_UNCOMPRESSED = 4


def unpadded(text: str) -> bytes:
    """Return the bytes of base64url without padding. Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError from error


def is_push_key(text: str) -> bool:
    """Return whether this has the form of a P-256 public key in base64url. Source: RFC 8291, 2.1."""
    try:
        raw = unpadded(text)
    except ValueError:
        return False
    return len(raw) == P256DH_BYTES and raw[0] == _UNCOMPRESSED


def is_push_secret(text: str) -> bool:
    """Return whether this has the form of an authentication secret in base64url. Source: RFC 8291, 3.2."""
    try:
        return len(unpadded(text)) == AUTH_BYTES
    except ValueError:
        return False


def push_text(kind: NotificationKind, link: str | None) -> bytes:
    """Return the JSON that a service worker shows: a fixed title and sentence, and where to go."""
    shown = {"title": SUBJECT, "body": SENTENCES[kind], "url": link}
    return json.dumps(shown, separators=(",", ":")).encode()


def mail_text(kind: NotificationKind, code: str | None, link: str | None) -> str:
    """Return the text of an e-mail: a fixed sentence, the code if it carries one, and where to go."""
    return "\n\n".join(part for part in (SENTENCES[kind], code, link) if part) + "\n"


def hook_text(message_id: str, at: str, kind: NotificationKind) -> bytes:
    """Return the body of a signed message: a fixed sentence, by no other word than the one everybody gets."""
    body = {"type": "notification", "timestamp": at, "data": {"id": message_id, "text": SENTENCES[kind]}}
    return json.dumps(body, separators=(",", ":")).encode()
