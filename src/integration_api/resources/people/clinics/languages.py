"""Languages: tags of BCP 47, and the one in which a patient is written to."""

from collections.abc import Collection

DEFAULT_LANGUAGE = "en"
LANGUAGE_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
"""Language, script, region and variants of a well-formed tag. Source: RFC 5646, section 2.1."""

_SCRIPT_LETTERS, _REGION_LETTERS = 4, 2


def language_tag(value: str) -> str:
    """Return a well-formed tag in its usual case, as `zh-Hant-TW`. Source: RFC 5646, section 2.1.1."""
    language, *others = value.lower().split("-")
    cases = {_SCRIPT_LETTERS: str.title, _REGION_LETTERS: str.upper}
    return "-".join([language, *(cases.get(len(part), str)(part) for part in others)])


def nearest_language(wanted: str | None, available: Collection[str]) -> str:
    """Return the available language that a tag means, with ever fewer of its parts; English if there is none.

    Source: RFC 4647, section 3.4.
    """
    parts = (wanted or DEFAULT_LANGUAGE).split("-")
    tags = ("-".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((tag for tag in tags if tag in available), DEFAULT_LANGUAGE)
