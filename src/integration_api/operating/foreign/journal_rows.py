"""The rows of imported notes, entries, plans and goals."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from integration_api.access.tables import TenantRow
from integration_api.core.ids import new_id
from integration_api.operating.foreign.import_plans import New
from integration_api.operating.foreign.record_values import GoalValues, NoteValues, PlanValues, ReflectionValues
from integration_api.resources.journal.goals.tables import GoalRow
from integration_api.resources.journal.notes.tables import NoteFormat, NoteRow, NoteState, SharingState
from integration_api.resources.journal.plans.tables import PlanRow, PlanState, StrategyRow
from integration_api.resources.journal.reflections.contents import Content, outline_of
from integration_api.resources.journal.reflections.tables import (
    ReflectionKind,
    ReflectionRow,
    ReflectionState,
    ReflectionVersionRow,
    Sharing,
)
from integration_api.resources.people.patients.monitoring_statements import ClinicOfPatient, monitoring_statement
from integration_api.storage.tables import ClinicRow

Table = tuple[str, ClinicRow]
USUAL_BASELINE, USUAL_WEIGHT = -1, 1


def note_rows(one: New, begin: dict[str, Any], author_id: UUID, account_id: UUID, source: str) -> Iterator[Table]:
    """Yield a note as it was filed without a signature: nobody here has signed it, and nobody will."""
    values = one.found.values
    assert isinstance(values, NoteValues)  # noqa: S101  by its maker
    assert one.session_id is not None  # noqa: S101  a note without a session is left out
    yield (
        "notes",
        NoteRow(
            **begin,
            session_id=one.session_id,
            format=NoteFormat.NARRATIVE,
            state=NoteState.FILED_UNSIGNED,
            sections={"narrative": values.text},
            author_id=author_id,
            happened_at=values.happened_at,
            needs_cosign=False,
            returns=[],
            filed_at=begin["created_at"],
            filed_by_id=account_id,
            filed_reason=f"Imported from {source}; not signed here.",
            sharing=SharingState.SHARED,
            imported_at=begin["created_at"],
        ),
    )


def reflection_rows(one: New, begin: dict[str, Any], tenant: TenantRow) -> Iterator[Table]:
    """Yield an entry of the patient, private, and its version if it was handed in."""
    values = one.found.values
    assert isinstance(values, ReflectionValues)  # noqa: S101  by its maker
    content: Content = {
        "text": values.text,
        "prompt_set": None,
        "prompt_set_version": None,
        "answers": [],
        "ratings": None,
        "tags": [],
        "insights": [],
        "safety": None,
        "contact_me": False,
    }
    clinic = ClinicOfPatient(**tenant.__dict__, patient_time_zone=None)
    told = monitoring_statement(clinic, begin["created_at"], told=None) if values.is_submitted else None
    yield (
        "reflections",
        ReflectionRow(
            **begin,
            session_id=one.session_id,
            kind=ReflectionKind.TEXT,
            state=ReflectionState.SUBMITTED if values.is_submitted else ReflectionState.DRAFT,
            sharing=Sharing.PRIVATE,
            happened_at=values.happened_at,
            submitted_at=values.happened_at if values.is_submitted else None,
            content_number=1 if values.is_submitted else 0,
            content=content,
            outline=outline_of(content),
            monitoring=told,
        ),
    )
    if told is not None:
        version = ReflectionVersionRow(
            clinic_id=begin["clinic_id"],
            id=new_id(),
            patient_id=begin["patient_id"],
            reflection_id=begin["id"],
            number=1,
            saved_at=begin["created_at"],
            content=content,
            monitoring=told,
        )
        yield "reflection_versions", version


def plan_rows(one: New, begin: dict[str, Any], account_id: UUID) -> Iterator[Table]:
    """Yield a plan that is archived: nobody here has agreed to it."""
    values = one.found.values
    assert isinstance(values, PlanValues)  # noqa: S101  by its maker
    yield (
        "plans",
        PlanRow(
            **begin,
            is_shared=True,
            state=PlanState.ARCHIVED,
            title=values.title,
            aim=values.aim,
            strategy_count=len(values.strategies),
            created_by_id=account_id,
        ),
    )
    for strategy in values.strategies:
        made = StrategyRow(
            **{**begin, "id": new_id()},
            plan_id=begin["id"],
            category=strategy.category,
            title=strategy.title,
            description=strategy.description,
            barriers=[],
            supports=[],
            created_by_id=account_id,
        )
        yield "strategies", made


def goal_rows(one: New, begin: dict[str, Any], account_id: UUID) -> Iterator[Table]:
    """Yield a goal. Nobody has rated it here, so its scale can still be written."""
    values = one.found.values
    assert isinstance(values, GoalValues)  # noqa: S101  by its maker
    is_withdrawn = values.withdrawn_reason is not None
    goal = GoalRow(
        **begin,
        title=values.title,
        levels=values.levels,
        baseline_level=USUAL_BASELINE,
        weight=USUAL_WEIGHT,
        created_by_id=account_id,
        withdrawn_at=begin["created_at"] if is_withdrawn else None,
        withdrawn_by_id=account_id if is_withdrawn else None,
        withdrawn_reason=values.withdrawn_reason,
    )
    yield "goals", goal
