"""The package of the product is whole: `python -m tests.package FILE.whl` fails, and says what it lacks."""

import sys
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


if __name__ == "__main__":
    found = lacking(Path(sys.argv[1]))
    for needed in ("integration_api/web/front_ends/phone/index.html", "integration_api/alembic/env.py"):
        assert needed in set(expected()), needed
    sys.stderr.writelines(f"the package lacks {name}\n" for name in found)
    raise SystemExit(bool(found))
