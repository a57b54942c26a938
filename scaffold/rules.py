"""The rules that every resource keeps: one function each, explained in a section of docs/adding-a-resource.md.

A rule yields one line for each gap. Source of the pattern: Home Assistant's hassfest and quality scale.
"""

import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from tests.words import findings_in

from integration_api.access.operations import Operation
from integration_api.access.route import ActionRoute
from integration_api.app import action_routes
from integration_api.resources.register import Resource
from integration_api.web.schemas import Schema

ROOT = Path(__file__).parents[1]
PAGE = "docs/adding-a-resource.md"
MAX_LINES = 300
Json = dict[str, Any]
Check = Callable[[Resource], Iterator[str]]


class Rule(NamedTuple):
    """One thing that a resource has."""

    name: str
    check: Check

    @property
    def page(self) -> str:
        """The section that explains it."""
        return f"{PAGE}#{self.name}"


RULES: list[Rule] = []


def rule(check: Check) -> Check:
    """Add a rule; its name is the function's."""
    RULES.append(Rule(check.__name__, check))
    return check


def lacks(resource: Resource) -> list[tuple[Rule, str]]:
    """Return what a resource lacks, rule by rule."""
    return [(rule, missing) for rule in RULES for missing in rule.check(resource)]


def folder_of(resource: Resource) -> Path:
    """Return the folder of a resource."""
    return ROOT / "src/integration_api/resources" / resource.area / resource.name


def routes_of(resource: Resource) -> list[ActionRoute]:
    """Return the routes of a resource."""
    return [route for route in resource.router.routes if isinstance(route, ActionRoute)]


def _documents() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(ROOT.glob("openapi*.json"))]


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@rule
def files(resource: Resource) -> Iterator[str]:
    """It has the files of a slice, each below 300 lines."""
    needed = ["operations.py", "router.py", "schemas.py", "service.py"]
    if (folder_of(resource) / "tables.py").exists():
        needed.append("statements.py")
    for name in needed:
        if not (folder_of(resource) / name).exists():
            yield f"there is no {name}"
    for path in folder_of(resource).glob("*.py"):
        if (lines := len(path.read_text("utf-8").splitlines())) > MAX_LINES:
            yield f"{path.name} has {lines} lines; split it by noun"


@rule
def operations(resource: Resource) -> Iterator[str]:
    """Each declaration has a route of its name, unless it belongs to the command line."""
    declared = vars(import_module(f"{resource.package}.operations"))
    records = {name.lower(): value for name, value in declared.items() if isinstance(value, Operation)}
    served = {route.name: route.operation for route in action_routes()}
    for name, record in records.items():
        if not record.is_command and served.get(name) is not record:
            yield f"{name.upper()} has no route named {name}"


@rule
def migration(resource: Resource) -> Iterator[str]:
    """A migration creates each of its tables."""
    if not (folder_of(resource) / "tables.py").exists():
        return
    created = "".join(path.read_text("utf-8") for path in (ROOT / "alembic/versions").glob("*.py"))
    for value in vars(import_module(f"{resource.package}.tables")).values():
        table = getattr(value, "__table__", None)
        if table is not None and value.__module__.startswith(resource.package) and f'"{table.name}"' not in created:
            yield f"no migration creates the table {table.name}"


@rule
def examples(resource: Resource) -> Iterator[str]:
    """Each schema has an example, and each of its fields a description."""
    document: Json = {}
    for text in _documents():
        document |= json.loads(text)["components"]["schemas"]
    for name, value in vars(import_module(f"{resource.package}.schemas")).items():
        if not (
            isinstance(value, type) and issubclass(value, Schema) and value.__module__.startswith(resource.package)
        ):
            continue
        known: Json = document.get(name, {"examples": [], "properties": {}})
        own = [known, *known.get("allOf", ())]  # what it extends has its own entry
        for field, part in [pair for schema in own for pair in schema.get("properties", {}).items()]:
            referred = document.get(part.get("$ref", "").rsplit("/", 1)[-1], {})
            if not part.get("description", referred.get("description")):
                yield f"{name}.{field} is not described"


@rule
def documents(resource: Resource) -> Iterator[str]:
    """The generated documents know each operation (`make docs`), and the changelog says what it is for."""
    known, catalogue = "".join(_documents()), _read("docs/actions.md")
    for route in routes_of(resource):
        if f'"operationId":"{route.name}"' not in known or f"`{route.operation.action}`" not in catalogue:
            yield f"{route.name} is in no openapi*.json or not in docs/actions.md; run `make docs`"
    if re.search(rf"^- `/{resource.name.replace('_', '-')}`: say here ", _read("CHANGELOG.md"), re.MULTILINE):
        yield "CHANGELOG.md has the line that was generated; say what users of the API can do now"


@rule
def scene(resource: Resource) -> Iterator[str]:
    """The tests' scene has a request for each operation."""
    asked = {name.partition(" (")[0] for name in import_module("tests.scene").OPERATIONS}
    for route in routes_of(resource):
        if route.name not in asked:
            yield f"no request for {route.name}; add one to tests/scene/{resource.name}.py"


@rule
def costs(resource: Resource) -> Iterator[str]:
    """The cost of each operation is written down: `make costs`."""
    written = {name.partition(" (")[0] for name in json.loads(_read("tests/costs/costs.json"))}
    for route in routes_of(resource):
        if route.name not in written:
            yield f"{route.name} has no cost; run `make costs` and review the diff"


@rule
def matrix(resource: Resource) -> Iterator[str]:
    """The access matrix names each operation, and each field was shown to somebody: `make matrix`."""
    told, fields = _read("docs/access-matrix.md"), _read("docs/access-fields.md").splitlines()
    routes = routes_of(resource)
    seen = "".join(line for line in fields if any(line.startswith(f"| {route.name} ") for route in routes))
    for route in routes:
        if f" {route.name} " not in told:
            yield f"{route.name} is not in the access matrix; run `make matrix` and review the diff"
        shown = route.response_model
        if "GET" in (route.methods or ()) and isinstance(shown, type) and issubclass(shown, Schema):
            for field in shown.model_fields.keys() - {"next_cursor"} - _filled_by_writes(shown):
                if not re.search(rf"[`.]{field}\b", seen):
                    yield f"nobody was shown a value in {field} of {route.name}; plant one in tests/scene"


def _filled_by_writes(shown: type[Schema]) -> set[str]:
    """Return the fields whose example is null: only the response to a write has a value in them."""
    return {name for name, field in shown.model_fields.items() if field.examples == [None]}


@rule
def tests(resource: Resource) -> Iterator[str]:
    """Its own tests ask for each of its paths."""
    said = "".join(path.read_text("utf-8") for path in (ROOT / "tests/resources").rglob("test_*.py"))
    for route in routes_of(resource):
        if f"/{route.path.split('/')[1]}" not in said:
            yield f"no test in tests/resources asks for {route.path}"


@rule
def words(resource: Resource) -> Iterator[str]:
    """Its words keep to docs/style.md."""
    for finding in findings_in(folder_of(resource)):
        yield f"{finding.path.name}:{finding.line} {finding.kind}: {finding.text[:80]}"
