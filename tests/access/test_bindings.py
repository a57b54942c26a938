"""Bindings: keyed, and of every fact that they cover."""

from datetime import UTC, datetime, timedelta, timezone
from typing import cast
from uuid import UUID

import pytest

from integration_api.access.bindings import COVERED, STATES, Bindings
from integration_api.resources.register import metadata

KEY = bytes(32)
AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
FACTS: dict[str, object] = {
    "clinic_id": UUID(int=1),
    "id": UUID(int=2),
    "account_id": UUID(int=3),
    "patient_id": None,
    "sign_in_id": UUID(int=4),
    "action": "thing:read",
    "epoch": 1,
    "version": 1,
    "ordinal": 1,
    "state": "active",
    "role": "therapist",
    "roles": ["therapist", "supervisor"],
    "scopes": None,
    "supervised_by": None,
    "successor_id": None,
    "password_hash": "hash",
    "basis": "team",
    "outcome": None,
    "kind": "totp",
    "session_id": UUID(int=5),
    "started_at": AT,
    "expires_at": AT,
    "ends_at": None,
    "ended_at": None,
    "bar_lifted_at": None,
    "proved_at": AT,
    "previous_ends_at": AT,
    "subject_index": b"index",
    "credential_id": None,
    "public_key": b"key",
    "digest": b"token",
    "code_digest": b"code",
    "secret_digest": b"secret",
    "key_texts": ["{}"],
    "previous_digest": b"before",
    "is_reset": False,
    "is_strong": True,
}
OTHERS: dict[type, object] = {
    type(None): "",
    UUID: UUID(int=9),
    int: 2,
    bool: 7,
    str: "other",
    list: ["therapist"],
    bytes: b"other",
    datetime: AT + timedelta(microseconds=1),
}


@pytest.mark.parametrize("table", COVERED)
def test_a_binding_is_of_its_key_its_table_and_every_fact(table: str) -> None:
    bindings = Bindings(KEY)
    binding = bindings.of(table, FACTS)
    assert len(binding) == 32
    assert bindings.holds(table, {**FACTS, "binding": binding})
    assert Bindings(b"k" * 32).of(table, FACTS) != binding, "without the key nobody makes one"
    for name in ("clinic_id", "id", *COVERED[table]):
        other = {**FACTS, name: OTHERS[type(FACTS[name])]}
        assert not bindings.holds(table, {**other, "binding": binding}), name
    for missing in (b"", binding[:-1], bytes(32), None):
        assert not bindings.holds(table, {**FACTS, "binding": missing})


def test_no_two_tables_have_one_binding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if a new table covers the columns of another."""
    monkeypatch.setitem(cast(dict[str, tuple[str, ...]], COVERED), "a_new_table", COVERED["factors"])
    found = {Bindings(KEY).of(table, FACTS)[8:] for table in COVERED}
    assert len(found) == len(COVERED)


def test_what_is_covered_is_a_column_and_what_has_a_binding_is_covered() -> None:
    tables = metadata().tables
    assert {name for name, table in tables.items() if "binding" in table.c} | set(STATES) == set(COVERED)
    for name, columns in COVERED.items():
        assert set(columns) <= set(tables[name].c.keys())


def test_values_of_different_kinds_are_not_taken_for_one_another() -> None:
    values: list[object] = [None, "", b"", [], 0, "0", b"0", ["0"], ["", ""], [""], ["a", "b"], ["ab"], UUID(int=0), AT]
    found = [Bindings(KEY).of("external_identities", {**FACTS, "subject_index": value}) for value in values]
    assert len(set(found)) == len(values)
    for pair in ((True, 1), (AT, AT.astimezone(timezone(timedelta(hours=2))))):
        one, same = (Bindings(KEY).of("sign_ins", {**FACTS, "is_strong": value, "proved_at": value}) for value in pair)
        assert one == same, "a database may hold it as either"
    with pytest.raises(TypeError):
        Bindings(KEY).of("sign_ins", {**FACTS, "is_strong": 0.5})


@pytest.mark.parametrize("table", STATES)
def test_the_newest_of_a_row_is_the_greatest(table: str) -> None:
    """Of one kind, and whatever number somebody has written by hand."""
    _, counter = STATES[table]
    bindings = [Bindings(KEY).of(table, {**FACTS, counter: count}) for count in (1, 2, 255, 256, 2**31)]
    assert bindings == sorted(bindings)
    assert len({binding[0] for binding in bindings}) == 1
    assert len({Bindings(KEY).of(one, FACTS)[0] for one in STATES}) == len(STATES)
    assert len({Bindings(KEY).of(table, {**FACTS, counter: count}) for count in (-1, 2**60, 2**56 - 1)}) == 3


def test_a_binding_is_renewed_only_if_it_held() -> None:
    bindings = Bindings(KEY)
    sound = {**FACTS, "binding": bindings.of("accounts", FACTS)}
    changed = {"roles": ["auditor"], "epoch": 2}
    assert bindings.renewed("accounts", sound, changed) == {
        **changed,
        "binding": bindings.of("accounts", {**FACTS, **changed}),
    }
    edited = {**sound, "state": "disabled"}
    assert bindings.renewed("accounts", edited, changed)["binding"] == sound["binding"]
