"""Count what breaks docs/style.md in docstrings, comments, documents and the texts that users read.

`python -m tests.words` prints each finding with its file and line. `--lower` writes lower ceilings and raises none.
"""

import ast
import io
import json
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "integration_api"
CEILINGS = Path(__file__).parent / "architecture" / "words.json"
GENERATED = {"access-fields", "access-matrix", "actions", "errors", "events", "settings", "statements"}
MAX_WORDS = 25
MAX_DOCUMENT_LINES = 300
MAX_ADR_LINES = 40
FIRST_WORDS = re.compile(r"(?:What|Who|Whoever|Whom|How|Where|That which)\b")
NO_VERBS = re.compile(
    r"(?:The|A|An|One|Every|Each|Some(?:body|thing)|No(?:body|thing)?|As|Whether|All|This|It|Its|Those|They|Only|After"
    r"|Every(?:body|thing|one))\b"
)
"""First words of a sentence that is not imperative."""
WHERE = re.compile(
    r"^where\b[^,]*,"
    r"|(?:[.;] |\b(?:none|null|true|false|empty|only|nothing|nobody|except|also|even|\d{3}|raises [\w, ]+?) )where\b",
    re.IGNORECASE,
)
TOLD_BY_KEYWORD = {"advice", "description", "detail", "help", "message", "prompt", "remedy", "summary", "title"}
"""Keywords of calls, keys of dictionaries and fields of classes whose texts are read by users."""
TOLD_BY_NAME = {"msg", "advice", "why", "DESCRIPTION", "_UNFIT", "_WHY"}
"""Names of variables and constants whose text, or each text in whose dictionary, is part of a message."""
TOLD_BY_CALL = {"echo", "prompt"}
TOLD_BY_CLASS = {"Member": 1}
"""Classes whose text stands at a position."""
CONSTANTS = re.compile(r"_?(?:MOST|LEAST|FEWEST)_|_?TAKING")
LITERAL_BLOCK = re.compile(r"::[ \t]*\n(?:[ \t]*\n)+(?:([ \t]+)[^\n]*(?:\n|$)(?:(?:\1[^\n]*|[ \t]*)(?:\n|$))*)")
SENTENCE_END = re.compile(r"(?<=[.!?])[\"')*_]*\s+(?=[\W_]*[A-Z0-9x])")

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the words break the style."""

    package: str
    kind: str
    path: Path
    line: int
    text: str


def findings() -> list[Finding]:
    """Return what every module of the product and every document written by hand breaks."""
    found: list[Finding] = []
    for path in sorted([*SOURCE.rglob("*.py"), *(ROOT / "scaffold").glob("*.py")]):
        found += _of_module(path.read_text("utf-8"), path)
    for path in [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]:
        if path.stem not in GENERATED:
            found += _of_document(path.read_text("utf-8"), path)
    return found


def findings_in(folder: Path) -> list[Finding]:
    """Return what the modules of one folder of the product break."""
    return [one for path in sorted(folder.rglob("*.py")) for one in _of_module(path.read_text("utf-8"), path)]


def counted(found: list[Finding]) -> Counts:
    """Return the number of findings by package and kind, in a steady order."""
    counts = Counter((finding.package, finding.kind) for finding in found)
    result: Counts = {}
    for package, kind in sorted(counts):
        result.setdefault(package, {})[kind] = counts[package, kind]
    return result


def ceilings() -> Counts:
    """Return the committed ceilings."""
    read: Counts = json.loads(CEILINGS.read_text("utf-8"))
    return read


def package_of(path: Path) -> str:
    """Return the package of a module, the area of a resource, or the folder of a document."""
    if path.is_relative_to(SOURCE):
        parts = path.relative_to(SOURCE).parts
        return "/".join(parts[: 2 if parts[0] == "resources" and len(parts) > 2 else 1])
    return str(path.parent.relative_to(ROOT)) if path.parent != ROOT else "the root"


def _of_module(source: str, path: Path) -> Iterator[Finding]:
    package = package_of(path)
    tree = ast.parse(source)
    for line, text, is_docstring in [*docstrings_of(tree), *comments_of(source)]:
        if is_docstring and FIRST_WORDS.match(text):
            yield Finding(package, "first word", path, line, text.split("\n", 1)[0])
        yield from _of_text(text, package, path, line)
    for line, text in docstrings_of_functions(tree):
        if NO_VERBS.match(text):
            yield Finding(package, "not imperative", path, line, text.split("\n", 1)[0])
    for line, text in told_by(tree):
        if FIRST_WORDS.match(text):
            yield Finding(package, "text: first word", path, line, text.split("\n", 1)[0])
        for finding in _of_text(text, package, path, line):
            yield replace(finding, kind=f"text: {finding.kind}")
    for line, name in constants_of(tree):
        if CONSTANTS.match(name):
            yield Finding(package, "constant", path, line, name)


def _of_document(source: str, path: Path) -> Iterator[Finding]:
    package = package_of(path)
    for line, text in paragraphs_of(source):
        for sentence in sentences_of(text):
            if FIRST_WORDS.match(sentence.lstrip("*_>\"'( ")):
                yield Finding(package, "first word", path, line, sentence)
        yield from _of_text(text, package, path, line)
    lines, most = len(source.splitlines()), MAX_ADR_LINES if path.parent.name == "adr" else MAX_DOCUMENT_LINES
    if lines > most:
        yield Finding(package, "long document", path, lines, f"{lines} lines; at most {most}")


def _of_text(text: str, package: str, path: Path, line: int) -> Iterator[Finding]:
    for sentence in sentences_of(text):
        if len([word for word in sentence.split() if re.search(r"\w", word)]) > MAX_WORDS:
            yield Finding(package, "long sentence", path, line, sentence)
        for _ in WHERE.finditer(sentence):
            yield Finding(package, "where", path, line, sentence)


def sentences_of(text: str) -> list[str]:
    """Split a text into sentences, without literal blocks. Inline code counts as one word, a link as its text."""
    text = LITERAL_BLOCK.sub(":\n\n", text)
    text = re.sub(r"``?[^`]+``?", "x", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    blocks = re.split(r"\n\s*\n|\n\s*(?:[-*]|\d+\.) ", text)
    return [part for block in blocks for part in SENTENCE_END.split(" ".join(block.split())) if part]


def docstrings_of(tree: ast.Module) -> Iterator[tuple[int, str, bool]]:
    """Yield every docstring, also of a constant or a field: line, text, True."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for statement in body if isinstance(body, list) else []:
            value = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.lineno, value.value.strip(), True


