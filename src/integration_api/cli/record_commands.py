"""`integration-api records`: taking records out of another system's files."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from integration_api.operating.record_imports import import_records
from integration_api.settings import Settings

records = typer.Typer(no_args_is_help=True, help="Take records out of other systems' files. See docs/importing.md.")

REFUSED = 3
"""Exit code: a record cannot be taken, so nothing was. 1: a file, the mapping or the database cannot be read."""


@records.callback()
def _of_records() -> None:
    """Keep `import` a command of its own, though there is no other."""


@records.command("import")
def record_import(
    files: Annotated[list[Path], typer.Argument(help="FHIR R4 Bundles (.json) and CSV.", exists=True, dir_okay=False)],
    mapping: Annotated[Path, typer.Option(help="The mapping, TOML or .json.", exists=True, dir_okay=False)],
    clinic: Annotated[str | None, typer.Option(help="The clinic's short name, if there are several.")] = None,
    by: Annotated[
        str | None, typer.Option(help="The name of who runs it, for the records. Needed with `--apply`.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Do it. Without it, the report says what would be done.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> None:
    """Read files by a mapping and report what would be put in. Nothing is changed without `--apply`.

    Exits with 3 if a record cannot be taken; then nothing is.
    """
    report = asyncio.run(import_records(Settings(), files, mapping, clinic, by, apply=apply))
    typer.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else "\n".join(_lines(report)))
    if report["refused"]:
        raise typer.Exit(REFUSED)


def _lines(report: Mapping[str, Any]) -> Sequence[str]:
    """Return the report for a person."""
    lines = [f"{one['sha256']}  {one['file']}" for one in report["files"]]
    lines.append("  ".join(f"{name.replace('_', ' ')} {report[name]}" for name in _NUMBERS))
    lines += [f"  {kind}: {count['new']} new, {count['same']} the same" for kind, count in report["kinds"].items()]
    lines += [f"left out: {count} because {reason}" for reason, count in report["left_out_because"].items()]
    lines += [f"not taken: {name} ({count} times)" for name, count in report["not_taken_fields"].items()]
    lines += [f"careful: {warning}" for warning in report["warnings"]]
    lines += [f"refused: {one}" for one in report["refused_records"]]
    if report["refused"]:
        lines.append("Nothing was changed: some records cannot be taken.")
    else:
        lines.append("Done." if report["applied"] else "Nothing was changed. Run it with --apply to do it.")
    return lines


_NUMBERS = ("read", "new", "same", "left_out", "refused")
