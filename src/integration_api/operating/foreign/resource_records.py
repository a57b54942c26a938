"""Records out of FHIR resources: a patient, a session, a note, a plan, a goal."""

import re
from collections.abc import Iterator

from integration_api.fhir.elements import HERE
from integration_api.operating.foreign.bundle_contexts import Context
from integration_api.operating.foreign.bundle_parts import Json, codes, decoded, listed, part, text
from integration_api.operating.foreign.import_findings import Found, LeftOut, Unfit
from integration_api.operating.foreign.note_authors import author_of, human_name, person_of
from integration_api.operating.foreign.record_values import (
    GoalValues,
    NoteValues,
    PatientValues,
    PlanValues,
    SessionValues,
    StrategyValues,
)
from integration_api.operating.foreign.written_times import check_session, day_of
from integration_api.resources.care.sessions.tables import Modality, PersonRole, Phase, SessionState
from integration_api.resources.journal.strategy_library.tables import StrategyCategory
from integration_api.resources.oversight.imported_records.tables import ImportedKind

NOT_TOLD = "Not told by the other system."
_TITLE = 200
_STATES = {
    "planned": SessionState.PLANNED,
    "arrived": SessionState.PLANNED,
    "triaged": SessionState.PLANNED,
    "in-progress": SessionState.IN_PROGRESS,
    "onleave": SessionState.IN_PROGRESS,
    "finished": SessionState.COMPLETED,
    "cancelled": SessionState.CANCELLED,
}
_LEVEL = re.compile(r"[+-][0-2]: (.*)", re.DOTALL)
_LEVELS = 5
_ENDED_GOALS = frozenset({"cancelled", "rejected"})


def read_patient(resource: Json, context: Context) -> Found:
    """Return who a chart is about. Raises Unfit, ValidationError."""
    names = [(text(one, "use"), human_name(one)) for one in listed(resource, "name")]
    called = next((name for use, name in names if use in {"usual", "nickname"} and name), None)
    official = next((name for use, name in names if use not in {"usual", "nickname", "old"} and name), None)
    born = text(resource, "birthDate")
    birth_on = None if born is None else day_of(born, "birthDate")
    if birth_on is not None and birth_on > context.now.date():
        raise Unfit("birthDate: it lies ahead")
    reached = {text(one, "system"): text(one, "value") for one in reversed(listed(resource, "telecom"))}
    contacts = listed(resource, "contact")
    spoken = [one for one in listed(resource, "communication") if part(one, "preferred") is True]
    languages = [code for one in spoken for _, code in codes(part(one, "language"))]
    values = PatientValues.model_validate(
        {
            "name": official or called,
            "preferred_name": called if official and called != official else None,
            "birth_on": birth_on,
            "email": reached.get("email"),
            "phone": reached.get("phone"),
            "emergency_contact": _contact(contacts[0]) if contacts else None,
            "language": languages[0] if languages else None,
        }
    )
    return Found(*context.of(ImportedKind.PATIENT, context.key), values)


def _contact(contact: Json) -> str | None:
    numbers = [text(one, "value") for one in listed(contact, "telecom")]
    return ", ".join(one for one in (human_name(part(contact, "name") or {}), *numbers) if one) or None


def read_encounter(resource: Json, context: Context) -> Found:
    """Return a session. Raises Unfit, LeftOut, ValidationError."""
    status = text(resource, "status") or ""
    if status not in _STATES:
        raise LeftOut("status: it says of no session whether it took place")
    start, end = context.instant(resource, "period", "start"), context.instant(resource, "period", "end")
    if start is None:
        raise Unfit("period.start: it is needed")
    missed = any(part(one, "valueBoolean") is True for one in _ours(resource, "no-show"))
    state = SessionState.NO_SHOW if missed else _STATES[status]
    has_begun, is_over = state in {SessionState.IN_PROGRESS, SessionState.COMPLETED}, state is SessionState.COMPLETED
    check_session(state, start, end, context.now, ("period.start", "period.end"))
    extensions = [extension for name in (*_SAID, "no-show") for extension in _ours(resource, name)]
    if len(extensions) < len(listed(resource, "extension")):
        context.into.not_taken("Encounter.extension")
    said = {name: next((text(one, "valueString") for one in _ours(resource, name)), None) for name in _SAID}
    values = SessionValues.model_validate(
        {
            "phase": _phase(resource, context),
            "state": state,
            "modality": Modality.TELEHEALTH if text(resource, "class", "code") == "VR" else Modality.IN_PERSON,
            "planned_start_at": start,
            "planned_end_at": end if end != start else None,
            "started_at": start if has_begun else None,
            "ended_at": (end or start) if is_over else None,
            "people": [*_people(resource, context)],
            "intention": said["intention"],
            "end_reason": said["end-reason"],
        }
    )
    return Found(*context.of(ImportedKind.SESSION, context.subject(resource)), values)


_SAID = ("intention", "end-reason")


def _ours(resource: Json, name: str) -> list[Json]:
    return [one for one in listed(resource, "extension") if text(one, "url") == f"{HERE}:{name}"]


