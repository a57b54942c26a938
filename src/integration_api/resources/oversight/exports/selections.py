"""The things that go into an export: all that its patient is shown, or what the clinic may hand over of it.

A copy for a record request is read as the staff who make it, by the lists that they are shown anyway. So it cannot tell
them what the patient keeps private. Of what they see, only that goes in which the patient is shown too. Notes are read
in the patient's scope, since staff are shown more of each note.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from integration_api.access.actor import Role
from integration_api.access.jobs import OnBehalf
from integration_api.resources.journal.notes.operations import LIST_NOTES
from integration_api.resources.journal.notes.schemas import NoteFilter
from integration_api.resources.journal.notes.service import list_notes
from integration_api.resources.journal.notes.tables import NoteState
from integration_api.resources.measures.measure_responses.rules import ResponseState
from integration_api.resources.oversight.exports import statements as sql
from integration_api.resources.oversight.exports.chart_walks import Kind, Pages, Walk, listed
from integration_api.resources.oversight.exports.export_kinds import KINDS
from integration_api.resources.oversight.imported_records.operations import LIST_IMPORTED_RECORDS
from integration_api.resources.oversight.imported_records.schemas import ImportedRecordFilter
from integration_api.resources.oversight.imported_records.service import list_imported_records
from integration_api.resources.oversight.imported_records.tables import ImportedKind
from integration_api.resources.people.patients import statements as patients_sql
from integration_api.resources.people.patients.operations import READ_PATIENT

AS_PATIENT = frozenset({"notes", "note_addenda", "note_versions"})
"""Kinds of which staff are shown drafts, what is withheld, and remarks of supervisors."""
LEFT_TO_PATIENT = frozenset({"reflection_versions", "kept_contents", "access_log"})
"""Kinds that the patient alone is shown, or that are shown to whoever wrote them."""
_GOES_IN: dict[str, Callable[[Any], bool]] = {
    "reflections": lambda reflection: reflection.first_read_at is not None,
    "imported_records": lambda record: record.kind not in {ImportedKind.NOTE, ImportedKind.REFLECTION},
    "plans": lambda plan: bool(plan.is_shared),
    "measure_responses": lambda response: response.state is ResponseState.COMPLETED,
}
"""Kinds of which people are shown drafts, what they must not learn by a copy, or where what they do not see came from.

Making a copy reads no entry for its staff, so the patient may still take back what nobody has read (ADR 8).
"""
_FILED = listed(LIST_NOTES, partial(list_notes, only=NoteFilter(state=NoteState.FILED_UNSIGNED)))
_ORIGINS = listed(
    LIST_IMPORTED_RECORDS, partial(list_imported_records, only=ImportedRecordFilter(kind=ImportedKind.NOTE))
)
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

    def pages(self, kind: Kind) -> Pages:
        """Return the pages of a kind."""
        return kind.read(self.walk)

    def taken(self, _: Kind, page: Sequence[BaseModel]) -> Sequence[BaseModel]:
        """Return the things of a page that go in."""
        return page


@dataclass(slots=True)
class CopySelection(Selection):
    """The things that staff may hand over: they see them, and the patient is shown them."""

    parents: set[UUID] = field(default_factory=set)
    """The notes and entries that go in, whose files do so too."""

    @property
    def kinds(self) -> Sequence[Kind]:
        """Return the kinds of things without those that are the patient's alone."""
        return [kind for kind in KINDS if kind.name not in LEFT_TO_PATIENT]

    async def pages(self, kind: Kind) -> Pages:
        """Yield the pages of a kind; after the notes, those of another system, which nobody signs here (ADR 82)."""
        async for page in kind.read(_of_chart(self.walk, in_scope_of_patient=kind.name in AS_PATIENT)):
            yield page
        if kind.name == "notes":
            walk = _of_chart(self.walk, in_scope_of_patient=False)
            imported = {getattr(one, "subject_id") async for page in _ORIGINS(walk) for one in page}  # noqa: B009
            async for page in _FILED(walk):
                yield [one for one in page if getattr(one, "id") in imported]  # noqa: B009

    def taken(self, kind: Kind, page: Sequence[BaseModel]) -> Sequence[BaseModel]:
        """Return the things of a page that go in. Raises OtherChart: staff see more than one."""
        if any(getattr(one, "patient_id", self.walk.patient_id) != self.walk.patient_id for one in page):
            raise OtherChart(kind.name)
        taken = list(filter(self._is_taken if kind.name == "attachments" else _GOES_IN.get(kind.name), page))
        if kind.name in {"notes", "reflections"}:
            self.parents.update(getattr(one, "id") for one in taken)  # noqa: B009  each has one, unknown to types
        return taken

    def _is_taken(self, attachment: Any) -> bool:  # noqa: ANN401  an Attachment
        """Return whether a file is of a note or an entry that goes in."""
        return not self.parents.isdisjoint({attachment.note_id, attachment.reflection_id})


def _of_chart(walk: Walk, *, in_scope_of_patient: bool) -> Walk:
    """Return the walk by the same sign-in, about this chart alone, with things as its patient is shown them.

    Without the chart, lists show staff those of their other patients too. In the scope of the patient, no rule for
    staff matches. Each Statement still proves the sign-in of the staff.
    """
    actor = replace(walk.on_behalf.actor, patient_id=walk.patient_id)
    if in_scope_of_patient:
        actor = replace(actor, roles=(Role.PATIENT,))
    return replace(walk, on_behalf=OnBehalf(walk.on_behalf.runtime, actor))


async def check_reads_whole(on_behalf: OnBehalf, patient_id: UUID) -> None:
    """Raise NotFound if the staff who make a copy read no notes and reflections there now: it would have gaps."""
    await on_behalf.work(READ_PATIENT).get(sql.CHART_READ_WHOLE, patient_id=patient_id)


async def patient_account(on_behalf: OnBehalf, patient_id: UUID) -> UUID:
    """Return the account of a chart's patient, whose words are theirs in the readable chart; NOBODY if it has none."""
    row = await on_behalf.work(READ_PATIENT).one(patients_sql.ACCOUNT_OF_PATIENT, patient_id=patient_id)
    return row.id if row else NOBODY
