"""The things that go into an export: all that its patient is shown, or what the clinic may hand over of it.

A copy for a record request is read as the staff who make it, by the lists that they are shown anyway. So it cannot tell
them what the patient keeps private. Of what they see, only that goes in which the patient is shown too. Notes are read
in the patient's scope, since staff are shown more of each note.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from integration_api.access.actor import Role
from integration_api.access.jobs import OnBehalf
from integration_api.resources.measures.measure_responses.rules import ResponseState
from integration_api.resources.oversight.exports.chart_walks import Kind, Walk
from integration_api.resources.oversight.exports.export_kinds import KINDS
from integration_api.resources.people.patients import statements as patients_sql
from integration_api.resources.people.patients.operations import READ_PATIENT

AS_PATIENT = frozenset({"notes", "note_addenda", "note_versions"})
"""Kinds of which staff are shown drafts, what is withheld, and remarks of supervisors."""
LEFT_TO_PATIENT = frozenset({"reflection_versions", "kept_contents", "access_log"})
"""Kinds that the patient alone is shown, or that are shown to whoever wrote them."""
_FINISHED: dict[str, Callable[[Any], bool]] = {
    "plans": lambda plan: bool(plan.is_shared),
    "measure_responses": lambda response: response.state is ResponseState.COMPLETED,
}
"""Kinds of which people are shown their own drafts: these go in."""
NOBODY = UUID(int=0)


class OtherChart(Exception):
    """A list showed something of another patient, so nothing of this copy may be handed over."""


@dataclass(slots=True)
class Selection:
    """All that the patient is shown, read as the patient."""

    walk: Walk

    @property
    def kinds(self) -> Sequence[Kind]:
        """Return the kinds of things."""
        return KINDS

    def walk_of(self, _: Kind) -> Walk:
        """Return the walk by which a kind is read."""
        return self.walk

    def taken(self, _: Kind, page: Sequence[BaseModel]) -> Sequence[BaseModel]:
        """Return the things of a page that go in."""
        return page


@dataclass(slots=True)
class CopySelection(Selection):
    """The things that staff may hand over: they see them, and the patient is shown them."""

    notes: set[UUID] = field(default_factory=set)

    @property
    def kinds(self) -> Sequence[Kind]:
        """Return the kinds of things without those that are the patient's alone."""
        return [kind for kind in KINDS if kind.name not in LEFT_TO_PATIENT]

    def walk_of(self, kind: Kind) -> Walk:
        """Return the walk by which a kind is read; what is remembered is the same in both."""
        return _of_chart(self.walk, in_scope_of_patient=kind.name in AS_PATIENT)

    def taken(self, kind: Kind, page: Sequence[BaseModel]) -> Sequence[BaseModel]:
        """Return the things of a page that go in. Raises OtherChart: staff see more than one."""
        if any(getattr(one, "patient_id", self.walk.patient_id) != self.walk.patient_id for one in page):
            raise OtherChart(kind.name)
        if kind.name == "notes":
            self.notes.update(getattr(one, "id") for one in page)  # noqa: B009  each has one, unknown to types
        if kind.name == "attachments":
            return [one for one in page if self._is_taken(one)]
        return list(filter(_FINISHED[kind.name], page)) if kind.name in _FINISHED else page

    def _is_taken(self, attachment: Any) -> bool:  # noqa: ANN401  an Attachment
        """Return whether a file is of a note that goes in, or of an entry that staff are shown."""
        return attachment.note_id in self.notes or attachment.reflection_id is not None


def _of_chart(walk: Walk, *, in_scope_of_patient: bool) -> Walk:
    """Return the walk by the same sign-in, about this chart alone, with things as its patient is shown them.

    Without the chart, lists show staff those of their other patients too. In the scope of the patient, no rule for
    staff matches. Each Statement still proves the sign-in of the staff.
    """
    actor = replace(walk.on_behalf.actor, patient_id=walk.patient_id)
    if in_scope_of_patient:
        actor = replace(actor, roles=(Role.PATIENT,))
    return replace(walk, on_behalf=OnBehalf(walk.on_behalf.runtime, actor))


async def patient_account(on_behalf: OnBehalf, patient_id: UUID) -> UUID:
    """Return the account of a chart's patient, whose words are theirs in the readable chart; NOBODY if it has none."""
    row = await on_behalf.work(READ_PATIENT).one(patients_sql.ACCOUNT_OF_PATIENT, patient_id=patient_id)
    return row.id if row else NOBODY