def _phase(resource: Json, context: Context) -> Phase:
    for kind in listed(resource, "type"):
        for system, code in codes(kind):
            if system == f"{HERE}:phase" and code in set(Phase):
                return Phase(code)
            for known in (f"{system}|{code}", code):
                if known in context.mapping.fhir.phases:
                    return context.mapping.fhir.phases[known]
        if (words := text(kind, "text")) in context.mapping.fhir.phases:
            return context.mapping.fhir.phases[words or ""]
    if context.mapping.fhir.default_phase is None:
        raise Unfit("type: the mapping gives it no phase, and has no `default_phase`")
    if "type" in resource:
        context.into.not_taken("Encounter.type")
    return context.mapping.fhir.default_phase


def _people(resource: Json, context: Context) -> Iterator[Json]:
    for one in listed(resource, "participant"):
        roles = [code for kind in listed(one, "type") for _, code in codes(kind) if code in set(PersonRole)]
        name = person_of(resource, part(one, "individual") or {}, context, "participant.individual").name
        yield {"role": roles[0] if roles else PersonRole.OTHER, "name": name}


def read_document(resource: Json, context: Context) -> Found:
    """Return a note: the texts of a document, one after the other. Raises Unfit, LeftOut, ValidationError."""
    if text(resource, "status") == "superseded" or text(resource, "docStatus") == "entered-in-error":
        raise LeftOut("status: another document took its place, or it was entered in error there")
    sessions = [context.found(one) for one in listed(resource, "context", "encounter")]
    if len(sessions) != 1 or sessions[0] is None:
        raise LeftOut("context.encounter: a note here belongs to one session, and it does not name one")
    texts = [*_texts(resource)]
    author = author_of(resource, context)
    values = NoteValues(happened_at=context.past(resource, "date"), text="\n\n".join(texts))
    base = context.of(ImportedKind.NOTE, context.subject(resource))
    return Found(*base, values, session=sessions[0], author=author)


def _texts(resource: Json) -> Iterator[str]:
    contents = listed(resource, "content")
    for number, one in enumerate(contents):
        kind = (text(one, "attachment", "contentType") or "").partition(";")[0]
        if kind != "text/plain" or text(one, "attachment", "data") is None:
            raise LeftOut(f"content[{number}].attachment: only a text/plain that is in the file itself is imported")
        title = text(one, "attachment", "title")
        words = decoded(one, "attachment", "data")
        yield f"{title}\n{words}" if title and len(contents) > 1 else words


def read_care_plan(resource: Json, context: Context) -> Found:
    """Return a plan with its strategies. Raises Unfit, LeftOut, ValidationError."""
    kinds = [code for kind in listed(resource, "category") for _, code in codes(kind)]
    if {"safety_plan", "735324008"} & {*kinds}:
        raise LeftOut("a safety plan is agreed on with the patient: write it down here with them")
    title, aim = text(resource, "title"), text(resource, "description")
    if title is None and aim is None:
        raise Unfit("title: it has neither a title nor a description")
    named = title or (aim or "").split("\n")[0][:_TITLE]
    strategies = [_strategy(one, number, context) for number, one in enumerate(listed(resource, "activity"))]
    values = PlanValues(title=named, aim=aim or named, strategies=strategies)
    return Found(*context.of(ImportedKind.PLAN, context.subject(resource)), values)


def _strategy(activity: Json, number: int, context: Context) -> StrategyValues:
    if part(activity, "detail", "doNotPerform") not in (None, False):
        raise Unfit(f"activity[{number}].detail.doNotPerform: a strategy here is one to be done")
    described, coded = text(activity, "detail", "description"), part(activity, "detail", "code")
    title = text(coded, "text") or (described or "").split("\n")[0][:_TITLE]
    if not title:
        raise Unfit(f"activity[{number}].detail: it has neither a code's text nor a description")
    ours = [code for _, code in codes(coded) if code in set(StrategyCategory)]
    category = StrategyCategory(ours[0]) if ours else context.mapping.fhir.strategy_category
    return StrategyValues(category=category, title=title, description=described)


def read_goal(resource: Json, context: Context) -> Found:
    """Return a goal. Raises Unfit, LeftOut, ValidationError."""
    status = text(resource, "lifecycleStatus")
    if status == "entered-in-error":
        raise LeftOut("it was entered in error there")
    targets = [text(one, "detailString") or "" for one in listed(resource, "target")]
    levels = [match.group(1) for one in targets if (match := _LEVEL.fullmatch(one))]
    if targets and len(levels) != _LEVELS:
        context.into.not_taken("Goal.target")
    if status not in {"active", *_ENDED_GOALS}:
        context.into.not_taken("Goal.lifecycleStatus")
    reason = part(resource, "statusReason")
    why = reason if isinstance(reason, str) else text(reason, "text")
    values = GoalValues.model_validate(
        {
            "title": text(resource, "description", "text"),
            "levels": levels if len(levels) == _LEVELS else [NOT_TOLD] * _LEVELS,
            "withdrawn_reason": (why or NOT_TOLD) if status in _ENDED_GOALS else None,
        }
    )
    return Found(*context.of(ImportedKind.GOAL, context.subject(resource)), values)
