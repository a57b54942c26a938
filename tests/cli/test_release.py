"""A release is signed: one changed byte is refused, and its bill of materials names all that is served."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests import release
from tests.processes import ROOT
from tests.release import BILL, LOCKS, SIGNATURE, SUMS, Refused, finish, key_at, sign, verify

BARE = {"bomFormat": "CycloneDX", "metadata": {"component": {"name": "integration-journal-api"}}, "components": []}
PAGE = (ROOT / "docs" / "releasing.md").read_text("utf-8")
VERIFYING = re.findall(r"^((?:openssl pkeyutl -verify|sha256sum --check) .*)$", PAGE, re.MULTILINE)


def built(folder: Path) -> Path:
    """A folder as the build leaves it."""
    folder.mkdir()
    (folder / "integration_journal_api-1.0.0-py3-none-any.whl").write_bytes(b"a wheel")
    (folder / "integration_journal_api-1.0.0.tar.gz").write_bytes(b"an archive")
    (folder / BILL).write_text(json.dumps(BARE))
    for name in LOCKS:
        (folder / name).write_bytes(b"a lock")
    return folder


def public_of(key: Ed25519PrivateKey, path: Path) -> Path:
    path.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return path


@pytest.fixture
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture
def folder(tmp_path: Path, key: Ed25519PrivateKey) -> Path:
    """A release, signed."""
    made = built(tmp_path / "release")
    finish(made, key, public_of(key, tmp_path / "release-key.pem"))
    return made


def test_a_release_verifies(folder: Path, key: Ed25519PrivateKey) -> None:
    verify(folder, key.public_key())
    assert len((folder / SUMS).read_text().splitlines()) == 3 + len(LOCKS)


def test_one_changed_byte_anywhere_is_refused(folder: Path, key: Ed25519PrivateKey) -> None:
    for path in sorted(folder.iterdir()):
        before = path.read_bytes()
        for at in (0, len(before) // 2, len(before) - 1):
            path.write_bytes(before[:at] + bytes([before[at] ^ 1]) + before[at + 1 :])
            with pytest.raises(Refused):
                verify(folder, key.public_key())
        path.write_bytes(before)
    verify(folder, key.public_key())


def test_a_file_that_is_missing_or_was_added_is_refused(folder: Path, key: Ed25519PrivateKey) -> None:
    (folder / "more.whl").write_bytes(b"")
    with pytest.raises(Refused):
        verify(folder, key.public_key())
    (folder / "more.whl").unlink()
    next(folder.glob("*.tar.gz")).unlink()
    with pytest.raises(Refused):
        verify(folder, key.public_key())


def test_another_key_is_refused_also_to_the_one_who_signs(folder: Path, tmp_path: Path) -> None:
    other = Ed25519PrivateKey.generate()
    with pytest.raises(Refused):
        verify(folder, other.public_key())
    with pytest.raises(Refused):
        finish(folder, other, tmp_path / "release-key.pem")
    with pytest.raises(Refused, match="commit the public key"):
        finish(folder, other, tmp_path / "none.pem")


def test_nothing_is_signed_that_is_not_whole(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    for number, pattern in enumerate(("*.whl", *LOCKS)):
        made = built(tmp_path / f"release{number}")
        next(made.glob(pattern)).unlink()
        with pytest.raises(Refused, match=re.escape(pattern)):
            finish(made, key, public_of(key, tmp_path / "release-key.pem"))
        assert not (made / SIGNATURE).exists()


def test_the_bill_names_what_the_front_ends_have_in_them_and_what_was_built(folder: Path) -> None:
    bill = json.loads((folder / BILL).read_text())
    parts = {part["name"]: part for part in bill["components"]}
    assert {"preact", "idb"} <= parts.keys()
    assert release.FRONT_ENDS == ["admin", "desk", "phone"]
    assert "vite" not in parts
    assert all(len(part["hashes"][0]["content"]) == 128 for part in parts.values())
    files = {part["name"]: part["hashes"][0]["content"] for part in bill["metadata"]["component"]["components"]}
    told = {name: digest for digest, name in (line.split("  ") for line in (folder / SUMS).read_text().splitlines())}
    assert files == {name: digest for name, digest in told.items() if name not in {BILL, *LOCKS}}


def test_the_programs_of_the_page_verify_and_refuse(folder: Path, key: Ed25519PrivateKey) -> None:
    assert [line.split()[0] for line in VERIFYING] == ["openssl", "sha256sum"]
    public_of(key, folder / "release-key.pem")
    words = [line.split() for line in VERIFYING if shutil.which(line.split()[0])]
    assert words
    for line in words:
        assert subprocess.run(line, cwd=folder, capture_output=True, check=False).returncode == 0
    (folder / SUMS).write_text((folder / SUMS).read_text().replace("a", "b"))
    for line in words:
        assert subprocess.run(line, cwd=folder, capture_output=True, check=False).returncode != 0


def test_a_key_of_another_kind_signs_nothing(tmp_path: Path, key: Ed25519PrivateKey) -> None:
    path = tmp_path / "release.key"
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    sign(built(tmp_path / "release"), key_at(path))
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key  # noqa: PLC0415  here alone

    other = generate_private_key(SECP256R1())
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(Refused):
        key_at(path)


def test_every_place_names_the_same_version() -> None:
    assert set(release.versions().values()) == {release.version()}


def test_a_release_waits_for_its_changelog_and_for_a_clean_tree() -> None:
    told = f"# Changelog\n\n## {release.version()}, 2026-12-01\n\n- All.\n"
    assert release.unready(told, is_clean=True) == []
    assert len(release.unready(told, is_clean=False)) == 1
    assert len(release.unready(told.replace(f"## {release.version()}", "## 0.0.1"), is_clean=True)) == 1
    assert len(release.unready("# Changelog\n\n## Unreleased\n", is_clean=True)) == 1
