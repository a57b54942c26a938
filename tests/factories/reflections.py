"""Reflections for tests, and what the ledger holds of one."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from integration_api.access.actions import Action
from integration_api.access.policy import grant
from integration_api.access.visible import insert_for_chart
from integration_api.access.work import Work
from integration_api.core.ids import new_id
from integration_api.core.statements import Change, Read, Scope
from integration_api.core.tables import table_of
from integration_api.ledger.tables import LedgerRow, LedgerTable
from integration_api.resources.sessions.tables import Modality, Phase, SessionRow, SessionState, SessionTable
from tests.support import Api, Json, Person

_ledger = table_of(LedgerTable)
_LEDGER_OF = Read(
    "test_ledger_of",
    sa.select(*_ledger.c)
    .where(_ledger.c.subject_id == sa.bindparam("subject_id", type_=sa.Uuid()))
    .order_by(_ledger.c.at, _ledger.c.id),
    LedgerRow,
    Scope.SYSTEM,
    "tests look at the ledger itself",
)
_INSERT_SESSION = Change("test_insert_session", insert_for_chart(SessionTable), Scope.CHART)


async def draft(patient: Person, **facts: object) -> Json:
    """A draft of this patient."""
    made: Json = await patient.post("/reflections", {"text": "The lake was still.", **facts})
    return made


async def submitted(patient: Person, *, share: bool = False, release_at: str | None = None, **facts: object) -> Json:
    """A reflection that this patient has handed in."""
    made = await draft(patient, **facts)
    done: Json = await patient.post(
        f"/reflections/{made['id']}/submit", {"share": share, "release_at": release_at}, expect=200, match=1
    )
    return done


async def join_team(therapist: Person, patient_id: str, colleague: Person, role: str) -> None:
    """Let a colleague see the chart."""
    await therapist.post(f"/patients/{patient_id}/care-team", {"account_id": colleague.id, "role": role})


async def ledger_of(api: Api, subject_id: str) -> list[tuple[str, bool]]:
    """Every event of this subject, and whether it is the patient's alone to see."""
    rows = await api.runtime.database.all(_LEDGER_OF, {"subject_id": UUID(subject_id)})
    return [(row.event, row.is_private) for row in rows]


def work_of(person: Person, action: Action) -> Work:
    """A unit of work of this person, to hold one still between its reading and its change."""
    return Work(person.api.runtime, action, "test", person.actor, grant(action, person.actor.roles))


async def session_row(therapist: Person, patient_id: str) -> str:
    """A planned session, put in the chart as a therapist would."""
    work = work_of(therapist, Action.SESSION_CREATE)
    row = SessionRow(
        clinic_id=therapist.actor.clinic_id,
        id=new_id(),
        created_at=work.now,
        updated_at=work.now,
        patient_id=UUID(patient_id),
        phase=Phase.INTEGRATION,
        state=SessionState.PLANNED,
        modality=Modality.IN_PERSON,
        planned_start_at=work.now + timedelta(days=1),
        people=[],
        created_by_id=therapist.actor.id,
    )
    work.create(_INSERT_SESSION, row)
    await work.apply()
    return str(row.id)
