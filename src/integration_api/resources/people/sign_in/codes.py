"""Codes as people type and copy them. Gaps are passed over; text that is no code is refused before it is tried."""

import re
import unicodedata

from integration_api.core.texts import is_gap
from integration_api.resources.people.sign_in.rules import normal_code
from integration_api.web.errors import Invalid

_DASHES = "Pd"
"""The Unicode category of hyphens and dashes."""
_APP_CODE = re.compile(r"[0-9]{6}")
_RECOVERY_CODE = re.compile(r"[a-z2-7]{16}")


class NotACode(Invalid):
    """The text is no code of this kind; it was not tried, and counts as no attempt."""

    code = "not-a-code"
    title = "Not a code"
    remedy = (
        "Show the person what such a code looks like, as `errors` says, and let them type it again. "
        "Blanks, and hyphens in codes of apps and recovery codes, need not be taken out."
    )

    def __init__(self, field: str, form: str) -> None:
        """`form` says what such a code looks like."""
        super().__init__(errors=[{"field": field, "code": "not_a_code", "message": form}])


def app_code(text: str) -> str:
    """Return the six digits of an app's code, of whichever keyboard. Raises NotACode."""
    digits = "".join(str(unicodedata.decimal(character, character)) for character in _without(text, _DASHES))
    if not _APP_CODE.fullmatch(digits):
        raise NotACode("body.totp_code", "must be six digits")
    return digits


def recovery_code(text: str) -> str:
    """Return the letters and digits of a recovery code. Raises NotACode."""
    found = normal_code(text)
    if not _RECOVERY_CODE.fullmatch(found):
        raise NotACode("body.recovery_code", "must be four groups of four letters or digits from 2 to 7")
    return found


def copied_code(text: str) -> str:
    """Return the code of an invitation or a reset, without what was copied with it, and with its padding."""
    found = _without(text).rstrip("=")
    return found + "=" * (-len(found) % 4)


def no_invitation() -> NotACode:
    """Return the refusal of text that is no code of an invitation or a reset."""
    return NotACode("body.code", "must be the whole code, as the invitation or the reset shows it")


def _without(text: str, *more: str) -> str:
    return "".join(char for char in text if not is_gap(char) and unicodedata.category(char) not in more)
