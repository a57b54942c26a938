"""Values of things as HTML: times in the patient's zone, words of ours as words, and texts as people wrote them.

Everything that is not of this module goes through `escaped`. Texts have `dir="auto"`, so that each runs its own way.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from html import escape
from uuid import UUID
from zoneinfo import ZoneInfo

from integration_api.core.ids import id_of
from integration_api.resources.oversight.exports.chart_walks import Kind

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""Characters that HTML has no place for; a tab and a line feed are none of them."""
_ALWAYS_HIDDEN = frozenset(
    {"id", "version", "created_at", "updated_at", "allowed_actions", "clock_skewed", "content_sha256", "monitoring"}
    | {"captured_at", "needs_cosign", "findings", "prompt_id", "is_off_window", "attestation", "in_altered_state"}
)
_UNITS = frozenset({"mg", "kg", "minutes", "bytes", "days", "mmhg"})
_LABELS: Mapping[str, str] = {
    "if_cue": "If",
    "then_action": "Then",
    "birth_on": "Born",
    "signature": "Signed",
    "cosignature": "Co-signed",
    "disagreements": "Your statements of disagreement",
    "mg_per_kg": "mg per kg",
    "people": "Present",
    "at": "When",
}
_ANSWERS = frozenset({"would_use_again", "seen_on_video", "patient_enrolled", "setting_enrolled"})
"""Questions whose answer "no" says something; elsewhere it is left to the data files."""
_ABBREVIATIONS: Mapping[str, str] = {
    **{one: one.upper() for one in ("soap", "dap", "birp", "girp", "pirp", "im", "sc")},
    "iv_infusion": "IV infusion",
}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_MAX_DEPTH = 6


def escaped(text: str) -> str:
    """Return a text for HTML, of characters that HTML has a place for."""
    return escape(_CONTROLS.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")), quote=True)


def label(name: str) -> str:
    """Return the words for a field: `dose_mg` is "Dose (mg)"."""
    if name in _LABELS:
        return _LABELS[name]
    words = name.split("_")
    unit = f" ({words.pop()})" if len(words) > 1 and words[-1] in _UNITS else ""
    if len(words) > 1 and words[-1] in {"at", "on", "id"}:
        words.pop()
    if len(words) > 1 and words[0] == "is":
        words.pop(0)
    text = " ".join(words)
    return text[:1].upper() + text[1:] + unit


def _typed(name: str, text: str) -> str | UUID | datetime:
    """Return an id or an instant of content that is stored as JSON has it; all else as it is."""
    if (found := id_of(text)) is not None:
        return found
    return datetime.fromisoformat(text) if name.endswith("_at") and _INSTANT.fullmatch(text) else text


class Texts:
    """Writes the values of one chart: its time zone, the names that it knows, and the words of prompts."""

    def __init__(self, zone: ZoneInfo, me: UUID) -> None:
        """`me` is the patient's account."""
        self.zone, self.me = zone, me
        self.names: dict[UUID, str] = {}
        self.sessions: dict[UUID, datetime] = {}
        self.shown_on: dict[str, str] = {}

    def local(self, at: datetime) -> datetime:
        """Return an instant by the patient's clock."""
        return at.astimezone(self.zone)

    def instant(self, at: datetime) -> str:
        """Return an instant with the day of the week and the offset from UTC."""
        local = self.local(at)
        offset = local.strftime("%z")
        text = f"{self.day(local.date())}, {local:%H:%M} (UTC{offset[:3]}:{offset[3:5]})"
        return f'<time datetime="{escaped(local.isoformat(timespec="seconds"))}">{text}</time>'

    @staticmethod
    def day(on: date) -> str:
        """Return a day in words."""
        return f"{_DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"

    def who(self, account_id: UUID | None) -> str:
        """Return who an account is: you, a name that the clinic shows you, or somebody of the clinic."""
        if account_id == self.me:
            return "you"
        name = self.names.get(account_id) if account_id else None
        return f"<bdi>{escaped(name)}</bdi>" if name else "somebody of the clinic"

    def about(self, thing: Mapping[str, object]) -> str:
        """Return the session that a thing is about, as a link to it; empty if there is none."""
        session_id = thing.get("session_id")
        at = self.sessions.get(session_id) if isinstance(session_id, UUID) else None
        if at is None:
            return ""
        return f'<p class="about">About the <a href="#e-sessions-{session_id}">session of {self.instant(at)}</a></p>'

    def heading(self, kind: Kind, thing: Mapping[str, object]) -> str:
        """Return the heading of an entry: what it is, and the fields that name it."""
        parts = (self.inline(thing[name]) for name in kind.title if thing.get(name) not in (None, ""))
        named = ", ".join(parts)
        return f"{escaped(kind.one)}: {named}" if named else escaped(kind.one)

    def body(self, kind: Kind, thing: Mapping[str, object]) -> str:
        """Return what was written, then the other fields as terms and values; empty if nothing is left to show."""
        hidden = _ALWAYS_HIDDEN.union(kind.hidden, kind.at, kind.by, kind.title, ("text",))
        return self._value("text", thing.get("text"), 0) + self._fields(thing, hidden, 0)

    def inline(self, value: object) -> str:
        """Return a value within a line."""
        if isinstance(value, Enum):
            word = str(value.value)
            return escaped(_ABBREVIATIONS.get(word) or word.replace("_", " "))
        if isinstance(value, datetime):
            return self.instant(value)
        if isinstance(value, date):
            return f'<time datetime="{value.isoformat()}">{self.day(value)}</time>'
        return f"<bdi>{escaped(str(value))}</bdi>"

    def _fields(self, thing: Mapping[str, object], hidden: frozenset[str], depth: int) -> str:
        if thing.get("name"):
            hidden |= {"account_id"}  # it is the same person
        rows = "".join(
            f"<div><dt>{escaped(label(name))}</dt><dd>{shown}</dd></div>"
            for name, value in thing.items()
            if name not in hidden and (shown := self._value(name, value, depth))
        )
        return f"<dl>{rows}</dl>" if rows else ""

    def _value(self, name: str, value: object, depth: int) -> str:  # noqa: PLR0911  one for each kind of value
        """Return a value as HTML; empty if there is nothing to show. Ids are for the data files."""
        if value is None or value == "" or depth > _MAX_DEPTH:
            return ""
        if type(value) is str:
            value = _typed(name, value)
        if isinstance(value, UUID):
            return self.who(value) if name == "account_id" or name.endswith("_by_id") else ""
        if isinstance(value, bool):
            return "yes" if value else "no" if name in _ANSWERS else ""
        if isinstance(value, int | float | Enum | date):
            return self.inline(value)
        if isinstance(value, Mapping):
            if value.get("status") == "unknown":
                return ""  # of a checklist: nobody has answered it
            return self._fields(value, _ALWAYS_HIDDEN, depth + 1)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return self._list(name, value, depth)
        return f'<p dir="auto" class="text">{escaped(str(value))}</p>'

    def _list(self, name: str, values: Sequence[object], depth: int) -> str:
        items = list(self._items(name, values, depth))
        return f"<ul>{''.join(items)}</ul>" if items else ""

    def _items(self, name: str, values: Sequence[object], depth: int) -> Iterator[str]:
        for value in values:
            is_word = isinstance(value, str | Enum)
            shown = self.inline(value) if is_word else self._value(name, value, depth + 1)
            if shown:
                yield f"<li>{shown}</li>"
