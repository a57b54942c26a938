"""CSV of other systems: read cell by cell, or refused with its line; never a traceback."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integration_api.core.texts import without_unseen_ends
from integration_api.operating.foreign import csv_records
from integration_api.operating.foreign.csv_records import read_csv
from integration_api.operating.foreign.csv_tables import MAX_CELL, read_table
from integration_api.operating.foreign.import_findings import MAX_TOLD, Readings, RecordsRefused, Unfit
from integration_api.operating.foreign.mapping_files import CsvMapping, MappingFile
from integration_api.operating.foreign.written_times import day_of, instant_of

READ = "it was read"
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
PATIENTS: dict[str, Any] = {
    "file": "p.csv",
    "kind": "patients",
    "columns": {"id": "No", "name": "Name", "phone": "Phone"},
}
SCORES: dict[str, Any] = {
    "file": "s.csv",
    "kind": "scores",
    "columns": {"patient_id": "Patient", "at": "At", "total": "Sum"},
    "constants": {"instrument": "phq9"},
    "items": {"phq9.1": "Q1", "phq9.2": "Q2"},
}


def mapping(table: dict[str, Any], **more: object) -> MappingFile:
    facts = {"format": "integration-journal-mapping", "version": 1, "source": "Harbour", "csv": [table], **more}
    return MappingFile.model_validate(facts)


def read(data: bytes, table: dict[str, Any], **more: object) -> Readings:
    made, into = mapping(table, **more), Readings()
    read_csv(data, "ab" * 32, made.csv[0], made, NOW, into)
    assert into.read == len(into.found) + into.left_out.count + into.refused.count
    return into


def said_of(reading: Callable[[], Any]) -> str:
    """What is said if it is refused, or that it was read."""
    try:
        reading()
    except (RecordsRefused, Unfit) as error:
        return str(error)
    return READ


def test_a_byte_order_mark_and_quoted_lines_are_read() -> None:
    found = read('\ufeffNo,Name,Phone\r\n7,"Sample, Rowan",+1 555 0100\r\n\r\n8,Ash,\r\n'.encode(), PATIENTS)
    assert [(one.identifier, str(one.place)) for one in found.found] == [("7", "p.csv, line 2"), ("8", "p.csv, line 4")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "p.csv: it is empty"),
        ("No,Name,Phone\n7,R\u00f6,".encode("latin-1"), "p.csv, line 2: it is not utf-8"),
        ("No,Name,Phone\n".encode("utf-16"), "p.csv: it is UTF-16"),
        (b"No,Name,Phone\n7,a\x00b,\n", "p.csv, line 2: it holds a NUL"),
        (b"No,Name,Name\n", "p.csv, line 1: a heading is there twice"),
        (b"No,Name\n7,x\n", "p.csv, line 1: there is no column 'Phone'"),
        (b'No,Name,Phone\n7,"x\n', "p.csv, line 2: it is no CSV"),
        (b'No,Name,Phone\n7,"x"y,\n', "p.csv, line 2: it is no CSV"),
        (b"No,Name,Phone\n7," + b"x" * 200_000 + b",\n", "p.csv, line 2: it is no CSV"),
    ],
    ids=["empty", "latin-1", "utf-16", "nul", "headings", "missing", "open quote", "after quote", "huge"],
)
def test_a_file_that_is_no_such_table_is_refused_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(RecordsRefused) as refused:
        read(data, PATIENTS)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("7,x", "it has 2 cells, and the heading has 3"),
        ("7,x,1,2", "it has 4 cells, and the heading has 3"),
        (",x,", "column 'No': id is needed"),
        ("7,,", "name: Input should be a valid string"),
        ("7,=HYPERLINK(1),", "column 'Name': the cell would be a formula"),
        ("7,@SUM(1),", "column 'Name': the cell would be a formula"),
        ("7,+cmd|x,", "column 'Name': the cell would be a formula"),
        ("7," + "x" * (MAX_CELL + 1) + ",", f"column 'Name': a cell has at most {MAX_CELL:,} characters"),
        ("7,a\u202eb,", "name: must be one line"),
        ("7,x,a", "phone: String should have at least 3 characters"),
        ("x" * 201 + ",x,", "id: an identifier is one line of at most 200 characters"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_with_its_line_and_never_its_cell(row: str, said: str) -> None:
    found = read(f"No,Name,Phone\n{row}\n9,Ash,\n".encode(), PATIENTS)
    [told] = found.refused.told
    assert str(told).startswith(f"p.csv, line 2: {said}")
    assert [one.identifier for one in found.found] == ["9"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("7,2025-03-01T09:00:00,,1,1", "at: it has no time zone"),
        ("7,2025-03-01,,1,1", "at: it is no time"),
        ("7,2099-03-01T09:00:00Z,,1,1", "at: it lies ahead"),
        ("7,1025-03-01T09:00:00Z,,1,1", "happened_at: must be between"),
        ("7,2025-03-01T09:00:00Z,x,,", "total: it is no number"),
        ("7,2025-03-01T09:00:00Z,nan,,", "total: the instrument has no such total"),
        ("7,2025-03-01T09:00:00Z,28,,", "total: the instrument has no such total"),
        ("7,2025-03-01T09:00:00Z,,4,1", "phq9.1: the instrument does not take this answer (out_of_range)"),
        ("7,2025-03-01T09:00:00Z,,1.5,1", "phq9.1: it is no whole number"),
        ("7,2025-03-01T09:00:00Z,,999999999999999999,1", "phq9.1: it is no whole number"),
    ],
)
def test_a_score_that_cannot_be_is_refused(row: str, said: str) -> None:
    [told] = read(f"Patient,At,Sum,Q1,Q2\n{row}\n".encode(), SCORES).refused.told
    assert str(told).startswith(f"s.csv, line 2: {said}")


def test_another_total_than_that_of_the_answers_is_refused() -> None:
    items = {f"phq9.{n}": f"Q{n}" for n in range(1, 10)}
    head, cells = ",".join(items.values()), ",".join("1" * 9)
    for total, refused in (("9", 0), ("10", 1)):
        found = read(
            f"Patient,At,Sum,{head}\n7,2025-03-01T09:00:00Z,{total},{cells}\n".encode(), {**SCORES, "items": items}
        )
        assert found.refused.count == refused


def test_a_row_without_answers_and_total_is_left_out_and_told() -> None:
    [told] = read(b"Patient,At,Sum,Q1,Q2\n7,2025-03-01T09:00:00Z,,,\n", SCORES).left_out.told
    assert str(told) == "s.csv, line 2: it has neither answers nor a total"


BROKEN = b"No,Name,Phone,Other\n1,x\n=2,Ash,,\n3,Ash,x|,\n4,Ash,,=SUM(1)\n5,,,\n"


def test_a_row_that_cannot_be_taken_can_be_left_out_by_its_kind_and_identifier() -> None:
    names = ["p.csv, line 2", "patients/=2", "patients/3", "patients/5", "4", "sessions/4"]
    found = read(BROKEN, PATIENTS, leave_out=names)
    assert found.refused.told == []
    assert (found.left_out.count, [one.identifier for one in found.found]) == (4, ["4"])
    assert read(BROKEN, PATIENTS).refused.count == 4


def test_a_score_without_an_identifier_can_be_left_out_by_its_place() -> None:
    data = b"Patient,At,Sum,Q1,Q2\n7,soon,1,,\n"
    assert read(data, SCORES).refused.count == 1
    assert read(data, SCORES, leave_out=["s.csv, line 2"]).left_out.count == 1


def test_a_run_takes_no_more_records_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_records, "MAX_RECORDS", 2)
    with pytest.raises(RecordsRefused, match=r"p\.csv, line 4: one run takes at most 2 records"):
        read(b"No,Name,Phone\n7,,\n8,,\n9,,\n", PATIENTS)


def test_only_the_first_refusals_are_kept_and_all_are_counted() -> None:
    found = read(b"No,Name,Phone\n" + b"7,,\n" * (MAX_TOLD + 5), PATIENTS)
    assert (found.refused.count, len(found.refused.told)) == (MAX_TOLD + 5, MAX_TOLD)


def test_the_session_of_a_total_is_told_as_not_taken() -> None:
    table = {**SCORES, "columns": {**SCORES["columns"], "session_id": "Visit"}, "items": {}}
    found = read(b"Patient,At,Sum,Visit\n7,2025-03-01T09:00:00Z,9,s1\n", table)
    assert (found.unmapped, found.found[0].session) == ({"s.csv: Visit": 1}, None)


@pytest.mark.parametrize(
    ("row", "refused", "left_out"),
    [
        ("1,7,2026-11-02T08:00:00Z,2026-11-02T10:00:00Z,completed", "end: it lies ahead", None),
        ("1,7,2026-11-03T08:00:00Z,,completed", "start: it lies ahead", None),
        ("1,7,2026-11-03T08:00:00Z,,", None, "it is still to come: plan it here"),
        ("1,7,2026-11-03T08:00:00Z,,cancelled", None, None),
        ("1,7,2026-11-02T08:00:00Z,2026-11-02T10:00:00Z,in_progress", None, None),
    ],
)
def test_a_session_ahead_is_planned_here_and_none_is_over_before_its_end(
    row: str, refused: str | None, left_out: str | None
) -> None:
    columns = {"id": "Id", "patient_id": "Patient", "start": "From", "end": "To", "state": "State"}
    table = {"file": "e.csv", "kind": "sessions", "columns": columns, "constants": {"phase": "dosing"}}
    found = read(f"Id,Patient,From,To,State\n{row}\n".encode(), table)
    assert [one.reason.startswith(refused or "-") for one in found.refused.told] == [True] * (refused is not None)
    assert [one.reason.startswith(left_out or "-") for one in found.left_out.told] == [True] * (left_out is not None)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=8))
def test_what_was_written_is_read_cell_by_cell(rows: list[tuple[str, str, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("No", "Name", "Phone"))
    writer.writerows(rows)
    table = CsvMapping.model_validate(PATIENTS)
    found = [row.cells for row in read_table(out.getvalue().encode(), table)]
    kept = [row for row in rows if any(row)]
    assert [tuple(row.values()) for row in found] == [tuple(map(without_unseen_ends, row)) for row in kept]


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=300), TEXTS.map(lambda text: f"No,Name,Phone\n{text}".encode())))
def test_any_bytes_are_read_or_refused_and_each_row_is_counted(data: bytes) -> None:
    assert said_of(lambda: read(data, PATIENTS)).startswith(("p.csv", READ))


@settings(deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=1, max_size=7), max_size=5))
def test_any_scores_are_read_or_refused(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Patient", "At", "Sum", "Q1", "Q2"], *rows])
    assert said_of(lambda: read(out.getvalue().encode(), SCORES, time_zone="Europe/Berlin")).startswith(("s.csv", READ))


@settings(deadline=None)
@given(st.text(max_size=40), st.sampled_from([None, "Europe/Berlin"]), st.sampled_from([None, "%d.%m.%Y", "%", "%Q("]))
def test_any_text_is_a_time_or_unfit(text: str, zone: str | None, written: str | None) -> None:
    assert said_of(lambda: instant_of(text, "at", zone, written)).startswith(("at: ", READ))
    assert said_of(lambda: day_of(text, "on", written)).startswith(("on: ", READ))


@settings(deadline=None)
@given(st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC)), st.integers(-840, 840))  # noqa: DTZ001  its zone is given
def test_an_instant_keeps_its_offset(at: datetime, minutes: int) -> None:
    elsewhere = at.astimezone(timezone(timedelta(minutes=minutes)))
    assert instant_of(elsewhere.isoformat(), "at", None) == at


def test_a_time_that_the_clocks_leave_out_is_refused() -> None:
    with pytest.raises(Unfit, match="put forward"):
        instant_of("2025-03-30T02:30:00", "at", "Europe/Berlin")
    assert instant_of("2025-03-30T03:30:00", "at", "Europe/Berlin") == datetime(2025, 3, 30, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_needs_its_offset() -> None:
    with pytest.raises(Unfit, match="came twice; give it with an offset"):
        instant_of("2025-10-26T02:30:00", "at", "Europe/Berlin")
    assert instant_of("2025-10-26T02:30:00+01:00", "at", "Europe/Berlin") == datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    assert instant_of("2025-10-26T03:30:00", "at", "Europe/Berlin") == datetime(2025, 10, 26, 2, 30, tzinfo=UTC)
