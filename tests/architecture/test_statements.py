"""Every query of the product is a value: here each is held to clinic, actor and visibility."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.sql import operators, visitors

from integration_api.access import visible as visible_module
from integration_api.app import create_app
from integration_api.cli import main as commands
from integration_api.settings import Settings
from integration_api.storage.statements import STATEMENTS, Scope, Statement
from integration_api.storage.tables import key_owner

create_app(Settings())
assert commands  # its Statements too
NAMES = sorted(name for name in STATEMENTS if not name.startswith("test_"))
ACTOR = {"actor_clinic_id", "actor_id", "actor_sign_in_id", "actor_epoch"}
CHART = ACTOR | {"scope_clinic", "scope_team", "scope_patient_id", "now"}
SHARED = {"vault_keys", "clinics"}
"""No patient's rows: keys open nothing by themselves, and a clinic's row is its staff's and patients' alike."""


def binds(statement: Statement) -> set[str]:
    return set(statement.compiled("sqlite").names)


def froms(statement: Statement) -> Iterator[sa.Table | sa.Alias]:
    """Every table, and every alias of one, that the query reads or writes, at any depth."""
    target = getattr(statement.query, "table", None)
    found: list[sa.FromClause] = [] if target is None else [target]
    elements = visitors.iterate(statement.query)  # type: ignore[arg-type]  # every Core construct is visitable
    for select in {id(element): element for element in elements if isinstance(element, sa.Select)}.values():
        found += _final_froms(select)
    while found:
        item = found.pop()
        if isinstance(item, sa.Join):
            found += [item.left, item.right]
        elif isinstance(item, sa.Table | sa.Alias) and "clinic_id" in item.c:
            yield item


@cache
def _final_froms(select: sa.Select[Any]) -> list[sa.FromClause]:
    """Return the tables of a Select. Statements share Selects, and this is nine tenths of the work on one."""
    return list(select.get_final_froms())


class Equal:
    """Which columns and parameters the query holds equal."""

    def __init__(self, statement: Statement) -> None:
        self.parent: dict[str, str] = {}
        for element in visitors.iterate(statement.query):  # type: ignore[arg-type]  # as above
            if isinstance(element, sa.BinaryExpression) and element.operator is operators.eq:
                self.join(self.name(element.left), self.name(element.right))
        if isinstance(statement.query, sa.Insert):
            table = statement.query.table
            assert isinstance(table, sa.Table)
            for column in table.c:
                self.join(f"{table.name}.{column.name}", f":{column.name}")

    @staticmethod
    def name(element: object) -> str:
        if isinstance(element, sa.Column):
            return f"{element.table.name}.{element.name}"
        if isinstance(element, sa.BindParameter):
            return f":{element.key}"
        return f"?{id(element)}"

    def find(self, name: str) -> str:
        while (up := self.parent.get(name, name)) != name:
            name = up
        return name

    def join(self, a: str, b: str) -> None:
        self.parent[self.find(a)] = self.find(b)

    def are(self, a: str, b: str) -> bool:
        return self.find(a) == self.find(b)


@pytest.mark.thorough
def test_a_statement_is_held_to_its_scope() -> None:
    for name in NAMES:
        statement = STATEMENTS[name]
        if statement.scope is Scope.SYSTEM:
            assert statement.reason, name
            continue
        assert binds(statement) >= (CHART if statement.scope is Scope.OWNER else ACTOR), name
        equal = Equal(statement)
        for table in froms(statement):
            assert equal.are(f"{table.name}.clinic_id", ":actor_clinic_id"), (
                f"{name}: {table.name} is not held to the clinic"
            )
            base = table if isinstance(table, sa.Table) else table.element
            assert isinstance(base, sa.Table)
            is_chart = "patient_id" in base.c or base.name == "patients"
            if not is_chart or base.name in {*SHARED, "ledger", "accounts"}:
                continue
            if statement.scope is Scope.CLINIC:
                assert statement.reason, f"{name}: {table.name} belongs to charts: say why no visibility is needed"
            elif table.name != "actor_team":
                owner = "id" if base.name == "patients" else "patient_id"
                assert equal.are(f"{table.name}.{owner}", ":scope_patient_id"), (
                    f"{name}: {table.name} is not held to it"
                )


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_statement_compiles_and_takes_no_volatile_function(dialect: str) -> None:
    for name in NAMES:
        sql = STATEMENTS[name].compiled(dialect).sql.lower()  # type: ignore[arg-type]  # one of the two
        for word in ("now()", "current_timestamp", "random(", "gen_random", "nextval", " offset ", "merge "):
            assert word not in sql.replace("limit ? offset ?", ""), name
        assert "key_owner" not in sql, name


def test_visibility_is_written_once() -> None:
    """When a care-team grant holds is said in `access/visible.py`; every other condition on it calls that."""
    home = Path(visible_module.__file__)
    said = [
        path for path in home.parents[1].rglob("*.py") if re.search(r"\.ends_at\s*>|\.started_at\s*<", path.read_text())
    ]
    assert said == [home]
    assert key_owner(sa.Table("plain", sa.MetaData())) == "clinic_id"


def test_the_check_itself_sees_a_missing_clinic_and_a_missing_visibility() -> None:
    """A statement without its guards is found: this test would pass with the check above taken out otherwise."""
    from integration_api.resources.care.courses.tables import CourseTable  # noqa: PLC0415

    courses = CourseTable.__table__  # type: ignore[attr-defined]  # SQLAlchemy's attribute
    bare = sa.select(courses.c.id).where(courses.c.id == sa.bindparam("id", type_=sa.Uuid()))
    naked = Statement.__new__(Statement)
    naked.query = bare
    equal = Equal(naked)
    assert [table.name for table in froms(naked)] == ["courses"]
    assert not equal.are("courses.clinic_id", ":actor_clinic_id")
    assert not equal.are("courses.patient_id", ":scope_patient_id")
