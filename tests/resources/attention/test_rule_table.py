"""Every safety rule of section 6 by its source, the code that evaluates it, and the test that raises it live.

The table is `docs/safety-rules.md`: it names each rule of the data once, and what it names is there. Below are the
rules of answers that no other test raises over HTTP. Source: clinical.md section 6.
"""

import ast
import re
from pathlib import Path

import pytest

from integration_api.resources.attention.flags.safety_rules import BY_HAND, safety_rules
from tests.factories.arcs import checked_in, let_pass
from tests.factories.doses import dose
from tests.factories.flags import raised
from tests.factories.measure_responses import answered
from tests.factories.readiness import ready_session
from tests.support import Json, World

ROOT = Path(__file__).parents[3]
SOURCES, TESTS = ROOT / "src/integration_api/resources", ROOT / "tests"
_ROW = re.compile(r"^\| (R\d+b?) \| (.+) \| (`.+`) \| (`.+`) \|$")
_PLACE = re.compile(r"`(\S+)`: `(\w+)`")
ROWS = [
    found
    for line in (ROOT / "docs/safety-rules.md").read_text("utf-8").splitlines()
    if (found := _ROW.match(line)) is not None
]


def _names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    named = {node.name for node in ast.walk(tree) if isinstance(node, kinds)}
    targets = [node.target for node in ast.walk(tree) if isinstance(node, ast.AnnAssign)]
    return named | {target.id for target in targets if isinstance(target, ast.Name)}


def _source_of(path: Path, name: str) -> str:
    """The text of a test with its parameters; nothing if it is not there."""
    text = path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            return "\n".join(text.splitlines()[first - 1 : node.end_lineno])
    return ""


def test_the_table_has_each_rule_once() -> None:
    assert [row[1] for row in ROWS] == [rule for rule in safety_rules() if rule != BY_HAND]
    for rule in safety_rules().values():
        assert rule.source == f"clinical.md section 6, {rule.id}" or rule.source.startswith("ours, "), rule.id


@pytest.mark.parametrize("row", ROWS, ids=[row[1] for row in ROWS])
def test_what_evaluates_and_what_proves_a_rule_is_there(row: "re.Match[str]") -> None:
    sources, proofs = _PLACE.findall(row[3]), _PLACE.findall(row[4])
    assert sources
    assert proofs
    for where, function in sources:
        assert function in _names(SOURCES / where), f"{row[1]}: {where} has no {function}"
    for test, name in proofs:
        named = re.search(rf"\b{row[1]}\b", _source_of(TESTS / test, name))
        assert named, f"{row[1]}: {test} has no {name} that names the rule"


# ── rules of answers that have no other test over HTTP ──


@pytest.mark.parametrize(
    ("instrument_id", "given", "wanted"),
    [
        ("qids_sr16", {"qids.12": 1}, {"R03b": "moderate"}),
        ("qids_sr16", {"qids.12": 2}, {"R03": "high"}),
        ("qids_sr16", {"qids.12": 3}, {"R03": "critical"}),
        ("cssrs_screener", {"cssrs.1": "no", "cssrs.2": "no", "cssrs.6": "no"}, {}),
        ("cssrs_screener", {"cssrs.1": "yes", "cssrs.2": "no", "cssrs.6": "no"}, {"R04": "low"}),
        ("cssrs_screener", {"cssrs.4": "yes"}, {"R04": "critical"}),
        ("cssrs_screener", {"cssrs.1": "yes"}, {"R04": "high"}),
        ("madrs", {"madrs.10": 1}, {}),
        ("madrs", {"madrs.10": 2}, {"R31": "moderate"}),
        ("madrs", {"madrs.10": 4}, {"R31": "high"}),
        ("madrs", {"madrs.10": 5}, {"R31": "critical"}),
    ],
)
async def test_answers_about_suicide_raise_their_rules(
    world: World, instrument_id: str, given: Json, wanted: dict[str, str]
) -> None:
    therapist = await world.therapist()
    chart = world.chart_id(await world.patient_of(therapist))
    made = await answered(therapist, chart, instrument_id=instrument_id, answers=given)
    assert await raised(therapist, source_id=made["id"]) == wanted


@pytest.mark.parametrize(
    ("hours", "wanted"), [(23, {}), (24, {"R12": "moderate"}), (71, {"R12": "moderate"}), (72, {"R12": "high"})]
)
async def test_unreality_counts_by_the_hours_since_the_dose(world: World, hours: int, wanted: dict[str, str]) -> None:
    therapist = await world.therapist()
    patient = await world.patient_of(therapist)
    await dose(therapist, await ready_session(therapist, world.chart_id(patient)))
    await let_pass(world.api, therapist, patient, hours=hours)
    made = await checked_in(patient, {"ci.unreal": 1})
    assert await raised(therapist, source_id=made["id"]) == wanted
