"""Measure the units of systemd with its own tools. Run by `make check-deploy`; the units' words are in `make test`."""

import re
import subprocess
import sys
from pathlib import Path

UNITS = Path(__file__).resolve().parents[1] / "deploy" / "systemd"
MAX_EXPOSURE = 2.0
_EXPOSURE = re.compile(r"Overall exposure level for \S+: (\d+\.\d+)")
_NOT_INSTALLED = "is not executable: No such file or directory"
"""The program is not installed where the units look for it: this is no fault of a unit."""


def exposure(unit: Path) -> float:
    """Return what `systemd-analyze security` says of a unit, from 0 (closed) to 10."""
    words = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    found = _EXPOSURE.search(said)
    assert found is not None, said
    return float(found[1])


def faults() -> list[str]:
    """Return what `systemd-analyze verify` finds in the units."""
    words = ["systemd-analyze", "verify", *(str(path) for path in sorted(UNITS.iterdir()))]
    said = subprocess.run(words, capture_output=True, text=True, check=False)
    return [line for line in (said.stdout + said.stderr).splitlines() if _NOT_INSTALLED not in line]


def main() -> int:
    """Print both. Returns the exit code."""
    exposed = {path.name: exposure(path) for path in sorted(UNITS.glob("*.service"))}
    for name, level in exposed.items():
        print(f"{name:<42} {level}")
    found = faults()
    for line in found:
        print(line)
    return int(bool(found) or not exposed or max(exposed.values()) > MAX_EXPOSURE)


if __name__ == "__main__":
    sys.exit(main())
