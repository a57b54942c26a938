"""The answers of a check-in that ask for somebody soon: a table of rules, items, conditions and severities.

The table is data, each line with its source; these functions read it. A rule only ever raises the urgency.
`hours_since_dose` is the least time after the last dose. `times` 2 asks for the same at the last check-in before that
has an answer to the item. `again_after_days` says when it is asked again, if it was met once.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from integration_api.web.schemas import Schema, response_part

_FILE = Path(__file__).parent / "alarm_rules.json"
CONTACT_RULE = "R06"
"""The rule of `contact_me`, which is moderate. Source: clinical.md section 6, R06."""

CheckInAnswer = int | str
AlarmSeverity = Annotated[Literal["critical", "high", "moderate"], Field(title="AlarmSeverity")]
_RANKS = ("critical", "high", "moderate")


@response_part
class CheckInAlarm(TypedDict):
    """A rule that an answer met."""

    rule: Annotated[str, Field(description="The rule.", examples=["R12"])]
    item: Annotated[str, Field(description="The item that met it.", examples=["ci.unreal"])]
    severity: Annotated[
        AlarmSeverity, Field(description="The urgency with which it must be read.", examples=["moderate"])
    ]


class AlarmRule(Schema):
    """One line of the table: an item's answers that are alarming, and how much."""

    rule: str
    item: str
    words: list[str] | None
    at_least: int | None
    hours_since_dose: int | None
    times: int
    again_after_days: int | None = None
    severity: AlarmSeverity
    source: str

    def is_met(self, answer: CheckInAnswer) -> bool:
        """Return whether this answer is one of the line."""
        if self.words is not None:
            return answer in self.words
        return isinstance(answer, int) and self.at_least is not None and answer >= self.at_least


@cache
def alarm_rules() -> Sequence[AlarmRule]:
    """Return the table."""
    return TypeAdapter(list[AlarmRule]).validate_json(_FILE.read_text("utf-8"))


def needs_earlier(answers: Mapping[str, CheckInAnswer]) -> bool:
    """Return whether a line asks for the check-ins before these answers."""
    return any(rule.times > 1 and rule.item in answers and rule.is_met(answers[rule.item]) for rule in alarm_rules())


def alarms_of(
    answers: Mapping[str, CheckInAnswer],
    earlier: Sequence[Mapping[str, CheckInAnswer]],
    since_dose: timedelta | None,
    *,
    contact_me: bool,
) -> list[CheckInAlarm]:
    """Return the rules that answers meet: of each rule and item the most severe. `earlier` is newest first."""
    found: dict[tuple[str, str], CheckInAlarm] = {}
    for rule in alarm_rules():
        if rule.item not in answers or not rule.is_met(answers[rule.item]):
            continue
        if rule.hours_since_dose is not None and not _is_after(since_dose, rule.hours_since_dose):
            continue
        if rule.times > 1 and not _was_met(rule, earlier):
            continue
        alarm: CheckInAlarm = {"rule": rule.rule, "item": rule.item, "severity": rule.severity}
        known = found.get((rule.rule, rule.item))
        if known is None or _RANKS.index(rule.severity) < _RANKS.index(known["severity"]):
            found[rule.rule, rule.item] = alarm
    if contact_me and (CONTACT_RULE, "ci.safety") not in found:
        found[CONTACT_RULE, "contact_me"] = {"rule": CONTACT_RULE, "item": "contact_me", "severity": "moderate"}
    return list(found.values())


def least_hours_since_dose() -> timedelta:
    """Return how long after a dose the first line counts that asks for one."""
    return timedelta(hours=min(rule.hours_since_dose for rule in alarm_rules() if rule.hours_since_dose is not None))


def alarms_since_dose(answers: Mapping[str, CheckInAnswer], since_dose: timedelta) -> list[CheckInAlarm]:
    """Return the rules that answers meet by how long ago a dose was."""
    by_dose = {(rule.rule, rule.item) for rule in alarm_rules() if rule.hours_since_dose is not None}
    found = alarms_of(answers, (), since_dose, contact_me=False)
    return [one for one in found if (one["rule"], one["item"]) in by_dose]


def worse_alarms(found: Sequence[CheckInAlarm], others: Sequence[CheckInAlarm]) -> list[CheckInAlarm]:
    """Return the alarms of both judgements of the same answers: of each rule and item the more severe."""
    worst = {(one["rule"], one["item"]): one for one in found}
    for one in others:
        known = worst.setdefault((one["rule"], one["item"]), one)
        if _RANKS.index(one["severity"]) < _RANKS.index(known["severity"]):
            worst[one["rule"], one["item"]] = one
    return list(worst.values())


def met_again(
    answers: Mapping[str, CheckInAnswer], later: Sequence[Mapping[str, CheckInAnswer]]
) -> list[tuple[int, AlarmRule]]:
    """Return the lines that ask for two check-ins and are met by these answers and the next to the same item.

    `later` is oldest first. Each comes with the place of that next one: no other is judged by these answers.
    """
    found = []
    for rule in alarm_rules():
        if rule.times > 1 and rule.item in answers and rule.is_met(answers[rule.item]):
            place = next((number for number, one in enumerate(later) if rule.item in one), None)
            if place is not None and rule.is_met(later[place][rule.item]):
                found.append((place, rule))
    return found


class AskedAgain(NamedTuple):
    """An item that is asked again, after so many days."""

    item: str
    days: int


def asked_again(answers: Mapping[str, CheckInAnswer], alarms: Sequence[CheckInAlarm]) -> AskedAgain | None:
    """Return the item that met a line once, which asks for it at two check-ins; None if there is none."""
    met = {(alarm["rule"], alarm["item"]) for alarm in alarms}
    for rule in alarm_rules():
        is_once = rule.item in answers and rule.is_met(answers[rule.item]) and (rule.rule, rule.item) not in met
        if rule.again_after_days is not None and is_once:
            return AskedAgain(rule.item, rule.again_after_days)
    return None


def _is_after(since_dose: timedelta | None, hours: int) -> bool:
    return since_dose is not None and since_dose >= timedelta(hours=hours)


def _was_met(rule: AlarmRule, earlier: Sequence[Mapping[str, CheckInAnswer]]) -> bool:
    """Return whether the latest earlier answer to the item met the line."""
    before = next((answers[rule.item] for answers in earlier if rule.item in answers), None)
    return before is not None and rule.is_met(before)
