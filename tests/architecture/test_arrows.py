"""Arrows point down: a package imports only what BELOW gives it, and a resource only those that are listed earlier."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from integration_api.resources.register import AREAS, RESOURCES

SOURCE = Path(__file__).parents[2] / "src" / "integration_api"
BELOW: dict[str, set[str]] = {
    "core": set(),
    "storage": {"core"},
    "web": {"core", "storage"},
    "server": {"core", "web"},
    "ledger": {"core", "storage", "web"},
    "access": {"core", "storage", "web", "server", "ledger"},
    "resources": {"core", "storage", "web", "ledger", "access"},
    "fhir": {"core", "storage", "web", "ledger", "access", "resources"},
}
ALL_THAT_ACCESS_KNOWS_OF_SERVER = "integration_api.server.client_address"
WITHOUT_A_DOMAIN = ("core", "storage", "web", "server")
ON_TOP = ("settings", "background_jobs", "telemetry", "app", "operating", "demo", "cli", "__main__")
"""In their order: each may import all of BELOW, and those before it."""
ORDER = [(resource.area, resource.name) for resource in RESOURCES]
REGISTERS = {"register", "health"}
OF_EVERY_SLICE = {"__init__", "operations", "router", "rules", "schemas", "service", "statements", "tables"}
NAMED_BY_THE_TRADE = {"batching", "compiling", "paging", "routing"}
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


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module of the project that this one imports, also inside functions."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("integration_api"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("integration_api"))
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path} imports relatively"


def place(dotted: str) -> tuple[str, tuple[str, str]]:
    """Package of a dotted module name; area and resource."""
    parts = [*dotted.split(".")[1:], "", "", ""]
    return parts[0], (parts[1], parts[2])


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_what_is_below_it(path: Path) -> None:
    package, resource = place(".".join(("integration_api", *path.relative_to(SOURCE).with_suffix("").parts)))
    for imported in imports(path):
        other, other_resource = place(imported)
        if other in {package, "__version__"}:
            pass
        elif package in ON_TOP:
            assert other in {*BELOW, *ON_TOP[: ON_TOP.index(package)]}, f"{package} imports {imported}"
        else:
            assert other in BELOW[package], f"{package} imports {imported}"
        if (package, other) == ("access", "server"):
            assert imported.startswith(ALL_THAT_ACCESS_KNOWS_OF_SERVER), f"{path} imports {imported}"
        if package == other == "resources" and resource[0] not in REGISTERS and resource != other_resource:
            assert ORDER.index(other_resource) < ORDER.index(resource), f"{resource} imports {imported}"


def test_every_package_has_its_place() -> None:
    found = {path.name.removesuffix(".py") for path in SOURCE.iterdir() if path.name != "__pycache__"}
    assert found == {*BELOW, *ON_TOP, "__init__"}


def test_every_resource_has_its_place_in_the_order() -> None:
    folders = {path.parent for path in (SOURCE / "resources").rglob("__init__.py")} - {SOURCE / "resources"}
    areas = {SOURCE / "resources" / area for area in AREAS}
    assert folders == areas | {SOURCE / "resources" / area / resource for area, resource in ORDER}
    assert {path.stem for path in (SOURCE / "resources").glob("*.py")} == {*REGISTERS, "__init__"}
    assert [path for area in areas for path in area.glob("*.py") if path.name != "__init__.py"] == []


def test_the_order_that_is_told_is_the_order_that_is_kept() -> None:
    told = " ".join((SOURCE.parents[1] / "ARCHITECTURE.md").read_text().split())
    assert " < ".join(AREAS) in told
    for area, resources in AREAS.items():
        assert f"{area}/ {' < '.join(resources)}" in told


def test_no_two_modules_of_one_name() -> None:
    """But for the files that every slice has."""
    names = [path.stem for path in modules() if path.stem not in OF_EVERY_SLICE]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_modules_are_nouns() -> None:
    assert {path.stem for path in modules() if path.stem.endswith("ing")} <= NAMED_BY_THE_TRADE


@pytest.mark.thorough
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


@pytest.mark.parametrize(
    "path",
    sorted(path for package in WITHOUT_A_DOMAIN for path in (SOURCE / package).rglob("*.py")),
    ids=lambda path: str(path.relative_to(SOURCE)),
)
def test_what_is_without_a_domain_names_nothing_of_the_clinic(path: Path) -> None:
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


def test_sql_is_built_only_where_statements_live() -> None:
    """In a slice only its Statements and tables can even name a query builder; health reads what no slice owns."""
    for path in modules():
        name = path.relative_to(SOURCE).parts
        if (
            name[0] == "resources"
            and not name[-1].endswith(("statements.py", "tables.py"))
            and name[1:] != ("health.py",)
        ):
            text = path.read_text()
            assert "sqlalchemy" not in text, path
            assert "table_of" not in text, path
