"""What a prescriber decides before a dose: orders and clearance."""

from tests.mutants.changes import Drop, Loosen, Replace, Skip
from tests.mutants.mutant import mutant

_READINESS, _DOSES = "resources/care/readiness/", "resources/care/doses/"
_CLEARANCE = "tests/resources/care/test_clearance.py"
_ORDER = "tests/resources/care/test_dose_order.py"
_ORDERS, _TEST_ORDERS = "resources/care/orders/", "tests/resources/care/test_orders.py"
_PENDING = "tests/resources/care/test_pending_holds.py"
_RACES = "tests/resources/care/test_dose_races.py"

ORDERING = (
    mutant(
        "any clinician writes an order",
        _ORDERS + "operations.py",
        "CREATE_ORDER",
        Replace("PRESCRIBERS", "TEAM"),
        _TEST_ORDERS,
    ),
    mutant(
        "any clinician withdraws an order",
        _ORDERS + "operations.py",
        "WITHDRAW_ORDER",
        Replace("PRESCRIBERS", "TEAM"),
        _TEST_ORDERS,
    ),
    mutant(
        "a dose names the order of another chart",
        _ORDERS + "service.py",
        "load_order",
        Skip("not_found", "patient_id"),
        _TEST_ORDERS,
    ),
    mutant(
        "an order is of the course of another chart",
        _ORDERS + "service.py",
        "create_order",
        Skip("not_found", "patient_id"),
        _TEST_ORDERS,
    ),
    mutant(
        "two sessions at once both take the last one of an order",
        _ORDERS + "statements.py",
        "COUNT_ORDER",
        Loosen("_is_as_read"),
        _RACES,
    ),
    mutant(
        "a correction that moves no count stands beside another dose",
        _ORDERS + "statements.py",
        "COUNT_ORDER",
        Replace("_orders.c.times_counted + 1", "_orders.c.times_counted"),
        _RACES,
    ),
    mutant(
        "a dose is compared with an order that was withdrawn beside it",
        _ORDERS + "statements.py",
        "COUNT_ORDER",
        Loosen("_stands_as_read"),
        _RACES,
    ),
    mutant(
        "a therapist clears for a dose",
        _READINESS + "service.py",
        "_signed",
        Replace("is_prescriber and is_decision(name, answer)", "is_decision(name, answer)"),
        _CLEARANCE,
    ),
    mutant(
        "any answer clears for a dose",
        _READINESS + "rules.py",
        "_is_settled",
        Skip("CLEARANCE"),
        _CLEARANCE,
    ),
    mutant(
        "any answer says that a contraindication is absent",
        _READINESS + "rules.py",
        "_is_decided",
        Replace("answer.get('by_prescriber', False)", "True"),
        _CLEARANCE,
    ),
    mutant(
        "an answer by emergency access clears for a dose",
        _READINESS + "service.py",
        "update_readiness_check",
        Skip("check_prescriber"),
        _CLEARANCE,
    ),
    mutant(
        "a hold is released by emergency access",
        _READINESS + "dose_holds.py",
        "release_dose_hold",
        Skip("check_prescriber"),
        _CLEARANCE,
    ),
    mutant(
        "an order is written by emergency access",
        _ORDERS + "service.py",
        "create_order",
        Skip("check_prescriber"),
        _CLEARANCE,
    ),
    mutant(
        "the licence of a prescriber does not matter",
        "resources/people/patients/prescribers.py",
        "check_prescriber",
        Skip("check_licence"),
        _CLEARANCE,
    ),
    mutant(
        "a first clearance stands though the membership has ended",
        _READINESS + "statements.py",
        "INSERT_DECIDED_CHECK",
        Drop("_by_member"),
        _CLEARANCE,
    ),
    mutant(
        "a clearance stands though the membership has ended",
        _READINESS + "statements.py",
        "UPDATE_DECIDED_CHECK",
        Drop("is_member_now"),
        _CLEARANCE,
    ),
    mutant(
        "a release stands though the membership has ended",
        _READINESS + "statements.py",
        "RELEASE_HOLD",
        Drop("is_member_now"),
        _CLEARANCE,
    ),
    mutant(
        "a session that moved home stays ready",
        _READINESS + "service.py",
        "read_readiness_check",
        Replace("await _derived(work, session, await load_check(work, session))", "await load_check(work, session)"),
        _CLEARANCE,
    ),
    mutant(
        "a hold closes while its item is unmet by another rule",
        _READINESS + "rules.py",
        "is_met",
        Replace("one.item == hold.item", "_is_about(hold, one)"),
        _CLEARANCE,
    ),
    mutant(
        "a session at home needs no observer",
        _READINESS + "checklist.py",
        "AT_HOME",
        Drop("rd.observer"),
        _CLEARANCE,
    ),
    mutant(
        "a dose is compared with earlier ones alone",
        _DOSES + "near_doses.py",
        "doses_around",
        Replace("dose.given_at + MAX_AFTER", "dose.given_at"),
        _ORDER,
    ),
    mutant(
        "a dose without a time in a session that is over was given now",
        _DOSES + "service.py",
        "create_dose",
        Replace("session.ended_at is not None and body.given_at is None", "False"),
        _ORDER,
    ),
    mutant(
        "a dose that claims the future was given after its session",
        _DOSES + "service.py",
        "create_dose",
        Drop("arrived"),
        _ORDER,
    ),
    mutant(
        "a dose by weight needs no weight",
        _DOSES + "named_orders.py",
        "remarks_of_order",
        Skip("_UNWEIGHED"),
        _ORDER,
    ),
    mutant(
        "a dose without an order is compared with none",
        _DOSES + "named_orders.py",
        "remarks_of_order",
        Replace("[_UNNAMED, *_departures(dose, order, session, is_counted=False)]", "[]"),
        _TEST_ORDERS,
    ),
    mutant(
        "an order of esketamine may be of part of a device",
        _ORDERS + "rules.py",
        "order_problems",
        Drop("DEVICE_MG", "amount"),
        _TEST_ORDERS,
    ),
    mutant(
        "a subcutaneous order in mg has no limit",
        _ORDERS + "rules.py",
        "_hard",
        Skip("MAX_WEIGHT_KG"),
        _TEST_ORDERS,
    ),
    mutant(
        "an order stands though the membership of its prescriber has ended",
        _ORDERS + "statements.py",
        "INSERT_ORDER",
        Drop("is_member_now"),
        _CLEARANCE,
    ),
    mutant(
        "a release is forgotten",
        _READINESS + "statements.py",
        "STANDING_HOLDS",
        Drop("RELEASED", "_is_replaced"),
        _CLEARANCE,
    ),
    mutant(
        "the range of an order is that of each dose",
        _DOSES + "named_orders.py",
        "_departures",
        Replace(
            "dose.amount_mg + sum(one.amount_mg for one in session.doses if one.route is dose.route)", "dose.amount_mg"
        ),
        _TEST_ORDERS,
    ),
    mutant(
        "too little is told while more may come",
        _ORDERS + "rules.py",
        "departures",
        Replace("total.is_whole and amount < order.amount_min", "amount < order.amount_min"),
        _TEST_ORDERS,
    ),
    mutant(
        "a hold that no dose has opened is not told in readiness",
        _READINESS + "service.py",
        "_derived",
        Replace("[*holds, *pending(session, holds, causes)]", "holds"),
        _PENDING,
    ),
    mutant(
        "a hold that no dose has opened is not listed",
        _READINESS + "dose_holds.py",
        "list_dose_holds",
        Replace("pending(session, holds, causes) if window.cursor is None else []", "[]"),
        _PENDING,
    ),
    mutant(
        "a release in this session covers no hold of another",
        _READINESS + "cause_statements.py",
        "holding_elsewhere",
        Drop("covers"),
        _PENDING,
    ),
)
