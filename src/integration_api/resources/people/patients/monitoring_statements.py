"""The statement to a patient about who watches what they wrote, and whom to call.

Nobody watches in real time, and it says so. Source: clinical.md sections 3 and 5.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from icu4py.messageformat import MessageFormat

from integration_api.access.tables import CareTeamRole, TenantRow
from integration_api.resources.attention.worklist.answering_statements import AnsweringMember
from integration_api.resources.attention.worklist.rules import Waiting, answer_due
from integration_api.resources.attention.worklist.tables import Urgency
from integration_api.resources.people.clinics.crisis import crisis_resources
from integration_api.resources.people.clinics.languages import DEFAULT_LANGUAGE, nearest_language
from integration_api.resources.people.clinics.rules import all_policies, is_open, next_opening, policy
from integration_api.resources.people.clinics.schemas import CrisisResource
from integration_api.resources.people.patients.monitoring_contents import Answerer, Monitoring
from integration_api.resources.people.patients.next_safety_steps import NextSafetyStep
from integration_api.web.instants import instant

_MESSAGES = Path(__file__).parent / "messages"


class ClinicOfPatient(TenantRow):
    """A clinic, and the time zone and language that its patient lives by."""

    patient_time_zone: str | None
    patient_language: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """The staff who were told of a patient's write, its urgency, and until when they mean to answer."""

    waiting: Waiting
    urgency: Urgency
    due_at: datetime
    clinic: ClinicOfPatient
    team: Sequence[AnsweringMember] = ()
    """Those of the team, if one of them is to be named."""
    next_step: NextSafetyStep | None = None
    """The patient's own next step, if it is urgent."""

    @property
    def answerer(self) -> Answerer | None:
        """Return who is named: the therapist, or else the prescriber, who has been on the team longest."""
        known = [one for one in self.team if one.name is not None and one.role in _ANSWERING]
        if self.waiting is not Waiting.TEAM or not known:
            return None
        one = min(known, key=lambda member: (_ANSWERING.index(member.role), member.started_at, member.account_id))
        return {
            "name": one.name or "",
            "credential": one.credential,
            "licence_region": one.licence_region,
            "is_supervised": one.is_supervised,
        }


_ANSWERING = (CareTeamRole.THERAPIST, CareTeamRole.PRESCRIBER)


def due(
    clinic: TenantRow, urgency: Urgency, now: datetime, start: datetime | None = None, days: str | None = None
) -> datetime:
    """Return until when staff mean to act, by the clinic's policies.

    What is routine counts from `start`, and is due while the clinic is open; `days` is another policy for it.
    """
    if urgency is not Urgency.ROUTINE:
        return answer_due(all_policies(clinic.policies), urgency, now)
    policies, begin = all_policies(clinic.policies), max(now, start or now)
    at = begin + timedelta(days=policies[days]) if days else answer_due(policies, urgency, begin)
    return at if at == begin else _while_open(clinic, at)


def next_due(clinic: TenantRow, missed_at: datetime) -> datetime:
    """Return the time that a patient is told once a reply is missed, by the clinic's policy and hours."""
    return _while_open(clinic, missed_at + timedelta(hours=policy(clinic.policies, "missed_reply_hours")))


def _while_open(clinic: TenantRow, at: datetime) -> datetime:
    """Return this time, or the next opening if the clinic is closed then (UTC)."""
    if is_open(clinic.hours, clinic.time_zone, at):
        return at
    opening = next_opening(clinic.hours, clinic.time_zone, at)
    return opening.astimezone(UTC) if opening is not None else at


