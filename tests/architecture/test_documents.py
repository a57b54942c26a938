"""What the documents written by hand name must exist: modules, functions, tests, sections, targets and links."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration_api.resources.delivery.changes.rules import ChangeKind
from integration_api.resources.measures.protocols.check_in_items import check_in_items
from integration_api.settings import Settings
from tests.architecture.test_more_machines import REMEMBERED
from tests.architecture.test_statements import NAMES
from tests.words import GENERATED, MAX_ADR_LINES, ROOT, SOURCE

DOCS = ROOT / "docs"
BY_HAND = [
    path
    for path in [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), *sorted((ROOT / ".github").glob("*.md"))]
    if path.stem not in GENERATED
]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([^`\n]+)`")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_every_link_leads_to_a_file(path: Path) -> None:
    links = LINK.findall(path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_section_of_the_clinical_facts_that_code_cites_exists() -> None:
    headings = re.findall(r"^#+ ([\d.]*\d)\.? ", (DOCS / "clinical.md").read_text("utf-8"), re.MULTILINE)
    cited = {
        section
        for path in [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
        for text in [path.read_text("utf-8")]
        for found in re.finditer(r"clinical\.md((?: (?:and )?section [\d.]*\d)+)", text)
        for section in re.findall(r"section ([\d.]*\d)", found[1])
    }
    assert len(cited) > 5
    assert cited <= set(headings)


def test_the_section_that_rules_and_items_cite_has_them() -> None:
    """A reader of an answer's `source` finds the fact that it is the source of."""
    text = (DOCS / "clinical.md").read_text("utf-8")
    section = text.partition("## 6. ")[2].partition("\n## ")[0]
    assert "(safety-rules.md)" in section
    for item in check_in_items().items:
        takes = item.answers or [f"{item.min} ({item.min_label}) to {item.max} ({item.max_label})"]
        row = next(line for line in section.splitlines() if line.startswith(f"| `{item.id}` | {item.question} |"))
        assert all(word in row for word in takes), item.id
        assert (item.answers is None) == (item.min_label is not None) == (item.max_label is not None)


def test_every_target_that_a_document_names_is_in_the_makefile_and_explained() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    explained = {
        target
        for targets in re.findall(r"^([a-z][a-z -]*):.*## .", makefile, re.MULTILINE)
        for target in targets.split()
    }
    phony = re.search(r"^\.PHONY: (.*?[^\\])$", makefile, re.MULTILINE | re.DOTALL)
    assert phony is not None
    assert set(phony[1].replace("\\\n", " ").split()) == explained
    named = {found for path in BY_HAND for found in re.findall(r"`make ([a-z-]+)", path.read_text("utf-8"))}
    assert named <= explained


def names_of(module: ast.Module) -> Iterator[str]:
    """Every constant, function and class of a module; a method or field as `Class.name`."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield node.name
            for part in node.body:
                if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{node.name}.{part.name}"
                elif isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                    yield f"{node.name}.{part.target.id}"
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


NO_NAMES_OF_OURS = {
    "life-of-a-request.md": {"ETag", "Host", "Location", "overloaded", "unavailable"},
    "adding-a-resource.md": {"allowed", "detail", "down_revision", "revision", "serves_with"},
    "concurrency.md": {"accepted_at"},
    "state.md": {"document", "openapi_schema"},
}
"""Documents whose words of code are names of the source, but for these headers, codes of errors and columns."""


@pytest.mark.thorough
@pytest.mark.parametrize("document", NO_NAMES_OF_OURS)
def test_a_document_tells_the_names_as_they_are(document: str) -> None:
    known = {found for path in SOURCE.rglob("*.py") for found in names_of(ast.parse(path.read_text("utf-8")))}
    known |= {f"INTEGRATION_API_{setting.upper()}" for setting in Settings.model_fields}
    codes = CODE.findall((DOCS / document).read_text("utf-8"))
    named = [code for code in codes if re.fullmatch(r"(?!test_)[A-Za-z_]\w*(?:\.(?!py$|json$)[a-z_]+)?", code)]
    assert len(named) > 3
    assert [code for code in named if code not in known | NO_NAMES_OF_OURS[document]] == []


def test_every_race_has_its_test_and_every_cache_its_line() -> None:
    races = [line for line in (DOCS / "concurrency.md").read_text("utf-8").splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(races) > 20
    assert [race for race in races if "`test_" not in race.split("|")[4]] == []
    lines = (DOCS / "state.md").read_text("utf-8").splitlines()
    for module, functions in REMEMBERED.items():
        line = next((line for line in lines if f"`{module}`" in line and f"`{min(functions)}`" in line), "")
        assert all(f"`{function}`" in line for function in functions), f"{module} is not in state.md"


def names_of_tests() -> set[str]:
    return {
        found
        for path in (ROOT / "tests").rglob("test_*.py")
        for found in re.findall(r"def (test_\w+)\(", path.read_text("utf-8"))
    }


@pytest.mark.parametrize("path", BY_HAND, ids=name)
def test_every_test_and_module_that_a_document_names_exists(path: Path) -> None:
    known, gone = names_of_tests(), []
    for code in CODE.findall(path.read_text("utf-8")):
        if re.fullmatch(r"test_\w+", code):
            gone += [code] if code not in known else []
        elif code.endswith(".py") and "/" in code and not set(code) & set("*<> "):
            candidates = (ROOT / code, SOURCE / code, ROOT / "tests" / code, SOURCE / "resources" / code)
            gone += [code] if not any(candidate.exists() for candidate in candidates) else []
    assert gone == []


def test_every_kind_of_the_feed_is_in_its_document() -> None:
    kinds = re.findall(r"^\| (`.+?`) \|", (DOCS / "change-feed.md").read_text("utf-8"), re.MULTILINE)
    told = [kind for row in kinds for kind in re.findall(r"`(\w+)`", row)]
    assert sorted(kind for kind in told if kind in set(ChangeKind)) == sorted(ChangeKind)


def test_every_statement_is_in_its_document() -> None:
    listed = re.findall(r"^### `(\w+)`", (DOCS / "statements.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == NAMES


ADRS = sorted((DOCS / "adr").glob("*.md"))
SECTIONS = ["Context", "Decision", "Consequences", "Alternatives"]


@pytest.mark.parametrize("path", ADRS, ids=name)
def test_an_adr_has_its_sections_in_order_and_fits_a_page(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.match(rf"# {int(path.stem[:4])}\. .+\n\nStatus: (accepted|replaced by ADR \d+)\n", text)
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == SECTIONS
    assert len(text.splitlines()) <= MAX_ADR_LINES


def test_adrs_are_numbered_without_a_gap() -> None:
    assert [int(path.stem[:4]) for path in ADRS] == list(range(1, 1 + len(ADRS)))
