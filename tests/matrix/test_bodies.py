"""What nobody may set: every operation with a body refuses it, whoever sends it."""

import pytest

from integration_api.core.ids import new_id
from tests.databases import on_sqlite
from tests.document import body_properties
from tests.matrix.asking import CASES, Case, ask
from tests.scene import OPERATIONS, Scene

pytestmark = pytest.mark.thorough

EXTRA: dict[str, object] = {
    "clinic_id": str(new_id()),
    "account_id": str(new_id()),
    "author_id": str(new_id()),
    "created_by_id": str(new_id()),
    "patient_id": str(new_id()),
    "signed_by_id": str(new_id()),
    "reviewed_by_id": str(new_id()),
    "role": "clinic_admin",
    "roles": ["clinic_admin"],
    "basis": "team",
    "state": "active",
    "version": 1,
    "epoch": 1,
    "password_hash": "x",
    "purpose": "treatment",
    "content_sha256": "0" * 64,
    "created_at": "2020-01-01T00:00:00Z",
    "updated_at": "2020-01-01T00:00:00Z",
    "signed_at": "2020-01-01T00:00:00Z",
    "started_at": "2020-01-01T00:00:00Z",
    "submitted_at": "2020-01-01T00:00:00Z",
    "first_read_at": "2020-01-01T00:00:00Z",
    "unheard_of": True,
}
"""Facts that the server makes, or that only some operations take."""

WRITING = [case for case in CASES if case.method != "GET" and case.name == case.route.name]


@on_sqlite
@pytest.mark.parametrize("case", WRITING, ids=lambda case: case.name)
async def test_a_fact_that_is_not_theirs_to_set_is_refused(scene: Scene, case: Case) -> None:
    properties = body_properties(scene.world.api.document, case.route.name)
    if not properties:
        assert not case.route.declared.takes_body  # what is sent all the same is never read
        return
    request = await OPERATIONS[case.name](scene)
    body = request.body if isinstance(request.body, dict) else {}
    names = [name for name in EXTRA if name not in properties]
    assert len(names) > 15
    sent = request._replace(body={**body, **{name: EXTRA[name] for name in names}})
    answer = await ask(scene, request.person, sent, is_stale=False)
    assert answer.status_code == 422, answer.text
    assert [error["code"] for error in answer.json()["errors"]] == ["extra_forbidden"] * len(names)  # one for each
    assert (await ask(scene, request.person, request, is_stale=False)).is_success  # nothing else was wrong with it
