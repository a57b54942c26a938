"""`chart.html`: the chart as its patient reads it. What matters now comes first, then each month."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from integration_api.resources.journal.notes.tables import MediaType
from integration_api.resources.journal.reflections.prompts import prompt_sets
from integration_api.resources.oversight.exports.chart_style import END, head
from integration_api.resources.oversight.exports.chart_texts import MONTHS, Texts, escaped
from integration_api.resources.oversight.exports.chart_walks import Kind
from integration_api.resources.oversight.exports.rules import is_active, is_in_force, is_on_team, is_taken
from integration_api.resources.oversight.exports.spools import Place, Spool
from integration_api.resources.oversight.exports.tables import ExportOrder

_IMAGES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
_MAX_IN_FRONT = 50
"""Of each kind, so that what is held in memory does not grow with the chart."""
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
Thing = dict[str, object]


class _Entry(NamedTuple):
    """An entry of the chart that waits in the spool."""

    at: datetime
    number: int
    place: Place


_NOW = {
    "safety_plans": ("Your safety plan", is_in_force),
    "plans": ("Plans that you follow", is_active),
    "medicines": ("Medicines", is_taken),
    "care_team": ("Your care team", is_on_team),
}
"""The kinds that the front of the chart shows, if they hold now."""


class ChartDocument:
    """Collects the entries of a chart, and writes them in the end. Its calls wait for the disk."""

    def __init__(self, texts: Texts, spool: Spool, order: ExportOrder, made_at: datetime) -> None:
        """Begin with nothing."""
        self._texts, self._spool, self._made_at = texts, spool, made_at
        self._is_newest_first = order is ExportOrder.NEWEST_FIRST
        self._entries: list[_Entry] = []
        self._front: dict[str, list[str]] = {}
        self._patient: Mapping[str, object] = {}
        self._clinic: Mapping[str, object] = {}
        self.counts: Counter[str] = Counter()

    def take(self, kind: Kind, thing: Thing) -> None:
        """Take one thing: an entry, if its kind is shown, and what the front of the chart says of it."""
        self._learn(kind, thing)
        if kind.name in _NOW and _NOW[kind.name][1](thing, self._made_at):
            self._put_in_front(kind, thing)
        if not kind.is_shown:
            return
        at = next((thing[name] for name in (*kind.at, "created_at") if thing.get(name) is not None), _NEVER)
        when = at if isinstance(at, datetime) else _NEVER
        place = self._spool.add(self._article(kind, thing, when).encode())
        self._entries.append(_Entry(when, len(self._entries), place))
        self.counts[kind.name] += 1

    def _learn(self, kind: Kind, thing: Thing) -> None:
        """Learn names and times that later entries refer to."""
        texts = self._texts
        match kind.name:
            case "patient":
                self._patient = thing
            case "clinic":
                self._clinic = thing
            case "care_team" if isinstance(thing["account_id"], UUID) and thing["name"]:
                credential = f", {thing['credential']}" if thing["credential"] else ""
                texts.names[thing["account_id"]] = f"{thing['name']}{credential}"
            case "sessions" if isinstance(thing["id"], UUID):
                at = thing["started_at"] or thing["planned_start_at"]
                if isinstance(at, datetime):
                    texts.sessions[thing["id"]] = at
            case "reflections":
                thing["answers"] = _asked(thing)

    def _put_in_front(self, kind: Kind, thing: Thing) -> None:
        shown = self._front.setdefault(kind.name, [])
        if len(shown) >= _MAX_IN_FRONT:
            return
        if kind.name == "care_team":
            role = self._texts.inline(thing["role"])
            shown.append(f"<li>{self._texts.who(_uuid(thing['account_id']))} ({role})</li>")
        elif kind.name == "medicines":
            dose = f", {self._texts.inline(thing['dose'])}" if thing["dose"] else ""
            shown.append(f"<li>{self._texts.inline(thing['name'])}{dose}</li>")
        elif kind.name == "plans":
            link = f'<a href="#e-plans-{thing["id"]}">{self._texts.inline(thing["title"])}</a>'
            shown.append(f"<li>{link}</li>")
        else:
            shown.append(self._texts.body(kind, thing))

    def _article(self, kind: Kind, thing: Thing, at: datetime) -> str:
        texts, own = self._texts, kind.is_by(thing, self._texts.me)
        by = next((thing[name] for name in kind.by if thing.get(name) is not None), None)
        is_prose = own and (kind.is_own or bool(thing.get("text")))
        who = (
            "In your own words" if is_prose else "By you" if own else f"Written by {texts.who(_uuid(by))}" if by else ""
        )
        mark = f'<span class="mark">{who}</span>, ' if own else f"{who}, " if who else ""
        language = self._patient.get("language")
        lang = f' lang="{escaped(language)}"' if own and isinstance(language, str) else ""
        name = f"e-{kind.name}-{thing.get('id')}"
        file = _file(thing) if kind.name == "attachments" else ""
        return (
            f'<article id="{name}" class="{"own" if own else "theirs"}" aria-labelledby="h-{name}">'
            f'<h3 id="h-{name}">{texts.heading(kind, thing)}</h3><p class="by">{mark}{texts.instant(at)}</p>'
            f"{texts.about(thing)}{file}<div{lang}>{texts.body(kind, thing)}</div></article>\n"
        )

    # ── writing ──

    def write(self) -> Iterator[bytes]:
        """Yield the document, piece by piece."""
        return self._page(self._sorted())

    def pages(self, part_bytes: int) -> list[Iterator[bytes]]:
        """Return the document as pages of some size, each piece by piece. The first alone has what holds now."""
        parts: list[list[_Entry]] = [[]]
        size = 0
        for entry in self._sorted():
            if size and size + entry.place.length > part_bytes:
                parts.append([])
                size = 0
            parts[-1].append(entry)
            size += entry.place.length
        if (last := len(parts)) == 1:
            return [self._page(parts[0])]
        return [
            self._page(entries, f", part {number} of {last}", is_first=number == 1, is_last=number == last)
            for number, entries in enumerate(parts, 1)
        ]

    def _sorted(self) -> list[_Entry]:
        return sorted(self._entries, key=lambda one: (one.at, -one.number), reverse=self._is_newest_first)

    def _page(
        self, entries: Sequence[_Entry], part: str = "", *, is_first: bool = True, is_last: bool = True
    ) -> Iterator[bytes]:
        name = escaped(str(self._patient.get("name") or "You"))
        yield head(f"The chart of {name}{part}").encode()
        title = f"<h1>The chart of <bdi>{name}</bdi>{part}</h1>"
        yield (self._front_matter(title) if is_first else f"<header>{title}</header>\n<main>\n").encode()
        yield from self._months(entries)
        count = f"{len(self._entries)} {'entry' if len(self._entries) == 1 else 'entries'}"
        ending = f'<footer><p class="quiet">End of the chart, {count}.</p></footer>\n' if is_last else ""
        yield f"</main>\n{ending}{END}".encode()

    def _months(self, entries: Sequence[_Entry]) -> Iterator[bytes]:
        last = None
        for entry in entries:
            month = self._month(entry)
            if month != last:
                yield (f"{'' if last is None else '</section>'}{_month_heading(month)}").encode()
                last = month
            yield self._spool.read(entry.place)
        if last is not None:
            yield b"</section>\n"

    def _month(self, entry: _Entry) -> date:
        return self._texts.local(entry.at).date().replace(day=1)

    def _front_matter(self, title: str) -> str:
        """Return what comes before the months: whose chart it is, what holds now, and the contents."""
        texts, months = self._texts, Counter(map(self._month, self._sorted()))
        links = "".join(
            f'<li><a href="#m-{month:%Y-%m}">{MONTHS[month.month - 1]} {month.year}</a> <span class="quiet">({count})'
            "</span></li>"
            for month, count in months.items()
        )
        order = "newest first" if self._is_newest_first else "oldest first"
        return (
            '<a class="skip" href="#now">Skip to what holds now</a>\n'
            f"<header>{title}{self._facts()}"
            f'<p class="quiet">Made {texts.instant(self._made_at)}. Times are by the clock of '
            f"{escaped(str(texts.zone))}. This file holds private health information: keep it where only you can open "
            'it. What is left out, and how to check that nothing was changed, is in <a href="README.html">README.html'
            "</a>.</p></header>\n<main>\n"
            f'<section id="now" aria-labelledby="now-h"><h2 id="now-h">What holds now</h2>{self._now()}</section>\n'
            f'<nav aria-labelledby="months-h"><h2 id="months-h">Contents, {order}</h2><ul>{links}</ul></nav>\n'
        )

    def _facts(self) -> str:
        """Return whose chart it is and at which clinic."""
        born, clinic = self._patient.get("birth_on"), self._clinic.get("name")
        facts = [f"Born {self._texts.day(born)}" if isinstance(born, date) else ""]
        facts += [f"Clinic: <bdi>{escaped(str(clinic))}</bdi>" if clinic else ""]
        phone = self._clinic.get("phone")
        facts += [f"Phone of the clinic: <bdi>{escaped(str(phone))}</bdi>" if phone else ""]
        return "".join(f"<p>{fact}</p>" for fact in facts if fact)

    def _now(self) -> str:
        parts = [
            f"<h3>{title}</h3>{body if name == 'safety_plans' else f'<ul>{body}</ul>'}"
            for name, (title, _) in _NOW.items()
            if (body := "".join(self._front.get(name, ())))
        ]
        return "".join(parts) or "<p>Nothing is planned or taken at present.</p>"


def _month_heading(month: date) -> str:
    name = f"m-{month:%Y-%m}"
    title = f"{MONTHS[month.month - 1]} {month.year}"
    return f'<section id="{name}" aria-labelledby="{name}-h"><h2 id="{name}-h">{title}</h2>\n'


def _asked(thing: Mapping[str, object]) -> object:
    """Return the answers to prompts with the words of each prompt."""
    answers, version = thing["answers"], thing["prompt_set_version"]
    if not isinstance(answers, list) or thing["prompt_set"] is None:
        return answers
    found = (one for one in prompt_sets() if (one.id, one.version) == (thing["prompt_set"], version))
    words = {prompt.id: prompt.text for one in found for prompt in one.prompts}
    return [{"question": words.get(one["prompt_id"]), "answer": one["text"]} for one in answers]


def _file(thing: Mapping[str, object]) -> str:
    """Return the link to a file, and the picture if it is one."""
    path = thing.get("path")
    if not isinstance(path, str):
        return "<p>This file is not in the export; README.html says why.</p>"
    link = f'<p><a href="{escaped(path)}">Open the file</a></p>'
    if thing["content_type"] not in _IMAGES:
        return link
    of = "a reflection" if thing["reflection_id"] else "a note"
    return f'<p><img src="{escaped(path)}" loading="lazy" alt="Picture on {of}"></p>{link}'


def _uuid(value: object) -> UUID | None:
    return value if isinstance(value, UUID) else None
