"""Pseudonyms, shifted dates and bands of ages in a research export, and that no line of it can hold a text."""

import base64
import dataclasses
import itertools
import types
import typing
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration_api.core.ids import new_id
from integration_api.resources.oversight.research_exports import research_chart_statements
from integration_api.resources.oversight.research_exports.pseudonyms import (
    AgeBand,
    Disguise,
    Pseudonym,
    ShiftedTime,
    band_of,
    mg_per_kg,
    told_bands,
    told_count,
)
from integration_api.resources.oversight.research_exports.records import (
    RECORDS,
    CatalogueWord,
    NotOfCatalogue,
    instrument_word,
    score_word,
    step_word,
)
from integration_api.resources.oversight.research_exports.research_files import summary
from integration_api.storage.statements import Read

HERE, AWAY = ZoneInfo("UTC"), ZoneInfo("America/New_York")
KEY = base64.b64encode(bytes(range(32))).decode()
OTHER_KEY = base64.b64encode(bytes(range(1, 33))).decode()
_BOUNDED = {Pseudonym, ShiftedTime, CatalogueWord, int, float, bool, type(None)}
bands = st.lists(st.one_of(st.none(), st.sampled_from(AgeBand)), max_size=60)


def leaves(kind: object) -> set[object]:
    """The types that a field may have, one by one."""
    is_union = typing.get_origin(kind) in {types.UnionType, typing.Union}
    return {leaf for part in typing.get_args(kind) for leaf in leaves(part)} if is_union else {kind}


@pytest.mark.parametrize("record", RECORDS)
def test_no_field_can_hold_a_text(record: type) -> None:
    """Neither a str, nor anything of which nobody knows what it holds."""
    hints = typing.get_type_hints(record)
    for one in dataclasses.fields(record):
        unbounded = {
            leaf
            for leaf in leaves(hints[one.name])
            if leaf not in _BOUNDED and not (isinstance(leaf, type) and issubclass(leaf, StrEnum))
        }
        assert not unbounded, one.name


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_no_statement_reads_a_text_but_the_date_of_birth(dialect: typing.Literal["sqlite", "postgresql"]) -> None:
    found = [one for one in vars(research_chart_statements).values() if isinstance(one, Read)]
    read = {field.column for one in found for _, field in one.compiled(dialect).encrypted_columns}
    assert (len(found), read) == (8, {"birth_on"})


def test_words_of_a_clinic_are_refused() -> None:
    assert (instrument_word("phq9"), score_word("phq9", "total")) == ("phq9", "total")
    for instrument, score in (("own.canary", "total"), ("phq9", "canary")):
        with pytest.raises(NotOfCatalogue):
            score_word(instrument, score)


def test_a_pseudonym_follows_from_the_key_alone() -> None:
    patient, other = new_id(), new_id()
    one = Disguise.of(KEY, patient, HERE)
    assert one.patient == Disguise.of(KEY, patient, HERE).patient
    assert len({one.patient, Disguise.of(OTHER_KEY, patient, HERE).patient, Disguise.of(KEY, other, HERE).patient}) == 3
    assert one.thing("session", patient) != one.thing("response", patient) != one.patient
    assert patient.hex[:8] not in one.patient
    assert len(one.patient) == 32


@given(st.uuids(), st.timedeltas(timedelta(), timedelta(days=3650)), st.integers(0, 10**6))
def test_intervals_stay_and_dates_go_back(patient: UUID, after: timedelta, minutes: int) -> None:
    """By at least a day and at most a year and a day; nothing below a minute is told."""
    one, first = Disguise.of(KEY, patient, HERE), datetime(2020, 1, 1, tzinfo=UTC) + after
    told, later = (datetime.fromisoformat(one.at(when)) for when in (first, first + timedelta(minutes=minutes)))
    assert later - told == timedelta(minutes=minutes)
    assert timedelta(days=1) <= first.replace(second=0, microsecond=0, tzinfo=None) - told < timedelta(days=367)
    assert (told.second, told.microsecond) == (0, 0)


