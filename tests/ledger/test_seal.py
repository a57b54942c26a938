"""The recipe of a seal, against RFC 6962's own definition and vectors."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from integration_api.ledger.events import Outcome
from integration_api.ledger.seal import (
    COLUMNS,
    ENCODING,
    NO_HEAD,
    NotCanonical,
    Signer,
    head_of,
    is_signed,
    leaf_of,
    path_of,
    root_from,
    root_of,
    row_bytes,
)
from integration_api.ledger.tables import LedgerTable, SealRow
from integration_api.storage.tables import table_of

AT = datetime(2026, 11, 23, 9, 30, 0, 42, UTC)
ROW: dict[str, object] = {
    "clinic_id": UUID(int=1),
    "id": UUID(int=2),
    "at": AT,
    "event": "note.read",
    "action": "note:read",
    "outcome": Outcome.DONE,
    "reason": None,
    "actor_id": UUID(int=3),
    "actor_role": "therapist",
    "subject_id": None,
    "patient_id": UUID(int=4),
    "purpose": "treatment",
    "digest": b"d" * 32,
    "is_private": False,
    "request_id": "r",
    "changed": None,
}
RFC_LEAVES = [
    bytes.fromhex(one)
    for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
RFC_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""The reference tree of Certificate Transparency's own tests (certificate-transparency, merkletree)."""


def leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


@pytest.mark.parametrize("count", RFC_ROOTS)
def test_the_tree_is_that_of_rfc_6962(count: int) -> None:
    assert root_of([leaf(data) for data in RFC_LEAVES[:count]]).hex() == RFC_ROOTS[count]


def by_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:k]) + by_definition(leaves[k:])).digest()


@pytest.mark.thorough
@pytest.mark.parametrize("count", [*range(1, 40), 255, 256, 257, 499, 500])
def test_every_leaf_has_a_path_to_the_root_and_to_no_other(count: int) -> None:
    leaves = [leaf(b"%d" % at) for at in range(count)]
    root = root_of(leaves)
    assert root == by_definition(leaves)
    for at in range(count):
        path = path_of(leaves, at)
        assert len(path) <= 9
        assert root_from(leaves[at], at, count, path) == root
        assert root_from(leaf(b"x"), at, count, path) != root
        assert root_from(leaves[at], at, count, [*path, NO_HEAD]) is None
        for other in {0, at - 1, at + 1, count - 1, count} - {at}:
            assert root_from(leaves[at], other, count, path) != root
        if path:
            assert root_from(leaves[at], at, count, path[:-1]) is None


def test_the_encoding_holds_every_column_of_the_ledger() -> None:
    """A new column is a new encoding: without one, nobody would notice its values being edited."""
    assert list(COLUMNS[ENCODING]) == list(ROW)
    assert set(COLUMNS[ENCODING]) == set(table_of(LedgerTable).c.keys())


def test_the_bytes_of_a_row_stay_what_they_are() -> None:
    """What was sealed years ago must still fit: this hash is never changed, a new encoding gets its own."""
    assert leaf_of(ROW, 1).hex() == "5a70914fee83e3775904516e5b262a78659fedb3abdd28f27d01ca3e5148b8d1"
    told = {**ROW, "changed": "note::team note::patient"}
    assert leaf_of(told, 2).hex() == "892bb1b55ce6b8096cb736fc5098778685469c6bf07c96cef5081887e1b1b524"


def test_a_column_that_its_encoding_lacks_is_null() -> None:
    """Else a value could be written into a row that is sealed, and nobody would notice."""
    with pytest.raises(NotCanonical):
        leaf_of({**ROW, "changed": "note::team"}, 1)


def test_both_databases_spell_the_same_row() -> None:
    on_sqlite = {
        **ROW,
        "clinic_id": "0" * 31 + "1",
        "id": "0" * 31 + "2",
        "at": "2026-11-23 09:30:00.000042",
        "outcome": "done",
        "actor_id": "0" * 31 + "3",
        "patient_id": "0" * 31 + "4",
        "is_private": 0,
    }
    assert row_bytes(on_sqlite) == row_bytes(ROW)
    elsewhere = AT.astimezone(timezone(timedelta(hours=5)))
    assert row_bytes({**ROW, "at": elsewhere}) == row_bytes(ROW)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", "0" * 31 + "A"),
        ("id", "0" * 30 + "2"),
        ("id", "{" + "0" * 30 + "}"),
        ("id", 2),
        ("at", "2026-11-23T09:30:00.000042"),
        ("at", "2026-11-23 09:30:00"),
        ("at", "2026-11-23 09:30:00.000042+00:00"),
        ("at", 17),
        ("event", b"note.read"),
        ("event", 7),
        ("is_private", 2),
        ("is_private", "0"),
        ("is_private", 0.0),
        ("digest", "d" * 32),
    ],
)
def test_another_spelling_is_not_taken_for_the_value(column: str, value: object) -> None:
    """SQLite keeps what it is given: a value that reads alike but is found by other conditions."""
    with pytest.raises(NotCanonical):
        row_bytes({**ROW, column: value})


values = st.one_of(st.none(), st.text(max_size=5))


@pytest.mark.thorough
@given(st.lists(values, min_size=4, max_size=4), st.lists(values, min_size=4, max_size=4))
def test_different_rows_have_different_bytes(one: list[str | None], other: list[str | None]) -> None:
    names = ("event", "action", "reason", "actor_role")
    rows = [{**ROW, **dict(zip(names, values, strict=True))} for values in (one, other)]
    assert (row_bytes(rows[0]) == row_bytes(rows[1])) == (one == other)


def seal(signer: Signer) -> SealRow:
    made = SealRow(
        clinic_id=uuid4(),
        id=uuid4(),
        number=3,
        encoding=1,
        first_position=9,
        row_count=2,
        root=b"r" * 32,
        previous_head=b"p" * 32,
        head=b"",
        signature=b"",
        key_id=signer.key_id,
        public_key=signer.public_key,
        sealed_at=AT,
        reached_at=AT,
    )
    made.head = head_of(made)
    made.signature = signer.sign(made.head)
    return made


def test_a_head_is_over_all_that_a_seal_says() -> None:
    made = seal(Signer(b"s" * 32))
    others = {
        "clinic_id": uuid4(),
        "id": uuid4(),
        "number": 4,
        "encoding": 2,
        "first_position": 10,
        "row_count": 3,
        "root": b"x" * 32,
        "previous_head": b"x" * 32,
        "public_key": b"x" * 32,
        "sealed_at": AT + timedelta(microseconds=1),
        "reached_at": AT - timedelta(microseconds=1),
    }
    assert set(others) == set(SealRow.model_fields) - {"head", "signature", "key_id"}, "key_id follows from the key"
    for name, value in others.items():
        assert head_of(made.model_copy(update={name: value})) != made.head, name


def test_only_the_key_signs() -> None:
    signer, other = Signer(b"s" * 32), Signer(b"o" * 32)
    made = seal(signer)
    assert is_signed(made.head, made.signature, signer.public_key)
    assert not is_signed(made.head, made.signature, other.public_key)
    assert not is_signed(made.head, other.sign(made.head), signer.public_key)
    assert not is_signed(b"x" * 32, made.signature, signer.public_key)
    assert not is_signed(made.head, b"", signer.public_key)
    assert not is_signed(made.head, made.signature, b"short")
    plain = Ed25519PrivateKey.from_private_bytes(b"s" * 32).sign(made.head)
    assert not is_signed(made.head, plain, signer.public_key), "the signature is for heads alone"
