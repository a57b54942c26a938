"""Arrows point down: core < ledger < access < resources < app, and among resources only to those listed earlier."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "integration_api"
LAYERS = ("core", "ledger", "access", "resources")
ON_TOP = {"app", "cli", "cli_ledger", "catalogues", "demo", "settings", "__main__", "__init__"}
RESOURCES = (
    "clinics",
    "notices",
    "volume",
    "accounts",
    "service_accounts",
    "worklist",
    "patients",
    "emergencies",
    "courses",
    "sessions",
    "notes",
    "reflections",
    "strategy_library",
    "plans",
    "practices",
    "retention",
    "timeline",
    "ledger_view",
)
REGISTERS = {"tables", "health"}
CLINIC_WORDS = {
    "patient",
    "therapist",
    "note",
    "reflection",
    "session",
    "dose",
    "ketamine",
    "strategy",
    "practice",
    "chart",
}


def modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module of the project that this one imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("integration_api"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("integration_api"))


def place(dotted: str) -> tuple[str, str]:
    """Layer and resource of a dotted module name."""
    parts = [*dotted.split(".")[1:], "", ""]
    return parts[0], parts[1]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_is_below_it(path: Path) -> None:
    layer, resource = place(".".join(("integration_api", *path.relative_to(SOURCE).with_suffix("").parts)))
    if layer in ON_TOP:
        return
    for imported in imports(path):
        other_layer, other_resource = place(imported)
        if (layer, other_layer) == ("core", "__version__") or other_layer == "__version__":
            continue
        assert other_layer in LAYERS, f"{layer} imports {imported}"
        assert LAYERS.index(other_layer) <= LAYERS.index(layer), f"{layer} imports {imported}"
        if layer == other_layer == "resources" and resource not in REGISTERS and resource != other_resource:
            assert RESOURCES.index(other_resource) < RESOURCES.index(resource), f"{resource} imports {imported}"


def test_every_resource_has_its_place_in_the_order() -> None:
    folders = {path.name for path in (SOURCE / "resources").iterdir() if (path / "__init__.py").exists()}
    assert folders == set(RESOURCES)


def test_the_order_that_is_told_is_the_order_that_is_kept() -> None:
    told = (SOURCE.parents[1] / "ARCHITECTURE.md").read_text()
    assert " < ".join(RESOURCES) in " ".join(told.split())


def test_no_import_cycle_between_modules() -> None:
    graph: dict[str, set[str]] = {}
    known = {".".join(("integration_api", *p.relative_to(SOURCE).with_suffix("").parts)): p for p in modules()}
    for name, path in known.items():
        found = {i if i in known else i.rpartition(".")[0] for i in imports(path)}
        graph[name] = {i for i in found if i in known and i != name}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", sorted((SOURCE / "core").rglob("*.py")), ids=lambda path: path.name)
def test_core_names_nothing_of_the_clinic(path: Path) -> None:
    """Not in a name, an attribute, a text or a docstring."""
    words: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        for field in ("id", "name", "attr", "arg", "value"):
            text = getattr(node, field, None)
            if isinstance(text, str):
                words |= set(
                    re.findall(r"[a-z]+", text.lower().replace("orm session", "").replace("session state", ""))
                )
    assert not words & (CLINIC_WORDS | {f"{word}s" for word in CLINIC_WORDS})


def test_no_file_outgrows_its_room() -> None:
    root = SOURCE.parents[1]
    lengths = {
        path: len(path.read_text().splitlines()) for path in [*root.glob("src/**/*.py"), *root.glob("tests/**/*.py")]
    }
    too_long = {
        str(p.relative_to(root)): n
        for p, n in lengths.items()
        if n > (300 if "src" in p.relative_to(root).parts else 400)
    }
    assert too_long == {}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_sql_is_built_only_where_statements_live(path: Path) -> None:
    """In a slice only its Statements and tables can even name a query builder; health reads what no slice owns."""
    name = path.relative_to(SOURCE).parts
    if (
        name[0] != "resources"
        or name[-1].endswith(("statements.py", "tables.py"))
        or name == ("resources", "health.py")
    ):
        return
    text = path.read_text()
    assert "sqlalchemy" not in text
    assert "table_of" not in text
