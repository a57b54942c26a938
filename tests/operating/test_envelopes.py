"""The envelope of a package: it overwrites nothing, says why it failed, and holds plain files alone."""

import os
import tarfile
import tempfile
from pathlib import Path

import pytest

from integration_api.operating import envelopes
from integration_api.operating.checks import NotDone
from integration_api.operating.envelopes import new_identity, opened_envelope, read_identities, sealed_envelope


def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "part").touch()

    def full(**_: object) -> tuple[int, str]:
        return os.open("/dev/full", os.O_WRONLY), str(tmp_path / "part")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    with (
        pytest.raises(NotDone, match="No space left on device"),
        sealed_envelope(tmp_path / "made.age", new_identity()[1]) as envelope,
    ):
        envelope.add("large", bytes(8 * 1024 * 1024))
    assert list(tmp_path.iterdir()) == []


def test_what_was_made_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path, (_, public) = tmp_path / "made.age", new_identity()
    (tmp_path / ".made.age.part").write_bytes(b"of one that was killed")
    making = sealed_envelope(path, public)
    making.__enter__().add("a", b"ours")
    path.write_bytes(b"theirs")
    with pytest.raises(NotDone, match="made meanwhile"):
        making.__exit__(None, None, None)
    assert path.read_bytes() == b"theirs"
    path.unlink()
    with sealed_envelope(path, public) as envelope:
        envelope.add("a", b"ours")
    assert sorted(one.name for one in tmp_path.iterdir()) == [".made.age.part", "made.age"]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CONTTYPE])
def test_only_a_plain_file_is_read(tmp_path: Path, kind: bytes) -> None:
    path, (secret, public) = tmp_path / "made.age", new_identity()
    (tmp_path / "key").write_text(secret)
    with sealed_envelope(path, public) as envelope:
        member = tarfile.TarInfo("manifest.json")
        member.type, member.linkname = kind, "other"
        envelope.write(member.tobuf())
    with pytest.raises(NotDone, match="no plain file"):
        list(opened_envelope(path, read_identities(tmp_path / "key")))


def test_an_end_that_nobody_reads_any_more_is_a_failure_and_the_next_end_is_closed(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    other = (tmp_path / "other").open("wb")
    end = os.fdopen(write, "wb")
    end.write(b"buffered")
    piped = envelopes._Piped(lambda: None, end, other)
    assert isinstance(piped.wait(), BrokenPipeError)
    assert other.closed
