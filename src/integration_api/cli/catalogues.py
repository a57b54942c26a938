"""The catalogues in `docs/` and the OpenAPI documents, made from the code. A test compares them with what is there."""

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import TypeAdapter

from integration_api.access.actor import Role
from integration_api.access.queue_statements import Queue
from integration_api.app import action_routes, create_app, fhir_routes
from integration_api.cli.json_text import written
from integration_api.fhir.bundles import PATH as FHIR
from integration_api.fhir.smart_tokens import TOKEN_PATH
from integration_api.ledger.events import Event
from integration_api.resources.register import subjects
from integration_api.settings import Settings
from integration_api.storage.statements import STATEMENTS, Read, Scope, Statement
from integration_api.web.errors import catalogue, every_class
from integration_api.web.openapi_documents import split

_BEFORE_CLAUSE = re.compile(r"\s+(?=(?:FROM|WHERE|SET|ORDER BY|LIMIT|UNION ALL|JOIN|LEFT OUTER JOIN|RETURNING)\b)")


def documents() -> Mapping[Path, str]:
    """Return every generated document by its path in the project."""
    return {
        **{Path(name): written(part) for name, part in split(create_app(Settings()).openapi(), subjects()).items()},
        Path("docs/actions.md"): _actions(),
        Path("docs/events.md"): _events(),
        Path("docs/errors.md"): _errors(),
        Path("docs/settings.md"): _settings(),
        Path("docs/statements.md"): _statements(),
    }


def write(folder: Path) -> None:
    """Write every generated document below `folder`."""
    for path, text in documents().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _actions() -> str:
    rows = []
    by_fhir = fhir_routes()
    for route in [*action_routes(), *by_fhir]:
        operation, method = route.operation, next(iter(route.methods or {"?"}))
        is_at_root = "health" in (route.tags or []) or route.path == TOKEN_PATH
        prefix = "" if is_at_root else FHIR if route in by_fhir else "/v1"
        roles = list(Role)
        relations = ["public"] * len(roles) if operation.is_public else [operation.who.get(r, "") for r in roles]
        recorded = f"`{operation.event}`" if operation.event else "nothing"
        rows.append([f"`{operation.action}`", f"`{method} {prefix}{route.path}`", *relations, recorded])
    return (
        "# Actions: who may do what\n\n"
        "Generated from the declarations of operations. A cell names what somebody of that role must be to the thing:\n"
        "`own` (it is their own chart), `team` (on the care team now), `author` (on the team, and wrote it), `clinic`\n"
        "(same clinic), `self` (their own account). If the cell is empty, the response is 403. If the relation does\n"
        "not hold, it is 404.\n\n" + _table(["Action", "Route", *[f"{role}" for role in Role], "records"], rows)
    )


def _events() -> str:
    rows = [[f"`{event}`"] for event in sorted(Event.known)]
    return (
        "# Events: what the ledger can hold\n\nGenerated from the declarations of operations. Each row of the "
        "ledger has one of these, and ids; never free text.\n\n" + _table(["Event"], rows)
    )


def _errors() -> str:
    rows = [[str(cls.status), f"`{cls.code}`", cls.title, cls.default_detail(), cls.remedy] for cls in catalogue()]
    members = [
        [f"`{cls.code}`", f"`{name}`", member.description, _values(member.kind)]
        for cls in sorted(every_class(), key=lambda cls: (cls.code, cls.__name__))
        for name, member in cls.members.items()
    ]
    return (
        "# Errors\n\nGenerated from the error classes. Every refusal is `application/problem+json` (RFC 9457) with one "
        "of these codes.\nA program reads `code`; `title` and `detail` are for people, and may change. `errors` names "
        "the refused\nfields. Name the `request_id` when you report a fault. New codes may come: treat an unknown one "
        "as its status.\n\n"
        + _table(["Status", "Code", "Title", "Detail", "What to do"], rows)
        + "\n## Members\n\nSome problems tell more, for a program to act on.\n\n"
        + _table(["Code", "Member", "Meaning", "Values"], members)
    )


def _values(kind: Any) -> str:  # noqa: ANN401  the form of a type
    """Return the values that a member may have, if they are listed; else its format."""
    schema = TypeAdapter[object](kind).json_schema()
    is_list = schema.get("type") == "array"
    item = schema["items"] if is_list else schema
    item = schema["$defs"][item["$ref"].rpartition("/")[2]] if "$ref" in item else item
    listed = ", ".join(f"`{value}`" for value in item.get("enum", ())) or str(item.get("format", item["type"]))
    return f"any of {listed}" if "enum" in item else f"a list of {listed}" if is_list else listed


def _settings() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        rows.append([f"`INTEGRATION_API_{name.upper()}`", default, field.description or ""])
    return "# Settings\n\nGenerated from `settings.py`. All of them come from the environment.\n\n" + _table(
        ["Variable", "Default", "Meaning"], rows
    )


def _statements() -> str:
    """Return every Statement by the module that declares it."""
    scopes = "".join(f"- **{scope.name}**: {scope.value}\n" for scope in Scope)
    parts = [
        "# Statements: every query of the product\n\nGenerated from the Statements, in their form for PostgreSQL. A "
        f"Statement has one of these scopes:\n\n{scopes}"
    ]
    for name, module in sorted(sys.modules.items()):
        if name.startswith("integration_api.") and module.__file__:
            declared = list(_declared_in(module, Path(module.__file__)))
            heading = name.removeprefix("integration_api.").replace(".", "/")
            parts += [f"\n## `{heading}.py`\n"] * bool(declared)
            parts += [_statement(statement, text) for statement, text in declared]
    return "".join(parts)


def _declared_in(module: ModuleType, path: Path) -> Iterator[tuple[Statement, str]]:
    """Yield the Statements that a module assigns to a name, in a collection or a queue, each with the text below it.

    The text below a collection or queue stands at its first Statement, after its name.
    """
    body = ast.parse(path.read_text("utf-8")).body
    for node, after in pairwise([*body, ast.Pass()]):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        name = targets[0].id if isinstance(targets[0], ast.Name) else ""
        value = getattr(module, name, None)
        text = str(after.value.value) if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
        held = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else [value]
        if isinstance(value, Queue):
            held = [getattr(value, field.name) for field in fields(value)]
        listed = [found for found in held if isinstance(found, Statement)] if value is not STATEMENTS else []
        for found in listed:
            first = text if found is listed[0] else ""
            yield found, text if found is value else f"One of `{name}`. {first}"


def _statement(statement: Statement, text: str) -> str:
    kind = f"Reads `{statement.into.__name__}`" if isinstance(statement, Read) else "Changes rows"
    reason = f"{statement.scope.name}, because: {statement.reason}" if statement.reason else statement.scope.name
    sql = _BEFORE_CLAUSE.sub("\n", statement.compiled("postgresql").sql)
    purpose = f"{' '.join(text.split())}\n\n" if text else ""
    given = f"\n{_parameters(statement)}\n" if statement.compiled("postgresql").parameters else ""
    return f"\n### `{statement.name}`\n\n{purpose}{kind}. Scope {reason}.\n\n```sql\n{sql}\n```\n{given}"


def _parameters(statement: Statement) -> str:
    """Return the names of a Statement's parameters by their number, and the values of those that are constant."""
    compiled = statement.compiled("postgresql")
    constants = {name: repr(str(v) if isinstance(v, str) else v) for name, v in compiled.constants.items()}
    names = [constants.get(name, name) for name in compiled.parameters]
    return f"Parameters: {', '.join(f'${at} {name}' for at, name in enumerate(names, 1))}."
