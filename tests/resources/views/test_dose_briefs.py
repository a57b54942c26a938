"""Dose briefs over HTTP: what a prescriber decides on, in one answer without prose."""

import ast
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

import integration_api
from integration_api.access.actor import Role
from integration_api.core.ids import new_id
from integration_api.resources.attention.flags.rules import FlagSeverity, hold_of
from integration_api.resources.attention.flags.safety_rules import safety_rules
from integration_api.resources.care.assessments.rules import HOLD_RULE
from integration_api.resources.care.doses.bands import VitalField
from integration_api.resources.care.monitoring.rules import Dosed, Measured
from integration_api.resources.care.readiness.checklist import CONSENT, ITEMS
from integration_api.resources.care.readiness.rules import BY_DECISION, NEXT_DOSE
from integration_api.resources.measures.instruments.definitions import InstrumentId, ScoreId
from integration_api.resources.views.dose_briefs.rules import BriefRule, look
from tests.document import made_document
from tests.factories.adverse_events import EVENT, adverse_event
from tests.factories.care_teams import join
from tests.factories.doses import DOSE, dose, dosed_session
from tests.factories.measure_responses import PHQ9, answered, answers
from tests.factories.monitoring import minutes, pressure, reading, upload
from tests.factories.orders import prescriber_of
from tests.factories.readiness import clearing, dosing_session, ready_session
from tests.factories.remote_sessions import home_session, link
from tests.factories.sessions import session
from tests.support import Api, Json, World

WORDS = "An invented sentence that nobody reads here."


async def test_nobody_without_a_token(api: Api) -> None:
    assert (await api.send("GET", f"/sessions/{new_id()}/dose-brief")).status_code == 401


SOURCE = Path(integration_api.__file__).parent
FLAG_RULES = {rule for rule in safety_rules() if any(hold_of(rule, severity) for severity in FlagSeverity)}
RULE_OF_HOLD = {
    "rule.rule": {item.rule for item in ITEMS.values()},
    "ITEMS[CONSENT].rule": {ITEMS[CONSENT].rule},
    "hold.rule": set(NEXT_DOSE),
    "finding['rule']": BY_DECISION,
    "_BEFORE_DOSE.rule": {"R09"},
    "HOLD_RULE": {HOLD_RULE},
    "rule": FLAG_RULES,
    "cause.rule": FLAG_RULES | set(NEXT_DOSE),
}
"""The rules that each expression of the code can name as the rule of a hold."""


def rules_in(node: ast.expr) -> Iterable[str]:
    """The rules that the rule of a hold can be, by its expression in the code."""
    if isinstance(node, ast.IfExp):
        yield from (*rules_in(node.body), *rules_in(node.orelse))
    elif isinstance(node, ast.Constant):
        yield str(node.value)
    elif (text := ast.unparse(node)) != "one.rule":
        yield from RULE_OF_HOLD[text]


def test_a_brief_knows_every_rule_that_holds_a_dose() -> None:
    """Every place of the code that makes a cause or a row of a hold is looked at: its rule must be a word of briefs."""
    found: dict[str, set[str]] = {"Unmet": set(), "HoldRow": set()}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if isinstance(node, ast.Call) and name in found:
                named = [one.value for one in node.keywords if one.arg == "rule"]
                found[name].update(rules_in((named or node.args[1:])[0]))
    assert {"R10", "R18", "R22", "R24", "R26", "R34", "R37"} <= found["Unmet"]
    assert found["Unmet"] | found["HoldRow"] <= set(BriefRule)


async def test_a_brief_tells_of_a_lost_link(world: World) -> None:
    therapist = await world.therapist()
    made = await home_session(therapist, world.chart_id(await world.patient_of(therapist)))
    await dose(therapist, made)
    event = link("lost", world.api.clock(), "video")
    await therapist.post(f"/sessions/{made['id']}/link-events", {"items": [event]}, expect=200)
    world.api.clock.advance(minutes=6)
    refused = await dose(therapist, made, 409, kind="booster", amount=20)
    assert [(hold["item"], hold["rule"]) for hold in refused["holds"]] == [("video_link", "R26")]
    brief = await therapist.get(f"/sessions/{made['id']}/dose-brief")
    assert [hold["rule"] for hold in brief["open_holds"]] == ["R26"]


