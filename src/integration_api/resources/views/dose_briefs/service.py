"""Reading the dose brief of a session."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.adverse_events.kinds import (
    AdverseEventKind,
    EventOutcome,
    EventSeverity,
    Relatedness,
)
from integration_api.resources.care.assessments.rules import AssessmentReason
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.doses.rules import mg_per_kg
from integration_api.resources.care.monitoring.rules import Dosed, Measured, minutes_from_dose, observe_until
from integration_api.resources.care.monitoring.service import dosed_of
from integration_api.resources.care.orders.limits import DoseKind, DoseRoute
from integration_api.resources.care.readiness.checklist import BY_FLAG
from integration_api.resources.care.readiness.evaluation import NotDosing
from integration_api.resources.care.sessions.tables import Phase
from integration_api.resources.views.dose_briefs import statements as sql
from integration_api.resources.views.dose_briefs.rules import BriefRule, look
from integration_api.resources.views.dose_briefs.schemas import (
    BriefDose,
    BriefEvent,
    BriefFinding,
    BriefHold,
    BriefReading,
    BriefScore,
    BriefVital,
    DoseBrief,
)
from integration_api.resources.views.dose_briefs.statements import PartRow


async def read_dose_brief(work: Work, session_id: UUID) -> DoseBrief:
    """Return what is known of a dosing session, in two reads. Raises NotFound, NotDosing."""
    session = await work.get(sql.READ_BRIEFED, session_id=session_id)
    if session.phase is not Phase.DOSING:
        raise NotDosing
    dosed = dosed_of(session)
    found = await work.all(sql.PARTS_OF_SESSION, patient_id=session.patient_id, session_id=session.id)
    parts: dict[str, list[PartRow]] = {}
    for row in sorted(found, key=lambda row: (row.at, row.id), reverse=True):
        parts.setdefault(row.part, []).append(row)
    work.record(session.id, session.patient_id)
    return DoseBrief(
        session_id=session.id,
        patient_id=session.patient_id,
        state=session.state,
        planned_start_at=session.planned_start_at,
        started_at=session.started_at,
        observe_until=observe_until(dosed),
        decision=session.decision,
        reasons=[AssessmentReason(word) for word in session.reasons or ()],
        assessed_at=session.assessed_at,
        assessed_by_id=session.assessed_by_id,
        open_holds=_holds(parts),
        doses=[_dose(row) for row in parts.get("dose", ())],
        vitals=_vitals(parts.get("vital", ()), dosed),
        adverse_events=[_event(row) for row in parts.get("event", ())],
        scores=_scores(parts.get("score", ())),
    )


def _holds(parts: Mapping[str, Sequence[PartRow]]) -> list[BriefHold]:
    """Return the holds that stop a dose: those that are open, and those that it would open."""
    found = {(row.more, row.word): row for row in parts.get("hold", ())}
    for row in (*parts.get("flag", ()), *parts.get("elsewhere", ())):
        found.setdefault((row.more or BY_FLAG + row.word, row.word), row)
    in_order = sorted(found.values(), key=lambda row: (row.at, row.id), reverse=True)
    return [{"id": row.id, "rule": BriefRule(row.word), "opened_at": row.at} for row in in_order]


def _dose(row: PartRow) -> BriefDose:
    amount_mg = row.number or 0
    return {
        "id": row.id,
        "given_at": row.at,
        "route": DoseRoute(row.word),
        "kind": DoseKind(str(row.more)),
        "amount_mg": amount_mg,
        "mg_per_kg": mg_per_kg(amount_mg, row.second_number),
        "infusion_minutes": row.minutes,
        "devices": row.devices,
        "given_while_held": bool(row.is_held),
    }


def _vitals(rows: Sequence[PartRow], dosed: Dosed) -> list[BriefVital]:
    """Return the readings by field, in the order of the list of fields."""
    by_field: dict[VitalField, list[Measured]] = {}
    for row in rows:
        field = VitalField(row.word)
        by_field.setdefault(field, []).append(Measured(row.id, field, row.at, row.number, row.second_number))
    return [_vital(field, by_field[field], dosed) for field in VitalField if field in by_field]


def _vital(field: VitalField, readings: Sequence[Measured], dosed: Dosed) -> BriefVital:
    looked = look(readings, dosed)
    found: list[BriefFinding] = [{"rule": rule, "severity": severity} for rule, severity in looked.found]
    return {
        "field": field,
        "count": looked.reading_count,
        "latest": _reading(looked.latest, dosed.first_dose_at),
        "worst": _reading(looked.worst, dosed.first_dose_at),
        "findings": found,
    }


def _reading(one: Measured, first_dose_at: datetime | None) -> BriefReading:
    return {
        "id": one.id,
        "taken_at": one.taken_at,
        "minutes_from_dose": minutes_from_dose(one.taken_at, first_dose_at),
        "value": one.value or 0,
        "diastolic": one.diastolic,
    }


def _event(row: PartRow) -> BriefEvent:
    return {
        "id": row.id,
        "kind": AdverseEventKind(row.word),
        "onset_at": row.at,
        "ended_at": row.ended_at,
        "severity": EventSeverity(str(row.more)),
        "relatedness": Relatedness(str(row.third)),
        "outcome": EventOutcome(str(row.fourth)),
        "review_due_at": row.due_at,
        "reviewed_at": row.reviewed_at,
    }


def _scores(rows: Sequence[PartRow]) -> list[BriefScore]:
    """Return the latest score of each kind, the newest first; the rows come newest first."""
    kinds: dict[tuple[str, str], list[PartRow]] = {}
    for row in rows:
        kinds.setdefault((row.word, str(row.more)), []).append(row)
    return [_score(latest, earlier[0] if earlier else None) for latest, *earlier in kinds.values()]


def _score(row: PartRow, before: PartRow | None) -> BriefScore:
    return {
        "response_id": row.id,
        "instrument_id": row.word,
        "score_id": str(row.more),
        "answered_at": row.at,
        "value": row.number or 0,
        "ceiling": row.second_number,
        "max_possible": row.minutes,
        "is_off_window": bool(row.is_held),
        "value_before": None if before is None else before.number,
        "answered_before_at": None if before is None else before.at,
    }
