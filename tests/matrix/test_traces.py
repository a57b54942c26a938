"""Every operation leaves who, in which role, for what and in whose chart; without that it is not answered."""

import pytest
import sqlalchemy as sa

from integration_api.access.actor import Role
from integration_api.access.operations import Relation
from integration_api.access.policy import PURPOSES
from integration_api.core.ids import new_id
from integration_api.ledger.events import Outcome
from integration_api.ledger.tables import LedgerRow, LedgerTable
from integration_api.storage.database import Database, DatabaseDown
from integration_api.storage.statements import Read, Scope, param
from integration_api.storage.tables import table_of
from tests.matrix.asking import CASES, Case, ask, cases
from tests.scene import OPERATIONS, Request, Scene
from tests.support import Person

pytestmark = pytest.mark.thorough

_ledger = table_of(LedgerTable)
OF_REQUEST = Read(
    "test_ledger_of_request",
    sa.select(*_ledger.c).where(
        _ledger.c.clinic_id == param("clinic_id", _ledger.c.clinic_id),
        _ledger.c["at"] > param("since", _ledger.c["at"]),
        _ledger.c.request_id == param("request_id", _ledger.c.request_id),
    ),
    LedgerRow,
    Scope.SYSTEM,
    "tests look at the ledger itself",
)
OF_A_CHART = {Relation.OWN, Relation.TEAM, Relation.AUTHOR}
NAMES_NO_CHART = {"read_worklist", "list_group_sessions", "list_group_sessions (soon)"}
"""Lists of what waits or is planned, for many charts; each thing of it is recorded when it is read."""
OF_A_GROUP = {"read_group_session", "create_group_session", "add_group_member"}
"""One row is of the group, which stands in no chart; the others are of its members' charts."""


async def traces(scene: Scene, person: Person | None, request: Request) -> list[LedgerRow]:
    """The rows of one request."""
    request_id, since = new_id().hex, scene.world.api.clock()
    await ask(scene, person, request, {**(request.headers or {}), "X-Request-Id": request_id}, is_stale=False)
    database = scene.world.api.runtime.database
    known = {"clinic_id": scene.world.clinic_id, "since": since, "request_id": request_id}
    return await database.all(OF_REQUEST, known)


def is_of_a_chart(case: Case) -> bool:
    operation = case.route.operation
    is_named = case.name not in NAMES_NO_CHART and not operation.is_confidential
    return is_named and set(operation.who.values()) <= OF_A_CHART


async def test_every_operation_names_actor_role_purpose_and_chart(scene: Scene) -> None:
    recorded = 0
    for case in CASES:
        request = await OPERATIONS[case.name](scene)
        if case.route.operation.event is None or request.status not in (None, 304) or "same key" in case.name:
            continue
        rows = await traces(scene, request.person, request)
        assert rows, case.name
        for row in rows:
            assert (row.action, row.outcome) == (case.route.operation.action, Outcome.DONE), case.name
            if request.person is None:
                continue
            actor = request.person.actor
            assert row.actor_id == actor.id
            assert row.actor_role in actor.roles
            assert row.purpose == next(PURPOSES[role] for role in actor.roles if role == row.actor_role)
            if is_of_a_chart(case) and "nothing there" not in case.name and case.name not in OF_A_GROUP:
                assert row.patient_id is not None, case.name
        if case.name in OF_A_GROUP:
            assert [row.patient_id for row in rows].count(None) == 1 < len(rows), case.name
        recorded += len(rows)
    assert recorded > 80


async def test_every_refusal_names_who_asked_for_what(scene: Scene) -> None:
    stranger = await scene.world.therapist()
    for case in CASES:
        request = await OPERATIONS[case.name](scene)
        if (
            case.route.operation.event is None
            or case.route.operation.is_public
            or not request.names_a_thing
            or request.status is not None
        ):
            continue
        may = case.route.operation.who.get(Role.THERAPIST)
        if case.name == "open_emergency_access" or may is Relation.CLINIC:
            continue  # theirs to do
        [row] = await traces(scene, stranger, request)
        assert (row.event, row.outcome, row.actor_id) == ("request.refused", Outcome.DENIED, stranger.actor.id), case
        assert row.reason in ("not-found", "forbidden")


async def test_no_read_is_answered_without_its_trace(scene: Scene) -> None:
    """Whichever way its row is written: alone, or with the change of a first reading."""
    silent = {name: getattr(Database, name) for name in ("append", "apply")}

    async def fail(*_: object) -> None:
        raise DatabaseDown

    asked = []
    for case in cases("GET"):
        request = await OPERATIONS[case.name](scene)
        if case.route.operation.event is None or case.is_public or request.status is not None:
            continue
        for name in silent:
            setattr(Database, name, fail)
        try:
            answer = await ask(scene, request.person, request)
        finally:
            for name, method in silent.items():
                setattr(Database, name, method)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable"), case.name
        asked.append(case.name)
    assert len(asked) > 25
