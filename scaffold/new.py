"""Write a resource of five operations: its slice, its migration, its tests, and its lines in the shared files."""

import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from string import Template

ROOT = Path(__file__).parents[1]
TEMPLATES = Path(__file__).parent / "templates"
SLICE = ("operations", "tables", "statements", "schemas", "service", "router")
NAME = re.compile(r"[a-z]+(_[a-z]+)*")


class Refused(Exception):
    """The resource cannot be written; the message says why."""


@dataclass(frozen=True)
class Names:
    """Every spelling of one resource's name."""

    area: str
    many: str
    one: str

    @classmethod
    def of(cls, area: str, many: str, one: str = "") -> "Names":
        """Return the names of `care/medicines`; `one` is guessed if it is not given. Raises Refused."""
        one = one or (f"{many[:-3]}y" if many.endswith("ies") else many.removesuffix("s"))
        if not NAME.fullmatch(many) or not NAME.fullmatch(one) or one == many:
            msg = f"`{many}` must be a plural noun of the URL in snake_case, and ONE its singular: NAME=medicines"
            raise Refused(msg)
        return cls(area, many, one)

    def values(self, revision: str, down_revision: str) -> dict[str, str]:
        """Return the values of the templates' names."""
        return {
            "area": self.area,
            "many": self.many,
            "MANY": self.many.upper(),
            "one": self.one,
            "ONE": self.one.upper(),
            "One": self.one.title().replace("_", ""),
            "Title": self.many.replace("_", " ").capitalize(),
            "word": self.one.replace("_", " "),
            "words": self.many.replace("_", " "),
            "path": self.many.replace("_", "-"),
            "revision": revision,
            "down_revision": down_revision,
        }


def write(root: Path, names: Names, today: date | None = None) -> list[Path]:
    """Write the resource below `root`, and return every file that was written or changed. Raises Refused."""
    revision, down_revision = _revisions(root, today or datetime.now(UTC).date())
    values = names.values(revision, down_revision)
    folder = root / "src/integration_api/resources" / names.area / names.many
    made = {folder / "__init__.py": "init"} | {folder / f"{name}.py": name for name in SLICE}
    made |= {
        root / f"alembic/versions/{revision}_{names.many}.py": "migration",
        root / f"tests/scene/{names.many}.py": "scene",
        root / f"tests/resources/{names.area}/test_{names.many}.py": "test",
    }
    if taken := [path for path in made if path.exists()]:
        msg = f"{taken[0].relative_to(root)} is there already"
        raise Refused(msg)
    edited = _edits(root, names, values["path"])
    for path, template in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        text = (TEMPLATES / f"{template}.txt").read_text("utf-8")
        path.write_text(Template(text).substitute(values), "utf-8")
    for path, text in edited.items():
        path.write_text(text, "utf-8")
    written = [*made, *edited]
    code = [str(path) for path in written if path.suffix == ".py"]
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", *code], check=True, cwd=root)
    subprocess.run([sys.executable, "-m", "ruff", "check", "-q", "--fix", "--select", "I", *code], check=True, cwd=root)
    return written


def _revisions(root: Path, today: date) -> tuple[str, str]:
    """Return the next revision and the one before it."""
    known = sorted(re.findall(r"\d{4}_\d\d_\d\d_\d\d", " ".join(p.name for p in (root / "alembic/versions").iterdir())))
    prefix = max(f"{today:%Y_%m_%d}", known[-1][:10])
    number = int(known[-1][11:]) + 1 if known[-1].startswith(prefix) else 1
    return f"{prefix}_{number:02}", known[-1]


def _edits(root: Path, names: Names, path: str) -> dict[Path, str]:
    """Return the shared files with this resource in them. Raises Refused for an unknown area."""
    edits = (
        (
            "src/integration_api/resources/register.py",
            rf'("{names.area}": \([^)]*?),?\s*\)',
            rf'\1, "{names.many}")',
        ),
        ("ARCHITECTURE.md", rf"(\n    {names.area}/ +[a-z_< ]*[a-z_])", rf"\1 < {names.many}"),
        ("CHANGELOG.md", r"(### Added\n\n)", rf"\1- `/{path}`: say here what users of the API can do now.\n"),
    )
    changed: dict[Path, str] = {}
    for name, pattern, replacement in edits:
        text, hits = re.subn(pattern, replacement, (root / name).read_text("utf-8"), count=1)
        if not hits:
            msg = f"{name} has no place for `{names.many}`: is `{names.area}` an area of the register?"
            raise Refused(msg)
        changed[root / name] = text
    return changed
