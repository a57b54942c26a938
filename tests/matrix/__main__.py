"""`make matrix`: ask for everything as everybody, and write down what was told and which fields came back."""

import asyncio
import tempfile
from pathlib import Path

from tests.applications import application, settings_of
from tests.databases import migrated_sqlite
from tests.matrix.asking import CASES, asked
from tests.matrix.cast import Cast, Cell
from tests.matrix.looking import FIELDS, Garden, fields_document, look
from tests.matrix.table import PATH, parse, render
from tests.scene import OPERATIONS
from tests.support import BEGINS_AT, SettableClock, World


async def main() -> None:
    """Write the document, and say which cells are new or changed."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of(Path(folder))
        migrated_sqlite(settings.sqlite_path)
        async with application(settings) as api:
            cast = await Cast.build(await World.build(api))
            found: dict[tuple[str, Cell | None], str] = {}
            for case in CASES:
                request = await OPERATIONS[case.name](cast.scene)
                if request.status is None:
                    answers = await asked(cast, case, request)
                    found |= {(case.name, cell): answer for cell, answer in answers.items()}
            garden = await Garden.build(await World.build(api))
            FIELDS.write_text(fields_document({n: await look(garden, n, p) for n, p in garden.people.items()}), "utf-8")
    written = parse(PATH.read_text("utf-8")) if PATH.exists() else {}
    for (name, cell), told in found.items():
        was = written.get((name, cell))
        if was != told:
            who = f"{cell.identity.name}, {cell.relation}" if cell else "nobody"
            print(f"{name} as {who}: {was or 'undecided'} -> {told}")  # noqa: T201  what is to be read
    PATH.write_text(render(found), "utf-8")


SettableClock.begins_at = BEGINS_AT
asyncio.run(main())
