"""The dependency audit: `make audit`. It fails where it found something, and also where it could check nothing."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKS = (ROOT / "requirements-telemetry.lock", ROOT / "requirements-pdf.lock")
"""All that is served with, extras included; a test compares them with `requirements.lock`."""
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def locked(text: str) -> dict[str, str]:
    """Every pinned package of a lock, with its version."""
    return {name.lower().replace("_", "-").replace(".", "-"): version for name, version in _PIN.findall(text)}


def problems(report: Any, wanted: dict[str, str]) -> list[str]:
    """What an audit's report says against us: a known hole, a package it skipped, one that it does not name."""
    found = []
    seen = {}
    for entry in report.get("dependencies", []):
        name = str(entry["name"]).lower().replace("_", "-").replace(".", "-")
        if "skip_reason" in entry:
            found.append(f"{name}: not checked")
            continue
        seen[name] = entry.get("version")
        found += [f"{name} {entry.get('version')}: {hole.get('id')}" for hole in entry.get("vulns", [])]
    named = {line.split(":")[0] for line in found}
    return found + [f"{name}: not in the report" for name in sorted(wanted.keys() - seen.keys() - named)]


def main() -> None:
    """Run the audit on the lock of what is served."""
    locks = [option for path in LOCKS for option in ("-r", str(path))]
    command = [sys.executable, "-m", "pip_audit", *locks, "--require-hashes", "--disable-pip"]
    ran = subprocess.run(
        [*command, "--format", "json", "--progress-spinner", "off"],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    try:
        report = json.loads(ran.stdout)
    except ValueError:
        sys.stderr.write(f"the audit answered nothing: {ran.stderr[-500:]}\n")
        sys.exit(1)
    text = "".join(path.read_text() for path in LOCKS)
    wanted = locked(text)
    # A package for another system than this one is not in the report; its line in the lock says so.
    here = {name: version for name, version in wanted.items() if name not in _elsewhere(text)}
    wrong = problems(report, here)
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.stdout.write(f"{len(here)} packages, {len(wrong)} problems\n")
    sys.exit(1 if wrong or not here else 0)


def _elsewhere(text: str) -> set[str]:
    marked = re.findall(r"^([A-Za-z0-9._-]+)\S* ; (.*)$", text, re.MULTILINE)
    return {name.lower().replace("_", "-") for name, marker in marked if "platform" in marker or "sys_" in marker}


if __name__ == "__main__":
    main()
