"""The files of a research export: which Statement reads each, and how a row becomes a line."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from integration_api.resources.care.arc_windows.rules import ArcState, state_at
from integration_api.resources.oversight.research_exports import research_chart_statements as sql
from integration_api.resources.oversight.research_exports.pseudonyms import Disguise, mg_per_kg
from integration_api.resources.oversight.research_exports.records import (
    AdverseEventRecord,
    ArcWindowRecord,
    DoseRecord,
    NotOfCatalogue,
    Record,
    ScoreRecord,
    SessionRecord,
    VitalRecord,
    instrument_word,
    line_of,
    score_word,
    step_word,
)
from integration_api.storage.statements import Read


@dataclass(frozen=True, slots=True)
class ResearchKind:
    """A kind of lines: the file `data/<name>.jsonl`."""

    name: str
    read: Read[Any]
    at: Callable[[Any], str | None]
    """The time by which the lines of a patient are sorted, as it is told."""
    disguised: Callable[[Any, Disguise, datetime], Record | None]
    """Returns the line by what was read at this time; None if it must not be told."""

    def lines_of(self, rows: Sequence[BaseModel], disguise: Disguise, now: datetime) -> list[Record]:
        """Return the lines of one chart, the earliest first. Their order tells nothing that they do not tell."""
        found = (self.disguised(row, disguise, now) for row in rows)
        return sorted((one for one in found if one is not None), key=lambda one: (self.at(one) or "", line_of(one)))


def _session(row: sql.SessionFacts, one: Disguise, _: datetime) -> SessionRecord:
    return SessionRecord(
        one.patient,
        one.thing("session", row.id),
        row.phase,
        row.state,
        row.modality,
        one.optional_at(row.started_at),
        one.optional_at(row.ended_at),
    )


def _dose(row: sql.DoseFacts, one: Disguise, _: datetime) -> DoseRecord:
    return DoseRecord(
        one.patient,
        one.thing("session", row.session_id),
        row.kind,
        row.route,
        row.amount_mg,
        mg_per_kg(row.amount_mg, row.weight_kg),
        one.at(row.given_at),
        row.infusion_minutes,
        row.devices,
    )


def _vital(row: sql.VitalFacts, one: Disguise, _: datetime) -> VitalRecord:
    session = one.thing("session", row.session_id)
    return VitalRecord(one.patient, session, row.field, row.value, row.diastolic, one.at(row.taken_at))


def _adverse_event(row: sql.AdverseEventFacts, one: Disguise, _: datetime) -> AdverseEventRecord:
    return AdverseEventRecord(
        one.patient,
        one.thing("session", row.session_id),
        row.kind,
        row.severity,
        row.relatedness,
        row.outcome,
        row.is_expected,
        one.at(row.onset_at),
        one.optional_at(row.ended_at),
    )


def _arc_window(row: sql.ArcWindowFacts, one: Disguise, now: datetime) -> ArcWindowRecord | None:
    state = state_at(row.state, row.closes_at, now)
    if state is ArcState.OPEN:
        return None  # it would tell that the true time is now
    session = one.thing("session", row.session_id)
    return ArcWindowRecord(one.patient, session, row.kind, step_word(row.step_id), state, one.at(row.dose_at))


def _score(row: sql.ScoreFacts, one: Disguise, _: datetime) -> ScoreRecord | None:
    with suppress(NotOfCatalogue):
        return ScoreRecord(
            one.patient,
            one.optional("session", row.session_id),
            one.thing("response", row.response_id),
            instrument_word(row.instrument_id),
            row.instrument_version,
            score_word(row.instrument_id, row.score_id),
            row.respondent,
            row.value,
            row.max_possible,
            row.ceiling is not None,
            one.at(row.happened_at),
        )
    return None


KINDS = (
    ResearchKind("sessions", sql.RESEARCH_SESSIONS, lambda one: one.started_at, _session),
    ResearchKind("doses", sql.RESEARCH_DOSES, lambda one: one.given_at, _dose),
    ResearchKind("vitals", sql.RESEARCH_VITALS, lambda one: one.taken_at, _vital),
    ResearchKind("adverse_events", sql.RESEARCH_ADVERSE_EVENTS, lambda one: one.onset_at, _adverse_event),
    ResearchKind("arc_windows", sql.RESEARCH_ARC_WINDOWS, lambda one: one.dose_at, _arc_window),
    ResearchKind("scores", sql.RESEARCH_SCORES, lambda one: one.happened_at, _score),
)
