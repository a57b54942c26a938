"""Rules of a batch: which items it may hold, and whether a path is that of an operation."""

from collections.abc import Sequence

from integration_api.resources.delivery.sync.schemas import SyncItem
from integration_api.web.errors import FieldError


def batch_problems(items: Sequence[SyncItem]) -> list[FieldError]:
    """Return the keys that are given twice, and those in `after` that are of no earlier item."""
    problems: list[FieldError] = []
    earlier: set[str] = set()
    for at, item in enumerate(items):
        if item.key in earlier:
            problems.append({"field": f"body.items.{at}.key", "code": "given_twice", "message": "given twice"})
        if not earlier.issuperset(item.after):
            message = "must hold keys of earlier items"
            problems.append({"field": f"body.items.{at}.after", "code": "not_earlier", "message": message})
        earlier.add(item.key)
    return problems


def path_values(template: str, path: str) -> dict[str, str] | None:
    """Return the parameters of a path by the template of its operation; None if it is not of that operation."""
    wanted, given = template.split("/"), path.split("/")
    if len(wanted) != len(given):
        return None
    values: dict[str, str] = {}
    for part, value in zip(wanted, given, strict=True):
        if part.startswith("{"):
            values[part.strip("{}")] = value
        elif part != value:
            return None
    return values
