"""The package of the product is whole, and its command runs: `python -m tests.package FILE.whl` says what it lacks."""

import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLACES = {ROOT / "src" / "integration_api": "integration_api", ROOT / "alembic": "integration_api/alembic"}


def expected() -> Iterator[str]:
    """Yield the names of all that the product runs from: modules, data, front ends, migrations."""
    for folder, place in PLACES.items():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{place}/{path.relative_to(folder)}"


def lacking(wheel: Path) -> list[str]:
    """Return what is not in a wheel as it is here."""
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    return [name for name in expected() if name not in names]


def runs(wheel: Path, python: Path) -> str:
    """Install a wheel in a folder without this repository, make a database by its command; what that said."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        words = [
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-deps",
            "--no-index",
            "--target",
            folder,
            str(wheel),
        ]
        subprocess.run([python, "-m", "pip", *words], check=True)
        env = {**os.environ, "PYTHONPATH": folder, "INTEGRATION_API_DATA_DIR": str(place / "data")}
        ended = subprocess.run(
            [python, place / "bin" / "integration-api", "migrate"],
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        return ended.stdout + ended.stderr


if __name__ == "__main__":
    found = lacking(Path(sys.argv[1]))
    pages = [f"integration_api/web/front_ends/{name}/index.html" for name in ("phone", "desk", "admin")]
    for needed in (*pages, "integration_api/alembic/env.py"):
        assert needed in set(expected()), needed
    sys.stderr.writelines(f"the package lacks {name}\n" for name in found)
    said = runs(Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute())
    if not said.startswith("database at "):
        found.append("its command")
        sys.stderr.write(f"its command does not run: {said}\n")
    raise SystemExit(bool(found))