def monitoring_statement(
    clinic: ClinicOfPatient,
    now: datetime,
    *,
    told: Waiting | None,
    due_at: datetime | None = None,
    release_at: datetime | None = None,
    is_urgent: bool = False,
    was_withdrawn: bool = False,
    answered_by: Answerer | None = None,
    next_step: NextSafetyStep | None = None,
) -> Monitoring:
    """Return the statement to the patient, in their own time zone and language: at most three sentences of ours.

    `told` is whom it waits for, None if it is private. `due_at` is until when they mean to act, None at no set time;
    `answered_by` is who of them is named. `next_step` is the patient's own, if it is urgent.
    """
    zone = ZoneInfo(clinic.patient_time_zone or clinic.time_zone)
    language = nearest_language(clinic.patient_language, _languages())
    open_now = is_open(clinic.hours, clinic.time_zone, now)
    opens_at = None if open_now else next_opening(clinic.hours, clinic.time_zone, now)
    still_due = due_at if told is not None and due_at is not None and due_at > now else None
    is_later = release_at is not None and release_at > now
    crisis = crisis_resources(clinic.country)
    values: dict[str, str] = {
        "told": told or "",
        "is_due": "yes" if still_due else "no",
        "due": _clock(still_due, zone, now, language) if still_due else "",
        "released": "later" if is_later else "now",
        "named": "yes" if still_due and answered_by else "no",
        "name": _named(answered_by) if answered_by else "",
        "from_at": _clock(release_at, zone, now, language) if release_at else "",
    }
    about = _say(_key(told, is_urgent=is_urgent, was_withdrawn=was_withdrawn), values, language)
    phone = clinic.phone if open_now else None
    lines = crisis_sentence(clinic.country, language, is_urgent=is_urgent, clinic_phone=phone)
    parts = [about, lines]  # after the patient's own step, which `next_step` is
    if is_urgent and clinic.emergency_instruction:
        parts.append(clinic.emergency_instruction)
    is_read = told is Waiting.TEAM
    return {
        "next_step": next_step,
        "stated_at": instant(now),
        "is_monitored_now": False,
        "reviewed_by": instant(still_due) if still_due and is_read else None,
        "answered_by": answered_by if still_due and is_read else None,
        "clinic_opens_at": instant(opens_at) if opens_at else None,
        "text": " ".join(parts),
        "told": told.value if told else None,
        "crisis_resources": list(crisis),
    }


def crisis_sentence(
    country: str, language: str = DEFAULT_LANGUAGE, *, is_urgent: bool, clinic_phone: str | None = None
) -> str:
    """Return whom to call: the emergency number, the first crisis line if there is one, and the clinic if it is open.

    Somebody tired reads it, so it is one sentence.
    """
    lines = crisis_resources(country)
    crisis = next((line for line in lines if line["kind"] == "crisis_line"), None)
    calls = _call(lines[0], language)
    if crisis is not None and crisis is not lines[0]:
        calls = _say("or", {"first": calls, "second": _call(crisis, language)}, language)
    values = {
        "calls": calls,
        "line": "some" if crisis is not None else "none",
        "clinic": "open" if clinic_phone else "closed",
        "phone": clinic_phone or "",
    }
    return _say("lines" if is_urgent else "lines_calm", values, language)


def told_nobody() -> str:
    """Return the sentence that nobody could be told."""
    return _say("nobody_urgent", {}, DEFAULT_LANGUAGE)


def _key(told: Waiting | None, *, is_urgent: bool, was_withdrawn: bool) -> str:
    if told is None:
        name = "withdrawn" if was_withdrawn and is_urgent else "private"
    else:
        name = {Waiting.TEAM: "team", Waiting.NOBODY: "nobody"}.get(told, "beyond_team")
    return f"{name}_urgent" if is_urgent else name


def _named(answerer: Answerer) -> str:
    return f"{answerer['name']} ({answerer['credential']})" if answerer["credential"] else answerer["name"]


def _call(line: CrisisResource, language: str) -> str:
    return _say("call", {"how": line["how"], "contact": line["contact"], "name": line["name"]}, language)


def _clock(at: datetime, zone: ZoneInfo, now: datetime, language: str) -> str:
    local, today = at.astimezone(zone), now.astimezone(zone)
    name = "this_week" if abs((local.date() - today.date()).days) < _DAYS_OF_WEEK else "later"
    return _say(name, {"at": local.replace(tzinfo=UTC)}, language)  # ICU writes UTC: it is given the wall clock


_DAYS_OF_WEEK = 7


def _say(name: str, values: Mapping[str, str | datetime], language: str) -> str:
    return _format(name, language).format(dict(values))


@lru_cache
def _languages() -> frozenset[str]:
    """Return the languages that have a message file."""
    return frozenset(path.stem for path in _MESSAGES.glob("*.json"))


@lru_cache
def _format(name: str, language: str) -> MessageFormat:
    return MessageFormat(_texts(language)[name], language)


@lru_cache
def _texts(language: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((_MESSAGES / f"{language}.json").read_text("utf-8"))
    return texts
