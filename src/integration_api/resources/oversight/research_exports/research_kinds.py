"""The files of a research export: which Statement reads each, and how a row becomes a line."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from integration_api.resources.oversight.research_exports import research_chart_statements as sql
from integration_api.resources.oversight.research_exports.pseudonyms import Disguise
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
    score_word,
)
from integration_api.storage.statements import Read


@dataclass(frozen=True, slots=True)
class ResearchKind:
    """A kind of lines: the file `data/<name>.jsonl`."""

    name: str
    read: Read[Any]
    at: Callable[[Any], datetime]
    """The time by which the lines of a patient are sorted."""
    disguised: Callable[[Any, Disguise], Record | None]
    """Returns the line; None if it must not be told."""

    def lines_of(self, rows: Sequence[BaseModel], disguise: Disguise) -> list[Record]:
        """Return the lines of one chart, the earliest first."""
        found = (self.disguised(row, disguise) for row in sorted(rows, key=self.at))
        return [one for one in found if one is not None]


def _session(row: sql.SessionFacts, one: Disguise) -> SessionRecord:
    return SessionRecord(
        one.patient,
        one.thing("session", row.id),
        row.phase,
        row.state,
        row.modality,
        one.at(row.planned_start_at),
        one.optional_at(row.started_at),
        one.optional_at(row.ended_at),
    )


def _dose(row: sql.DoseFacts, one: Disguise) -> DoseRecord:
    return DoseRecord(
        one.patient,
        one.thing("session", row.session_id),
        row.kind,
        row.route,
        row.amount_mg,
        None if row.weight_kg is None else round(row.amount_mg / row.weight_kg, 1),
        one.at(row.given_at),
        row.infusion_minutes,
        row.devices,
    )


def _vital(row: sql.VitalFacts, one: Disguise) -> VitalRecord:
    session = one.thing("session", row.session_id)
    return VitalRecord(one.patient, session, row.field, row.value, row.diastolic, one.at(row.taken_at))


def _adverse_event(row: sql.AdverseEventFacts, one: Disguise) -> AdverseEventRecord:
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


def _arc_window(row: sql.ArcWindowFacts, one: Disguise) -> ArcWindowRecord:
    return ArcWindowRecord(
        one.patient,
        one.thing("session", row.session_id),
        row.kind,
        row.state,
        one.at(row.dose_at),
        one.at(row.opens_at),
        one.at(row.due_at),
        one.at(row.closes_at),
        one.optional_at(row.settled_at),
    )


def _score(row: sql.ScoreFacts, one: Disguise) -> ScoreRecord | None:
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
    ResearchKind("sessions", sql.RESEARCH_SESSIONS, lambda row: row.planned_start_at, _session),
    ResearchKind("doses", sql.RESEARCH_DOSES, lambda row: row.given_at, _dose),
    ResearchKind("vitals", sql.RESEARCH_VITALS, lambda row: row.taken_at, _vital),
    ResearchKind("adverse_events", sql.RESEARCH_ADVERSE_EVENTS, lambda row: row.onset_at, _adverse_event),
    ResearchKind("arc_windows", sql.RESEARCH_ARC_WINDOWS, lambda row: row.due_at, _arc_window),
    ResearchKind("scores", sql.RESEARCH_SCORES, lambda row: row.happened_at, _score),
)
