"""Ask the tools of others about what is in deploy/: units of systemd, the proxy's configuration, the Compose file.

Run by `make check-deploy`, which names the program that knows the Compose specification. Our rules are in `make test`.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.drills.slow import certificate

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
UNITS = DEPLOY / "systemd"
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


def of_the_proxy(configuration: Path) -> list[str]:
    """Return what HAProxy says against its configuration."""
    with tempfile.TemporaryDirectory() as folder:
        env = {
            **os.environ,
            "JOURNAL_LISTEN": "127.0.0.1:8443",
            "JOURNAL_CERTIFICATE": str(certificate(Path(folder))),
            "JOURNAL_API": "127.0.0.1:8000",
        }
        said = subprocess.run(
            ["haproxy", "-c", "-f", str(configuration)], capture_output=True, text=True, check=False, env=env
        )
    return [] if said.returncode == 0 else [said.stdout + said.stderr]


def of_the_compose_file(checker: str, compose: Path) -> list[str]:
    """Return what the schema of the Compose specification says against it, and whether it sees a planted fault."""
    words = [checker, "--builtin-schema", "vendor.compose-spec"]
    said = subprocess.run([*words, str(compose)], capture_output=True, text=True, check=False)
    with tempfile.TemporaryDirectory() as folder:
        planted = Path(folder) / "compose.yaml"
        planted.write_text(compose.read_text("utf-8").replace("read_only:", "readonly:"))
        is_seen = subprocess.run([*words, str(planted)], capture_output=True, check=False).returncode == 1
    return [said.stdout + said.stderr] * (said.returncode != 0) + ["the schema takes a wrong key"] * (not is_seen)


def main(checker: str) -> int:
    """Print all of it. Returns the exit code."""
    exposed = {path.name: exposure(path) for path in sorted(UNITS.glob("*.service"))}
    for name, level in exposed.items():
        print(f"{name:<42} {level}")
    found = [
        *faults(),
        *of_the_proxy(DEPLOY / "haproxy.cfg"),
        *of_the_compose_file(checker, DEPLOY / "compose" / "compose.yaml"),
    ]
    for line in found:
        print(line)
    return int(bool(found) or not exposed or max(exposed.values()) > MAX_EXPOSURE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
