"""Sessions on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import MISSING, Field, StringConstraints
from typing_extensions import TypedDict

from integration_api.core.ids import OwnId
from integration_api.resources.care.sessions.rules import SessionStep
from integration_api.resources.care.sessions.tables import Modality, PersonRole, Phase, SessionState
from integration_api.resources.people.accounts.rules import MAX_LOOKED_UP
from integration_api.web.schemas import Instant, Line, Prose, Resource, Schema, example

_MAX_PEOPLE = MAX_LOOKED_UP
_PATIENT_ID = "019ab0de-0000-7000-8000-000000000004"
_THERAPIST_ID = "019ab0de-0000-7000-8000-000000000002"
_PERSON = {"role": "therapist", "name": "Imani Vale", "account_id": _THERAPIST_ID}
_SETTING = {
    "expectation": "Curious, a little nervous",
    "mood_on_arrival": "Calm",
    "sleep": "Seven hours",
    "food": "Light breakfast at eight",
    "substances_24h": "One coffee",
    "support_person": "Sister drives home",
    "room": "Garden room, curtains half drawn",
    "position": "Reclined",
    "eyeshade": "Wanted, on from the start",
    "music": "Own list, volume low",
    "scent_and_light": "No scent, warm light",
    "touch_agreement": "Hand only; open palm means stop",
    "stance": "Mostly quiet company",
}
_FACTS = {
    "patient_id": _PATIENT_ID,
    "course_id": "019ab0de-0000-7000-8000-000000000008",
    "phase": "dosing",
    "modality": "in_person",
    "planned_start_at": "2026-11-20T15:00:00Z",
    "planned_end_at": "2026-11-20T18:00:00Z",
    "people": [_PERSON],
    "intention": "To meet what comes with kindness",
    "set_and_setting": _SETTING,
}

Remark = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
"""A few sentences."""


class Person(Schema):
    """Somebody who is there beside the patient."""

    model_config = example(_PERSON)

    role: PersonRole = Field(description="What they are there for.")
    name: Line | None = Field(default=None, description="Their name.")
    account_id: UUID | None = Field(default=None, description="Their account, where they are staff of the clinic.")


class PersonThere(TypedDict):
    """Somebody who is there beside the patient."""

    role: Annotated[
        str,
        Field(description="What they are there for.", json_schema_extra={"enum": [role.value for role in PersonRole]}),
    ]
    name: Annotated[str | None, Field(description="Their name.")]
    account_id: Annotated[str | None, Field(description="Their account, where they are staff of the clinic.")]


class SetAndSetting(Schema):
    """What somebody brings and what the place is like, each in a few words. Source: clinical.md section 1.6."""

    model_config = example(_SETTING)

    expectation: Remark | None = Field(default=None, description="What the patient expects.")
    mood_on_arrival: Remark | None = Field(default=None, description="How they arrive.")
    sleep: Remark | None = Field(default=None, description="How they slept.")
    food: Remark | None = Field(default=None, description="Last meal and drinks, and when.")
    substances_24h: Remark | None = Field(default=None, description="Anything taken in the last 24 hours.")
    support_person: Remark | None = Field(default=None, description="Who is there for them, and who brings them home.")
    room: Remark | None = Field(default=None, description="The room, or where they are during telehealth.")
    position: Remark | None = Field(default=None, description="Sitting, reclined or lying.")
    eyeshade: Remark | None = Field(default=None, description="Eyeshade, and when.")
    music: Remark | None = Field(default=None, description="Music and volume.")
    scent_and_light: Remark | None = Field(default=None, description="Scents and lighting.")
    touch_agreement: Remark | None = Field(default=None, description="Which touch is agreed, and the sign to stop it.")
    stance: Remark | None = Field(default=None, description="How much the staff leads and speaks.")


class SetAndSettingThen(TypedDict):
    """What somebody brought and what the place was like; null where nothing was said."""

    expectation: Annotated[str | None, Field(description="What the patient expected.")]
    mood_on_arrival: Annotated[str | None, Field(description="How they arrived.")]
    sleep: Annotated[str | None, Field(description="How they slept.")]
    food: Annotated[str | None, Field(description="Last meal and drinks, and when.")]
    substances_24h: Annotated[str | None, Field(description="Anything taken in the last 24 hours.")]
    support_person: Annotated[str | None, Field(description="Who was there for them, and who brought them home.")]
    room: Annotated[str | None, Field(description="The room, or where they were during telehealth.")]
    position: Annotated[str | None, Field(description="Sitting, reclined or lying.")]
    eyeshade: Annotated[str | None, Field(description="Eyeshade, and when.")]
    music: Annotated[str | None, Field(description="Music and volume.")]
    scent_and_light: Annotated[str | None, Field(description="Scents and lighting.")]
    touch_agreement: Annotated[str | None, Field(description="Which touch was agreed, and the sign to stop it.")]
    stance: Annotated[str | None, Field(description="How much the staff led and spoke.")]


class Session(Resource):
    """One meeting of patient and staff."""

    model_config = example(
        {
            "id": "019ab0de-0000-7000-8000-000000000009",
            "created_at": "2026-11-02T09:00:00Z",
            "updated_at": "2026-11-20T15:04:00Z",
            "version": 2,
            **_FACTS,
            "state": "in_progress",
            "started_at": "2026-11-20T15:04:00Z",
            "ended_at": None,
            "end_reason": None,
            "created_by_id": _THERAPIST_ID,
            "allowed_actions": ["update", "complete", "cancel"],
        }
    )

    patient_id: UUID = Field(description="The patient.")
    course_id: UUID | None = Field(description="The course of treatment it belongs to.")
    phase: Phase = Field(description="What it is for.")
    state: SessionState = Field(description="Where it stands.")
    modality: Modality = Field(description="Where the people are.")
    planned_start_at: datetime = Field(description="When it is to begin (UTC).")
    planned_end_at: datetime | None = Field(description="When it is to end (UTC).")
    started_at: datetime | None = Field(description="When it began (UTC).")
    ended_at: datetime | None = Field(description="When it ended, completed or broken off (UTC).")
    people: list[PersonThere] = Field(description="Who is there beside the patient.")
    intention: str | None = Field(description="What the patient brings to it, in their words.")
    set_and_setting: SetAndSettingThen | None = Field(description="What they bring and what the place is like.")
    end_reason: str | None = Field(description="Why it was cancelled or missed.")
    created_by_id: UUID = Field(description="The account that planned it.")
    allowed_actions: list[SessionStep] = Field(description="What you may do with it now.")


class SessionCreate(Schema):
    """A session to plan."""

    model_config = example(_FACTS)

    id: OwnId | None = Field(default=None, description="Your own id for it.")
    patient_id: UUID = Field(description="The patient.")
    course_id: UUID | None = Field(default=None, description="A course of treatment of the same patient.")
    phase: Phase = Field(description="What it is for.")
    modality: Modality = Field(description="Where the people are.")
    planned_start_at: Instant = Field(description="When it is to begin.")
    planned_end_at: Instant | None = Field(default=None, description="When it is to end; after its start.")
    people: list[Person] = Field(
        default_factory=list, max_length=_MAX_PEOPLE, description="Who is there beside the patient."
    )
    intention: Prose | None = Field(default=None, description="What the patient brings to it, in their words.")
    set_and_setting: SetAndSetting | None = Field(
        default=None, description="What they bring and what the place is like."
    )


class SessionUpdate(Schema):
    """What is to change. Absent fields stay; null empties a field that may be empty; lists and objects are replaced."""

    model_config = example({"planned_start_at": "2026-11-21T15:00:00Z", "planned_end_at": None})

    course_id: UUID | None | MISSING = Field(default=MISSING, description="A course of treatment of the same patient.")
    modality: Modality | MISSING = Field(default=MISSING, description="Where the people are.")
    planned_start_at: Instant | MISSING = Field(default=MISSING, description="When it is to begin.")
    planned_end_at: Instant | None | MISSING = Field(default=MISSING, description="When it is to end; after its start.")
    people: Annotated[list[Person], Field(max_length=_MAX_PEOPLE)] | MISSING = Field(
        default=MISSING, description="Everybody who is there beside the patient."
    )
    intention: Prose | None | MISSING = Field(default=MISSING, description="What the patient brings to it.")
    set_and_setting: SetAndSetting | None | MISSING = Field(
        default=MISSING, description="What they bring and what the place is like."
    )


class SessionStart(Schema):
    """When it began, where it was not just now."""

    model_config = example({"started_at": "2026-11-20T15:04:00Z"})

    started_at: Instant | None = Field(default=None, description="When it began; not in the future. Absent: now.")


class SessionComplete(Schema):
    """When it ended, where it was not just now."""

    model_config = example({"ended_at": "2026-11-20T17:40:00Z"})

    ended_at: Instant | None = Field(default=None, description="When it ended; not in the future. Absent: now.")


class SessionCancel(Schema):
    """Why it does not take place, or was broken off."""

    model_config = example({"reason": "Moved to next week at the patient's wish"})

    reason: Remark | None = Field(default=None, description="Why; the patient can read it.")


class SessionNoShow(Schema):
    """What is known about why the patient did not come."""

    model_config = example({"reason": "No answer by phone; letter sent"})

    reason: Remark | None = Field(default=None, description="What is known; the patient can read it.")


@dataclass(frozen=True)
class SessionFilter:
    """Which sessions a list shows; None means any."""

    patient_id: Annotated[UUID | None, Query(description="Only this patient's.")] = None
    course_id: Annotated[UUID | None, Query(description="Only of this course.")] = None
    phase: Annotated[Phase | None, Query(description="Only of this phase.")] = None
    state: Annotated[SessionState | None, Query(description="Only in this state.")] = None
    starts_after: Annotated[Instant | None, Query(description="Planned to start then or later.")] = None
    starts_before: Annotated[Instant | None, Query(description="Planned to start before then.")] = None