def test_a_change_of_clocks_is_not_told() -> None:
    """Somebody who comes at ten each week comes at the same time all year, and each time a week after the last."""
    one = Disguise.of(KEY, new_id(), AWAY)
    visits = [datetime(2026, 1, 5, 10, tzinfo=AWAY) + timedelta(weeks=week) for week in range(52)]
    assert len({visit.utcoffset() for visit in visits}) == 2
    told = [datetime.fromisoformat(one.at(visit.astimezone(UTC))) for visit in visits]
    assert {later - before for before, later in itertools.pairwise(told)} == {timedelta(weeks=1)}
    assert told[0].tzinfo is None


@pytest.mark.parametrize(
    ("weight", "told"),
    [(None, None), (31, 1.2), (50, 1.2), (54.9, 1.2), (55, 1.0), (64.9, 1.0), (67.5, 0.86), (120, 0.5), (180, 0.5)],
)
def test_a_dose_by_weight_tells_a_step_of_weights(weight: float | None, told: float | None) -> None:
    assert mg_per_kg(60, weight) == told


def test_steps_of_a_clinic_have_no_name() -> None:
    assert [step_word(one) for one in ("t24", "s24", "again", "again7", "lake", "againX")] == [
        *("t24", "s24", "again", "again"),
        *(None, None),
    ]


def test_shifts_differ_by_patient_and_by_study() -> None:
    patients = [new_id() for _ in range(200)]
    shifts = {Disguise.of(key, one, HERE).shift for key in (KEY, OTHER_KEY) for one in patients}
    assert len(shifts) > 395


@pytest.mark.parametrize(
    ("birth_on", "band"),
    [
        ("2009-06-02", "under-18"),
        ("2008-06-01", "18-29"),
        ("1987-06-02", "30-39"),
        ("1986-06-01", "40-49"),
        ("1937-06-01", "80-89"),
        ("1936-06-02", "80-89"),
        ("1936-06-01", "90-or-over"),
        ("1901-01-01", "90-or-over"),
        (None, None),
    ],
)
def test_ages_are_told_in_bands(birth_on: str | None, band: str | None) -> None:
    assert band_of(birth_on, date(2026, 6, 1)) == band


@given(bands, st.integers(5, 10))
def test_no_band_is_of_few(found: list[AgeBand | None], minimum: int) -> None:
    """Nor are those whose band is not told few, unless there is nobody else."""
    told = told_bands(found, minimum)
    counts = Counter(band if band in told else None for band in found)
    hidden = counts.pop(None, 0)
    assert all(count >= minimum for count in counts.values())
    assert hidden == 0 or hidden >= minimum or not told


def test_one_whose_band_is_hidden_is_not_alone() -> None:
    """The smallest band that could be told is hidden with it."""
    found = [AgeBand.FROM_30] * 6 + [AgeBand.FROM_40] * 5 + [AgeBand.FROM_18]
    assert told_bands(found, 5) == {AgeBand.FROM_30}
    assert told_bands(found[:-1], 5) == {AgeBand.FROM_30, AgeBand.FROM_40}
    assert told_bands(found[5:], 5) == set()


@pytest.mark.parametrize(("count", "told"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10), (14, 10)])
def test_counts_are_told_in_steps(count: int, told: int | None) -> None:
    assert told_count(count, 5) == told


def test_two_tables_that_differ_by_one_patient_differ_in_nothing_small() -> None:
    """The difference of what is told is nothing, or as many as an export needs."""
    for before in range(40):
        first, second = told_count(before, 5) or 0, told_count(before + 1, 5) or 0
        assert second - first in {0, 5}


def test_the_table_tells_no_count_of_few() -> None:
    table = summary(Counter({("route", "im"): 7, ("route", "iv_infusion"): 4}), 11, 5).decode()
    assert '"patients": 10' in table
    assert table.count('"patients": null') == 1
    assert '"patients": 7' not in table
