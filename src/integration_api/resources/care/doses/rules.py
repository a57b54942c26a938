"""Rules of doses: derived values, hard limits, and findings about what is unusual. Pure, and each cites its source."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from typing_extensions import TypedDict

from integration_api.resources.attention.flags.rules import FlagSeverity, Hit
from integration_api.resources.care.orders.limits import (
    DEVICE_MG,
    LABEL,
    LIMITS,
    MAX_ESKETAMINE_MG,
    MIN_BETWEEN_DEVICES,
    RULES_VERSION,
    SOURCE,
    USUAL_ESKETAMINE_MG,
    DoseKind,
    DoseRoute,
    DoseUnit,
    Range,
)
from integration_api.web.errors import FieldError

_RULES = "clinical.md section 6, POLICY"
MIN_BETWEEN_SESSIONS = timedelta(hours=48)
MAX_AFTER = timedelta(days=7)
"""A dose is compared with those of so long after it too."""
MAX_BOOSTER_SHARE = 0.5
MAX_STEP = 1.5
"""The total of a session may be this many times that of the session before."""
MAX_SESSIONS_A_WEEK = 3
MAX_ESKETAMINE_SESSIONS_A_WEEK = 2
"""All five: rule R17. Source: clinical.md section 6, POLICY."""
REMS_FORM_WITHIN = timedelta(days=7)
"""From the first device of a session to the submission of its REMS form. Source: clinical.md section 1.8, [rems]."""
_DECIMALS = 4


class Given(NamedTuple):
    """The facts of one dose that the rules read."""

    session_id: UUID
    route: DoseRoute
    kind: DoseKind
    amount_mg: float
    given_at: datetime
    weight_kg: float | None = None
    infusion_minutes: int | None = None
    devices: int | None = None
    order_id: UUID | None = None

    @property
    def mg_per_kg(self) -> float | None:
        """Return the dose by weight, if the weight is known."""
        return mg_per_kg(self.amount_mg, self.weight_kg)


class DoseFinding(TypedDict):
    """One remark of a rule about a dose."""

    rule: str
    version: str
    severity: str
    text: str
    source: str


def mg_of(amount: float, unit: DoseUnit, weight_kg: float | None) -> float | None:
    """Return the amount in mg; None if it was given by a weight that is not known."""
    if unit is DoseUnit.MG:
        return amount
    return None if weight_kg is None else round(amount * weight_kg, _DECIMALS)


def mg_per_kg(amount_mg: float, weight_kg: float | None) -> float | None:
    """Return an amount by weight, to four decimals; None if the weight is not known."""
    return None if weight_kg is None else round(amount_mg / weight_kg, _DECIMALS)


# ── what is refused ──


def form_problems(
    route: DoseRoute, unit: DoseUnit, weight_kg: float | None, infusion_minutes: int | None, devices: int | None
) -> list[FieldError]:
    """Return the fields that do not go with the route, and those that it needs."""
    limits, problems = LIMITS[route], []
    if unit not in limits.units:
        problems.append(_error("unit", "not_of_route", f"{route} is given in {DoseUnit.MG}"))
    if weight_kg is None and (unit is DoseUnit.MG_PER_KG or limits.hard_mg is None):
        problems.append(_error("weight_kg", "missing", "is needed: the dose is limited by weight"))
    if infusion_minutes is not None and limits.hard_minutes is None:
        problems.append(_error("infusion_minutes", "not_of_route", f"belongs to {DoseRoute.IV_INFUSION}"))
    if (devices is None) is (route is DoseRoute.INTRANASAL_ESKETAMINE):
        problems.append(_error("devices", "not_of_route", f"is given for {DoseRoute.INTRANASAL_ESKETAMINE} alone"))
    return problems


def limit_problems(dose: Given, before: Iterable[Given]) -> list[FieldError]:
    """Return the hard limits that a dose breaks, each named with its source. `before` are doses of the same session."""
    limits = LIMITS[dose.route]
    found = [
        ("amount", limits.hard_mg, dose.amount_mg, "mg"),
        ("amount", limits.hard_mg_per_kg, dose.mg_per_kg, "mg/kg"),
        ("infusion_minutes", limits.hard_minutes, dose.infusion_minutes, "minutes"),
    ]
    problems = [
        _error(field, "hard_limit", f"hard limit of {dose.route}: {span.low:g} to {span.high:g} {unit} ({SOURCE})")
        for field, span, value, unit in found
        if span is not None and not span.holds(value)
    ]
    return problems or _esketamine_problems(dose, before)


def _esketamine_problems(dose: Given, before: Iterable[Given]) -> list[FieldError]:
    if dose.route is not DoseRoute.INTRANASAL_ESKETAMINE:
        return []
    if dose.amount_mg % DEVICE_MG:
        return [_error("amount", "hard_limit", f"must be a multiple of {DEVICE_MG} mg, one device ({LABEL})")]
    if dose.amount_mg != (dose.devices or 0) * DEVICE_MG:
        return [_error("devices", "hard_limit", f"must make up the amount, {DEVICE_MG} mg each ({LABEL})")]
    if _total([*before, dose], dose.route) > MAX_ESKETAMINE_MG:
        return [_error("amount", "hard_limit", f"at most {MAX_ESKETAMINE_MG} mg a session ({LABEL})")]
    return []


def _error(field: str, code: str, message: str) -> FieldError:
    return {"field": f"body.{field}", "code": code, "message": message}


# ── what is remarked ──


def findings(dose: Given, around: Sequence[Given]) -> list[DoseFinding]:
    """Return what is unusual about a dose (R17).

    `around` are the doses of the chart before it, and of the seven days after it: doses are recorded in any order.
    """
    same = [one for one in around if one.session_id == dose.session_id]
    others = [one for one in around if one.session_id != dose.session_id]
    texts = [
        *_outside_usual(dose, [one for one in same if one.route is dose.route]),
        *_too_close(dose, others),
        *_too_much(dose, same, others),
    ]
    return [finding("R17", "moderate", text, source) for text, source in texts]


def finding(rule: str, severity: str, text: str, source: str = _RULES) -> DoseFinding:
    """Return one remark of a rule, with the version of the rules."""
    return {"rule": rule, "version": RULES_VERSION, "severity": severity, "text": text, "source": source}


def hits_of_findings(found: Iterable[DoseFinding]) -> list[Hit]:
    """Return the safety rules that findings are of, for the flags."""
    return [Hit(one["rule"], FlagSeverity(one["severity"])) for one in found]


def _outside_usual(dose: Given, same_route: Sequence[Given]) -> Iterable[tuple[str, str]]:
    """Yield what is outside the usual range: a small further dose is not, if the session with it is inside."""
    limits, total_mg = LIMITS[dose.route], _total([*same_route, dose], dose.route)
    total_mg_per_kg, minutes = mg_per_kg(total_mg, dose.weight_kg), dose.infusion_minutes
    for span, value, at_least, unit in (
        (limits.usual_mg, dose.amount_mg, total_mg, "mg"),  # too much a day is remarked by itself
        (limits.usual_mg_per_kg, total_mg_per_kg, total_mg_per_kg, "mg/kg"),
        (limits.usual_minutes, minutes, minutes, "minutes"),
    ):
        if span is not None and not span.holds(value) and not (value and value < span.low and span.holds(at_least)):
            yield f"outside the usual range of {dose.route}, {span.low:g} to {span.high:g} {unit}", SOURCE
    if dose.route is DoseRoute.INTRANASAL_ESKETAMINE:
        if _total([*same_route, dose], dose.route) not in USUAL_ESKETAMINE_MG:
            yield "the total of this session is not 56 or 84 mg so far", LABEL
        if any(abs(dose.given_at - one.given_at) < MIN_BETWEEN_DEVICES for one in same_route):
            yield "less than 5 minutes after the device before", LABEL


def _too_close(dose: Given, others: Sequence[Given]) -> Iterable[tuple[str, str]]:
    if any(abs(dose.given_at - one.given_at) < MIN_BETWEEN_SESSIONS for one in others):
        yield "less than 48 hours from another dosing session", _RULES
    is_esketamine = dose.route is DoseRoute.INTRANASAL_ESKETAMINE
    most = MAX_ESKETAMINE_SESSIONS_A_WEEK if is_esketamine else MAX_SESSIONS_A_WEEK
    weeks = ({one.session_id for one in week} for week in _periods(dose, others, MAX_AFTER))
    if any(len(week) + 1 > most for week in weeks):
        yield f"more than {most} dosing sessions in 7 days", _RULES


def _periods(dose: Given, others: Sequence[Given], span: timedelta) -> Iterable[list[Given]]:
    """Yield the other doses of each period of this length that holds the dose, begun by a dose."""
    for first in (dose, *others):
        if timedelta(0) <= dose.given_at - first.given_at < span:
            yield [one for one in others if timedelta(0) <= one.given_at - first.given_at < span]


def _too_much(dose: Given, same: Sequence[Given], others: Sequence[Given]) -> Iterable[tuple[str, str]]:
    most, days = _most_mg(dose), _periods(dose, [*same, *others], timedelta(hours=24))
    if most is not None and any(day and _total([*day, dose], dose.route) > most for day in days):
        yield f"more than {most:g} mg in 24 hours, the top of the usual range", _RULES
    initial = [one for one in (*same, dose) if one.kind is DoseKind.INITIAL]
    first = min(initial, key=lambda one: one.given_at, default=None)
    boosters = sum(one.amount_mg for one in (*same, dose) if one.kind is DoseKind.BOOSTER)
    is_either = dose.kind is DoseKind.BOOSTER or dose is first
    if first is not None and is_either and boosters > MAX_BOOSTER_SHARE * first.amount_mg:
        yield "boosters of more than half of the first dose", _RULES
    here = _total([*same, dose], dose.route)
    of_route = sorted((one for one in others if one.route is dose.route), key=lambda one: one.given_at)
    before = [one for one in of_route if one.given_at <= dose.given_at]
    if before and here > MAX_STEP * _of_session(before, before[-1].session_id):
        yield "more than half again as much as in the session before", _RULES
    after = [one for one in of_route if one.given_at > dose.given_at]
    if after and _of_session(after, after[0].session_id) > MAX_STEP * here:
        yield "the session after it has more than half again as much", _RULES


def _of_session(doses: Iterable[Given], session_id: UUID) -> float:
    return sum(one.amount_mg for one in doses if one.session_id == session_id)


def _most_mg(dose: Given) -> float | None:
    """Return the top of the usual range in mg, by weight if the route has no other; None if that is not known."""
    limits = LIMITS[dose.route]
    if limits.usual_mg is not None:
        return limits.usual_mg.high
    by_weight: Range | None = limits.usual_mg_per_kg
    if by_weight is not None and dose.weight_kg is not None:
        return round(by_weight.high * dose.weight_kg, _DECIMALS)
    return max(USUAL_ESKETAMINE_MG) if dose.route is DoseRoute.INTRANASAL_ESKETAMINE else None


def _total(doses: Iterable[Given], route: DoseRoute) -> float:
    return sum(one.amount_mg for one in doses if one.route is route)
