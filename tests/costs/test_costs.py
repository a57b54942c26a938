"""What each operation asks of its database, exactly. A number that falls is written down here like one that rises.

`round_trips` are on PostgreSQL, counted on the wire between the application and the server, with every statement
prepared and the chart's key known. On SQLite, `statements` are what was run, `commits` what had to reach the disk.
"""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from integration_api.app import action_routes
from tests.applications import application, settings_of
from tests.costs.applications import measure, send
from tests.costs.conftest import Told
from tests.costs.counting import Wire, traced
from tests.costs.operations import Scene
from tests.costs.writings import OPERATIONS
from tests.databases import migrated_postgres, migrated_sqlite
from tests.support import World

pytestmark = pytest.mark.thorough


class Cost(NamedTuple):
    """What one operation asks of its database."""

    round_trips: int
    statements: int
    commits: int


COSTS = {
    "read_liveness": Cost(0, 0, 0),
    "read_readiness": Cost(1, 1, 0),
    "read_version": Cost(0, 0, 0),
    "read_clinic": Cost(2, 2, 1),
    "list_crisis_resources": Cost(1, 1, 0),
    "read_me": Cost(1, 1, 0),
    "list_notices": Cost(3, 3, 1),
    "list_sign_ins": Cost(2, 2, 1),
    "read_patient_account": Cost(3, 3, 1),
    "list_factors": Cost(4, 4, 1),
    "list_accounts": Cost(2, 2, 1),
    "read_account": Cost(2, 2, 1),
    "list_patients": Cost(2, 2, 1),
    "read_patient": Cost(2, 2, 1),
    "list_care_team": Cost(3, 3, 1),
    "read_worklist": Cost(2, 2, 1),
    "list_courses": Cost(2, 2, 1),
    "read_course": Cost(2, 2, 1),
    "list_sessions": Cost(2, 2, 1),
    "list_sessions (team)": Cost(2, 2, 1),
    "read_session": Cost(2, 2, 1),
    "list_notes": Cost(2, 2, 1),
    "read_note": Cost(2, 2, 1),
    "list_note_versions": Cost(3, 3, 1),
    "list_prompt_sets": Cost(1, 1, 0),
    "list_reflections": Cost(2, 2, 1),
    "read_reflection": Cost(2, 2, 1),
    "list_reflection_replies": Cost(4, 4, 1),
    "list_reflection_versions": Cost(3, 3, 1),
    "list_strategy_library": Cost(2, 2, 0),
    "list_plans": Cost(2, 2, 1),
    "read_plan": Cost(3, 3, 1),
    "list_plan_versions": Cost(4, 4, 1),
    "list_strategies": Cost(3, 3, 1),
    "list_practices": Cost(2, 2, 1),
    "read_practice": Cost(2, 2, 1),
    "read_timeline": Cost(2, 2, 1),
    "list_ledger": Cost(2, 2, 1),
    "read_note_proof": Cost(5, 5, 1),
    "read_access_log": Cost(2, 2, 1),
    "read_note (unchanged)": Cost(2, 2, 1),
    "read_note (not yours)": Cost(3, 3, 1),
    "read_note (not allowed)": Cost(2, 2, 1),
    "list_notes (nothing there)": Cost(3, 3, 1),
    "read_reflection (first by staff)": Cost(2, 3, 1),
    "update_clinic": Cost(2, 3, 1),
    "sign_in": Cost(6, 13, 3),
    "sign_in (with a code)": Cost(6, 14, 3),
    "sign_in (with a recovery code)": Cost(7, 17, 3),
    "sign_in (the factor is missing)": Cost(6, 12, 3),
    "offer_passkey": Cost(0, 0, 0),
    "sign_in_with_passkey": Cost(2, 6, 1),
    "step_up (a code)": Cost(7, 9, 4),
    "step_up (a passkey)": Cost(8, 12, 4),
    "add_totp": Cost(4, 6, 1),
    "confirm_totp": Cost(3, 7, 1),
    "offer_new_passkey": Cost(3, 3, 0),
    "add_passkey": Cost(4, 10, 1),
    "remove_factor": Cost(3, 6, 1),
    "make_recovery_codes": Cost(2, 14, 1),
    "change_password": Cost(8, 12, 4),
    "create_password_reset": Cost(3, 6, 1),
    "end_sign_in": Cost(1, 2, 1),
    "end_sign_ins": Cost(2, 3, 1),
    "sign_in (from a known device)": Cost(7, 8, 4),
    "refresh_tokens": Cost(2, 3, 1),
    "sign_out": Cost(1, 2, 1),
    "create_account": Cost(1, 3, 1),
    "update_account": Cost(2, 3, 1),
    "list_service_accounts": Cost(2, 2, 1),
    "set_external_identity": Cost(3, 8, 1),
    "remove_external_identity": Cost(2, 7, 1),
    "create_service_account": Cost(1, 4, 1),
    "update_service_account": Cost(2, 4, 1),
    "rotate_service_account_secret": Cost(3, 6, 1),
    "create_service_token": Cost(2, 3, 1),
    "accept_invitation": Cost(2, 5, 1),
    "accept_invitation (a reset)": Cost(2, 7, 1),
    "create_invitation": Cost(3, 5, 1),
    "create_invitation (patient)": Cost(4, 8, 1),
    "create_patient": Cost(2, 8, 1),
    "search_patients": Cost(2, 2, 1),
    "update_patient": Cost(2, 3, 1),
    "update_patient (name)": Cost(2, 5, 1),
    "read_patient_hold": Cost(2, 2, 1),
    "hold_patient": Cost(2, 4, 1),
    "release_patient": Cost(2, 4, 1),
    "erase_patient": Cost(5, 16, 1),
    "add_care_team_member": Cost(4, 8, 1),
    "end_care_team_member": Cost(2, 3, 1),
    "open_emergency_access": Cost(3, 7, 1),
    "review_emergency_access": Cost(2, 4, 1),
    "review_emergency_access (not justified)": Cost(3, 7, 1),
    "list_emergency_accesses": Cost(2, 2, 1),
    "create_course": Cost(1, 2, 1),
    "update_course": Cost(2, 3, 1),
    "create_session": Cost(2, 3, 1),
    "create_session (three people, a course)": Cost(3, 4, 1),
    "update_session": Cost(2, 3, 1),
    "start_session": Cost(2, 3, 1),
    "complete_session": Cost(2, 3, 1),
    "cancel_session": Cost(2, 3, 1),
    "no_show_session": Cost(2, 3, 1),
    "create_note": Cost(3, 5, 1),
    "update_note": Cost(2, 3, 1),
    "delete_note": Cost(2, 4, 1),
    "sign_note": Cost(5, 8, 1),
    "cosign_note": Cost(4, 7, 1),
    "return_note": Cost(4, 7, 1),
    "add_note_addendum": Cost(3, 5, 1),
    "amend_note": Cost(4, 6, 1),
    "enter_note_in_error": Cost(2, 3, 1),
    "set_note_sharing": Cost(2, 3, 1),
    "create_reflection": Cost(1, 2, 1),
    "create_reflection (with a key)": Cost(1, 3, 1),
    "create_reflection (the same key again)": Cost(9, 6, 2),
    "create_reflection (about a session)": Cost(2, 3, 1),
    "update_reflection": Cost(2, 3, 1),
    "update_reflection (stale)": Cost(2, 2, 0),
    "delete_reflection": Cost(2, 7, 1),
    "submit_reflection": Cost(3, 5, 1),
    "submit_reflection (shared)": Cost(5, 11, 1),
    "share_reflection": Cost(5, 9, 1),
    "unshare_reflection": Cost(3, 5, 1),
    "review_reflection": Cost(2, 4, 1),
    "reply_reflection": Cost(2, 3, 1),
    "add_strategy_library_entry": Cost(1, 2, 1),
    "create_plan": Cost(1, 2, 1),
    "update_plan": Cost(4, 5, 1),
    "update_plan (active)": Cost(3, 6, 1),
    "propose_plan": Cost(3, 4, 1),
    "accept_plan": Cost(3, 5, 1),
    "decline_plan": Cost(3, 6, 1),
    "pause_plan": Cost(3, 4, 1),
    "resume_plan": Cost(3, 4, 1),
    "complete_plan": Cost(3, 4, 1),
    "archive_plan": Cost(3, 4, 1),
    "add_strategy": Cost(4, 6, 1),
    "update_strategy": Cost(3, 5, 1),
    "remove_strategy": Cost(3, 5, 1),
    "log_practice": Cost(3, 4, 1),
}
"""By operation; in brackets, which case of it."""


