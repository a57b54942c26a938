"""A ciphertext decrypts only for the row, column and version that it was made for."""

from uuid import uuid4

import pytest

from integration_api.storage.vault import DecryptionFailed, Vault, associated_data

VAULT = Vault(bytes(range(32)))
VAULT.unlock_with(bytes(32))
CLINIC, OWNER, ROW = uuid4(), uuid4(), uuid4()


def test_a_text_opens_where_it_was_sealed_and_nowhere_else() -> None:
    key = VAULT.unwrap(VAULT.new_key(CLINIC, OWNER), CLINIC, OWNER)
    ciphertext = key.encrypt(b"what I saw", associated_data("notes", ROW, "text"))
    assert key.decrypt(ciphertext, associated_data("notes", ROW, "text")) == b"what I saw"
    for elsewhere in (
        associated_data("notes", uuid4(), "text"),
        associated_data("notes", ROW, "other"),
        associated_data("plans", ROW, "text"),
    ):
        with pytest.raises(DecryptionFailed):
            key.decrypt(ciphertext, elsewhere)


def test_a_key_opens_only_for_its_owner_and_clinic() -> None:
    wrapped = VAULT.new_key(CLINIC, OWNER)
    for clinic, owner in ((uuid4(), OWNER), (CLINIC, uuid4())):
        with pytest.raises(DecryptionFailed):
            VAULT.unwrap(wrapped, clinic, owner)
    with pytest.raises(DecryptionFailed):
        Vault(bytes(32)).unwrap(wrapped, CLINIC, OWNER)


@pytest.mark.parametrize("damage", [lambda s: s[:-1], lambda s: s[:5], lambda _: b"", lambda s: b"\x01" + s[1:]])
def test_damaged_text_is_an_alarm(damage: object) -> None:
    key = VAULT.unwrap(VAULT.new_key(CLINIC, OWNER), CLINIC, OWNER)
    ciphertext = key.encrypt(b"x" * 20, associated_data("notes", ROW, "text"))
    assert callable(damage)
    with pytest.raises(DecryptionFailed):
        key.decrypt(damage(ciphertext), associated_data("notes", ROW, "text"))


def test_two_seals_of_one_text_differ() -> None:
    key = VAULT.unwrap(VAULT.new_key(CLINIC, OWNER), CLINIC, OWNER)
    assert len({key.encrypt(b"same", b"here") for _ in range(10_000)}) == 10_000


@pytest.mark.thorough
def test_no_nonce_comes_twice() -> None:
    """96 random bits: twice in a million would be a fault, not bad luck (the chance is below 1 in 10^17)."""
    key = VAULT.unwrap(VAULT.new_key(CLINIC, OWNER), CLINIC, OWNER)
    assert len({key.encrypt(b"", b"")[1:13] for _ in range(1_000_000)}) == 1_000_000
    assert len({VAULT.new_key(CLINIC, OWNER)[5:17] for _ in range(20_000)}) == 20_000


def test_every_owner_has_a_key_of_their_own() -> None:
    one, other = (VAULT.unwrap(VAULT.new_key(CLINIC, owner), CLINIC, owner) for owner in (OWNER, uuid4()))
    again = VAULT.unwrap(VAULT.new_key(CLINIC, OWNER), CLINIC, OWNER)
    for key in (other, again):
        key.context = one.context  # even where it says it is the owner's
        with pytest.raises(DecryptionFailed):
            key.decrypt(one.encrypt(b"x", b"here"), b"here")


def test_an_older_text_does_not_open_in_a_newer_row() -> None:
    key = VAULT.unwrap(VAULT.new_key(CLINIC, OWNER), CLINIC, OWNER)
    ciphertext = key.encrypt(b"as it was", associated_data("notes", ROW, "text", 1))
    assert key.decrypt(ciphertext, associated_data("notes", ROW, "text", 1)) == b"as it was"
    for version in (0, 2, -1, 2**40):
        with pytest.raises(DecryptionFailed):
            key.decrypt(ciphertext, associated_data("notes", ROW, "text", version))


def test_a_vault_that_was_not_unlocked_derives_nothing() -> None:
    locked = Vault(bytes(range(32)))
    with pytest.raises(RuntimeError, match="not unlocked"):
        locked.derive("x")
    with pytest.raises(RuntimeError, match="not unlocked"):
        locked.blind_index("name", "x")


def test_a_previous_key_opens_and_the_present_one_wraps() -> None:
    old, new = Vault(bytes(32)), Vault(bytes([7] * 32), bytes(32))
    wrapped = old.new_key(CLINIC, OWNER)
    ciphertext = old.unwrap(wrapped, CLINIC, OWNER).encrypt(b"x", b"here")
    moved = new.rewrap(wrapped, CLINIC, OWNER)
    assert (new.accepts(wrapped), new.accepts(moved), old.accepts(moved)) == (True, True, False)
    assert Vault(bytes([7] * 32)).unwrap(moved, CLINIC, OWNER).decrypt(ciphertext, b"here") == b"x"
    with pytest.raises(DecryptionFailed):
        old.unwrap(moved, CLINIC, OWNER)
    with pytest.raises(DecryptionFailed):
        new.rewrap(wrapped, CLINIC, uuid4())


def test_an_index_is_the_same_for_the_same_word_in_one_clinic_only() -> None:
    assert VAULT.blind_index("name", "sample", CLINIC) == VAULT.blind_index("name", "sample", CLINIC)
    others = [("name", "sample", uuid4()), ("email", "sample", CLINIC), ("name", "samples", CLINIC)]
    assert VAULT.blind_index("name", "sample", CLINIC) not in {VAULT.blind_index(*other) for other in others}


def test_a_short_master_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Vault(b"short")
