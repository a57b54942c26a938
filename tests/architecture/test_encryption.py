"""Ciphertext is bound to its row's version: each change that raises a version encrypts all of the row's text anew."""

import pytest
import sqlalchemy as sa
from sqlalchemy.sql import operators, visitors

from integration_api.access.visible import in_clinic
from integration_api.resources.care.courses.tables import CourseTable
from integration_api.resources.journal.psychotherapy_notes.tables import PsychotherapyGrantTable
from integration_api.storage.compiling import compile_for
from integration_api.storage.statements import STATEMENTS, param
from integration_api.storage.tables import bound_columns, encrypted_columns, table_of
from tests.architecture.test_statements import NAMES

UPDATES = [name for name in NAMES if isinstance(STATEMENTS[name].query, sa.Update)]


def written(update: sa.Update) -> dict[str, object]:
    """What an UPDATE writes, by column."""
    found = {}
    for element in (update._values or {}).items():
        found[str(getattr(element[0], "name", element[0]))] = element[1]
    return found


def faults(update: sa.Update) -> list[str]:
    """What would leave text behind that no longer opens, or that a rolled-back row would still open."""
    table = update.table
    assert isinstance(table, sa.Table)
    encrypted, values = encrypted_columns(table), written(update)
    changed = [name for name in encrypted if name in values]
    if any(name in values for name in bound_columns(table)) and len(changed) < len(encrypted):
        return ["what text is bound to is changed, and the text is not encrypted anew"]
    if "version" not in table.c or not encrypted:
        return []
    if "version" not in values:
        return [f"{name} is written, and the version stays" for name in changed if not _is_blank(values[name])]
    found = [f"{name} is not encrypted anew" for name in encrypted if name not in values]
    return found if _guards_on_version(update) else [*found, "the version before is not known"]


def _is_blank(value: object) -> bool:
    """Whether a text is taken away: null, or nothing."""
    return isinstance(value, sa.Null) or (isinstance(value, sa.BindParameter) and not value.required)


def _guards_on_version(update: sa.Update) -> bool:
    """Whether it is only applied at `expected_version`, and makes one more of it."""
    column = update.table.c.version
    raised = written(update)["version"]
    is_one_more = isinstance(raised, sa.BinaryExpression) and raised.compare(column + 1)
    return is_one_more and any(
        isinstance(element, sa.BinaryExpression)
        and element.operator is operators.eq
        and element.left is column
        and isinstance(element.right, sa.BindParameter)
        and element.right.key == "expected_version"
        for element in visitors.iterate(update)
    )


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_that_raises_a_version_seals_the_row_anew(name: str) -> None:
    query = STATEMENTS[name].query
    assert isinstance(query, sa.Update)
    assert faults(query) == []


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_what_is_sealed_or_opened_names_the_version(dialect: str) -> None:
    tables = {table.name: table for table in CourseTable.metadata.sorted_tables}
    for name in NAMES:
        compiled = STATEMENTS[name].compiled(dialect)  # type: ignore[arg-type]  # one of the two
        for encrypted in [
            *compiled.encrypted_parameters.values(),
            *(encrypted for _, encrypted in compiled.encrypted_columns),
        ]:
            assert (encrypted.version_at is None) == ("version" not in tables[encrypted.table].c), name
            assert len(encrypted.bound_at) == len(bound_columns(tables[encrypted.table])), name


def test_the_check_itself_sees_what_is_left_behind() -> None:
    courses = table_of(CourseTable)
    update = sa.update(courses).where(in_clinic(courses))
    raised = {"version": courses.c.version + 1}
    guarded = update.where(courses.c.version == param("expected_version", courses.c.version))
    whole = {name: param(name, courses.c[name]) for name in encrypted_columns(courses)}
    assert len(faults(update.values(raised))) == 3
    assert faults(guarded.values(raised)) == ["indication is not encrypted anew", "intention is not encrypted anew"]
    assert faults(update.values(raised | whole)) == ["the version before is not known"]
    assert faults(guarded.values({"version": courses.c.version + 2} | whole)) == ["the version before is not known"]
    assert faults(update.values(whole)) != []
    assert faults(guarded.values(raised | whole)) == []


def test_the_check_sees_a_bound_column_that_is_changed_alone() -> None:
    grants = table_of(PsychotherapyGrantTable)
    assert {"account_id", "revoked_at"} <= set(bound_columns(grants))
    alone = {"revoked_at": param("revoked_at", grants.c.revoked_at)}
    update = sa.update(grants).where(in_clinic(grants))
    assert len(faults(update.values(alone))) == 1
    assert faults(update.values(alone | {"terms": param("terms", grants.c.terms)})) == []


def test_text_is_not_compiled_without_what_it_is_bound_to() -> None:
    courses = table_of(CourseTable)
    text = param("intention", courses.c.intention)
    with pytest.raises(ValueError, match="without expected_version"):
        compile_for("unbound", sa.update(courses).values(intention=text), "sqlite")
    grants = table_of(PsychotherapyGrantTable)
    columns = [column for column in grants.c if column.name != "revoked_at"]
    with pytest.raises(ValueError, match="without revoked_at"):
        compile_for("unbound", sa.select(*columns, sa.literal(b"").label("wrapped_key")), "sqlite")
    columns = [column for column in courses.c if column.name != "version"]
    with pytest.raises(ValueError, match="without version"):
        compile_for("unread", sa.select(*columns, sa.literal(b"").label("wrapped_key")), "sqlite")