async def test_a_hold_that_a_flag_is_stands_in_the_brief(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    await clearing(therapist, chart)
    made = await ready_session(therapist, chart)
    await answered(patient, answers=answers([*PHQ9[:8], 1]))
    assert (await therapist.send("POST", f"/sessions/{made['id']}/doses", DOSE)).status_code == 409
    brief = await therapist.get(f"/sessions/{made['id']}/dose-brief")
    assert [hold["rule"] for hold in brief["open_holds"]] == ["R01"]


async def test_the_latest_score_of_each_kind_stands_beside_the_one_before(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    chart = world.chart_id(patient)
    now = world.api.clock()
    moments = [(now - timedelta(days=days)).isoformat() for days in (20, 10, 1)]
    withdrawn = "Given for somebody else."
    for at, first in zip(moments, (3, 2, 1), strict=True):
        await answered(patient, answers=answers([first, *PHQ9[1:]]), completed_at=at)
    gone = await answered(therapist, chart, answers=answers([0] * 9))
    await therapist.post(f"/measure-responses/{gone['id']}/withdraw", {"reason": withdrawn}, match=1, expect=200)
    alone = await answered(patient, instrument_id="gad7", answers=answers([1] * 7, "gad7"))
    await patient.post("/measure-responses", {"instrument_id": "phq9", "answers": answers(PHQ9[:2]), "state": "draft"})
    stranger = await world.patient_of(therapist)
    await answered(stranger, answers=answers([3] * 8 + [0]))
    made = await dosing_session(therapist, chart)
    scores = (await therapist.get(f"/sessions/{made['id']}/dose-brief"))["scores"]
    assert withdrawn not in str(scores)
    by_kind = {(one["instrument_id"], one["score_id"]): one for one in scores}
    phq9, gad7 = by_kind["phq9", "total"], by_kind["gad7", "total"]
    assert (phq9["value"], phq9["value_before"]) == (8, 9)
    told = [datetime.fromisoformat(phq9[name]) for name in ("answered_at", "answered_before_at")]
    assert told == [now - timedelta(days=1), now - timedelta(days=10)]
    assert (gad7["value"], gad7["value_before"], gad7["answered_before_at"]) == (7, None, None)
    assert (gad7["response_id"], gad7["max_possible"]) == (alone["id"], 21)
    assert scores[0]["instrument_id"] == "gad7"


async def test_a_brief_tells_what_is_known(world: World) -> None:
    therapist = await world.therapist()
    made = await dosed_session(therapist, world.chart_id(await world.patient_of(therapist)))
    prescriber = await prescriber_of(world, therapist, made["patient_id"])
    [given] = (await therapist.get(f"/doses?session_id={made['id']}&patient_id={made['patient_id']}"))["items"]
    at = given["given_at"]
    low = reading("spo2", 92, minutes(at, -30))
    high, last = pressure(165, 101, minutes(at, -20)), pressure(130, 80, minutes(at, -10))
    unusual = reading("heart_rate", 45, minutes(at, -5), text=WORDS)
    seen = reading("observation", None, minutes(at, -4), text=WORDS)
    gone = reading("temperature", 37, minutes(at, -4))
    told = await upload(therapist, made, low, high, last, unusual, seen, gone)
    path = f"/sessions/{made['id']}/vitals/{told['items'][-1]['id']}/withdraw"
    await therapist.post(path, {"reason": WORDS}, match=1, expect=200)
    event = await adverse_event(therapist, made["patient_id"], made, kind="fall", text=WORDS)
    assessed = {"decision": "hold", "reasons": ["no_support"]}
    await therapist.put(f"/sessions/{made['id']}/assessment", assessed, match=0)
    brief = await prescriber.get(f"/sessions/{made['id']}/dose-brief")
    assert WORDS not in str(brief)
    assert (brief["decision"], brief["reasons"], brief["assessed_by_id"]) == ("hold", ["no_support"], therapist.id)
    assert (brief["session_id"], brief["state"]) == (made["id"], "in_progress")
    assert brief["observe_until"] == minutes(at, 120)
    assert sorted(hold["rule"] for hold in brief["open_holds"]) == ["R09", "R34", "R37"]
    assert brief["doses"] == [
        {
            "id": given["id"],
            "given_at": at,
            "route": "im",
            "kind": "initial",
            "amount_mg": 60,
            "mg_per_kg": given["mg_per_kg"],
            "infusion_minutes": None,
            "devices": None,
            "given_while_held": False,
        }
    ]
    by_field = {one["field"]: one for one in brief["vitals"]}
    assert set(by_field) == {"blood_pressure", "heart_rate", "spo2"}
    bp = by_field["blood_pressure"]
    assert (bp["count"], bp["latest"]["id"], bp["worst"]["id"]) == (2, last["id"], high["id"])
    assert (bp["worst"]["value"], bp["worst"]["diastolic"], bp["worst"]["minutes_from_dose"]) == (165, 101, -20)
    assert bp["findings"] == [{"rule": "R09", "severity": "high"}]
    assert by_field["spo2"]["findings"] == [{"rule": "R11", "severity": "moderate"}]
    [fall] = brief["adverse_events"]
    assert (fall["id"], fall["kind"], fall["review_due_at"]) == (event["id"], "fall", event["review_due_at"])
    assert fall["reviewed_at"] is None


async def test_nothing_is_known_yet(world: World) -> None:
    therapist = await world.therapist()
    made = await dosing_session(therapist, world.chart_id(await world.patient_of(therapist)))
    brief = await therapist.get(f"/sessions/{made['id']}/dose-brief")
    for part in ("open_holds", "doses", "vitals", "adverse_events", "scores", "reasons"):
        assert brief[part] == []
    assert (brief["decision"], brief["assessed_at"], brief["observe_until"]) == (None, None, None)


@pytest.mark.thorough
async def test_other_sessions_and_what_counts_no_more_stay_out(world: World) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    other = await dosed_session(therapist, chart)
    now = world.api.clock().isoformat()
    await upload(therapist, other, reading("spo2", 98, now))
    await adverse_event(therapist, chart, other)
    made = await dosed_session(therapist, chart)
    given = await dose(therapist, made, kind="booster", amount=20)
    gone = f"/sessions/{made['id']}/doses/{given['id']}/withdraw"
    await therapist.post(gone, {"reason": WORDS}, match=1, expect=200)
    withdrawn = await adverse_event(therapist, chart, made, **EVENT)
    path = f"/adverse-events/{withdrawn['id']}/withdraw"
    await therapist.post(path, {"reason": WORDS}, match=1, expect=200)
    brief = await therapist.get(f"/sessions/{made['id']}/dose-brief")
    assert (len(brief["doses"]), brief["vitals"], brief["adverse_events"]) == (1, [], [])


async def test_the_care_team_alone_reads_it(world: World) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    made = await dosing_session(therapist, world.chart_id(patient))
    path = f"/sessions/{made['id']}/dose-brief"
    await patient.get(path, expect=403)
    prescriber = await world.staff(Role.PRESCRIBER)
    await prescriber.get(path, expect=404)
    await join(therapist, made["patient_id"], prescriber)
    await prescriber.get(path)
    await world.admin.get(path, expect=403)
    other = await session(therapist, made["patient_id"])
    assert (await therapist.get(f"/sessions/{other['id']}/dose-brief", expect=409))["code"] == "not-dosing"


NAMED_BY = {"instrument_id": InstrumentId, "score_id": ScoreId}
"""The fields that name a definition, which has a name of one word."""


def leaves(schema: Json) -> list[Json]:
    """Every schema of a value below this one that holds no other."""
    schemas = made_document()["components"]["schemas"]
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[-1]]
    properties = {name: value for name, value in schema.get("properties", {}).items() if name not in NAMED_BY}
    below = [*properties.values(), *schema.get("allOf", ()), *schema.get("anyOf", ())]
    below += [schema["items"]] if "items" in schema else []
    return [leaf for part in below for leaf in leaves(part)] if below else [schema]


def test_no_field_of_the_brief_or_the_assessment_takes_text() -> None:
    schemas = made_document()["components"]["schemas"]
    for name in ("DoseBrief", "Assessment", "AssessmentUpdate"):
        found = leaves(schemas[name])
        assert len(found) > 1
        for leaf in found:
            kinds = {leaf.get("type")} if isinstance(leaf.get("type"), str) else {*leaf.get("type", ())}
            is_text = "string" in kinds and not {"enum", "format"} & leaf.keys()
            assert not is_text, leaf
    assert any("string" in str(leaf.get("type")) and "enum" not in leaf for leaf in leaves(schemas["Discharge"]))
    assert NAMED_BY.keys() <= schemas["BriefScore"]["properties"].keys()
    for named in NAMED_BY.values():
        with pytest.raises(ValidationError):
            TypeAdapter(named).validate_python("a sentence")


@pytest.mark.parametrize(
    ("field", "values", "worst"),
    [
        (VitalField.SPO2, (98, 95, 97), 1),
        (VitalField.HEART_RATE, (130, 38, 90), 1),
        (VitalField.HEART_RATE, (60, 70, 65), 1),
        (VitalField.MOAAS, (5, 4, 2), 2),
        (VitalField.TEMPERATURE, (36, 38, 37), 1),
    ],
)
def test_the_worst_is_the_gravest_then_the_furthest(field: VitalField, values: tuple[int, ...], worst: int) -> None:
    began = datetime(2026, 11, 20, 15, tzinfo=UTC)
    rows = [Measured(new_id(), field, began + timedelta(minutes=n), value, None) for n, value in enumerate(values)]
    looked = look(rows, Dosed())
    assert (looked.worst, looked.latest, looked.reading_count) == (rows[worst], rows[-1], len(rows))
