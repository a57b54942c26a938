"""What the product is made of: pinned by hash, named by no host, and an audit that cannot pass by checking nothing."""

import json
from pathlib import Path

import pytest

from tests.supply import LOCKS as SERVED
from tests.supply import ROOT, locked, problems

_OTHERS = (ROOT / "clients" / "python", ROOT / "tests" / "document")
LOCKS = [*sorted(ROOT.glob("requirements*.lock")), *(folder / "requirements.lock" for folder in _OTHERS)]
NODE_LOCKS = [ROOT / "tests" / "document" / "package-lock.json"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_package_is_pinned_by_hash_and_names_no_host(path: Path) -> None:
    text = path.read_text()
    pins = locked(text)
    assert len(pins) > 20
    blocks = [block for block in text.replace("\\\n", " ").splitlines() if "==" in block and not block.startswith(" ")]
    assert len(blocks) == len(pins)
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize(
    ("of", "packages"),
    [
        ("-telemetry", {"prometheus-client", "opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http"}),
        ("-pdf", {"typst"}),
    ],
)
def test_what_an_extra_needs_comes_on_top_of_the_lock_and_as_it_was_tested(of: str, packages: set[str]) -> None:
    bare, extra, tested = (locked((ROOT / f"requirements{name}.lock").read_text()) for name in ("", of, "-dev"))
    assert bare.items() <= extra.items() <= tested.items()
    assert packages <= extra.keys() - bare.keys()


def test_the_program_needs_nothing_of_an_extra() -> None:
    bare = locked((ROOT / "requirements.lock").read_text())
    assert not {"typst", "prometheus-client", "opentelemetry-sdk"} & bare.keys()


@pytest.mark.parametrize("path", NODE_LOCKS, ids=lambda path: str(path.parent.name))
def test_every_package_of_node_is_pinned_by_hash_and_names_no_host(path: Path) -> None:
    packages = {name: package for name, package in json.loads(path.read_text())["packages"].items() if name}
    assert len(packages) > 50
    assert all(package.get("inBundle") or "integrity" in package for package in packages.values())
    assert not any("resolved" in package for package in packages.values())


def test_the_audit_fails_where_it_checked_nothing() -> None:
    wanted = locked("".join(path.read_text() for path in SERVED))
    skipped = [{"name": name, "skip_reason": "not found"} for name in wanted]
    assert len(problems({"dependencies": skipped}, wanted)) == len(wanted)
    assert len(problems({"dependencies": []}, wanted)) == len(wanted)
    clean = [{"name": name, "version": version, "vulns": []} for name, version in wanted.items()]
    assert problems({"dependencies": clean}, wanted) == []
    assert problems({"dependencies": clean[1:]}, wanted) == [f"{next(iter(wanted))}: not in the report"]
    holed = [{**clean[0], "vulns": [{"id": "GHSA-x"}]}, *clean[1:]]
    assert len(problems({"dependencies": holed}, wanted)) == 1
