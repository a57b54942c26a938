"""Build the front ends into the package that serves them. With `--check`, say whether that is what is committed."""

import filecmp
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SERVED = HERE.parent / "src" / "integration_api" / "web" / "front_ends"
NAMES = ("phone", "desk", "admin")


def build(name: str, target: Path) -> None:
    """Run the front end's own build, whose output goes to `target`."""
    words = ["npm", "run", "--silent", "build", "--", "--outDir", str(target), "--emptyOutDir", "--logLevel", "warn"]
    subprocess.run(words, cwd=HERE / name, check=True)


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that are in one folder alone, or not the same in both."""
    found = {path.relative_to(root) for root in (one, other) for path in root.rglob("*") if path.is_file()}
    return sorted(str(path) for path in found if not _is_same(one / path, other / path))


def _is_same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def main() -> int:
    """Build every front end. Returns the exit code."""
    is_check, is_stale = "--check" in sys.argv, False
    for name in NAMES:
        if not is_check:
            build(name, SERVED / name)
            continue
        with tempfile.TemporaryDirectory() as folder:
            build(name, Path(folder))
            if stale := differences(Path(folder), SERVED / name):
                is_stale = True
                sys.stderr.write(f"{name} is stale, run `make front-ends`: {', '.join(stale)}\n")
    return int(is_stale)


if __name__ == "__main__":
    raise SystemExit(main())
