"""The pages of `chart.html` as a document of Typst. Pure.

It reads the page that was written already, so the PDF has the same entries in the same words. Whatever a person wrote
becomes a string literal of Typst, which runs nothing. Pictures stay in their files.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

_PREAMBLE = """#set page(paper: "a4", margin: (x: 16mm, y: 18mm), numbering: "1 / 1")
#set par(justify: false)
#show heading.where(level: 1): set text(size: 1.4em)
#show heading.where(level: 2): set block(above: 1.8em, below: 0.8em)
#show heading.where(level: 3): set block(above: 0.6em, below: 0.6em)
#let entry(own, body) = block(width: 100%, inset: 8pt, above: 0.9em, body, stroke: (
  left: if own { 2.5pt + black } else { 0.5pt + gray }, rest: 0.5pt + gray))
#let facts(..cells) = block(width: 100%, above: 0.6em, below: 0.6em, grid(
  columns: (9em, 1fr), column-gutter: 0.8em, row-gutter: 0.6em, ..cells))
#let term(body) = text(fill: rgb("#333333"), size: 0.9em, body)
#let para(body) = block(width: 100%, above: 0.7em, below: 0.7em, body)
#let by(body) = block(width: 100%, above: 0.7em, below: 0.7em, sticky: true, body)
#let prose(run, body) = para({ set text(dir: run); set align(if run == rtl { right } else { left }); body })
"""
_AROUND: Mapping[str, tuple[str, str]] = {
    "p": ("#para[", "];"),
    "ul": ("#list(", ");"),
    "li": ("[", "],"),
    "dl": ("#facts(", ");"),
    "dt": ("[#term[", "]],"),
    "dd": ("[", "],"),
    "strong": ("#strong[", "];"),
    "bdi": ('#"\u2068";', '#"\u2069";'),
}
"""The markup around an element; every other element of the page is its content alone."""
_PARAGRAPHS: Mapping[str, tuple[str, str]] = {"by": ("#by[", "];"), "text": ("", "")}
"""Of paragraphs with a class: the line under a heading, which stays with it, and what people wrote."""
_VOID = frozenset({"meta", "img"})
_NEUTRAL = ("", "")
_LANGUAGE = re.compile("[a-z]{2,3}")
_TARGET = re.compile(r'<(?:article|section) id="([\w-]+)"')
_FLAGS = "\U0001f1e6-\U0001f1ff"
_JOINERS = "\u200d\u20e3\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_JOINER = re.compile(f"[{_JOINERS}]")


def document(page: str, fonts: Sequence[str], missing: frozenset[str]) -> str:
    """Return the document of a page. `fonts` are families in the order of choice, `missing` signs that none has."""
    reader = _Reader(frozenset(_TARGET.findall(page)), missing)
    reader.feed(page)
    reader.close()
    families = ", ".join(map(literal, fonts))
    setting = f'#set text(font: ({families},), lang: "en", dir: ltr, size: 10.5pt)\n'
    return f"#set document(title: {literal(reader.title)})\n{setting}{_PREAMBLE}{''.join(reader.written)}"


def literal(text: str) -> str:
    """Return a text as a string literal of Typst."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\t", "    ") + '"'


def is_right_to_left(text: str) -> bool:
    """Return whether a text runs from right to left: its first letter with a direction says so, as in HTML."""
    return next((kind != "L" for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"}), False)


def named(text: str, missing: frozenset[str]) -> str:
    """Return a text with names for the signs that no font has: `[water wave]`. Neighbours share the brackets."""
    if missing.isdisjoint(text):
        return text
    signs = "".join(map(re.escape, sorted(missing)))
    return re.sub(f"[{signs}][{signs}{_FLAGS}{_JOINERS}]*", lambda found: _names(found[0]), text)


def _names(signs: str) -> str:
    """Return the names of a run of signs. Two letters of a flag are one sign; what joins signs has no name."""
    flags = "".join(unicodedata.name(one)[-1] for one in re.findall(f"[{_FLAGS}]", signs))
    names = [f"flag {flags[at : at + 2]}" for at in range(0, len(flags), 2)]
    rest = re.sub(f"[{_FLAGS}{_JOINERS}]", "", signs)
    names += [unicodedata.name(one, "").lower() or f"sign {ord(one):04X}" for one in rest]
    return f"[{', '.join(names)}]" if names else ""


class _Reader(HTMLParser):
    """Reads one page. It knows the elements that the readable chart is made of."""

    def __init__(self, targets: frozenset[str], missing: frozenset[str]) -> None:
        super().__init__()
        self._targets, self._missing = targets, missing
        self.written: list[str] = []
        self.title = ""
        self._open: list[tuple[str, str]] = []
        self._label: str | None = None
        """The target that the next heading bears."""
        self._prose: list[str] | None = None
        """The text of a paragraph that finds its own direction."""
        self._is_silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write the beginning of an element."""
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        if tag in {"article", "section"}:
            self._label = given.get("id")
        if tag == "p" and given.get("dir") == "auto":
            self._prose = []
        self._is_silent = self._is_silent or tag == "style" or given.get("class") == "skip"
        begin, end = self._around(tag, given)
        self.written.append(begin)
        self._open.append((tag, end))

    def handle_endtag(self, tag: str) -> None:
        """Write the end of an element."""
        _, end = self._open.pop()
        if tag == "p" and self._prose is not None:
            self._write_prose("".join(self._prose))
            self._prose = None
        self._is_silent = self._is_silent and tag not in {"style", "a"}
        self.written.append(end)

    def handle_data(self, data: str) -> None:
        """Write a text; line breaks between elements are none."""
        if self._is_silent or (data == "\n" and self._prose is None):
            return
        if self._open and self._open[-1][0] == "title":
            self.title = data
        elif self._prose is not None:
            self._prose.append(data)
        else:
            self.written.append(self._text(data))

    def _text(self, data: str) -> str:
        return f"#{literal(named(data, self._missing))};"

    def _write_prose(self, text: str) -> None:
        run = "rtl" if is_right_to_left(text) else "ltr"
        lines = "#linebreak();".join(self._text(line) for line in text.split("\n"))
        self.written.append(f"#prose({run})[{lines}];")

    def _around(self, tag: str, given: Mapping[str, str]) -> tuple[str, str]:
        """Return the markup before and after an element."""
        match tag:
            case "h1" | "h2" | "h3":
                label, self._label = self._label, None
                return f"#heading(level: {tag[1]})[", f"] <{label}>\n" if label in self._targets else "]\n"
            case "article":
                return f"\n#entry({'true' if given.get('class') == 'own' else 'false'})[", "]\n"
            case "a":
                return self._link(given.get("href", ""))
            case "p" if given.get("class") in _PARAGRAPHS:
                return _PARAGRAPHS[given["class"]]
            case "div" if _LANGUAGE.fullmatch(language := given.get("lang", "").partition("-")[0]):
                return f'#[#set text(lang: "{language}", dir: ltr);', "];"
        return _AROUND["strong"] if given.get("class") == "mark" else _AROUND.get(tag, _NEUTRAL)

    def _link(self, href: str) -> tuple[str, str]:
        """Return a link within the document; of another file, its name stands there instead."""
        if href.startswith("#"):
            return (f"#link(label({literal(href[1:])}))[", "];") if href[1:] in self._targets else _NEUTRAL
        return _NEUTRAL if href == "README.html" else ("", f"#{literal(': ' + href)};")
