"""Every change of what somebody is shown is told: a unit of work that names nothing is not applied."""

import pytest

from integration_api.access.audience import AUDIENCES
from integration_api.app import create_app
from integration_api.resources.attention.worklist import statements as worklist_sql
from integration_api.resources.journal.notes import operations as notes_operations
from integration_api.resources.register import metadata
from integration_api.settings import Settings
from tests.factories.reflections import work_of
from tests.support import World

create_app(Settings())
TOLD_AS_ANOTHER = {
    "attachments": "with its note or reflection",
    "insights": "with its reflection",
    "note_addenda": "with its note",
    "note_versions": "with its note",
    "patient_name_parts": "with its patient",
    "plan_versions": "with its plan",
    "reflection_replies": "with its reflection",
    "reflection_tags": "with its reflection",
    "reflection_versions": "with its reflection",
    "session_versions": "with its session",
    "shared_summary_versions": "with its summary",
    "adverse_event_versions": "with its adverse event",
    "assessment_versions": "with its assessment",
    "readiness_versions": "with its check",
    "remote_session_versions": "with its remote record",
    "group_sessions": "by the sessions of its members, each in its own chart",
    "measure_scores": "with the answers that they are made of",
    "strategies": "with its plan",
}
"""Tables whose rows are parts of another thing, which is told instead."""
NOT_SHOWN = {
    "calendars": "of one person, who asks for it; a digest",
    "changes": "the feed itself",
    "chart_imports": "made by a command, before anybody sees the chart or beside all that it brings",
    "emergency_accesses": "shown to privacy officers, who are told by a notice",
    "external_identities": "of sign-in",
    "factors": "of sign-in",
    "invitations": "of sign-in",
    "imported_records": "made by a command, beside all that it brings",
    "kept_contents": "of a legal hold; its author asks for it",
    "ledger": "told by nothing: it is what tells",
    "ledger_places": "as above",
    "ledger_seals": "as above",
    "recovery_codes": "of sign-in",
    "reading_tokens": "of sign-in",
    "notification_channels": "of one person, who asks for them",
    "notification_choices": "of one person, who asks for them",
    "notification_tries": "shown to clinic admins, who ask for them",
    "notifications": "shown to clinic admins, who ask for them",
    "roster_calls": "shown to nobody; whom they tell is told by a notification",
    "roster_incidents": "told to the clinic admins by a notice",
    "sandbox": "the mark of a database of invented people",
    "service_accounts": "of sign-in",
    "bulk_exports": "shown to the program that asked for it",
    "bulk_files": "as above",
    "research_exports": "shown to privacy officers, who are told by a notice",
    "research_studies": "as above",
    "service_keys": "of sign-in",
    "support_tokens": "of sign-in; told with the remote record",
    "sign_ins": "of sign-in",
    "stored_responses": "of requests",
    "throttles": "of rate limits",
    "used_challenges": "of sign-in",
    "tombstones": "ids alone; what was deleted is told as gone",
    "vault_keys": "of encryption",
    "webhook_deliveries": "shown to clinic admins, who ask for it",
    "webhooks": "shown to clinic admins, who ask for it",
}
"""Tables that no client shows or caches by the feed."""


def test_every_table_is_told_or_says_why_not() -> None:
    tables = set(metadata().tables)
    assert tables - AUDIENCES.keys() - TOLD_AS_ANOTHER.keys() - NOT_SHOWN.keys() == set()
    assert AUDIENCES.keys() & (TOLD_AS_ANOTHER.keys() | NOT_SHOWN.keys()) == set()


async def test_a_change_that_names_nothing_is_not_applied(world: World) -> None:
    therapist = await world.therapist()
    chart = await world.patient_of(therapist)
    work = work_of(therapist, notes_operations.CREATE_NOTE)
    work.change(
        worklist_sql.DELETE_TASKS,
        rows=None,
        patient_id=chart.actor.patient_id,
        subject_id=chart.actor.id,
        only_kind=None,
        from_rank=0,
        kept_account_id=None,
    )
    work.record(chart.actor.id, chart.actor.patient_id)
    with pytest.raises(RuntimeError, match="tasks"):
        await work.apply()
