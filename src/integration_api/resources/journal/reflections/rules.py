"""Rules of what can be done with a reflection when, of what it may hold, and of what its patient is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from integration_api.access.actor import Role
from integration_api.access.operations import Operation
from integration_api.access.policy import grant
from integration_api.resources.attention.flags.rules import FlagSeverity, Hit
from integration_api.resources.attention.worklist.tables import Urgency
from integration_api.resources.journal.reflections import operations
from integration_api.resources.journal.reflections.contents import Content
from integration_api.resources.journal.reflections.fragments import Fragment
from integration_api.resources.journal.reflections.tables import ReflectionKind, ReflectionState, Sharing
from integration_api.web.errors import FieldError

ASKS_FOR_HELP = (Urgency.CRITICAL, Urgency.HIGH, Urgency.MODERATE)
"""The urgencies of which the team is told at once, whatever window or release the entry itself waits for."""


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


_HELD = (ReflectionStep.SHARE, ReflectionStep.UNSHARE, ReflectionStep.DELETE)
"""The steps that wait for the end of an altered-state window. Source: product.md, POLICY."""


def allowed_actions(
    state: ReflectionState, sharing: Sharing, roles: tuple[Role, ...], urgency: Urgency, *, is_read: bool, is_held: bool
) -> list[ReflectionStep]:
    """Return what somebody with these roles, who sees it, may do now: by its state and by the policy."""
    possible = _possible(state, sharing, is_read=is_read)
    waiting = [step for step in _HELD if is_held and not (step is ReflectionStep.SHARE and urgency in ASKS_FOR_HELP)]
    return [step for step in possible if step not in waiting and grant(_OPERATIONS[step], roles) is not None]


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
    """Return whether the care team may read a reflection now. `statements.readable` says the same in SQL."""
    return sharing is Sharing.SHARED and (release_at is None or release_at <= now)


def released_at(chosen: datetime | None, held_until: datetime | None, now: datetime) -> datetime | None:
    """Return from when staff read what is shared now: never before the window that is open now ends; None: at once."""
    later = [at for at in (chosen, held_until) if at is not None and at > now]
    return max(later, default=None)


def hours_since(last_dose_at: datetime | None, happened_at: datetime) -> float | None:
    """Return the hours from the last dose to an entry, to one decimal; None without a dose."""
    return None if last_dose_at is None else round((happened_at - last_dose_at) / timedelta(hours=1), 1)


def edited_since_review(reviewed_at: datetime | None, edited_at: datetime | None) -> bool:
    """Return whether it says something else than what was reviewed."""
    return reviewed_at is not None and edited_at is not None and edited_at > reviewed_at


def content_problems(kind: ReflectionKind, content: Content, known: frozenset[str] | None) -> list[FieldError]:
    """Return what is wrong with the whole content; `known` are the prompts of its set, None if there is no such set."""
    problems: list[FieldError] = []
    names_set = content["prompt_set"] is not None or content["prompt_set_version"] is not None
    if kind is not ReflectionKind.PROMPTED:
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
    problems += _fragment_problems(kind, content.get("fragment"))
    problems += _twice("answers", "prompt_id", [answer["prompt_id"] for answer in content["answers"]])
    problems += _twice("insights", "id", [insight["id"] for insight in content["insights"]])
    return problems


_MEMBERS = {"word": "word", "mood": "mood", "body_map": "regions", "music": "music"}
"""By form, the member that it has."""


def _fragment_problems(kind: ReflectionKind, fragment: Fragment | None) -> list[FieldError]:
    if (kind is ReflectionKind.FRAGMENT) is (fragment is None):
        what = "is needed for a fragment" if fragment is None else "belongs to a fragment alone"
        return [_problem("body.fragment", "not_of_kind", what)]
    if fragment is None:
        return []
    given: Mapping[str, object] = {**fragment}
    problems = [
        _problem(
            f"body.fragment.{name}", "not_of_form", f"{'is needed for' if is_due else 'does not go with'} its form"
        )
        for form, name in _MEMBERS.items()
        if (is_due := form == fragment["form"]) is not bool(given[name])
    ]
    return problems + _twice("fragment.regions", "region", [point["region"] for point in fragment["regions"]])


def _twice(field: str, name: str, values: Sequence[str]) -> list[FieldError]:
    return [
        _problem(f"body.{field}.{at}.{name}", "given_twice", "given twice")
        for at, value in enumerate(values)
        if value in values[:at]
    ]


def _problem(field: str, code: str, message: str) -> FieldError:
    return {"field": field, "code": code, "message": message}


_MAX_DISTRESS = 10
HELP_RULE = "R06"
"""The rule of `safety` and `contact_me`. Source: clinical.md section 6, R06."""


def hits_of(content: Content) -> list[Hit]:
    """Return the safety rule that an entry meets, if it does; a distress of ten is urgent without one."""
    if content["safety"] == "not_safe":
        return [Hit(HELP_RULE, FlagSeverity.CRITICAL)]
    if content["safety"] == "not_sure":
        return [Hit(HELP_RULE, FlagSeverity.HIGH)]
    return [Hit(HELP_RULE, FlagSeverity.MODERATE)] if content["contact_me"] else []


def urgency_of(content: Content) -> Urgency:
    """Return how urgent it is that somebody reads it. Source: clinical.md section 5; the distress is our own choice."""
    if content["safety"] == "not_safe":
        return Urgency.CRITICAL
    if content["safety"] == "not_sure":
        return Urgency.HIGH
    distress = content["ratings"]["distress"] if content["ratings"] else None
    return Urgency.MODERATE if content["contact_me"] or distress == _MAX_DISTRESS else Urgency.ROUTINE