def changed(measured: Mapping[str, tuple[int, ...]], written: Mapping[str, tuple[int, ...]]) -> dict[str, str]:
    """What is to be written down: by operation, what is written and what was measured."""
    names = sorted({*measured, *written})
    return {n: f"{written.get(n)} -> {measured.get(n)}" for n in names if written.get(n) != measured.get(n)}


def test_every_operation_has_its_cost() -> None:
    assert {name.partition(" (")[0] for name in OPERATIONS} == {route.name for route in action_routes()}
    assert OPERATIONS.keys() == COSTS.keys()


async def test_round_trips_on_postgres(told_postgres: Told) -> None:
    assert changed(told_postgres.costs, {name: cost[:1] for name, cost in COSTS.items()}) == {}


async def test_statements_on_sqlite(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    migrated_sqlite(settings.sqlite_path)
    with traced() as seen:
        async with application(settings) as api:
            measured = await measure(api, lambda: (seen.statements, seen.commits))
    assert changed(measured, {name: cost[1:] for name, cost in COSTS.items()}) == {}


@pytest.mark.parametrize("name", ["read_note", "list_reflections", "create_reflection"])
async def test_requests_at_once_share_round_trips(postgres_url: str, tmp_path: Path, name: str) -> None:
    """Sixteen at once, with their ledger rows, take fewer than one each."""
    url = await migrated_postgres(postgres_url)
    async with Wire.to(url) as wire, application(settings_of(tmp_path, wire.url)) as api:
        scene = await Scene.build(await World.build(api))
        ask = await OPERATIONS[name](scene)
        for _ in range(4):  # every connection has its statements prepared
            await asyncio.gather(*(send(api, ask) for _ in range(_AT_ONCE)))
        before = wire.round_trips
        await asyncio.gather(*(send(api, ask) for _ in range(_AT_ONCE)))
        assert wire.round_trips - before < _AT_ONCE


_AT_ONCE = 16
