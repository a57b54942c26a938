"""Sealed text opens only where it was sealed."""

from uuid import uuid4

import pytest

from integration_api.core.vault import SealBroken, Vault, place

VAULT = Vault(bytes(range(32)))
VAULT.unlock_with(bytes(32))
CLINIC, OWNER, ROW = uuid4(), uuid4(), uuid4()


def test_a_text_opens_where_it_was_sealed_and_nowhere_else() -> None:
    key = VAULT.unwrap(VAULT.new_key(CLINIC, OWNER), CLINIC, OWNER)
    sealed = key.seal(b"what I saw", place("notes", ROW, "text"))
    assert key.open(sealed, place("notes", ROW, "text")) == b"what I saw"
    for elsewhere in (place("notes", uuid4(), "text"), place("notes", ROW, "other"), place("plans", ROW, "text")):
        with pytest.raises(SealBroken):
            key.open(sealed, elsewhere)


def test_a_key_opens_only_for_its_owner_and_clinic() -> None:
    wrapped = VAULT.new_key(CLINIC, OWNER)
    for clinic, owner in ((uuid4(), OWNER), (CLINIC, uuid4())):
        with pytest.raises(SealBroken):
            VAULT.unwrap(wrapped, clinic, owner)
    with pytest.raises(SealBroken):
        Vault(bytes(32)).unwrap(wrapped, CLINIC, OWNER)


@pytest.mark.parametrize("damage", [lambda s: s[:-1], lambda s: s[:5], lambda _: b"", lambda s: b"\x01" + s[1:]])
def test_damaged_text_is_an_alarm(damage: object) -> None:
    key = VAULT.unwrap(VAULT.new_key(CLINIC, OWNER), CLINIC, OWNER)
    sealed = key.seal(b"x" * 20, place("notes", ROW, "text"))
    assert callable(damage)
    with pytest.raises(SealBroken):
        key.open(damage(sealed), place("notes", ROW, "text"))


def test_two_seals_of_one_text_differ() -> None:
    key = VAULT.unwrap(VAULT.new_key(CLINIC, OWNER), CLINIC, OWNER)
    assert len({key.seal(b"same", b"here") for _ in range(10_000)}) == 10_000


def test_an_index_is_the_same_for_the_same_word_in_one_clinic_only() -> None:
    assert VAULT.blind_index("name", "sample", CLINIC) == VAULT.blind_index("name", "sample", CLINIC)
    others = [("name", "sample", uuid4()), ("email", "sample", CLINIC), ("name", "samples", CLINIC)]
    assert VAULT.blind_index("name", "sample", CLINIC) not in {VAULT.blind_index(*other) for other in others}


def test_a_short_master_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short")
