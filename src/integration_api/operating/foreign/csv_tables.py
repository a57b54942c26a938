"""Reading CSV: cells by heading and line. Each refusal names the line and the column, never the cell."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from integration_api.core.texts import without_unseen_ends
from integration_api.operating.foreign.import_findings import RecordsRefused, Unfit
from integration_api.operating.foreign.mapping_files import CsvMapping

MAX_CELL = 20_000
"""Characters of one cell: as many as a text has here."""
MAX_COLUMNS = 1000
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"\+?[0-9 ()./-]+|[+-]?[0-9]+([.,][0-9]+)?|- .*", re.DOTALL)
"""A telephone number, a number, or an item of a list."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line and its cells by heading, or why it has none."""

    line: int
    cells: Mapping[str, str]
    fault: str | None = None


def read_table(data: bytes, table: CsvMapping) -> Iterator[Row]:
    """Yield each row of a file after its heading. Raises RecordsRefused if it is no such table."""
    text = _decoded(data, table)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=table.delimiter, strict=True)
    headings = _headings(_next(reader, table), table)
    used = (*table.columns.values(), *table.items.values())
    while (cells := _next(reader, table)) is not None:
        line = reader.line_num
        if not any(cells):
            continue
        if len(cells) != len(headings):
            yield Row(line, {}, f"it has {len(cells)} cells, and the heading has {len(headings)}")
            continue
        found = dict(zip(headings, map(without_unseen_ends, cells), strict=True))
        yield Row(line, found, _fault({heading: found[heading] for heading in used}))


def _decoded(data: bytes, table: CsvMapping) -> str:
    if data.startswith(_BOMS):
        raise RecordsRefused(f"{table.file}: it is UTF-16; save it as UTF-8")
    encoding = "utf-8-sig" if table.encoding == "utf-8" else table.encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RecordsRefused(f"{table.file}, line {line}: it is not {table.encoding}, as the mapping says") from None
    if "\x00" in text:
        raise RecordsRefused(f"{table.file}, line {text.count(chr(10), 0, text.index(chr(0))) + 1}: it holds a NUL")
    return text


def _next(reader: Iterator[list[str]], table: CsvMapping) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error:
        line = getattr(reader, "line_num", 0)
        raise RecordsRefused(
            f"{table.file}, line {line}: it is no CSV; a quotation mark is wrong, or a cell is far too long"
        ) from None


def _headings(cells: list[str] | None, table: CsvMapping) -> list[str]:
    headings = [without_unseen_ends(cell) for cell in cells or ()]
    if not headings:
        raise RecordsRefused(f"{table.file}: it is empty")
    if len(headings) > MAX_COLUMNS or len({*headings}) != len(headings):
        raise RecordsRefused(f"{table.file}, line 1: a heading is there twice, or there are over {MAX_COLUMNS:,}")
    for heading in (*table.columns.values(), *table.items.values()):
        if heading not in headings:
            raise RecordsRefused(f"{table.file}, line 1: there is no column {heading!r}, which the mapping names")
    return headings


def _fault(cells: Mapping[str, str]) -> str | None:
    for heading, cell in cells.items():
        if len(cell) > MAX_CELL:
            return f"column {heading!r}: a cell has at most {MAX_CELL:,} characters"
        if cell.startswith(_BEGINS_FORMULA) and not _HARMLESS.fullmatch(cell):
            return f"column {heading!r}: the cell would be a formula in a spreadsheet; write it without the first sign"
    return None


def cell_of(row: Row, table: CsvMapping, field: str) -> str | None:
    """Return the value of a field of ours: of its column, translated, or of its constant; None if it is empty.

    Raises Unfit for a cell that the mapping gives no meaning.
    """
    if field in table.constants:
        return table.constants[field]
    cell = row.cells[table.columns[field]] if field in table.columns else ""
    if not cell:
        return None
    meanings = table.values.get(field)
    if meanings is None:
        return cell
    if cell not in meanings:
        raise Unfit(f"column {table.columns[field]!r}: the mapping gives this value of {field} no meaning")
    return meanings[cell]
