"""The catalogues in `docs/` and `openapi.json`, made from the code. A test compares them with what is committed."""

from collections.abc import Mapping
from pathlib import Path

from integration_api.access.actor import Role
from integration_api.access.policy import POLICY, PUBLIC, UNRECORDED
from integration_api.app import action_routes, create_app
from integration_api.cli.json_text import written
from integration_api.ledger.events import Event
from integration_api.settings import Settings
from integration_api.web.errors import catalogue


def documents() -> Mapping[Path, str]:
    """Every generated document, by its path in the project."""
    return {
        Path("openapi.json"): written(create_app(Settings()).openapi()),
        Path("docs/actions.md"): _actions(),
        Path("docs/events.md"): _events(),
        Path("docs/errors.md"): _errors(),
        Path("docs/settings.md"): _settings(),
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
    for route in action_routes():
        action, method = route.action, next(iter(route.methods or {"?"}))
        prefix = "" if "health" in (route.tags or []) else "/v1"
        relations = ["public"] * len(Role) if action in PUBLIC else [POLICY[action].get(r, "") for r in Role]
        recorded = "no" if action in UNRECORDED else "yes"
        rows.append([f"`{action}`", f"`{method} {prefix}{route.path}`", *relations, recorded])
    return (
        "# Actions: who may do what\n\n"
        "Generated from `access/policy.py`. A cell names what somebody of that role must be to the thing: `own` (it\n"
        "is their own chart), `team` (on the care team now), `author` (on the team, and wrote it), `clinic` (same\n"
        "clinic), `self` (their own account). An empty cell is refused with 403. What they are not that to answers\n"
        "404.\n\n" + _table(["Action", "Route", *[f"{role}" for role in Role], "in the ledger"], rows)
    )


def _events() -> str:
    rows = [[f"`{event}`"] for event in Event]
    return (
        "# Events: what the ledger can hold\n\nGenerated from `ledger/events.py`. Each row of the ledger has one of "
        "these, and ids; never free text.\n\n" + _table(["Event"], rows)
    )


def _errors() -> str:
    rows = [[str(cls.status), f"`{cls.code}`", cls.title, cls.default_detail()] for cls in catalogue()]
    return (
        "# Errors\n\nGenerated from the error classes. Every refusal is `application/problem+json` (RFC 9457) with one "
        "of these codes.\n\n" + _table(["Status", "Code", "Title", "Detail"], rows)
    )


def _settings() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        rows.append([f"`INTEGRATION_API_{name.upper()}`", default, field.description or ""])
    return "# Settings\n\nGenerated from `settings.py`. All of them come from the environment.\n\n" + _table(
        ["Variable", "Default", "Meaning"], rows
    )
