"""What holds for every operation alike: parameters that are not known, keys of retries, versions."""

from itertools import cycle

import pytest

from integration_api.app import create_app
from integration_api.core.ids import new_id
from integration_api.settings import Settings
from integration_api.storage.statements import STATEMENTS
from integration_api.web.idempotency import METHODS
from tests.databases import on_sqlite
from tests.document import body_properties, operations
from tests.matrix.asking import CASES, Case, ask
from tests.matrix.references import DOCUMENT
from tests.scene import OPERATIONS, Request, Scene

pytestmark = pytest.mark.thorough

PARAMETERS = [
    "sort=created_at",
    "order_by=name%3B%20DROP%20TABLE%20notes",
    "fields=password_hash",
    "include=all",
    "q=a",
]
ONE_OF_EACH = [case for case in CASES if case.name == case.route.name]
SHOWN_ONCE = {
    "create_calendar",
    "create_capture_link",
    "create_support_token",
    "add_totp",
    "confirm_totp",
    "add_passkey",
    "make_recovery_codes",
    "step_up",
    "create_invitation",
    "create_password_reset",
    "create_service_account",
    "create_safety_plan_token",
    "create_webhook",
    "rotate_webhook_secret",
    "rotate_service_account_secret",
}
"""Answers that hold what is shown once are not kept: a retry does nothing again and is told just that."""
ONE_S_OWN = {
    "sign_out",
    "change_password",
    "remove_factor",
    "end_account_sign_in",
    "end_account_sign_ins",
    "end_sign_in",
    "end_sign_ins",
    "delete_calendar",
    "delete_capture_link",
    "delete_notification_channel",
    "delete_support_token",
    "revoke_psychotherapy_note_grant",
}
"""Ends of sign-ins, proofs, channels and permissions, which have no version; and of a link for the patient."""
NEVER_REFUSED = {"ask_for_help"}
"""A call for help: parameters and Idempotency-Keys are not looked at, so nothing of it is refused."""
KEYED = [case for case in ONE_OF_EACH if case.method in METHODS and not case.route.operation.is_public]


def by_name(case: Case) -> str:
    return case.name


@on_sqlite
@pytest.mark.parametrize(
    ("case", "parameter"),
    list(zip(ONE_OF_EACH, cycle(PARAMETERS), strict=False)),
    ids=lambda value: value.name if isinstance(value, Case) else value.partition("=")[0],
)
async def test_a_parameter_that_is_not_known_is_refused(scene: Scene, case: Case, parameter: str) -> None:
    """None of these is known to an operation; it is asked with one of them."""
    assert case.route.declared.query_names.isdisjoint(known.partition("=")[0] for known in PARAMETERS)
    request = await OPERATIONS[case.name](scene)
    path = f"{request.path}{'&' if '?' in request.path else '?'}{parameter}"
    answer = await ask(scene, request.person, request._replace(path=path), request.headers, is_stale=False)
    if case.name in NEVER_REFUSED:
        assert (answer.status_code, answer.json()["told"]) == (200, "team")
        return
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["query.(unknown)"]


def test_no_statement_searches_by_a_pattern() -> None:
    """Nothing a person sends is ever a pattern, and nothing of it is part of a text of SQL: there is only one text."""
    create_app(Settings())
    for name, statement in STATEMENTS.items():
        for dialect in ("sqlite", "postgresql"):
            sql = f" {statement.compiled(dialect).sql.lower()} "
            assert not [
                word for word in (" like ", " ilike ", " ~ ", " similar ", " regexp ", " glob ") if word in sql
            ], name


def other_than(request: Request, case: Case, scene: Scene) -> Request:
    """Nearly the same request: at another version, or with an id of its own, or with another text."""
    if request.match is not None:
        return request._replace(match=request.match + 1)
    body = request.body if isinstance(request.body, dict) else {}
    if "id" in body_properties(scene.world.api.document, case.route.name):
        return request._replace(body={**body, "id": str(new_id())})
    name = next(name for name, value in body.items() if isinstance(value, str) and not name.endswith("_id"))
    return request._replace(body={**body, name: f"{body[name]}x"})


