"""Rules of readiness: which answers fit together, which items are not met, and which holds follow from that."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from typing_extensions import TypedDict

from integration_api.resources.care.readiness.checklist import (
    AT_HOME,
    BY_FLAG,
    CLEARANCE,
    CONTRAINDICATIONS,
    DEPRESSANTS,
    FASTING_FROM_FLUIDS,
    FASTING_FROM_FOOD,
    ITEMS,
    MAX_WEIGHT_AGE_DAYS,
    PRESSOR_CODES,
    PRESSORS,
    STATUS_OF_PREGNANCY,
    ItemStatus,
    Kind,
    Pregnancy,
    Presence,
    Substance,
)
from integration_api.web.errors import FieldError


class Answer(TypedDict, total=False):
    """The answer to an item, or to a line of the checklist, as it is stored: instants and days are text."""

    status: str
    answered_by: str
    answered_at: str
    answered_by_id: str
    by_prescriber: bool
    food_at: str | None
    fluids_at: str | None
    name: str | None
    phone: str | None
    confirmed: bool | None
    reviewed_by: str | None
    substances: list[str] | None
    pregnancy: str | None
    weight_kg: float | None
    measured_on: str | None
    note: str | None


Answers = Mapping[str, Answer]
"""Answers by item or by code."""
_SETTLED = (ItemStatus.MET, ItemStatus.NOT_APPLICABLE)
_OPEN_PREGNANCY = (Pregnancy.POSSIBLE, Pregnancy.CONFIRMED, Pregnancy.BREASTFEEDING)
_PROVENANCE = frozenset({"status", "note", "answered_by", "answered_at", "answered_by_id", "by_prescriber"})
BY_DECISION = frozenset({"R09", "R10", "R34", "R37"})
"""Rules whose holds only a prescriber closes, whatever is known later. Source: clinical.md section 6."""
NEXT_DOSE = ("R10", "R34")
"""Rules whose open holds hold the next dose too, in whatever session. Source: clinical.md section 6."""
_MAX_AHEAD_OF_UTC = timedelta(hours=14)
"""No time zone is further ahead."""


class ReadinessState(StrEnum):
    """The state of a check, derived from its items and holds. Source: clinical.md section 1.8."""

    OPEN = "open"
    """Something required is not answered yet."""
    HELD = "held"
    """A hold is open: no dose starts."""
    RELEASED = "released"
    """A prescriber released what is not met."""
    READY = "ready"


class HoldState(StrEnum):
    """The life of a hold."""

    OPEN = "open"
    MET = "met"
    """The item became met."""
    RELEASED = "released"
    """A prescriber decided."""


class Unmet(NamedTuple):
    """One item that is not met."""

    item: str
    rule: str
    since: datetime | None
    """When it was answered; None if nobody answered it."""


class HeldItem(Protocol):
    """The facts of a hold that the rules read."""

    @property
    def item(self) -> str:
        """Return the item it is about."""

    @property
    def rule(self) -> str:
        """Return the rule that opened it."""

    @property
    def state(self) -> HoldState:
        """Return its state."""

    @property
    def decided_at(self) -> datetime | None:
        """Return when it was closed."""


def answer_problems(items: Answers) -> list[FieldError]:
    """Return what does not fit together in the answers to these items."""
    return [
        {"field": f"body.items.{item}.{field}", "code": code, "message": message}
        for item, answer in items.items()
        for field, code, message in _problems(item, answer)
    ]


def _problems(item: str, answer: Answer) -> Iterable[tuple[str, str, str]]:
    rule, status = ITEMS[item], answer["status"]
    given: Mapping[str, object] = {**answer}
    for name, value in given.items():
        if value is not None and name not in rule.details | _PROVENANCE:
            yield name, "not_of_item", "is no detail of this item"
    if status == ItemStatus.NOT_APPLICABLE and not rule.may_not_apply:
        yield "status", "always_applies", "this item always applies: met, not_met or unknown"
    if status == ItemStatus.MET:
        yield from ((name, "missing", "is needed for met") for name in sorted(rule.needed) if not given.get(name))
    pregnancy = answer.get("pregnancy")
    if pregnancy and status != (wanted := STATUS_OF_PREGNANCY.get(pregnancy, ItemStatus.NOT_MET)):
        yield "status", "contradicts", f"must be {wanted} with this answer"


def is_decision(name: str, answer: Answer) -> bool:
    """Return whether an answer is a prescriber's to give: cleared, or without a contraindication."""
    if name == CLEARANCE:
        return answer["status"] == ItemStatus.MET
    line = CONTRAINDICATIONS.get(name)
    return line is not None and line.kind is Kind.CONTRAINDICATED and answer["status"] == Presence.ABSENT


def unmet(
    items: Answers,
    contraindications: Answers,
    *,
    is_at_home: bool,
    at: datetime,
    high_pressure_since: datetime | None = None,
) -> list[Unmet]:
    """Return the required items that are not met for a dose at this instant, by rules R17, R18 and R21 to R24.

    `high_pressure_since` is when a blood pressure above R09 was recorded; None if there is none.
    """
    found = []
    for item, rule in ITEMS.items():
        answer = items.get(item)
        if answer is None:
            if is_at_home or item not in AT_HOME:
                found.append(Unmet(item, rule.rule, None))
        elif not (_is_settled(item, answer, is_at_home=is_at_home) and _still_holds(answer, at)):
            is_open_pregnancy = answer.get("pregnancy") in _OPEN_PREGNANCY
            found.append(Unmet(item, "R22" if is_open_pregnancy else rule.rule, _answered(answer)))
    for code, line in CONTRAINDICATIONS.items():
        answer = contraindications.get(code)
        if line.kind is Kind.CONTRAINDICATED and not (answer and _is_decided(code, answer)):
            found.append(Unmet(code, "R21", _answered(answer)))
    return _with_review(found, items, contraindications, high_pressure_since)


