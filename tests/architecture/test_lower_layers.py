"""What is without a domain names no route of an operation, and no parameter that a layer above has named."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from integration_api.app import action_routes, create_app
from integration_api.settings import Settings
from integration_api.storage.statements import STATEMENTS, Change, Statement
from integration_api.storage.tables import VersionedRow
from tests.architecture.test_arrows import SOURCE, WITHOUT_A_DOMAIN

create_app(Settings())
MODULES = sorted(path for package in WITHOUT_A_DOMAIN for path in (SOURCE / package).rglob("*.py"))
ADDRESS = re.compile(r"(?<![\w/.<])/(?:v1/)?([a-z][a-z-]*)")
ROUTES = {ADDRESS.match(route.path)[1] for route in action_routes()}  # type: ignore[index]  # every path begins so
OWN = {
    "expected_version",
    "cursor_rank",
    "cursor_at",
    "cursor_id",
    "page_rows",
    "request_id",
    *VersionedRow.model_fields,
}
"""Parameters that the lower layers ask for themselves: for what ciphertext is bound to, for paging, for the log."""


TO_GO = {"/auth"}
"""What the OpenAPI document's description of the token names; it goes with the next change of that sentence."""


def of_lower_layers() -> set[str]:
    """The names of the Statements that are constants there."""
    packages = tuple(f"integration_api.{package}." for package in WITHOUT_A_DOMAIN)
    homes = [module for name, module in sys.modules.items() if name.startswith(packages)]
    return {found.name for home in homes for found in vars(home).values() if isinstance(found, Statement)}


def names_of_above() -> set[str]:
    """Parameters of Statements above, of more than one word: one word alone may mean anything."""
    lower, above = of_lower_layers(), set[str]()
    below = set(OWN)
    for statement in STATEMENTS.values():
        if not statement.name.startswith("test_"):
            names = statement.compiled("sqlite").names
            (below if statement.name in lower else above).update(names)
    return {name for name in above - below if "_" in name}


ABOVE = names_of_above()


def texts(text: str) -> Iterator[str]:
    """Every name and every text of a module, its docstrings too."""
    for node in ast.walk(ast.parse(text)):
        yield from (
            t for field in ("id", "name", "attr", "arg", "value") if isinstance(t := getattr(node, field, 0), str)
        )


def of_above(text: str) -> set[str]:
    """Routes and parameters of the layers above that a module names."""
    found = set(texts(text))
    routes = {f"/{route}" for one in found for route in ADDRESS.findall(one) if route in ROUTES}
    return routes | (found & ABOVE)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_what_is_without_a_domain_names_nothing_of_the_layers_above(path: Path) -> None:
    known = TO_GO if path.name.startswith("openapi") else set()
    assert of_above(path.read_text()) - known == set()


def test_the_check_itself_sees_routes_and_parameters() -> None:
    text = (
        'def f():\n    """Add one at /me/factors, or ask `POST /v1/auth/tokens`; see `docs/keys.md`."""\n'
        'OPEN = {"/health/live"}\nkey = values["key_owner_id"], values["clinic_id"], values["expected_version"]\n'
    )
    assert of_above(text) == {"/me", "/auth", "/health", "key_owner_id"}


def test_a_change_names_the_key_that_it_destroys_by_its_own_parameters() -> None:
    changes = [statement for statement in STATEMENTS.values() if isinstance(statement, Change)]
    declared = {change.name: change.destroys_key for change in changes if change.destroys_key is not None}
    assert list(declared) == ["destroy_key"]
    assert set(declared["destroy_key"]) <= STATEMENTS["destroy_key"].compiled("sqlite").names
