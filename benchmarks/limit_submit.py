"""W5 in the limit: what handing a draft in changes, worked out by the product's own rules."""

import json
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

from benchmarks.limit_json import spelled
from benchmarks.limit_sql import Query, submit
from benchmarks.texts import encoded
from integration_api.access.actor import Actor
from integration_api.core.ids import new_id
from integration_api.ledger.events import Purpose
from integration_api.resources.attention.worklist.rules import Waiting
from integration_api.resources.attention.worklist.tables import RANKS, Urgency
from integration_api.resources.journal.reflections.contents import outline_of
from integration_api.resources.journal.reflections.rules import urgency_of
from integration_api.resources.people.patients.monitoring_statements import ClinicOfPatient, due, monitoring_statement
from integration_api.storage.vault import DataKey, associated_data
from integration_api.web.errors import Conflict, StaleVersion

_submit = lru_cache(submit)


def submission(
    found: Any,  # noqa: ANN401  asyncpg ships no types
    key: DataKey,
    actor: Actor,
    values: dict[str, object],
    version: int,
) -> tuple[Query, dict[str, object], bytes]:
    """The statement, its values, and the answer. Raises Conflict, StaleVersion."""
    if found["state"] != "draft":
        raise Conflict
    if found["version"] != version:
        raise StaleVersion
    now = cast(datetime, values["now"])
    row_id, patient_id, version_id, team = found["id"], found["patient_id"], new_id(), found["team"]
    content = key.decrypt(found["content"], associated_data("reflections", row_id, "content", version))
    written = json.loads(content)
    outline = encoded(outline_of(written))
    clinic = ClinicOfPatient.model_construct(
        time_zone=found["time_zone"],
        country=found["country"],
        hours=json.loads(found["hours"]),
        policies=json.loads(found["policies"]),
        patient_time_zone=found["time_zone"],
        patient_language=None,
        phone=found["phone"],
        emergency_instruction=found["emergency_instruction"],
        created_at=now,
        updated_at=now,
    )
    urgency = urgency_of(written)
    due_at = due(clinic, urgency, now, None, None)
    is_urgent = urgency is not Urgency.ROUTINE
    waiting = Waiting.TEAM if team else Waiting.NOBODY
    monitoring = encoded(monitoring_statement(clinic, now, told=waiting, due_at=due_at, is_urgent=is_urgent))
    row = dict(found) | {
        "state": "submitted",
        "sharing": "shared",
        "submitted_at": now,
        "shared_at": now,
        "updated_at": now,
        "review_due_at": due_at if team else None,
        "content_number": 1,
        "version": version + 1,
    }
    sealed = {
        f"{prefix}_{column}": key.encrypt(text, associated_data(table, at, column, bound_to))
        for prefix, table, at, bound_to in (
            ("row", "reflections", row_id, version + 1),
            ("version", "reflection_versions", version_id, 0),
        )
        for column, text in (("content", content), ("monitoring", monitoring), ("outline", outline))
        if (prefix, column) != ("version", "outline")
    }
    changes: dict[str, object] = {f"row_{name}": value for name, value in row.items()}
    changes |= {
        "row_expected_version": version,
        "version_clinic_id": actor.clinic_id,
        "version_id": version_id,
        "version_patient_id": patient_id,
        "version_reflection_id": row_id,
        "version_number": 1,
        "version_saved_at": now,
    }
    for at, account_id in enumerate(team):
        changes |= {
            f"task{at}_clinic_id": actor.clinic_id,
            f"task{at}_id": new_id(),
            f"task{at}_account_id": account_id,
            f"task{at}_patient_id": patient_id,
            f"task{at}_kind": "reflection_to_review",
            f"task{at}_subject_id": row_id,
            f"task{at}_urgency_rank": RANKS.index(urgency),
            f"task{at}_is_beyond_team": False,
            f"task{at}_opened_at": now,
            f"task{at}_due_at": due_at,
        }
    for step in ("submitted", "shared"):
        changes |= {
            f"{step}_id": new_id(),
            f"{step}_event": f"reflection.{step}",
            f"{step}_action": "reflection:submit",
            f"{step}_outcome": "done",
            f"{step}_reason": None,
            f"{step}_subject_id": row_id,
            f"{step}_patient_id": patient_id,
            f"{step}_purpose": Purpose.OWN.value,
            f"{step}_digest": None,
            f"{step}_is_private": False,
            f"{step}_request_id": values["ledger_request_id"],
            f"{step}_changed": "reflection::patient reflection::team worklist::team" if step == "shared" else None,
        }
    return _submit(len(team)), changes | sealed, spelled(row, content, monitoring, actor.roles)