def _is_decided(name: str, answer: Answer) -> bool:
    """Return whether a prescriber gave the answer after which nothing is left to decide."""
    return is_decision(name, answer) and answer.get("by_prescriber", False)


def _is_settled(item: str, answer: Answer, *, is_at_home: bool) -> bool:
    """Return whether the status leaves nothing to do: what is asked for at home alone is needed there."""
    if item == CLEARANCE:
        return _is_decided(item, answer)
    if is_at_home and item in AT_HOME:
        return answer["status"] == ItemStatus.MET
    return answer["status"] in _SETTLED


def _with_review(
    found: list[Unmet], items: Answers, contraindications: Answers, high_pressure_since: datetime | None
) -> list[Unmet]:
    """Ask for a review of medicines, `rd.medicines` answered later (R24).

    Its causes are a depressant, sleep apnoea, and an MAOI or a stimulant with a blood pressure above R09.
    """
    causes = list(_causes(items, contraindications, DEPRESSANTS, ("sleep_apnoea",)))
    if high_pressure_since is not None:
        pressors = _causes(items, contraindications, PRESSORS, PRESSOR_CODES)
        causes += [max(cause, high_pressure_since) for cause in pressors]
    since = max(causes, default=None)
    if since is None:
        return found
    review = items.get("rd.medicines")
    reviewed_at = _answered(review)
    others = [one for one in found if one.item != "rd.medicines"]
    if review and reviewed_at and review["status"] == ItemStatus.MET and reviewed_at >= since:
        return others
    return [*others, Unmet("rd.medicines", "R24", max(since, reviewed_at or since))]


def _causes(
    items: Answers, contraindications: Answers, substances: frozenset[Substance], codes: Iterable[str]
) -> Iterable[datetime]:
    """Yield when it was answered that one of these was taken, and that one of these lines is present."""
    taken = items.get("rd.substances_24h")
    if taken and substances.intersection(taken.get("substances") or ()):
        yield _instant(taken["answered_at"])
    for line in (contraindications.get(code) for code in codes):
        if line and line["status"] == Presence.PRESENT:
            yield _instant(line["answered_at"])


def _still_holds(answer: Answer, at: datetime) -> bool:
    """Return whether what was met when it was answered is met at this instant too."""
    if answer["status"] != ItemStatus.MET:
        return True
    waits = ((answer.get("food_at"), FASTING_FROM_FOOD), (answer.get("fluids_at"), FASTING_FROM_FLUIDS))
    measured_on = answer.get("measured_on")
    return all(_instant(last) + wait <= at for last, wait in waits if last) and not (
        measured_on and is_old_weight(date.fromisoformat(measured_on), at)
    )


def has_weight(items: Answers, at: datetime) -> bool:
    """Return whether a weight is known by which a dose can be calculated then (R17)."""
    answer = items.get("rd.weight")
    return answer is not None and answer["status"] == ItemStatus.MET and _still_holds(answer, at)


def measured_since(answer: Answer) -> datetime | None:
    """Return when the day of a weight began at the earliest, in whatever time zone; None without a day."""
    measured_on = answer.get("measured_on")
    if not measured_on:
        return None
    return datetime.combine(date.fromisoformat(measured_on), time.min, UTC) - _MAX_AHEAD_OF_UTC


def is_old_weight(measured_on: date, at: datetime) -> bool:
    """Return whether a weight is too old to dose by (R17)."""
    return at.astimezone(UTC).date() - measured_on > timedelta(days=MAX_WEIGHT_AGE_DAYS)


def _answered(answer: Answer | None) -> datetime | None:
    return _instant(answer["answered_at"]) if answer else None


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def is_covered(one: Unmet, holds: Iterable[HeldItem]) -> bool:
    """Return whether a prescriber released this item since it was answered."""
    return any(
        hold.state is HoldState.RELEASED
        and _is_about(hold, one)
        and (one.since is None or (hold.decided_at is not None and hold.decided_at >= one.since))
        for hold in holds
    )


def to_open(found: Iterable[Unmet], holds: Sequence[HeldItem], *, is_dose: bool) -> list[Unmet]:
    """Return the unmet items that need a new hold. What nobody answered holds only once a dose is to start."""
    return [
        one
        for one in found
        if (is_dose or one.since is not None)
        and not any(hold.state is HoldState.OPEN and _is_about(hold, one) for hold in holds)
        and not is_covered(one, holds)
    ]


def is_met(hold: HeldItem, found: Iterable[Unmet]) -> bool:
    """Return whether an open hold closes by itself: its item is met now, by every rule."""
    is_open = hold.state is HoldState.OPEN and hold.rule not in BY_DECISION and not hold.item.startswith(BY_FLAG)
    return is_open and not any(one.item == hold.item for one in found)


def state_of(found: Sequence[Unmet], holds: Sequence[HeldItem]) -> ReadinessState:
    """Return the state of a check after its holds were opened and closed."""
    if any(hold.state is HoldState.OPEN for hold in holds):
        return ReadinessState.HELD
    if any(not is_covered(one, holds) for one in found):
        return ReadinessState.OPEN
    return ReadinessState.RELEASED if found else ReadinessState.READY


def _is_about(hold: HeldItem, one: Unmet) -> bool:
    return (hold.item, hold.rule) == (one.item, one.rule)