SEARCHES = {"search_patients", "search_reflections", "search_chart", "offer_new_passkey", "send_batch"}
"""Makes nothing itself, so that nothing is kept: a retry searches again, and each item of a batch has its own key."""

KNOWN_BY_IDS = {"record_vitals", "upload_vitals", "record_link_events", "delete_support_token"}
"""Each part of the body has an id of its own, or the path says all: a retry finds it done, and changes nothing."""

LAST_ACTS = {"sign_out"}
"""Nobody is signed in afterwards who could ask again."""

ONLY_BY_ID = {
    "create_calendar",
    "create_capture_link",
    "create_support_token",
    "delete_calendar",
    "delete_capture_link",
    "delete_notification_channel",
    "revoke_psychotherapy_note_grant",
    "create_invitation",
    "create_password_reset",
    "add_passkey",
    "make_recovery_codes",
    "complete_task",
    "mark_inbox_read",
    "remove_factor",
    "end_account_sign_in",
    "end_account_sign_ins",
    "end_sign_in",
    "end_sign_ins",
    "send_test_event",
    "create_safety_plan_token",
    "replay_webhook",
}
"""Has no field that could be another and still right, or the same again changes nothing.

A key sent with another account is in test_replays.py.
"""


@pytest.mark.parametrize(
    "case", [case for case in KEYED if case.name not in SEARCHES | KNOWN_BY_IDS | LAST_ACTS], ids=by_name
)
async def test_a_key_means_one_request(scene: Scene, case: Case) -> None:
    """Sent again it is answered the same and done once; with anything else it is refused."""
    request, key = await OPERATIONS[case.name](scene), {"Idempotency-Key": new_id().hex}
    first = await ask(scene, request.person, request, key, is_stale=False)
    again = await ask(scene, request.person, request, key, is_stale=False)
    assert first.is_success, first.text
    assert "idempotency-replayed" not in first.headers
    if case.name in NEVER_REFUSED:  # it is done again, which tells nobody twice: tests/resources/people/test_help.py
        assert (again.status_code, "idempotency-replayed" in again.headers) == (200, False)
        return
    if case.name in SHOWN_ONCE:
        assert (again.status_code, again.json()["code"]) == (409, "shown-once")
    else:
        assert again.headers["idempotency-replayed"] == "true"
        same = ("etag", "location", "content-type")
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert {n: again.headers.get(n) for n in same} == {n: first.headers.get(n) for n in same}
    if case.name in ONLY_BY_ID:
        return
    other = await ask(scene, request.person, other_than(request, case, scene), key, is_stale=False)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


TAKE_A_VERSION = {
    operation["operationId"]
    for _, _, operation in operations(DOCUMENT)
    if any(parameter["name"].lower() == "if-match" for parameter in operation["parameters"])
}
VERSIONED = [case for case in ONE_OF_EACH if case.name in TAKE_A_VERSION]


@pytest.mark.parametrize("case", VERSIONED, ids=by_name)
async def test_a_change_says_which_version_it_means(scene: Scene, case: Case) -> None:
    request = await OPERATIONS[case.name](scene)
    assert request.match is not None
    unsaid = await ask(scene, request.person, request._replace(match=None))
    stale = await ask(scene, request.person, request)
    assert (unsaid.status_code, stale.status_code) == (428, 412), f"{unsaid.text} {stale.text}"
    assert (await ask(scene, request.person, request, is_stale=False)).is_success


def test_every_change_of_what_exists_says_its_version() -> None:
    """PATCH, PUT and DELETE always; a POST where it moves a thing to another state."""
    changing = {case.name for case in ONE_OF_EACH if case.method in ("PATCH", "PUT", "DELETE")}
    assert changing - {case.name for case in VERSIONED} == ONE_S_OWN
    assert len(VERSIONED) > 30
