"""Rules of what can be done with a reflection when, of what it may hold, and of what its patient is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from integration_api.access.actor import Role
from integration_api.access.operations import Operation
from integration_api.access.policy import grant
from integration_api.resources.journal.reflections import operations
from integration_api.resources.journal.reflections.contents import Content, CrisisLine, Monitoring, Safety
from integration_api.resources.journal.reflections.tables import ReflectionKind, ReflectionState, Sharing
from integration_api.resources.people.clinics.rules import Hours, is_open, next_opening, policy
from integration_api.web.errors import FieldError
from integration_api.web.instants import instant


class ReflectionStep(StrEnum):
    """The steps that somebody may take with a reflection."""

    UPDATE = "update"
    DELETE = "delete"
    SUBMIT = "submit"
    SHARE = "share"
    UNSHARE = "unshare"
    REPLY = "reply"
    REVIEW = "review"


_OPERATIONS: Mapping[ReflectionStep, Operation] = {
    ReflectionStep.UPDATE: operations.UPDATE_REFLECTION,
    ReflectionStep.DELETE: operations.DELETE_REFLECTION,
    ReflectionStep.SUBMIT: operations.SUBMIT_REFLECTION,
    ReflectionStep.SHARE: operations.SHARE_REFLECTION,
    ReflectionStep.UNSHARE: operations.UNSHARE_REFLECTION,
    ReflectionStep.REPLY: operations.REPLY_REFLECTION,
    ReflectionStep.REVIEW: operations.REVIEW_REFLECTION,
}


def allowed_actions(
    state: ReflectionState, sharing: Sharing, roles: tuple[Role, ...], *, is_read: bool
) -> list[ReflectionStep]:
    """Return what somebody with these roles, who sees it, may do now: by its state and by the policy."""
    possible = _possible(state, sharing, is_read=is_read)
    return [step for step in possible if grant(_OPERATIONS[step], roles) is not None]


def _possible(state: ReflectionState, sharing: Sharing, *, is_read: bool) -> tuple[ReflectionStep, ...]:
    step = ReflectionStep
    if state is ReflectionState.DRAFT:
        return (step.UPDATE, step.DELETE, step.SUBMIT)
    if sharing is Sharing.PRIVATE:
        return (step.UPDATE, step.DELETE, step.SHARE)
    if is_read:
        return (step.UPDATE, step.REPLY, step.REVIEW)
    return (step.UPDATE, step.UNSHARE, step.REPLY, step.REVIEW)


def is_open_to_staff(sharing: Sharing, release_at: datetime | None, now: datetime) -> bool:
    """Whether the care team may read it at this instant. `statements.readable` says the same in SQL."""
    return sharing is Sharing.SHARED and (release_at is None or release_at <= now)


def content_problems(kind: ReflectionKind, content: Content, known: frozenset[str] | None) -> list[FieldError]:
    """Return what is wrong with the whole content; `known` are the prompts of its set, None if there is no such set."""
    problems: list[FieldError] = []
    names_set = content["prompt_set"] is not None or content["prompt_set_version"] is not None
    if kind is ReflectionKind.TEXT:
        if names_set or content["answers"]:
            problems.append(_problem("body.answers", "only_prompted", "only a prompted reflection has answers"))
    elif (names_set or content["answers"]) and known is None:
        problems.append(_problem("body.prompt_set", "unknown_prompt_set", "not a version of a prompt set"))
    else:
        problems += [
            _problem(f"body.answers.{at}.prompt_id", "unknown_prompt", "not a prompt of this set")
            for at, answer in enumerate(content["answers"])
            if answer["prompt_id"] not in (known or ())
        ]
    problems += _twice("answers", "prompt_id", [answer["prompt_id"] for answer in content["answers"]])
    problems += _twice("insights", "id", [insight["id"] for insight in content["insights"]])
    return problems


def _twice(field: str, name: str, values: Sequence[str]) -> list[FieldError]:
    return [
        _problem(f"body.{field}.{at}.{name}", "given_twice", "given twice")
        for at, value in enumerate(values)
        if value in values[:at]
    ]


def _problem(field: str, code: str, message: str) -> FieldError:
    return {"field": field, "code": code, "message": message}


def needs_help(safety: Safety | None, *, contact_me: bool) -> bool:
    """Whether whom to call comes first in what the patient is told."""
    return contact_me or safety in ("not_sure", "not_safe")


def review_due(policies: Mapping[str, int], now: datetime, release_at: datetime | None) -> datetime:
    """Until when the care team means to read what is shared now or released later, by the clinic's policy."""
    return max(now, release_at or now) + timedelta(hours=policy(policies, "reflection_review_hours"))