def docstrings_of_functions(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the docstring of every function and method but those that name a thing or state a rule: line, text."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            is_other = any(ast.unparse(one).endswith(("property", "rule")) for one in node.decorator_list)
            if not is_other and (text := ast.get_docstring(node)):
                yield node.body[0].lineno, text


def comments_of(source: str) -> Iterator[tuple[int, str, bool]]:
    """Yield every block of comments: line, text, False."""
    block: list[str] = []
    first = last = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            if block and (token.start[0] != last + 1 or token.line.strip()[0] != "#"):
                yield first, "\n".join(block), False
                block = []
            first = first if block else token.start[0]
            last = token.start[0]
            block.append(token.string.lstrip("# "))
    if block:
        yield first, "\n".join(block), False


def told_by(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every text that users read: errors, the OpenAPI document, the command line, settings.

    A constant of the module that stands for such a text is read at its own line, once.
    """
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    seen: set[int] = set()
    for node in ast.walk(tree):
        for found in _told_by_node(node):
            told = constants.get(found.id, found) if isinstance(found, ast.Name) else found
            if id(told) not in seen and (text := _written(told)):
                seen.add(id(told))
                yield told.lineno, text


def _told_by_node(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        yield from node.exc.args[:1]
    elif isinstance(node, ast.Call):
        yield from (keyword.value for keyword in node.keywords if keyword.arg in TOLD_BY_KEYWORD)
        if isinstance(node.func, ast.Attribute) and node.func.attr in TOLD_BY_CALL:
            yield from node.args[:1]
        if isinstance(node.func, ast.Name) and node.func.id in TOLD_BY_CLASS:
            yield from node.args[TOLD_BY_CLASS[node.func.id] :][:1]
    elif isinstance(node, ast.Dict):
        known = zip(node.keys, node.values, strict=True)
        yield from (value for key, value in known if isinstance(key, ast.Constant) and key.value in TOLD_BY_KEYWORD)
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in TOLD_BY_NAME | TOLD_BY_KEYWORD:
        yield from node.value.values if isinstance(node.value, ast.Dict) else [node.value]


def _written(node: ast.expr) -> str:
    """Return a text as it stands in the code, a value in it as one word; empty if it is no text."""
    if isinstance(node, ast.IfExp):
        return _written(node.body) or _written(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _written(node.left) + _written(node.right)
    return ""


def constants_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every name that is assigned at the top of a module or class."""
    bodies = [tree.body, *(node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    for node in (node for body in bodies for node in body):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if isinstance(part, ast.Name):
                        yield node.lineno, part.id


def paragraphs_of(source: str) -> Iterator[tuple[int, str]]:
    """Return the paragraphs, headings, list items and table cells of a document, without its code blocks."""
    block: list[str] = []
    start, is_code = 1, False
    for number, line in enumerate([*source.splitlines(), ""], 1):
        stripped = line.strip()
        if stripped.startswith("```"):
            is_code = not is_code
        begins_anew = not stripped or stripped[0] in "#|" or bool(re.match(r"(?:[-*]|\d+\.) |```|<!--", stripped))
        if begins_anew and block:
            yield start, "\n".join(block)
            block = []
        if is_code or not stripped or stripped.startswith(("```", "<!--")):
            continue
        if stripped.startswith("|"):
            yield from ((number, cell.strip()) for cell in stripped.split("|") if cell.strip())
        elif stripped.startswith("#"):
            yield number, stripped.lstrip("# ")
        else:
            start = start if block else number
            block.append(re.sub(r"^(?:[-*]|\d+\.) (?:\[ \] )?", "", stripped))


def main(arguments: list[str]) -> int:
    """Print the findings, or write lower ceilings. Return 1 if a ceiling would have to rise."""
    found = findings()
    now = counted(found)
    if "--lower" not in arguments:
        for finding in found:
            if not arguments or finding.package in arguments or finding.kind in arguments:
                place = f"{finding.path.relative_to(ROOT)}:{finding.line}"
                sys.stdout.write(f"{place}: {finding.kind}: {' '.join(finding.text.split())[:160]}\n")
        return 0
    before = ceilings() if CEILINGS.exists() else now
    raised = [
        f"{package}: {kind}: {count}, ceiling {before.get(package, {}).get(kind, 0)}\n"
        for package, kinds in now.items()
        for kind, count in kinds.items()
        if count > before.get(package, {}).get(kind, 0)
    ]
    sys.stdout.write("".join(raised))
    if not raised:
        CEILINGS.write_text(json.dumps(now, indent=1) + "\n", "utf-8")
    return int(bool(raised))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
