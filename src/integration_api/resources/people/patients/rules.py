"""Which parts of a name find a patient."""

import re
import unicodedata

MAX_NAME_PARTS = 8
_WORD = re.compile(r"[\w']+")


def name_parts(*names: str | None) -> list[str]:
    """The words of the names, once each, without accents and case; at most eight."""
    folded = " ".join(unicodedata.normalize("NFKD", name).casefold() for name in names if name).replace("\u2019", "'")
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return list(dict.fromkeys(_WORD.findall(bare)))[:MAX_NAME_PARTS]