def monitoring_statement(
    now: datetime,
    hours: Hours,
    time_zone: str,
    crisis: Sequence[CrisisLine],
    *,
    is_shared: bool,
    has_readers: bool,
    release_at: datetime | None,
    reviewed_by: datetime | None,
    is_urgent: bool,
) -> Monitoring:
    """Return what the patient is told when they hand an entry in. Nobody watches in real time, and it says so.

    `reviewed_by` is when the team means to have read it: None if nobody will, or at no set time.
    Source: clinical.md section 3 (say that nobody monitors) and section 6 (crisis lines in the same answer).
    """
    open_now = is_open(hours, time_zone, now)
    opens_at = None if open_now else next_opening(hours, time_zone, now)
    still_due = reviewed_by if is_shared and reviewed_by is not None and reviewed_by > now else None
    readers = _readers(
        is_shared=is_shared,
        has_readers=has_readers,
        release_at=release_at if release_at is not None and release_at > now else None,
        reviewed_by=still_due,
        zone=ZoneInfo(time_zone),
    )
    clinic = _clinic(opens_at, ZoneInfo(time_zone), open_now=open_now)
    lines = _lines(crisis)
    if is_urgent:
        text = f"{lines} This entry itself alerts nobody. {readers}" + (f" {clinic}" if open_now else "")
    else:
        text = (
            f"Nobody watches entries as they come in. {readers} {clinic} "
            f"If it becomes urgent, do not wait for an answer here. {lines}"
        )
    return {
        "stated_at": instant(now),
        "is_monitored_now": False,
        "reviewed_by": instant(still_due) if still_due else None,
        "clinic_opens_at": instant(opens_at) if opens_at else None,
        "text": text,
        "crisis_resources": list(crisis),
    }


def _lines(crisis: Sequence[CrisisLine]) -> str:
    lines = " ".join(
        f"{line['how'][:1].upper()}{line['how'][1:]} {line['contact']}: {line['name']}." for line in crisis
    )
    if any(line["kind"] == "crisis_line" for line in crisis):
        return lines
    return f"{lines} If that does not work where you are, call the emergency number of your country."


def _readers(
    *, is_shared: bool, has_readers: bool, release_at: datetime | None, reviewed_by: datetime | None, zone: ZoneInfo
) -> str:
    if not is_shared:
        return "It is private: nobody but you can read it, so nobody will answer it."
    if not has_readers:
        return "It is shared, but nobody is on your care team now: it waits, unread, for whoever joins."
    since = f" from {_clock(release_at, zone)} on, unless you take it back" if release_at else ""
    until = f" and means to by {_clock(reviewed_by, zone)}." if reviewed_by else ", but at no set time."
    return f"Your care team can read it{since}{until}"


def _clinic(opens_at: datetime | None, zone: ZoneInfo, *, open_now: bool) -> str:
    if open_now:
        return "Your clinic is open now: call, to talk to somebody there."
    if opens_at is None:
        return "Your clinic has named no opening hours."
    return f"Your clinic is closed now and opens on {_clock(opens_at, zone)}."


def _clock(at: datetime, zone: ZoneInfo) -> str:
    local = at.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M} clinic time"
