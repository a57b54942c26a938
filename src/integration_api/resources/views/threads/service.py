"""Reading the threads of a chart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from integration_api.access.work import Work
from integration_api.resources.care.orders.limits import DoseRoute
from integration_api.resources.journal.practices.effects import shown_change
from integration_api.resources.journal.practices.rules import Sums, mean_change
from integration_api.resources.people.patients.service import load_patient
from integration_api.resources.views.threads import statements as sql
from integration_api.resources.views.threads.rules import Begun, session_of
from integration_api.resources.views.threads.schemas import (
    IntentionSource,
    Thread,
    ThreadDose,
    ThreadGoal,
    ThreadInsight,
    ThreadReflection,
    ThreadStrategy,
)
from integration_api.resources.views.threads.statements import SESSIONS, BegunRow, Strand, StrandRow
from integration_api.web.paging import Page, Window


async def list_threads(work: Work, window: Window, patient_id: UUID) -> Page[Thread]:
    """Return one page of a chart's dosing sessions, each with all that the actor may see of its thread.

    Raises NotFound.
    """
    found = await work.page(
        sql.THREAD_SESSIONS,
        window,
        lambda row: (row.first_dose_at, row.first_dose_id),
        lambda row: row,
        patient_id=patient_id,
    )
    work.record(patient_id=patient_id)
    if not found.items:
        await load_patient(work, patient_id)  # a chart without doses, or one that is not theirs to see
        return Page[Thread](items=[], next_cursor=None)
    ids, newest = [row.id for row in found.items], found.items[0]
    strands = await work.all(
        sql.STRANDS,
        patient_id=patient_id,
        newest_at=newest.first_dose_at,
        newest_id=newest.first_dose_id,
        oldest_at=found.items[-1].first_dose_at,
        **dict(zip(SESSIONS, ids + ids[:1] * (len(SESSIONS) - len(ids)), strict=True)),
    )
    knots = _Knots.of(strands, [Begun(row.first_dose_at, row.first_dose_id, row.id) for row in found.items])
    return Page[Thread](items=[knots.thread(row) for row in found.items], next_cursor=found.next_cursor)


@dataclass
class _Knots:
    """The rows of a page by what they hang on."""

    intentions: dict[UUID, str | None] = field(default_factory=dict)
    doses: dict[UUID, list[StrandRow]] = field(default_factory=lambda: defaultdict(list))
    reflections: dict[UUID, list[StrandRow]] = field(default_factory=lambda: defaultdict(list))
    goals: dict[UUID, list[StrandRow]] = field(default_factory=lambda: defaultdict(list))
    of_insight: dict[UUID, list[StrandRow]] = field(default_factory=lambda: defaultdict(list))
    of_goal: dict[UUID, list[StrandRow]] = field(default_factory=lambda: defaultdict(list))
    cut: set[str] = field(default_factory=set)
    """The kinds of which there may be more than were read."""

    @classmethod
    def of(cls, rows: Sequence[StrandRow], sessions: Sequence[Begun]) -> "_Knots":
        """Sort the rows, which come newest first, each list the oldest first."""
        counts = Counter(row.kind for row in rows)
        made = cls(cut={kind for kind, count in counts.items() if count >= sql.MAX_ARM_ROWS})
        for row in reversed(rows):
            if row.kind == Strand.COURSE:
                made.intentions[row.id] = row.course_intention
            elif row.kind == Strand.DOSE and row.session_id is not None:
                made.doses[row.session_id].append(row)
            elif row.kind == Strand.REFLECTION and (of := session_of(row.session_id, row.at, sessions)) is not None:
                made.reflections[of].append(row)
            elif row.kind == Strand.GOAL and row.insight_id is not None:
                made.goals[row.insight_id].append(row)
            elif row.kind == Strand.STRATEGY:
                for insight_id in dict.fromkeys((row.insight_id, row.plan_insight_id)):
                    if insight_id is not None:
                        made.of_insight[insight_id].append(row)
                if row.goal_id is not None:
                    made.of_goal[row.goal_id].append(row)
        return made

    def thread(self, row: BegunRow) -> Thread:
        of_course = self.intentions.get(row.course_id) if row.course_id is not None else None
        source = IntentionSource.SESSION if row.intention else IntentionSource.COURSE if of_course else None
        return Thread(
            session_id=row.id,
            at=row.first_dose_at,
            intention=row.intention or of_course or None,
            intention_of=source,
            doses=[_dose(one) for one in self.doses[row.id]],
            reflections=[self._reflection(one) for one in self.reflections[row.id]],
            is_whole=not self.cut,
        )

    def _reflection(self, row: StrandRow) -> ThreadReflection:
        insights = row.content["insights"] if row.content is not None else []
        return {
            "id": row.id,
            "at": row.at,
            "insights": [self._insight(UUID(one["id"]), one["text"]) for one in insights],
        }

    def _insight(self, insight_id: UUID, text: str) -> ThreadInsight:
        return {
            "id": insight_id,
            "text": text,
            "goals": [self._goal(one) for one in self.goals[insight_id]],
            "strategies": _strategies(self.of_insight[insight_id]),
        }

    def _goal(self, row: StrandRow) -> ThreadGoal:
        return {
            "id": row.id,
            "title": row.goal_title or "",
            "baseline_level": row.first or 0,
            "level": row.last,
            "strategies": _strategies(self.of_goal[row.id]),
        }


def _dose(row: StrandRow) -> ThreadDose:
    return {"id": row.id, "given_at": row.at, "route": DoseRoute(row.word or "")}


def _strategies(rows: Iterable[StrandRow]) -> list[ThreadStrategy]:
    return [
        {
            "id": row.id,
            "plan_id": row.plan_id,
            "title": row.strategy_title or "",
            "uses": row.first or 0,
            "change": shown_change(mean_change(Sums(row.n or 0, row.total or 0, row.squares or 0))),
        }
        for row in rows
        if row.plan_id is not None
    ]
